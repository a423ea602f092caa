"""kipp check: what was read as what, what is wrong, where, and what to do. Nothing is rendered but
that.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.messages import json_rows, sentences
from flows.night import bureau_page, evaluation, night
from flows.night.gather import Inputs, Request, gather_inputs
from flows.office import check_lines, last_check, output
from reports.content import problems
from reports.content.stale_sources import Older
from reports.pages.office import check as read
from tasks.words import Words

TextRows = list[dict[str, str]]
WITHHELD_EXIT_CODE = 3  # the exit code that says that a run would not be published


@dataclass(frozen=True)
class CheckResult:
    """What a check found: rows of the tables exports, headings and findings, as text."""

    inputs: Inputs
    exports: TextRows
    headings: TextRows
    findings: TextRows

    @property
    def is_withheld(self) -> bool:
        """Whether a run would not be published."""
        return any(finding["severity"] == "critical" for finding in self.findings)


def check_folder(
    request: Request, as_json: bool = False, html: Path | None = None, data_docs: Path | None = None
) -> int:
    """Reads and validates the folder, and shows what it found; 3 where a run would not be
    published, else 0.
    """
    checked = look_at_folder(request)
    bureau_page.write_bureau_page(checked.inputs, checked.findings, "checked")
    if html is not None:
        output.write_output(html, check_page(checked))
    if data_docs is not None:
        from flows.office import data_docs as docs  # start-up time

        docs.write_data_docs(checked.inputs, data_docs)
    if as_json:
        sentences.show_json(json_rows.json_pieces(check_values(checked)))
    else:
        show_check(checked, Words(checked.inputs.competition.language))
    return WITHHELD_EXIT_CODE if checked.is_withheld else 0


def look_at_folder(request: Request) -> CheckResult:
    """What stands in the folder; of an unchanged folder, what the last check or the published run
    has found in it.
    """
    inputs = gather_inputs(request)
    if (kept := last_check.recall_check(inputs)) is not None:
        return CheckResult(inputs, **kept)
    if night.is_unchanged(inputs):
        exports, headings = (
            bureau_page.published_rows(inputs, name) for name in ("exports", "headings")
        )
        return CheckResult(inputs, exports, headings, bureau_page.published_findings(inputs))
    results = evaluation.compute_with_evaluator(
        inputs, meanwhile=lambda: bureau_page.warm_bureau_page(inputs)
    )
    exports, headings = (problems.text_rows(results[name]) for name in ("exports", "headings"))
    checked = CheckResult(inputs, exports, headings, problems.finding_rows(results))
    last_check.keep_check(
        inputs, exports=checked.exports, headings=checked.headings, findings=checked.findings
    )
    return checked


def check_page(checked: CheckResult) -> bytes:
    """The check as a page that can be mailed."""
    from reports.content.edition import edition  # start-up time
    from reports.formats.html import render_screen  # start-up time
    from reports.pages.office import check as page  # start-up time

    rules = edition(checked.inputs.competition, checked.inputs.logo)
    rows = (checked.exports, checked.headings, checked.findings)
    return render_screen(
        page.build(
            rules, checked.inputs.as_of, *rows, bureau_page.stale_input_sources(checked.inputs)
        )
    )


def check_values(checked: CheckResult) -> dict[str, Any]:
    """The check for a program; what is found as json_rows.Rows."""
    said = bureau_page.summarize_check(
        checked.inputs, checked.findings, "checked", None, checked.inputs.as_of
    )
    return {
        "as_of": said["as_of"],
        "withheld": checked.is_withheld,
        "counts": said["counts"],
        "exports": checked.exports,
        "headings": checked.headings,
        "older": said["older"],
        "findings": said["todo"],
    }


def show_check(checked: CheckResult, words: Words) -> None:
    """The page in the terminal: each export and what was recognised in it, then what to do, the
    severest first.
    """
    columns = sentences.terminal_width()
    shown = read.checked_exports(checked.exports, checked.headings, words)
    lines = (
        list(check_lines.export_lines(shown, words, columns))
        if shown
        else [words.say("flows.check.no_exports")]
    )
    for one in bureau_page.stale_input_sources(checked.inputs):
        lines += sentences.wrap_text(_stale_source_sentence(one, words), columns, "")
    lines += check_lines.finding_lines(checked.findings, words, columns)
    counts = bureau_page.severity_counts(checked.findings)
    told = words.say(
        "flows.check.withheld" if checked.is_withheld else "flows.check.done", **counts
    )
    sentences.show_text("\n".join([*lines, "", *sentences.wrap_text(told, columns, "", "")]))


def _stale_source_sentence(one: Older, words: Words) -> str:
    params = {
        "source": one.source,
        "since": words.time(one.since),
        "address": one.address,
        "cause": one.why,
    }
    return words.say("sources.older.why" if one.why else "sources.older.one", **params)
