"""Comma files that a spreadsheet with another list separator opened and saved: lines as cells,
wrapped in part.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.intake.files import delimited, saved_again
from tests.small.exports import csv_bytes

TABLE = [
    ["Timestamp", "Judul", "Instansi"],
    ["01/02/2022 8:15:03", "Antrean Lansia", "Dinas Kesehatan"],
    ["03/02/2022 21:29:50", 'Perpustakaan "Lapo", keliling', "Dinas Perpustakaan"],
    ["14/02/2022 13:45:00", "Kampung; Sampah", "DLH"],
]


def saved(lines: list[str], tail: str, separator: str = ";") -> bytes:
    """The lines as a spreadsheet saves a first column: quoted where they must be, `tail` behind
    each.
    """
    cells = (f'"{line.replace(chr(34), chr(34) * 2)}"' if '"' in line else line for line in lines)
    return "".join(f"{cell}{tail}\r\n" for cell in cells).encode()


def lines_of(table: list[list[str]]) -> list[str]:
    return csv_bytes(table, end="\n").decode().rstrip("\n").split("\n")


def cells_of(content: bytes) -> list[list[str]]:
    grid = delimited.read_cells(content).texts
    return [
        [cell for cell in row if isinstance(cell, str)]
        for row in grid.to_numpy(dtype="object").tolist()
    ]


@pytest.mark.parametrize("tail", ["", ";;;;;;", ";"])
def test_lines_saved_as_cells_are_cells_again_whether_quoted_or_bare(tail):
    assert cells_of(saved(lines_of(TABLE[:3]), tail)) == TABLE[:3]


def test_a_line_that_was_cut_at_a_separator_in_it_is_whole_again():
    table = TABLE[:3] * 6 + TABLE[3:]
    assert cells_of(saved(lines_of(table), ";;"))[-1] == TABLE[3]


def test_lines_saved_with_tabs_behind_them_are_cells_again():
    assert cells_of(saved(lines_of(TABLE[:3]), "\t\t", "\t")) == TABLE[:3]


@pytest.mark.parametrize(
    "content",
    [
        b"a,b,c\n1,2,3\n",
        b'"a","b"\n"x ""y""","z"\n',
        b'a,b\n"satu, ""dua""",x\n3,4\n',
        b"a;b;\n1,5;2,5;\n",  # a decimal comma, and a last column that is empty
        b'Judul;Ringkasan;\n"Antrean ""Lansia""";satu, dua;\n',
        b"ID,SDGs\n1,Air;Gender;\n2,Gizi;\n",  # Microsoft ends each answer of several with one
        b'Ringkasan\n"satu, ""dua"""\n"tiga, ""empat"""\n',  # one column
        b"",
        b"\n\n",
    ],
)
def test_a_table_that_was_not_saved_again_stays_as_it_is(content):
    assert saved_again.unwrap_lines(content, 60_000) == content


@given(
    st.lists(
        st.lists(
            st.text("ab \"',.-", min_size=1, max_size=8).filter(str.strip), min_size=3, max_size=3
        ),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from([";", ";;;"]),
)
def test_any_comma_table_is_the_same_after_it_was_saved_with_cells_behind_each_line(table, tail):
    inner = "\n".join(lines_of(table)).encode()
    assert saved_again.unwrap_lines(saved(lines_of(table), tail), 60_000) == inner
