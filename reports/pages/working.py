"""How a score comes about, step by step, so that a pocket calculator and the printed numbers give
it. Exact; pure.

Numbers are decimals as text; one that does not end is cut after DECIMALS places and says so
(`is_exact`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tasks import scoring
from tasks.competition import Criterion, Judging

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
class Aggregate:
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
class Moved:
    """One judge's sheet with the judge's severity taken out: score + severity = moved."""

    judge: str
    score: str
    severity: str
    moved: str


@dataclass(frozen=True)
class Adjusted:
    """The mean of the moved sheets' scores, rounded (`score`): official where `adjust` is
    severity.
    """

    sheets: tuple[Moved, ...]
    quotient: Quotient
    score: str


@dataclass(frozen=True)
class Share:
    """A share of a phase's own score: share x score = product."""

    phase: str
    share: str
    score: str
    product: str


@dataclass(frozen=True)
class Carry:
    """The score of shares: this phase's own first, then those carried; `total` is their sum,
    rounded `score`.
    """

    shares: tuple[Share, ...]
    total: str
    score: str


def sheet(marks: Mapping[str, str], phase: Judging) -> SheetSum:
    """The score of one sheet. `marks`: exact decimal text by criterion code, one for every
    criterion.
    """
    weights = sum(criterion.weight for criterion in phase.criteria)
    total = _total(marks, phase)
    terms = tuple(
        Term(
            c.code,
            plain(Decimal(marks[c.code])),
            plain(c.weight),
            plain(Decimal(marks[c.code]) * c.weight),
        )
        for c in phase.criteria
    )
    value = Fraction(total) / Fraction(weights)
    return SheetSum(
        terms, _quotient(Fraction(total), Fraction(weights)), rounded(value, phase.precision)
    )


def _total(marks: Mapping[str, str], phase: Judging) -> Decimal:
    return sum((Decimal(marks[c.code]) * c.weight for c in phase.criteria), Decimal(0))


def own(sheets: Sequence[Mapping[str, str]], phase: Judging) -> Aggregate:
    """The own score of the used sheets (at least one), as scoring.py gives it."""
    weights = Fraction(sum((criterion.weight for criterion in phase.criteria), Decimal(0)))
    totals = sorted(Fraction(_total(marks, phase)) for marks in sheets)
    kept, dropped = _kept(totals, phase.aggregate)
    of_sums = not all(_ends(total / weights) for total in totals)
    unit = Fraction(1) if of_sums else weights
    divisor = weights * len(kept) if of_sums else Fraction(len(kept))
    total = sum(kept, Fraction(0))
    values, left = (tuple(_text(one / unit) for one in totals_) for totals_ in (kept, dropped))
    score = rounded(total / weights / len(kept), phase.precision)
    return Aggregate(
        phase.aggregate, values, left, of_sums, _quotient(total / unit, divisor), score
    )


def criterion(sheets: Sequence[Mapping[str, str]], code: str, phase: Judging) -> Aggregate:
    """The criterion score of the used sheets: the same aggregate over one criterion."""
    alone = Criterion(code=code, weight=Decimal(1))
    return own(sheets, phase.model_copy(update={"criteria": (alone,)}))


def adjusted(
    sheets: Mapping[str, Mapping[str, str]], severity: Mapping[str, str], phase: Judging
) -> Adjusted:
    """The adjusted score of the used sheets, by judge. `severity`: each judge's, with the four
    decimals of data/.

    scoring counts with more of them, so that in rare cases the last decimal is another.
    """
    weights = Fraction(sum((criterion.weight for criterion in phase.criteria), Decimal(0)))
    scores = {judge: Fraction(_total(marks, phase)) / weights for judge, marks in sheets.items()}
    moved = {
        judge: score + Fraction(Decimal(severity.get(judge) or 0))
        for judge, score in scores.items()
    }
    told = tuple(
        Moved(judge, _text(score), severity.get(judge) or "0", _text(moved[judge]))
        for judge, score in scores.items()
    )
    total = sum(moved.values(), Fraction(0))
    mean = total / len(moved)
    return Adjusted(told, _quotient(total, Fraction(len(moved))), rounded(mean, phase.precision))


def _kept(
    totals: Sequence[Fraction], aggregate: str
) -> tuple[Sequence[Fraction], Sequence[Fraction]]:
    """What the mean is taken of, and what is left aside, from the lowest."""
    if aggregate == "median":
        low, high = (len(totals) - 1) // 2, len(totals) // 2
        return totals[low : high + 1], [*totals[:low], *totals[high + 1 :]]
    if aggregate == "trimmed_mean" and len(totals) >= 4:
        return totals[1:-1], [totals[0], totals[-1]]
    return totals, []


def carry(
    own_score: str, shares: Iterable[tuple[str, Decimal, str]], name: str, precision: int
) -> Carry:
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
        Share(n, plain(share), score, plain(share * Decimal(score))) for n, share, score in parts
    )
    return Carry(told, _text(total), rounded(total, precision))


# --- numbers
# --------------------------------------------------------------------------------------------------


def plain(number: Decimal) -> str:
    """A decimal without zeros at its end and without an exponent."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def rounded(value: Fraction, precision: int) -> str:
    """The value with so many decimals, half up."""
    units = value * 10**precision
    return scoring.text(
        (2 * units.numerator + units.denominator) // (2 * units.denominator), precision
    )


def _quotient(total: Fraction, divisor: Fraction) -> Quotient:
    return Quotient(_text(total), _text(divisor), _text(total / divisor), _ends(total / divisor))


def _ends(value: Fraction) -> bool:
    """Whether the value can be written with DECIMALS places."""
    return bool(10**DECIMALS % value.denominator == 0)


def _text(value: Fraction) -> str:
    """The value as a decimal, cut after DECIMALS places."""
    units = abs(value.numerator) * 10**DECIMALS // value.denominator
    return plain(Decimal(units if value >= 0 else -units).scaleb(-DECIMALS))
