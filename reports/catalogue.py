"""Which documents a run has, where each stands, and its key: the hash of all that its bytes depend
on.

Pages are built here, cheaply, so that their keys are known; nothing is rendered. Modules of pages,
of workbooks and of WeasyPrint are imported when a document of theirs is made.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, partial
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from reports import document, pdf, render, typefaces
from reports.document import Planned
from reports.edition import Edition, edition
from reports.page import Page, written
from tasks import words
from tasks.results import Results

_PROGRAM = Path(__file__).parent
_WORDS = Path(words.__file__)  # how numbers and dates are written
_LIBRARIES = (
    "jinja2",
    "markupsafe",
    "babel",
    "weasyprint",
    "pydyf",
    "xlsxwriter",
    "fonttools",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "vl-convert-python",
)


def documents(results: Results, as_of: datetime, logo: str = "") -> list[Planned]:
    """Every document of a run, the front page last. `logo` is the letterhead's data: URI
    (logo.data_uri).
    """
    made_for = edition(results.competition, logo)
    planned = [
        planned_
        for phase in made_for.competition.phases
        for planned_ in of_phase(results, made_for, phase.code, as_of)
    ]
    planned += of_agencies(results, made_for)
    planned += [_pdf(page) for page in _module("letter").build(results, made_for)]
    planned += [*_of_validation(results, made_for), _todo(results, made_for), *_assets()]
    front = _module("front").build(results, made_for, as_of, frozenset(p.path for p in planned))
    return [*planned, _html(front)]


def of_phase(results: Results, edition: Edition, phase: str, as_of: datetime) -> list[Planned]:
    """The documents of one phase: its report, its categories' pages, and the minutes of a judging
    phase.
    """
    kind = edition.competition.phase(phase).kind
    state = edition.competition.state(edition.competition.phase(phase), as_of)
    module = _module(kind)
    page = module.build(results, edition, phase, as_of if state == "open" else None)
    report = [
        _html(page),
        _pdf(page),
        _xlsx(page, module.book, edition, f"phases/{phase}/report.xlsx"),
    ]
    by_category = [
        planned
        for one in _module("category").build(results, edition, phase)
        for planned in (_html(one), _pdf(one))
    ]
    minutes = [_pdf(_module("minutes").build(results, edition, phase))] if kind == "judging" else []
    return report + by_category + minutes


def book_of_category(results: Results, edition: Edition, phase: str, category: str) -> Planned:
    """The workbook of one category in a phase: on request only, since the phase's own workbook has
    all of them.
    """
    kind = edition.competition.phase(phase).kind
    page = _module("category").BUILDERS[kind](results, edition, phase, None, category)
    return _xlsx(page, _module(kind).book, edition, f"phases/{phase}/{category}.xlsx")


def of_agencies(results: Results, edition: Edition) -> list[Planned]:
    """One Agency One Innovation, and each agency's own page."""
    compliance = _module("compliance")
    page = compliance.build(results, edition)
    report = [
        _html(page),
        _pdf(page, "agencies/report.pdf"),
        _xlsx(page, compliance.book, edition, "agencies/report.xlsx"),
    ]
    return report + [
        p for one in _module("agency").build(results, edition) for p in (_html(one), _pdf(one))
    ]


def _of_validation(results: Results, edition: Edition) -> list[Planned]:
    validation = _module("validation")
    rows = validation.as_json(results)
    return [
        _html(validation.build(results, edition)),
        Planned(
            "validation/results.json", document.JSON, _key(rows.decode()), "", make=lambda: rows
        ),
    ]


def _todo(results: Results, edition: Edition) -> Planned:
    from reports import fillable

    todo = _module("todo")
    content = todo.book(todo.build(results, edition), edition)
    key = _key("xlsx", written(content), edition.words.language)
    return Planned(
        "todo.xlsx", document.XLSX, key, "", make=lambda: fillable.make(content, edition.words)
    )


def _assets() -> list[Planned]:
    return [
        Planned(
            face.screen,
            document.WOFF2,
            _key("woff2", face.screen),
            "",
            make=partial(typefaces.screen_file, face),
        )
        for face in typefaces.FACES
        if face.screen
    ]


def _html(page: Page) -> Planned:
    path = f"{page.path}.html"
    return Planned(
        path, document.HTML, _key("html", page.digest), page.code, make=partial(render.screen, page)
    )


def _pdf(page: Page, path: str = "") -> Planned:
    return Planned(
        path or f"{page.path}.pdf",
        document.PDF,
        _key("pdf", page.digest),
        page.code,
        order=partial(render.order, page),
    )


def _xlsx(page: Page, book: Callable[..., Any], edition: Edition, path: str) -> Planned:
    from reports import workbook

    content = book(page, edition.words)
    return Planned(
        path,
        document.XLSX,
        _key("xlsx", written(content), edition.words.language),
        page.code,
        make=lambda: workbook.make(content, edition.words),
    )


def _module(name: str) -> Any:
    return import_module(f"reports.pages.{name}")


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join((fingerprint(), *parts)).encode()).hexdigest()


@cache
def fingerprint() -> str:
    """The hash of what makes documents, whatever they say: templates, styles, words, this package,
    libraries.
    """
    digest = hashlib.sha256()
    for place, content in _sources():
        digest.update(f"{place}\0".encode() + content + b"\0")
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    digest.update("\n".join(pdf.system_libraries()).encode())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, bytes]]:
    yield "words.py", _WORDS.read_bytes()
    for root, names in (
        (_PROGRAM, ("*.py",)),
        (render.TEMPLATES, ("*.html", "*.css", "*.js", "*.po")),
    ):
        for place in sorted(_files(root, names)):
            yield place.relative_to(root).as_posix(), place.read_bytes()


def _files(root: Path, names: Iterable[str]) -> Iterator[Path]:
    return (place for name in names for place in root.rglob(name))
