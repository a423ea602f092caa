"""A link to a table, as a file of the inbox: how Windows, macOS and a text editor write an address.

An official who drags an address from the browser into the inbox gets such a file. What a link leads
to is fetched in linked_tables.py.
"""

import plistlib
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tasks.disk.time_limits import Unreachable

LINK_SUFFIXES = (".url", ".webloc")
LONGEST_LINK_BYTES = 1 << 16
_URL_LINE = re.compile(r"^\s*URL\s*=\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_ADDRESS_LINE = re.compile(r"^\s*([a-z][a-z0-9+.-]*:\S+)\s*$", re.IGNORECASE | re.MULTILINE)


def is_link(name: str) -> bool:
    """Whether a file of the inbox is a link, by its name: its content cannot tell it from a table
    of one cell.
    """
    return PurePosixPath(name).suffix.lower() in LINK_SUFFIXES


def link_address(content: bytes, name: str) -> str:
    """The http(s) address in the file. Raises Unreachable where there is none, or one that holds a
    password.
    """
    address = _plist_address(content) or _text_address(_decode_text(content))
    if not address:
        raise Unreachable("link_none", name)
    try:
        parts = urlsplit(address)
    except ValueError:
        raise Unreachable("link_none", name) from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise Unreachable("link_scheme", address, scheme=parts.scheme)
    if parts.username is not None:
        raise Unreachable("link_secret", address)
    return address


def table_suffix(start: bytes) -> str:
    """The ending of the name of a table that starts with these bytes, so that an office program
    opens the table.
    """
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return ".xls"
    if start.startswith(b"PK"):
        return ".ods" if b"opendocument" in start[:100] else ".xlsx"
    return ".csv"


def _plist_address(content: bytes) -> str:
    """The address in a shortcut of macOS, "" in any other file."""
    if not content.startswith((b"bplist", b"<?xml")):
        return ""
    try:
        values = plistlib.loads(content)
    except Exception:  # whatever its parsers raise, it is no shortcut
        return ""
    return str(values.get("URL", "")).strip() if isinstance(values, dict) else ""


def _text_address(text: str) -> str:
    line = _URL_LINE.search(text) or _ADDRESS_LINE.search(text)
    return line[1] if line else ""


def _decode_text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
