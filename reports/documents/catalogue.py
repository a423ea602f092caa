"""Which documents a run has, and the key of each: the hash of all that its bytes depend on.

Pages are built here, cheaply, so that their keys are known; nothing is rendered. Where a document
stands is decided in content/paths.py.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from reports.content import paths
from reports.content.book import Book
from reports.content.edition import Edition, edition
from reports.content.page import Page, content_text
from reports.documents.document import HTML, JSON, PDF, WOFF2, XLSX, PlannedDocument
from reports.formats import fillable, html, typefaces, workbook
from reports.formats.fingerprint import documents_fingerprint
from reports.formats.typefaces import Face
from reports.pages import front
from reports.pages.agencies import agency, compliance, letter
from reports.pages.office import todo, validation
from reports.pages.parts.subject import make_subject
from reports.pages.phases import minutes
from reports.pages.phases.report import build_category_pages, build_report, report_book
from tasks.results.results import Results


def plan_documents(results: Results, as_of: datetime, logo: str = "") -> list[PlannedDocument]:
    """Every document of a run, the front page last. `logo` is the letterhead's data: URI
    (logo.logo_data_uri).
    """
    made_for = edition(results.competition, logo)
    documents: list[PlannedDocument] = []
    for phase in made_for.competition.phases:
        documents += plan_phase_documents(results, made_for, phase.code, as_of)
    documents += plan_agency_documents(results, made_for)
    documents += [_plan_pdf(page) for page in letter.build(results, made_for)]
    documents += _plan_validation_documents(results, made_for)
    documents.append(_plan_todo(results, made_for))
    documents += [_plan_typeface(face) for face in typefaces.FACES if face.screen]
    present = frozenset(document.path for document in documents)
    documents.append(_plan_html(front.build(results, made_for, as_of, present)))
    return documents


def plan_phase_documents(
    results: Results, edition: Edition, phase_code: str, as_of: datetime
) -> list[PlannedDocument]:
    """The documents of one phase: its report, the pages of its categories, and the minutes of a
    judging phase.
    """
    phase = edition.competition.phase(phase_code)
    is_open = edition.competition.state(phase, as_of) == "open"
    page = build_report(results, edition, phase_code, as_of if is_open else None)
    book = report_book(page, edition.words)
    documents = [_plan_html(page), _plan_pdf(page), _plan_book(book, page, edition, page.path)]
    documents += _plan_pages(build_category_pages(results, edition, phase_code))
    if phase.kind == "judging":
        subject = make_subject(results, edition, phase_code)
        documents.append(_plan_pdf(minutes.build(subject)))
    return documents


def plan_category_book(
    results: Results, edition: Edition, phase_code: str, category: str
) -> PlannedDocument:
    """The workbook of one category in a phase: on request only, since the phase's own workbook
    holds all categories.
    """
    page = build_report(results, edition, phase_code, category=category)
    return _plan_book(report_book(page, edition.words), page, edition, page.path)


def plan_agency_documents(results: Results, edition: Edition) -> list[PlannedDocument]:
    """The documents of One Agency One Innovation, and each agency's own page."""
    page = compliance.build(results, edition)
    book = compliance.book(page, edition.words)
    report = paths.AGENCIES_REPORT
    documents = [
        _plan_html(page),
        _plan_pdf(page, report),
        _plan_book(book, page, edition, report),
    ]
    return documents + _plan_pages(agency.build(results, edition))


def _plan_validation_documents(results: Results, edition: Edition) -> list[PlannedDocument]:
    """The page of validation, and the same as JSON for programs."""
    rows = validation.as_json(results)
    json = PlannedDocument(
        paths.VALIDATION_RESULTS,
        JSON,
        _document_key(rows.decode()),
        "",
        make=lambda: rows,
    )
    return [_plan_html(validation.build(results, edition)), json]


def _plan_todo(results: Results, edition: Edition) -> PlannedDocument:
    rows = todo.build(results, edition)
    form = todo.book(rows, edition)
    return PlannedDocument(
        paths.TODO,
        XLSX,
        _document_key("xlsx", content_text(form), edition.words.language),
        "",
        make=partial(fillable.render_form, form, edition.words),
    )


def _plan_typeface(face: Face) -> PlannedDocument:
    return PlannedDocument(
        face.screen,
        WOFF2,
        _document_key("woff2", face.screen),
        "",
        make=partial(typefaces.screen_file, face),
    )


# --- a page and its files
# ------------------------------------------------------------------------------------------------


def _plan_pages(pages: Iterable[Page]) -> list[PlannedDocument]:
    """Each page for the browser and on paper."""
    documents = []
    for page in pages:
        documents += [_plan_html(page), _plan_pdf(page)]
    return documents


def _plan_html(page: Page) -> PlannedDocument:
    return PlannedDocument(
        f"{page.path}.html",
        HTML,
        _document_key("html", page.digest),
        page.code,
        make=partial(html.render_screen, page),
    )


def _plan_pdf(page: Page, path: str = "") -> PlannedDocument:
    """The page on paper, at its own path or at another one (without suffix)."""
    return PlannedDocument(
        f"{path or page.path}.pdf",
        PDF,
        _document_key("pdf", page.digest),
        page.code,
        order=partial(html.print_order, page),
    )


def _plan_book(book: Book, page: Page, edition: Edition, path: str) -> PlannedDocument:
    """The workbook of a page, at a path (without suffix)."""
    return PlannedDocument(
        f"{path}.xlsx",
        XLSX,
        _document_key("xlsx", content_text(book), edition.words.language),
        page.code,
        make=partial(workbook.render_book, book, edition.words),
    )


def _document_key(*parts: str) -> str:
    text = "\n".join((documents_fingerprint(), *parts))
    return hashlib.sha256(text.encode()).hexdigest()
