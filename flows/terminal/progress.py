"""The night as it is seen at a terminal: a bar while it works, a few lines when it is done."""

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
from tasks.words import Words


@contextmanager
def progress_bar(words: Words) -> Iterator[ProgressCallback]:
    """Something to tell progress to. It is drawn on standard error, and only where that is a
    terminal.
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        rows = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in rows:
                rows[step] = progress.add_task(words.say(f"flows.step.{step}"), total=total)
            progress.update(rows[step], completed=done, total=total)

        yield show


def word_outcome(outcome: NightOutcome, words: Words) -> str:
    """What the night came to, what was found, and where the reports are."""
    counted = [
        f"  {words.say(f'flows.count.{name}')}: {words.integer(number)}"
        for name, number in outcome.counts.items()
    ]
    documents = words.say(
        "flows.documents",
        documents=words.integer(outcome.documents),
        made=words.integer(outcome.made),
    )
    first = words.say(f"flows.outcome.{outcome.state}", run=outcome.run)
    return "\n".join(
        [
            first,
            *counted,
            f"  {documents}",
            words.say("flows.see", path=f"{outcome.address}/index.html"),
        ]
    )
