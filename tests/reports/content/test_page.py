"""Pages: content, its hash, the code on paper."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.content.page import Page, content_text, digest_code
from tests.small.results import office_edition

MASTHEAD = office_edition().masthead


@dataclass(frozen=True)
class Line:
    text: str
    count: int | None


@dataclass(frozen=True)
class Sheet(Page):
    template: ClassVar[str] = "sheet.html"
    lines: tuple[Line, ...] = ()


def sheet(
    *lines: Line,
    path: str = "phases/proposal/report",
    title: str = "Laporan",
    is_draft: bool = False,
) -> Sheet:
    return Sheet(MASTHEAD, path, title, is_draft, lines)


def test_equal_content_has_an_equal_code():
    assert sheet(Line("Kesehatan", 3)).code == sheet(Line("Kesehatan", 3)).code


def test_any_difference_that_a_reader_sees_changes_the_code():
    first = sheet(Line("Kesehatan", 3))
    others = [
        sheet(Line("Kesehatan", 4)),
        sheet(Line("kesehatan", 3)),
        sheet(Line("Kesehatan", None)),
        sheet(),
        sheet(Line("Kesehatan", 3), title="Laporan 2"),
        sheet(Line("Kesehatan", 3), is_draft=True),
        replace(first, masthead=replace(MASTHEAD, address="Jl. Tugu No. 2")),
    ]
    assert len({page.digest for page in [first, *others]}) == 8


def test_the_code_is_ten_readable_characters_in_two_fives():
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}", sheet().code)


def test_the_code_is_the_digest_s_first_fifty_bits():
    assert digest_code("0" * 64) == "22222-22222"
    assert digest_code("f" * 64) == "ZZZZZ-ZZZZZ"
    assert digest_code("8" + "0" * 63) == "J2222-22222"


@pytest.mark.parametrize(
    ("path", "root"),
    [("index", ""), ("agencies/DINKES", "../"), ("phases/proposal/report", "../../")],
)
def test_the_root_leads_back_to_the_run(path: str, root: str):
    assert sheet(path=path).root == root


def test_what_is_no_content_is_refused():
    with pytest.raises(TypeError, match="float is no content of a page"):
        content_text((1.5,))
    with pytest.raises(TypeError, match="list is no content"):
        content_text([1])


CONTENT = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.dates()
    | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=12,
)


@given(CONTENT, CONTENT)
def test_different_content_is_written_differently(one: object, other: object):
    same = repr(one) == repr(other)
    assert (content_text(one) == content_text(other)) == same


def test_a_moment_a_day_and_a_decimal_are_told_apart_from_their_texts():
    moment = datetime(2022, 3, 28, 1, tzinfo=UTC)
    texts = {
        content_text(v)
        for v in (moment, str(moment), date(2022, 3, 28), "2022-03-28", Decimal("87.50"), "87.50")
    }
    assert len(texts) == 6
