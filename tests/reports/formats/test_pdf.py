"""HTML to PDF: tagged, reproducible, nothing fetched, nothing logged."""

import gc
import io
import logging
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import page as checker
import pdfplumber
import pikepdf
import pytest
from pypdf import PdfReader

from reports.formats import pdf
from reports.formats.html import paper_style, print_order, render_paper
from reports.pages.agencies import agency
from tests.small.results import office_edition, office_results

PAGES = list(agency.build(office_results(), office_edition()))
STYLE = paper_style("A4")


def simple(body: str, style: str = "") -> pdf.PrintOrder:
    return pdf.PrintOrder(
        f'<!doctype html><html lang="id"><head><title>Uji</title></head><body>{body}</body></html>',
        style,
    )


def test_a_page_is_pdf_ua_with_its_title_and_language():
    content = pdf.render_pdf(print_order(PAGES[0]))
    report = checker.validate_pdf_bytes(content, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert str(opened.Root.Lang) == "id"
        assert str(opened.docinfo.Title) == "Dinas Kesehatan · KIPP Kota Malang 2022"
        assert opened.Root.ViewerPreferences.DisplayDocTitle is True


def test_no_date_stands_in_a_pdf():
    with pikepdf.open(io.BytesIO(pdf.render_pdf(print_order(PAGES[0])))) as opened:
        assert {"/CreationDate", "/ModDate"} & set(opened.docinfo.keys()) == set()
        assert b"Date>" not in opened.Root.Metadata.read_bytes()


def test_the_same_page_is_the_same_bytes():
    assert pdf.render_pdf(print_order(PAGES[0])) == pdf.render_pdf(print_order(PAGES[0]))


def test_headings_are_bookmarks():
    outline = PdfReader(io.BytesIO(pdf.render_pdf(print_order(PAGES[0])))).outline
    assert outline[0]["/Title"] == "Dinas Kesehatan"
    assert [entry["/Title"] for entry in outline[1] if isinstance(entry, dict)] == [
        "Inovasi yang diajukan",
        "Hasil tiap tahap",
        "Unit di bawahnya",
    ]


@pytest.mark.parametrize(("paper", "points"), [("A4", (595, 841)), ("F4", (595, 935))])
def test_the_paper_has_its_size(paper: str, points: tuple[int, int]):
    content = pdf.render_pdf(pdf.PrintOrder(render_paper(PAGES[0]), paper_style(paper)))
    with pdfplumber.open(io.BytesIO(content)) as opened:
        assert (int(opened.pages[0].width), int(opened.pages[0].height)) == points


def test_every_page_has_its_number_its_code_and_konsep_and_repeats_the_table_s_head():
    rows = "".join(
        f'<tr><th scope="row">Inovasi {i}</th><td class="number">{i}</td></tr>' for i in range(90)
    )
    head = '<thead><tr><th scope="col">Judul</th><th scope="col">Nilai</th></tr></thead>'
    running = (
        '<div class="running-title">KIPP · Laporan</div><div class="running-code">Kode dokumen '
        "22222-33333</div>"
        '<div class="running-draft">KONSEP</div><div class="running-folio" data-page="Halaman " '
        'data-of=" dari "></div>'
    )
    content = pdf.render_pdf(
        simple(f"{running}<h1>Laporan</h1><table>{head}<tbody>{rows}</tbody></table>", STYLE)
    )
    with pdfplumber.open(io.BytesIO(content)) as opened:
        texts = [page.extract_text() for page in opened.pages]
    assert len(texts) == 3
    for number, text in enumerate(texts, start=1):
        assert f"Halaman {number} dari 3" in text
        assert "Kode dokumen 22222-33333" in text
        assert "KONSEP" in text
        assert "Judul Nilai" in text
    assert ["KIPP · Laporan" in text for text in texts] == [False, True, True]


def rows_of_pages(before: int, count: int) -> list[int]:
    """How many rows of a table stand on each page: it begins at so many points, and what follows
    needs half a page.
    """
    rows = "".join(f'<tr><th scope="row">baris {i}</th></tr>' for i in range(count))
    table = (
        f'<table><thead><tr><th scope="col">Kepala</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    after = '<div style="height:350pt;break-inside:avoid">sesudah</div>'
    html = simple(f'<div style="height:{before}pt"></div>{table}{after}').html.replace(
        "<body>", '<body class="paper">'
    )
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(pdf.PrintOrder(html, STYLE)))) as opened:
        return [page.extract_text().count("baris") for page in opened.pages]


