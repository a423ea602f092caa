"""The rules of one competition of one year: competition.toml -> Competition, frozen, with exact
decimals.

The classes have the names of the file's own keys (interface.md section 2). Everything that is wrong
is told at once, each mistake with the place of its key. What one key shows is declared here; what
several keys show together is in checks/; mistakes.py says where a mistake stands in the file.
"""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal, DecimalException
from functools import cached_property
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

from tasks.errors import ErrorMessage, RulesError
from tasks.rules.checks.consistency import find_mistakes
from tasks.rules.checks.phases import competition_zone
from tasks.rules.lines import line_numbers
from tasks.rules.mistakes import error_messages, syntax_error_message, validation_mistakes
from tasks.rules.tree import KeyPath, Tree, lists_to_tuples, tree_without
from tasks.rules.values import (
    COMPETITION_YEARS,
    Code,
    ExactNumber,
    FieldsByHeading,
    Moment,
    NamesByLanguage,
    SeveritySetting,
    Text,
    WholeNumber,
    check_pair,
)

COMPETITION_FILE = "competition.toml"
LANGUAGES = ("id", "en")


class _Settings(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=True
    )


class _CodedSettings(_Settings):
    """What has a code and a name. Where there is no name, the code with spaces stands for it."""

    code: Code
    name: NamesByLanguage = {}

    @model_validator(mode="before")
    @classmethod
    def _name_by_code(cls, values: Any) -> Any:
        code = values.get("code") if isinstance(values, dict) else None
        if not isinstance(code, str) or "name" in values:
            return values
        name = re.sub(r"[._-]+", " ", code).strip()
        return values | {"name": name[:1].upper() + name[1:] or code}


class ObligationRules(_Settings):
    minimum: int = Field(default=1, ge=1)
    types: tuple[Text, ...] = ()
    counts: Literal["received", "accepted", "screened"] = "accepted"
    roll_up: bool = False


class Group(_CodedSettings):
    aliases: tuple[Text, ...] = ()


class Category(_CodedSettings):
    aliases: tuple[Text, ...] = ()


AgeRule = Annotated[
    Annotated[WholeNumber, Tag("years")] | Annotated[dict[str, WholeNumber], Tag("by_group")],
    Discriminator(lambda value: "by_group" if isinstance(value, dict) else "years"),
]


class SubmissionRules(_Settings):
    minimum_age_years: AgeRule | None = None
    required: tuple[str, ...] = ("title", "agency", "category")
    words: dict[str, Annotated[tuple[WholeNumber, WholeNumber], BeforeValidator(check_pair)]] = {}


class Requirement(_CodedSettings):
    pass


class Criterion(_CodedSettings):
    """A criterion. `max`: its own end of the scale. `minimum`: the least criterion score with which
    a submission advances.
    """

    weight: ExactNumber = Field(default=Decimal(1), ge=0)
    minimum: ExactNumber | None = None
    max: ExactNumber | None = None


class AdvanceRules(_Settings):
    per_list: int | None = Field(default=None, ge=1)
    overall: int | None = Field(default=None, ge=1)
    minimum_score: ExactNumber | None = None


class Conflict(_Settings):
    judge: Text
    agency: Text


class NominationLevel(_CodedSettings):
    quota: int = Field(ge=1)
    barred: tuple[Text, ...] = ()


class Phase(_CodedSettings):
    """What every phase has. `opens` and `closes` are in the competition's zone."""

    opens: Moment | None = None
    closes: Moment


class RegistrationPhase(Phase):
    kind: Literal["registration"]


class ScreeningPhase(Phase):
    kind: Literal["screening"]
    requirements: tuple[Requirement, ...] = Field(min_length=1)


