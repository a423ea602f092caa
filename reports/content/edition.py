"""What all pages of a run share: the competition, the words, and the masthead printed on each."""

from dataclasses import dataclass
from functools import cached_property

from tasks.rules.competition import AnyPhase, Competition, DocumentFacts
from tasks.words import Words


@dataclass(frozen=True)
class Masthead:
    """Who speaks, in which language, on which paper: content of every page. `logo` is a data: URI
    or empty.
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
    # what a reader must know of this copy alone: that the results it is made of are not the newest
    notice: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs, and what only the document's author knows; empty where it was not given, and
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
    """The competition (parsed once), its words and its masthead; builders of pages take it beside
    the Results.
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
        return {c.code: self.words.name(c.name) or c.code for c in self.competition.categories}

    @cached_property
    def groups(self) -> dict[str, str]:
        """Names of the groups (kelompok) by code, in the competition's order."""
        return {g.code: self.words.name(g.name) or g.code for g in self.competition.groups}

    @cached_property
    def phases(self) -> dict[str, str]:
        """Names of the phases by code, in order."""
        return {p.code: self.phase_name(p) for p in self.competition.phases}

    def phase_name(self, phase: AnyPhase) -> str:
        """The phase's name; without one, the usual word for its kind."""
        return self.words.name(phase.name) or self.words.say(f"report.kind.{phase.kind}")

    def signature(self, document: str) -> Signature:
        """The signature block of a document: the signatory, and what `[documents.<document>]` says
        of it.
        """
        facts = self._facts(document)
        who = self.competition.publication.signatory
        date = self.words.date(facts.on) if facts.on else ""
        return Signature(who.title, who.name, who.id, who.rank, facts.place, date, facts.number)

    def _facts(self, document: str) -> DocumentFacts:
        """Facts of this document, else of its kind (`reminder` for `reminder-DINKES`), else
        none.
        """
        documents = self.competition.documents
        return (
            documents.get(document) or documents.get(document.partition("-")[0]) or DocumentFacts()
        )


def edition(competition: Competition, logo: str = "") -> Edition:
    """The edition of a competition; `logo` is a data: URI (logo.py)."""
    head = competition.publication.letterhead
    masthead = Masthead(
        competition.language,
        competition.publication.paper,
        competition.name,
        competition.year,
        competition.host,
        competition.unit,
        head.lines or tuple(line for line in (competition.host, competition.unit) if line),
        head.address,
        logo,
    )
    return Edition(competition, Words(competition.language), masthead)
