"""Which documents a run has, where each stands, and its key: the hash of all that its bytes depend
on.

Pages are built here, cheaply, so that their keys are known; nothing is rendered. Modules of pages,
of workbooks and of WeasyPrint are imported when a document of theirs is made.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from reports.content.edition import Edition, edition
from reports.content.page import Page, content_text
from reports.documents import document
from reports.documents.document import PlannedDocument
from reports.formats import html, typefaces
from reports.formats.fingerprint import documents_fingerprint
from tasks.results.results import Results

_PAGE_ROOMS = {
    "front": "",
    **dict.fromkeys(
        ("registration", "screening", "judging", "nomination", "category", "minutes"), "phases."
    ),
    **dict.fromkeys(("compliance", "agency", "letter"), "agencies."),
    **dict.fromkeys(("validation", "todo"), "office."),
}


def plan_documents(results: Results, as_of: datetime, logo: str = "") -> list[PlannedDocument]:
    """Every document of a run, the front page last. `logo` is the letterhead's data: URI
    (logo.data_uri).
    """
    made_for = edition(results.competition, logo)
    planned = [
        planned_
        for phase in made_for.competition.phases
        for planned_ in plan_phase_documents(results, made_for, phase.code, as_of)
    ]
    planned += plan_agency_documents(results, made_for)
    planned += [_plan_pdf(page) for page in _page_module("letter").build(results, made_for)]
    planned += [
        *_plan_validation_documents(results, made_for),
        _plan_todo(results, made_for),
        *_plan_typefaces(),
    ]
    front = _page_module("front").build(
        results, made_for, as_of, frozenset(p.path for p in planned)
    )
    return [*planned, _plan_html(front)]


def plan_phase_documents(
    results: Results, edition: Edition, phase: str, as_of: datetime
) -> list[PlannedDocument]:
    """The documents of one phase: its report, its categories' pages, and the minutes of a judging
    phase.
    """
    kind = edition.competition.phase(phase).kind
    state = edition.competition.state(edition.competition.phase(phase), as_of)
    module = _page_module(kind)
    page = module.build(results, edition, phase, as_of if state == "open" else None)
    report = [
        _plan_html(page),
        _plan_pdf(page),
        _plan_xlsx(page, module.book, edition, f"phases/{phase}/report.xlsx"),
    ]
    by_category = [
        planned
        for one in _page_module("category").build(results, edition, phase)
        for planned in (_plan_html(one), _plan_pdf(one))
    ]
    minutes = (
        [_plan_pdf(_page_module("minutes").build(results, edition, phase))]
        if kind == "judging"
        else []
    )
    return report + by_category + minutes


def plan_category_book(
    results: Results, edition: Edition, phase: str, category: str
) -> PlannedDocument:
    """The workbook of one category in a phase: on request only, since the phase's own workbook has
    all of them.
    """
    kind = edition.competition.phase(phase).kind
    page = _page_module("category").BUILDERS[kind](results, edition, phase, None, category)
    return _plan_xlsx(page, _page_module(kind).book, edition, f"phases/{phase}/{category}.xlsx")


def plan_agency_documents(results: Results, edition: Edition) -> list[PlannedDocument]:
    """One Agency One Innovation, and each agency's own page."""
    compliance = _page_module("compliance")
    page = compliance.build(results, edition)
    report = [
        _plan_html(page),
        _plan_pdf(page, "agencies/report.pdf"),
        _plan_xlsx(page, compliance.book, edition, "agencies/report.xlsx"),
    ]
    return report + [
        p
        for one in _page_module("agency").build(results, edition)
        for p in (_plan_html(one), _plan_pdf(one))
    ]


def _plan_validation_documents(results: Results, edition: Edition) -> list[PlannedDocument]:
    validation = _page_module("validation")
    rows = validation.as_json(results)
    return [
        _plan_html(validation.build(results, edition)),
        PlannedDocument(
            "validation/results.json",
            document.JSON,
            _document_key(rows.decode()),
            "",
            make=lambda: rows,
        ),
    ]


def _plan_todo(results: Results, edition: Edition) -> PlannedDocument:
    from reports.formats import fillable  # start-up time

    todo = _page_module("todo")
    content = todo.book(todo.build(results, edition), edition)
    key = _document_key("xlsx", content_text(content), edition.words.language)
    return PlannedDocument(
        "todo.xlsx",
        document.XLSX,
        key,
        "",
        make=lambda: fillable.render_form(content, edition.words),
    )


def _plan_typefaces() -> list[PlannedDocument]:
    return [
        PlannedDocument(
            face.screen,
            document.WOFF2,
            _document_key("woff2", face.screen),
            "",
            make=partial(typefaces.screen_file, face),
        )
        for face in typefaces.FACES
        if face.screen
    ]


def _plan_html(page: Page) -> PlannedDocument:
    path = f"{page.path}.html"
    return PlannedDocument(
        path,
        document.HTML,
        _document_key("html", page.digest),
        page.code,
        make=partial(html.render_screen, page),
    )


def _plan_pdf(page: Page, path: str = "") -> PlannedDocument:
    return PlannedDocument(
        path or f"{page.path}.pdf",
        document.PDF,
        _document_key("pdf", page.digest),
        page.code,
        order=partial(html.print_order, page),
    )


def _plan_xlsx(
    page: Page, book: Callable[..., Any], edition: Edition, path: str
) -> PlannedDocument:
    from reports.formats import workbook  # start-up time

    content = book(page, edition.words)
    return PlannedDocument(
        path,
        document.XLSX,
        _document_key("xlsx", content_text(content), edition.words.language),
        page.code,
        make=lambda: workbook.render_book(content, edition.words),
    )


def _page_module(name: str) -> Any:
    return import_module(f"reports.pages.{_PAGE_ROOMS[name]}{name}")


def _document_key(*parts: str) -> str:
    return hashlib.sha256("\n".join((documents_fingerprint(), *parts)).encode()).hexdigest()
