"""A report on request as a Prefect flow, for those who ask on Prefect's page; `kipp report` needs
no flow.
"""

from enum import StrEnum
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_link_artifact
from prefect.states import Completed, Failed

from flows import messages, request
from flows.nightly import link
from tasks.errors import UserError


class Form(StrEnum):
    pdf = "pdf"
    html = "html"
    xlsx = "xlsx"
    csv = "csv"


@flow(name="kipp-report", flow_run_name="{folder} {phase}", persist_result=False)
def requested(
    folder: str,
    phase: str,
    category: str | None = None,
    agency: str | None = None,
    form: Form = Form.pdf,
) -> Any:
    """Makes one report from what is published.

    Args:
        folder: the competition's folder
        phase: code of a phase, or agencies
        category: code of a category; empty: all of them
        agency: code of an agency, for its own page
        form: kind of file
    """
    words = messages.of_folder(Path(folder))
    wanted = request.Wanted(
        Path(folder), phase, category or None, agency or None, "internal", form.value
    )
    try:
        written = request.write(wanted, None, request.shelf(wanted))
    except UserError as error:
        return Failed(message=messages.of_error(error, words))
    create_link_artifact(link(str(written)), key="kipp-requested", link_text=written.name)
    return Completed(message=words.say("flows.written", path=written))
