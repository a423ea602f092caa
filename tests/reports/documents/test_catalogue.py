"""Which documents a run has, their keys, and that each of them is sound."""

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import page as checker
import pdfplumber
import pytest

from reports.documents import catalogue, document
from reports.documents.document import Document, PlannedDocument
from reports.formats import pdf, workbook
from tasks.results.results import Results
from tests.small.results import OFFICE_RULES, office_edition, office_results

AS_OF = datetime(2022, 3, 28, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
AGENCIES = list(office_results()["compliance"]["agency_code"])
CATEGORIES = ("kesehatan", "tata_kelola", "lingkungan")
PHASES = ("pendaftaran", "administrasi", "proposal", "nominasi")
EVIL = "=<script>alert(1)</script>&" + "W" * 200 + "\u202eevil\u202c http://example.org/x"


def planned(results: Results | None = None, as_of: datetime = AS_OF) -> list[PlannedDocument]:
    return catalogue.plan_documents(results or office_results(), as_of)


def keys(results: Results | None = None, as_of: datetime = AS_OF) -> dict[str, str]:
    return {one.path: one.key for one in planned(results, as_of)}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def made(results: Results) -> list[Document]:
    return list(document.render_documents(planned(results), workers=1))


def hostile() -> Results:
    """The sample with an evil text in every column of text that a form or a table of the folder can
    fill.
    """
    base = office_results()
    texts = {
        "submissions": ["title", "reason", "source"],
        "compliance": ["agency"],
        "agencies": ["agency"],
        "rankings": ["title"],
        "nominations": ["title"],
        "screening": ["note"],
        "sheets": ["judge"],
        "exports": ["source", "export_name"],
        "findings": ["message", "value", "field", "source"],
    }
    return office_results(
        **{
            name: base[name].assign(
                **{column: EVIL + base[name].index.astype(str) for column in columns}
            )
            for name, columns in texts.items()
        }
    )


def first_morning() -> Results:
    """Rules and register, no export, every phase still to come."""
    base = office_results()
    phases = base["phases"].assign(state="not_begun", entered=0, delivered=0)
    counts = ("received", "accepted", "screened")
    nobody = base["compliance"].assign(
        **dict.fromkeys((*counts, *(f"{count}_with_units" for count in counts)), 0)
    )
    kept = {"phases": phases, "compliance": nobody, "agencies": base["agencies"]}
    return office_results(
        **{name: base[name].iloc[:0] for name in base.tables if name not in kept} | kept
    )


def test_the_tree_of_a_run_is_the_interface_s():
    in_phases = {
        f"phases/{phase}/report.{kind}" for phase in PHASES for kind in ("html", "pdf", "xlsx")
    }
    by_category = {
        f"phases/{phase}/{c}.{kind}"
        for phase in PHASES
        for c in CATEGORIES
        for kind in ("html", "pdf")
    }
    of_agencies = {f"agencies/{code}.{kind}" for code in AGENCIES for kind in ("html", "pdf")}
    assert [one.path for one in planned()][-1] == "index.html"
    assert {one.path for one in planned()} == in_phases | by_category | of_agencies | {
        "index.html",
        "phases/proposal/minutes.pdf",
        "agencies/index.html",
        "agencies/report.pdf",
        "agencies/report.xlsx",
        "todo.xlsx",
        "validation/index.html",
        "validation/results.json",
        "assets/source-sans-regular.woff2",
        "assets/source-sans-semibold.woff2",
        "assets/source-serif-semibold.woff2",
    }


def test_no_path_is_planned_twice():
    paths = [one.path for one in planned()]
    assert len(paths) == len(set(paths))


def test_letters_are_there_while_registration_is_open():
    base = office_results()["phases"]
    states = base["state"].where(base["phase"] != "pendaftaran", "open")
    letters = [
        p
        for p in keys(office_results(phases=base.assign(state=states)))
        if p.startswith("letters/")
    ]
    assert letters == ["letters/reminder-DISHUB.pdf", "letters/reminder-KEC-SUKUN.pdf"]


def test_the_same_results_give_the_same_keys():
    assert keys() == keys()


def test_another_hour_changes_what_prints_it_and_nothing_else():
    assert changed(keys(), keys(as_of=AS_OF + timedelta(hours=1))) == {
        "index.html",
        "phases/proposal/report.html",
        "phases/proposal/report.pdf",
        "phases/proposal/report.xlsx",
    }


def test_one_new_score_changes_what_shows_it_and_nothing_else():
    base = office_results()["rankings"]
    moved = base.assign(score=base["score"].where(base["submission_id"] != "DLH-8BN6", "82.50"))
    touched = changed(keys(), keys(office_results(rankings=moved)))
    assert touched == {
        "phases/proposal/report.html",
        "phases/proposal/report.pdf",
        "phases/proposal/report.xlsx",
        "phases/proposal/lingkungan.html",
        "phases/proposal/lingkungan.pdf",
        "phases/proposal/minutes.pdf",
        "agencies/DLH.html",
        "agencies/DLH.pdf",
    }


def test_the_language_the_paper_and_the_letterhead_are_in_every_paper_s_key():
    plain = keys()
    for old, new in (
        ('language = "id"', 'language = "en"'),
        ("[publication]", '[publication]\npaper = "F4"'),
        ("Jl. Tugu No. 1", "Jl. Tugu No. 2"),
    ):
        other = keys(office_results(OFFICE_RULES.replace(old, new)))
        same = {path for path in plain if plain[path] == other[path]}
        assert [path for path in same if path.endswith((".pdf", ".html"))] == [], new


def test_a_paper_s_code_is_in_its_plan():
    codes = {one.path: one.code for one in planned()}
    assert re.fullmatch(
        r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}", codes["phases/proposal/minutes.pdf"]
    )
    assert codes["agencies/DLH.pdf"] == codes["agencies/DLH.html"]


