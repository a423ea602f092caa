"""Figures of the code's form: `python -m tests.figures [folder of the project]` prints them, a
column per floor, to compare one state of the code with another.

How fast the program is stands elsewhere (tests/bench).
"""

import ast
import io
import statistics
import sys
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FLOORS = ("flows", "reports", "tasks")
LONG_MODULE = 300
REPEATED_RUN = 6  # lines in a row that are equal in two places
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
DOCSTRING = ('"""', 'r"""')


@dataclass(frozen=True)
class Body:
    """The size of one function's body, without its docstring."""

    lines: int
    tokens: int


@dataclass(frozen=True)
class Module:
    """One module: all its lines, the tokens that begin on each line, its functions' bodies."""

    path: Path
    lines: list[str]
    tokens: Counter[int]
    bodies: list[Body]


def main(root: Path) -> None:
    """Prints the figures of the project in this folder."""
    modules = {floor: read_modules(root / floor) for floor in FLOORS}
    every = [module for floor in FLOORS for module in modules[floor]]
    tests = count_code_lines(read_modules(root / "tests"))
    columns = {**modules, "all": every}
    figures = {name: measure(column) for name, column in columns.items()}
    print_table(figures)
    print(f"Test lines a source line: {tests / count_code_lines(every):.2f}")
    for module in sorted(every, key=lambda module: -len(module.lines)):
        if len(module.lines) > LONG_MODULE:
            print(f"{len(module.lines):5} {module.path.relative_to(root)}")


def print_table(figures: dict[str, dict[str, str]]) -> None:
    """Prints a row per figure and a column per floor."""
    print(" " * 34 + "".join(f"{name:>10}" for name in figures))
    for label in figures["all"]:
        print(f"{label:34}" + "".join(f"{column[label]:>10}" for column in figures.values()))


def measure(modules: Sequence[Module]) -> dict[str, str]:
    """Each figure of these modules by its label."""
    bodies = [body for module in modules for body in module.bodies]
    lines = [body.lines for body in bodies]
    tokens = [body.tokens for body in bodies]
    all_tokens = sum(sum(module.tokens.values()) for module in modules)
    lines_with_tokens = sum(len(module.tokens) for module in modules)
    long_modules = [module for module in modules if len(module.lines) > LONG_MODULE]
    return {
        "modules": str(len(modules)),
        "code lines": str(count_code_lines(modules)),
        "functions": str(len(bodies)),
        "lines a function, median": f"{statistics.median(lines):.0f}",
        "lines a function, 90 in 100": str(percentile(lines, 90)),
        "tokens a function, median": f"{statistics.median(tokens):.0f}",
        "tokens a function, 90 in 100": str(percentile(tokens, 90)),
        "tokens a line": f"{all_tokens / lines_with_tokens:.1f}",
        f"modules over {LONG_MODULE} lines": str(len(long_modules)),
        f"lines repeated in runs of {REPEATED_RUN}+": str(count_repeated_lines(modules)),
    }


def percentile(numbers: Iterable[int], share: int) -> int:
    """The smallest of the numbers that at least `share` in 100 of them do not exceed."""
    ordered = sorted(numbers)
    position = -(-share * len(ordered) // 100)
    return ordered[position - 1]


def read_modules(folder: Path) -> list[Module]:
    """Each module of the folder and of the folders in it, in the order of their paths."""
    return [read_module(path) for path in sorted(folder.rglob("*.py"))]


def read_module(path: Path) -> Module:
    """The module at this path."""
    text = path.read_text(encoding="utf-8")
    tokens = tokens_by_line(text)
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return Module(path, text.splitlines(), tokens, [measure_body(f, tokens) for f in functions])


def tokens_by_line(text: str) -> Counter[int]:
    """How many tokens begin on each line; comments, layout and docstrings have none."""
    counts: Counter[int] = Counter()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        is_docstring = token.type == tokenize.STRING and token.string.startswith(DOCSTRING)
        if token.type not in LAYOUT and not is_docstring:
            counts[token.start[0]] += 1
    return counts


def measure_body(function: ast.FunctionDef | ast.AsyncFunctionDef, tokens: Counter[int]) -> Body:
    """The lines of the function's body that have a token, and their tokens."""
    last = function.end_lineno or function.lineno
    numbers = range(function.body[0].lineno, last + 1)
    lines = sum(number in tokens for number in numbers)
    return Body(lines, sum(tokens[number] for number in numbers))


def count_code_lines(modules: Iterable[Module]) -> int:
    """How many lines are neither empty nor a comment; a docstring's lines count."""
    return sum(1 for module in modules for _ in code_lines(module))


def count_repeated_lines(modules: Iterable[Module]) -> int:
    """How many code lines stand in a run of REPEATED_RUN lines that stands in another place too."""
    places = defaultdict(list)
    for module in modules:
        numbered = list(code_lines(module))
        for first in range(len(numbered) - REPEATED_RUN + 1):
            run = numbered[first : first + REPEATED_RUN]
            text = tuple(line for _, line in run)
            places[text].append([(module.path, number) for number, _ in run])
    repeated = {line for runs in places.values() if len(runs) > 1 for run in runs for line in run}
    return len(repeated)


def code_lines(module: Module) -> Iterator[tuple[int, str]]:
    """The number and the text, without indent, of each line that is neither empty nor a comment."""
    for number, line in enumerate(module.lines, 1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield number, text


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1])
