"""The night, step by step, whoever runs it: plainly here, as Prefect's tasks in nightly.py.

Pandas, Great Expectations and WeasyPrint are imported once there is something new; a night without
ends before.
"""

from flows.night import bureau_page, evaluation, garbage
from flows.night.gather import Inputs, Request, gather_inputs, published_runs
from flows.night.outcome import NightOutcome, ProgressCallback, show_no_progress
from flows.night.step import Step, plain_step
from reports.content import problems
from tasks.disk import lock
from tasks.errors import ErrorMessage, NotPublished


def run_night(
    request: Request,
    step: Step = plain_step,
    progress: ProgressCallback = show_no_progress,
    wait_seconds: float = lock.WAIT_SECONDS,
) -> NightOutcome:
    """The whole night, under the folder's lock. Raises UserError; `current` then stands as it
    was.
    """
    with lock.hold_folder(request.kipp, wait_seconds), garbage.raised_thresholds():
        inputs = step("pull", gather_inputs)(request)
        if is_unchanged(inputs):
            return record_quiet_night(inputs)
        published_runs(request, inputs.competition).try_writing()
        from reports.formats import pdf  # start-up time

        pdf.warm_fork_server()
        results = evaluation.compute_with_evaluator(inputs, step)
        from flows.night import compute, publish  # start-up time

        if compute.is_withheld(results):
            bureau_page.write_bureau_page(inputs, problems.finding_rows(results), "withheld")
            raise NotPublished(ErrorMessage("flows.withheld", str(request.folder)))
        documents = step("documents", publish.make_documents)(results, inputs, progress)
        return step("publish", publish.publish_run)(results, inputs, documents)


def is_unchanged(inputs: Inputs) -> bool:
    """Whether inputs, rules, program and phase states are those of the published run."""
    manifest = published_runs(inputs.request, inputs.competition).manifest()
    return manifest is not None and manifest.key == inputs.key


def record_quiet_night(inputs: Inputs) -> NightOutcome:
    """Notes that it was looked at, and that nothing is new."""
    there = published_runs(inputs.request, inputs.competition)
    manifest = there.manifest()
    assert manifest is not None  # is_unchanged compared with it
    bureau_page.write_bureau_page(inputs, bureau_page.published_findings(inputs), "unchanged")
    return NightOutcome(
        "unchanged",
        manifest.run,
        there.storage.address,
        manifest.documents,
        0,
        dict(manifest.counts),
    )
