"""How a score comes about, step by step, so that a pocket calculator and the printed numbers give
it. Exact; pure.

Numbers are decimals as text; one that does not end is cut after DECIMALS places and says so
(`is_exact`).
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

    `kind`: mean, median or trimmed_mean; `values` those that the mean is taken of, from the lowest,
    `dropped` the others. They are the sheets' scores where those end; else their sums (`of_sums`),
    and the divisor has the weights.
    """

    kind: str
    values: tuple[str, ...]
    dropped: tuple[str, ...]
    of_sums: bool
    quotient: Quotient
    score: str


@dataclass(frozen=True)
class MovedSheet:
    """One judge's sheet with the judge's severity taken out: score + severity = moved."""

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
    """The score of shares: this phase's own first, then those carried; `total` is their sum,
    rounded `score`.
    """

    shares: tuple[ScoreShare, ...]
    total: str
    score: str


def sum_sheet(marks: Mapping[str, str], phase: JudgingPhase) -> SheetSum:
    """The score of one sheet. `marks`: exact decimal text by criterion code, one for every
    criterion.
    """
    weights = sum(criterion.weight for criterion in phase.criteria)
    total = _weighted_sum(marks, phase)
    terms = tuple(
        Term(
            c.code,
            decimal_text(Decimal(marks[c.code])),
            decimal_text(c.weight),
            decimal_text(Decimal(marks[c.code]) * c.weight),
        )
        for c in phase.criteria
    )
    value = Fraction(total) / Fraction(weights)
    return SheetSum(
        terms,
        _make_quotient(Fraction(total), Fraction(weights)),
        rounded_text(value, phase.precision),
    )


def _weighted_sum(marks: Mapping[str, str], phase: JudgingPhase) -> Decimal:
    return sum((Decimal(marks[c.code]) * c.weight for c in phase.criteria), Decimal(0))


def aggregate_sheets(sheets: Sequence[Mapping[str, str]], phase: JudgingPhase) -> AggregateScore:
    """The own score of the used sheets (at least one), as scoring.py gives it."""
    weights = Fraction(sum((criterion.weight for criterion in phase.criteria), Decimal(0)))
    totals = sorted(Fraction(_weighted_sum(marks, phase)) for marks in sheets)
    kept, dropped = _split_totals(totals, phase.aggregate)
    of_sums = not all(_is_exact(total / weights) for total in totals)
    unit = Fraction(1) if of_sums else weights
    divisor = weights * len(kept) if of_sums else Fraction(len(kept))
    total = sum(kept, Fraction(0))
    values, left = (
        tuple(_fraction_text(one / unit) for one in totals_) for totals_ in (kept, dropped)
    )
    score = rounded_text(total / weights / len(kept), phase.precision)
    return AggregateScore(
        phase.aggregate, values, left, of_sums, _make_quotient(total / unit, divisor), score
    )


def aggregate_criterion(
    sheets: Sequence[Mapping[str, str]], code: str, phase: JudgingPhase
) -> AggregateScore:
    """The criterion score of the used sheets: the same aggregate over one criterion."""
    alone = Criterion(code=code, weight=Decimal(1))
    return aggregate_sheets(sheets, phase.model_copy(update={"criteria": (alone,)}))


def adjusted_score(
    sheets: Mapping[str, Mapping[str, str]], severity: Mapping[str, str], phase: JudgingPhase
) -> AdjustedScore:
    """The adjusted score of the used sheets, by judge. `severity`: each judge's, with the four
    decimals of data/.

    scoring counts with more of them, so that in rare cases the last decimal is another.
    """
    weights = Fraction(sum((criterion.weight for criterion in phase.criteria), Decimal(0)))
    scores = {
        judge: Fraction(_weighted_sum(marks, phase)) / weights for judge, marks in sheets.items()
    }
    moved = {
        judge: score + Fraction(Decimal(severity.get(judge) or 0))
        for judge, score in scores.items()
    }
    told = tuple(
        MovedSheet(
            judge, _fraction_text(score), severity.get(judge) or "0", _fraction_text(moved[judge])
        )
        for judge, score in scores.items()
    )
    total = sum(moved.values(), Fraction(0))
    mean = total / len(moved)
    return AdjustedScore(
        told, _make_quotient(total, Fraction(len(moved))), rounded_text(mean, phase.precision)
    )


def _split_totals(
    totals: Sequence[Fraction], aggregate: str
) -> tuple[Sequence[Fraction], Sequence[Fraction]]:
    """What the mean is taken of, and what is left aside, from the lowest."""
    if aggregate == "median":
        low, high = (len(totals) - 1) // 2, len(totals) // 2
        return totals[low : high + 1], [*totals[:low], *totals[high + 1 :]]
    if aggregate == "trimmed_mean" and len(totals) >= 4:
        return totals[1:-1], [totals[0], totals[-1]]
    return totals, []


def carried_score(
    own_score: str, shares: Iterable[tuple[str, Decimal, str]], name: str, precision: int
) -> CarriedScore:
    """The score of this phase (called `name`) with shares of earlier ones: name, share, own score
    of each.
    """
    listed = list(shares)
    rest = 1 - sum((share for _, share, _ in listed), Decimal(0))
    parts = [(name, rest, own_score), *listed]
    total = sum(
        (Fraction(share) * Fraction(Decimal(score)) for _, share, score in parts), Fraction(0)
    )
    told = tuple(
        ScoreShare(n, decimal_text(share), score, decimal_text(share * Decimal(score)))
        for n, share, score in parts
    )
    return CarriedScore(told, _fraction_text(total), rounded_text(total, precision))


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


def _make_quotient(total: Fraction, divisor: Fraction) -> Quotient:
    return Quotient(
        _fraction_text(total),
        _fraction_text(divisor),
        _fraction_text(total / divisor),
        _is_exact(total / divisor),
    )


def _is_exact(value: Fraction) -> bool:
    """Whether the value can be written with DECIMALS places."""
    return bool(10**DECIMALS % value.denominator == 0)


def _fraction_text(value: Fraction) -> str:
    """The value as a decimal, cut after DECIMALS places."""
    units = abs(value.numerator) * 10**DECIMALS // value.denominator
    return decimal_text(Decimal(units if value >= 0 else -units).scaleb(-DECIMALS))
