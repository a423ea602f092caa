"""How severely judges mark, by restricted maximum likelihood.

    sheet score = submission + judge + rest

Submissions are fixed, judges random: judges who do not differ leave the raw means untouched. The
estimate needs one eigenvalue decomposition of a matrix as large as there are judges
(docs/methods/severity.md has the formulas; Patterson and Thompson 1971, Biometrika 58; Henderson
1975, Biometrics 31). Estimates are binary floats, rounded before anything is made of them. What
does not belong here: scores as they are ranked, in whole numbers (scores.py, standing.py).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pandas as pd

SEVERITY_DECIMALS = 8  # decimals of a severity that go into an adjusted score
ESTIMATE_STEP = Decimal("0.0001")  # decimals of an estimate in data/
# ratios of variances that are tried first
_RATIO_GRID = np.concatenate([[0.0], np.logspace(-6, 8, 281)])


@dataclass(frozen=True, eq=False)
class JudgeSeverities:
    """What the used sheets say about their judges.

    judges: judge, units (severity in whole 10**-SEVERITY_DECIMALS of a mark: positive for a judge
    who marks lower than the panel), and as text with four decimals judge_severity, severity_se,
    fit; missing where no two judges share a submission. parts: submission_id, part (a label):
    submissions of different parts are connected by no judge.
    """

    judges: pd.DataFrame
    parts: pd.DataFrame


def estimate_severities(sheets: pd.DataFrame) -> JudgeSeverities:
    """The severity of each judge of these used sheets: submission_id, judge, score (float); one row
    a sheet.
    """
    plan = _judging_plan(sheets)
    parts = connected_parts(sheets)
    within = _WithinSubmissions.from_plan(plan, sheets["score"].to_numpy(float))
    if within.freedom <= 0 or within.total <= 0:
        agreed = _severities_without_estimate(plan.names, agree=within.freedom > 0)
        return JudgeSeverities(agreed, parts)
    estimated = within.effects()
    mean_square = pd.Series(estimated.rest**2).groupby(plan.judge).mean().to_numpy()
    judges = pd.DataFrame(
        {
            "judge": np.asarray(plan.names),
            "units": [round(-value * 10**SEVERITY_DECIMALS) for value in estimated.effect],
            "judge_severity": _estimate_texts(-estimated.effect),
            "severity_se": _estimate_texts(estimated.error),
            "fit": _estimate_texts(mean_square / within.rest_variance(within.ratio())),
        }
    )
    return JudgeSeverities(judges, parts)


def _severities_without_estimate(names: pd.Index, agree: bool) -> pd.DataFrame:
    """The table of judges where nothing is estimated: zero for judges who agree on every
    submission that they share, missing where they share none.
    """
    zero = "0.0000" if agree else np.nan
    judges = pd.DataFrame(
        {
            "judge": np.asarray(names),
            "units": 0,
            "judge_severity": zero,
            "severity_se": zero,
            "fit": np.nan,
        }
    )
    texts = ("judge", "judge_severity", "severity_se", "fit")
    return judges.astype(dict.fromkeys(texts, "str") | {"units": "object"})


def _estimate_texts(values: np.ndarray) -> pd.Series:
    """The values as text with four decimals, and no minus before a zero."""
    rounded = [Decimal(float(value)).quantize(ESTIMATE_STEP, ROUND_HALF_EVEN) for value in values]
    return pd.Series([str(abs(value) if value == 0 else value) for value in rounded], dtype="str")


@dataclass(frozen=True, eq=False)
class _JudgingPlan:
    """Who marked what. submission, judge: of each sheet, as numbers. names: the judges'. design:
    submissions by judges, 1.0 where there is a sheet, else 0.0.
    """

    submission: np.ndarray
    judge: np.ndarray
    names: pd.Index
    design: np.ndarray


def _judging_plan(sheets: pd.DataFrame) -> _JudgingPlan:
    submission, ids = pd.factorize(sheets["submission_id"])
    judge, names = pd.factorize(sheets["judge"], sort=True)
    design = np.zeros((len(ids), len(names)))
    design[submission, judge] = 1.0
    return _JudgingPlan(submission, judge, pd.Index(names), design)


def connected_parts(sheets: pd.DataFrame) -> pd.DataFrame:
    """The part of each submission that has a sheet: submission_id, part (a label, equal for those
    that judges connect).

    `sheets`: submission_id, judge. Two submissions are of one part where judges lead from one to
    the other.
    """
    links = sheets[["submission_id", "judge"]].drop_duplicates()
    part = pd.Series(range(len(links)), index=links.index, dtype="int64")
    while True:
        lower = part.groupby(links["submission_id"]).transform("min")
        lower = lower.groupby(links["judge"]).transform("min")
        if lower.equals(part):
            labelled = links.assign(part=part).drop_duplicates("submission_id")
            return labelled[["submission_id", "part"]]
        part = lower


@dataclass(frozen=True, eq=False)
class _JudgeEffects:
    """effect: of each judge (predicted). error: its standard error. rest: of each sheet."""

    effect: np.ndarray
    error: np.ndarray
    rest: np.ndarray


@dataclass(frozen=True, eq=False)
class _WithinSubmissions:
    """The sheets with each submission's own mean taken out: what is left tells of the judges alone.

    values, vectors: of A = Z'MZ, judges by judges, where M takes out the submissions' means.
    projected: Z'My on the vectors. total: y'My. freedom: sheets less submissions. centred: the
    scores, submission, judge: of each sheet, size: sheets of each submission; for the rest of each
    sheet.
    """

    values: np.ndarray
    vectors: np.ndarray
    projected: np.ndarray
    total: float
    freedom: int
    centred: np.ndarray
    submission: np.ndarray
    judge: np.ndarray
    size: np.ndarray

    @classmethod
    def from_plan(cls, plan: _JudgingPlan, score: np.ndarray) -> "_WithinSubmissions":
        """What the scores of a judging plan say within the submissions."""
        design, submission = plan.design, plan.submission
        size = design.sum(axis=1)
        centred = score - (np.bincount(submission, score, len(design)) / size)[submission]
        matrix = np.diag(design.sum(axis=0)) - design.T @ (design / size[:, None])
        values, vectors = np.linalg.eigh(matrix)
        # eigenvalues of zero are the parts' own means, of which no sheet tells anything
        is_estimable = values > 1e-9 * values.max(initial=0.0)
        values, vectors = values[is_estimable], vectors[:, is_estimable]
        projected = vectors.T @ np.bincount(plan.judge, centred, design.shape[1])
        total = float(centred @ centred)
        noise = len(score) * (np.abs(score).max(initial=0.0) * 1e-14) ** 2
        return cls(
            values,
            vectors,
            projected,
            total if total > noise else 0.0,
            len(score) - len(design),
            centred,
            submission,
            plan.judge,
            size,
        )

    def rest_variance(self, ratio: float) -> float:
        """The variance of the rest, given the judges' variance as a multiple of it."""
        explained = float((ratio * self.projected**2 / (1 + ratio * self.values)).sum())
        return max(self.total - explained, self.total * 1e-12) / self.freedom

    def criterion(self, ratio: float) -> float:
        """Minus twice the restricted log likelihood, less a constant."""
        log_variance = self.freedom * np.log(self.rest_variance(ratio))
        return float(log_variance + np.log1p(ratio * self.values).sum())

    def slope(self, ratio: float) -> float:
        """The derivative of `criterion`."""
        shrunk = 1 + ratio * self.values
        squares = (self.projected**2 / shrunk**2).sum()
        return float((self.values / shrunk).sum() - squares / self.rest_variance(ratio))

    def ratio(self) -> float:
        """The ratio of variances with the greatest restricted likelihood: the best of a grid, then
        its slope's zero.
        """
        best = int(np.argmin([self.criterion(ratio) for ratio in _RATIO_GRID]))
        low, high = _RATIO_GRID[max(best - 1, 0)], _RATIO_GRID[min(best + 1, len(_RATIO_GRID) - 1)]
        if best == 0 and self.slope(0.0) >= 0:
            return 0.0
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if self.slope(middle) < 0 else (low, middle)
        return float(high)

    def effects(self) -> _JudgeEffects:
        """The judges' effects, their standard errors, and the rest of each sheet."""
        ratio = self.ratio()
        shrunk = ratio / (1 + ratio * self.values)
        effect = self.vectors @ (shrunk * self.projected)
        variance = self.rest_variance(ratio) * (self.vectors**2 @ shrunk)
        sheet_effect = effect[self.judge]
        own_mean = np.bincount(self.submission, sheet_effect, len(self.size)) / self.size
        rest = self.centred - (sheet_effect - own_mean[self.submission])
        return _JudgeEffects(effect, np.sqrt(variance), rest)
