"""JSON in pieces is the same text as JSON made at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.messages import json_rows
from flows.messages.json_rows import LazyRows

ROWS = st.lists(
    st.dictionaries(st.text(max_size=5), st.text(max_size=8), min_size=1, max_size=3), max_size=5
)


@given(
    ROWS,
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=3),
    st.lists(st.none(), max_size=2),
)
def test_pieces_are_the_text_of_the_whole(
    rows: list[dict[str, str]], counts: dict[str, int], more: list[None]
) -> None:
    text = "".join(
        json_rows.json_pieces({"counts": counts, "rows": LazyRows(rows), "more": more, "run": None})
    )

    whole = {"counts": counts, "rows": rows, "more": more, "run": None}
    assert text == json.dumps(whole, ensure_ascii=False, indent=2)


def test_more_rows_than_a_piece_has_are_all_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "_ROWS_PER_PIECE", 2)
    rows = [{"number": str(number)} for number in range(5)]

    pieces = list(
        json_rows.json_pieces({"rows": LazyRows(rows, lambda row: {"doubled": row["number"] * 2})})
    )

    assert len(pieces) > 4
    assert json.loads("".join(pieces)) == {"rows": [{"doubled": row["number"] * 2} for row in rows]}


def test_pieces_in_bytes_end_with_a_line() -> None:
    assert b"".join(json_rows.encode_pieces(["{", "é", "}"])) == "{é}\n".encode()
