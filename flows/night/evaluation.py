"""Computing, with Great Expectations in a process beside this one: it takes seconds to import, in
which the exports are read here.

The other process ends with this one, however that ends: nobody holds the other end of its input
then.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from flows.night.gather import Inputs
from flows.night.step import Step, plain_step

if TYPE_CHECKING:  # they need pandas, for which the other process is not to wait
    from tasks.results.results import Results
    from tasks.validation.expectations import Evaluator, Suite, SuiteAnswer

LIBRARY = "great_expectations"
_PROCESS_GONE = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
)  # the process was ended, between two answers or within one


def compute_with_evaluator(
    inputs: Inputs, step: Step = plain_step, meanwhile: Callable[[], None] | None = None
) -> "Results":
    """The Results of these inputs (computing.compute). Raises RulesError where the rules do not fit
    the register.

    `meanwhile`: what may as well be got ready while the other process is not yet.
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
    """An evaluator whose process begins to import at once and ends with the block. One request at a
    time.

    Where that process was ended by somebody, it is done here. An answer raises what was raised over
    there.
    """
    process = _start_process()
    try:
        yield lambda suites: _ask_process(process, suites)
    finally:
        process.kill()
        Thread(
            target=process.communicate
        ).start()  # to take it down takes longer than anybody need wait


def _start_process() -> "subprocess.Popen[bytes]":
    """Of a group of its own: Ctrl-C is for the command, which ends it. What it imports is found
    where it is here.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "flows.night.evaluator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        process_group=0,
    )


def _ask_process(process: "subprocess.Popen[bytes]", suites: "Sequence[Suite]") -> "SuiteAnswer":
    from tasks.validation import expectations  # start-up time

    if all(suite.frame.empty for suite in suites):
        return expectations.evaluate_here(suites)
    assert process.stdin and process.stdout
    asked, told = process.stdin, process.stdout
    try:
        pickle.dump(
            [expectations.narrow_suite(suite) for suite in suites], asked, pickle.HIGHEST_PROTOCOL
        )
        asked.flush()
    except OSError:
        return expectations.evaluate_here(suites)

    def answer() -> Any:
        try:
            given = pickle.load(told)
        except _PROCESS_GONE:
            given = expectations.evaluate_here(suites)()
        if isinstance(given, BaseException):
            raise given
        return given

    return answer
