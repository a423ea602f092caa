"""Suites of checks on whole typed frames, put to Great Expectations.

The only importer of great_expectations, and inside functions: it takes seconds to import, and a
frame without rows needs none of it.

Missing cells pass every expectation but the one that wants them there. What could not be checked (a
column is missing, a value cannot be compared) is a state of its own, `unchecked`, and never counts
as passed. What does not belong here: which checks there are (validation.py).
"""

import dataclasses
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class ExpectedCheck:
    """One expectation: its rule and field, its name in Great Expectations, and what Great
    Expectations is given.

    `params` are columns of the frame or constants for the sentence of the finding, `value` the
    column that shows what stands in the cell. A rule that the catalogue of findings does not have
    (link, email, unique) makes no finding.
    """

    rule: str
    field: str
    expectation: str
    given: Mapping[str, Any]
    value: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Suite:
    """Checks on one frame, which has a plain index and every column that they name."""

    name: str
    frame: pd.DataFrame
    checks: Sequence[ExpectedCheck]


@dataclass(frozen=True, eq=False)
class SuiteOutcome:
    """What came of one check: how many cells it looked at, the positions of the rows that break it,
    and its state.
    """

    check: ExpectedCheck
    checked: int
    rows: np.ndarray
    state: str


# what came of each suite, once it is asked for
SuiteAnswer = Callable[[], list[list[SuiteOutcome]]]
Evaluator = Callable[[Sequence[Suite]], SuiteAnswer]


def evaluate_here(suites: Sequence[Suite]) -> SuiteAnswer:
    """What came of each suite, found in this process."""
    outcomes = [suite_outcomes(suite) for suite in suites]
    return lambda: outcomes


def suite_outcomes(suite: Suite) -> list[SuiteOutcome]:
    """What came of the checks, in their order. A frame without rows passes them all, with nothing
    checked.
    """
    if suite.frame.empty:
        return [SuiteOutcome(check, 0, _no_rows(), "passed") for check in suite.checks]
    batch = _whole_frame_batches().get_batch({"dataframe": narrow_suite(suite).frame})
    result_format = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
    result = batch.validate(_expectation_suite(suite), result_format=result_format)
    by_check = {each.expectation_config.meta["check"]: each for each in result.results}
    return [
        _check_outcome(check, by_check[number], suite.frame)
        for number, check in enumerate(suite.checks)
    ]


def _no_rows() -> np.ndarray:
    return np.array([], dtype=np.int64)


def narrow_suite(suite: Suite) -> Suite:
    """The suite with no more columns than its checks name, since a batch is hashed, twice, with all
    its columns.

    A name that the frame does not have is Great Expectations' to report.
    """
    named = set()
    for check in suite.checks:
        named |= {check.given.get(key) for key in ("column", "column_A", "column_B")}
        named |= set(check.given.get("column_list", ()))
    columns = [name for name in suite.frame.columns if name in named]
    return dataclasses.replace(suite, frame=suite.frame[columns])


def load_library() -> None:
    """Imports the library and makes what every suite needs, ahead of the first, in a process that
    may be killed.
    """
    from tqdm import tqdm  # start-up time

    _whole_frame_batches()
    # the progress bars' own lock is the system's, and outlives the process
    tqdm.set_lock(threading.RLock())


def quiet_context() -> Any:
    """A context of Great Expectations in memory that reports to nobody and draws no progress
    bars.
    """
    context = _import_great_expectations().get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}
    return context


def define_suite(context: Any, suite: Suite) -> Any:
    """The suite as a validation definition in the context; its `run` wants the frame as batch
    parameter `dataframe`.
    """
    gx = _import_great_expectations()
    kept = context.suites.add(_expectation_suite(suite))
    batches = _batch_definition(context, suite.name)
    definition = gx.ValidationDefinition(name=suite.name, data=batches, suite=kept)
    return context.validation_definitions.add(definition)


@cache
def _whole_frame_batches() -> Any:
    """The one definition of batches in this process: each takes longer to make than to use."""
    return _batch_definition(quiet_context(), "frames")


def _batch_definition(context: Any, name: str) -> Any:
    """A definition of batches that are a whole frame each; `get_batch` wants it as `dataframe`."""
    source = context.data_sources.add_or_update_pandas(name)
    return source.add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")


def _expectation_suite(suite: Suite) -> Any:
    gx = _import_great_expectations()
    expectations = [
        getattr(gx.expectations, check.expectation)(**check.given, meta={"check": number})
        for number, check in enumerate(suite.checks)
    ]
    # handed over together: an expectation that is added singly is compared with all others
    return gx.ExpectationSuite(name=suite.name, expectations=expectations)


def _check_outcome(check: ExpectedCheck, result: Any, frame: pd.DataFrame) -> SuiteOutcome:
    figures = result.result
    if "unexpected_index_list" not in figures:  # the other shape: an exception, by metric
        return SuiteOutcome(check, 0, _no_rows(), "unchecked")
    rows = np.array(sorted(figures["unexpected_index_list"] or []), dtype=np.int64)
    checked = len(frame) - int(figures.get("missing_count") or 0)
    return SuiteOutcome(check, checked, rows, "passed" if result.success else "failed")


@cache
def _import_great_expectations() -> Any:
    """The library, without its messages home, progress bars and warnings."""
    import great_expectations as gx  # start-up time
    import great_expectations.expectations  # start-up time

    return gx
