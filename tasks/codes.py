"""Codes that become names of files and folders: which of them are safe on every disk, and when two
codes are the same.

A safe code is made of ASCII letters, digits, `.`, `_` and `-`, begins with a letter or digit, and
is no name that Windows keeps for itself
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
"""

import re

_SAFE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_WINDOWS_PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
_WINDOWS_NAMES = {"con", "prn", "aux", "nul"} | _WINDOWS_PORTS
LONGEST_CODE = 64  # characters

# In phases/<phase>/ and in agencies/ files are named after codes; the program's own files are in
# the same folders (interface.md section 5).
TAKEN_CATEGORY_CODES = frozenset({"report", "minutes", "announcement", "fairness", "index"})
TAKEN_AGENCY_CODES = frozenset({"index", "report"})


def is_safe_code(code: str) -> bool:
    """Whether the code can be the name of a file on any disk."""
    return (
        _SAFE_CODE.fullmatch(code) is not None
        and len(code) <= LONGEST_CODE
        and not code.endswith(".")
        and code.split(".", 1)[0].lower() not in _WINDOWS_NAMES
    )


def fold_text(text: str) -> str:
    """The text without case and punctuation: equal for two codes or names that a reader would take
    for the same.
    """
    return re.sub(r"[\W_]+", "", text.casefold())
