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
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        gc.disable()
        absent: dict[str, Any] = dict.fromkeys(UNUSED_LIBRARIES)
        sys.modules.update(absent)  # saves an eighth of the time of the import
        from tasks.validation import expectations  # start-up time

        expectations.load_library()
        gc.freeze()  # what the library made stays as long as the process
        garbage.raise_thresholds()
        gc.enable()
        while True:
            try:
                suites = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            try:
                answer: object = expectations.evaluate_here(suites)()
            except Exception as error:
                answer = error
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


if __name__ == "__main__":
    main()
