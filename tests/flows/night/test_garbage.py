"""The collector looks less often in the command and throughout a night, and as before
afterwards.
"""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.night import garbage, night
from flows.night.gather import Request

ROOT = Path(__file__).parents[3]
OWN = (701, 11, 12)


@pytest.fixture(autouse=True)
def own_thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*OWN)
    yield
    gc.set_threshold(*before)


def test_it_looks_seldom_only_while_it_is_asked_to():
    with garbage.raised_thresholds():
        assert gc.get_threshold() == garbage.THRESHOLDS
    assert gc.get_threshold() == OWN


def test_what_goes_wrong_meanwhile_leaves_the_thresholds_as_they_were():
    with pytest.raises(ZeroDivisionError), garbage.raised_thresholds():
        _ = 1 / 0
    assert gc.get_threshold() == OWN


def test_throughout_a_night_it_looks_seldom_and_as_before_afterwards(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(night, "is_unchanged", lambda inputs: True)
    monkeypatch.setattr(night, "record_quiet_night", lambda inputs: "quiet")

    def step(name, function):
        return lambda *given: seen.append((name, gc.get_threshold()))

    assert night.run_night(Request(tmp_path), step) == "quiet"
    assert (seen, gc.get_threshold()) == ([("pull", garbage.THRESHOLDS)], OWN)


def test_the_command_looks_seldom_from_its_start_and_never_stops_looking():
    code = (
        "import gc, sys\nfrom flows.terminal import command\nsys.argv = ['kipp', '--help']\n"
        "try:\n    command.main()\nexcept SystemExit:\n"
        "    print(gc.get_threshold(), gc.isenabled())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == f"{garbage.THRESHOLDS} True"


def test_a_cycle_is_still_collected():
    class Part:
        gone = 0

        def __del__(self) -> None:
            Part.gone += 1

    with garbage.raised_thresholds():
        for _ in range(200_000):
            part = Part()
            part.itself = part
        assert Part.gone > 100_000
