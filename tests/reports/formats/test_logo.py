"""The letterhead's logo: pictures come through whole, nothing active does."""

import base64
from xml.etree import ElementTree

import pytest

from reports.formats.logo import LARGEST_FILE, logo_data_uri, safe_svg
from tasks.errors import RulesError

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9">{}</svg>'
)


def reason(content: bytes | None) -> str:
    with pytest.raises(RulesError) as caught:
        logo_data_uri("logo.png", content)
    [problem] = caught.value.problems
    assert problem.place == "competition.toml: publication.letterhead.logo"
    assert problem.params == {"name": "logo.png"}
    return problem.message


def cleaned(inner: str) -> str:
    return safe_svg(SVG.format(inner).encode()).decode()


def test_no_logo_is_an_empty_text():
    assert logo_data_uri(None, None) == ""


def test_a_png_comes_through_byte_for_byte_whatever_its_name():
    assert (
        logo_data_uri("logo.jpg", PNG) == "data:image/png;base64," + base64.b64encode(PNG).decode()
    )


def test_a_jpeg_is_told_by_its_content():
    assert logo_data_uri("logo", b"\xff\xd8\xff\xe0rest").startswith("data:image/jpeg;base64,")


def test_a_drawing_keeps_its_shapes():
    drawing = SVG.format('<g fill="#0d4a6b"><path d="M0 0h9v9z"/></g>').encode()
    scheme, _, encoded = logo_data_uri("logo.svg", drawing).partition(",")
    shapes = [
        e.tag.rpartition("}")[2] for e in ElementTree.fromstring(base64.b64decode(encoded)).iter()
    ]
    assert (scheme, shapes) == ("data:image/svg+xml;base64", ["svg", "g", "path"])


@pytest.mark.parametrize(
    "active",
    [
        "<script>fetch('x')</script>",
        (
            "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><iframe "
            "src='x'/></body></foreignObject>"
        ),
        "<style>@import url(x);</style>",
        "<image href='file:///etc/passwd'/>",
        "<animate attributeName='href' to='x'/>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>1</h:script>",
    ],
)
def test_active_elements_are_taken_out(active: str):
    assert cleaned(active + '<rect width="9" height="9"/>') == cleaned(
        '<rect width="9" height="9"/>'
    )


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="fetch()"',
        'onclick="x"',
        'xlink:href="https://example.org/x"',
        'href="data:image/svg+xml,x"',
        'fill="url(https://example.org/x)"',
        'style="background:url(x)"',
        "fill=\"URL( 'file:///etc/passwd')\"",
        'style="fill:u\\72l(x)"',
    ],
)
def test_attributes_that_run_or_reach_out_are_taken_out(attribute: str):
    assert cleaned(f'<rect width="9" height="9" {attribute}/>') == cleaned(
        '<rect width="9" height="9"/>'
    )


def test_references_within_the_drawing_stay():
    inner = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/>'
    assert 'fill="url(#g)"' in cleaned(inner)


def test_entities_are_refused():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    assert reason(bomb) == "report.logo_broken"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "report.logo_missing"),
        (b"not a picture", "report.logo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><g>", "report.logo_broken"),
        (b"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>", "report.logo_kind"),
        (PNG + b"0" * LARGEST_FILE, "report.logo_large"),
    ],
    ids=["absent", "text", "half", "page", "large"],
)
def test_what_is_no_usable_picture_says_why(content: bytes | None, why: str):
    assert reason(content) == why
