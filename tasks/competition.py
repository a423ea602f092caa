"""competition.toml -> Competition: the rules of one competition of one year, frozen, with exact
decimals.

The classes carry the names of the file's own keys (interface.md section 2). Whatever is wrong is
reported all at once, each with its key's place: what one key shows is declared here, what several
show together is in consistency.py, and mistakes.py says where it stands in the file.
"""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal, DecimalException
from functools import cached_property
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)

from tasks import consistency, toml_lines
from tasks.errors import Problem, RulesError
from tasks.mistakes import Path, of_validation, problems, syntax, without
from tasks.rule_values import YEARS, Cells, Code, Exact, Least, Moment, Names, Setting, Text, pair

FILE = "competition.toml"
LANGUAGES = ("id", "en")


class _Settings(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=True
    )


class _Coded(_Settings):
    """What has a code and a name; without a name the code stands for it, with spaces."""

    code: Code
    name: Names = {}

    @model_validator(mode="before")
    @classmethod
    def _named(cls, values: Any) -> Any:
        if (
            isinstance(values, dict)
            and "name" not in values
            and isinstance(values.get("code"), str)
        ):
            shown = re.sub(r"[._-]+", " ", values["code"]).strip()
            return values | {"name": shown[:1].upper() + shown[1:] or values["code"]}
        return values


class Obligation(_Settings):
    minimum: int = Field(default=1, ge=1)
    types: tuple[Text, ...] = ()
    counts: Literal["received", "accepted", "screened"] = "accepted"
    roll_up: bool = False


class Group(_Coded):
    aliases: tuple[Text, ...] = ()


class Category(_Coded):
    aliases: tuple[Text, ...] = ()


AgeRule = Annotated[
    Annotated[Least, Tag("years")] | Annotated[dict[str, Least], Tag("by_group")],
    Discriminator(lambda value: "by_group" if isinstance(value, dict) else "years"),
]


class SubmissionRules(_Settings):
    minimum_age_years: AgeRule | None = None
    required: tuple[str, ...] = ("title", "agency", "category")
    words: dict[str, Annotated[tuple[Least, Least], BeforeValidator(pair)]] = {}


class Requirement(_Coded):
    pass


class Criterion(_Coded):
    weight: Exact = Field(ge=0)


class Advance(_Settings):
    per_list: int | None = Field(default=None, ge=1)
    overall: int | None = Field(default=None, ge=1)
    minimum_score: Exact | None = None


class Conflict(_Settings):
    judge: Text
    agency: Text


class Level(_Coded):
    quota: int = Field(ge=1)
    barred: tuple[Text, ...] = ()


class Phase(_Coded):
    """What every phase has. `opens` and `closes` are aware, in the competition's zone, once the
    file is read.
    """

    opens: Moment | None = None
    closes: Moment


class Registration(Phase):
    kind: Literal["registration"]


class Screening(Phase):
    kind: Literal["screening"]
    requirements: tuple[Requirement, ...] = Field(min_length=1)


class Judging(Phase):
    kind: Literal["judging"]
    scale: Annotated[tuple[Exact, Exact], BeforeValidator(pair)]
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    minimum_judges: int = Field(default=1, ge=1)
    aggregate: Literal["mean", "median", "trimmed_mean"] = "mean"
    adjust: Literal["none", "severity"] = "none"
    precision: int = Field(default=2, ge=0, le=9)
    tie_break: tuple[str, ...] = ()
    rank_within: tuple[Literal["category", "group", "agency_type"], ...] = ("category",)
    carry: dict[str, Exact] = {}
    advance: Advance | None = None
    own_agency: Literal["leave_out", "flag"] = "leave_out"
    conflicts: tuple[Conflict, ...] = ()


class Nomination(Phase):
    kind: Literal["nomination"]
    levels: tuple[Level, ...] = Field(min_length=1)


AnyPhase = Annotated[Registration | Screening | Judging | Nomination, Field(discriminator="kind")]


class Forms(_Settings):
    dates: Literal["dmy", "mdy"] | None = None
    submissions: Cells = {}
    scores: dict[str, Cells] = {}
    screening: dict[str, Cells] = {}


class Letterhead(_Settings):
    logo: Text | None = None
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
    inbox: Text | None = None
    history: Text | None = None
    published: Text | None = None


