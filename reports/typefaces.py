"""The typefaces: pinned packages of font files (OFL), for print as they are, for the screen as small subsets."""

from functools import cache
from importlib.resources import files
from pathlib import Path

FACES = {  # family -> (package, file): Source Serif for headings and letters, Source Sans for text and tables
    "Source Sans 3": ("fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    "Source Serif 4": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
}
ITALICS = {"Source Sans 3": ("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf")}
ASSETS = {"assets/source-sans-3.woff2": "Source Sans 3", "assets/source-serif-4.woff2": "Source Serif 4"}
_SCREEN = [*range(0x20, 0x180), 0x2010, 0x2011, *range(0x2013, 0x2027), 0x2032, 0x20AC, *range(0x2190, 0x2194),
           0x2212, 0x2264, 0x2265, 0x2713, 0x2717, 0x25B2, 0x25BC]


def path(package: str, name: str) -> Path:
    """The font file of a package."""
    return Path(str(files(package).joinpath("files", name)))


@cache
def print_css() -> str:
    """@font-face rules that name the packages' files, for WeasyPrint."""
    upright = [_face(family, path(*source), "normal") for family, source in FACES.items()]
    return "".join(upright + [_face(family, path(*source), "italic") for family, source in ITALICS.items()])


def _face(family: str, file: Path, style: str) -> str:
    return f'@font-face{{font-family:"{family}";src:url("{file.as_uri()}");font-style:{style}}}\n'


def screen_css(root: str) -> str:
    """@font-face rules for a browser: an installed typeface, else the run's own; without both the system's."""
    return "".join(
        f'@font-face{{font-family:"{family}";src:local("{family}"),url("{root}{place}") format("woff2");'
        f"font-weight:200 900;font-display:swap}}\n"
        for place, family in ASSETS.items()
    )


def screen_file(family: str) -> bytes:
    """The typeface for the screen: Latin letters, tabular figures, weights 400 to 700, as WOFF2; the same bytes twice."""
    import io

    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(path(*FACES[family]), recalcTimestamp=False)
    axes: dict[str, float | tuple[int, int]] = {"wght": (400, 700)}
    narrow = instancer.instantiateVariableFont(font, axes | ({"opsz": 20} if "opsz" in FACES[family][1] else {}))
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "tnum", "lnum", "mark", "ccmp"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_SCREEN)
    cutter.subset(narrow)
    narrow.flavor = "woff2"
    narrow.recalcTimestamp = False
    out = io.BytesIO()
    narrow.save(out)
    return out.getvalue()