class JudgingPhase(Phase):
    kind: Literal["judging"]
    scale: Annotated[tuple[ExactNumber, ExactNumber], BeforeValidator(check_pair)]
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    total: Literal["mean", "sum"] = "mean"
    minimum_judges: int = Field(default=1, ge=1)
    aggregate: Literal["mean", "median", "trimmed_mean"] = "mean"
    adjust: Literal["none", "severity"] = "none"
    precision: int = Field(default=2, ge=0, le=9)
    tie_break: tuple[str, ...] = ()
    rank_within: tuple[Literal["category", "group", "agency_type"], ...] = ("category",)
    carry: dict[str, ExactNumber] = {}
    advance: AdvanceRules | None = None
    own_agency: Literal["leave_out", "flag"] = "leave_out"
    conflicts: tuple[Conflict, ...] = ()

    def criterion_scale(self, criterion: Criterion) -> tuple[Decimal, Decimal]:
        """The least and the most that a mark of this criterion can be."""
        low, high = self.scale
        return low, high if criterion.max is None else criterion.max

    @property
    def score_range(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest score that the phase can give."""
        scales = [self.criterion_scale(criterion) for criterion in self.criteria]
        if self.total == "mean":
            return scales[0]  # criteria of different ends are added up
        pairs = list(zip(self.criteria, scales, strict=True))
        low = sum((criterion.weight * scale[0] for criterion, scale in pairs), Decimal(0))
        high = sum((criterion.weight * scale[1] for criterion, scale in pairs), Decimal(0))
        return low, high

    @property
    def weight_divisor(self) -> Decimal:
        """What a sheet's sum of mark x weight is divided by: the sum of the weights; 1 where
        `total` is "sum".
        """
        if self.total == "sum":
            return Decimal(1)
        return sum((criterion.weight for criterion in self.criteria), Decimal(0))


class NominationPhase(Phase):
    kind: Literal["nomination"]
    levels: tuple[NominationLevel, ...] = Field(min_length=1)


AnyPhase = Annotated[
    RegistrationPhase | ScreeningPhase | JudgingPhase | NominationPhase, Field(discriminator="kind")
]


class Forms(_Settings):
    dates: Literal["dmy", "mdy"] | None = None
    submissions: FieldsByHeading = {}
    scores: dict[str, FieldsByHeading] = {}
    screening: dict[str, FieldsByHeading] = {}


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


class StorageSettings(_Settings):
    inbox: Text | None = None
    history: Text | None = None
    published: Text | None = None


class Competition(_Settings):
    name: Text
    year: int = Field(ge=COMPETITION_YEARS[0], le=COMPETITION_YEARS[1])
    host: str = ""
    unit: str = ""
    timezone: str
    language: Literal["id", "en"] = "id"
    target: int | None = Field(default=None, ge=1)
    obligation: ObligationRules = ObligationRules()
    groups: tuple[Group, ...] = ()
    submission: SubmissionRules = SubmissionRules()
    rules: dict[str, SeveritySetting] = {}
    categories: tuple[Category, ...] = Field(min_length=1)
    phases: tuple[AnyPhase, ...] = Field(min_length=1)
    forms: Forms = Forms()
    publication: Publication = Publication()
    documents: dict[str, DocumentFacts] = {}
    schedule: Schedule = Schedule()
    storage: StorageSettings = StorageSettings()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def registration(self) -> RegistrationPhase:
        return self.phases[0]  # type: ignore[return-value]  # checked when the file is read

    @property
    def has_screening(self) -> bool:
        """Whether any phase is a screening phase; without one, screened equals accepted."""
        return any(isinstance(phase, ScreeningPhase) for phase in self.phases)

    def phase(
        self, code: str
    ) -> RegistrationPhase | ScreeningPhase | JudgingPhase | NominationPhase:
        """The phase of this code. Raises KeyError for a code that no phase has."""
        return {phase.code: phase for phase in self.phases}[code]

    def begins(self, phase: Phase) -> datetime | None:
        """When the phase opens, else when the phase before it closes; None for a registration
        without `opens`.
        """
        before = self.phases[self.phases.index(phase) - 1] if phase != self.phases[0] else None
        return phase.opens or (before.closes if before else None)

    def state(self, phase: Phase, as_of: datetime) -> Literal["not_begun", "open", "closed"]:
        """The phase's state at `as_of`; at `closes` itself the phase is still open."""
        if as_of > phase.closes:
            return "closed"
        begins = self.begins(phase)
        if begins is None or (as_of >= begins if phase.opens else as_of > begins):
            return "open"
        return "not_begun"


# --- the file


def parse_competition(text: str, place: str = COMPETITION_FILE) -> Competition:
    """The competition that the text describes.

    Raises RulesError with everything that is wrong, each mistake with its key.
    """
    tree = _parse_toml(text, place)
    zone, mistakes = competition_zone(tree)
    values = _localize_tree(tree, zone)
    competition: Competition | None = None
    useless: list[KeyPath] = []
    try:
        competition = Competition.model_validate(lists_to_tuples(values))
    except ValidationError as error:
        of_values, useless = validation_mistakes(error, tree, Competition)
        mistakes += of_values
    mistakes += find_mistakes(tree_without(values, useless))
    if mistakes or competition is None:
        messages = error_messages(mistakes, tree, place, line_numbers(text, tree))
        raise RulesError(*messages, language=_known_language(tree.get("language")))
    return competition


def decode_rules(content: bytes) -> str:
    """competition.toml as text, without a byte order mark, a line end being one line feed.

    Raises RulesError where the bytes are not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RulesError(ErrorMessage("competition.not_utf8", COMPETITION_FILE)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parse_toml(text: str, place: str) -> Tree:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=_parse_decimal)
    except (ValueError, RecursionError) as error:
        message = syntax_error_message(error, text, place)
        setting = re.search(r"^\s*language\s*=\s*[\"'](\w+)", text, re.MULTILINE)
        language = _known_language(setting[1] if setting else None)
        raise RulesError(message, language=language) from None


def _parse_decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except DecimalException:  # an exponent that no number has
        return Decimal("Infinity")


def _known_language(value: Any) -> str:
    return value if value in LANGUAGES else LANGUAGES[0]


def _localize_tree(tree: Tree, zone: ZoneInfo) -> Tree:
    """The tree with the phases' times in the competition's zone."""
    phases = tree.get("phases")
    if not isinstance(phases, list):
        return tree
    return tree | {"phases": [_localize_phase(phase, zone) for phase in phases]}


def _localize_phase(phase: Any, zone: ZoneInfo) -> Any:
    if not isinstance(phase, dict):
        return phase
    return {key: _localize_value(zone, value) for key, value in phase.items()}


def _localize_value(zone: ZoneInfo, value: Any) -> Any:
    """A time in the zone; any other value, and a time of a year far from ours, as it is."""
    first, last = COMPETITION_YEARS
    if not isinstance(value, datetime) or not first <= value.year <= last:
        return value
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)
