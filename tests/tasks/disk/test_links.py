"""What an office saves of an address, and what is in it."""

import plistlib

import pytest

from tasks.disk.links import is_link, link_address, table_suffix
from tasks.disk.time_limits import Unreachable

SHEET = "https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?gid=0&single=true&output=csv"
SAVED = {
    "Windows": f"[InternetShortcut]\r\nURL={SHEET}\r\n".encode(),
    "Windows with more in it": f"[{{000214A0}}]\r\nProp3=19,"
    f"2\r\n[InternetShortcut]\r\nURL={SHEET}\r\n".encode(),
    "one line of a text editor": SHEET.encode(),
    "a line with blanks and a line break": f"  {SHEET}  \r\n".encode(),
    "Notepad with its mark": b"\xef\xbb\xbf" + SHEET.encode(),
    "Notepad as Unicode": f"[InternetShortcut]\r\nURL={SHEET}".encode("utf-16"),
    "a remark above": f"Jawaban formulir:\n{SHEET}\n".encode(),
    "macOS": plistlib.dumps({"URL": SHEET}),
    "macOS, binary": plistlib.dumps({"URL": SHEET}, fmt=plistlib.FMT_BINARY),
}


def _cause(content: bytes) -> str:
    with pytest.raises(Unreachable) as failure:
        link_address(content, "submissions/formulir.url")
    return failure.value.cause


@pytest.mark.parametrize("kind", SAVED)
def test_the_address_is_found_in_what_programs_save(kind):
    assert link_address(SAVED[kind], "submissions/formulir.url") == SHEET


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nanti diisi",
        b"[InternetShortcut]\nURL=\n",
        b"\0\1",
        b"<?xml version='1.0'?><a/>",
        b"bplist00",
        b"http://[x",
    ],
)
def test_a_file_without_an_address_says_so(content):
    assert _cause(content) == "link_none"


@pytest.mark.parametrize(
    "content",
    [b"file:///etc/passwd", b"URL=ftp://host/a.csv", b"https:///a.csv", b"s3://kipp/a.csv"],
)
def test_an_address_of_another_kind_is_not_followed(content):
    assert _cause(content) == "link_scheme"


def test_a_password_does_not_belong_in_a_link():
    assert _cause(b"https://juri:rahasia@host/a.csv") == "link_secret"


def test_many_entities_are_no_shortcut():
    entities = b'<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    bomb = b'<?xml version="1.0"?>' + entities + b"<plist><string>&b;</string></plist>"
    assert _cause(bomb) == "link_none"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("submissions/formulir.url", True),
        ("a.URL", True),
        ("a.webloc", True),
        ("a.csv", False),
        ("url", False),
    ],
)
def test_a_link_is_told_by_its_name(name, expected):
    assert is_link(name) is expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"Timestamp,Judul", ".csv"),
        (b"", ".csv"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", ".xlsx"),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            ".ods",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
    ],
)
def test_what_came_is_called_what_it_is(start, expected):
    assert table_suffix(start) == expected
