"""competition.toml -> Competition: the rules of one competition of one year, frozen, with exact decimals.

The classes carry the names of the file's own keys (interface.md section 2). Whatever is wrong is reported
all at once, each with its key's place.
"""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tasks.rules import Severity

Names = Annotated[dict[Literal["id", "en"], str], BeforeValidator(lambda v: {"id": v, "en": v} if isinstance(v, str) else v)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Obligation(_Settings):
    minimum: int = Field(1, ge=1)
    types: tuple[str, ...] = ()
    counts: Literal["received", "accepted", "screened"] = "accepted"
    roll_up: bool = False


class Group(_Settings):
    code: str
    name: Names = {}
    aliases: tuple[str, ...] = ()


class Category(_Settings):
    code: str
    name: Names = {}
    aliases: tuple[str, ...] = ()


class SubmissionRules(_Settings):
    minimum_age_years: int | dict[str, int] | None = None
    required: tuple[str, ...] = ("title", "agency", "category")
    words: dict[str, tuple[int, int]] = {}


class Requirement(_Settings):
    code: str
    name: Names = {}


class Criterion(_Settings):
    code: str
    weight: Decimal = Field(ge=0)
    name: Names = {}


class Advance(_Settings):
    per_list: int | None = Field(None, ge=1)
    overall: int | None = Field(None, ge=1)
    minimum_score: Decimal | None = None


class Conflict(_Settings):
    judge: str
    agency: str


class Level(_Settings):
    code: str
    quota: int = Field(ge=1)
    barred: tuple[str, ...] = ()
    name: Names = {}


class Phase(_Settings):
    """What every phase has. `opens` and `closes` are aware, in the competition's zone, once the file is read."""

    code: str
    name: Names = {}
    opens: datetime | None = None
    closes: datetime


class Registration(Phase):
    kind: Literal["registration"]


class Screening(Phase):
    kind: Literal["screening"]
    requirements: tuple[Requirement, ...]


class Judging(Phase):
    kind: Literal["judging"]
    scale: tuple[Decimal, Decimal]
    criteria: tuple[Criterion, ...]
    minimum_judges: int = Field(1, ge=1)
    aggregate: Literal["mean", "median", "trimmed_mean"] = "mean"
    adjust: Literal["none", "severity"] = "none"
    precision: int = Field(2, ge=0, le=9)
    tie_break: tuple[str, ...] = ()
    rank_within: tuple[Literal["category", "group", "agency_type"], ...] = ("category",)
    carry: dict[str, Decimal] = {}
    advance: Advance | None = None
    own_agency: Literal["leave_out", "flag"] = "leave_out"
    conflicts: tuple[Conflict, ...] = ()


class Nomination(Phase):
    kind: Literal["nomination"]
    levels: tuple[Level, ...]


AnyPhase = Annotated[Registration | Screening | Judging | Nomination, Field(discriminator="kind")]


class Forms(_Settings):
    dates: Literal["dmy", "mdy"] | None = None
    submissions: dict[str, str] = {}
    scores: dict[str, dict[str, str]] = {}
    screening: dict[str, dict[str, str]] = {}


class Letterhead(_Settings):
    logo: str | None = None
    lines: tuple[str, ...] = ()
    address: str = ""


class Signatory(_Settings):
    title: str = ""
    name: str = ""
    id: str = ""
    rank: str = ""


class Publication(_Settings):
    final: tuple[str, ...] = ()
    public: tuple[Literal["scores", "ranks", "compliance", "innovators"], ...] = ()
    letterhead: Letterhead = Letterhead()
    signatory: Signatory = Signatory()
    paper: Literal["A4", "F4"] = "A4"


class DocumentFacts(_Settings):
    number: str = ""
    on: date | None = None
    place: str = ""


class Schedule(_Settings):
    nightly: str = "0 1 * * *"


class Storage(_Settings):
    inbox: str | None = None
    history: str | None = None
    published: str | None = None


class Competition(_Settings):
    name: str
    year: int
    host: str = ""
    unit: str = ""
    timezone: str
    language: Literal["id", "en"] = "id"
    target: int | None = None
    obligation: Obligation = Obligation()
    groups: tuple[Group, ...] = ()
    submission: SubmissionRules = SubmissionRules()
    rules: dict[str, Severity] = {}
    categories: tuple[Category, ...]
    phases: tuple[AnyPhase, ...]
    forms: Forms = Forms()
    publication: Publication = Publication()
    documents: dict[str, DocumentFacts] = {}
    schedule: Schedule = Schedule()
    storage: Storage = Storage()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def registration(self) -> Registration:
        return self.phases[0]  # type: ignore[return-value]  # checked when the file is read

    def phase(self, code: str) -> Registration | Screening | Judging | Nomination:
        """The phase of this code. Raises KeyError."""
        return {phase.code: phase for phase in self.phases}[code]

    def begins(self, phase: Phase) -> datetime | None:
        """When the phase begins: its `opens`, else when the one before it closes; None for a registration always open."""
        before = self.phases[self.phases.index(phase) - 1] if phase != self.phases[0] else None  # type: ignore[arg-type]
        return phase.opens or (before.closes if before else None)

    def state(self, phase: Phase, as_of: datetime) -> Literal["not_begun", "open", "closed"]:
        """not_begun, open or closed at `as_of`; at `closes` itself it is still open."""
        if as_of > phase.closes:
            return "closed"
        begins = self.begins(phase)
        if begins is None or (as_of >= begins if phase.opens else as_of > begins):
            return "open"
        return "not_begun"


def parse(text: str, place: str = "competition.toml") -> Competition:
    """The competition that the text describes. Raises RulesError with everything that is wrong, each with its key."""
    values = tomllib.loads(text, parse_float=Decimal)
    zone = ZoneInfo(values["timezone"])
    for phase in values["phases"]:
        for key in ("opens", "closes"):
            if isinstance(phase.get(key), datetime) and phase[key].tzinfo is None:
                phase[key] = phase[key].replace(tzinfo=zone)
    return Competition.model_validate(values)


def load(folder: Path) -> Competition:
    """The competition of a folder. Raises RulesError."""
    return parse((folder / "competition.toml").read_text(encoding="utf-8"))


