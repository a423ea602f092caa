"""What `kipp check` of 5,000 submissions over 12 exports costs, against the bare readers of the same files.

Processor seconds, since the machine's other work comes and goes; each in a process of its own, in turn.
"""

import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench import exports

ROOT = Path(__file__).parents[2]
AS_OF = "2022-03-20"
PROMISED = 3.0
IMPORTS = """
from flows import collector
collector.look_seldom()  # as the command does
import python_calamine, great_expectations
from flows import checking, computing
"""
BARE = """
import sys, time
from pathlib import Path
import pandas, python_calamine
FORMS = {"04 Kobo.csv": (";", "utf-8"), "11 Unicode.txt": ("\\t", "utf-16"), "12 Rekap Excel.csv": (";", "cp1252")}
def rows(file):
    if file.suffix in (".csv", ".txt"):
        separator, encoding = FORMS.get(file.name, (",", "utf-8"))
        return pandas.read_csv(file, sep=separator, encoding=encoding, dtype="str")
    book = python_calamine.CalamineWorkbook.from_path(file)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
start = time.process_time()
read = [rows(file) for file in sorted(Path(sys.argv[1]).iterdir())]
print(time.process_time() - start)
"""
INTAKE = """
import sys, time
from pathlib import Path
from flows import collector, reading
from flows.inputs import Request, gather
collector.look_seldom()
inputs = gather(Request(Path(sys.argv[1]), sys.argv[2]))
start = time.process_time()
reading.deliveries(inputs)
print(time.process_time() - start)
"""


@dataclass(frozen=True)
class Figures:
    """Medians in processor seconds. `first`: a check of exports that are new; `again`: one with nothing new since."""

    bare: float
    intake: float
    imports: float
    first: float
    again: float
    pandas: float

    @property
    def work(self) -> float:
        """How many times the bare readers a first check takes, the imports left aside."""
        return (self.first - self.imports) / self.bare

    def not_kept(self) -> list[str]:
        """What is said where the promise is not kept, and of where the time goes."""
        if self.work <= PROMISED:
            return []
        rest = self.first - self.imports - self.intake
        said = (
            f"5,000 submissions over 12 exports: a check of new exports takes {self.work:.1f} times the bare readers,",
            f"at most {PROMISED:g} is promised. Intake alone is {self.intake / self.bare:.1f} times them: they hand",
            "cells over as they are, it tells kinds, headings, dates and numbers and hashes every cell. The other",
            f"{rest:.2f} s are the command's start, typing, matching, Great Expectations (which plans its metrics for",
            "each expectation before it looks at a row), near titles, sentences of findings and the bureau's page. A",
            f"check with nothing new takes {self.again:.2f} s in all.",
        )
        return [" ".join(said)]

    def lines(self) -> list[str]:
        """The section of docs/benchmarks.md."""
        return [
            "## 5,000 submissions over 12 exports",
            "",
            "Processor seconds; the exports are those of tests/bench/exports.py.",
            "",
            "| | seconds | against the bare readers | at most |",
            "|---|---|---|---|",
            f"| the bare readers (pandas.read_csv, python-calamine to rows) | {self.bare:.2f} | 1.0 | |",
            f"| intake alone: files to rows of fields | {self.intake:.2f} | {self.intake / self.bare:.1f} | |",
            f"| `kipp check`, all new | {self.first - self.imports:.2f} | {self.work:.1f} | {PROMISED} |",
            f"| its imports, besides | {self.imports:.2f} | | |",
            f"| `kipp check`, nothing new, with its imports | {self.again:.2f} | | |",
            f"| `import pandas` | {self.pandas:.2f} | | |",
            "",
        ]


def figures(place: Path, runs: int) -> Figures:
    """Measures in turn; the first round, which warms the disk up, does not count."""
    folder = exports.competition(place / "exports")
    rounds = [_round(folder) for _ in range(runs + 1)][1:]
    return Figures(*(statistics.median(column) for column in zip(*rounds, strict=True)))


def _round(folder: Path) -> tuple[float, ...]:
    (folder / ".kipp" / "check.json").unlink(missing_ok=True)
    check = ("-m", "flows", "check", str(folder), "--as-of", AS_OF)
    return (
        _said("-c", BARE, str(folder / "inbox" / "submissions")),
        _said("-c", INTAKE, str(folder), AS_OF),
        *(_spent(*arguments) for arguments in (("-c", IMPORTS), check, check, ("-c", "import pandas"))),
    )


def _said(*arguments: str) -> float:
    """The seconds that a script prints."""
    run = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return float(run.stdout)


def _spent(*arguments: str) -> float:
    """The processor seconds of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
