"""todo.xlsx: each finding that a person can settle, as rows to paste into corrections, agencies or
decisions.

A sheet a file, its columns those of the file; to the right of them, for reading only, what the row
is about. What the person has to say is left blank: a row pasted unfinished is refused with its
place (broken_register), never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.content import problems
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
from reports.content.records import records
from tasks.intake.delivery import toml_line
from tasks.names import titles
from tasks.registration import innovations
from tasks.results.results import Results
from tasks.rules.competition import JudgingPhase, ScreeningPhase
from tasks.schema import DECIDABLE_OUTCOMES

FILE_COLUMNS = {  # sheet -> the file's columns, with their widths (interface.md section 1)
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
_CELL_RULES = (  # a correction of one delivered cell settles these
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
_EXPORT_TABLES = ("submissions", "marks", "screening")


@dataclass(frozen=True)
class TodoRow:
    """One row of a sheet: `cells` in the order of the file's columns, what it is about, what was
    found, what to do.
    """

    cells: tuple[FormCell, ...]
    about: str
    finding: str
    action: str


@dataclass(frozen=True)
class Todo:
    """The rows of each sheet, by name in the order of FILES; sheets without rows are there."""

    sheets: tuple[tuple[str, tuple[TodoRow, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.sheets)


def build(results: Results, edition: Edition) -> Todo:
    """The rows that would settle what these Results leave open."""
    open_ = _open_findings(results)
    made = {
        "corrections": _correction_rows(open_, results, edition),
        "agencies": _agency_rows(open_, results, edition),
        "decisions": _decision_rows(open_, results, edition),
        "toml": _toml_rows(open_, results, edition),
    }
    return Todo(tuple((name, tuple(made[name])) for name in FILE_COLUMNS))


def book(todo: Todo, edition: Edition) -> FormWorkbook:
    """The rows as a workbook."""
    return FormWorkbook(
        f"{edition.words.say('todo.title')} · {edition.competition.name} "
        f"{edition.competition.year}",
        tuple(_todo_sheet(name, rows, edition) for name, rows in todo.sheets),
        edition.masthead.paper,
    )


def _todo_sheet(name: str, rows: tuple[TodoRow, ...], edition: Edition) -> FormSheet:
    say = edition.words.say
    told = tuple(
        FormColumn(say(f"todo.{column}"), width) for column, width in _READING_COLUMNS.items()
    )
    columns = (
        tuple(FormColumn(heading, width) for heading, width in FILE_COLUMNS[name].items()) + told
    )
    cells = tuple((*row.cells, row.about, row.finding, row.action) for row in rows)
    notes = (say(f"todo.{name}.how"),) if rows else (say("todo.nothing"),)
    return FormSheet(name, say(f"todo.{name}"), notes, columns, cells, locked=False)


def _open_findings(results: Results) -> pd.DataFrame:
    """The findings that still matter, without those on rows that are superseded or withdrawn.

    With `about`, the title, and `counts` (boolean): whether the row that they stand at is its
    innovation's; else NA.
    """
    rows = innovations.add_innovations(results["submissions"])
    title = (
        rows[rows["counts"]].drop_duplicates("submission_id").set_index("submission_id")["title"]
    )
    places = rows[["source", "row", "status", "counts"]].drop_duplicates(["source", "row"])
    placed = results["findings"].merge(places, on=["source", "row"], how="left", validate="m:1")
    named = placed.assign(about=placed["submission_id"].map(title).astype("str"))
    return named[~placed["status"].isin(["superseded", "withdrawn"])].reset_index(drop=True)


def _text_rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The rows as text, "" where a cell is missing."""
    return problems.text_rows(frame)


# --- corrections
# --------------------------------------------------------------------------------------------------


