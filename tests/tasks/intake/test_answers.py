"""Yes and no, in the words of screeners."""

import pandas as pd
import pytest

from tasks.intake import answers

YES = ["ya", "Ya.", "YES", "1", "lengkap", "Ada", "v", "x", "✓", "TRUE", "sudah", "memenuhi"]
YES += ["Memenuhi syarat", " ya ", "Ya, lengkap"]
NO = ["tidak", "Tidak lengkap", "tidak ada", "no", "0", "belum", "FALSE"]
NO += ["belum ada", "Tidak Memenuhi Syarat", "tdk", "✗", "TIDAK  LENGKAP"]
UNCLEAR = ["sebagian", "lihat catatan", "?", "ya tapi belum ditandatangani", "2", "-"]


@pytest.mark.parametrize(("words", "said"), [(YES, True), (NO, False)])
def test_what_screeners_write_is_yes_or_no(words, said):
    assert answers.read(pd.Series(words, dtype="str")).tolist() == [said] * len(words)


def test_what_is_empty_or_unclear_is_neither():
    read = answers.read(pd.Series([*UNCLEAR, None], dtype="str"))
    assert (str(read.dtype), read.isna().all()) == ("boolean", True)


def test_no_word_says_both():
    assert not answers.YES & answers.NO
