"""The night, step by step, whoever runs it: plainly here, as Prefect's tasks in nightly.py.

Pandas, Great Expectations and WeasyPrint are imported once there is something new; a night without
ends before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from flows import beside, bureau, collector
from flows.inputs import Inputs, Request, gather, published
from flows.steps import Step, plain
from reports import problems
from tasks.errors import NotPublished, Problem
from tasks.store import lock

Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class Outcome:
    """What a night came to; how many documents there are, and how many of them were made anew."""

    state: Literal["published", "unchanged"]
    run: str
    address: str
    documents: int = 0
    made: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def night(
    request: Request,
    step: Step = plain,
    progress: Progress = silent,
    wait_seconds: float = lock.WAIT_SECONDS,
) -> Outcome:
    """The whole night, under the folder's lock. Raises UserError; `current` then stands as it
    was.
    """
    with lock.held(request.kipp, wait_seconds), collector.looking_seldom():
        inputs = step("pull", gather)(request)
        if unchanged(inputs):
            return quiet(inputs)
        published(request, inputs.competition).try_writing()
        from reports import pdf

        pdf.warm()
        results = beside.compute(inputs, step)
        from flows import computing, publishing

        if computing.is_withheld(results):
            bureau.write(inputs, problems.of_results(results), "withheld")
            raise NotPublished(Problem("flows.withheld", str(request.folder)))
        documents = step("documents", publishing.make)(results, inputs, progress)
        outcome: Outcome = step("publish", publishing.publish)(results, inputs, documents)
        return outcome


def unchanged(inputs: Inputs) -> bool:
    """Whether inputs, rules, program and phase states are those of the published run."""
    manifest = published(inputs.request, inputs.competition).manifest()
    return manifest is not None and manifest["key"] == inputs.key


def quiet(inputs: Inputs) -> Outcome:
    """Notes that it was looked at, and that nothing is new."""
    there = published(inputs.request, inputs.competition)
    manifest = there.manifest() or {}
    bureau.write(inputs, bureau.published_findings(inputs), "unchanged")
    return Outcome(
        "unchanged",
        manifest["run"],
        there.place.address,
        manifest["documents"],
        0,
        manifest["counts"],
    )
