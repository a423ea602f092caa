"""Codes become names of files and folders: which of them are safe on every disk, and when two are
the same.

A safe code is made of ASCII letters, digits, `.`, `_` and `-`, begins with a letter or digit, and
is no name that Windows keeps for itself
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
"""

import re

_SAFE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_WINDOWS_NAMES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
LONGEST_CODE = 64

# The program's own files stand beside those named after a code (interface.md section 5).
TAKEN_CATEGORY_CODES = frozenset(
    {"report", "minutes", "announcement", "fairness", "index"}
)  # phases/<phase>/
TAKEN_AGENCY_CODES = frozenset({"index", "report"})  # agencies/


def is_safe(code: str) -> bool:
    """Whether the code can be the name of a file on any disk."""
    return (
        _SAFE_CODE.fullmatch(code) is not None
        and len(code) <= LONGEST_CODE
        and not code.endswith(".")
        and code.split(".", 1)[0].lower() not in _WINDOWS_NAMES
    )


def fold_text(text: str) -> str:
    """What two codes or names have in common when a reader would take them for the same: no case,
    no punctuation.
    """
    return re.sub(r"[\W_]+", "", text.casefold())
