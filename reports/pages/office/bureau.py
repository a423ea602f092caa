"""published/index.html, which the bureau bookmarks: the last check, what to do now, what was
withheld, and the way to the published run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.content import paths
from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.problems import Problem, findings_by_rule, make_problem
from reports.content.stale_sources import StaleSource

# Findings of one rule that are listed; all are counted, and stand in data/findings.csv.
MOST_SHOWN = 40


@dataclass(frozen=True)
class Task:
    """All findings of one rule: how many there are, and the first MOST_SHOWN of them."""

    severity: str
    rule: str
    count: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class BureauStage:
    """A phase and its state at the check."""

    name: str
    state: str
    closes: datetime


@dataclass(frozen=True)
class BureauPage(Page):
    """Content of published/index.html.

    `run` is the name of the published run, "" before the first run; `run_as_of` the time as of
    which it was made. `is_withheld`: the check found something critical, and an earlier run stays
    published. `is_current`: the inbox gives the published run. `older`: sources for which an older
    copy was used.
    """

    template: ClassVar[str] = "bureau.html"

    checked: datetime
    run: str
    run_as_of: datetime | None
    is_withheld: bool
    is_current: bool
    stages: tuple[BureauStage, ...]
    withheld: tuple[Task, ...]
    tasks: tuple[Task, ...]
    older: tuple[StaleSource, ...] = ()

    @property
    def assets(self) -> str:
        """The way to the published run, whose typefaces the page borrows; "" without a run."""
        return f"runs/{self.run}/" if self.run else ""


def build(
    edition: Edition,
    findings: Iterable[Mapping[str, str]],
    checked: datetime,
    as_of: datetime,
    run: str = "",
    run_as_of: datetime | None = None,
    is_current: bool = True,
    older: tuple[StaleSource, ...] = (),
) -> BureauPage:
    """The bureau's page after a check or a run at `checked`.

    `findings` are rows of the table findings, as text; the phases have their state at `as_of`.
    """
    competition = edition.competition
    tasks = rule_tasks(findings)
    withheld = tuple(task for task in tasks if task.severity == "critical")
    stages = tuple(
        BureauStage(edition.phases[phase.code], competition.state(phase, as_of), phase.closes)
        for phase in competition.phases
    )
    return BureauPage(
        masthead=edition.masthead,
        path=paths.BUREAU,
        title=f"{competition.name} {competition.year}",
        is_draft=False,
        checked=checked,
        run=run,
        run_as_of=run_as_of,
        is_withheld=bool(withheld),
        is_current=is_current,
        stages=stages,
        withheld=withheld,
        tasks=tuple(task for task in tasks if task.severity != "critical"),
        older=older,
    )


def rule_tasks(findings: Iterable[Mapping[str, str]]) -> tuple[Task, ...]:
    """The findings by rule, the severest first, then in the order in which rules are mended."""
    tasks = []
    for severity, rule, rows in findings_by_rule(findings):
        shown = tuple(make_problem(row) for row in rows[:MOST_SHOWN])
        tasks.append(Task(severity, rule, len(rows), shown))
    return tuple(tasks)
