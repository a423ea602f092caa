"""The README's commands work as they stand there, and it names every command there is."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from flows.terminal.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
CALLS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("kipp ")]


def test_the_readmes_commands_run_in_their_order(tmp_path: Path) -> None:
    for call in CALLS:
        done = subprocess.run(
            [sys.executable, "-m", "flows", *shlex.split(call)[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env=_environment(),
        )
        assert done.returncode == 0, f"{call}\n{done.stdout}{done.stderr}"
    assert (tmp_path / "kipp-2022" / "published" / "current" / "index.html").is_file()
    assert (tmp_path / "kesehatan.xlsx").read_bytes()[:2] == b"PK"


def _environment() -> dict[str, str]:
    import os

    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }


def test_every_command_stands_in_the_readme_and_no_other() -> None:
    told = set(re.findall(r"^\| `kipp (\w+)", README, re.MULTILINE))
    assert told == set(COMMANDS)


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_every_page_that_it_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()


def test_make_knows_the_targets_that_it_names() -> None:
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert set(re.findall(r"`?make (run|test|bench|lint)", README)) <= targets
