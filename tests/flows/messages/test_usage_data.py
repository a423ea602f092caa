"""Usage data are off in every process that this program starts, and nothing is set by an import."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OFF = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}
SHOW = f"""
import json, os, sys
print(json.dumps({{name: os.environ.get(name) for name in {list(OFF)}}}), file=sys.stderr)
"""
COMMAND = """
from flows.terminal import command
sys.argv[1:] = ["--help"]
try:
    command.main()
except SystemExit:
    pass
"""
EVALUATOR = """
from flows.night import evaluator
evaluator.main()
"""


def _last_line(code: str) -> str:
    """The last line on stderr of a new process, which inherits none of the switches."""
    environment = {name: value for name, value in os.environ.items() if name not in OFF}
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}"],
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "start",
    [COMMAND, EVALUATOR, "import flows.prefect.serve"],
    ids=["command", "evaluator", "serve"],
)
def test_every_process_turns_usage_data_off(start: str) -> None:
    assert json.loads(_last_line(start + SHOW)) == OFF


def test_an_import_of_flows_sets_nothing() -> None:
    start = "import flows, flows.__main__, flows.night.night, flows.terminal.command"
    assert json.loads(_last_line(start + SHOW)) == dict.fromkeys(OFF)


def test_prefect_reads_that_usage_data_are_off() -> None:
    code = """
from flows.prefect import nightly
from prefect._internal.analytics.enabled import is_telemetry_enabled
from prefect.settings import get_current_settings
enabled = [is_telemetry_enabled(), get_current_settings().server.analytics_enabled]
print(enabled, file=sys.stderr)
"""
    assert _last_line(code) == "[False, False]"
