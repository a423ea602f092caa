"""A night does not depend on the orchestrator that shows it."""

from types import SimpleNamespace

import pytest
from prefect.exceptions import TerminationSignal

from flows.night.gather import Request
from flows.night.publish import RunDocuments
from flows.prefect import nightly, run_now
from tests.small.folder import ON_PAPER, copy_folder
from tests.small.night import AFTER, publish_data


@pytest.fixture
def request_(tmp_path, monkeypatch) -> Request:
    monkeypatch.setattr("reports.formats.pdf.warm_fork_server", lambda: None)
    monkeypatch.setattr(
        "flows.prefect.run_now._start_server", lambda: SimpleNamespace(join=lambda: None)
    )
    return Request(copy_folder(ON_PAPER, tmp_path / "kipp"), AFTER)


def test_where_prefect_does_not_answer_the_night_is_done_all_the_same(
    request_, monkeypatch, capsys
):
    def unreachable(*_, **__):
        raise RuntimeError("Failed to reach API\nat http://127.0.0.1:9/api/")

    monkeypatch.setattr(nightly, "nightly", unreachable)
    monkeypatch.setattr("flows.night.publish.make_documents", lambda *_: RunDocuments([], 0))

    assert run_now.launch_night(request_).state == "published"
    assert (request_.folder / "published" / "current" / "data" / "rankings.csv").exists()
    assert "http://127.0.0.1:9/api/" in capsys.readouterr().err


def test_what_was_published_before_prefect_went_stays_published(request_, monkeypatch, capsys):
    def goes_afterwards(*_, **__):
        publish_data(request_.folder)
        raise ConnectionError

    monkeypatch.setattr(nightly, "nightly", goes_afterwards)

    assert run_now.launch_night(request_).state == "unchanged"
    assert "ConnectionError" in capsys.readouterr().err


@pytest.mark.parametrize("end", [KeyboardInterrupt(), TerminationSignal(signal=15)])
def test_who_is_asked_to_end_does_not_begin_anew(request_, monkeypatch, end):
    def interrupted(*_, **__):
        try:
            raise end
        except BaseException:
            raise ConnectionError from None

    monkeypatch.setattr(nightly, "nightly", interrupted)

    with pytest.raises(KeyboardInterrupt):
        run_now.launch_night(request_)
