"""published/index.html and checked.json: the one page that the bureau bookmarks, rewritten by every
run and check.

It is made from the findings of the published run as they stand in its data/ (or of the check that
withheld a run), with the standard library's reader, so that a night with nothing new needs no
pandas.
"""

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from flows import json_rows, moment
from flows.inputs import Inputs, published
from reports import problems
from reports.edition import edition
from reports.older import Older, of_copies
from reports.pages import bureau as page
from tasks.words import REMEDY, Words

Finding = dict[str, str]
State = Literal["published", "unchanged", "withheld", "checked"]
SEVERITIES = ("critical", "error", "warning")
_LONGEST_CELL = 2**31 - 1


def write(inputs: Inputs, findings: list[Finding], state: State) -> None:
    """Rewrites both after a run or check that found this, of the table findings: rows as text."""
    there, now = published(inputs.request, inputs.competition), moment.now(inputs.competition.zone)
    said = said_of(inputs, findings, state, there.current(), now)
    there.place.replace("checked.json", json_rows.encoded(json_rows.pieces(said)))
    there.place.replace("index.html", _index(inputs, findings, now, there.manifest()))


def warm(inputs: Inputs) -> None:
    """Makes the page once without findings: words, dates and templates are loaded beside what takes
    longer.
    """
    _index(inputs, [], inputs.as_of, None)


def _index(
    inputs: Inputs, findings: list[Finding], now: datetime, manifest: Mapping[str, Any] | None
) -> bytes:
    from reports.render import (
        screen,
    )  # a tenth of a second with its templates: `warm` takes it early

    built = page.build(
        edition(inputs.competition, inputs.logo),
        findings,
        now,
        inputs.as_of,
        manifest["run"] if manifest else "",
        datetime.fromisoformat(manifest["as_of"]) if manifest else None,
        manifest is not None and manifest["key"] == inputs.key,
        older(inputs),
    )
    return screen(built)


def older(inputs: Inputs) -> tuple[Older, ...]:
    """The copies that stand for sources which could not be reached."""
    rules = inputs.competition
    return of_copies(inputs.older, Words(rules.language), rules.zone)


def published_rows(inputs: Inputs, table: str) -> list[Finding]:
    """The rows of a table of the published run as text, "" where a cell is missing; read without
    pandas.
    """
    content = published(inputs.request, inputs.competition).read(f"data/{table}.csv") or b""
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return [{name: value.removeprefix("'") for name, value in row.items()} for row in rows]


def published_findings(inputs: Inputs) -> list[Finding]:
    """The findings of the published run, each with the title that it is about."""
    found = published_rows(inputs, "findings")
    return problems.told(found, published_rows(inputs, "submissions") if found else [])


def counts(findings: list[Finding]) -> dict[str, int]:
    """How many findings of each severity there are."""
    return {severity: sum(f["severity"] == severity for f in findings) for severity in SEVERITIES}


def said_of(
    inputs: Inputs, findings: list[Finding], state: str, run: str | None, checked_at: datetime
) -> dict[str, Any]:
    """checked.json: when it was checked, as of when, what is published, whether it was withheld,
    which copies are older ones, what to do now.
    """
    return {
        "checked_at": checked_at.isoformat(),
        "as_of": inputs.as_of.isoformat(),
        "state": state,
        "withheld": state == "withheld"
        or (state == "checked" and any(f["severity"] == "critical" for f in findings)),
        "run": run,
        "counts": counts(findings),
        "older": [
            {"source": one.source, "since": one.since.isoformat(), "why": one.why}
            for one in older(inputs)
        ],
        "todo": json_rows.Rows(findings, _to_do),
    }


def _to_do(finding: Mapping[str, str]) -> dict[str, str]:
    """A finding as a program wants it: its cells, and the two halves of its message."""
    cells = {**finding}
    cells["reason"], _, cells["remedy"] = cells.pop("message").partition(REMEDY)
    return cells
