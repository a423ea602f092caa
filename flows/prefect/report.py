"""A report on request as a Prefect flow, for those who ask for it on Prefect's page.

`kipp report` needs no flow.
"""

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_link_artifact
from prefect.states import Completed, Failed

from flows.messages import sentences
from flows.office.report import ReportRequest, requested_reports_folder, write_report
from flows.office.report_choices import ReportFormat
from flows.prefect.credentials import storage_options
from flows.prefect.nightly import browser_address
from tasks.errors import UserError


@flow(name="kipp-report", flow_run_name="{folder} {phase}", persist_result=False)
def requested_report(
    folder: str,
    phase: str,
    category: str | None = None,
    agency: str | None = None,
    form: ReportFormat = ReportFormat.pdf,
) -> Any:
    """Makes one report from what is published.

    Args:
        folder: the competition's folder
        phase: code of a phase, or agencies
        category: code of a category; empty: all of them
        agency: code of an agency, for its own page
        form: kind of file
    """
    words = sentences.folder_words(Path(folder))
    wanted = ReportRequest(
        Path(folder),
        phase,
        category or None,
        agency or None,
        form=form,
        credentials=storage_options,
    )
    try:
        file = write_report(wanted, None, requested_reports_folder(wanted))
    except UserError as error:
        return Failed(message=sentences.error_sentences(error, words))
    create_link_artifact(browser_address(str(file)), key="kipp-requested", link_text=file.name)
    return Completed(message=words.say("flows.written", path=file))
