"""What beside.py starts: answers suites with outcomes over its own input and output, until nobody
asks any more.
"""

import gc
import os
import pickle
import sys
from typing import Any

from flows.night import garbage
from flows.usage_data import turn_off_usage_data

UNUSED_LIBRARIES = (
    "boto3",
    "botocore",
    "sqlalchemy",
)  # what the library imports where it is installed, for its other stores


def main() -> None:
    """Reads pickled lists of suites, and writes for each what came of them, or the exception that
    was raised.
    """
    turn_off_usage_data()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
        gc.disable()
        not_to_be_found: dict[str, Any] = dict.fromkeys(UNUSED_LIBRARIES)
        sys.modules.update(not_to_be_found)  # an eighth of the time that the import takes
        from tasks.validation import expectations  # start-up time

        expectations.load_library()
        gc.freeze()  # all of it stays as long as the process does
        garbage.raise_thresholds()
        gc.enable()
        while True:
            try:
                suites = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            try:
                told: object = expectations.evaluate_here(suites)()
            except Exception as error:
                told = error
            pickle.dump(told, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


if __name__ == "__main__":
    main()
