"""One report on request: from what is published, and honest about what is newer."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from flows.night.gather import Request
from flows.night.night import run_night
from flows.office import report
from flows.office.report import ReportRequest
from tasks.errors import CallError

pytestmark = pytest.mark.usefixtures("quick_pdfs")


@pytest.fixture
def published(folder: Path) -> Path:
    """The small competition after its last night."""
    run_night(Request(folder, "2022-05-15"), wait_seconds=0)
    return folder


def _refused(wanted: ReportRequest) -> tuple[str, dict[str, object]]:
    with pytest.raises(CallError) as error:
        report.write_report(wanted, None)
    return error.value.problems[0].message, error.value.problems[0].params


@pytest.mark.parametrize(
    ("options", "form", "path"),
    [
        ({"phase": "proposal"}, "html", "phases/proposal/report.html"),
        ({"phase": "proposal"}, "pdf", "phases/proposal/report.pdf"),
        ({"phase": "proposal"}, "xlsx", "phases/proposal/report.xlsx"),
        ({"phase": "proposal", "category": "satu"}, "pdf", "phases/proposal/satu.pdf"),
        ({"phase": "agencies"}, "html", "agencies/index.html"),
        ({"phase": "agencies"}, "pdf", "agencies/report.pdf"),
        ({"phase": "agencies", "agency": "A1"}, "pdf", "agencies/A1.pdf"),
        ({"phase": "pendaftaran", "agency": "A3"}, "html", "agencies/A3.html"),
    ],
)
def test_a_report_on_request_is_the_published_one(published, tmp_path, options, form, path):
    written = report.write_report(
        ReportRequest(published, form=form, **options), tmp_path / f"out.{form}"
    )
    assert written.read_bytes() == (published / "published" / "current" / path).read_bytes()


def test_a_report_has_its_own_name_where_none_is_given(published, tmp_path):
    written = report.write_report(
        ReportRequest(published, "proposal", category="dua", form="xlsx"), None, tmp_path / "kept"
    )
    assert (written, written.read_bytes()[:2]) == (tmp_path / "kept" / "proposal-dua.xlsx", b"PK")


def test_it_is_made_from_data_and_no_export_is_read(published, tmp_path):
    before = report.write_report(
        ReportRequest(published, "proposal", form="html"), tmp_path / "a.html"
    ).read_bytes()
    shutil.rmtree(published / ".kipp" / "cache")
    for page in (published / "published" / "current").rglob("*.html"):
        page.unlink()
    assert (
        report.write_report(
            ReportRequest(published, "proposal", form="html"), tmp_path / "b.html"
        ).read_bytes()
        == before
    )


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ({"phase": "proposal"}, ["Gerobak Baca", "Lentera", "Sungai Bersih"]),
        ({"phase": "proposal", "category": "satu"}, ["Lentera", "Sungai Bersih"]),
        ({"phase": "pendaftaran", "agency": "A3"}, ["Sungai Bersih", "Terlambat"]),
        ({"phase": "nominasi"}, ["Gerobak Baca", "Lentera"]),
    ],
)
def test_csv_has_the_rows_that_the_report_is_about(published, tmp_path, options, titles):
    text = report.write_report(
        ReportRequest(published, form="csv", **options), tmp_path / "rows.csv"
    ).read_text(encoding="utf-8")
    assert sorted(row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))) == titles


def test_csv_of_agencies_is_compliance(published, tmp_path):
    written = report.write_report(
        ReportRequest(published, "agencies", form="csv"), tmp_path / "rows.csv"
    )
    assert (
        written.read_bytes()
        == (published / "published" / "current" / "data" / "compliance.csv").read_bytes()
    )


def test_a_newer_inbox_is_said_and_printed(published, tmp_path, capsys):
    wanted = ReportRequest(published, "proposal", form="html")
    quiet = report.write_report(wanted, tmp_path / "a.html").read_text(encoding="utf-8")
    (published / "inbox" / "submissions" / "baru.csv").write_text(
        "Judul inovasi,Perangkat daerah,Kategori\nA,B,C\n"
    )
    newer = report.write_report(wanted, tmp_path / "b.html").read_text(encoding="utf-8")
    assert "inbox lebih baru" in capsys.readouterr().err
    assert ("inbox lebih baru" in quiet, "inbox lebih baru" in newer) == (False, True)


def test_what_is_not_there_is_refused_with_what_there_is(published):
    assert _refused(ReportRequest(published, "wawancara")) == (
        "flows.no_phase",
        {"phase": "wawancara", "known": "pendaftaran, proposal, nominasi, agencies"},
    )
    assert _refused(ReportRequest(published, "proposal", category="tiga")) == (
        "flows.no_category",
        {"category": "tiga", "known": "satu, dua"},
    )
    assert _refused(ReportRequest(published, "agencies", agency="A9")) == (
        "flows.no_agency",
        {"agency": "A9"},
    )
    assert (
        _refused(ReportRequest(published, "proposal", category="satu", agency="A1"))[0]
        == "flows.category_or_agency"
    )
    assert (
        _refused(ReportRequest(published, "proposal", audience="public"))[0] == "flows.not_public"
    )
    assert _refused(ReportRequest(published, "agencies", agency="A1", form="xlsx")) == (
        "flows.no_such_report",
        {"path": "agencies/A1.xlsx", "known": "agencies/A1.html, agencies/A1.pdf"},
    )


def test_before_the_first_run_there_is_nothing_to_report(folder):
    assert _refused(ReportRequest(folder, "proposal"))[0] == "flows.nothing_published"
