"""Sources in the night: where exports come from, what is said when they do not come, and that an
archive repeats it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.night.gather import Request
from flows.night.night import run_night
from flows.night.outcome import NightOutcome
from flows.office import check
from flows.office.archive import make_archive
from flows.office.verify import verify_bag
from flows.terminal import command
from reports.formats import pdf
from tasks.disk import time_limits
from tasks.disk.storage import RemoteStorage, read_file
from tasks.errors import NotPublished
from tasks.words import Words
from tests.loopback import Loopback, served
from tests.small.folder import FILES, write_files

FORM = FILES["inbox/submissions/formulir.csv"].encode()
LATER_FORM = FORM + b"14/03/2022 09:00:00,Taman Baca,Badan Gama,Dua\n"
OLDER = "Sumber yang tidak dapat dihubungi"
SHEET = "/pub?token=rahasia"
LINK = "inbox/submissions/formulir.url"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between two askings."""
    monkeypatch.setattr(time_limits.time, "sleep", lambda seconds: None)


def _linked(folder: Path, web: Loopback) -> Path:
    """The competition with a link in place of its form's export."""
    write_files(folder, FILES | {LINK: f"[InternetShortcut]\nURL={web.url}{SHEET}\n"})
    (folder / "inbox/submissions/formulir.csv").unlink()
    web.gives(SHEET, FORM)
    return folder


def _night(folder: Path, as_of: str = "2022-05-15") -> NightOutcome:
    return run_night(Request(folder, as_of), wait_seconds=0)


# Five nights of one competition


@dataclass
class Night:
    """What one night left: its outcome, the files of the published run, the bureau's page and
    checked.json.
    """

    outcome: NightOutcome
    run: dict[str, bytes]
    bureau: str
    checked: dict[str, object]

    def saying(self, text: str) -> list[str]:
        """The pages, on a screen or on paper, that say this."""
        return sorted(
            n for n, c in self.run.items() if n.endswith((".html", ".pdf")) and text.encode() in c
        )


@dataclass
class Nights:
    """The nights of a form that is published as a sheet: it answers, is down twice, and answers
    again with more.

    `verified`: what is said of the archive of the second night, and how often its source was asked
    meanwhile.
    """

    url: str
    good: Night
    down: Night
    still_down: Night
    back: Night
    bag: Path
    verified: tuple[str, int]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    with served() as web, pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            pdf,
            "render_pdfs",
            lambda orders, workers=None, progress=None: [o.html.encode() for o in orders],
        )
        patch.setattr(time_limits.time, "sleep", lambda seconds: None)
        folder = _linked(tmp_path_factory.mktemp("nights") / "lomba", web)
        good = _looked_at(folder, "2022-05-15")
        web.gives(SHEET, b"", status=503)
        (folder / "inbox" / "catatan.txt").write_text("misplaced")
        down = _looked_at(folder, "2022-05-16")
        asked = len(web.asked)
        bag = make_archive(Request(folder), folder.with_name("bag"))
        verified = verify_bag(bag, True, Words("en"))[-1], len(web.asked) - asked
        web.gives(SHEET, b"", status=404)
        still_down = _looked_at(folder, "2022-05-17")
        web.gives(SHEET, LATER_FORM)
        yield Nights(
            web.url, good, down, still_down, _looked_at(folder, "2022-05-18"), bag, verified
        )


def _looked_at(folder: Path, as_of: str) -> Night:
    outcome = _night(folder, as_of)
    run = (folder / "published" / "current").resolve()
    files = {
        file.relative_to(run).as_posix(): file.read_bytes()
        for file in run.rglob("*")
        if file.is_file()
    }
    checked = json.loads((folder / "published" / "checked.json").read_bytes())
    return Night(
        outcome, files, (folder / "published" / "index.html").read_text(encoding="utf-8"), checked
    )


def test_a_link_s_table_is_published_and_its_address_is_not(nights):
    assert nights.good.outcome.counts["received"] == 4
    assert b"submissions/formulir.url.csv" in nights.good.run["data/exports.csv"]
    assert [
        name for name, content in nights.good.run.items() if nights.url.encode() in content
    ] == []


def test_no_run_and_no_page_of_the_bureau_holds_the_key_of_an_address(nights):
    for night in (nights.good, nights.down, nights.still_down, nights.back):
        assert [name for name, content in night.run.items() if b"rahasia" in content] == []
        assert ("rahasia" in night.bureau, "rahasia" in json.dumps(night.checked)) == (False, False)


def test_a_source_that_answers_is_not_spoken_of(nights):
    assert (
        nights.good.saying(OLDER),
        OLDER in nights.good.bureau,
        nights.good.checked["older"],
    ) == (
        [],
        False,
        [],
    )


def test_of_a_source_that_is_down_the_last_good_copy_counts_and_its_reports_say_so(nights):
    assert nights.down.outcome.state == "published"
    assert nights.down.run["data/submissions.csv"] == nights.good.run["data/submissions.csv"]
    assert nights.down.saying(OLDER) == [
        "index.html",
        "phases/pendaftaran/dua.html",
        "phases/pendaftaran/dua.pdf",
        "phases/pendaftaran/report.html",
        "phases/pendaftaran/report.pdf",
        "phases/pendaftaran/satu.html",
        "phases/pendaftaran/satu.pdf",
    ]
    assert nights.down.saying("submissions/formulir.url.csv: salinan ") == nights.down.saying(OLDER)


def test_other_pages_stay_as_they_were(nights):
    pages = {
        name
        for name in nights.good.run
        if name.startswith(("phases/proposal/", "agencies/", "phases/nominasi/"))
    }
    assert {name for name in pages if nights.good.run[name] != nights.down.run[name]} == set()


