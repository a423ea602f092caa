"""What all our workbooks share: how XlsxWriter is opened, names of sheets, paper, texts on the
margins, heights of rows.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from textwrap import wrap
from typing import Any

from tasks.words import Words

# A constant without a zone, as the format has it: bytes follow from content.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001
# XlsxWriter's numbers; 14 is Folio, 8.5 x 13 inches, which printers call F4.
PAPER_NUMBERS = {"A4": 9, "F4": 14}
AS_TEXT: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL = 32767  # characters
LONGEST_SHEET_NAME = 31  # of a sheet's name, in UTF-16
_FORBIDDEN_CHARACTERS = str.maketrans(
    dict.fromkeys([*"[]:*?/\\'", *map(chr, range(32)), "\x7f"], " ")
)
_RESERVED_NAME = "history"  # a name that Excel keeps for itself
_LONGEST_MARGIN = 110  # characters; Excel takes 255 for a whole header, and an & counts twice
_LINE_HEIGHT, _TALLEST_ROW = 15, 405  # points
_BREAKS = re.compile(r"[\x00-\x1f\x7f]+")


def sheet_names(names: list[str]) -> list[str]:
    """The names as Excel takes them: at most 31 characters, none of []:*?/\\', none twice; else
    unchanged.
    """
    unique: list[str] = []
    taken = {_RESERVED_NAME}
    for number, name in enumerate(names, start=1):
        unique.append(_unique_name(_allowed_name(name) or str(number), number, taken))
        taken.add(unique[-1].casefold())
    return unique


def _allowed_name(name: str) -> str:
    """The name without characters that Excel refuses; may be empty."""
    words = name.translate(_FORBIDDEN_CHARACTERS).split()
    return _cut_name(" ".join(words), LONGEST_SHEET_NAME)


def _unique_name(name: str, number: int, taken: set[str]) -> str:
    """The name, with a number from `number` on where it is taken already."""
    unique = name
    while unique.casefold() in taken:
        unique = f"{_cut_name(name, LONGEST_SHEET_NAME - len(str(number)) - 1)} {number}"
        number += 1
    return unique


def _cut_name(name: str, longest: int) -> str:
    """The name's beginning: a character beyond the first 65,536 counts twice, and is kept whole."""
    beginning = name.encode("utf-16-le")[: longest * 2]
    return beginning.decode("utf-16-le", errors="ignore").strip()


def print_rows(sheet: Any, paper: str, head: int, rows: int, columns: int) -> None:
    """Lets a sheet print on this paper, as wide as one page, with its row `head` of headings on
    every page; so many rows stand under the headings.
    """
    sheet.set_paper(PAPER_NUMBERS[paper])
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    last_row = head + max(rows, 1)
    sheet.print_area(0, 0, last_row, columns - 1)


def margin_text(text: str, longest: int = _LONGEST_MARGIN) -> str:
    """A text for a header or footer, cut to what fits: & is a command there, and a digit at the
    beginning would belong to the size before it.
    """
    plain = _BREAKS.sub(" ", text).strip()
    escaped = plain.replace("&", "&&")
    while len(escaped) > longest:
        plain = plain.removesuffix("…")[:-1].rstrip() + "…"
        escaped = plain.replace("&", "&&")
    return f" {escaped}" if escaped[:1].isdigit() else escaped


def margin_line(left: str, right: str) -> str:
    """A header or footer of two texts in small letters, as Excel's commands write it."""
    return f"&L&9{left}&R&9{right}"


def page_number(words: Words) -> str:
    """The page's number, as Excel's commands write it: "Halaman 1 dari 3"."""
    return f"{words.say('report.page')} &P {words.say('report.of')} &N"


def row_height(texts: Iterable[tuple[str, int]], least: int = 1) -> int:
    """The height in points of a row of wrapped texts; each text comes with the letters that a line
    of its cell holds.

    At least `least` lines, at most what Excel takes. LibreOffice does not find the height itself.
    """
    lines = [_count_lines(text, max(1, letters)) for text, letters in texts]
    return min(_LINE_HEIGHT * max([least, *lines]) + 4, _TALLEST_ROW)


@lru_cache(maxsize=4096)  # names of agencies and categories come again and again
def _count_lines(text: str, letters: int) -> int:
    lines = 0
    for part in text.split("\n"):
        lines += 1 if len(part) <= letters else len(wrap(part, letters))
    return lines
