import json
import multiprocessing
import os
import time

import pytest

from tasks.disk import lock
from tasks.errors import FolderHeld


def _hold(kipp, seconds, taken):
    with lock.hold_folder(kipp):
        taken.set()
        time.sleep(seconds)


def _held_elsewhere(kipp, seconds):
    context = multiprocessing.get_context("spawn")
    taken = context.Event()
    process = context.Process(target=_hold, args=(kipp, seconds, taken))
    process.start()
    assert taken.wait(30)
    return process


def test_a_folder_that_nobody_holds_is_held_at_once_and_let_go(tmp_path):
    with lock.hold_folder(tmp_path / ".kipp", wait_seconds=0):
        assert lock.read_owner(tmp_path / ".kipp")["process"] == os.getpid()
    with lock.hold_folder(tmp_path / ".kipp", wait_seconds=0):
        pass
    assert not (tmp_path / ".kipp" / "owner.json").exists()


def test_the_one_who_waits_in_vain_is_told_who_holds_it_and_since_when(tmp_path):
    process = _held_elsewhere(tmp_path, 20)
    with pytest.raises(FolderHeld) as error, lock.hold_folder(tmp_path, wait_seconds=0.3):
        pass
    params = error.value.problems[0].params
    assert (error.value.exit_code, params["process"], params["minutes"]) == (5, process.pid, 0)
    process.terminate()
    process.join()


def test_a_holder_that_was_killed_holds_nothing(tmp_path):
    process = _held_elsewhere(tmp_path, 60)
    process.kill()
    process.join()
    with lock.hold_folder(tmp_path, wait_seconds=5):
        assert lock.read_owner(tmp_path)["process"] == os.getpid()


def test_the_one_who_waits_long_enough_gets_it(tmp_path):
    process = _held_elsewhere(tmp_path, 0.5)
    with lock.hold_folder(tmp_path, wait_seconds=20):
        assert lock.read_owner(tmp_path)["process"] == os.getpid()
    process.join()


@pytest.mark.parametrize("written", ["", "[]", "{}", json.dumps({"process": 1})])
def test_an_owner_that_does_not_say_is_shown_with_question_marks(tmp_path, written):
    (tmp_path / "owner.json").write_text(written)
    assert lock.read_owner(tmp_path) == {"process": "?", "host": "?", "minutes": "?"}
