"""published/index.html and checked.json: the one page that the bureau bookmarks, rewritten by every run and check.

It is made from the findings of the published run as they stand in its data/ (or of the check that withheld a run), with
the standard library's reader, so that a night with nothing new needs no pandas.
"""

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from flows import moment
from flows.inputs import Inputs, published
from reports.edition import edition
from reports import problems
from reports.pages import bureau as page
from reports.render import screen
from tasks.words import REMEDY

if TYPE_CHECKING:  # a night with nothing new imports no pandas
    from tasks.results import Results

Finding = dict[str, str]
State = Literal["published", "unchanged", "withheld", "checked"]
SEVERITIES = ("critical", "error", "warning")


def unchanged(inputs: Inputs) -> None:
    """Says that the folder was looked at and that the published run still holds."""
    _write(inputs, _published_findings(inputs), "unchanged")


def after_run(inputs: Inputs, results: "Results") -> None:
    """Says that a run was published."""
    _write(inputs, _rows(results), "published")


def withheld(inputs: Inputs, results: "Results") -> None:
    """Says that nothing was published, and why; what was published before still stands."""
    _write(inputs, _rows(results), "withheld")


def checked(inputs: Inputs, results: "Results") -> None:
    """Says what a check found."""
    _write(inputs, _rows(results), "checked")


def _rows(results: "Results") -> list[Finding]:
    return problems.rows(results["findings"])


def _published_findings(inputs: Inputs) -> list[Finding]:
    text = published(inputs.request, inputs.competition).read("data/findings.csv") or b""
    rows = csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""))
    return [{name: value.removeprefix("'") for name, value in row.items()} for row in rows]


def _write(inputs: Inputs, findings: list[Finding], state: State) -> None:
    there, rules = published(inputs.request, inputs.competition), inputs.competition
    manifest, now = there.manifest(), moment.now(rules.zone)
    is_current = manifest is not None and manifest["key"] == inputs.key
    said = said_of(inputs, findings, state, manifest and manifest["run"], now)
    built = page.build(
        edition(rules, inputs.logo), findings, now, inputs.as_of, manifest["run"] if manifest else "",
        datetime.fromisoformat(manifest["as_of"]) if manifest else None, is_current,
    )
    there.place.replace("checked.json", (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    there.place.replace("index.html", screen(built))


def said_of(
    inputs: Inputs, findings: list[Finding], state: str, run: str | None, checked_at: datetime
) -> dict[str, Any]:
    """checked.json: when it was checked and as of when, what is published, whether anything was withheld, what to do now."""
    return {
        "checked_at": checked_at.isoformat(),
        "as_of": inputs.as_of.isoformat(),
        "state": state,
        "withheld": state == "withheld" or (state == "checked" and any(f["severity"] == "critical" for f in findings)),
        "run": run,
        "counts": {severity: sum(f["severity"] == severity for f in findings) for severity in SEVERITIES},
        "todo": [_to_do(finding) for finding in findings],
    }


def _to_do(finding: Finding) -> dict[str, str]:
    """A finding as a program wants it: its cells, and the two halves of its message."""
    reason, _, remedy = finding["message"].partition(REMEDY)
    cells = {name: value for name, value in finding.items() if name != "message"}
    return cells | {"reason": reason, "remedy": remedy}
