"""Every table and column, declared once.

A column is declared by its name: its kind says how it is held in a frame, how it is written to
data/*.csv, how the data package and the data dictionary describe it, and which Great Expectations
rules its table gets. What does not belong here: rules that depend on a competition (rules.py,
validation.py).

Kinds, with the pandas dtype that holds them and the form in CSV:

    text      str, NaN where missing        defused where a spreadsheet would run it as a formula
    code      str, NaN where missing        as text: a code of competition.toml or of a register
    integer   Int64                         digits
    decimal   str of an exact decimal       `.`, exactly the digits that count ("87.50"); never a
    binary float
    time      datetime64[us, zone]          ISO 8601 with offset, in the competition's zone
    date      str, YYYY-MM-DD               as it stands
    boolean   boolean                       true, false
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "integer", "decimal", "time", "date", "boolean"]


@dataclass(frozen=True)
class Column:
    """One column: its name is the name of one quantity, everywhere."""

    name: str
    kind: Kind
    description: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table of data/: its columns in order and the columns that tell its rows apart."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    description: str
    required: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


OUTCOMES = {
    "registration": ("accepted", "rejected", "superseded", "withdrawn"),
    "screening": ("passes", "fails", "pending"),
    "judging": ("advances", "stays", "undecided"),
    "nomination": ("nominated", "reserve", "barred", "undecided"),
}
DECIDABLE = {  # what decisions.csv may say, by kind of phase
    "registration": ("accepted", "rejected", "withdrawn"),
    "screening": ("passes", "fails"),
    "judging": ("advances", "stays"),
    "nomination": ("nominated", "reserve"),
}
STATES = ("not_begun", "open", "closed")
SEVERITIES = ("critical", "error", "warning")

# The fields of a submission, as headings are mapped to them (interface.md section 3).
NARRATIVES = (
    "summary",
    "background",
    "novelty",
    "implementation",
    "significance",
    "adaptability",
    "resources",
    "sustainability",
)
SUBMISSION_FIELDS = (
    "submission_id",
    "submitted_at",
    "title",
    "agency",
    "category",
    "group",
    "started_on",
    *NARRATIVES,
    "sdgs",
    "innovator",
    "contact_name",
    "contact_email",
    "contact_phone",
    "video_url",
    "documents",
)
PERSONAL_FIELDS = ("innovator", "contact_name", "contact_email", "contact_phone")

_COLUMNS: dict[str, Column] = {}


def _column(name: str, kind: Kind, description: str, choices: tuple[str, ...] = ()) -> None:
    assert name not in _COLUMNS, name
    _COLUMNS[name] = Column(name, kind, description, choices)


_column(
    "submission_id",
    "code",
    "The form's own id, else agency code, hyphen and six characters from agency and title",
)
_column(
    "title", "text", "The innovation's title as delivered, spaces and control characters cleaned"
)
_column(
    "agency_code",
    "code",
    "The agency's code in agencies.csv; empty where what was typed matches none",
)
_column("agency", "text", "The agency's name in agencies.csv; where none matches, what was typed")
_column("category", "code", "Code of the category in competition.toml")
_column("group", "code", "Code of the group (kelompok) in competition.toml")
_column("submitted_at", "time", "When the form was sent")
_column("status", "code", "What counts: the decision where there is one, else what the rules gave")
_column("stage", "code", "Code of the last phase that the submission entered")
_column("source", "text", "Path of the export under inbox/, with #sheet where it has several")
_column("row", "integer", "The spreadsheet's own row, heading = 1; empty in a two-column workbook")
_column("ranked_status", "code", "Status by the rules alone, without the decision")
_column("reason", "text", "Why: the reason of the decision, or the code of what left a mark out")
_column("severity", "code", "What the finding does", SEVERITIES)
_column("rule", "code", "Code of the rule that found it (tasks/rules.py has them all)")
_column("table", "code", "The table or file that it is about")
_column("phase", "code", "Code of the phase in competition.toml")
_column("field", "text", "The field, criterion, requirement or heading that it is about")
_column("value", "text", "What stands there")
_column("message", "text", "What is wrong, and after an arrow what to do")
_column("unmet", "text", "Codes of the requirements answered no, joined by |")
_column("note", "text", "The screener's note")
_column("ranked_outcome", "code", "What the rule gave, as it stands")
_column(
    "outcome", "code", "What counts: the decision where there is one, once the phase has closed"
)
_column("judge", "text", "The judge's name in judges.csv, else as delivered")
_column("criterion", "code", "Code of the criterion in competition.toml")
_column("mark", "decimal", "The mark as given, on the phase's scale")
_column("used", "boolean", "Whether it counts in a score")
_column("rank", "integer", "Rank in its list; equals share one (1 2 2 4)")
_column("score", "decimal", "The official score, with the phase's decimals")
_column("own_score", "decimal", "This phase's own score before any carried share")
_column("sheets", "integer", "Number of used sheets")
_column("rank_low", "integer", "Lower end of the 90 percent interval of the rank")
_column("rank_high", "integer", "Upper end of the 90 percent interval of the rank")
_column("p_first", "decimal", "How often it comes first in the resampling, 0 to 1")
_column("p_advance", "decimal", "How often it is among those who advance in the resampling, 0 to 1")
_column("adjusted_score", "decimal", "Score with the judges' severity taken out")
_column("adjusted_rank", "integer", "Rank by adjusted_score")
_column("level", "code", "Code of the nomination level")
_column(
    "place", "integer", "Place at this level among those neither barred nor near an earlier award"
)
_column("severity_se", "decimal", "Standard error of the judge's severity")
_column("judge_severity", "decimal", "How much lower than the panel the judge marks")
_column("fit", "decimal", "How well the judge's sheets agree with the model")
_column("type", "code", "The agency's type in agencies.csv")
_column("parent_code", "code", "Code of the body it is part of")
_column("obliged", "boolean", "Whether One Agency One Innovation binds it")
_column("received", "integer", "Innovations that came in")
_column("accepted", "integer", "Innovations whose status is accepted")
_column("screened", "integer", "Innovations that passed every screening phase")
_column("received_with_units", "integer", "received, plus that of all bodies under it")
_column("accepted_with_units", "integer", "accepted, plus that of all bodies under it")
_column("screened_with_units", "integer", "screened, plus that of all bodies under it")
_column("year", "integer", "Year of the competition")
_column("agencies_obliged", "integer", "Agencies that One Agency One Innovation binds")
_column("agencies_compliant", "integer", "Those of them that comply")
# the tables that pages need besides
_column("kind", "code", "Kind of the phase or of the export")
_column("state", "code", "not_begun, open or closed by as_of", STATES)
_column("opens", "time", "When the phase begins")
_column("closes", "time", "When the phase ends; equal is in time")
_column("entered", "integer", "Submissions that entered the phase")
_column("delivered", "integer", "Rows or sheets delivered for the phase or read from the export")
_column("export_name", "text", "Path of the export under inbox/")
_column("export_sha256", "code", "SHA-256 of the export's bytes")
_column(
    "invisible",
    "integer",
    "Cells that control or direction characters were taken out of when they were read",
)
_column("invisible_at", "text", "Row and heading of the first such cells, joined by |")
_column(
    "stale_since",
    "time",
    "When the copy that was read was fetched, where its source could not be reached since",
)
_column("heading_row", "integer", "The spreadsheet's row of the headings")
_column("heading", "text", "A heading as delivered")
_column("read_as", "text", "The field that a heading was read as; empty: unknown")
_column("sheet_status", "code", "used, left_out or missing", ("used", "left_out", "missing"))
_column(
    "sheet_score", "decimal", "Weighted mean of one sheet's marks, rounded to the phase's decimals"
)
_column("criterion_score", "decimal", "The aggregate over one criterion, rounded like the score")
_column("short_name", "text", "The agency's short name")
_column("valid_from", "integer", "First year in which the body existed")
_column("valid_to", "integer", "Last year in which the body existed")
_column("aliases", "text", "Other names of the body, divided by |")
_column("typed", "text", "What was typed")
_column("similarity", "decimal", "How alike what was typed and what was taken are, 0 to 100")
_column("expected", "text", "What the export was expected to say")
_column("corrected_by", "text", "Who reviewed the correction")
_column("corrected_on", "text", "When it was reviewed")
_column("applied", "boolean", "Whether it took effect")
_column("award", "text", "The placement in placements.csv")
_column("award_year", "integer", "Its year")
_column("award_title", "text", "Its title as registered there")
_column("match", "code", "exact or near", ("exact", "near"))
_column("checked", "integer", "Cells or rows that the rule looked at")
_column("failed", "integer", "Those that break it")
_column("check_state", "code", "passed, failed or unchecked", ("passed", "failed", "unchecked"))


def _table(name: str, columns: str, key: str, description: str, required: str = "") -> Table:
    return Table(
        name,
        tuple(_COLUMNS[c] for c in columns.split(",")),
        tuple(key.split(",")) if key else (),
        description,
        tuple(required.split(",")) if required else (),
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "submissions",
            "submission_id,title,agency_code,agency,category,group,submitted_at,status,stage,source,"
            "row,ranked_status,reason",
            "source,row",
            "Every delivered row, one a row",
            "submission_id,status,source",
        ),
        _table(
            "findings",
            "severity,rule,table,phase,source,row,submission_id,field,value,message",
            "",
            "What is unclear or wrong, one row a finding",
            "severity,rule,message",
        ),
        _table(
            "screening",
            "phase,submission_id,unmet,note,ranked_outcome,outcome,reason",
            "phase,submission_id",
            "One row a submission that entered a screening phase",
            "phase,submission_id,ranked_outcome,outcome",
        ),
        _table(
            "marks",
            "phase,submission_id,judge,criterion,mark,used,reason",
            "",
            "Every mark read, one row a judge, submission and criterion",
            "phase,submission_id,judge,criterion,used",
        ),
        _table(
            "rankings",
            "phase,group,category,rank,submission_id,title,agency_code,score,own_score,sheets,rank_low,"
            "rank_high,p_first,p_advance,adjusted_score,adjusted_rank,ranked_outcome,outcome,reason",
            "phase,submission_id",
            "One row a submission that entered a judging phase",
            "phase,submission_id,ranked_outcome,outcome",
        ),
        _table(
            "nominations",
            "phase,level,place,submission_id,title,agency_code,category,score,ranked_outcome,outcome,"
            "reason",
            "phase,level,submission_id",
            "One row a candidate and level",
            "phase,level,submission_id,ranked_outcome,outcome",
        ),
        _table(
            "judges",
            "phase,judge,sheets,judge_severity,severity_se,fit",
            "phase,judge",
            "One row a judge and phase",
            "phase,judge",
        ),
        _table(
            "compliance",
            "agency_code,agency,type,parent_code,obliged,received,accepted,screened,"
            "received_with_units,accepted_with_units,screened_with_units,status",
            "agency_code",
            "One Agency One Innovation: one row a body that exists in the year",
            "agency_code,obliged,status",
        ),
        _table(
            "history",
            "year,received,accepted,agencies_obliged,agencies_compliant",
            "year",
            "One row a year: earlier years, then this one",
            "year",
        ),
        _table(
            "phases",
            "phase,kind,state,opens,closes,entered,delivered",
            "phase",
            "One row a phase, in order",
            "phase,kind,state",
        ),
        _table(
            "exports",
            "source,export_name,export_sha256,table,phase,kind,heading_row,delivered,stale_since,"
            "invisible,invisible_at",
            "source",
            "One row an export and sheet that was read",
            "source",
        ),
        _table(
            "headings", "source,heading,read_as", "", "One row a heading of an export", "source"
        ),
        _table(
            "matches",
            "source,row,field,typed,read_as,similarity",
            "",
            "Approximate matches of agencies, categories and judges: one row a distinct text",
            "typed",
        ),
        _table(
            "sheets",
            "phase,submission_id,judge,source,row,submitted_at,sheet_status,reason,sheet_score",
            "",
            "One row a sheet delivered or expected",
            "phase,submission_id,judge,sheet_status",
        ),
        _table(
            "criterion_scores",
            "phase,submission_id,criterion,criterion_score",
            "phase,submission_id,criterion",
            "One row a submission, phase and criterion",
            "phase,submission_id,criterion",
        ),
        _table(
            "agencies",
            "agency_code,agency,short_name,type,parent_code,obliged,valid_from,valid_to,aliases",
            "agency_code",
            "The register of agencies",
            "agency_code,agency",
        ),
        _table(
            "corrections",
            "source,row,submission_id,field,expected,value,reason,corrected_by,corrected_on,applied",
            "",
            "Every correction of a delivered cell",
        ),
        _table(
            "decisions",
            "phase,submission_id,title,outcome,reason,level,applied",
            "",
            "Every decision of the bureau or the plenary",
        ),
        _table(
            "placements",
            "award_year,agency_code,award_title,level,award",
            "",
            "Provincial and national results of earlier years",
        ),
        _table(
            "prior_awards",
            "phase,level,submission_id,match,award_year,award_title,award",
            "",
            "Candidates with an earlier award: one row a candidate, level and award",
        ),
        _table(
            "validation",
            "rule,table,phase,field,checked,failed,check_state",
            "",
            "One row an expectation that Great Expectations evaluated",
        ),
    )
}

# Names that stand otherwise in the CSV than in the program, where one word of the interface means
# two quantities.
CSV_NAMES = {("judges", "judge_severity"): "severity"}


def dictionary() -> str:
    """The data dictionary, docs/data-dictionary.md: every table of data/ with its columns, as
    Markdown.
    """
    return "\n".join([_DICTIONARY, *(_section(table) for table in TABLES.values())])


_DICTIONARY = """# Data dictionary

Made from tasks/schema.py (`make dictionary`). UTF-8, comma, `.` decimals, ISO 8601 times, `true`
and `false`, empty for missing; a text that a spreadsheet would run as a formula has an apostrophe
in front. The same stands in data/datapackage.json for a program.
"""


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key) or "none"
    rows = [
        f"| `{CSV_NAMES.get((table.name, c.name), c.name)}` | {c.kind} | "
        f"{c.description}{_among(c)} |"
        for c in table.columns
    ]
    head = [
        f"## {table.name}.csv",
        "",
        f"{table.description}. Key: {key}.",
        "",
        "| column | kind | |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def _among(column: Column) -> str:
    return f" ({', '.join(column.choices)})" if column.choices else ""
