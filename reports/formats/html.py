"""Page -> HTML: one template for the browser (`screen`) and for paper (`paper`).

Everything is escaped, and a name that a page does not have is an error. A file for the screen
carries its style and script, so that it can be mailed; WeasyPrint gets the style for paper apart,
and parses it once (pdf.py).
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel import lists
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.content import paths, problems
from reports.content.page import Page
from reports.formats import charts, pictures, typefaces
from reports.formats.pdf import PrintOrder
from reports.pages.parts import excerpt
from tasks.words import Words

TEMPLATES = Path(str(files("templates").joinpath("base.html"))).parent
PAPER_SIZES = {"A4": "210mm 297mm", "F4": "210mm 330mm"}
SCREEN_STYLES = ("text.css", "table.css", "lists.css", "screen.css")
PAPER_STYLES = ("text.css", "table.css", "lists.css", "paper.css")


def render_screen(page: Page) -> bytes:
    """The page for a browser, as UTF-8: one file that works alone."""
    return _render_page(page, "screen").encode("utf-8")


def render_paper(page: Page) -> str:
    """The page as HTML for WeasyPrint, without its style."""
    return _render_page(page, "paper")


def print_order(page: Page) -> PrintOrder:
    """The page with its style for paper, as pdf.render_pdf takes it."""
    mark = Words(page.masthead.language).say("report.draft") if page.is_draft else ""
    return PrintOrder(render_paper(page), paper_style(page.masthead.paper, mark))


def _render_page(page: Page, medium: str) -> str:
    template = _html_environment(page.masthead.language).get_template(page.template)
    style = screen_style(page.assets) if medium == "screen" else ""
    return template.render(page=page, medium=medium, style=style)


@cache
def screen_style(assets: str) -> Markup:
    """The style for the screen, with the way from a page to the typefaces; trusted text of ours."""
    return Markup(typefaces.screen_css(assets) + _read_styles(SCREEN_STYLES))


@cache
def paper_style(size: str, mark: str = "") -> str:
    """The style for paper of a size, "A4" or "F4"; with a mark (KONSEP), pale across every page."""
    rules = (_page_rule(size), _wide_page_rule(size), _draft_mark_rule(mark))
    return typefaces.print_css() + _read_styles(PAPER_STYLES) + "".join(rules)


def _page_rule(size: str) -> str:
    return f"@page {{ size: {PAPER_SIZES[size]} }}\n"


def _wide_page_rule(size: str) -> str:
    """The same paper on its side, for tables of many columns (`page: wide`)."""
    width, height = PAPER_SIZES[size].split()
    return f"@page wide {{ size: {height} {width} }}\n"


def _draft_mark_rule(mark: str) -> str:
    """The mark as a drawn background of the page: no text, so that no search, copy or screen reader
    meets the mark.
    """
    if not mark:
        return ""
    path, width = typefaces.text_outline(mark, spacing=87)
    place = f"rotate(-52 105 148) translate({105 - width * 0.023:.2f} 160) scale(.046)"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297">'
        f'<path fill="#f5eceb" transform="{place}" d="{path}"/></svg>'
    )
    picture = f'url("data:image/svg+xml,{quote(drawing)}")'
    return f"@page {{ background: {picture} center / contain no-repeat }}\n"


@cache
def _read_styles(names: tuple[str, ...]) -> str:
    styles = [(TEMPLATES / "css" / name).read_text(encoding="utf-8") for name in names]
    return "".join(styles)


@cache
def _html_environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    words = Words(language)
    environment.globals.update(words=words, say=words.say, script=_read_script)
    environment.globals.update(paths=paths, excerpt=excerpt, pictures=pictures)
    environment.globals.update(chart=partial(charts.chart_svg, words))
    environment.filters.update(_template_filters(words))
    return environment


def _template_filters(words: Words) -> dict[str, Callable[..., Any]]:
    return {
        "integer": words.integer,
        "decimal": words.decimal,
        "percent": words.percent,
        "date": words.date,
        "weekday": words.weekday,
        "moment": words.time,
        "listed": partial(_join_list, words),
        "quoted": partial(_join_quoted, words),
        "place": partial(problems.place_text, words=words),
        "file_name": paths.file_name,
        "source": partial(problems.export_name, words=words),
    }


def _join_list(words: Words, parts: Sequence[str]) -> str:
    """The parts in a sentence: A, B, dan C (id), A, B and C (en)."""
    return str(lists.format_list(parts, locale=words.locale))


def _join_quoted(words: Words, titles: Sequence[str]) -> str:
    """The titles in a sentence, each in quotes."""
    return _join_list(words, [f"“{title}”" for title in titles])


def _read_script(name: str) -> Markup:
    """A script of ours, for the screen; trusted text."""
    return Markup((TEMPLATES / "js" / name).read_text(encoding="utf-8"))
