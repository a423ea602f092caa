"""published/index.html, the page that the bureau bookmarks, and checked.json, after a run or check.

Both are made of the findings as rows of text. A night with nothing new reads them from data/ of the
published run without pandas.
"""

import io
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flows.messages import json_rows, moment
from flows.night.gather import Inputs, published_runs
from reports.content import paths, problems
from reports.content.edition import edition
from reports.content.stale_sources import StaleSource
from reports.pages.office import bureau as page
from tasks.disk.manifest import Manifest
from tasks.intake.files.csv_rows import csv_rows
from tasks.intake.raw import StaleCopy
from tasks.words import REMEDY_ARROW, Words

Finding = dict[str, str]
State = Literal["published", "unchanged", "withheld", "checked"]
SEVERITIES = ("critical", "error", "warning")


def write_bureau_page(inputs: Inputs, findings: list[Finding], state: State) -> None:
    """Rewrites both files after a run or check. `findings`: rows of the table findings, as text."""
    published = published_runs(inputs.request, inputs.competition)
    now = moment.current_moment(inputs.competition.zone)
    summary = summarize_check(inputs, findings, state, published.current(), now)
    pieces = json_rows.json_pieces(summary)
    published.storage.replace("checked.json", json_rows.encode_pieces(pieces))
    published.storage.replace(
        f"{paths.BUREAU}.html", _index_page(inputs, findings, now, published.manifest())
    )


def warm_bureau_page(inputs: Inputs) -> None:
    """Loads words, dates and templates: makes the page once, without findings, and drops it.

    For the time in which another process still imports its libraries.
    """
    _index_page(inputs, [], inputs.as_of, None)


def _index_page(
    inputs: Inputs, findings: list[Finding], now: datetime, manifest: Manifest | None
) -> bytes:
    from reports.formats.html import render_screen  # start-up time: a tenth of a second

    content = page.build(
        edition(inputs.competition, inputs.logo),
        findings,
        now,
        inputs.as_of,
        manifest.run if manifest else "",
        manifest.as_of if manifest else None,
        manifest is not None and manifest.key == inputs.key,
        stale_input_sources(inputs),
    )
    return render_screen(content)


def stale_input_sources(inputs: Inputs) -> tuple[StaleSource, ...]:
    """The older copies of sources that could not be reached, and why they could not."""
    words = Words(inputs.competition.language)
    zone = inputs.competition.zone
    return tuple(
        _stale_source(raw.name, raw.stale, words, zone) for raw in inputs.older if raw.stale
    )


def _stale_source(name: str, copy: StaleCopy, words: Words, zone: ZoneInfo) -> StaleSource:
    since = datetime.fromisoformat(copy.since).astimezone(zone)
    why = words.say(f"sources.cause.{copy.cause}", **copy.params) if copy.cause else ""
    return StaleSource(name, since, copy.address, why)


def published_rows(inputs: Inputs, table: str) -> list[Finding]:
    """The rows of a table of the published run, as text; "" for a missing cell."""
    content = published_runs(inputs.request, inputs.competition).read(f"data/{table}.csv") or b""
    rows = csv_rows(io.StringIO(content.decode("utf-8"), newline=""), ",")
    names = next(rows, [])
    return [
        {name: value.removeprefix("'") for name, value in zip(names, row, strict=True)}
        for row in rows
    ]


def published_findings(inputs: Inputs) -> list[Finding]:
    """The findings of the published run, each with the title that it is about."""
    findings = published_rows(inputs, "findings")
    submissions = published_rows(inputs, "submissions") if findings else []
    return problems.add_subjects(findings, submissions)


def severity_counts(findings: list[Finding]) -> dict[str, int]:
    """How many findings of each severity there are."""
    counts = Counter(finding["severity"] for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def summarize_check(
    inputs: Inputs, findings: list[Finding], state: str, run: str | None, checked_at: datetime
) -> dict[str, Any]:
    """The values of checked.json: when and as of when it was checked, whether a run was withheld,
    which run is published, which copies are older ones, what to do now.
    """
    is_withheld = state == "withheld"
    if state == "checked":
        is_withheld = any(finding["severity"] == "critical" for finding in findings)
    return {
        "checked_at": checked_at.isoformat(),
        "as_of": inputs.as_of.isoformat(),
        "state": state,
        "withheld": is_withheld,
        "run": run,
        "counts": severity_counts(findings),
        "older": [
            {"source": older.source, "since": older.since.isoformat(), "why": older.why}
            for older in stale_input_sources(inputs)
        ],
        "todo": json_rows.LazyRows(findings, _todo_entry),
    }


def _todo_entry(finding: Mapping[str, str]) -> dict[str, str]:
    """The cells of a finding, with its message in two halves: reason and remedy."""
    cells = {**finding}
    cells["reason"], _, cells["remedy"] = cells.pop("message").partition(REMEDY_ARROW)
    return cells
