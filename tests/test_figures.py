"""What the figures of the code's form count."""

from pathlib import Path

from tests.figures import (
    Body,
    count_code_lines,
    count_repeated_lines,
    measure,
    percentile,
    read_module,
    read_modules,
)

SOURCE = '''"""What it is for."""

import os  # a reason


def first(a):
    """What comes back."""
    # why
    if a:
        return os.sep

    return a + 1


class Thing:
    def second(self):
        return {
            "a": 1,
        }
'''
SAME = "a = 1\nb = 2\n\nc = 3\nd = 4\n# a comment\ne = 5\n"


def _folder(path: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (path / f"{name}.py").write_text(text, encoding="utf-8")
    return path


def test_a_body_is_its_lines_with_a_token_without_docstring_comments_and_empty_lines(tmp_path):
    module = read_module(_folder(tmp_path, one=SOURCE) / "one.py")
    # if a : / return os . sep / return a + 1; return { / "a" : 1 , / }
    assert module.bodies == [Body(3, 11), Body(3, 7)]


def test_a_docstring_is_a_code_line_and_no_token(tmp_path):
    modules = read_modules(_folder(tmp_path, one=SOURCE))
    assert count_code_lines(modules) == 12
    assert sum(modules[0].tokens.values()) == 2 + 6 + 11 + 3 + 6 + 7


def test_lines_are_repeated_where_six_in_a_row_stand_in_two_places(tmp_path):
    six, seven = SAME + "f = 6\n", "x = 0\n" + SAME + "f = 6\ng = 7\n"
    assert count_repeated_lines(read_modules(_folder(tmp_path, a=six, b=seven))) == 12
    other = _folder(tmp_path, a=SAME + "f = 7\n")
    assert count_repeated_lines(read_modules(other)) == 0


def test_the_percentile_is_a_number_of_the_list():
    assert (percentile(range(1, 11), 90), percentile([5], 90), percentile([3, 1, 2], 50)) == (
        9,
        5,
        2,
    )


def test_every_figure_is_there(tmp_path):
    figures = measure(read_modules(_folder(tmp_path, one=SOURCE, long="a = 1\n" * 301)))
    assert figures == {
        "modules": "2",
        "code lines": "313",
        "functions": "2",
        "lines a function, median": "3",
        "lines a function, 90 in 100": "3",
        "tokens a function, median": "9",
        "tokens a function, 90 in 100": "11",
        "tokens a line": "3.0",
        "modules over 300 lines": "1",
        "lines repeated in runs of 6+": "301",
    }
