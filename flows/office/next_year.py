"""Last year's competition.toml for the next year, with its comments. Computes; touches nothing.

Lines are edited and not values, so that the author finds the file as it was left.
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
    """The rules of the year after: every date a comment to be filled in, nothing signed, no letter
    numbers.

    Where exports come from and reports go to is a comment, too: the new year does not read or write
    the old one's.

    Raises CallError where the file is laid out in a way that this cannot be done line by line.
    """
    year = tomllib.loads(text)["year"]
    lines = _YEAR.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", text, count=1)
    lines = _DATE.sub(_comment_date, lines)
    lines = _DOCUMENTS.sub("", _FINAL.sub(r"\1[]", _PLACES.sub(r"\1# \2", lines)))
    if _parse_toml(lines) != _expected_rules(tomllib.loads(text)):
        raise CallError(ErrorMessage("new.layout", "competition.toml", {"year": year}))
    return lines


def _comment_date(date: re.Match[str]) -> str:
    indent, key, year, rest = date.groups()
    return f"{indent}# {key}{int(year) + 1}{rest.replace('-02-29', '-02-28', 1)}"


def _parse_toml(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _expected_rules(tree: dict[str, Any]) -> dict[str, Any]:
    """What the edited lines must say."""
    phases = [
        {key: v for key, v in phase.items() if key not in ("opens", "closes")}
        for phase in tree["phases"]
    ]
    rest = {key: value for key, value in tree.items() if key != "documents"}
    if "storage" in tree:
        rest["storage"] = {key: value for key, value in tree["storage"].items() if key == "history"}
    if "final" in tree.get("publication", {}):
        rest["publication"] = tree["publication"] | {"final": []}
    return rest | {"year": tree["year"] + 1, "phases": phases}
