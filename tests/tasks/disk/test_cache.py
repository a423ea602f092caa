import os
import time

from tasks.disk.cache import Cache, carry_over_file, file_sha256


def test_a_document_is_found_again_by_its_key(tmp_path):
    cache = Cache(tmp_path)
    kept = cache.keep("ab12", b"page")
    assert (cache.entry("ab12"), kept.read_bytes(), cache.entry("cd34")) == (kept, b"page", None)


def test_an_entry_that_was_changed_since_is_made_again(tmp_path):
    cache = Cache(tmp_path)
    cache.keep("ab12", b"page").write_bytes(b"edited by hand")
    assert cache.entry("ab12") is None
    assert not cache.has("ab12")


def test_what_no_run_used_for_long_is_dropped(tmp_path):
    cache = Cache(tmp_path)
    old, new = cache.keep("ab12", b"old"), cache.keep("ab34", b"new")
    long_ago = time.time() - 61 * 86400
    os.utime(old, (long_ago, long_ago))
    cache.prune()
    assert (old.exists(), new.exists()) == (False, True)


def test_an_entry_that_is_used_again_is_kept(tmp_path):
    cache = Cache(tmp_path)
    entry = cache.keep("ab12", b"old")
    os.utime(entry, (0, 0))
    cache.entry("ab12")
    cache.prune()
    assert cache.has("ab12")


def test_a_document_is_carried_over_without_being_copied_where_the_disk_can(tmp_path):
    entry = Cache(tmp_path / "cache").keep("ab12", b"page")
    carry_over_file(entry, tmp_path / "run" / "phases" / "report.pdf")
    assert (tmp_path / "run" / "phases" / "report.pdf").samefile(entry)


def test_a_document_is_copied_where_the_disk_has_no_links(tmp_path, monkeypatch):
    entry = Cache(tmp_path / "cache").keep("ab12", b"page")

    def refuse(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    carry_over_file(entry, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == b"page"
    assert file_sha256(tmp_path / "report.pdf") == file_sha256(entry)
    assert not (tmp_path / "report.pdf").samefile(entry)