def test_the_bureaus_page_says_what_kept_the_source_and_since_when(nights):
    assert f"{nights.url}/pub: menjawab dengan kesalahan 503" in nights.down.bureau
    (older,) = nights.down.checked["older"]
    assert (older["source"], older["why"]) == (
        "submissions/formulir.url.csv",
        "menjawab dengan kesalahan 503",
    )


def test_a_source_that_stays_down_makes_no_new_run_and_its_copy_grows_no_younger(nights):
    assert nights.still_down.outcome.state == "unchanged"
    (before,), (after,) = nights.down.checked["older"], nights.still_down.checked["older"]
    assert (after["since"], after["why"]) == (before["since"], "tidak ada apa-apa di alamat itu")


def test_once_it_is_back_nothing_is_said_and_what_came_is_counted(nights):
    assert nights.back.outcome.counts["received"] == 5
    assert (nights.back.saying(OLDER), OLDER in nights.back.bureau) == ([], False)


def test_an_archive_gives_its_reports_again_without_asking_any_source(nights):
    assert "byte for byte" in nights.verified[0]
    assert nights.verified[1] == 0


def test_an_archive_has_the_table_that_a_link_gave_and_not_the_link(nights):
    inbox = nights.bag / "data" / "inbox" / "submissions"
    assert {file.name: file.read_bytes() for file in inbox.iterdir()} == {"formulir.url.csv": FORM}


# A source that never answered


def test_a_source_that_never_answered_withholds_the_run(folder, web):
    _linked(folder, web)
    web.gives(SHEET, b"", status=503)
    with pytest.raises(NotPublished):
        _night(folder)
    todo = json.loads((folder / "published" / "checked.json").read_bytes())["todo"]
    assert [(finding["severity"], finding["rule"], finding["source"]) for finding in todo] == [
        ("critical", "no_readable_export", ""),
        ("error", "unreadable_file", "submissions/formulir.url"),
    ]
    assert todo[1]["reason"] == (
        f"submissions/formulir.url tidak dapat diambil dari {web.url}/pub: menjawab dengan "
        f"kesalahan 503"
    )


def test_one_source_that_never_answered_leaves_the_others(folder, web):
    _linked(folder, web)
    write_files(folder, {"inbox/submissions/lain.url": f"{web.url}/lain.csv"})
    checked = check.look_at_folder(Request(folder, "2022-05-15"))
    assert [row["source"] for row in checked.exports][:1] == ["submissions/formulir.url.csv"]
    assert [row["source"] for row in checked.findings if row["rule"] == "unreadable_file"] == [
        "submissions/lain.url"
    ]
    assert not checked.is_withheld


def test_the_check_shows_older_copies_in_each_of_its_forms(folder, web, capsys, tmp_path):
    _linked(folder, web)
    request, page = Request(folder, "2022-05-15"), tmp_path / "check.html"
    check.check_folder(request)
    web.gives(SHEET, b"", status=503)
    capsys.readouterr()
    assert check.check_folder(request, html=page) == 0
    assert "submissions/formulir.url.csv: salinan " in " ".join(capsys.readouterr().out.split())
    assert OLDER in page.read_text(encoding="utf-8")
    check.check_folder(request, as_json=True)
    assert [row["source"] for row in json.loads(capsys.readouterr().out)["older"]] == [
        "submissions/formulir.url.csv"
    ]


# Storages


def _stored(folder: Path, **places: str) -> None:
    settings = "".join(f'{name} = "{address}"\n' for name, address in places.items())
    (folder / "competition.toml").write_text(f"{FILES['competition.toml']}[storage]\n{settings}")


def test_a_whole_competition_lives_in_a_bucket(folder, bucket, quick_pdfs):
    inbox, published = RemoteStorage(f"{bucket}/inbox"), RemoteStorage(f"{bucket}/published")
    for file in (folder / "inbox").rglob("*.csv"):
        inbox.replace(file.relative_to(folder / "inbox").as_posix(), file.read_bytes())
        file.unlink()
    _stored(folder, inbox=inbox.url, published=published.url)
    outcome = _night(folder)
    assert json.loads(read_file(published, "current.json")) == {"run": outcome.run}
    manifest = json.loads(read_file(published, f"runs/{outcome.run}/manifest.json"))
    assert published.files(f"runs/{outcome.run}") == sorted(
        f"runs/{outcome.run}/{name}"
        for name in [*(file["path"] for file in manifest["outputs"]), "manifest.json"]
    )
    assert (_night(folder, "2022-05-16").state, (folder / "published").exists()) == (
        "unchanged",
        False,
    )


def test_an_inbox_that_is_the_link_of_a_published_sheet(folder, web):
    _stored(folder, inbox=web.gives("/pub?output=csv", FORM))
    (export,) = check.look_at_folder(Request(folder, "2022-05-15")).exports
    assert (export["source"], export["delivered"]) == ("submissions/inbox.csv", "4")


def test_a_place_of_reports_that_is_down_is_told_in_one_sentence(folder, capsys):
    _stored(folder, published="s3://kipp/published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        code = command.run(["check", str(folder), "--as-of", "2022-05-16"])
    sentence = (
        "s3://kipp/published: Tempat ini tidak dapat dibaca atau ditulisi: tidak dapat "
        "disambungi → Periksa alamatnya "
        "di [storage] pada competition.toml dan kunci aksesnya (docs/sources.md), lalu jalankan "
        "lagi; yang sudah "
        "terbit tetap seperti semula."
    )
    assert (code, capsys.readouterr().err.splitlines()) == (3, [sentence])
