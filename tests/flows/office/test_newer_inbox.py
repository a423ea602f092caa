"""An inbox that is newer than the published run is said once and printed; an older one is not."""

from pathlib import Path

from flows.night.gather import Request, published_runs
from flows.office import newer_inbox
from tasks.disk.folder import load_competition
from tasks.disk.inbox import PulledInbox, RefusedFile
from tasks.words import Words
from tests.small.folder import ON_PAPER, copy_folder
from tests.small.night import publish_data


def _notice(folder: Path) -> str:
    request, competition = Request(folder), load_competition(folder)
    manifest = published_runs(request, competition).manifest()
    assert manifest is not None
    return newer_inbox.newer_inbox_notice(request, competition, manifest)


def test_an_unchanged_inbox_has_no_notice(tmp_path, capsys):
    folder = copy_folder(ON_PAPER, tmp_path / "kipp")
    publish_data(folder)
    assert (_notice(folder), capsys.readouterr().err) == ("", "")


def test_a_newer_inbox_is_said_on_standard_error_and_given_to_be_printed(tmp_path, capsys):
    folder = copy_folder(ON_PAPER, tmp_path / "kipp")
    publish_data(folder)
    (folder / "inbox" / "submissions" / "baru.csv").write_text("Judul inovasi\nA\n")
    as_of = "1 Juni 2022 pukul 23.59 WIB"
    assert _notice(folder) == Words("id").say("flows.newer_inbox.printed", as_of=as_of)
    sentence = Words("id").say("flows.newer_inbox", as_of=as_of)
    assert capsys.readouterr().err == f"{sentence}\n"


def test_an_inbox_that_cannot_be_reached_has_no_notice(tmp_path, capsys, monkeypatch):
    folder = copy_folder(ON_PAPER, tmp_path / "kipp")
    publish_data(folder)
    unreachable = PulledInbox(refused=[RefusedFile("inbox", "gone")])
    monkeypatch.setattr(newer_inbox, "pull_inbox", lambda *_, **__: unreachable)
    assert (_notice(folder), capsys.readouterr().err) == ("", "")
