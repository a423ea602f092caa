"""The night as a Prefect flow: the steps of flows.night.night as tasks, with their retry policy.

A failure that a person can mend ends the flow as Failed, with the sentence as its message. Prefect
caches nothing: the hashes of files say whether anything is new (flows.night.gather), and documents
are carried over by their keys (flows.night.publish).
"""

from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.messages import sentences
from flows.night.gather import Request
from flows.night.night import run_night
from flows.night.outcome import NightOutcome, ProgressCallback, show_no_progress
from flows.night.step import P, Step, T
from flows.prefect.credentials import storage_options
from reports.content import paths
from tasks.errors import UserError
from tasks.words import Words

PROGRESS: ContextVar[ProgressCallback] = ContextVar("PROGRESS", default=show_no_progress)


def _is_worth_another_try(task: Any, run: Any, state: State[Any]) -> bool:
    """Whether the step failed on a disk or a network, which may mend itself.

    What a person has to mend does not.
    """
    return isinstance(state.result(raise_on_failure=False), OSError)


RETRY_POLICY: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": [1, 10, 60],
    "retry_condition_fn": _is_worth_another_try,
}
STEP_POLICIES: dict[str, dict[str, Any]] = {"pull": RETRY_POLICY, "publish": RETRY_POLICY}


@flow(name="kipp-nightly", flow_run_name="{folder}", persist_result=False, validate_parameters=True)
def nightly(
    folder: str, as_of: str | None = None, out: str | None = None, accept_vanished: bool = False
) -> Any:
    """Reads the folder's exports, and publishes its reports if there is anything new.

    Args:
        folder: the competition's folder
        as_of: a date or a time; absent: now
        out: where to publish instead of the competition's own place
        accept_vanished: let innovations go that no export delivers any more
    """
    words = sentences.folder_words(Path(folder))
    request = Request(Path(folder), as_of, out, accept_vanished, credentials=storage_options)
    try:
        outcome = run_night(request, prefect_step(words), PROGRESS.get())
    except UserError as error:
        return Failed(message=sentences.error_sentences(error, words), data=error)
    show_summary(outcome, words)
    message = words.say(f"flows.outcome.{outcome.state}", run=outcome.run)
    return Completed(message=message, data=outcome)


def prefect_step(words: Words) -> Step:
    """Steps as Prefect tasks, each under a name that the bureau knows, with its retry policy."""

    def as_task(name: str, function: Callable[P, T]) -> Callable[P, T]:
        title = words.say(f"flows.step.{name}")
        policy = STEP_POLICIES.get(name, {})
        return task(name=title, cache_policy=NO_CACHE, persist_result=False, **policy)(function)

    return as_task


def show_summary(outcome: NightOutcome, words: Words) -> None:
    """Shows what the night came to on Prefect's page: a table, and a link to the reports."""
    rows = [
        {"": words.say(f"flows.count.{name}"), " ": number}
        for name, number in outcome.counts.items()
    ]
    title = words.say(f"flows.outcome.{outcome.state}", run=outcome.run)
    create_table_artifact(rows, key="kipp-summary", description=title)
    reports = f"{browser_address(outcome.address)}/{paths.BUREAU}.html"
    create_link_artifact(reports, key="kipp-reports", link_text=words.say("flows.reports"))


def browser_address(address: str) -> str:
    """The address of a place as a browser opens it."""
    return address if "://" in address else Path(address).absolute().as_uri()
