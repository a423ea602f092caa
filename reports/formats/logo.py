"""The letterhead's logo as a data: URI: PNG and JPEG unchanged, SVG with only its drawing.

The kind of the picture is recognised by its content, never by its name.
"""

import base64
import re
from xml.etree import ElementTree

from tasks.errors import ErrorMessage, RulesError

LARGEST_FILE = 2_000_000  # bytes; a logo of more is a photograph
_SVG_TAG_PREFIX = "{http://www.w3.org/2000/svg}"
_DRAWING_TAGS = frozenset(
    (
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "use",
        "symbol",
        "pattern",
    )
)
_REACHES_OUT = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:|expression\(|\\", re.IGNORECASE)


def logo_data_uri(name: str | None, content: bytes | None) -> str:
    """The logo as a data: URI; "" where none is named. `content` is None where the file is absent.

    Raises RulesError for a file that is no usable picture.
    """
    if not name:
        return ""
    if content is None:
        raise _logo_error(name, "missing")
    if len(content) > LARGEST_FILE:
        raise _logo_error(name, "large")
    media_type = _media_type(content)
    if media_type == "image/svg+xml":
        content = safe_svg(content, name)
    if not media_type:
        raise _logo_error(name, "kind")
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def _logo_error(name: str, why: str) -> RulesError:
    """`why` is missing, large, kind or broken."""
    place = "competition.toml: publication.letterhead.logo"
    return RulesError(ErrorMessage(f"report.logo_{why}", place, {"name": name}))


def _media_type(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/svg+xml" if b"<svg" in content[:4096] else ""


def safe_svg(content: bytes, name: str = "") -> bytes:
    """The drawing without scripts, event handlers, foreign content, style sheets and addresses
    outside the drawing.

    Raises RulesError for a drawing that declares entities, and for content that is no drawing.
    """
    head = content.split(b"<svg", 1)[0]
    if b"<!ENTITY" in content or (b"<!DOCTYPE" in head and b"[" in head):
        raise _logo_error(name, "broken")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise _logo_error(name, "broken") from error
    if root.tag != f"{_SVG_TAG_PREFIX}svg":
        raise _logo_error(name, "kind")
    _strip_element(root)
    ElementTree.register_namespace("", _SVG_TAG_PREFIX[1:-1])
    drawing: bytes = ElementTree.tostring(root, encoding="utf-8")
    return drawing


def _strip_element(element: ElementTree.Element) -> None:
    """Takes out of an element, and of all elements in it, what is no part of a drawing."""
    for key, value in list(element.attrib.items()):
        if not _is_safe_attribute(key, value):
            del element.attrib[key]
    for child in list(element):
        if _is_drawing(child):
            _strip_element(child)
        else:
            element.remove(child)


def _is_drawing(element: ElementTree.Element) -> bool:
    """Whether the element is a drawn one; a comment has a function as its tag."""
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith(_SVG_TAG_PREFIX):
        return False
    return tag.removeprefix(_SVG_TAG_PREFIX) in _DRAWING_TAGS


def _is_safe_attribute(key: str, value: str) -> bool:
    name = key.rpartition("}")[2].lower()
    if name == "href":
        return value.strip().startswith("#")
    return not name.startswith("on") and not _REACHES_OUT.search(value)
