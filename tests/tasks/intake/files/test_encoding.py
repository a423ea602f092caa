"""The encoding of a text file is known by its bytes."""

import pytest

from tasks.intake.files.encoding import convert_to_utf8
from tasks.intake.files.unreadable import UnreadableFile

LATIN = "Judul;Instansi\nPosyandu “Café”;Dinas – Kota\n"
CHINESE = "標題,機關名稱,類別\n" + "社區健康照護服務創新計畫,衛生局,健康\n" * 20


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_text_in_latin_letters_is_read_from_each_encoding(encoding):
    assert convert_to_utf8(LATIN.encode(encoding)).decode() == LATIN


def test_chinese_text_in_big5_is_read():
    assert convert_to_utf8(CHINESE.encode("big5")).decode() == CHINESE


def test_the_lines_of_an_old_mac_are_in_its_own_encoding():
    text = "Judul\rCafé di Kelurahan\r"
    assert convert_to_utf8(text.encode("mac_roman")).decode() == text


@pytest.mark.parametrize(
    ("pasted", "letters"),
    [
        (b"\x93kutip\x94", "“kutip”"),
        (b"\x81", "\x81"),  # no letter of Windows-1252
        (b"\xf0\x9f\x98 ", "ðŸ˜ "),  # a letter of UTF-8 that was cut
        (b"\xf0\x9f\x8f ", "ð\x9f\x8f "),  # the same, with a byte that Windows-1252 has not
    ],
)
def test_bytes_of_another_program_among_letters_of_utf8_are_windows_1252(pasted, letters):
    before = "é ü ñ " * 20
    assert convert_to_utf8(before.encode() + pasted).decode() == before + letters


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UnreadableFile) as refused:
        convert_to_utf8(b"\xff\xfe\x00\xd8")  # half a letter of UTF-16
    assert refused.value.reason == "encoding"
