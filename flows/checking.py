"""kipp check: what was read as what, what is wrong, where, and what to do. Nothing is rendered but
that.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import beside, bureau, json_rows, last_check, listing, messages, night, output
from flows.inputs import Inputs, Request, gather
from reports import problems
from reports.older import Older
from reports.pages import check as read
from tasks.words import Words

Rows = list[dict[str, str]]
WITHHELD = 3  # the exit code that says that a run would not be published


@dataclass(frozen=True)
class Checked:
    """What a check found: rows of the tables exports, headings and findings, as text."""

    inputs: Inputs
    exports: Rows
    headings: Rows
    findings: Rows

    @property
    def is_withheld(self) -> bool:
        """Whether a run would not be published."""
        return any(finding["severity"] == "critical" for finding in self.findings)


def check(
    request: Request, as_json: bool = False, html: Path | None = None, data_docs: Path | None = None
) -> int:
    """Reads and validates the folder, and shows what it found; 3 where a run would not be
    published, else 0.
    """
    checked = look(request)
    bureau.write(checked.inputs, checked.findings, "checked")
    if html is not None:
        output.write(html, as_page(checked))
    if data_docs is not None:
        from flows import data_docs as docs

        docs.write(checked.inputs, data_docs)
    if as_json:
        messages.show_json(json_rows.pieces(as_values(checked)))
    else:
        show(checked, Words(checked.inputs.competition.language))
    return WITHHELD if checked.is_withheld else 0


def look(request: Request) -> Checked:
    """What stands in the folder; of an unchanged folder, what the last check or the published run
    has found in it.
    """
    inputs = gather(request)
    if (kept := last_check.recalled(inputs)) is not None:
        return Checked(inputs, **kept)
    if night.unchanged(inputs):
        exports, headings = (
            bureau.published_rows(inputs, name) for name in ("exports", "headings")
        )
        return Checked(inputs, exports, headings, bureau.published_findings(inputs))
    results = beside.compute(inputs, meanwhile=lambda: bureau.warm(inputs))
    exports, headings = (problems.rows(results[name]) for name in ("exports", "headings"))
    checked = Checked(inputs, exports, headings, problems.of_results(results))
    last_check.keep(
        inputs, exports=checked.exports, headings=checked.headings, findings=checked.findings
    )
    return checked


def as_page(checked: Checked) -> bytes:
    """The check as a page that can be mailed."""
    from reports.edition import edition
    from reports.pages import check as page
    from reports.render import screen

    rules = edition(checked.inputs.competition, checked.inputs.logo)
    rows = (checked.exports, checked.headings, checked.findings)
    return screen(page.build(rules, checked.inputs.as_of, *rows, bureau.older(checked.inputs)))


def as_values(checked: Checked) -> dict[str, Any]:
    """The check for a program; what is found as json_rows.Rows."""
    said = bureau.said_of(checked.inputs, checked.findings, "checked", None, checked.inputs.as_of)
    return {
        "as_of": said["as_of"],
        "withheld": checked.is_withheld,
        "counts": said["counts"],
        "exports": checked.exports,
        "headings": checked.headings,
        "older": said["older"],
        "findings": said["todo"],
    }


def show(checked: Checked, words: Words) -> None:
    """The page in the terminal: each export and what was recognised in it, then what to do, the
    severest first.
    """
    columns = messages.width()
    shown = read.exports(checked.exports, checked.headings, words)
    lines = (
        list(listing.exports(shown, words, columns))
        if shown
        else [words.say("flows.check.no_exports")]
    )
    for one in bureau.older(checked.inputs):
        lines += messages.filled(_older(one, words), columns, "")
    lines += listing.findings(checked.findings, words, columns)
    counts = bureau.counts(checked.findings)
    told = words.say(
        "flows.check.withheld" if checked.is_withheld else "flows.check.done", **counts
    )
    messages.show("\n".join([*lines, "", *messages.filled(told, columns, "", "")]))


def _older(one: Older, words: Words) -> str:
    params = {
        "source": one.source,
        "since": words.time(one.since),
        "address": one.address,
        "cause": one.why,
    }
    return words.say("sources.older.why" if one.why else "sources.older.one", **params)
