import fsspec
import pytest

from tasks.store.places import Disk, Place, Remote, place, read, write_whole


@pytest.fixture(params=["disk", "memory"])
def there(request: pytest.FixtureRequest, tmp_path) -> Place:
    """A place with two files, one of them in a folder."""
    if request.param == "disk":
        chosen: Place = Disk(tmp_path / "place")
    else:
        fsspec.filesystem("memory").store.clear()
        chosen = Remote("memory://place")
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
    assert (read(there, "a.csv"), there.size("a.csv"), there.files()) == (b"new", 3, ["a.csv", "scores/proposal/b.csv"])


def test_a_removed_file_is_gone_and_removing_it_again_does_nothing(there):
    there.remove("a.csv")
    there.remove("a.csv")
    assert (there.exists("a.csv"), there.files()) == (False, ["scores/proposal/b.csv"])


def test_a_removed_folder_takes_its_files_with_it(there):
    there.remove("scores")
    assert there.files() == ["a.csv"]


def test_a_file_that_is_not_there_cannot_be_read(there):
    with pytest.raises(FileNotFoundError):
        read(there, "c.csv")


def test_a_place_is_a_folder_of_the_competition_unless_it_is_set(tmp_path):
    assert place(None, tmp_path, "inbox") == Disk(tmp_path / "inbox")
    assert place("masuk", tmp_path, "inbox") == Disk(tmp_path / "masuk")
    assert place(str(tmp_path / "elsewhere"), tmp_path, "inbox") == Disk(tmp_path / "elsewhere")


def test_a_place_may_be_a_url(tmp_path):
    assert place("s3://bucket/inbox", tmp_path, "inbox") == Remote("s3://bucket/inbox")
    assert place("file:///srv/inbox", tmp_path, "inbox").address == "/srv/inbox"
    assert place("s3://bucket/inbox", tmp_path, "inbox").address == "s3://bucket/inbox"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    target = tmp_path / "checked.json"
    write_whole(target, b"old")
    with pytest.raises(TypeError):
        write_whole(target, "not bytes")  # type: ignore[arg-type]  # what makes it fail
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"checked.json": b"old"}
