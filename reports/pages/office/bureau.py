"""published/index.html, which the bureau bookmarks: last check, what to do now, what was withheld,
the way on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.content import paths
from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.problems import Problem, findings_by_rule, make_problem
from reports.content.stale_sources import Older

MOST_SHOWN = (
    40  # findings of one rule that are listed; the rest is counted, and stands in data/findings.csv
)


@dataclass(frozen=True)
class Task:
    """All findings of one rule: what is wrong in one word, how many, and the first SHOWN of
    them.
    """

    severity: str
    rule: str
    count: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class BureauStage:
    """A phase and how it stands at the check."""

    name: str
    state: str
    closes: datetime


@dataclass(frozen=True)
class BureauPage(Page):
    """Content of published/index.html.

    `run` is the published run's name, "" before the first; `run_as_of` when it was as of.
    `is_withheld`: this check found something critical, and the published run is an earlier one.
    `is_current`: the published run is what the inbox gives. `older`: copies that stand for sources
    which could not be reached.
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
    older: tuple[Older, ...] = ()

    @property
    def assets(self) -> str:
        """The page stands beside the runs, and borrows the published run's typefaces."""
        return f"runs/{self.run}/" if self.run else ""


def build(
    edition: Edition,
    findings: Iterable[Mapping[str, str]],
    checked: datetime,
    as_of: datetime,
    run: str = "",
    run_as_of: datetime | None = None,
    is_current: bool = True,
    older: tuple[Older, ...] = (),
) -> BureauPage:
    """The bureau's page after a check or a run at `checked`, with its findings: rows of the table,
    as text.

    The phases stand as they do at `as_of`.
    """
    competition = edition.competition
    all_tasks = rule_tasks(findings)
    withheld = tuple(task for task in all_tasks if task.severity == "critical")
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
        stages=tuple(
            BureauStage(edition.phases[p.code], competition.state(p, as_of), p.closes)
            for p in competition.phases
        ),
        withheld=withheld,
        tasks=tuple(task for task in all_tasks if task.severity != "critical"),
        older=older,
    )


def rule_tasks(findings: Iterable[Mapping[str, str]]) -> tuple[Task, ...]:
    """The findings by rule, the severest first, then in the order in which they are mended."""
    return tuple(
        Task(severity, rule, len(rows), tuple(make_problem(row) for row in rows[:MOST_SHOWN]))
        for severity, rule, rows in findings_by_rule(findings)
    )
