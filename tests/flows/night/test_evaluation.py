"""Great Expectations in a process of its own: the same answers, however that process ends."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from flows.night import evaluation
from tasks.validation import expectations
from tasks.validation.expectations import ExpectedCheck, Suite
from tests.small.folder import ON_PAPER, copy_folder

ROOT = Path(__file__).parents[3]
CHECKS = [
    ExpectedCheck("present", "a", "ExpectColumnValuesToNotBeNull", {"column": "a"}),
    ExpectedCheck("unique", "b", "ExpectColumnValuesToBeUnique", {"column": "b"}),
    ExpectedCheck(
        "late",
        "c",
        "ExpectColumnValuesToBeBetween",
        {"column": "c", "max_value": pd.Timestamp("2022-03-15", tz="UTC")},
    ),
    ExpectedCheck("known", "d", "ExpectColumnValuesToBeInSet", {"column": "d", "value_set": ["x"]}),
]
FRAME = pd.DataFrame(
    {
        "a": ["1", None, "3"],
        "b": [7, 7, 8],
        "c": pd.to_datetime(["2022-03-14", "2022-03-16", None]).tz_localize("Asia/Jakarta"),
        "unseen": [object(), object(), object()],
    }
)
SUITE = Suite("one", FRAME.drop(columns="unseen"), CHECKS)


def _plain(answer: expectations.SuiteAnswer) -> list[list[tuple[object, ...]]]:
    return [
        [(one.check, one.checked, one.rows.tolist(), one.state) for one in outcomes]
        for outcomes in answer()
    ]


HERE = [
    [
        (CHECKS[0], 3, [1], "failed"),
        (CHECKS[1], 3, [0, 1], "failed"),
        (CHECKS[2], 2, [1], "failed"),
        (CHECKS[3], 0, [], "unchecked"),
    ]
]


def test_it_answers_as_it_does_here_again_and_again():
    assert _plain(expectations.evaluate_here([SUITE])) == HERE
    with evaluation.evaluator_process() as evaluate:
        assert _plain(evaluate([SUITE])) == HERE
        assert _plain(evaluate([SUITE, SUITE])) == HERE * 2


def test_columns_that_no_check_names_are_not_sent():
    with evaluation.evaluator_process() as evaluate:
        assert _plain(evaluate([Suite("one", FRAME, CHECKS)])) == HERE


def test_what_is_raised_over_there_is_raised_here():
    with (
        evaluation.evaluator_process() as evaluate,
        pytest.raises(AttributeError, match="ExpectTheImpossible"),
    ):
        evaluate(
            [
                Suite(
                    "one",
                    FRAME,
                    [ExpectedCheck("rule", "a", "ExpectTheImpossible", {"column": "a"})],
                )
            ]
        )()


@pytest.mark.parametrize("is_asked", [False, True])
def test_where_somebody_ends_the_process_it_is_done_here(is_asked: bool):
    with evaluation.evaluator_process() as evaluate:
        number = _evaluator(os.getpid())
        answer = evaluate([SUITE]) if is_asked else None
        os.kill(number, signal.SIGKILL)

        assert _plain(answer or evaluate([SUITE])) == HERE


def test_frames_without_rows_are_not_worth_asking():
    with evaluation.evaluator_process() as evaluate:
        started = time.monotonic()

        assert _plain(evaluate([Suite("one", FRAME.iloc[:0], CHECKS[:1])])) == [
            [(CHECKS[0], 0, [], "passed")]
        ]
        assert time.monotonic() - started < 1  # the other process is still importing


def test_it_ends_with_a_command_that_is_killed(tmp_path: Path):
    code = (
        "import time\n"
        "from flows.night import evaluation\n"
        "with evaluation.evaluator_process():\n"
        "    print('started', flush=True)\n"
        "    time.sleep(60)\n"
    )
    (tmp_path / "command.py").write_text(code)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = subprocess.Popen(
        [sys.executable, tmp_path / "command.py"], stdout=subprocess.PIPE, env=environment
    )
    assert command.stdout is not None
    command.stdout.readline()
    other = _evaluator(command.pid)
    command.kill()
    command.wait()
    command.stdout.close()

    deadline = time.monotonic() + 60
    with suppress(FileNotFoundError):
        while Path(f"/proc/{other}/stat").read_text().split()[2] != "Z":
            assert time.monotonic() < deadline
            time.sleep(0.1)


def _evaluator(process: int) -> int:
    """The evaluator that this process has started, once it is there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for one in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            if b"flows.night.evaluator" in Path(f"/proc/{one}/cmdline").read_bytes():
                return int(one)
        time.sleep(0.01)
    pytest.fail("none was started")


def _kipp(folder: Path) -> subprocess.Popen[str]:
    code = (
        "import signal\n"
        "from flows.terminal import command\n"
        # ignored where the tests run in the background
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "command.main()\n"
    )
    call = [sys.executable, "-c", code, "check", str(folder)]
    return subprocess.Popen(
        call,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_a_check_that_stops_early_waits_for_nobody_and_says_no_more(tmp_path: Path):
    folder = copy_folder(ON_PAPER, tmp_path / "kipp")
    (folder / "agencies.csv").write_text("kode;nama\n")

    command = _kipp(folder)
    _, errors = command.communicate(timeout=60)

    assert (command.returncode, errors) == (3, "")


@pytest.mark.parametrize(("end", "number"), [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)])
def test_ctrl_c_and_what_ends_services_end_both_with_one_sentence(
    tmp_path: Path, end: Any, number: int
):
    command = _kipp(copy_folder(ON_PAPER, tmp_path / "kipp"))
    _evaluator(command.pid)
    end(command.pid, number)
    _, errors = command.communicate(timeout=60)

    assert command.returncode == 130
    assert len(errors.splitlines()) == 1
