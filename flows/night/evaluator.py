"""The process that evaluates suites with Great Expectations, for flows.night.evaluation.

It reads requests from its standard input and writes answers to its standard output, until nobody
holds the other end. A module apart from evaluation.py, because it is the program of another
process: what evaluation.py imports would delay the import of Great Expectations there, which is
what a check waits for.
"""

import gc
import os
import pickle
import sys
from typing import Any

from flows.messages.usage_data import turn_off_usage_data
from flows.night import garbage

# libraries that Great Expectations imports where they are installed, for stores without use here
UNUSED_LIBRARIES = ("boto3", "botocore", "sqlalchemy")


def main() -> None:
    """Reads pickled lists of suites; writes for each list its outcomes, or the exception raised."""
    turn_off_usage_data()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        # what a library prints is no answer
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        _load_library()
        while True:
            try:
                suites = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            pickle.dump(_evaluate_suites(suites), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _load_library() -> None:
    """Imports Great Expectations, without the garbage collector and without unused libraries."""
    gc.disable()
    absent: dict[str, Any] = dict.fromkeys(UNUSED_LIBRARIES)
    sys.modules.update(absent)  # saves an eighth of the time of the import
    from tasks.validation import expectations  # start-up time

    expectations.load_library()
    gc.freeze()  # what the library made stays as long as the process
    garbage.raise_thresholds()
    gc.enable()


def _evaluate_suites(suites: Any) -> object:
    """The outcomes of the suites, or the exception that was raised."""
    from tasks.validation import expectations  # start-up time

    try:
        return expectations.evaluate_here(suites)()
    except Exception as error:
        return error


if __name__ == "__main__":
    main()