def test_a_category_s_workbook_is_made_on_request():
    book = catalogue.plan_category_book(
        office_results(), office_edition(), "proposal", "lingkungan"
    )
    assert (book.path, book.media_type) == ("phases/proposal/lingkungan.xlsx", document.XLSX)
    assert book.make().startswith(b"PK")


def test_planning_makes_nothing(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> bytes:
        raise AssertionError("made")

    monkeypatch.setattr(workbook, "render_book", fail)
    monkeypatch.setattr(pdf, "render_pdf", fail)
    assert len(planned()) == 65


@pytest.fixture(scope="module", params=["sample", "hostile", "first morning", "English"])
def run(request: pytest.FixtureRequest) -> Iterator[tuple[list[Document], list[str]]]:
    """Every document of a run, and what WeasyPrint logged."""
    results = {
        "sample": office_results,
        "hostile": hostile,
        "first morning": first_morning,
        "English": lambda: office_results(
            OFFICE_RULES.replace('language = "id"', 'language = "en"')
        ),
    }[request.param]()
    logged = Logged()
    logging.getLogger("weasyprint").addHandler(logged)
    yield made(results), logged.messages
    logging.getLogger("weasyprint").removeHandler(logged)


class Logged(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def test_weasyprint_has_nothing_to_say(run: tuple[list[Document], list[str]]):
    assert run[1] == []


def test_every_pdf_is_pdf_ua(run: tuple[list[Document], list[str]]):
    failures = {
        one.path: [
            failure.message
            for failure in checker.validate_pdf_bytes(one.bytes, profile="ua1").failures
        ]
        for one in run[0]
        if one.media_type == document.PDF
    }
    assert {path: found for path, found in failures.items() if found} == {}


def test_no_text_runs_off_the_paper_and_every_page_is_numbered(
    run: tuple[list[Document], list[str]],
):
    for one in run[0]:
        if one.media_type != document.PDF:
            continue
        with pdfplumber.open(io.BytesIO(one.bytes)) as opened:
            for number, page in enumerate(opened.pages, start=1):
                ink = [char for char in page.chars if not char["text"].isspace()]
                assert min(char["x0"] for char in ink) >= 40, (one.path, number)
                assert max(char["x1"] for char in ink) <= page.width - 40, (one.path, number)
                assert max(char["size"] for char in ink) < 25, (
                    "KONSEP across the page is drawn, and no text"
                )
                folio = rf"(Halaman|Page) {number} (dari|of) {len(opened.pages)}"
                assert re.search(folio, page.extract_text()), one.path


def test_no_script_but_ours_and_no_foreign_address_stands_in_a_page(
    run: tuple[list[Document], list[str]],
):
    for one in run[0]:
        if one.media_type == document.HTML:
            html = one.bytes.decode()
            assert "<script>alert" not in html
            assert re.findall(r'(?:src|href|action)="(?:https?:|//|javascript:)[^"]*"', html) == []


def test_every_link_of_a_page_leads_to_a_document_of_the_run(run: tuple[list[Document], list[str]]):
    paths = {one.path for one in run[0]} | {"data/datapackage.json"}
    for one in run[0]:
        if one.media_type == document.HTML:
            html = one.bytes.decode()
            for link in re.findall(r'href="([^"]+)"', html):
                place, _, anchor = link.partition("#")
                if place:
                    assert resolved(one.path, place) in paths, (one.path, link)
                else:
                    assert f'id="{anchor}"' in html, (one.path, link)


def test_every_table_has_a_name_its_heading_cells_a_scope_and_headings_descend_by_one(
    run: tuple[list[Document], list[str]],
):
    for one in run[0]:
        if one.media_type == document.HTML:
            html = one.bytes.decode()
            ids = re.findall(r' id="([^"]+)"', html)
            assert len(ids) == len(set(ids)), one.path
            assert set(
                " ".join(re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html)).split()
            ) <= set(ids)
            named = r'<table[^>]*(?:aria-label|aria-labelledby)="[^"]+|<table[^>]*>\s*<caption>'
            assert len(re.findall(named, html)) == html.count("<table"), one.path
            assert [
                cell for cell in re.findall(r"<th[ >][^>]*", html) if "scope=" not in cell
            ] == []
            levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
            assert (levels[0], levels.count(1)) == (1, 1), one.path
            assert all(after <= before + 1 for before, after in pairwise(levels)), one.path


def resolved(page: str, link: str) -> str:
    parts = page.split("/")[:-1]
    for step in link.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def test_the_json_is_json(run: tuple[list[Document], list[str]]):
    [results] = [one for one in run[0] if one.path == "validation/results.json"]
    assert isinstance(json.loads(results.bytes), list)


def test_konsep_stands_on_every_page_of_what_is_not_signed(run: tuple[list[Document], list[str]]):
    for one in run[0]:
        if one.media_type == document.PDF and one.path.startswith("phases/"):
            with pdfplumber.open(io.BytesIO(one.bytes)) as opened:
                heads = [page.extract_text().splitlines()[0] for page in opened.pages]
            said = {head.endswith(("KONSEP", "DRAFT")) for head in heads}
            assert said == {not one.path.startswith("phases/pendaftaran/")}, one.path


def test_no_personal_data_reaches_a_page():
    personal = {
        "contact_email": "rahasia@example.org",
        "innovator": "Rahasia",
        "contact_phone": "0812",
    }
    results = office_results(submissions=office_results()["submissions"].assign(**personal))
    pages = [one.make() for one in planned(results) if one.make]
    assert [page for page in pages if b"ahasia" in page or b"0812" in page] == []
