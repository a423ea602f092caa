"""Yes and no in the words of screeners -> booleans."""

import pandas as pd

from tasks.names import titles

_YES = (
    "ya, yes, y, iya, v, 1, true, benar, lengkap, ada, sudah, memenuhi, sesuai, ok, oke, "
    "lulus, valid, complete, present, met, fulfilled, done, terpenuhi, terlampir, tersedia, "
    "available, passed, pass, ✓, ✔, ☑, √, memenuhi syarat, sudah ada, sudah lengkap, "
    "ya lengkap, ya ada, ada lengkap, ms"
)
_NO = (
    "tidak, no, n, tdk, 0, false, salah, belum, kurang, incomplete, absent, missing, gagal, "
    "invalid, failed, fail, ✗, ✘, ☒, tidak lengkap, tidak ada, belum ada, belum lengkap, "
    "tidak memenuhi, tidak memenuhi syarat, belum memenuhi, tidak sesuai, belum sesuai, "
    "kurang lengkap, tidak terlampir, tidak tersedia, tidak lulus, tidak terpenuhi, "
    "belum terpenuhi, tdk ada, tdk lengkap, tdk memenuhi, not met, not complete, "
    "not available, not present, not fulfilled, not passed, tms, bms"
)
YES_WORDS = frozenset(_YES.split(", "))
# tms, bms: tidak, belum memenuhi syarat
NO_WORDS = frozenset(_NO.split(", "))
_CROSS_LETTER = "x"


def parse_answer(text: str) -> bool | None:
    """True for yes, False for no, None for a text that is neither."""
    words = titles.title_key(text) or text.strip()
    if words in YES_WORDS:
        return True
    return False if words in NO_WORDS else None


def parse_answers(texts: pd.Series, exports: pd.Series) -> pd.Series:
    """The answer of each text (boolean), NA for an empty or unclear text.

    `exports` names the export of each text. The letter x is a tick in an export without another
    word for yes. In an export that also has a v, the x may be a cross: the answer is unclear.
    """
    by_text = {text: parse_answer(text) for text in texts.dropna().unique()}
    answers = texts.map(by_text).astype("boolean")
    is_yes = answers.fillna(False)
    has_other_yes = is_yes.groupby(exports, dropna=False).transform("any").astype("bool")
    is_cross = texts.str.strip().str.casefold().eq(_CROSS_LETTER)
    return answers.mask(is_cross & ~has_other_yes, True)
