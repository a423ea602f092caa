"""What the crowd's figures are taken of, each in a process of its own: prints CPU and wall seconds
and peak memory.

read_csv FILE        pandas.read_csv of the export
compute FOLDER       from reading to compliance, imports apart, and CPU seconds a step
check FOLDER         `kipp check --json`, its output thrown away, imports apart
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from tests.bench.crowd import AS_OF


def read_csv(file: Path) -> Callable[[], object]:
    """What everything is held against."""
    import pandas as pd

    return lambda: pd.read_csv(file)


def compute(folder: Path) -> Callable[[], dict[str, float]]:
    """The night without its pages, on copies that are there: read, match, validate, settle, fold,
    compliance; gives back what each took.
    """
    from flows.night import garbage, gather
    from flows.night.compute import match_typed_rows, settle_rows, validate_cells
    from flows.night.read import read_inputs
    from tasks.phases import compliance, fold
    from tasks.registration import submissions

    pulled = gather.gather_inputs(gather.Request(folder, AS_OF))
    rules = pulled.competition

    took: dict[str, float] = {}

    def step(name: str, function: Callable[..., Any], *given: object) -> Any:
        start = time.process_time()
        made = function(*given)
        took[name] = time.process_time() - start
        return made

    def work() -> dict[str, float]:
        with garbage.raised_thresholds():
            read = step("reading", read_inputs, pulled)
            matched = step("matching", match_typed_rows, read, rules)
            compared = step("comparing", submissions.compare_rows, matched.frame)
            checked = step("validating", validate_cells, pulled, read, matched)
            settled = step("settling", settle_rows, compared, matched, checked, read, rules)
            folded = step(
                "phases",
                fold.fold_phases,
                rules,
                pulled.as_of,
                settled.frame,
                read.evidence,
                read.tables,
            )
            step(
                "compliance",
                compliance.compliance_table,
                rules,
                settled.frame,
                folded,
                read.tables.agencies,
            )
        return took

    return work


def check(folder: Path) -> Callable[[], object]:
    """The whole command but for its imports."""
    from flows.night import (
        compute,  # noqa: F401  # imported where there is something new
        gather,
    )
    from flows.office.check import check_folder

    def work() -> object:
        with Path("/dev/null").open("w") as nowhere, redirect_stdout(nowhere):
            return check_folder(gather.Request(folder, AS_OF), as_json=True)

    return work


def main(name: str, place: str) -> None:
    """Does one of them, and prints what it took as JSON."""
    import great_expectations.expectations  # noqa: F401  # imports are no part of what is measured
    import pandas as pd
    import scipy.sparse.csgraph  # noqa: F401

    work = {"read_csv": read_csv, "compute": compute, "check": check}[name](Path(place))
    pd.DataFrame({"a": ["b"]}).merge(pd.DataFrame({"a": ["b"]}), on="a")
    cpu, wall = time.process_time(), time.perf_counter()
    steps = work()
    taken: dict[str, object] = {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(taken | {"peak": peak, "steps": steps if name == "compute" else {}}))


if __name__ == "__main__":
    main(*sys.argv[1:])
