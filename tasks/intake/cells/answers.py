"""Yes and no as screeners write them -> booleans. Computes."""

import pandas as pd

from tasks.names import titles

YES_WORDS = frozenset(
    (
        "ya",
        "yes",
        "y",
        "iya",
        "v",
        "1",
        "true",
        "benar",
        "lengkap",
        "ada",
        "sudah",
        "memenuhi",
        "sesuai",
        "ok",
        "oke",
        "lulus",
        "valid",
        "complete",
        "present",
        "met",
        "fulfilled",
        "done",
        "terpenuhi",
        "terlampir",
        "tersedia",
        "available",
        "passed",
        "pass",
        "✓",
        "✔",
        "☑",
        "√",
        "memenuhi syarat",
        "sudah ada",
        "sudah lengkap",
        "ya lengkap",
        "ya ada",
        "ada lengkap",
        "ms",
    )
)
NO_WORDS = frozenset(
    (
        "tidak",
        "no",
        "n",
        "tdk",
        "0",
        "false",
        "salah",
        "belum",
        "kurang",
        "incomplete",
        "absent",
        "missing",
        "gagal",
        "invalid",
        "failed",
        "fail",
        "✗",
        "✘",
        "☒",
        "tidak lengkap",
        "tidak ada",
        "belum ada",
        "belum lengkap",
        "tidak memenuhi",
        "tidak memenuhi syarat",
        "belum memenuhi",
        "tidak sesuai",
        "belum sesuai",
        "kurang lengkap",
        "tidak terlampir",
        "tidak tersedia",
        "tidak lulus",
        "tidak terpenuhi",
        "belum terpenuhi",
        "tdk ada",
        "tdk lengkap",
        "tdk memenuhi",
        "not met",
        "not complete",
        "not available",
        "not present",
        "not fulfilled",
        "not passed",
        "tms",
        "bms",  # (tidak, belum) memenuhi syarat
    )
)


def parse_answer(text: str) -> bool | None:
    """Yes or no; None where it is neither."""
    said = titles.title_key(text) or text.strip()
    return True if said in YES_WORDS else False if said in NO_WORDS else None


def parse_answers(texts: pd.Series, exports: pd.Series) -> pd.Series:
    """The answer of each text (boolean), NA where it is empty or unclear. An x is a tick in an
    export that says yes with nothing else; beside a v it may be a cross, and is unclear. `exports`:
    which one each text is of.
    """
    said = texts.map({text: parse_answer(text) for text in texts.dropna().unique()}).astype(
        "boolean"
    )
    has_other_yes = (
        said.fillna(False).groupby(exports, dropna=False).transform("any").astype("bool")
    )
    is_tick = texts.str.strip().str.casefold().eq(_CROSS_LETTER) & ~has_other_yes
    return said.mask(is_tick, True)


_CROSS_LETTER = "x"
