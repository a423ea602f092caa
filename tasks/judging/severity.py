"""How severely judges mark, by restricted maximum likelihood. Computes; touches nothing.

    sheet score = submission + judge + rest

Submissions are fixed, judges random: judges who do not differ leave the raw means untouched. The
estimate needs one eigenvalue decomposition of a matrix as large as there are judges
(docs/methods/severity.md has the formulas; Patterson and Thompson 1971, Biometrika 58; Henderson
1975, Biometrics 31). Estimates are binary floats, rounded before anything is made of them.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pandas as pd

SEVERITY_DECIMALS = 8  # decimals of a severity that go into an adjusted score
ESTIMATE_STEP = Decimal("0.0001")  # decimals of an estimate in data/
_RATIO_GRID = np.concatenate(
    [[0.0], np.logspace(-6, 8, 281)]
)  # ratios of variances that are tried first


@dataclass(frozen=True, eq=False)
class JudgeSeverities:
    """What the used sheets say about their judges.

    judges: judge, units (severity in whole 10**-STEPS of a mark: positive for one who marks lower
    than the panel), and as text with four decimals judge_severity, severity_se, fit; missing where
    no two judges share a submission. parts: submission_id, part (a label): submissions of different
    parts are connected by no judge.
    """

    judges: pd.DataFrame
    parts: pd.DataFrame


def estimate_severities(sheets: pd.DataFrame) -> JudgeSeverities:
    """The severity of each judge of these used sheets: submission_id, judge, score (float); one row
    a sheet.
    """
    submission, judge, names, design = _design_matrix(sheets)
    parts = connected_parts(sheets)
    within = _WithinSubmissions.of(design, submission, judge, sheets["score"].to_numpy(float))
    if within.freedom <= 0 or within.total <= 0:
        return JudgeSeverities(
            _severities_without_estimate(names, settled=within.freedom > 0), parts
        )
    effect, error, rest = within.effects()
    mean_square = pd.Series(rest**2).groupby(judge).mean().to_numpy() / within.rest_variance(
        within.ratio()
    )
    return JudgeSeverities(
        pd.DataFrame(
            {
                "judge": np.asarray(names),
                "units": [round(-value * 10**SEVERITY_DECIMALS) for value in effect],
                "judge_severity": _estimate_texts(-effect),
                "severity_se": _estimate_texts(error),
                "fit": _estimate_texts(mean_square),
            }
        ),
        parts,
    )


def _severities_without_estimate(names: pd.Index, settled: bool) -> pd.DataFrame:
    """Judges who agree on every submission do not differ; of judges who share none nothing is
    known.
    """
    zero = "0.0000" if settled else np.nan
    return pd.DataFrame(
        {
            "judge": np.asarray(names),
            "units": 0,
            "judge_severity": zero,
            "severity_se": zero,
            "fit": np.nan,
        }
    ).astype(
        {
            "judge": "str",
            "judge_severity": "str",
            "severity_se": "str",
            "fit": "str",
            "units": "object",
        }
    )


def _estimate_texts(values: np.ndarray) -> pd.Series:
    """With four decimals, and no minus before a zero."""
    rounded = [Decimal(float(value)).quantize(ESTIMATE_STEP, ROUND_HALF_EVEN) for value in values]
    return pd.Series([str(abs(value) if value == 0 else value) for value in rounded], dtype="str")


def _design_matrix(sheets: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, pd.Index, np.ndarray]:
    """The submission and the judge of each sheet as numbers, the judges' names, and who marked what
    (1.0 or 0.0).
    """
    submission, ids = pd.factorize(sheets["submission_id"])
    judge, names = pd.factorize(sheets["judge"], sort=True)
    design = np.zeros((len(ids), len(names)))
    design[submission, judge] = 1.0
    return submission, judge, pd.Index(names), design


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
            return links.assign(part=part).drop_duplicates("submission_id")[
                ["submission_id", "part"]
            ]
        part = lower


@dataclass(frozen=True, eq=False)
class _WithinSubmissions:
    """The sheets with each submission's own mean taken out: what is left tells of the judges alone.

    values, vectors: of A = Z'MZ, judges by judges, where M takes out the submissions' means.
    projected: Z'My on the vectors. total: y'My. freedom: sheets less submissions. The others: for
    the rest of each sheet.
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
    def of(
        cls, design: np.ndarray, submission: np.ndarray, judge: np.ndarray, score: np.ndarray
    ) -> "_WithinSubmissions":
        size = design.sum(axis=1)
        centred = score - (np.bincount(submission, score, len(design)) / size)[submission]
        matrix = np.diag(design.sum(axis=0)) - design.T @ (design / size[:, None])
        values, vectors = np.linalg.eigh(matrix)
        telling = values > 1e-9 * values.max(
            initial=0.0
        )  # the others are the parts' own means: nothing tells of them
        values, vectors = values[telling], vectors[:, telling]
        projected = vectors.T @ np.bincount(judge, centred, design.shape[1])
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
            judge,
            size,
        )

    def rest_variance(self, ratio: float) -> float:
        """The variance of the rest, given the judges' variance as a multiple of it."""
        explained = float((ratio * self.projected**2 / (1 + ratio * self.values)).sum())
        return max(self.total - explained, self.total * 1e-12) / self.freedom

    def criterion(self, ratio: float) -> float:
        """Minus twice the restricted log likelihood, less a constant."""
        return float(
            self.freedom * np.log(self.rest_variance(ratio)) + np.log1p(ratio * self.values).sum()
        )

    def slope(self, ratio: float) -> float:
        """The derivative of `criterion`."""
        shrunk = 1 + ratio * self.values
        return float(
            (self.values / shrunk).sum()
            - (self.projected**2 / shrunk**2).sum() / self.rest_variance(ratio)
        )

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

    def effects(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The judges' effects (predicted), their standard errors, and the rest of each sheet."""
        ratio = self.ratio()
        shrunk = ratio / (1 + ratio * self.values)
        effect = self.vectors @ (shrunk * self.projected)
        variance = self.rest_variance(ratio) * (self.vectors**2 @ shrunk)
        of_sheet = effect[self.judge]
        own_mean = np.bincount(self.submission, of_sheet, len(self.size)) / self.size
        return effect, np.sqrt(variance), self.centred - (of_sheet - own_mean[self.submission])
