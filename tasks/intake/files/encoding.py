"""The bytes of a text file in any encoding -> the same text in UTF-8."""

import codecs
import re

from charset_normalizer import from_bytes

from tasks.intake.files.unreadable import UnreadableFile

_PIECE = 1 << 18  # bytes looked at at a time
_START_BYTES = 2_000  # bytes that show UTF-16
_SAMPLE_BYTES = 60_000  # bytes that show the encoding of another script
_MOST_SAMPLE_BYTES = 4_000_000  # bytes that show UTF-8 with other bytes among its letters
# Share of the letters beyond ASCII that may be none of UTF-8 in a text of UTF-8.
_STRAY_LETTERS_SHARE = 0.2
# Share of letters beyond ASCII from which on a text is hardly in a Latin script.
_FOREIGN_LETTERS_SHARE = 0.15

_ASCII_BYTES = bytes(range(128))
_BEYOND_ASCII = b" " * 128 + bytes(range(128, 256))
_NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_MAC_LETTER = re.compile(rb"[A-Za-z][\x87\x8d-\x90\x9f]")
_LATIN_LETTER = re.compile(rb"[\xc0-\xff]")
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# Python decodes a byte that is no UTF-8 to a surrogate of its own, U+DC80 to U+DCFF. A cut letter
# of UTF-8 is a run of up to three of these: its bytes are of one encoding.
_ESCAPED_BYTES = re.compile(
    "\udcf0[\udc90-\udcbf][\udc80-\udcbf]|[\udcf1-\udcf3][\udc80-\udcbf]{2}"
    "|\udcf4[\udc80-\udc8f][\udc80-\udcbf]|[\udc80-\udcff]"
)


def convert_to_utf8(content: bytes) -> bytes:
    """The same text as UTF-8 without a byte order mark.

    The content is UTF-8, UTF-16 of both byte orders, Windows-1252, or else as detected. Raises
    UnreadableFile.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _recode_text(content, "utf-16")
    utf16 = _utf16_encoding(content[:_START_BYTES])
    if utf16:
        return _recode_text(content, utf16)
    text = content.removeprefix(b"\xef\xbb\xbf")
    if text.isascii() or _is_utf8(text):
        return text
    if _is_nearly_utf8(text):
        return _mend_utf8(text)
    return _recode_text(text, _legacy_encoding(text))


def _recode_text(content: bytes, encoding: str) -> bytes:
    try:
        return content.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except UnicodeError as error:
        raise UnreadableFile("encoding") from error


def _is_utf8(content: bytes) -> bool:
    # In pieces, to save memory and the time to take it.
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(content: bytes) -> bool:
    """Whether bytes beyond ASCII are letters of UTF-8 but for a few, as where a line was pasted in
    another program.
    """
    beyond = b" ".join(content[:_MOST_SAMPLE_BYTES].translate(_BEYOND_ASCII).split())
    letters = len(_UTF8_LETTER.findall(beyond))
    others = len(_UTF8_LETTER.sub(b"", beyond).translate(None, _ASCII_BYTES))
    return letters > 0 and others <= _STRAY_LETTERS_SHARE * (letters + others) + 1


def _mend_utf8(content: bytes) -> bytes:
    """UTF-8 in which the bytes that are none are read as Windows-1252."""
    text = content.decode("utf-8", "surrogateescape")
    return _ESCAPED_BYTES.sub(_decode_escaped, text).encode("utf-8")


def _decode_escaped(escaped: re.Match[str]) -> str:
    content = escaped[0].encode("utf-8", "surrogateescape")
    return content.decode("cp1252" if _is_cp1252(content) else "latin-1")


def _utf16_encoding(start: bytes) -> str | None:
    """The byte order of UTF-16, by its zero bytes: in Latin text every second byte is one, and only
    those. None for a text that is no UTF-16.
    """
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half < 4 or max(even, odd) < 0.7 * half or min(even, odd) > 0.05 * half:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _legacy_encoding(content: bytes) -> str:
    """Windows-1252, as Indonesian Excel saves, unless the bytes are no such text or plainly those
    of another script; Mac Roman where lines end as those of an old Mac do.
    """
    if _is_mac_roman(content):
        return "mac_roman"
    is_cp1252 = _is_cp1252(content)
    sample = content[:_SAMPLE_BYTES]
    beyond = len(sample.translate(None, _ASCII_BYTES))
    if beyond > _FOREIGN_LETTERS_SHARE * len(sample) or not is_cp1252:
        guess = from_bytes(sample).best()
        if guess is not None and guess.encoding not in ("ascii", "utf_8"):
            return guess.encoding
    if not is_cp1252:
        raise UnreadableFile("encoding")
    return "cp1252"


def _is_mac_roman(content: bytes) -> bool:
    """Whether lines end with \\r alone, and letters stand where Windows has other signs."""
    if b"\n" in content or b"\r" not in content:
        return False
    return bool(_MAC_LETTER.search(content)) and not _LATIN_LETTER.search(content)


def _is_cp1252(content: bytes) -> bool:
    return not any(byte in content for byte in _NOT_CP1252)
