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

from flows import computing, reading
from flows.inputs import Inputs
from flows.output import not_writable
from tasks import expectations, validation
from tasks.competition import Judging
from tasks.expectations import Suite

INDEX = "index.html"


def write(inputs: Inputs, folder: Path) -> Path:
    """Writes a page a suite, with its results, into the folder; gives the page to open. Raises
    CallError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(folder, error) from error
    context = expectations.quiet_context()
    for name in list(context.variables.data_docs_sites):
        context.delete_data_docs_site(name)
    context.add_data_docs_site("folder", _site(folder))
    for suite in suites(inputs):
        shown = suite.frame.apply(_escaped)
        expectations.defined(context, suite).run(
            batch_parameters={"dataframe": shown}, result_format="SUMMARY"
        )
    context.build_data_docs(["folder"])
    return folder / INDEX


def suites(inputs: Inputs) -> list[Suite]:
    """The suites of this folder that have rows to look at: submissions, then marks by phase."""
    rules, read = inputs.competition, reading.read(inputs)
    matched = computing.match(read, rules)
    made = [
        validation.submission_suite(matched.frame, rules, matched.findings),
        *(
            validation.marks_suite(read.evidence[phase.code], phase)
            for phase in rules.phases
            if isinstance(phase, Judging) and phase.code in read.evidence
        ),
    ]
    return [suite for suite in made if not suite.frame.empty]


def _site(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder.absolute()),
        },
        "show_how_to_buttons": False,
    }


def _escaped(values: pd.Series) -> pd.Series:
    if not (pd.api.types.is_string_dtype(values.dtype) or values.dtype == object):
        return values
    return values.map(lambda value: escape(value) if isinstance(value, str) else value)
