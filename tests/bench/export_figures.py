"""What `kipp check` of 5,000 submissions over 12 exports costs, against the bare readers of the
same files.

Seconds by the clock, which is what people wait, and processor seconds; each in a process of its
own, in turn. The promise is held against the clock: a check works in two processes
(flows/beside.py). The machine must be quiet.
"""

import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench import exports

ROOT = Path(__file__).parents[2]
AS_OF = "2022-03-20"
PROMISED = 3.0
IMPORTS = """
from flows.night import garbage
garbage.raise_thresholds()  # as the command does
import python_calamine, great_expectations
from flows.night import compute
from flows.office import check
"""
BARE = """
import sys, time
from pathlib import Path
import pandas, python_calamine
FORMS = {
    "04 Kobo.csv": (";", "utf-8"),
    "11 Unicode.txt": ("\\t", "utf-16"),
    "12 Rekap Excel.csv": (";", "cp1252"),
}
def rows(file):
    if file.suffix in (".csv", ".txt"):
        separator, encoding = FORMS.get(file.name, (",", "utf-8"))
        return pandas.read_csv(file, sep=separator, encoding=encoding, dtype="str")
    book = python_calamine.CalamineWorkbook.from_path(file)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
start = time.perf_counter(), time.process_time()
read = [rows(file) for file in sorted(Path(sys.argv[1]).iterdir())]
print(time.perf_counter() - start[0], time.process_time() - start[1])
"""
INTAKE = """
import sys, time
from pathlib import Path
from flows.night import garbage, read
from flows.night.gather import Request, gather_inputs
garbage.raise_thresholds()
inputs = gather_inputs(Request(Path(sys.argv[1]), sys.argv[2]))
start = time.perf_counter(), time.process_time()
read.read_deliveries(inputs)
print(time.perf_counter() - start[0], time.process_time() - start[1])
"""


@dataclass(frozen=True)
class Taken:
    """Medians in seconds: by the clock, and of processors."""

    wall: float
    cpu: float

    def beside(self, other: "Taken") -> "Taken":
        """What is left without the other."""
        return Taken(self.wall - other.wall, self.cpu - other.cpu)


@dataclass(frozen=True)
class Figures:
    """`first`: a check of exports that are new; `again`: one with nothing new since."""

    bare: Taken
    intake: Taken
    imports: Taken
    first: Taken
    again: Taken
    pandas: Taken

    @property
    def work(self) -> float:
        """How many times the bare readers a first check takes, the imports left aside."""
        return self.first.beside(self.imports).wall / self.bare.wall

    def not_kept(self) -> list[str]:
        """What is said where the promise is not kept."""
        if self.work <= PROMISED:
            return []
        said = (
            (
                f"5,000 submissions over 12 exports: a check of new exports takes {self.work:.1f} "
                f"times the bare readers,"
            ),
            (
                f"at most {PROMISED:g} is promised: {self.first.beside(self.imports).wall:.2f} s "
                f"are left when the"
            ),
            "exports are read while Great Expectations is imported beside.",
        )
        return [" ".join(said)]

    def lines(self) -> list[str]:
        """The section of docs/benchmarks.md."""
        work = self.first.beside(self.imports)
        return [
            "## 5,000 submissions over 12 exports",
            "",
            "tests/bench/exports.py writes the exports. A check reads the exports while another",
            "process imports Great Expectations (flows/night/evaluation.py). So the clock time",
            "of a check is not the sum of its steps.",
            "",
            "| | wall | CPU | wall, against the bare readers | at most |",
            "|---|---|---|---|---|",
            self._row("the bare readers (pandas.read_csv, python-calamine to rows)", self.bare, ""),
            self._row("intake alone: files to rows of fields", self.intake, ""),
            self._row("`kipp check`, all new", self.first),
            self._row("its imports, one after the other", self.imports),
            self._row(
                "the check without its imports (below zero: it ends before the imports would)",
                work,
                f"{PROMISED:g}",
            ),
            self._row("`kipp check`, nothing new, with its imports", self.again),
            self._row("`import pandas`", self.pandas),
            "",
        ]

    def _row(self, name: str, taken: Taken, most: str | None = None) -> str:
        times = "" if most is None else f"{taken.wall / self.bare.wall:.1f}"
        return f"| {name} | {taken.wall:.2f} s | {taken.cpu:.2f} s | {times} | {most or ''} |"


def figures(place: Path, runs: int) -> Figures:
    """Measures in turn; the first round, which warms the disk up, does not count."""
    folder = exports.competition(place / "exports")
    rounds = [_round(folder) for _ in range(runs + 1)][1:]
    return Figures(*(_median(column) for column in zip(*rounds, strict=True)))


def _median(taken: tuple[Taken, ...]) -> Taken:
    return Taken(
        statistics.median(one.wall for one in taken), statistics.median(one.cpu for one in taken)
    )


def _round(folder: Path) -> tuple[Taken, ...]:
    (folder / ".kipp" / "check.json").unlink(missing_ok=True)
    check = ("-m", "flows", "check", str(folder), "--as-of", AS_OF)
    return (
        _said("-c", BARE, str(folder / "inbox" / "submissions")),
        _said("-c", INTAKE, str(folder), AS_OF),
        *(
            _spent(*arguments)
            for arguments in (("-c", IMPORTS), check, check, ("-c", "import pandas"))
        ),
    )


def _said(*arguments: str) -> Taken:
    """The seconds that a script prints."""
    run = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    wall, cpu = map(float, run.stdout.split())
    return Taken(wall, cpu)


def _spent(*arguments: str) -> Taken:
    """The seconds of a whole process, with those it waited for."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
