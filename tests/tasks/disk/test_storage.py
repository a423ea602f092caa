import socket
import time
from dataclasses import replace

import fsspec
import pytest
import s3fs

from tasks.disk.storage import (
    DiskStorage,
    RemoteStorage,
    Storage,
    make_storage,
    read_file,
    write_whole_file,
)
from tasks.disk.time_limits import Unreachable
from tasks.disk.web import WebStorage
from tests.loopback import PATIENT, QUICK


@pytest.fixture(params=["disk", "memory", "s3"])
def there(request: pytest.FixtureRequest, tmp_path) -> Storage:
    """A place with two files, one of them in a folder."""
    if request.param == "disk":
        chosen: Storage = DiskStorage(tmp_path / "place")
    elif request.param == "s3":
        chosen = RemoteStorage(f"{request.getfixturevalue('bucket')}/place", patience=PATIENT)
    else:
        fsspec.filesystem("memory").store.clear()
        chosen = RemoteStorage("memory://place")
    chosen.replace("a.csv", b"one")
    chosen.replace("scores/proposal/b.csv", b"two")
    return chosen


def test_files_are_listed_by_their_paths_in_the_place(there):
    assert there.files() == ["a.csv", "scores/proposal/b.csv"]
    assert there.files("scores") == ["scores/proposal/b.csv"]


def test_a_folder_that_is_not_there_has_no_files(there):
    assert there.files("history") == []


def test_folders_are_those_directly_in_it(there):
    assert there.folders() == ["scores"]
    assert there.folders("scores") == ["proposal"]
    assert there.folders("history") == []


def test_a_file_is_replaced_whole(there):
    there.replace("a.csv", b"new")
    assert (read_file(there, "a.csv"), there.size("a.csv"), there.files()) == (
        b"new",
        3,
        ["a.csv", "scores/proposal/b.csv"],
    )


def test_a_removed_file_is_gone_and_removing_it_again_does_nothing(there):
    there.remove("a.csv")
    there.remove("a.csv")
    assert (there.exists("a.csv"), there.files()) == (False, ["scores/proposal/b.csv"])


def test_a_removed_folder_takes_its_files_with_it(there):
    there.remove("scores")
    assert there.files() == ["a.csv"]


def test_a_file_that_is_not_there_cannot_be_read(there):
    with pytest.raises(FileNotFoundError):
        read_file(there, "c.csv")


def test_a_place_is_a_folder_of_the_competition_unless_it_is_set(tmp_path):
    assert make_storage(None, tmp_path, "inbox") == DiskStorage(tmp_path / "inbox")
    assert make_storage("masuk", tmp_path, "inbox") == DiskStorage(tmp_path / "masuk")
    assert make_storage(str(tmp_path / "elsewhere"), tmp_path, "inbox") == DiskStorage(
        tmp_path / "elsewhere"
    )


def test_a_place_may_be_a_url(tmp_path):
    assert make_storage("s3://bucket/inbox", tmp_path, "inbox") == RemoteStorage(
        "s3://bucket/inbox"
    )
    assert make_storage("file:///srv/inbox", tmp_path, "inbox").address == "/srv/inbox"
    assert make_storage("s3://bucket/inbox", tmp_path, "inbox").address == "s3://bucket/inbox"


@pytest.mark.parametrize(
    "url", ["http://host/inbox/", "https://docs.google.com/spreadsheets/d/e/x/pub?output=csv"]
)
def test_an_address_of_the_web_is_read_by_our_own_reader(tmp_path, url):
    assert make_storage(url, tmp_path, "inbox", {"https": {"host": {}}}) == WebStorage(url)


def test_a_local_url_is_a_folder_of_the_disk(tmp_path):
    assert make_storage(f"file://{tmp_path}/inbox", tmp_path, "inbox") == DiskStorage(
        tmp_path / "inbox"
    )
    assert make_storage(f"local://{tmp_path}/inbox", tmp_path, "inbox") == DiskStorage(
        tmp_path / "inbox"
    )


def test_keys_are_not_shown_with_the_place(tmp_path):
    there = make_storage("s3://kipp/inbox", tmp_path, "inbox", {"s3": {"secret": "rahasia"}})
    assert (repr(there).count("rahasia"), there.options) == (0, {"s3": {"secret": "rahasia"}})


# Storages that fail


def _down(bucket: str, port: int = 9) -> RemoteStorage:
    return RemoteStorage(
        f"{bucket}/place", {"s3": {"endpoint_url": f"http://127.0.0.1:{port}"}}, QUICK
    )


def _cause(call) -> str:
    with pytest.raises(Unreachable) as failure:
        call()
    return failure.value.cause


def test_a_storage_that_is_down_is_unreachable_whatever_is_asked(bucket):
    there = _down(bucket)
    asked = {
        "files": there.files,
        "exists": lambda: there.exists("a"),
        "size": lambda: there.size("a"),
        "read": lambda: read_file(there, "a"),
        "replace": lambda: there.replace("a", b""),
        "remove": lambda: there.remove("a"),
    }
    assert {name: _cause(call) for name, call in asked.items()} == dict.fromkeys(asked, "connect")


def test_a_storage_that_says_nothing_is_not_waited_for(bucket):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        there = replace(_down(bucket, silent.getsockname()[1]), patience=replace(QUICK, pauses=()))
        started = time.monotonic()
        assert _cause(lambda: read_file(there, "a")) == "timeout"
        assert time.monotonic() - started < 3


def test_nothing_is_written_into_a_bucket_that_is_not_there_and_none_is_made(bucket):
    there = RemoteStorage("s3://salah-ketik/published", patience=PATIENT)
    assert _cause(lambda: there.replace("current.json", b"{}")) == "gone"
    assert not fsspec.filesystem("s3").exists("salah-ketik")


def test_without_keys_a_storage_denies(bucket, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    fsspec.filesystem("s3").clear_instance_cache()
    assert _cause(RemoteStorage(f"{bucket}/place", patience=PATIENT).files) == "forbidden"


def test_keys_of_the_options_open_a_storage(bucket, s3_server, monkeypatch):
    for name in ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    options = {
        "s3": {"key": "key", "secret": "secret", "endpoint_url": s3_server},
        "https": {"host": {"X-Key": "k"}},
    }
    there = RemoteStorage(f"{bucket}/place", options, PATIENT)
    there.replace("a.csv", b"one")
    assert read_file(there, "a.csv") == b"one"


@pytest.mark.parametrize("url", ["gs://bucket/inbox", "sftp://host/inbox"])
def test_a_storage_whose_library_is_absent_says_which(url):
    assert _cause(RemoteStorage(url, patience=PATIENT).files) == "library"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    target = tmp_path / "checked.json"
    write_whole_file(target, b"old")
    with pytest.raises(TypeError):
        write_whole_file(target, "not bytes")  # type: ignore[arg-type]  # what makes it fail
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"checked.json": b"old"}


def test_more_files_than_a_bucket_lists_at_once_are_all_there(bucket):
    names = [f"submissions/{number:04d}.csv" for number in range(1005)]
    s3fs.S3FileSystem().pipe({f"kipp/in/{name}": b"x" for name in names})
    assert RemoteStorage(f"{bucket}/in", patience=PATIENT).files() == names