class Competition(_Settings):
    name: Text
    year: int = Field(ge=YEARS[0], le=YEARS[1])
    host: str = ""
    unit: str = ""
    timezone: str
    language: Literal["id", "en"] = "id"
    target: int | None = Field(default=None, ge=1)
    obligation: Obligation = Obligation()
    groups: tuple[Group, ...] = ()
    submission: SubmissionRules = SubmissionRules()
    rules: dict[str, Setting] = {}
    categories: tuple[Category, ...] = Field(min_length=1)
    phases: tuple[AnyPhase, ...] = Field(min_length=1)
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

    @property
    def has_screening(self) -> bool:
        """Whether any phase is a screening phase; without one, screened equals accepted."""
        return any(isinstance(phase, Screening) for phase in self.phases)

    def phase(self, code: str) -> Registration | Screening | Judging | Nomination:
        """The phase of this code. Raises KeyError."""
        return {phase.code: phase for phase in self.phases}[code]

    def begins(self, phase: Phase) -> datetime | None:
        """Its `opens`, else when the phase before it closes; None for a registration that is always
        open.
        """
        before = self.phases[self.phases.index(phase) - 1] if phase != self.phases[0] else None
        return phase.opens or (before.closes if before else None)

    def state(self, phase: Phase, as_of: datetime) -> Literal["not_begun", "open", "closed"]:
        """not_begun, open or closed at `as_of`; at `closes` itself it is still open."""
        if as_of > phase.closes:
            return "closed"
        begins = self.begins(phase)
        if begins is None or (as_of >= begins if phase.opens else as_of > begins):
            return "open"
        return "not_begun"


# The file


def parse(text: str, place: str = FILE) -> Competition:
    """The competition that the text describes. Raises RulesError with everything that is wrong,
    each with its key.
    """
    tree = _read(text, place)
    zone, mistakes = consistency.zone(tree)
    values = _local(tree, zone)
    competition: Competition | None = None
    useless: list[Path] = []
    try:
        competition = Competition.model_validate(_tuples(values))
    except ValidationError as error:
        found, useless = of_validation(error, tree, Competition)
        mistakes += found
    mistakes += consistency.mistakes(without(values, useless))
    if mistakes or competition is None:
        told = problems(mistakes, tree, place, toml_lines.lines(text, tree))
        raise RulesError(*told, language=_language(tree.get("language")))
    return competition


def load(folder: FilePath) -> Competition:
    """The competition of a folder. Raises RulesError, also where the logo that it names is not
    there.
    """
    competition = parse(text(folder))
    logo = competition.publication.letterhead.logo
    if logo is not None and not (folder / logo).is_file():
        missing = Problem(
            "competition.logo_absent", f"{FILE}: publication.letterhead.logo", {"value": logo}
        )
        raise RulesError(missing, language=competition.language)
    return competition


def text(folder: FilePath) -> str:
    """competition.toml as text, without a byte order mark. Raises RulesError where there is none or
    it is not UTF-8.
    """
    try:
        return (folder / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RulesError(Problem("competition.absent", FILE, {"folder": str(folder)})) from None
    except UnicodeDecodeError:
        raise RulesError(Problem("competition.not_utf8", FILE)) from None


def _read(text: str, place: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=_decimal)
    except (ValueError, RecursionError) as error:
        found = re.search(r"^\s*language\s*=\s*[\"'](\w+)", text, re.MULTILINE)
        raise RulesError(
            syntax(error, text, place), language=_language(found and found[1])
        ) from None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except DecimalException:  # an exponent that no number has
        return Decimal("Infinity")


def _language(value: Any) -> str:
    return value if value in LANGUAGES else LANGUAGES[0]


def _local(tree: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """The tree with the phases' times in the competition's zone."""
    phases = tree.get("phases")
    if not isinstance(phases, list):
        return tree
    return tree | {"phases": [_phase_local(phase, zone) for phase in phases]}


def _phase_local(phase: Any, zone: ZoneInfo) -> Any:
    return (
        {key: _in(zone, value) for key, value in phase.items()}
        if isinstance(phase, dict)
        else phase
    )


def _in(zone: ZoneInfo, value: Any) -> Any:
    if not isinstance(value, datetime) or not YEARS[0] <= value.year <= YEARS[1]:
        return value
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value
