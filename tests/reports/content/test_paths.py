"""Where the documents of a run stand."""

import ast
import re
from pathlib import Path

from reports.content import paths

ROOT = Path(__file__).parents[3]
FOLDERS = ("phases/", "agencies/", "letters/", "validation/", "assets/")


def test_a_phase_has_a_report_and_a_page_a_category():
    assert paths.phase_path("proposal") == "phases/proposal/report"
    assert paths.phase_path("proposal", "kesehatan") == "phases/proposal/kesehatan"


def test_the_documents_of_a_phase_are_its_report_and_the_minutes_of_a_jury():
    assert paths.phase_documents("administrasi", "screening") == (
        "phases/administrasi/report.html",
        "phases/administrasi/report.pdf",
        "phases/administrasi/report.xlsx",
    )
    assert paths.phase_documents("proposal", "judging") == (
        "phases/proposal/report.html",
        "phases/proposal/report.pdf",
        "phases/proposal/report.xlsx",
        "phases/proposal/minutes.pdf",
    )


def test_an_agency_has_a_page_and_may_get_a_reminder():
    assert paths.agency_path("DINKES") == "agencies/DINKES"
    assert paths.reminder_path("DINKES") == "letters/reminder-DINKES"


def test_a_document_refers_to_its_neighbour_by_the_last_part():
    assert paths.file_name("phases/proposal/report.pdf") == "report.pdf"
    assert paths.file_name("todo.xlsx") == "todo.xlsx"


def test_no_module_and_no_template_spells_a_path_itself():
    modules = [f for f in (ROOT / "reports").rglob("*.py") if f.name != "paths.py"]
    spelled = [(f.name, text) for f in modules for text in _texts(f) if text.startswith(FOLDERS)]
    templates = [f.read_text(encoding="utf-8") for f in (ROOT / "templates").glob("*.html")]
    link = re.compile(r"[\"'](?:phases|agencies|letters|validation)/")
    assert (spelled, link.findall("\n".join(templates))) == ([], [])


def _texts(file: Path) -> list[str]:
    """The texts in a module's code, without the docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [c.value for c in constants if isinstance(c.value, str) and id(c) not in docstrings]
