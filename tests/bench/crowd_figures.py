"""What 100,000 submissions cost: measured in processes of their own, as a section of
docs/benchmarks.md.

Alone: python -m tests.bench.crowd_figures
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import crowd

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 10_000, 100_000)
MOST_TIMES, MOST_BYTES = 6.0, 2_000_000_000
Figure = dict[str, float]  # cpu and wall in seconds, peak in bytes


@dataclass(frozen=True)
class Figures:
    """Medians: of read_csv and of the way from reading to compliance for each size; of a check of
    as many rows as the largest, all of them wrong.
    """

    read_csv: Figure
    compute: Mapping[int, Figure]
    wrong: Figure
    steps: Mapping[str, float]  # CPU seconds of each step for the largest

    @property
    def ratio(self) -> float:
        """CPU seconds of the largest inbox, against pandas.read_csv of its file."""
        return self.compute[SIZES[-1]]["cpu"] / self.read_csv["cpu"]

    @property
    def growth(self) -> float:
        """CPU seconds of the largest inbox, against as many times those of the smallest as it has
        more rows.
        """
        return self.compute[SIZES[-1]]["cpu"] / (
            self.compute[SIZES[0]]["cpu"] * SIZES[-1] / SIZES[0]
        )

    @property
    def further(self) -> float:
        """What a further row costs between the two largest sizes, against what it costs between the
        two smallest: the fixed costs are in neither.
        """
        small, middle, large = (self.compute[rows]["cpu"] for rows in SIZES)
        return (large - middle) / (SIZES[2] - SIZES[1]) / ((middle - small) / (SIZES[1] - SIZES[0]))

    @property
    def promises(self) -> list[tuple[str, str, str, bool]]:
        """What was promised, what it came to, what is allowed, and whether it is kept."""
        peak, wrong = self.compute[SIZES[-1]]["peak"], self.wrong["peak"]
        return [
            (
                "CPU / `pandas.read_csv`",
                f"{self.ratio:.1f}",
                f"{MOST_TIMES:g}",
                self.ratio <= MOST_TIMES,
            ),
            ("Memory", f"{peak / 1e9:.2f} GB", "2 GB", peak < MOST_BYTES),
            (
                "Growth: CPU of 100,000 / 100 x CPU of 1,000",
                f"{self.growth:.2f}",
                "1",
                self.growth <= 1,
            ),
            (
                "Memory of `kipp check --json`, every row wrong",
                f"{wrong / 1e9:.2f} GB",
                "2 GB",
                wrong < MOST_BYTES,
            ),
        ]

    def not_kept(self) -> list[str]:
        """What is said of each promise that is not kept."""
        return [
            f"100,000 submissions: {name}: {came}, at most {most} is promised. {self._spent()}"
            for name, came, most, kept in self.promises
            if not kept
        ]

    def _spent(self) -> str:
        most = sorted(self.steps.items(), key=lambda step: -step[1])
        return f"CPU goes into {', '.join(f'{name} {seconds:.1f} s' for name, seconds in most)}."

    def lines(self) -> list[str]:
        """The section of docs/benchmarks.md."""
        named = [("`pandas.read_csv`, 100,000 rows", self.read_csv)]
        named += [
            (f"Reading to compliance, {rows:,} rows", figure)
            for rows, figure in self.compute.items()
        ]
        named.append(("`kipp check --json`, 100,000 rows, all wrong", self.wrong))
        rows = [
            f"| {n} | {f['cpu']:.2f} s | {f['wall']:.2f} s | {f['peak'] / 1e9:.2f} GB |"
            for n, f in named
        ]
        kept = [
            f"| {name} | {came} | {most} | {'yes' if is_kept else 'NO'} |"
            for name, came, most, is_kept in self.promises
        ]
        return [
            "## 100,000 submissions",
            "",
            "One export of Google Forms: 22 columns, 200 words a row, agencies of the sample",
            "register as people type their names (tests/bench/crowd.py). Measured from reading",
            "to compliance, without imports.",
            "",
            "| | CPU | wall | most memory |",
            "|---|---|---|---|",
            *rows,
            "",
            "| | came to | at most | kept |",
            "|---|---|---|---|",
            *kept,
            "",
            self._spent(),
            (
                f"A further row between 10,000 and 100,000 costs {self.further:.2f} times what it "
                f"costs between 1,000 and"
            ),
            "10,000. The growth above includes the fixed costs, this ratio does not.",
            "",
        ]


def figures(place: Path, runs: int) -> Figures:
    """Writes the inboxes under `place` and measures, so many times in turn."""
    export = {rows: crowd.written(place / f"crowd-{rows}", rows) for rows in SIZES}[SIZES[-1]]
    crowd.written(place / "crowd-wrong", SIZES[-1], wrong=True)
    work = {"read_csv": ("read_csv", export), "wrong": ("check", place / "crowd-wrong")}
    work |= {str(rows): ("compute", place / f"crowd-{rows}") for rows in SIZES}
    rounds = [{name: _measured(*what) for name, what in work.items()} for _ in range(runs)]
    medians = {
        name: {
            key: statistics.median(one[name][key] for one in rounds)
            for key in ("cpu", "wall", "peak")
        }
        for name in work
    }
    largest = [one[str(SIZES[-1])]["steps"] for one in rounds]
    steps = {name: statistics.median(one[name] for one in largest) for name in largest[0]}
    return Figures(
        medians["read_csv"], {rows: medians[str(rows)] for rows in SIZES}, medians["wrong"], steps
    )


def _measured(name: str, place: Path) -> dict[str, Any]:
    for kept in (place / ".kipp", place / "published"):  # a check is done anew
        shutil.rmtree(kept, ignore_errors=True)
    command = [sys.executable, "-m", "tests.bench.crowd_work", name, str(place)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figure: dict[str, Any] = json.loads(done.stdout)
    return figure


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kipp-crowd-") as folder:
        print(
            "\n".join(figures(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 1).lines())
        )
