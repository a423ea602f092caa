"""What sources gave last, for the day they give nothing."""

import json

import pytest

from tasks.disk.last_good import FETCHED_FILE, FetchedCopy, LastGoodCopies

SHA, OTHER = "a" * 64, "b" * 64
FIRST = FetchedCopy(SHA, "2022-03-01T18:00:00+00:00")
LATER = FetchedCopy(OTHER, "2022-03-02T18:00:00+00:00")


@pytest.fixture
def last(tmp_path) -> LastGoodCopies:
    (tmp_path / "raw").mkdir()
    for sha in (SHA, OTHER):
        (tmp_path / "raw" / sha).write_bytes(b"copy")
    return LastGoodCopies(tmp_path)


def test_before_the_first_there_is_none(last):
    assert last.copies_from("s3://kipp/inbox") == {}


def test_what_is_remembered_is_there(last):
    last.remember({"s3://kipp/inbox": {"submissions/a.csv": FIRST}})
    assert last.copies_from("s3://kipp/inbox") == {"submissions/a.csv": FIRST}


def test_what_an_address_gives_now_takes_the_place_of_what_it_gave(last):
    last.remember(
        {
            "s3://kipp/inbox": {"submissions/a.csv": FIRST, "submissions/b.csv": FIRST},
            "other": {"c": FIRST},
        }
    )
    last.remember({"s3://kipp/inbox": {"submissions/a.csv": LATER}})
    assert (last.copies_from("s3://kipp/inbox"), last.copies_from("other")) == (
        {"submissions/a.csv": LATER},
        {"c": FIRST},
    )


def test_a_copy_that_is_gone_is_none(last):
    last.remember({"s3://kipp/inbox": {"submissions/a.csv": FIRST, "submissions/b.csv": LATER}})
    (last.kipp / "raw" / SHA).unlink()
    assert last.copies_from("s3://kipp/inbox") == {"submissions/b.csv": LATER}


def test_no_address_is_written_down(last):
    last.remember({"https://host/a.csv?token=rahasia": {"submissions/a.url.csv": FIRST}})
    assert "rahasia" not in (last.kipp / FETCHED_FILE).read_text()


def test_nothing_to_remember_writes_nothing(last):
    last.remember({})
    assert not (last.kipp / FETCHED_FILE).exists()


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null"])
def test_damaged_notes_are_begun_anew(last, damaged):
    (last.kipp / FETCHED_FILE).write_text(damaged)
    assert last.copies_from("s3://kipp/inbox") == {}
    last.remember({"s3://kipp/inbox": {"submissions/a.csv": FIRST}})
    assert len(json.loads((last.kipp / FETCHED_FILE).read_text())) == 1
