"""make bench: the promises about speed, measured on this machine, written to docs/benchmarks.md.

Every figure is the median of runs in processes of their own; what is compared is run in turn, since
the machine's other work comes and goes.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import crowd_figures, export_figures

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "malang-2022"
AS_OF, LATER = "2022-05-15", "2022-05-16"
BARE = Path(__file__).with_name("bare.py")
NIGHT = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from flows.night.gather import Request
from flows.night.night import run_night

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    outcome = run_night(Request(folder, sys.argv[2]))
    (folder / "outcome.json").write_text(json.dumps(asdict(outcome)))
"""


@dataclass(frozen=True)
class Ratio:
    """One promise: what was measured against what, in seconds, and what was promised of their
    ratio.
    """

    name: str
    measured: float
    against: float
    promised: float
    note: str

    @property
    def value(self) -> float:
        return self.measured / self.against

    def not_kept(self) -> list[str]:
        """What is said where the promise is not kept."""
        is_kept = not self.promised or self.value <= self.promised
        return (
            []
            if is_kept
            else [f"{self.name}: {self.value:.2f}, at most {self.promised:g} is promised."]
        )


def main() -> None:
    """Measures and writes docs/benchmarks.md; says there and at the end which promises are not
    kept. Ends with 1 where one is not, or where the cache changes a result.
    """
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="kipp-bench-") as folder:
        place = Path(folder)
        ratios = [quiet(place, runs), *cold(place, max(runs // 2, 1))]
        mark = one_mark(place)
        many = crowd_figures.figures(place, max(runs // 2, 1))
        of_exports = export_figures.figures(place, max(runs // 2, 1))
    written = ROOT / "docs" / "benchmarks.md"
    slow = (
        [said for ratio in ratios for said in ratio.not_kept()]
        + many.not_kept()
        + of_exports.not_kept()
    )
    text = "\n".join([report(ratios, mark, many), *of_exports.lines(), *not_kept(slow)])
    written.write_text(text, encoding="utf-8")
    print(written.read_text(encoding="utf-8"))
    print(*(f"NOT KEPT: {said}" for said in slow), sep="\n", file=sys.stderr)
    sys.exit(0 if mark["identical"] and not slow else 1)


def quiet(place: Path, runs: int) -> Ratio:
    """A night with nothing new against a bare `import pandas`."""
    folder = _competition(place / "quiet")
    _night(folder, AS_OF)
    measured, against = _in_turn(
        runs,
        lambda: _timed("-m", "flows", "run", str(folder), "--as-of", LATER),
        lambda: _timed("-c", "import pandas"),
    )
    return Ratio(
        "A night with nothing new / `import pandas`",
        measured,
        against,
        2.0,
        "`kipp run`, from the shell to its end; without a server Prefect is not started",
    )


def cold(place: Path, runs: int) -> list[Ratio]:
    """A first night against a bare script that imports Great Expectations and prints the same HTML
    files.
    """
    sample = _competition(place / "sample")
    _night(sample, AS_OF)
    pages = place / "pages"
    printed = _pages(sample / "published" / "current", pages)

    def first() -> float:
        return _night(_competition(place / "cold"), AS_OF)

    def with_prefect() -> float:
        return _timed("-m", "flows", "run", str(_competition(place / "prefect")), "--as-of", AS_OF)

    measured, against, whole = _in_turn(
        runs, first, lambda: _timed(str(BARE), str(pages)), with_prefect
    )
    note = (
        f"{printed} HTML files as PDF in {os.cpu_count()} processes; the same night without "
        f"an orchestrator"
    )
    return [
        Ratio(
            "A first night / bare Great Expectations and WeasyPrint", measured, against, 1.0, note
        ),
        Ratio(
            "The same as `kipp run` / the night without an orchestrator",
            whole,
            measured,
            0.0,
            f"Prefect's own start and end: {whole - measured:.1f} s",
        ),
    ]


def one_mark(place: Path) -> dict[str, object]:
    """One changed mark: how many documents are made again, and whether the result is that of a run
    without a cache.
    """
    folder = _competition(place / "mark")
    _night(folder, AS_OF)
    fresh = place / "fresh"
    shutil.copytree(
        folder, fresh, ignore=shutil.ignore_patterns(".kipp"), symlinks=True
    )  # the same memory, no cache
    for one in (folder, fresh):
        _change_a_mark(one)
    seconds, fresh_seconds = _night(folder, LATER), _night(fresh, LATER)
    outcome: dict[str, object] = json.loads((folder / "outcome.json").read_bytes())
    return outcome | {
        "seconds": seconds,
        "fresh": fresh_seconds,
        "identical": _files(folder / "published" / "current")
        == _files(fresh / "published" / "current"),
    }


def _change_a_mark(folder: Path) -> None:
    scores = folder / "inbox" / "scores" / "presentasi" / "Rekap nilai presentasi.csv"
    text = scores.read_text(encoding="utf-8-sig")
    row = text.splitlines()[2].split(";")
    changed = ";".join([*row[:2], "90,25", *row[3:]])
    scores.write_text(text.replace(";".join(row), changed, 1), encoding="utf-8")


# --- how it is measured
# ----------------------------------------------------------------------------------------------


def _competition(folder: Path) -> Path:
    """The example, as delivered, in a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("published", ".kipp"))
    return folder


def _pages(run: Path, pages: Path) -> int:
    """Copies the published HTML files that are published as PDF as well."""
    for html in sorted(run.rglob("*.html")):
        if html.with_suffix(".pdf").is_file():
            target = pages / html.relative_to(run)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(html, target)
    return len(list(pages.rglob("*.html")))


def _night(folder: Path, as_of: str) -> float:
    return _timed("-c", NIGHT, str(folder), as_of)


def _timed(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def _in_turn(runs: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each, taken in turn; the first round, which warms the disk up, does not
    count.
    """
    rounds = [[measure() for measure in measures] for _ in range(runs + 1)][1:]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


# --- what is written
# -------------------------------------------------------------------------------------------------


def report(ratios: list[Ratio], mark: dict[str, object], many: crowd_figures.Figures) -> str:
    """docs/benchmarks.md."""
    rows = [
        f"| {r.name} | {r.measured:.2f} s | {r.against:.2f} s | {r.value:.2f} | "
        f"{r.promised or '-'} | {r.note} |"
        for r in ratios
    ]
    return "\n".join(
        [
            "# What the promises about speed come to",
            "",
            "Written by `make bench`. Each number is the median of runs taken in turn, each run in",
            "a process of its own.",
            "",
            f"Machine: {machine()}.",
            "",
            "| | measured | against | ratio | at most | |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            (
                f"One changed mark: {mark['made']} of {mark['documents']} documents made again, "
                f"{mark['seconds']:.1f} s;"
            ),
            f"the same night without a cache {mark['fresh']:.1f} s.",
            f"Byte for byte the same result: {'yes' if mark['identical'] else 'NO'}.",
            "",
            *many.lines(),
        ]
    )


def not_kept(slow: list[str]) -> list[str]:
    """The section of docs/benchmarks.md that says which promises are not kept, and why."""
    told = [
        line for said in slow for line in textwrap.wrap(f"- {said}", 120, subsequent_indent="  ")
    ]
    return ["## What is not kept", "", *(told or ["On this machine every promise is kept."]), ""]


def machine() -> str:
    """Processor, cores, memory, system, and the versions that matter."""
    from importlib.metadata import version

    libraries = ", ".join(
        f"{name} {version(name)}"
        for name in ("pandas", "great-expectations", "weasyprint", "prefect")
    )
    model = next(
        (
            line.partition(":")[2].strip()
            for line in _lines("/proc/cpuinfo")
            if line.startswith("model name")
        ),
        "?",
    )
    memory = next(
        (
            int(line.split()[1]) // 2**20
            for line in _lines("/proc/meminfo")
            if line.startswith("MemTotal")
        ),
        0,
    )
    python = platform.python_version()
    return (
        f"{model}, {os.cpu_count()} cores, {memory} GB, {platform.system()}, Python {python}, "
        f"{libraries}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


if __name__ == "__main__":
    main()
