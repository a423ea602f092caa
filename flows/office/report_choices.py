"""What can be chosen of a report: for whom it is made, and as which kind of file.

Imports nothing heavy, because the help of `kipp report` names the choices.
"""

from enum import StrEnum


class Audience(StrEnum):
    """For whom a report is made."""

    internal = "internal"
    public = "public"


class ReportFormat(StrEnum):
    """The kind of file of a report."""

    pdf = "pdf"
    html = "html"
    xlsx = "xlsx"
    csv = "csv"
