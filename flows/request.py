"""One report, asked for now: from data/ of the published run and never from an export, without an orchestrator."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows import messages
from flows.inputs import Request, published
from tasks import competition as rules
from tasks.competition import Competition
from tasks.errors import CallError, Problem
from tasks.schema import TABLES
from tasks.store.places import Disk, place, read
from tasks.store.pull import pull
from tasks.store.runs import Published

AGENCIES = "agencies"


@dataclass(frozen=True)
class Wanted:
    """Which report: of a phase (or `agencies`), of a category or an agency of it, for whom, in which form."""

    folder: Path
    phase: str
    category: str | None = None
    agency: str | None = None
    audience: str = "internal"
    form: str = "pdf"


def write(wanted: Wanted, output: Path | None) -> Path:
    """Writes the report, to `output` or under its own name in the current folder. Raises CallError."""
    competition = rules.load(wanted.folder)
    there = published(Request(wanted.folder), competition)
    manifest = there.manifest()
    if manifest is None:
        raise CallError(Problem("flows.nothing_published", str(wanted.folder)))
    warn_of_newer_inbox(wanted.folder, competition, manifest)
    name, content = made(wanted, competition, there, manifest)
    target = output or Path(name)
    target.write_bytes(content)
    return target
