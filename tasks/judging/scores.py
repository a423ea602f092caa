"""Scores of one judging phase in exact whole numbers.

Every mark and weight is a whole number of its column's smallest decimal, so that sums are exact on
whole columns; one integer division rounds half up (docs/methods/scoring.md). Whole numbers are
int64 where a bound on everything that is computed allows it, else Python's own integers in object
columns.

What does not belong here: which sheets are used (sheets.py), ranks (ranks.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from tasks.rules.competition import JudgingPhase

Aggregate = Literal["mean", "median", "trimmed_mean"]
_INT64_BOUND = 2**62


@dataclass(frozen=True)
class WholeNumbers:
    """Exact decimals as whole numbers: a value is `units` / 10**`decimals`. `units` are Python
    integers (object).
    """

    units: pd.Series
    decimals: int

    @property
    def largest(self) -> int:
        return int(self.units.abs().max()) if len(self.units) else 0


@dataclass(frozen=True, eq=False)
class PhaseScores:
    """Scores of the submissions that have a used sheet, all as whole numbers of 10**-precision.

    own: submission_id, sheets (how many are used), own_units. criteria: submission_id, criterion,
    criterion_units. sheets: submission_id, sheet, judge, weighted (the exact score is weighted /
    one_sheet), sheet_units.
    """

    own: pd.DataFrame
    criteria: pd.DataFrame
    sheets: pd.DataFrame
    one_sheet: int


def whole_numbers(texts: pd.Series) -> WholeNumbers:
    """The decimals that these texts write, as whole numbers of the column's smallest decimal. None
    may be missing.
    """
    distinct = {text: Decimal(text) for text in pd.unique(texts)}
    decimals = max((count_decimals(value) for value in distinct.values()), default=0)
    exact = {text: decimal_units(value, decimals) for text, value in distinct.items()}
    return WholeNumbers(texts.map(exact).astype("object"), decimals)


def count_decimals(value: Decimal) -> int:
    """How many decimals it takes to write a number: 2 for 0.30, 0 for 1E+2."""
    return max(0, -int(value.as_tuple().exponent))


def decimal_units(value: Decimal, decimals: int) -> int:
    """A decimal as a whole number of 10**-decimals. It must have no more decimals than that."""
    sign, digits, exponent = value.as_tuple()
    size: int = int("".join(map(str, digits))) * 10 ** (int(exponent) + decimals)
    return -size if sign else size


def divide_half_up(numerator: pd.Series, denominator: pd.Series | int) -> pd.Series:
    """numerator / denominator to the nearest whole number, a half upwards. The denominator is
    positive.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def units_text(value: int, precision: int) -> str:
    """A whole number of 10**-precision with exactly that many decimals: units_text(8750, 2) is
    "87.50".
    """
    size, sign = abs(value), "-" if value < 0 else ""
    if not precision:
        return f"{sign}{size}"
    whole, rest = divmod(size, 10**precision)
    return f"{sign}{whole}.{rest:0{precision}d}"


def units_texts(values: pd.Series, precision: int) -> pd.Series:
    """The units_text of each whole number; NaN where there is none."""
    texts = {value: units_text(int(value), precision) for value in values.dropna().unique()}
    return values.map(texts, na_action="ignore").astype("str")


def score_marks(marks: pd.DataFrame, phase: JudgingPhase) -> PhaseScores:
    """The scores that these marks give.

    `marks`: submission_id, sheet (one label a sheet), judge, criterion, mark (exact decimal text);
    one row per criterion of every used sheet, none missing.
    """
    mark = whole_numbers(marks["mark"])
    weights = whole_numbers(pd.Series({c.code: str(c.weight) for c in phase.criteria}, dtype="str"))
    total_weight = int(weights.units.sum())
    divisor = decimal_units(phase.weight_divisor, weights.decimals)
    dtype: Any = _units_dtype(mark, total_weight, divisor, _most_sheets(marks), phase.precision)
    exact = marks.assign(
        mark_units=mark.units.astype(dtype),
        weighted=(mark.units * marks["criterion"].map(weights.units)).astype(dtype),
    )
    sheets = (
        exact.groupby(["submission_id", "sheet", "judge"], sort=False)["weighted"]
        .sum()
        .reset_index()
    )
    one_mark, one_sheet = 10**mark.decimals, 10**mark.decimals * divisor
    own = aggregate_units(
        sheets, ["submission_id"], "weighted", phase.aggregate, one_sheet, phase.precision
    )
    criteria = aggregate_units(
        exact,
        ["submission_id", "criterion"],
        "mark_units",
        phase.aggregate,
        one_mark,
        phase.precision,
    )
    sheet_units = divide_half_up(sheets["weighted"] * 10**phase.precision, one_sheet)
    return PhaseScores(
        own.rename(columns={"aggregate": "own_units"}),
        criteria.rename(columns={"aggregate": "criterion_units"}).drop(columns="sheets"),
        sheets.assign(sheet_units=sheet_units.astype("object")),
        one_sheet,
    )


