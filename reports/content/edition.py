"""What all pages of a run share: the competition, the words, and the masthead printed on each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tasks.rules.competition import (
    AnyPhase,
    Category,
    Competition,
    Criterion,
    DocumentFacts,
    Group,
    NominationLevel,
    Requirement,
)
from tasks.words import Words


@dataclass(frozen=True)
class Masthead:
    """Who speaks, in which language, on which paper: content of every page.

    `logo` is a data: URI or empty. `notice` says what a reader must know of this copy alone: that
    newer exports are there than the results of the page.
    """

    language: str
    paper: str
    competition: str
    year: int
    host: str
    unit: str
    lines: tuple[str, ...]
    address: str
    logo: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs a document, and what only its author knows. A text that was not given is "", and
    printed as a blank.
    """

    title: str
    name: str
    id: str
    rank: str
    place: str
    date: str
    number: str


@dataclass(frozen=True)
class Edition:
    """The competition (parsed once), its words and its masthead: what a builder of pages takes
    together with the Results.
    """

    competition: Competition
    words: Words
    masthead: Masthead

    def is_draft(self, phase: str) -> bool:
        """Whether reports of this phase say KONSEP: its result is not signed
        (publication.final).
        """
        return phase not in self.competition.publication.final

    @cached_property
    def categories(self) -> dict[str, str]:
        """Names of the categories by code, in the competition's order."""
        return item_names(self.competition.categories, self.words)

    @cached_property
    def groups(self) -> dict[str, str]:
        """Names of the groups (kelompok) by code, in the competition's order."""
        return item_names(self.competition.groups, self.words)

    @cached_property
    def phases(self) -> dict[str, str]:
        """Names of the phases by code, in order."""
        return {phase.code: self.phase_name(phase) for phase in self.competition.phases}

    def phase_name(self, phase: AnyPhase) -> str:
        """The phase's name; without one, the usual word for its kind."""
        return self.words.name(phase.name) or self.words.say(f"report.kind.{phase.kind}")

    def signature(self, document: str) -> Signature:
        """The signature block of a document: the signatory, and the facts of
        `[documents.<document>]`.
        """
        facts = self._document_facts(document)
        signatory = self.competition.publication.signatory
        return Signature(
            title=signatory.title,
            name=signatory.name,
            id=signatory.id,
            rank=signatory.rank,
            place=facts.place,
            date=self.words.date(facts.on) if facts.on else "",
            number=facts.number,
        )

    def _document_facts(self, document: str) -> DocumentFacts:
        """The facts of this document, else of its kind (`reminder` for `reminder-DINKES`), else
        none.
        """
        documents = self.competition.documents
        kind = document.partition("-")[0]
        facts = documents.get(document) or documents.get(kind)
        return facts or DocumentFacts()


def item_names(
    items: Iterable[Category | Group | Criterion | Requirement | NominationLevel], words: Words
) -> dict[str, str]:
    """The names of categories, groups, criteria, requirements or levels by code; the code itself
    where no name is given.
    """
    return {item.code: words.name(item.name) or item.code for item in items}


def edition(competition: Competition, logo: str = "") -> Edition:
    """The edition of a competition; `logo` is a data: URI (formats/logo.py)."""
    letterhead = competition.publication.letterhead
    own_lines = tuple(line for line in (competition.host, competition.unit) if line)
    masthead = Masthead(
        language=competition.language,
        paper=competition.publication.paper,
        competition=competition.name,
        year=competition.year,
        host=competition.host,
        unit=competition.unit,
        lines=letterhead.lines or own_lines,
        address=letterhead.address,
        logo=logo,
    )
    return Edition(competition, Words(competition.language), masthead)
