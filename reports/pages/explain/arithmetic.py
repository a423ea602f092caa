"""The steps that give a score, for a reader who checks them with a pocket calculator. Exact.

Numbers are decimals as text. A decimal that does not end is cut after DECIMALS places, and
`is_exact` is then False.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tasks.rules.competition import Criterion, JudgingPhase

DECIMALS = 8


@dataclass(frozen=True)
class Quotient:
    """`total` : `divisor` = `result`."""

    total: str
    divisor: str
    result: str
    is_exact: bool


@dataclass(frozen=True)
class Term:
    """One mark of a sheet: mark x weight = product."""

    criterion: str
    mark: str
    weight: str
    product: str


@dataclass(frozen=True)
class SheetSum:
    """A sheet's score: the sum of its terms, divided by the sum of the weights, rounded
    (`score`).
    """

    terms: tuple[Term, ...]
    quotient: Quotient
    score: str


@dataclass(frozen=True)
class AggregateScore:
    """The own score of several sheets: the sum of `values`, divided, rounded (`score`).

    `kind`: mean, median or trimmed_mean. The mean is taken of `values`, from the lowest; `dropped`
    are the others. Both are the sheets' scores where these decimals end; else the sheets' sums
    (`of_sums`), and the divisor has the weights.
    """

    kind: str
    values: tuple[str, ...]
    dropped: tuple[str, ...]
    of_sums: bool
    quotient: Quotient
    score: str


@dataclass(frozen=True)
class MovedSheet:
    """One judge's sheet, corrected for the judge's severity: score + severity = moved."""

    judge: str
    score: str
    severity: str
    moved: str


@dataclass(frozen=True)
class AdjustedScore:
    """The mean of the moved sheets' scores, rounded (`score`): official where `adjust` is
    severity.
    """

    sheets: tuple[MovedSheet, ...]
    quotient: Quotient
    score: str


@dataclass(frozen=True)
class ScoreShare:
    """A share of a phase's own score: share x score = product."""

    phase: str
    share: str
    score: str
    product: str


@dataclass(frozen=True)
class CarriedScore:
    """The score of shares: this phase's own first, then the carried shares; `total` is their sum,
    and `score` the sum rounded.
    """

    shares: tuple[ScoreShare, ...]
    total: str
    score: str


def sum_sheet(marks: Mapping[str, str], phase: JudgingPhase) -> SheetSum:
    """The score of one sheet. `marks`: exact decimal text by criterion code, one for every
    criterion.
    """
    terms = tuple(_mark_term(marks[item.code], item) for item in phase.criteria)
    quotient = _Division(Fraction(_weighted_sum(marks, phase)), _weights_sum(phase))
    return SheetSum(terms, quotient.as_text(), quotient.rounded(phase.precision))


def _mark_term(mark: str, criterion: Criterion) -> Term:
    number, weight = Decimal(mark), criterion.weight
    numbers = (number, weight, number * weight)
    return Term(criterion.code, *map(decimal_text, numbers))


def _weighted_sum(marks: Mapping[str, str], phase: JudgingPhase) -> Decimal:
    """The sum of mark x weight."""
    products = (Decimal(marks[item.code]) * item.weight for item in phase.criteria)
    return sum(products, Decimal(0))


def _weights_sum(phase: JudgingPhase) -> Fraction:
    """What a sheet's sum is divided by; 1 where `total` is "sum"."""
    if phase.total == "sum":
        return Fraction(1)
    return Fraction(sum((item.weight for item in phase.criteria), Decimal(0)))


def aggregate_sheets(sheets: Sequence[Mapping[str, str]], phase: JudgingPhase) -> AggregateScore:
    """The own score of the used sheets (at least one), as tasks/judging/scores.py gives it."""
    weights = _weights_sum(phase)
    sums = sorted(Fraction(_weighted_sum(marks, phase)) for marks in sheets)
    kept, dropped = _split_sums(sums, phase.aggregate)
    of_sums = not all(_is_exact(sheet_sum / weights) for sheet_sum in sums)
    # A sheet's value is its sum, or its sum divided by the weights; the other factor then divides.
    unit = Fraction(1) if of_sums else weights
    quotient = _Division(sum(kept, Fraction(0)) / unit, len(kept) * weights / unit)
    return AggregateScore(
        kind=phase.aggregate,
        values=tuple(_fraction_text(sheet_sum / unit) for sheet_sum in kept),
        dropped=tuple(_fraction_text(sheet_sum / unit) for sheet_sum in dropped),
        of_sums=of_sums,
        quotient=quotient.as_text(),
        score=quotient.rounded(phase.precision),
    )