def _most_sheets(marks: pd.DataFrame) -> int:
    """The largest number of sheets that a submission has."""
    return int(marks.groupby("submission_id")["sheet"].nunique().max()) if len(marks) else 0


def _units_dtype(
    mark: WholeNumbers, total_weight: int, divisor: int, most_sheets: int, precision: int
) -> str:
    """int64 where no number that score_marks computes is larger; else object. The largest number
    is inside divide_half_up.
    """
    one_sheet = 10**mark.decimals * divisor
    sheets = max(most_sheets, 1)
    numerator = mark.largest * max(total_weight, 1) * sheets * 10**precision
    largest = 2 * numerator + 2 * one_sheet * sheets
    return "int64" if largest < _INT64_BOUND else "object"


def aggregate_units(
    values: pd.DataFrame, by: list[str], column: str, aggregate: Aggregate, one: int, precision: int
) -> pd.DataFrame:
    """The aggregate of a column of whole numbers in each group, rounded half up: by, sheets (how
    many), aggregate.

    `one` is how many units make 1; the aggregate is in whole numbers of 10**-precision (Python
    integers).
    """
    ordered = values.sort_values([*by, column], kind="stable")
    groups = ordered.groupby(by, sort=True)
    size = groups[column].transform("size").astype("int64")
    is_kept = _is_aggregated(groups.cumcount(), size, aggregate)
    kept = ordered[is_kept].groupby(by, sort=True)[column]
    total, count = kept.sum(), kept.size().astype(ordered[column].dtype)
    rounded = divide_half_up(total * 10**precision, count * one).astype("object")
    return pd.DataFrame({"sheets": groups.size(), "aggregate": rounded}).reset_index()


def _is_aggregated(position: pd.Series, size: pd.Series, aggregate: Aggregate) -> pd.Series:
    """Which values, by their position from the lowest, the mean is taken of."""
    if aggregate == "median":
        return (position == (size - 1) // 2) | (position == size // 2)
    if aggregate == "trimmed_mean":
        return (size < 4) | ((position > 0) & (position < size - 1))
    return size > 0


@dataclass(frozen=True, eq=False)
class CarriedPart:
    """The share of an earlier phase in a score: own scores of that phase, whole numbers of
    10**-precision by submission id.
    """

    share: Decimal
    units: pd.Series
    precision: int


def carry_scores(own: pd.Series, precision: int, parts: Iterable[CarriedPart]) -> pd.Series:
    """The score: (1 - sum of shares) x own score + sum of share x the carried phase's own score,
    rounded half up.

    `own`: whole numbers of 10**-precision by submission id. Without parts the own score itself. A
    submission that lacks a carried score is left out.
    """
    carried = list(parts)
    decimals = max([count_decimals(part.share) for part in carried], default=0)
    finest = max([precision, *(part.precision for part in carried)])
    rest = 10**decimals - sum(decimal_units(part.share, decimals) for part in carried)
    total = own.astype("object") * (rest * 10 ** (finest - precision))
    for part in carried:
        known = part.units.reindex(total.index).dropna().astype("object")
        share = decimal_units(part.share, decimals) * 10 ** (finest - part.precision)
        total = total[total.index.isin(known.index)] + known * share
    return divide_half_up(total * 10**precision, 10 ** (decimals + finest))


def scores_by_criterion(criteria: pd.DataFrame, codes: Iterable[str]) -> Mapping[str, pd.Series]:
    """The scores of each criterion of `codes`, by submission id."""
    units = criteria.set_index(["criterion", "submission_id"])["criterion_units"]
    if units.empty:
        return dict.fromkeys(codes, units.droplevel(0))
    return {code: units.xs(code, level="criterion") for code in codes}
