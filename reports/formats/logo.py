"""The letterhead's logo as a data: URI: PNG and JPEG as they are, SVG only after everything active
is taken out.

Told by content, never by name.
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
    """The logo as a data: URI; "" where none is named. `content`: None where there is no such file.

    Raises RulesError for what is no usable picture.
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
    return RulesError(
        ErrorMessage(
            f"report.logo_{why}", "competition.toml: publication.letterhead.logo", {"name": name}
        )
    )


def _media_type(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/svg+xml" if b"<svg" in content[:4096] else ""


def safe_svg(content: bytes, name: str = "") -> bytes:
    """The drawing without scripts, event handlers, foreign content, style sheets and addresses
    outside itself.

    Raises RulesError for a drawing that declares entities, and for what is no drawing.
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
    plain: bytes = ElementTree.tostring(root, encoding="utf-8")
    return plain


def _strip_element(element: ElementTree.Element) -> None:
    for key in [k for k, value in element.attrib.items() if not _is_safe_attribute(k, value)]:
        del element.attrib[key]
    for child in list(element):
        if (
            isinstance(child.tag, str)
            and child.tag.startswith(_SVG_TAG_PREFIX)
            and child.tag[len(_SVG_TAG_PREFIX) :] in _DRAWING_TAGS
        ):
            _strip_element(child)
        else:
            element.remove(child)


def _is_safe_attribute(key: str, value: str) -> bool:
    name = key.rpartition("}")[2].lower()
    if name == "href":
        return value.strip().startswith("#")
    return not name.startswith("on") and not _REACHES_OUT.search(value)