def _split_sums(
    sums: Sequence[Fraction], aggregate: str
) -> tuple[Sequence[Fraction], Sequence[Fraction]]:
    """The sums that the mean is taken of, and those that are dropped; both from the lowest."""
    if aggregate == "median":
        low, high = (len(sums) - 1) // 2, len(sums) // 2
        return sums[low : high + 1], [*sums[:low], *sums[high + 1 :]]
    if aggregate == "trimmed_mean" and len(sums) >= 4:
        return sums[1:-1], [sums[0], sums[-1]]
    return sums, []


def aggregate_criterion(
    sheets: Sequence[Mapping[str, str]], code: str, phase: JudgingPhase
) -> AggregateScore:
    """The criterion score of the used sheets: the same aggregate over one criterion."""
    alone = Criterion(code=code, weight=Decimal(1))
    only = phase.model_copy(update={"criteria": (alone,), "total": "mean"})
    return aggregate_sheets(sheets, only)


def adjusted_score(
    sheets: Mapping[str, Mapping[str, str]], severity: Mapping[str, str], phase: JudgingPhase
) -> AdjustedScore:
    """The adjusted score of the used sheets, by judge. `severity`: each judge's, with the four
    decimals of data/.

    tasks/judging counts with more decimals, so that in rare cases the last decimal of the score
    differs.
    """
    weights = _weights_sum(phase)
    moved_sheets = []
    total = Fraction(0)
    for judge, marks in sheets.items():
        score = Fraction(_weighted_sum(marks, phase)) / weights
        judge_severity = severity.get(judge) or "0"
        moved = score + Fraction(Decimal(judge_severity))
        texts = (_fraction_text(score), judge_severity, _fraction_text(moved))
        moved_sheets.append(MovedSheet(judge, *texts))
        total += moved
    quotient = _Division(total, Fraction(len(moved_sheets)))
    rounded = quotient.rounded(phase.precision)
    return AdjustedScore(tuple(moved_sheets), quotient.as_text(), rounded)


def carried_score(
    own_score: str, shares: Iterable[tuple[str, Decimal, str]], name: str, precision: int
) -> CarriedScore:
    """The score of this phase (called `name`) with shares of earlier phases: name, share and own
    score of each.
    """
    carried = list(shares)
    own_share = 1 - sum((share for _, share, _ in carried), Decimal(0))
    score_shares = []
    total = Fraction(0)
    for phase, share, score in [(name, own_share, own_score), *carried]:
        product = decimal_text(share * Decimal(score))
        score_shares.append(ScoreShare(phase, decimal_text(share), score, product))
        total += Fraction(share) * Fraction(Decimal(score))
    rounded = rounded_text(total, precision)
    return CarriedScore(tuple(score_shares), _fraction_text(total), rounded)


# --- numbers
# --------------------------------------------------------------------------------------------------


def decimal_text(number: Decimal) -> str:
    """A decimal without zeros at its end and without an exponent."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def rounded_text(value: Fraction, precision: int) -> str:
    """The value with so many decimals, half up."""
    exact = value * 10**precision
    units = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return format(Decimal(units).scaleb(-precision), "f")


@dataclass(frozen=True)
class _Division:
    """total : divisor, exact."""

    total: Fraction
    divisor: Fraction

    def rounded(self, precision: int) -> str:
        return rounded_text(self.total / self.divisor, precision)

    def as_text(self) -> Quotient:
        result = self.total / self.divisor
        return Quotient(
            total=_fraction_text(self.total),
            divisor=_fraction_text(self.divisor),
            result=_fraction_text(result),
            is_exact=_is_exact(result),
        )


def _is_exact(value: Fraction) -> bool:
    """Whether the value can be written with DECIMALS places."""
    return bool(10**DECIMALS % value.denominator == 0)


def _fraction_text(value: Fraction) -> str:
    """The value as a decimal, cut after DECIMALS places."""
    units = abs(value.numerator) * 10**DECIMALS // value.denominator
    return decimal_text(Decimal(units if value >= 0 else -units).scaleb(-DECIMALS))
