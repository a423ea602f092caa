"""Yes and no, in the words of screeners."""

import pandas as pd
import pytest

from tasks.intake.cells import answers

YES = ["ya", "Ya.", "YES", "1", "lengkap", "Ada", "v", "✓", "TRUE", "sudah", "memenuhi", "MS"]
YES += ["Memenuhi syarat", " ya ", "Ya, lengkap"]
NO = ["TMS", "BMS", "tidak", "Tidak lengkap", "tidak ada", "no", "0", "belum", "FALSE"]
NO += ["belum ada", "Tidak Memenuhi Syarat", "tdk", "✗", "TIDAK  LENGKAP"]
UNCLEAR = ["sebagian", "lihat catatan", "?", "ya tapi belum ditandatangani", "2", "-"]


def read(*words: str | None, exports: str = "") -> pd.Series:
    return answers.parse_answers(
        pd.Series(words, dtype="str"), pd.Series(list(exports or "a" * len(words)), dtype="str")
    )


@pytest.mark.parametrize(("words", "said"), [(YES, True), (NO, False)])
def test_what_screeners_write_is_yes_or_no(words, said):
    assert read(*words).tolist() == [said] * len(words)


def test_what_is_empty_or_unclear_is_neither():
    said = read(*UNCLEAR, None)
    assert (str(said.dtype), said.isna().all()) == ("boolean", True)


def test_no_word_says_both():
    assert set() == answers.YES_WORDS & answers.NO_WORDS


def test_an_x_is_a_tick_where_nothing_else_says_yes_and_may_be_a_cross_beside_a_tick():
    said = read("x", "X", None, "tidak", "v", "x", exports="aaaabb")
    assert said.astype("object").where(said.notna(), None).tolist() == [
        True,
        True,
        None,
        False,
        True,
        None,
    ]
