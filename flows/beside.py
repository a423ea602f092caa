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

from flows.inputs import Inputs
from flows.steps import Step, plain

if TYPE_CHECKING:  # they need pandas, for which the other process is not to wait
    from tasks.expectations import Answer, Evaluator, Suite
    from tasks.results import Results

LIBRARY = "great_expectations"
_GONE = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
)  # the process was ended, between two answers or within one


def compute(
    inputs: Inputs, step: Step = plain, meanwhile: Callable[[], None] | None = None
) -> "Results":
    """The Results of these inputs (computing.compute). Raises RulesError where the rules do not fit
    the register.

    `meanwhile`: what may as well be got ready while the other process is not yet.
    """
    if not inputs.pulled.raws or LIBRARY in sys.modules:
        from flows import computing

        return computing.compute(inputs, step)
    with great_expectations() as evaluate:
        if meanwhile:
            meanwhile()
        from flows import computing

        return computing.compute(inputs, step, evaluate)


@contextmanager
def great_expectations() -> Iterator["Evaluator"]:
    """An evaluator whose process begins to import at once and ends with the block. One request at a
    time.

    Where that process was ended by somebody, it is done here. An answer raises what was raised over
    there.
    """
    process = _started()
    try:
        yield lambda suites: _asked(process, suites)
    finally:
        process.kill()
        Thread(
            target=process.communicate
        ).start()  # to take it down takes longer than anybody need wait


def _started() -> "subprocess.Popen[bytes]":
    """Of a group of its own: Ctrl-C is for the command, which ends it. What it imports is found
    where it is here.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "flows.evaluator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        process_group=0,
    )


def _asked(process: "subprocess.Popen[bytes]", suites: "Sequence[Suite]") -> "Answer":
    from tasks import expectations

    if all(suite.frame.empty for suite in suites):
        return expectations.here(suites)
    assert process.stdin and process.stdout
    asked, told = process.stdin, process.stdout
    try:
        pickle.dump(
            [expectations.narrowed(suite) for suite in suites], asked, pickle.HIGHEST_PROTOCOL
        )
        asked.flush()
    except OSError:
        return expectations.here(suites)

    def answer() -> Any:
        try:
            given = pickle.load(told)
        except _GONE:
            given = expectations.here(suites)()
        if isinstance(given, BaseException):
            raise given
        return given

    return answer
