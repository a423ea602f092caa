"""The minutes (berita acara) of a judging phase, ready to sign; what only the jury knows is a
blank, never invented.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from babel.dates import format_date

from reports.content.edition import Edition, Signature
from reports.content.page import IF_ANY, Page
from reports.content.paths import minutes_path
from reports.pages.parts.lists import Column, Listing, Reason, column
from reports.pages.parts.phase import phase_head
from reports.pages.parts.phase_listings import decision_listing
from reports.pages.parts.subject import Subject
from reports.pages.phases import judging, ranklists
from reports.pages.phases.judging import Formula
from reports.pages.phases.jury import jury_progress, signers
from reports.pages.phases.number_words import day_words, year_words
from reports.pages.phases.ranklists import RankList, Tie, judging_rules
from tasks.words import Words


@dataclass(frozen=True)
class DayInWords:
    """A date as minutes write it: "Senin", "sebelas", "April", "dua ribu dua puluh dua"."""

    weekday: str
    day: str
    month: str
    year: str


@dataclass(frozen=True)
class Minutes(Page):
    """The minutes of a judging phase. `day` is None where competition.toml does not say when the
    jury met.

    `ties` are those at the cut-off and among those who advance; `lesser_ties` counts the others.
    """

    template: ClassVar[str] = "minutes.html"

    phase: str
    state: str
    day: DayInWords | None
    signature: Signature
    entered: int
    scored: int
    advancing: int
    sheets: int
    formula: Formula
    lists: tuple[RankList, ...]
    ties: tuple[Tie, ...]
    decisions: Listing
    undecided: tuple[str, ...]
    notices: tuple[Reason, ...]
    judges: tuple[str, ...]
    lesser_ties: int = field(default=0, metadata=IF_ANY)


def build(subject: Subject) -> Minutes:
    """The minutes of a judging phase."""
    edition, head = subject.edition, phase_head(subject)
    ranked = ranklists.ranked_lists(subject)
    rows = ranked.rows
    deciding = ranklists.deciding_ties(subject, ranked)
    document = f"minutes-{subject.phase}"
    return Minutes(
        masthead=edition.masthead,
        path=minutes_path(subject.phase),
        title=edition.words.say("minutes.title"),
        is_draft=edition.is_draft(subject.phase),
        phase=head.name,
        state=head.state,
        day=_meeting_day(edition, document),
        signature=edition.signature(document),
        entered=len(rows),
        scored=int(rows["score"].notna().sum()),
        advancing=int((rows["standing"] == "advances").sum()),
        sheets=jury_progress(subject).used,
        formula=judging.score_formula(subject),
        lists=ranklists.rank_lists(ranked, _minutes_columns(subject)),
        ties=deciding.ties,
        lesser_ties=deciding.others,
        decisions=decision_listing(subject, rows),
        undecided=tuple(rows.loc[rows["standing"] == "undecided", "title"]),
        notices=head.notices,
        judges=signers(subject),
    )


def _meeting_day(edition: Edition, document: str) -> DayInWords | None:
    """The day on which the jury met, by `[documents.<document>]`; None where it is not given."""
    facts = edition.competition.documents.get(document)
    return day_in_words(edition.words, facts.on) if facts and facts.on else None


def day_in_words(words: Words, on: date) -> DayInWords:
    """The date as minutes write it, in the language of the words."""
    return DayInWords(
        format_date(on, "EEEE", locale=words.locale),
        day_words(on.day, words.language),
        format_date(on, "MMMM", locale=words.locale),
        year_words(on.year, words.language),
    )


def _minutes_columns(subject: Subject) -> tuple[Column, ...]:
    precision = judging_rules(subject).precision
    return (
        column("rank"),
        column("entry"),
        column("score", precision),
        column("outcome_now"),
    )
