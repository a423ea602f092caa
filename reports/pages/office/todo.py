"""todo.xlsx: each finding that a person can settle, as rows to paste into corrections, agencies or
decisions.

One sheet per file, its columns those of the file; to the right of them, for reading only, what the
row is about. What the person has to say is left blank: a row pasted unfinished is refused with its
place (broken_register), never guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.content.edition import Edition
from reports.content.form import (
    Blank,
    FormCell,
    FormColumn,
    FormSheet,
    FormWorkbook,
    OneOf,
    Scale,
)
from reports.content.problems import text_rows
from reports.content.records import records
from tasks.results.open_findings import are_headed_alike, open_findings, unregistered_agencies
from tasks.results.results import Results
from tasks.rules.competition import Criterion, JudgingPhase, Requirement, ScreeningPhase
from tasks.rules.lines import toml_line
from tasks.schema import DECIDABLE_OUTCOMES

# The columns of each sheet's file, with their widths (interface.md section 1).
FILE_COLUMNS = {
    "corrections": {
        "submission": 20,
        "source": 40,
        "row": 6,
        "field": 16,
        "expected": 28,
        "value": 28,
        "reason": 28,
        "by": 16,
        "on": 12,
    },
    "agencies": {
        "code": 16,
        "name": 36,
        "short_name": 18,
        "type": 14,
        "parent_code": 14,
        "aliases": 40,
        "obliged": 9,
        "valid_from": 10,
        "valid_to": 10,
    },
    "decisions": {"phase": 14, "submission": 24, "outcome": 14, "reason": 40, "level": 12},
    "toml": {"section": 26, "line": 60},
}
# A correction of one delivered cell settles these.
_CELL_RULES = (
    "missing_required",
    "unknown_agency",
    "ambiguous_agency",
    "unknown_category",
    "unknown_group",
    "unreadable_date",
    "ambiguous_date",
    "mark_off_scale",
    "unreadable_number",
    "unknown_submission",
    "ambiguous_submission",
    "incomplete_sheet",
    "not_screened",
)
_DECISION_RULES = ("late", "early", "too_young", "too_long", "too_short", "vanished")
_READING_COLUMNS = {"about": 36, "finding": 60, "action": 44}  # the columns for reading only
# By table, the outcome of a submission that nobody has decided.
_OPEN_OUTCOMES = {"screening": "pending", "rankings": "undecided", "nominations": "undecided"}
_EXPORT_TABLES = ("submissions", "marks", "screening")


@dataclass(frozen=True)
class TodoRow:
    """One row of a sheet: `cells` in the order of the file's columns; for reading only: the title
    that the row is about, the finding, and what to do.
    """

    cells: tuple[FormCell, ...]
    about: str
    finding: str
    action: str


@dataclass(frozen=True)
class Todo:
    """The rows of each sheet, by name in the order of FILE_COLUMNS, with those that have none."""

    sheets: tuple[tuple[str, tuple[TodoRow, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.sheets)


def build(results: Results, edition: Edition) -> Todo:
    """The rows that would settle what these Results leave open."""
    findings = open_findings(results)
    rows = {
        "corrections": _correction_rows(findings, results, edition),
        "agencies": _agency_rows(findings, results, edition),
        "decisions": _decision_rows(findings, results, edition),
        "toml": _toml_rows(findings, results, edition),
    }
    return Todo(tuple((name, tuple(rows[name])) for name in FILE_COLUMNS))


def book(todo: Todo, edition: Edition) -> FormWorkbook:
    """The rows as a workbook to copy from."""
    competition = edition.competition
    title = f"{edition.words.say('todo.title')} · {competition.name} {competition.year}"
    sheets = tuple(_todo_sheet(name, rows, edition) for name, rows in todo.sheets)
    return FormWorkbook(title, sheets, edition.masthead.paper)


def _todo_sheet(name: str, rows: tuple[TodoRow, ...], edition: Edition) -> FormSheet:
    say = edition.words.say
    columns = [FormColumn(heading, width) for heading, width in FILE_COLUMNS[name].items()]
    for column, width in _READING_COLUMNS.items():
        columns.append(FormColumn(say(f"todo.{column}"), width))
    cells = tuple((*row.cells, row.about, row.finding, row.action) for row in rows)
    note = say(f"todo.{name}.how" if rows else "todo.nothing")
    return FormSheet(name, say(f"todo.{name}"), (note,), tuple(columns), cells, locked=False)


# --- corrections
# --------------------------------------------------------------------------------------------------


def _correction_rows(findings: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    is_of_cell = findings["rule"].isin(_CELL_RULES) & findings["table"].isin(_EXPORT_TABLES)
    has_place = findings["source"].notna() & findings["field"].notna()
    is_correctable = is_of_cell & has_place & ~_is_at_heading(findings, results)
    cells = _split_cells(findings[is_correctable])
    return [_correction_row(cell, edition) for cell in text_rows(cells)]


def _split_cells(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings with one row per cell: a sheet may lack several marks, several answers of one
    row may be unclear; `field` and `value` then name them joined by |.
    """
    fields = findings["field"].str.split("|")
    values = [
        _value_parts(names, value) for names, value in zip(fields, findings["value"], strict=True)
    ]
    split = findings.assign(field=fields, value=pd.Series(values, index=findings.index))
    return split.explode(["field", "value"])


