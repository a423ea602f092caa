"""What every workbook of ours has in common: how XlsxWriter is opened, names of sheets, paper,
texts on the margin.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from textwrap import wrap
from typing import Any

# A constant without a zone, as the format has it: bytes follow from content.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001
PAPER_NUMBERS = {
    "A4": 9,
    "F4": 14,
}  # XlsxWriter's numbers; 14 is Folio, 8.5 x 13 inches, what printers call F4
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
    """The names as Excel takes them: at most 31 characters, none of []:*?/\\', none twice; else as
    they are.
    """
    given: list[str] = []
    taken = {_RESERVED_NAME}
    for number, name in enumerate(names, start=1):
        plain = _cut_name(
            " ".join(name.translate(_FORBIDDEN_CHARACTERS).split()), LONGEST_SHEET_NAME
        ) or str(number)
        unique, again = plain, number
        while unique.casefold() in taken:
            unique = f"{_cut_name(plain, LONGEST_SHEET_NAME - len(str(again)) - 1)} {again}"
            again += 1
        taken.add(unique.casefold())
        given.append(unique)
    return given


def _cut_name(name: str, longest: int) -> str:
    """The name's beginning: a character beyond the first 65,536 counts twice, and is kept whole."""
    return name.encode("utf-16-le")[: longest * 2].decode("utf-16-le", errors="ignore").strip()


def margin_text(text: str, longest: int = _LONGEST_MARGIN) -> str:
    """Text for a header or footer: there & is a command, a digit belongs to the size before it, and
    little fits.
    """
    plain = _BREAKS.sub(" ", text).strip()
    told = plain.replace("&", "&&")
    while len(told) > longest:
        plain = plain.removesuffix("…")[:-1].rstrip() + "…"
        told = plain.replace("&", "&&")
    return f" {told}" if told[:1].isdigit() else told


def row_height(texts: Iterable[tuple[str, int]], least: int = 1) -> int:
    """The height in points of a row of wrapped texts, each with the letters that a line of its cell
    holds.

    At least `least` lines, at most what Excel takes. LibreOffice does not find it by itself.
    """
    lines = max([least, *(_count_lines(text, max(1, letters)) for text, letters in texts)])
    return min(_LINE_HEIGHT * lines + 4, _TALLEST_ROW)


@lru_cache(maxsize=4096)  # of agencies and categories, again and again
def _count_lines(text: str, letters: int) -> int:
    return sum(1 if len(part) <= letters else len(wrap(part, letters)) for part in text.split("\n"))
