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
from reports.pages.parts import phase
from reports.pages.parts.lists import Column, Listing, Reason, column
from reports.pages.parts.phase import Subject
from reports.pages.phases import judging, ranklists
from reports.pages.phases.judging import Formula
from reports.pages.phases.jury import jury_progress, signers
from reports.pages.phases.number_words import day_words, year_words
from reports.pages.phases.ranklists import RankList, Tie, judging_rules
from tasks.results.results import Results
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


def build(results: Results, edition: Edition, phase_code: str) -> Minutes:
    """The minutes of a judging phase."""
    about = phase.subject(results, edition, phase_code)
    head, of = phase.head(about), ranklists.ranked_lists(about)
    rows = of.rows
    ties, lesser_ties = ranklists.deciding_ties(about, of)
    document = f"minutes-{phase_code}"
    met = edition.competition.documents.get(document)
    return Minutes(
        masthead=edition.masthead,
        path=minutes_path(phase_code),
        title=edition.words.say("minutes.title"),
        is_draft=edition.is_draft(phase_code),
        phase=head.name,
        state=head.state,
        day=day_in_words(edition.words, met.on) if met and met.on else None,
        signature=edition.signature(document),
        entered=len(rows),
        scored=int(rows["score"].notna().sum()),
        advancing=int((rows["standing"] == "advances").sum()),
        sheets=jury_progress(about).used,
        formula=judging.score_formula(about),
        lists=ranklists.rank_lists(about, of, _minutes_columns(about)),
        ties=ties,
        lesser_ties=lesser_ties,
        decisions=phase.decision_listing(
            about, rows.set_index("submission_id")["ranked_outcome"].to_dict()
        ),
        undecided=tuple(rows.loc[rows["standing"] == "undecided", "title"]),
        notices=head.notices,
        judges=signers(about),
    )


def day_in_words(words: Words, on: date) -> DayInWords:
    """The date as minutes write it, in the language of the words."""
    return DayInWords(
        format_date(on, "EEEE", locale=words.locale),
        day_words(on.day, words.language),
        format_date(on, "MMMM", locale=words.locale),
        year_words(on.year, words.language),
    )


def _minutes_columns(about: Subject) -> tuple[Column, ...]:
    return (
        column("rank"),
        column("entry"),
        column("score", judging_rules(about).precision),
        column("outcome_now"),
    )
