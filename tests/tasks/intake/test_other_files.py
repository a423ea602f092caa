"""Files of other programs under the name of an export: told by their first bytes."""

import pytest

from tasks.intake.files import reader
from tests.small.exports import raw

TAIL = bytes(range(1, 256)) * 12
OTHERS = {
    "a picture of a telephone": ("picture", b"\0\0\0\x18ftypheic" + TAIL),
    "a film": ("picture", b"\0\0\0\x20ftypisom" + TAIL),
    "a drawing": ("html", b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>'),
    "a page saved with its pictures": (
        "html",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
    ),
    "a packed folder": ("no_table", b"7z\xbc\xaf\x27\x1c" + TAIL),
    "a database": ("no_table", b"SQLite format 3\0" + TAIL),
    "a program": ("no_table", b"MZ\x90\0" + TAIL),
    "a table for programs": ("no_table", b"PAR1" + TAIL + b"PAR1"),
    "a print file": ("no_table", b"%!PS-Adobe-3.0\n"),
    "separators alone": ("too_many_columns", b"," * 5_000_000),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_file_of_another_program_is_one_finding_that_says_what_it_is(tmp_path, kind):
    reason, content = OTHERS[kind]
    sheets, found = reader.read_grids(raw(tmp_path, "submissions/ekspor.csv", content))
    assert (sheets, [params["case"] for params in found["params"]]) == ([], [reason])
