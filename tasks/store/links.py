"""A link to a table, as a file of the inbox: what Windows, macOS and a text editor write of an
address. Computes.

An official who drags an address from the browser into the inbox gets such a file.
"""

import plistlib
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tasks.store.reaching import Unreachable

SUFFIXES = (".url", ".webloc")
LONGEST = 1 << 16
_KEY = re.compile(r"^\s*URL\s*=\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"^\s*([a-z][a-z0-9+.-]*:\S+)\s*$", re.IGNORECASE | re.MULTILINE)


def is_link(name: str) -> bool:
    """Whether a file of the inbox is a link, by its name: its content cannot tell it from a table
    of one cell.
    """
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def address(content: bytes, name: str) -> str:
    """The http(s) address in the file. Raises Unreachable where there is none, or one that holds a
    password.
    """
    found = _of_plist(content) or _of_text(_text(content))
    if not found:
        raise Unreachable("link_none", name)
    try:
        parts = urlsplit(found)
    except ValueError:
        raise Unreachable("link_none", name) from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise Unreachable("link_scheme", found, scheme=parts.scheme)
    if parts.username is not None:
        raise Unreachable("link_secret", found)
    return found


def suffix(start: bytes) -> str:
    """What a table of these first bytes is called at the end, so that a program of the office opens
    it.
    """
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return ".xls"
    if start.startswith(b"PK"):
        return ".ods" if b"opendocument" in start[:100] else ".xlsx"
    return ".csv"


def _of_plist(content: bytes) -> str:
    """The address in a shortcut of macOS, "" in any other file."""
    if not content.startswith((b"bplist", b"<?xml")):
        return ""
    try:
        values = plistlib.loads(content)
    except Exception:  # whatever its parsers raise, it is no shortcut
        return ""
    return str(values.get("URL", "")).strip() if isinstance(values, dict) else ""


def _of_text(text: str) -> str:
    found = _KEY.search(text) or _ADDRESS.search(text)
    return found[1] if found else ""


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
