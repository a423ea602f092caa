"""What says that a file gives no table."""

from tasks.intake.files.unreadable import (
    LARGEST_FILE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    UnreadableFile,
)


def test_the_exception_holds_the_reason_and_what_its_sentence_shows():
    error = UnreadableFile("too_many_rows", rows=7, most=MOST_ROWS)
    assert (str(error), error.reason) == ("too_many_rows", "too_many_rows")
    assert error.params == {"rows": 7, "most": 300_000}


def test_a_sheet_of_the_busiest_year_is_far_within_the_limits():
    rows, columns = 3_000, 300
    assert (rows * 100, columns * 10) == (MOST_ROWS, MOST_COLUMNS)
    assert rows * columns * 20 < MOST_CELLS < LARGEST_FILE
