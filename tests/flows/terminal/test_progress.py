"""The night at a terminal: what it came to, and no bar where there is no terminal."""

import pytest

from flows.night.outcome import NightOutcome
from flows.terminal.progress import progress_bar, word_outcome
from tasks.words import Words

COUNTS = {"rows": 1204, "accepted": 3, "warning": 0}


def test_an_outcome_is_its_run_its_counts_its_documents_and_where_to_look() -> None:
    outcome = NightOutcome("published", "20220515-ab", "/lomba/published", 1300, 7, COUNTS)
    assert word_outcome(outcome, Words("id")).splitlines() == [
        "Diterbitkan: 20220515-ab",
        "  Baris yang masuk: 1.204",
        "  Inovasi diterima: 3",
        "  Peringatan: 0",
        "  Dokumen: 1.300, 7 di antaranya dibuat baru",
        "Lihat: /lomba/published/index.html",
    ]


def test_a_night_with_nothing_new_names_the_run_that_stays() -> None:
    outcome = NightOutcome("unchanged", "20220515-ab", "/lomba/published")
    first = word_outcome(outcome, Words("id")).splitlines()[0]
    assert first == "Tidak ada yang baru; terbitan 20220515-ab tetap berlaku."


def test_no_bar_is_drawn_where_standard_error_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress_bar(Words("id")) as show:
        show("documents", 0, 2)
        show("documents", 2, 2)
    assert capsys.readouterr() == ("", "")
