"""published/index.html and checked.json: the one page that the bureau bookmarks, rewritten by every
run and check.

It is made from the findings of the published run as they stand in its data/ (or of the check that
withheld a run), with the standard library's reader, so that a night with nothing new needs no
pandas.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flows.messages import json_rows, moment
from flows.night.gather import Inputs, published_runs
from reports.content import problems
from reports.content.edition import edition
from reports.content.stale_sources import Older
from reports.pages.office import bureau as page
from tasks.disk.manifest import Manifest
from tasks.intake.files.csv_rows import csv_rows
from tasks.intake.raw import StaleCopy
from tasks.words import REMEDY_ARROW, Words

Finding = dict[str, str]
State = Literal["published", "unchanged", "withheld", "checked"]
SEVERITIES = ("critical", "error", "warning")


def write_bureau_page(inputs: Inputs, findings: list[Finding], state: State) -> None:
    """Rewrites both after a run or check that found this, of the table findings: rows as text."""
    there, now = (
        published_runs(inputs.request, inputs.competition),
        moment.current_moment(inputs.competition.zone),
    )
    said = summarize_check(inputs, findings, state, there.current(), now)
    there.storage.replace("checked.json", json_rows.encode_pieces(json_rows.json_pieces(said)))
    there.storage.replace("index.html", _index_page(inputs, findings, now, there.manifest()))


def warm_bureau_page(inputs: Inputs) -> None:
    """Makes the page once without findings: words, dates and templates are loaded beside what takes
    longer.
    """
    _index_page(inputs, [], inputs.as_of, None)


def _index_page(
    inputs: Inputs, findings: list[Finding], now: datetime, manifest: Manifest | None
) -> bytes:
    from reports.formats.html import (  # start-up time
        render_screen,  # a tenth of a second with its templates: `warm` takes it early
    )

    built = page.build(
        edition(inputs.competition, inputs.logo),
        findings,
        now,
        inputs.as_of,
        manifest.run if manifest else "",
        manifest.as_of if manifest else None,
        manifest is not None and manifest.key == inputs.key,
        stale_input_sources(inputs),
    )
    return render_screen(built)


def stale_input_sources(inputs: Inputs) -> tuple[Older, ...]:
    """The copies that stand for sources which could not be reached, with what kept each source from
    being reached tonight.
    """
    words = Words(inputs.competition.language)
    zone = inputs.competition.zone
    return tuple(
        _stale_source(raw.name, raw.stale, words, zone) for raw in inputs.older if raw.stale
    )


def _stale_source(name: str, copy: StaleCopy, words: Words, zone: ZoneInfo) -> Older:
    since = datetime.fromisoformat(copy.since).astimezone(zone)
    why = words.say(f"sources.cause.{copy.cause}", **copy.params) if copy.cause else ""
    return Older(name, since, copy.address, why)


def published_rows(inputs: Inputs, table: str) -> list[Finding]:
    """The rows of a table of the published run as text, "" where a cell is missing; read without
    pandas.
    """
    content = published_runs(inputs.request, inputs.competition).read(f"data/{table}.csv") or b""
    rows = csv_rows(io.StringIO(content.decode("utf-8"), newline=""), ",")
    names = next(rows, [])
    return [
        {name: value.removeprefix("'") for name, value in zip(names, row, strict=True)}
        for row in rows
    ]


def published_findings(inputs: Inputs) -> list[Finding]:
    """The findings of the published run, each with the title that it is about."""
    found = published_rows(inputs, "findings")
    return problems.add_subjects(found, published_rows(inputs, "submissions") if found else [])


def severity_counts(findings: list[Finding]) -> dict[str, int]:
    """How many findings of each severity there are."""
    return {severity: sum(f["severity"] == severity for f in findings) for severity in SEVERITIES}


def summarize_check(
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
        "counts": severity_counts(findings),
        "older": [
            {"source": one.source, "since": one.since.isoformat(), "why": one.why}
            for one in stale_input_sources(inputs)
        ],
        "todo": json_rows.LazyRows(findings, _todo_entry),
    }


def _todo_entry(finding: Mapping[str, str]) -> dict[str, str]:
    """A finding as a program wants it: its cells, and the two halves of its message."""
    cells = {**finding}
    cells["reason"], _, cells["remedy"] = cells.pop("message").partition(REMEDY_ARROW)
    return cells
