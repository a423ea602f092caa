"""The Results of a run, with Great Expectations in another process.

The library takes seconds to import, in which this process reads the exports. The other process
(evaluator.py) ends with this one, however this one ends, because nobody holds the other end of its
input then. A module apart from compute.py, because compute.py imports pandas, for which the other
process is not to wait.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from flows.night.gather import Inputs
from flows.night.step import Step, plain_step

if TYPE_CHECKING:
    from tasks.results.results import Results
    from tasks.validation.expectations import Evaluator, Suite, SuiteAnswer

LIBRARY = "great_expectations"
# the process was ended, between two answers or within one
_PROCESS_GONE = (OSError, EOFError, pickle.UnpicklingError)


def compute_with_evaluator(
    inputs: Inputs, step: Step = plain_step, meanwhile: Callable[[], None] | None = None
) -> "Results":
    """The Results of these inputs, as compute.compute_results gives them. Raises RulesError.

    `meanwhile`: called while the other process imports the library, before the exports are read.
    """
    if not inputs.pulled.raws or LIBRARY in sys.modules:
        from flows.night.compute import compute_results  # start-up time

        return compute_results(inputs, step)
    with evaluator_process() as evaluate:
        if meanwhile:
            meanwhile()
        from flows.night.compute import compute_results  # start-up time

        return compute_results(inputs, step, evaluate)


@contextmanager
def evaluator_process() -> Iterator["Evaluator"]:
    """An evaluator whose process begins to import at once and ends with the block.

    One request at a time. Where somebody ended the process, suites are evaluated here. An answer
    raises what was raised in the process.
    """
    process = _start_process()
    try:
        yield lambda suites: _ask_process(process, suites)
    finally:
        process.kill()
        # the process takes longer to end than anybody need wait
        Thread(target=process.communicate).start()


def _start_process() -> "subprocess.Popen[bytes]":
    """The other process, which finds its modules where this one does.

    It has a process group of its own, so that Ctrl-C reaches the command alone, which then ends it.
    """
    search_path = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "flows.night.evaluator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": search_path},
        process_group=0,
    )


def _ask_process(process: "subprocess.Popen[bytes]", suites: "Sequence[Suite]") -> "SuiteAnswer":
    """A function that waits for the outcomes of the suites, which were sent to the process."""
    from tasks.validation import expectations  # start-up time

    if all(suite.frame.empty for suite in suites):
        return expectations.evaluate_here(suites)
    assert process.stdin and process.stdout
    requests, answers = process.stdin, process.stdout
    narrow = [expectations.narrow_suite(suite) for suite in suites]
    try:
        pickle.dump(narrow, requests, pickle.HIGHEST_PROTOCOL)
        requests.flush()
    except OSError:
        return expectations.evaluate_here(suites)
    return partial(_read_outcomes, answers, suites)


def _read_outcomes(answers: IO[bytes], suites: "Sequence[Suite]") -> Any:
    """The outcomes of the suites that the process writes; evaluated here where it is gone.

    Raises what was raised in the process.
    """
    from tasks.validation import expectations  # start-up time

    try:
        outcomes = pickle.load(answers)
    except _PROCESS_GONE:
        outcomes = expectations.evaluate_here(suites)()
    if isinstance(outcomes, BaseException):
        raise outcomes
    return outcomes