@pytest.mark.parametrize(("before", "count"), [(690, 38), (10, 37)])  # where one would
def test_no_row_of_a_table_stands_alone_at_the_foot_or_the_head_of_a_page(before: int, count: int):
    counts = rows_of_pages(before, count)
    assert sum(counts) == count
    assert 1 not in counts


def test_a_table_of_one_row_is_not_tied_to_what_follows_it():
    assert rows_of_pages(500, 1) == [1, 0]


def test_nothing_is_fetched_and_what_would_be_is_only_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    for address in (
        secret.as_uri(),
        "http://127.0.0.1:9/x.png",
        "ftp://127.0.0.1:9/x.png",
        "//127.0.0.1:9/x.png",
    ):
        caplog.clear()
        content = pdf.render_pdf(simple(f'<p>x</p><img alt="x" src="{address}">'))
        assert b"secret" not in content
        [record] = caplog.records
        assert record.getMessage().startswith(("Failed to load image", "Relative URI")), address


def test_a_file_is_not_attached_to_a_pdf(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    attached = f'rel="attachment" href="{secret.as_uri()}"'
    content = pdf.render_pdf(simple(f"<link {attached}><a {attached}>x</a>"))
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert list(opened.attachments) == []


def test_the_typefaces_are_the_packages_own():
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(print_order(PAGES[0])))) as opened:
        names = {char["fontname"].partition("+")[2] for char in opened.pages[0].chars}
    assert names == {
        "Source-Sans-Pro",
        "Source-Sans-Pro-Semi-Bold",
        "Source-Serif-Pro",
        "Source-Serif-Pro-Semi-Bold",
    }


def test_few_pages_are_made_here_in_the_order_given():
    done: list[int] = []
    content = pdf.render_pdfs(
        [print_order(page) for page in PAGES[:3]], workers=2, progress=done.append
    )
    assert content == [pdf.render_pdf(print_order(page)) for page in PAGES[:3]]
    assert done == [1, 2, 3]
    assert gc.isenabled()


def test_many_pages_in_two_processes_are_the_same_bytes_in_the_order_given():
    orders = [
        simple(f"<h1>Halaman {i}</h1>" + "<p>teks</p>" * (i * 7 % 5), STYLE)
        for i in range(pdf.FEWEST_FOR_POOL)
    ]
    done: list[int] = []
    assert pdf.render_pdfs(orders, workers=2, progress=done.append) == [
        pdf.render_pdf(order) for order in orders
    ]
    assert done == list(range(1, pdf.FEWEST_FOR_POOL + 1))


def test_a_page_that_fails_in_another_process_raises_here():
    orders = [simple("<p>teks</p>") for _ in range(pdf.FEWEST_FOR_POOL)]
    broken = pdf.PrintOrder("<p>teks</p>", None)  # type: ignore[arg-type]  # what no style can be
    with pytest.raises(TypeError):
        pdf.render_pdfs([*orders, broken], workers=2)


def test_the_libraries_that_set_the_type_are_named():
    from weasyprint.text.ffi import pango

    names, versions = zip(*(one.split(" ") for one in pdf.system_libraries()), strict=True)
    major, minor, micro = map(int, versions[0].split("."))
    assert names == ("libpango-1.0", "libharfbuzz")
    assert major * 10_000 + minor * 100 + micro == pango.pango_version()


def test_no_pages_are_none():
    assert pdf.render_pdfs([]) == []


def test_a_page_logs_nothing(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        for page in PAGES:
            pdf.render_pdf(print_order(page))
    assert [record.getMessage() for record in caplog.records] == []


def test_processes_of_the_pool_do_not_outlive_a_run_that_is_killed(tmp_path: Path):
    (tmp_path / "run.py").write_text(
        "import os, signal\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from reports.formats import pdf\n"
        "if __name__ == '__main__':\n"
        "    pool = ProcessPoolExecutor(\n"
        "        1, mp_context=pdf._fork_server_context(), initializer=pdf._prepare_worker\n"
        "    )\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    run = subprocess.Popen(
        [sys.executable, tmp_path / "run.py"], stdout=subprocess.PIPE, env=environment
    )
    assert run.stdout is not None
    worker = Path("/proc") / run.stdout.readline().decode().strip() / "stat"
    run.wait()
    run.stdout.close()

    deadline = time.monotonic() + 60
    with suppress(FileNotFoundError):
        while worker.read_text().split()[2] != "Z":
            assert time.monotonic() < deadline
            time.sleep(0.1)
