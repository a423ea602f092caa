"""kipp check --data-docs: Great Expectations' own pages, for engineers. Writes the folder that it
is given.

The bureau reads validation/ instead: these pages carry run times and fetch styles and scripts from
foreign hosts. Great Expectations puts values into its pages as they stand, so text from forms is
escaped before it sees it.
"""

from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from flows.night import compute
from flows.night.gather import Inputs
from flows.night.read import read_inputs
from flows.office.output import not_writable_error
from tasks.rules.competition import JudgingPhase
from tasks.validation import expectations, validation
from tasks.validation.expectations import Suite

INDEX = "index.html"


def write_data_docs(inputs: Inputs, folder: Path) -> Path:
    """Writes a page a suite, with its results, into the folder; gives the page to open. Raises
    CallError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable_error(folder, error) from error
    context = expectations.quiet_context()
    for name in list(context.variables.data_docs_sites):
        context.delete_data_docs_site(name)
    context.add_data_docs_site("folder", _site_config(folder))
    for suite in suites(inputs):
        shown = suite.frame.apply(_escape_texts)
        expectations.define_suite(context, suite).run(
            batch_parameters={"dataframe": shown}, result_format="SUMMARY"
        )
    context.build_data_docs(["folder"])
    return folder / INDEX


def suites(inputs: Inputs) -> list[Suite]:
    """The suites of this folder that have rows to look at: submissions, then marks by phase."""
    rules, read = inputs.competition, read_inputs(inputs)
    matched = compute.match_submissions(read, rules)
    made = [
        validation.submission_suite(matched.frame, rules, matched.findings),
        *(
            validation.marks_suite(read.evidence[phase.code], phase)
            for phase in rules.phases
            if isinstance(phase, JudgingPhase) and phase.code in read.evidence
        ),
    ]
    return [suite for suite in made if not suite.frame.empty]


def _site_config(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder.absolute()),
        },
        "show_how_to_buttons": False,
    }


def _escape_texts(values: pd.Series) -> pd.Series:
    if not (pd.api.types.is_string_dtype(values.dtype) or values.dtype == object):
        return values
    return values.map(lambda value: escape(value) if isinstance(value, str) else value)
