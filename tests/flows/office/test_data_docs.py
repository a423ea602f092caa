"""Great Expectations' own pages, for engineers."""

from flows.night.gather import Request, gather_inputs
from flows.office import check, data_docs
from tests.small.folder import JUDGED, write_files

HOSTILE = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"


def _text(folder) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted(folder.rglob("*.html")))


def test_there_is_a_page_of_each_suite_and_the_index_leads_to_their_results(folder, tmp_path):
    index = data_docs.write_data_docs(gather_inputs(Request(folder, JUDGED)), tmp_path / "docs")
    results = sorted(
        path.relative_to(tmp_path / "docs" / "validations").parts[0] for path in _results(tmp_path)
    )
    assert results == ["marks-proposal", "submissions"]
    assert "marks-proposal-frame.html" in index.read_text()
    assert "submissions-frame.html" in index.read_text()


def test_what_a_form_says_is_text_on_these_pages_and_never_markup(folder, tmp_path):
    row = f'04/03/2022 09:00:00,Kedai,Dinas Alfa,"{HOSTILE}"\n'
    form = folder / "inbox/submissions/formulir.csv"
    form.write_text(form.read_text(encoding="utf-8") + row, encoding="utf-8")
    data_docs.write_data_docs(gather_inputs(Request(folder, JUDGED)), tmp_path / "docs")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in _text(tmp_path / "docs")
    assert "<script>alert(1)" not in _text(tmp_path / "docs")
    assert "<img src=x" not in _text(tmp_path / "docs")


def test_a_phase_without_marks_has_no_page(folder, tmp_path):
    write_files(folder, {"inbox/scores/proposal/nilai.csv": "judge,submission,x,y\n"})
    data_docs.write_data_docs(gather_inputs(Request(folder, JUDGED)), tmp_path / "docs")
    assert [path.stem for path in _results(tmp_path)] == ["submissions-frame"]


def test_a_check_writes_them_beside_its_own_words(folder, tmp_path, capsys):
    assert check.check_folder(Request(folder, JUDGED), data_docs=tmp_path / "docs") == 0
    assert (tmp_path / "docs" / "index.html").is_file()
    assert "formulir.csv" in capsys.readouterr().out


def _results(tmp_path) -> list:
    return sorted((tmp_path / "docs" / "validations").rglob("*.html"))
