"""Where each document of a run stands, seen from the run's folder: decided here, nowhere else.

A page's path has no suffix ("phases/proposal/report"); its documents add .html, .pdf or .xlsx. The
module is content, under the catalogue of documents, because a page carries its path.
"""

FRONT = "index"
BUREAU = "index"  # in published/, above the runs
CHECK = "check"  # in a file of its own
AGENCIES = "agencies/index"
AGENCIES_REPORT = "agencies/report"  # the same page on paper, and its workbook
VALIDATION = "validation/index"
VALIDATION_RESULTS = "validation/results.json"
TODO = "todo.xlsx"
AGENCIES_DOCUMENTS = (f"{AGENCIES}.html", f"{AGENCIES_REPORT}.pdf", f"{AGENCIES_REPORT}.xlsx")


def phase_path(phase: str, category: str | None = None) -> str:
    """The path of a phase's report, or of the page of one of its categories."""
    return f"phases/{phase}/{category or 'report'}"


def minutes_path(phase: str) -> str:
    """The path of the minutes of a judging phase."""
    return f"phases/{phase}/minutes"


def phase_documents(phase: str, kind: str) -> tuple[str, ...]:
    """The documents of all of a phase of this kind: its report as page, paper and workbook, and the
    minutes of a judging phase.
    """
    report = phase_path(phase)
    documents = (f"{report}.html", f"{report}.pdf", f"{report}.xlsx")
    return (*documents, f"{minutes_path(phase)}.pdf") if kind == "judging" else documents


def agency_path(agency_code: str) -> str:
    """The path of an agency's own page."""
    return f"agencies/{agency_code}"


def reminder_path(agency_code: str) -> str:
    """The path of the reminder to an agency."""
    return f"letters/reminder-{agency_code}"


def asset_path(name: str) -> str:
    """The path of a file that the pages share: a typeface."""
    return f"assets/{name}"


def file_name(path: str) -> str:
    """The last part of a path: how another document of the same folder refers to it."""
    return path.rpartition("/")[2]