def _value_parts(fields: list[str], value: object) -> list[object]:
    """The value of each field: its own part of the value, else the whole value."""
    parts = value.split("|") if isinstance(value, str) else []
    if len(parts) == len(fields) > 1:
        return [*parts]
    return [value] * len(fields)


def _is_at_heading(findings: pd.DataFrame, results: Results) -> pd.Series:
    """Whether each finding stands at its export's row of headings: then it is about a column."""
    heading_rows = results["exports"].set_index("source")["heading_row"]
    heading_rows = heading_rows[~heading_rows.index.duplicated()]
    is_at = findings["row"] == findings["source"].map(heading_rows)
    return is_at.fillna(False).astype("bool")


def _correction_row(cell: dict[str, str], edition: Edition) -> TodoRow:
    value = Blank(_cell_check(cell, edition))
    signed = (Blank(), Blank(), Blank())  # reason, by, on
    cells = (*_place_cells(cell), cell["field"], _expected_text(cell), value, *signed)
    is_choice = cell["rule"] == "unknown_agency"
    action = edition.words.say("todo.choose_one" if is_choice else "todo.fill_value")
    return TodoRow(cells, cell["about"], cell["message"], action)


def _place_cells(cell: dict[str, str]) -> tuple[FormCell, ...]:
    """Submission, source and row of a correction: the cell's place, else its submission."""
    if cell["row"]:
        return "", cell["source"], int(cell["row"])
    return cell["submission_id"], "", ""


def _expected_text(cell: dict[str, str]) -> str:
    """What the export says in the cell: nothing where a mark is missing."""
    return "" if cell["rule"] in ("missing_required", "incomplete_sheet") else cell["value"]


def _cell_check(cell: dict[str, str], edition: Edition) -> Scale | OneOf | None:
    """What the cell takes: a known name, a mark on the scale, yes or no; None for anything."""
    field, phase_code = cell["field"], cell["phase"]
    names = {"category": edition.categories, "group": edition.groups}.get(field)
    if names:
        return OneOf(tuple(names.values()))
    if phase_code not in edition.phases:
        return None
    phase = edition.competition.phase(phase_code)
    if isinstance(phase, JudgingPhase):
        own = [criterion for criterion in phase.criteria if criterion.code == field]
        return Scale(*phase.criterion_scale(own[0])) if own else None
    if isinstance(phase, ScreeningPhase) and _has_code(phase.requirements, field):
        say = edition.words.say
        return OneOf((say("sheets.yes"), say("sheets.no")))
    return None


def _has_code(items: Iterable[Criterion | Requirement], code: str) -> bool:
    return any(item.code == code for item in items)


# --- agencies
# --------------------------------------------------------------------------------------------------


