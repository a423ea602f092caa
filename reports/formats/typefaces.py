"""The typefaces: pinned packages of font files (OFL), whole for print, small subsets for the
screen.

Of fixed weights, on purpose: from a variable typeface WeasyPrint derives a font per weight and size
for every page, which took two thirds of a page's time (docs/reports.md).
"""

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from reports.content.paths import asset_path


@dataclass(frozen=True)
class Face:
    """One cut of a family: the file `name` in a package, its weight and style. `screen` is the path
    of its subset in a run, "" for a cut that is only printed.
    """

    family: str
    package: str
    name: str
    weight: int = 400
    style: str = "normal"
    screen: str = ""

    @property
    def file(self) -> Path:
        return Path(str(files(self.package).joinpath("files", self.name)))


_LAYOUT_FEATURES = ["kern", "liga", "tnum", "lnum", "mark", "ccmp", "locl"]
_SANS_FAMILY, _SERIF_FAMILY = "Source Sans Pro", "Source Serif Pro"
FACES = (
    Face(
        _SANS_FAMILY,
        "font_source_sans_pro",
        "SourceSansPro-Regular.ttf",
        screen=asset_path("source-sans-regular.woff2"),
    ),
    Face(
        _SANS_FAMILY,
        "font_source_sans_pro",
        "SourceSansPro-Semibold.ttf",
        600,
        screen=asset_path("source-sans-semibold.woff2"),
    ),
    Face(_SANS_FAMILY, "font_source_sans_pro", "SourceSansPro-It.ttf", 400, "italic"),
    Face(_SERIF_FAMILY, "font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    Face(
        _SERIF_FAMILY,
        "font_source_serif_pro",
        "SourceSerifPro-Semibold.ttf",
        600,
        screen=asset_path("source-serif-semibold.woff2"),
    ),
)
_LATIN_CODES = (
    *range(0x20, 0x180),
    0x2010,
    0x2011,
    *range(0x2013, 0x2027),
    0x20AC,
    *range(0x2190, 0x2196),
    0x2212,
    0x2264,
    0x2265,
    0x2713,
    0x25B2,
    0x25BC,
)


@cache
def print_css() -> str:
    """@font-face rules that name the packages' files, for WeasyPrint."""
    return "".join(_face_rule(face, f'url("{face.file.as_uri()}")') for face in FACES)


def screen_css(root: str) -> str:
    """@font-face rules for a browser, which name the run's own files; for a page that stands alone
    the system's typefaces serve.
    """
    rules = []
    for face in FACES:
        if face.screen:
            source = f'url("{root}{face.screen}") format("woff2")'
            rules.append(_face_rule(face, source, ";font-display:swap"))
    return "".join(rules)


def _face_rule(face: Face, source: str, more: str = "") -> str:
    return (
        f'@font-face{{font-family:"{face.family}";src:{source};font-weight:{face.weight};'
        f"font-style:{face.style}{more}}}\n"
    )


@cache
def screen_file(face: Face) -> bytes:
    """The subset for the screen, as WOFF2: Latin letters, signs and figures; the same bytes for the
    same face.
    """
    from fontTools import subset  # start-up time
    from fontTools.ttLib import TTFont  # start-up time

    font = TTFont(face.file, recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=_LAYOUT_FEATURES))
    cutter.populate(unicodes=_LATIN_CODES)
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@cache
def text_outline(text: str, spacing: int = 0) -> tuple[str, int]:
    """The letters of a text in the semibold sans as one SVG path, and the width of the path, in
    thousandths of the letters' size.

    A drawing and no text: nobody can search, copy or hear it.
    """
    from fontTools.pens.svgPathPen import SVGPathPen  # start-up time
    from fontTools.pens.transformPen import TransformPen  # start-up time
    from fontTools.ttLib import TTFont  # start-up time

    font = TTFont(FACES[1].file)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen, width = SVGPathPen(glyphs), 0
    for letter in text:
        glyph = glyphs[names.get(ord(letter), ".notdef")]
        glyph.draw(TransformPen(pen, (1, 0, 0, -1, width, 0)))
        width += glyph.width + spacing
    return pen.getCommands(), width - spacing
