"""What the pages of every phase begin with: the phase, how it stands, its notices.

What a page is about stands in subject.py, the listings in phase_listings.py.
"""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from reports.content.page import Page
from reports.content.stale_sources import StaleSource, stale_exports
from reports.pages.parts import excerpt, lists
from reports.pages.parts.lists import Reason
from reports.pages.parts.subject import Subject

# Findings of these rules stand at the head of every report of their phase.
NOTICE_RULES = ("rules_changed", "result_changed", "unconnected_panels")


@dataclass(frozen=True)
class Head:
    """The phase, and its state.

    `category` and `code` are the name and code of the one category that the page is about, or "".
    `categories` (code, name) have pages of their own, next to the report. `as_of` is there only on
    the report of an open phase. `notices` are findings that every report of the phase carries.
    `older` names exports of the phase for which an older copy was used.
    """

    phase: str
    name: str
    kind: str
    state: str
    opens: datetime | None
    closes: datetime
    category: str
    code: str
    categories: tuple[tuple[str, str], ...]
    as_of: datetime | None
    notices: tuple[Reason, ...]
    older: tuple[StaleSource, ...] = ()


@dataclass(frozen=True)
class PhasePage(Page):
    """A page of a phase. `delivered`: how many rows or sheets came in for it; `entered`: how many
    submissions entered it.
    """

    head: Head
    entered: int
    delivered: int


def page_facts(subject: Subject) -> dict[str, object]:
    """The fields that every PhasePage begins with, by name."""
    head, row = phase_head(subject), subject.row
    return {
        "masthead": subject.edition.masthead,
        "path": subject.path,
        "title": f"{head.name}: {head.category}" if head.category else head.name,
        "is_draft": subject.edition.is_draft(subject.phase),
        "head": head,
        "entered": _count_or_zero(row["entered"]),
        "delivered": _count_or_zero(row["delivered"]),
    }


def phase_head(subject: Subject) -> Head:
    """The head of a page of this subject."""
    competition, state = subject.edition.competition, subject.row["state"]
    phase = competition.phase(subject.phase)
    categories = subject.edition.categories
    return Head(
        phase=subject.phase,
        name=subject.edition.phases[subject.phase],
        kind=phase.kind,
        state=state,
        opens=competition.begins(phase),
        closes=phase.closes,
        category=categories[subject.category] if subject.category else "",
        code=subject.category or "",
        categories=() if subject.category else tuple(categories.items()),
        as_of=subject.as_of if state == "open" else None,
        notices=_notices(subject),
        older=stale_exports(_phase_exports(subject)),
    )


def _notices(subject: Subject) -> tuple[Reason, ...]:
    """The phase's notices as reasons. Where they are more than a page may carry, those that are
    said once come before those of one submission each, which may be cut.
    """
    findings = subject.of_phase("findings")
    notices = findings[findings["rule"].isin(NOTICE_RULES)]
    if len(notices) > excerpt.SMALLEST_ROOM:
        is_of_submission = notices["rule"].eq("result_changed")
        notices = notices.loc[is_of_submission.sort_values(kind="stable").index]
    return lists.reasons(notices["message"])


def _phase_exports(subject: Subject) -> pd.DataFrame:
    """The rows of the table exports for the phase; exports of submissions are registration's."""
    exports = subject.results["exports"]
    if subject.phase == subject.edition.competition.registration.code:
        return exports[exports["table"] == "submissions"]
    return exports[(exports["phase"] == subject.phase).fillna(False)]


def _count_or_zero(cell: object) -> int:
    return 0 if pd.isna(cell) else int(cell)  # type: ignore[call-overload]  # a cell of an Int64 column
