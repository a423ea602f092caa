"""The night, step by step: gather, compute, make documents, publish.

`kipp run` runs the steps plainly, or as tasks of a Prefect flow (flows.prefect.nightly). Pandas,
Great Expectations and WeasyPrint are imported once there is anything new; a quiet night ends before
that.
"""

from typing import TYPE_CHECKING

from flows.night import bureau_page, evaluation, garbage
from flows.night.gather import Inputs, Request, gather_inputs, published_runs
from flows.night.outcome import NightOutcome, ProgressCallback, show_no_progress
from flows.night.step import Step, plain_step
from reports.content import problems
from tasks.disk import lock
from tasks.errors import ErrorMessage, NotPublished

if TYPE_CHECKING:
    from tasks.results.results import Results


def run_night(
    request: Request,
    step: Step = plain_step,
    progress: ProgressCallback = show_no_progress,
    wait_seconds: float = lock.WAIT_SECONDS,
) -> NightOutcome:
    """What the whole night came to, under the folder's lock.

    Raises UserError; `current` then stands as it was.
    """
    with lock.hold_folder(request.kipp, wait_seconds), garbage.raised_thresholds():
        inputs = step("pull", gather_inputs)(request)
        if is_unchanged(inputs):
            return record_quiet_night(inputs)
        prepare_publishing(inputs)
        results = evaluation.compute_with_evaluator(inputs, step)
        from flows.night import publish  # start-up time

        refuse_critical_findings(results, inputs)
        documents = step("documents", publish.make_documents)(results, inputs, progress)
        return step("publish", publish.publish_run)(results, inputs, documents)


def prepare_publishing(inputs: Inputs) -> None:
    """Tries whether a run can be written, and starts the processes that print, before the work."""
    from reports.formats import pdf  # start-up time

    published_runs(inputs.request, inputs.competition).try_writing()
    pdf.warm_fork_server()


def refuse_critical_findings(results: "Results", inputs: Inputs) -> None:
    """Raises NotPublished for Results with a critical finding; the bureau's page names them."""
    from flows.night.compute import withholds_run  # start-up time

    if withholds_run(results):
        bureau_page.write_bureau_page(inputs, problems.finding_rows(results), "withheld")
        raise NotPublished(ErrorMessage("flows.withheld", str(inputs.request.folder)))


def is_unchanged(inputs: Inputs) -> bool:
    """Whether inputs, rules, program and phase states are those of the published run."""
    manifest = published_runs(inputs.request, inputs.competition).manifest()
    return manifest is not None and manifest.key == inputs.key


def record_quiet_night(inputs: Inputs) -> NightOutcome:
    """What a night with nothing new came to, after the bureau's page says that it was looked at."""
    published = published_runs(inputs.request, inputs.competition)
    manifest = published.manifest()
    assert manifest is not None  # is_unchanged compared with it
    bureau_page.write_bureau_page(inputs, bureau_page.published_findings(inputs), "unchanged")
    return NightOutcome(
        "unchanged",
        run=manifest.run,
        address=published.storage.address,
        documents=manifest.documents,
        made=0,
        counts=dict(manifest.counts),
    )