def _correction_rows(found: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    of_cell = found["rule"].isin(_CELL_RULES) & found["table"].isin(_EXPORT_TABLES)
    placed = found["source"].notna() & found["field"].notna()
    cells = found[of_cell & placed & ~_is_at_heading(found, results)]
    return [_correction_row(cell, edition) for cell in _text_rows(_split_cells(cells))]


def _split_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """A row a cell: a sheet may lack several marks, several answers of one row may be unclear."""
    fields, values = cells["field"].str.split("|"), cells["value"].str.split("|")
    paired = [
        said if isinstance(said, list) and len(said) == len(names) > 1 else [value] * len(names)
        for names, said, value in zip(fields, values, cells["value"], strict=True)
    ]
    return cells.assign(field=fields, value=pd.Series(paired, index=cells.index)).explode(
        ["field", "value"]
    )


def _is_at_heading(found: pd.DataFrame, results: Results) -> pd.Series:
    """Whether each finding stands at its export's row of headings: it is about a column."""
    heads = results["exports"].set_index("source")["heading_row"]
    heads = heads[~heads.index.duplicated()]
    return (found["row"] == found["source"].map(heads)).fillna(False).astype("bool")


def _correction_row(cell: dict[str, str], edition: Edition) -> TodoRow:
    has_place = bool(cell["row"])
    submission = "" if has_place else cell["submission_id"]
    value = Blank(_cell_check(cell, edition))
    row: FormCell = int(cell["row"]) if has_place else ""
    source = cell["source"] if has_place else ""
    cells = (
        submission,
        source,
        row,
        cell["field"],
        _expected_text(cell),
        value,
        Blank(),
        Blank(),
        Blank(),
    )
    action = edition.words.say(
        "todo.choose_one" if cell["rule"] == "unknown_agency" else "todo.fill_value"
    )
    return TodoRow(cells, cell["about"], cell["message"], action)


def _expected_text(cell: dict[str, str]) -> str:
    """What the export says there: of a missing mark, or one of several that are, nothing."""
    return "" if cell["rule"] in ("missing_required", "incomplete_sheet") else cell["value"]


def _cell_check(cell: dict[str, str], edition: Edition) -> Scale | OneOf | None:
    """What the cell takes: a name that there is, a mark on the scale, yes or no; else anything."""
    names = {"category": edition.categories, "group": edition.groups}.get(cell["field"])
    if names:
        return OneOf(tuple(names.values()))
    phase = edition.competition.phase(cell["phase"]) if cell["phase"] in edition.phases else None
    if isinstance(phase, JudgingPhase) and cell["field"] in {
        criterion.code for criterion in phase.criteria
    }:
        return Scale(*phase.scale)
    if isinstance(phase, ScreeningPhase) and cell["field"] in {
        requirement.code for requirement in phase.requirements
    }:
        return OneOf((edition.words.say("sheets.yes"), edition.words.say("sheets.no")))
    return None


# --- agencies
# --------------------------------------------------------------------------------------------------


def _agency_rows(found: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    register = results["agencies"]
    is_named = titles.title_keys(found["value"]).isin(
        titles.title_keys(register["agency"])
    )  # a body of another year
    unknown = found[
        (found["rule"] == "unknown_agency") & (found["table"] == "submissions") & ~is_named
    ]
    near = found[found["rule"] == "approximate_agency"].drop_duplicates("value")
    return _new_agency_rows(unknown, edition) + _alias_rows(near, results, edition)


def _new_agency_rows(unknown: pd.DataFrame, edition: Edition) -> list[TodoRow]:
    """A line for each body that the register does not have, as it was typed."""
    once = unknown.assign(key=titles.title_keys(unknown["value"])).drop_duplicates("key")
    return [
        TodoRow(
            (Blank(), Blank(value=body["value"]), *(Blank() for _ in range(7))),
            body["about"],
            body["message"],
            edition.words.say("todo.new_agency"),
        )
        for body in _text_rows(once)
    ]


def _alias_rows(near: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    """The whole line of each body that was meant, with what was typed as a further alias."""
    taken = results["matches"].drop_duplicates("typed").set_index("typed")["read_as"]
    meant = near.assign(agency=near["value"].map(taken)).dropna(subset="agency")
    bodies = {body.agency: body for body in records(results["agencies"].drop_duplicates("agency"))}
    return [
        _alias_row(bodies[name], of_body, edition)
        for name, of_body in meant.groupby("agency", sort=True)
        if name in bodies
    ]


def _alias_row(body: Any, typed: pd.DataFrame, edition: Edition) -> TodoRow:
    had = body.aliases.split("|") if body.aliases else []
    aliases = "|".join(dict.fromkeys([*had, *typed["value"]]))
    cells = (
        body.agency_code,
        body.agency,
        body.short_name,
        body.type,
        body.parent_code,
        Blank(value=aliases),
        _obliged_text(body, edition),
        body.valid_from,
        body.valid_to,
    )
    action = edition.words.say("todo.replace_agency", code=body.agency_code)
    return TodoRow(
        cells, ", ".join(typed["about"].dropna().unique()), str(typed["message"].iloc[0]), action
    )


def _obliged_text(body: Any, edition: Edition) -> str:
    """What the register says of the body itself: nothing where its type says the same."""
    by_type = (body.type or "").casefold() in {
        kind.casefold() for kind in edition.competition.obligation.types
    }
    return "" if bool(body.obliged) == by_type else str(bool(body.obliged)).lower()


# --- decisions
# --------------------------------------------------------------------------------------------------


def _decision_rows(found: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    registration = edition.competition.registration.code
    stands = (
        found["counts"].fillna(False).astype("bool")
    )  # a decision holds for the row that counts
    open_ = stands & (found["status"] == "rejected") & (found["severity"] == "error")
    by_rule = found[found["rule"].isin(_DECISION_RULES) & (open_ | (found["rule"] == "vanished"))]
    without_body = found.loc[
        found["rule"].isin(["unknown_agency", "ambiguous_agency"]), "submission_id"
    ]
    settled = by_rule[
        ~by_rule["submission_id"].isin(without_body)
    ]  # no decision can accept one without an agency
    mistaken = found[(found["rule"] == "unknown_decision")]
    rows = [
        _decision_row(row, registration, edition)
        for row in _text_rows(_join_by_submission(settled))
    ]
    rows += [
        _decision_row(row, row["phase"], edition)
        for row in _text_rows(_undecided_submissions(found, results))
    ]
    return rows + [_mistaken_decision_row(row, edition) for row in _text_rows(mistaken)]


def _join_by_submission(found: pd.DataFrame) -> pd.DataFrame:
    """One row a submission, its messages together."""
    joined = found.groupby("submission_id", sort=False)["message"].agg("\n".join)
    once = found.drop_duplicates("submission_id")
    return once.assign(message=once["submission_id"].map(joined), level="")


def _undecided_submissions(found: pd.DataFrame, results: Results) -> pd.DataFrame:
    """Everything that a closed phase leaves undecided: phase, submission_id, level, about,
    message.
    """
    phases = results["phases"]
    closed = phases.loc[phases["state"] == "closed", "phase"]
    screening, rankings, nominations = (
        results["screening"],
        results["rankings"],
        results["nominations"],
    )
    rows = pd.concat(
        [
            screening.loc[screening["outcome"] == "pending", ["phase", "submission_id"]],
            rankings.loc[rankings["outcome"] == "undecided", ["phase", "submission_id", "title"]],
            nominations.loc[
                nominations["outcome"] == "undecided", ["phase", "submission_id", "title", "level"]
            ],
        ],
        ignore_index=True,
    ).reindex(columns=["phase", "submission_id", "title", "level"])
    rows = rows[rows["phase"].isin(closed)]
    named = found[found["phase"].notna() & found["submission_id"].notna()]
    said = (
        named.groupby(["phase", "submission_id"], sort=False)["message"]
        .agg("\n".join)
        .reset_index()
    )
    told = rows.merge(said, on=["phase", "submission_id"], how="left", validate="m:1")
    names = (
        results["submissions"]
        .drop_duplicates("submission_id", keep="last")
        .set_index("submission_id")["title"]
    )
    return told.assign(about=told["title"].fillna(told["submission_id"].map(names)))


def _decision_row(row: dict[str, str], phase: str, edition: Edition) -> TodoRow:
    options = DECIDABLE_OUTCOMES[edition.competition.phase(phase).kind]
    cells = (phase, row["submission_id"], Blank(OneOf(options)), Blank(), row["level"])
    finding = row["message"] or edition.words.say("todo.undecided", phase=edition.phases[phase])
    return TodoRow(
        cells, row["about"], finding, edition.words.say("todo.decide", options=", ".join(options))
    )


def _mistaken_decision_row(row: dict[str, str], edition: Edition) -> TodoRow:
    phase = row["phase"] if row["phase"] in edition.phases else ""
    options = OneOf(DECIDABLE_OUTCOMES[edition.competition.phase(phase).kind]) if phase else None
    cells = (Blank(value=phase), Blank(value=row["value"]), Blank(options), Blank(), Blank())
    return TodoRow(
        cells,
        row["about"],
        row["message"],
        edition.words.say("todo.replace_decision", row=row["row"]),
    )


# --- competition.toml
# ------------------------------------------------------------------------------------------------


def _toml_rows(found: pd.DataFrame, results: Results, edition: Edition) -> list[TodoRow]:
    """A line for each heading that gives nothing, where the field is for a person to name; of
    several that give one field, the whole line of the one that is used.
    """
    strange = found[
        (found["rule"] == "unknown_column")
        & found["table"].isin(_EXPORT_TABLES)
        & found["field"].notna()
    ]
    once = _text_rows(strange.drop_duplicates(["table", "phase", "field"]))
    lines = [(row, _heading_line(row, results["headings"], edition)) for row in once]
    return [
        TodoRow(
            (f"[{_toml_section(row)}]", line),
            row["source"],
            row["message"],
            edition.words.say("todo.one_heading" if isinstance(line, str) else "todo.name_field"),
        )
        for row, line in lines
        if line is not None
    ]


def _heading_line(row: dict[str, str], headings: pd.DataFrame, edition: Edition) -> FormCell | None:
    """The line for the heading of a finding; None where no line tells the columns apart: they are
    headed alike, or settings name both.
    """
    of_source = headings[headings["source"] == row["source"]]
    field = of_source.loc[of_source["heading"] == row["field"], "read_as"].dropna()
    if field.empty:
        return Blank(value=toml_line(row["field"], ""))
    giving = of_source.loc[of_source["read_as"] == field.iloc[0], "heading"]
    is_settled = set(giving) & set(_settings_headings(row, edition))
    if titles.title_keys(giving).duplicated().any() or is_settled:
        return None
    return toml_line(str(giving.iloc[0]), str(field.iloc[0]))


def _settings_headings(row: dict[str, str], edition: Edition) -> Mapping[str, str]:
    """The headings that competition.toml names for the section of a finding."""
    forms = edition.competition.forms
    of_phase = {"marks": forms.scores, "screening": forms.screening}.get(row["table"])
    return forms.submissions if of_phase is None else of_phase.get(row["phase"], {})


def _toml_section(row: dict[str, str]) -> str:
    of_phase = {"marks": "scores", "screening": "screening"}.get(row["table"])
    return f"forms.{of_phase}.{row['phase']}" if of_phase else "forms.submissions"