def _agency_rows(findings: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    unknown = unregistered_agencies(findings, results["agencies"])
    near = findings[findings["rule"] == "approximate_agency"].drop_duplicates("value")
    added = [_new_agency_row(agency, edition) for agency in text_rows(unknown)]
    return added + _alias_rows(near, results, edition)


def _new_agency_row(finding: dict[str, str], edition: Edition) -> TodoRow:
    """The line of an agency that the register does not have, its name as it was typed."""
    others = (Blank() for _ in range(len(FILE_COLUMNS["agencies"]) - 2))
    cells = (Blank(), Blank(value=finding["value"]), *others)
    action = edition.words.say("todo.new_agency")
    return TodoRow(cells, finding["about"], finding["message"], action)


def _alias_rows(near: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    """The whole line of each agency that was meant, with what was typed as a further alias."""
    read_as = results["matches"].drop_duplicates("typed").set_index("typed")["read_as"]
    agency_names = near["value"].map(read_as)
    meant = near.assign(agency=agency_names).dropna(subset="agency")
    register = results["agencies"].drop_duplicates("agency")
    agencies = {agency.agency: agency for agency in records(register)}
    return [
        _alias_row(agencies[name], findings, edition)
        for name, findings in meant.groupby("agency", sort=True)
        if name in agencies
    ]


def _alias_row(agency: Any, findings: pd.DataFrame, edition: Edition) -> TodoRow:
    registered = agency.aliases.split("|") if agency.aliases else []
    aliases = dict.fromkeys([*registered, *findings["value"]])
    cells = (
        agency.agency_code,
        agency.agency,
        agency.short_name,
        agency.type,
        agency.parent_code,
        Blank(value="|".join(aliases)),
        _obliged_text(agency, edition),
        agency.valid_from,
        agency.valid_to,
    )
    about = ", ".join(findings["about"].dropna().unique())
    action = edition.words.say("todo.replace_agency", code=agency.agency_code)
    return TodoRow(cells, about, str(findings["message"].iloc[0]), action)


def _obliged_text(agency: Any, edition: Edition) -> str:
    """What the register says of the agency itself: "" where its type says the same."""
    obliged_types = {kind.casefold() for kind in edition.competition.obligation.types}
    by_type = (agency.type or "").casefold() in obliged_types
    is_obliged = bool(agency.obliged)
    return "" if is_obliged == by_type else str(is_obliged).lower()


# --- decisions
# --------------------------------------------------------------------------------------------------


def _decision_rows(findings: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    registration = edition.competition.registration.code
    settleable = text_rows(_join_findings_by_submission(_decidable_findings(findings)))
    undecided = text_rows(_undecided_submissions(findings, results))
    mistaken = text_rows(findings[findings["rule"] == "unknown_decision"])
    rows = [_decision_row(row, registration, edition) for row in settleable]
    rows += [_decision_row(row, row["phase"], edition) for row in undecided]
    return rows + [_mistaken_decision_row(row, edition) for row in mistaken]


def _decidable_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings of registration that a decision settles: it holds for the row that counts, and
    cannot accept a row without an agency.
    """
    counts = findings["counts"].fillna(False).astype("bool")
    is_error = (findings["status"] == "rejected") & (findings["severity"] == "error")
    is_open = (counts & is_error) | (findings["rule"] == "vanished")
    without_agency = findings["rule"].isin(["unknown_agency", "ambiguous_agency"])
    barred = findings.loc[without_agency, "submission_id"]
    by_rule = findings[findings["rule"].isin(_DECISION_RULES) & is_open]
    return by_rule[~by_rule["submission_id"].isin(barred)]


def _join_findings_by_submission(findings: pd.DataFrame) -> pd.DataFrame:
    """One row per submission, its messages together."""
    messages = findings.groupby("submission_id", sort=False)["message"].agg("\n".join)
    once = findings.drop_duplicates("submission_id")
    return once.assign(message=once["submission_id"].map(messages), level="")


def _undecided_submissions(findings: pd.DataFrame, results: Results) -> pd.DataFrame:
    """What closed phases leave undecided: phase, submission_id, level, about, message.

    One row per phase, level and submission.
    """
    keys = ["phase", "submission_id"]
    by_submission = findings.dropna(subset=keys).groupby(keys, sort=False)
    messages = by_submission["message"].agg("\n".join).reset_index()
    undecided = _undecided_rows(results).merge(messages, on=keys, how="left", validate="m:1")
    submissions = results["submissions"].drop_duplicates("submission_id", keep="last")
    titles = submissions.set_index("submission_id")["title"]
    about = undecided["title"].fillna(undecided["submission_id"].map(titles))
    return undecided.assign(about=about)


def _undecided_rows(results: Results) -> pd.DataFrame:
    """phase, submission_id, title, level: one row per undecided outcome of a closed phase."""
    columns = ["phase", "submission_id", "title", "level"]
    tables = []
    for name, outcome in _OPEN_OUTCOMES.items():
        is_open = results[name]["outcome"] == outcome
        tables.append(results[name][is_open].reindex(columns=columns))
    rows = pd.concat(tables, ignore_index=True)
    phases = results["phases"]
    closed = phases.loc[phases["state"] == "closed", "phase"]
    return rows[rows["phase"].isin(closed)]


def _decision_row(row: dict[str, str], phase: str, edition: Edition) -> TodoRow:
    say = edition.words.say
    options = _decidable_outcomes(phase, edition)
    cells = (phase, row["submission_id"], Blank(OneOf(options)), Blank(), row["level"])
    finding = row["message"] or say("todo.undecided", phase=edition.phases[phase])
    return TodoRow(cells, row["about"], finding, say("todo.decide", options=", ".join(options)))


def _decidable_outcomes(phase: str, edition: Edition) -> tuple[str, ...]:
    """The outcomes that a decision in this phase may give."""
    return DECIDABLE_OUTCOMES[edition.competition.phase(phase).kind]


def _mistaken_decision_row(row: dict[str, str], edition: Edition) -> TodoRow:
    """The line that takes the place of a decision which names no phase, submission or outcome."""
    phase = row["phase"] if row["phase"] in edition.phases else ""
    options = OneOf(_decidable_outcomes(phase, edition)) if phase else None
    reason = level = Blank()
    cells = (Blank(value=phase), Blank(value=row["value"]), Blank(options), reason, level)
    action = edition.words.say("todo.replace_decision", row=row["row"])
    return TodoRow(cells, row["about"], row["message"], action)


# --- competition.toml
# ------------------------------------------------------------------------------------------------


def _toml_rows(findings: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    """A line for each heading that gives nothing, where a person is to name the field; of several
    headings that give one field, the whole line of the heading that is used.
    """
    is_heading = (findings["rule"] == "unknown_column") & findings["table"].isin(_EXPORT_TABLES)
    unknown = findings[is_heading & findings["field"].notna()]
    once = unknown.drop_duplicates(["table", "phase", "field"])
    rows = []
    for finding in text_rows(once):
        line = _heading_line(finding, results["headings"], edition)
        if line is not None:
            rows.append(_toml_row(finding, line, edition))
    return rows


def _toml_row(finding: dict[str, str], line: FormCell, edition: Edition) -> TodoRow:
    is_whole = isinstance(line, str)
    action = edition.words.say("todo.one_heading" if is_whole else "todo.name_field")
    cells = (f"[{_toml_section(finding)}]", line)
    return TodoRow(cells, finding["source"], finding["message"], action)


def _heading_line(
    finding: dict[str, str], headings: pd.DataFrame, edition: Edition
) -> FormCell | None:
    """The line for the heading of a finding; None where no line tells the columns apart: they are
    headed alike, or settings name both.
    """
    of_source = headings[headings["source"] == finding["source"]]
    is_own = of_source["heading"] == finding["field"]
    fields = of_source.loc[is_own, "read_as"].dropna()
    if fields.empty:
        return Blank(value=toml_line(finding["field"], ""))
    field = str(fields.iloc[0])
    giving = of_source.loc[of_source["read_as"] == field, "heading"]
    is_settled = not set(giving).isdisjoint(_settings_headings(finding, edition))
    if is_settled or are_headed_alike(giving):
        return None
    return toml_line(str(giving.iloc[0]), field)


def _settings_headings(finding: dict[str, str], edition: Edition) -> Mapping[str, str]:
    """The headings that competition.toml names for the section of a finding."""
    forms = edition.competition.forms
    by_phase = {"marks": forms.scores, "screening": forms.screening}.get(finding["table"])
    return forms.submissions if by_phase is None else by_phase.get(finding["phase"], {})


def _toml_section(finding: dict[str, str]) -> str:
    """The section of competition.toml that names the headings of a finding's export."""
    by_phase = {"marks": "scores", "screening": "screening"}.get(finding["table"])
    return f"forms.{by_phase}.{finding['phase']}" if by_phase else "forms.submissions"
