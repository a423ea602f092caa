"""kipp check: what was read as what, what is wrong, where, and what to do.

No document of a run is made. The lines for a terminal stand in check_lines.py.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.messages import json_rows, sentences
from flows.night import bureau_page, evaluation, night
from flows.night.gather import Inputs, Request, gather_inputs
from flows.office import check_lines, last_check, output
from reports.content import problems
from reports.content.edition import edition
from reports.content.stale_sources import StaleSource
from reports.pages.office import check as page
from tasks.words import Words

TextRows = list[dict[str, str]]
WITHHELD_EXIT_CODE = 3  # the exit code that says that a run would not be published


@dataclass(frozen=True)
class CheckResult:
    """What a check found: the rows of the tables exports, headings and findings, as text."""

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
    """The exit code, after the folder was checked and the findings were shown.

    WITHHELD_EXIT_CODE where a run would not be published, else 0.
    """
    checked = look_at_folder(request)
    bureau_page.write_bureau_page(checked.inputs, checked.findings, "checked")
    if html is not None:
        output.write_output(html, check_page(checked))
    if data_docs is not None:
        from flows.office.data_docs import write_data_docs  # start-up time

        write_data_docs(checked.inputs, data_docs)
    if as_json:
        sentences.show_json(json_rows.json_pieces(check_values(checked)))
    else:
        show_check(checked, Words(checked.inputs.competition.language))
    return WITHHELD_EXIT_CODE if checked.is_withheld else 0


def look_at_folder(request: Request) -> CheckResult:
    """What a check finds in the folder.

    Where the folder is unchanged since the last check or the published run, their findings.
    """
    inputs = gather_inputs(request)
    kept = last_check.recall_check(inputs)
    if kept is not None:
        return CheckResult(inputs, **kept)
    if night.is_unchanged(inputs):
        return CheckResult(
            inputs,
            exports=bureau_page.published_rows(inputs, "exports"),
            headings=bureau_page.published_rows(inputs, "headings"),
            findings=bureau_page.published_findings(inputs),
        )
    return _compute_check(inputs)


def _compute_check(inputs: Inputs) -> CheckResult:
    """What a check finds that reads every export; the next check recalls it."""
    results = evaluation.compute_with_evaluator(
        inputs, meanwhile=lambda: bureau_page.warm_bureau_page(inputs)
    )
    tables = {
        "exports": problems.text_rows(results["exports"]),
        "headings": problems.text_rows(results["headings"]),
        "findings": problems.finding_rows(results),
    }
    last_check.keep_check(inputs, **tables)
    return CheckResult(inputs, **tables)


def check_page(checked: CheckResult) -> bytes:
    """The check as a page that can be mailed."""
    from reports.formats.html import render_screen  # start-up time

    content = page.build(
        edition(checked.inputs.competition, checked.inputs.logo),
        checked.inputs.as_of,
        checked.exports,
        checked.headings,
        checked.findings,
        bureau_page.stale_input_sources(checked.inputs),
    )
    return render_screen(content)


def check_values(checked: CheckResult) -> dict[str, Any]:
    """The check for a program: values for json_rows.json_pieces."""
    summary = bureau_page.summarize_check(
        checked.inputs, checked.findings, "checked", None, checked.inputs.as_of
    )
    return {
        "as_of": summary["as_of"],
        "withheld": checked.is_withheld,
        "counts": summary["counts"],
        "exports": checked.exports,
        "headings": checked.headings,
        "older": summary["older"],
        "findings": summary["todo"],
    }


def show_check(checked: CheckResult, words: Words) -> None:
    """Shows the check in the terminal: the exports, the sources that could not be reached, the
    findings, and how many they are.
    """
    columns = sentences.terminal_width()
    exports = page.checked_exports(checked.exports, checked.headings, words)
    lines = list(check_lines.export_lines(exports, words, columns))
    if not exports:
        lines = [words.say("flows.check.no_exports")]
    for source in bureau_page.stale_input_sources(checked.inputs):
        lines += sentences.wrap_text(_stale_source_sentence(source, words), columns, "")
    lines += check_lines.finding_lines(checked.findings, words, columns)
    lines += ["", *sentences.wrap_text(_count_sentence(checked, words), columns, "", "")]
    sentences.show_text("\n".join(lines))


def _stale_source_sentence(source: StaleSource, words: Words) -> str:
    params = {
        "source": source.source,
        "since": words.time(source.since),
        "address": source.address,
        "cause": source.why,
    }
    return words.say("sources.older.why" if source.why else "sources.older.one", **params)


def _count_sentence(checked: CheckResult, words: Words) -> str:
    """How many findings of each severity there are, and whether a run would be published."""
    message = "flows.check.withheld" if checked.is_withheld else "flows.check.done"
    return words.say(message, **bureau_page.severity_counts(checked.findings))
