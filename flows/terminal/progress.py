"""The night at a terminal: a bar while the night works, a few lines when it is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from flows.night.outcome import NightOutcome, ProgressCallback
from reports.content import paths
from tasks.words import Words


@contextmanager
def progress_bar(words: Words) -> Iterator[ProgressCallback]:
    """The callback that draws the night's progress, a bar per step.

    The bars are drawn on standard error, and only where standard error is a terminal.
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    is_hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=is_hidden) as progress:
        bars = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = progress.add_task(words.say(f"flows.step.{step}"), total=total)
            progress.update(bars[step], completed=done, total=total)

        yield show


def word_outcome(outcome: NightOutcome, words: Words) -> str:
    """The lines that say what the night came to, what was found, and where the reports are."""
    first = words.say(f"flows.outcome.{outcome.state}", run=outcome.run)
    counts = [
        f"  {words.say(f'flows.count.{name}')}: {words.integer(number)}"
        for name, number in outcome.counts.items()
    ]
    documents = words.say(
        "flows.documents",
        documents=words.integer(outcome.documents),
        made=words.integer(outcome.made),
    )
    see = words.say("flows.see", path=f"{outcome.address}/{paths.BUREAU}.html")
    return "\n".join([first, *counts, f"  {documents}", see])
