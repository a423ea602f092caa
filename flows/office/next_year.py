"""Last year's competition.toml for the next year, with its comments.

The lines are edited and not the values, so that comments and layout stay.
"""

import re
import tomllib
from typing import Any

from tasks.errors import CallError, ErrorMessage

_YEAR = re.compile(r"^(year\s*=\s*)(\d{4})", re.MULTILINE)
_DATE = re.compile(r"^([ \t]*)((?:opens|closes)\s*=\s*)(\d{4})(-\d\d-\d\d\S*)", re.MULTILINE)
_PLACES = re.compile(r"^([ \t]*)((?:inbox|published)\s*=\s*\S)", re.MULTILINE)
_FINAL = re.compile(r"^(\s*final\s*=\s*)\[[^\]]*\]", re.MULTILINE)
_DOCUMENTS = re.compile(r"^\[documents\.[^\n]*\n(?:(?!\s*\[)[^\n]*\n?)*", re.MULTILINE)


def advance_rules(text: str) -> str:
    """The rules of the next year.

    Every date is a comment to be filled in; nothing is signed, and no document has a number. The
    addresses of inbox and published are comments, too, so that the new year does not read or write
    those of the old year.

    Raises CallError for a layout that cannot be edited line by line.
    """
    tree = tomllib.loads(text)
    lines = _YEAR.sub(_next_year_line, text, count=1)
    lines = _DATE.sub(_comment_date, lines)
    lines = _PLACES.sub(r"\1# \2", lines)
    lines = _FINAL.sub(r"\1[]", lines)
    lines = _DOCUMENTS.sub("", lines)
    if _parse_toml(lines) != _expected_rules(tree):
        raise CallError(ErrorMessage("new.layout", "competition.toml", {"year": tree["year"]}))
    return lines


def _next_year_line(line: re.Match[str]) -> str:
    return f"{line[1]}{int(line[2]) + 1}"


def _comment_date(line: re.Match[str]) -> str:
    """The line as a comment with the date of a year later."""
    indent, key, year, rest = line.groups()
    return f"{indent}# {key}{int(year) + 1}{rest.replace('-02-29', '-02-28', 1)}"


def _parse_toml(text: str) -> dict[str, Any] | None:
    """The values of the text; None where the text is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _expected_rules(tree: dict[str, Any]) -> dict[str, Any]:
    """The values that the edited lines must have."""
    expected = tree | {"year": tree["year"] + 1}
    expected.pop("documents", None)
    expected["phases"] = [_without_keys(phase, ("opens", "closes")) for phase in tree["phases"]]
    if "storage" in tree:
        expected["storage"] = _without_keys(tree["storage"], ("inbox", "published"))
    if "final" in tree.get("publication", {}):
        expected["publication"] = tree["publication"] | {"final": []}
    return expected


def _without_keys(values: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys}
