"""kipp check --data-docs: Great Expectations' own pages, for engineers, in a folder.

The bureau reads validation/ instead: these pages carry run times, and fetch styles and scripts from
foreign hosts. Great Expectations puts values into its pages as they stand; so texts from forms are
escaped before.
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
    """The page to open, after a page per suite, with its results, was written into the folder.

    Raises CallError where the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable_error(folder, error) from error
    context = _context_of_folder(folder)
    for suite in suites(inputs):
        batch = {"dataframe": suite.frame.apply(_escape_texts)}
        checkpoint = expectations.define_suite(context, suite)
        checkpoint.run(batch_parameters=batch, result_format="SUMMARY")
    context.build_data_docs(["folder"])
    return folder / INDEX


def _context_of_folder(folder: Path) -> Any:
    """A context of Great Expectations that writes its pages into the folder alone."""
    context = expectations.quiet_context()
    for name in list(context.variables.data_docs_sites):
        context.delete_data_docs_site(name)
    context.add_data_docs_site("folder", _site_config(folder))
    return context


def suites(inputs: Inputs) -> list[Suite]:
    """The suites of this folder that have rows: of the submissions, then of the marks by phase."""
    rules = inputs.competition
    frames = read_inputs(inputs)
    matched = compute.match_typed_rows(frames, rules)
    every = [validation.submission_suite(matched.frame, rules, matched.findings)]
    for phase in rules.phases:
        if isinstance(phase, JudgingPhase) and phase.code in frames.evidence:
            every.append(validation.marks_suite(frames.evidence[phase.code], phase))
    return [suite for suite in every if not suite.frame.empty]


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
    """The column with its texts escaped for HTML; other columns as they are."""
    if not (pd.api.types.is_string_dtype(values.dtype) or values.dtype == object):
        return values
    return values.map(lambda value: escape(value) if isinstance(value, str) else value)
