"""Every table of data/, every frame that passes from one room to another, and their columns, once.

A column is declared by its name: its kind says how it is held in a frame, how it is written to
data/*.csv, how the data package and the data dictionary describe it, and which Great Expectations
rules its table gets. What does not belong here: rules that depend on a competition (tasks/rules,
tasks/validation).

Kinds, with the pandas dtype that holds them and the form in CSV:

    text      str, NaN where missing        defused where a spreadsheet would run it as a formula
    code      str, NaN where missing        as text: a code of competition.toml or of a register
    integer   Int64                         digits
    decimal   str of an exact decimal       `.`, exactly the digits that count ("87.50");
                                            never a binary float
    time      datetime64[us, zone]          ISO 8601 with offset, in the competition's zone
    date      str, YYYY-MM-DD               as it stands
    boolean   boolean                       true, false
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["text", "code", "integer", "decimal", "time", "date", "boolean"]


@dataclass(frozen=True)
class DataColumn:
    """One column: its name is the name of one quantity, everywhere."""

    name: str
    kind: ColumnKind
    description: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataTable:
    """One table of data/: its columns in order and the columns that tell its rows apart."""

    name: str
    columns: tuple[DataColumn, ...]
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
DECIDABLE_OUTCOMES = {  # what decisions.csv may say, by kind of phase
    "registration": ("accepted", "rejected", "withdrawn"),
    "screening": ("passes", "fails"),
    "judging": ("advances", "stays"),
    "nomination": ("nominated", "reserve"),
}
RULE_REASONS = ("below_minimum",)  # reasons of an outcome that the rule gives, and no decision
OVERALL_LIST = "overall"  # what the one list of all submissions is called in a table
PHASE_STATES = ("not_begun", "open", "closed")
SEVERITIES = ("critical", "error", "warning")

# The fields of a submission, as headings are mapped to them (interface.md section 3).
NARRATIVE_FIELDS = (
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
    *NARRATIVE_FIELDS,
    "sdgs",
    "innovator",
    "contact_name",
    "contact_email",
    "contact_phone",
    "video_url",
    "documents",
)
PERSONAL_FIELDS = ("innovator", "contact_name", "contact_email", "contact_phone")

_COLUMNS: dict[str, DataColumn] = {}


def _declare_column(
    name: str, kind: ColumnKind, description: str, choices: tuple[str, ...] = ()
) -> None:
    assert name not in _COLUMNS, name
    _COLUMNS[name] = DataColumn(name, kind, description, choices)


_declare_column(
    "submission_id",
    "code",
    "The form's own id, else agency code, hyphen and six characters from agency and title",
)
_declare_column(
    "title", "text", "The innovation's title as delivered, spaces and control characters cleaned"
)
_declare_column(
    "agency_code",
    "code",
    "The agency's code in agencies.csv; empty where what was typed matches none",
)
_declare_column(
    "agency", "text", "The agency's name in agencies.csv; where none matches, what was typed"
)
_declare_column("category", "code", "Code of the category in competition.toml")
_declare_column("group", "code", "Code of the group (kelompok) in competition.toml")
_declare_column("submitted_at", "time", "When the form was sent")
_declare_column(
    "status", "code", "What counts: the decision where there is one, else what the rules gave"
)
_declare_column("stage", "code", "Code of the last phase that the submission entered")
_declare_column(
    "source", "text", "Path of the export under inbox/, with #sheet where it has several"
)
_declare_column(
    "row", "integer", "The spreadsheet's own row, heading = 1; empty in a two-column workbook"
)
_declare_column("ranked_status", "code", "Status by the rules alone, without the decision")
_declare_column(
    "reason", "text", "Why: the reason of the decision, or the code of what left a mark out"
)
_declare_column("severity", "code", "What the finding does", SEVERITIES)
_declare_column("rule", "code", "Code of the rule that found it")
_declare_column("table", "code", "The table or file that it is about")
_declare_column("phase", "code", "Code of the phase in competition.toml")
_declare_column("field", "text", "The field, criterion, requirement or heading that it is about")
_declare_column("value", "text", "What stands there")
_declare_column("message", "text", "What is wrong, and after an arrow what to do")
_declare_column("unmet", "text", "Codes of the requirements answered no, joined by |")
_declare_column("note", "text", "The screener's note")
_declare_column("ranked_outcome", "code", "What the rule gave, as it stands")
_declare_column(
    "outcome", "code", "What counts: the decision where there is one, once the phase has closed"
)
_declare_column("judge", "text", "The judge's name in judges.csv, else as delivered")
_declare_column("criterion", "code", "Code of the criterion in competition.toml")
_declare_column("mark", "decimal", "The mark as given, on the phase's scale")
_declare_column("used", "boolean", "Whether it counts in a score")
_declare_column("rank", "integer", "Rank in its list; equals share one (1 2 2 4)")
_declare_column("score", "decimal", "The official score, with the phase's decimals")
_declare_column("own_score", "decimal", "This phase's own score before any carried share")
_declare_column("sheets", "integer", "Number of used sheets")
_declare_column("rank_low", "integer", "Lower end of the 90 percent interval of the rank")
_declare_column("rank_high", "integer", "Upper end of the 90 percent interval of the rank")
_declare_column("p_first", "decimal", "How often it comes first in the resampling, 0 to 1")
_declare_column(
    "p_advance", "decimal", "How often it is among those who advance in the resampling, 0 to 1"
)
_declare_column("adjusted_score", "decimal", "Score with the judges' severity taken out")
_declare_column("adjusted_rank", "integer", "Rank by adjusted_score")
_declare_column("level", "code", "Code of the nomination level")
_declare_column(
    "place", "integer", "Place at this level among those neither barred nor near an earlier award"
)
_declare_column("severity_se", "decimal", "Standard error of the judge's severity")
_declare_column("judge_severity", "decimal", "How much lower than the panel the judge marks")
_declare_column("fit", "decimal", "How well the judge's sheets agree with the model")
_declare_column("type", "code", "The agency's type in agencies.csv")
_declare_column("parent_code", "code", "Code of the body it is part of")
_declare_column("obliged", "boolean", "Whether One Agency One Innovation binds it")
_declare_column("received", "integer", "Innovations that came in")
_declare_column("accepted", "integer", "Innovations whose status is accepted")
_declare_column("screened", "integer", "Innovations that passed every screening phase")
_declare_column("received_with_units", "integer", "received, plus that of all bodies under it")
_declare_column("accepted_with_units", "integer", "accepted, plus that of all bodies under it")
_declare_column("screened_with_units", "integer", "screened, plus that of all bodies under it")
_declare_column("year", "integer", "Year of the competition")
_declare_column("agencies_obliged", "integer", "Agencies that One Agency One Innovation binds")
_declare_column("agencies_compliant", "integer", "Those of them that comply")
_declare_column(
    "list",
    "text",
    "Codes of rank_within joined by |; `overall` for one list of all; in a nomination the level",
)
_declare_column(
    "broken_by",
    "code",
    "What set this rank apart from that of the equals before it, for the first of them from that "
    "after it: a criterion's code; empty: nothing, all of them share one rank",
)
_declare_column("places", "integer", "How many advance or are nominated; empty: all over a score")
_declare_column(
    "margin",
    "decimal",
    "The least that one sheet's score would have to change for another to advance; not worked out "
    "yet, empty",
)
_declare_column("was", "text", "What the export says in the cell")
_declare_column("is", "text", "What the cell says since it was corrected")
# the tables that pages need besides
_declare_column("kind", "code", "Kind of the phase or of the export")
_declare_column("state", "code", "not_begun, open or closed by as_of", PHASE_STATES)
_declare_column("opens", "time", "When the phase begins")
_declare_column("closes", "time", "When the phase ends; equal is in time")
_declare_column("entered", "integer", "Submissions that entered the phase")
_declare_column(
    "delivered", "integer", "Rows or sheets delivered for the phase or read from the export"
)
_declare_column("export_name", "text", "Path of the export under inbox/")
_declare_column("export_sha256", "code", "SHA-256 of the export's bytes")
_declare_column(
    "invisible",
    "integer",
    "Cells that control or direction characters were taken out of when they were read",
)
_declare_column("invisible_at", "text", "Row and heading of the first such cells, joined by |")
_declare_column(
    "stale_since",
    "time",
    "When the copy that was read was fetched, where its source could not be reached since",
)
_declare_column("heading_row", "integer", "The spreadsheet's row of the headings")
_declare_column("heading", "text", "A heading as delivered")
_declare_column("read_as", "text", "The field that a heading was read as; empty: unknown")
_declare_column(
    "sheet_status", "code", "used, left_out or missing", ("used", "left_out", "missing")
)
_declare_column(
    "sheet_score", "decimal", "Weighted mean of one sheet's marks, rounded to the phase's decimals"
)
_declare_column(
    "criterion_score", "decimal", "The aggregate over one criterion, rounded like the score"
)
_declare_column("short_name", "text", "The agency's short name")
_declare_column("valid_from", "integer", "First year in which the body existed")
_declare_column("valid_to", "integer", "Last year in which the body existed")
_declare_column("aliases", "text", "Other names of the body, divided by |")
_declare_column("typed", "text", "What was typed")
_declare_column(
    "similarity", "decimal", "How alike what was typed and what was taken are, 0 to 100"
)
_declare_column("expected", "text", "What the export was expected to say")
_declare_column("corrected_by", "text", "Who reviewed the correction")
_declare_column("corrected_on", "text", "When it was reviewed")
_declare_column("applied", "boolean", "Whether it took effect")
_declare_column("award", "text", "The placement in placements.csv")
_declare_column("award_year", "integer", "Its year")
_declare_column("award_title", "text", "Its title as registered there")
_declare_column("match", "code", "exact or near", ("exact", "near"))
_declare_column("checked", "integer", "Cells or rows that the rule looked at")
_declare_column("failed", "integer", "Those that break it")
_declare_column(
    "check_state", "code", "passed, failed or unchecked", ("passed", "failed", "unchecked")
)


def _declare_table(
    name: str, columns: str, key: str, description: str, required: str = ""
) -> DataTable:
    return DataTable(
        name,
        tuple(_COLUMNS[c] for c in columns.split(",")),
        tuple(key.split(",")) if key else (),
        description,
        tuple(required.split(",")) if required else (),
    )


TABLES: dict[str, DataTable] = {
    table.name: table
    for table in (
        _declare_table(
            "submissions",
            "submission_id,title,agency_code,agency,category,group,submitted_at,status,stage,source,"
            "row,ranked_status,reason",
            "source,row",
            "Every delivered row, one a row",
            "submission_id,status,source",
        ),
        _declare_table(
            "findings",
            "severity,rule,table,phase,source,row,submission_id,field,value,message",
            "",
            "What is unclear or wrong, one row a finding",
            "severity,rule,message",
        ),
        _declare_table(
            "screening",
            "phase,submission_id,unmet,note,ranked_outcome,outcome,reason",
            "phase,submission_id",
            "One row a submission that entered a screening phase",
            "phase,submission_id,ranked_outcome,outcome",
        ),
        _declare_table(
            "marks",
            "phase,submission_id,judge,criterion,mark,used,reason",
            "",
            "Every mark read, one row a judge, submission and criterion",
            "phase,submission_id,judge,criterion,used",
        ),
        _declare_table(
            "rankings",
            "phase,group,category,rank,submission_id,title,agency_code,score,own_score,sheets,rank_low,"
            "rank_high,p_first,p_advance,adjusted_score,adjusted_rank,ranked_outcome,outcome,reason",
            "phase,submission_id",
            "One row a submission that entered a judging phase",
            "phase,submission_id,ranked_outcome,outcome",
        ),
        _declare_table(
            "nominations",
            "phase,level,place,submission_id,title,agency_code,category,score,ranked_outcome,outcome,"
            "reason",
            "phase,level,submission_id",
            "One row a candidate and level",
            "phase,level,submission_id,ranked_outcome,outcome",
        ),
        _declare_table(
            "judges",
            "phase,judge,sheets,judge_severity,severity_se,fit",
            "phase,judge",
            "One row a judge and phase",
            "phase,judge",
        ),
        _declare_table(
            "ties",
            "phase,list,rank,submission_id,broken_by",
            "",
            "Equal scores in a list, one row a submission of them",
        ),
        _declare_table(
            "cutoffs",
            "phase,list,places,score,margin",
            "",
            "Where the rule cuts, one row a list that is cut: `score` is the last that advances or "
            "is nominated by the rule, empty where none is",
        ),
        _declare_table(
            "compliance",
            "agency_code,agency,type,parent_code,obliged,received,accepted,screened,"
            "received_with_units,accepted_with_units,screened_with_units,status",
            "agency_code",
            "One Agency One Innovation: one row a body that exists in the year",
            "agency_code,obliged,status",
        ),
        _declare_table(
            "history",
            "year,received,accepted,agencies_obliged,agencies_compliant",
            "year",
            "One row a year: earlier years, then this one",
            "year",
        ),
        _declare_table(
            "phases",
            "phase,kind,state,opens,closes,entered,delivered",
            "phase",
            "One row a phase, in order",
            "phase,kind,state",
        ),
        _declare_table(
            "exports",
            "source,export_name,export_sha256,table,phase,kind,heading_row,delivered,stale_since,"
            "invisible,invisible_at",
            "source",
            "One row an export and sheet that was read",
            "source",
        ),
        _declare_table(
            "headings", "source,heading,read_as", "", "One row a heading of an export", "source"
        ),
        _declare_table(
            "matches",
            "source,row,field,typed,read_as,similarity",
            "",
            "Approximate matches of agencies, categories and judges: one row a distinct text",
            "typed",
        ),
        _declare_table(
            "sheets",
            "phase,submission_id,judge,source,row,submitted_at,sheet_status,reason,sheet_score",
            "",
            "One row a sheet delivered or expected",
            "phase,submission_id,judge,sheet_status",
        ),
        _declare_table(
            "criterion_scores",
            "phase,submission_id,criterion,criterion_score",
            "phase,submission_id,criterion",
            "One row a submission, phase and criterion",
            "phase,submission_id,criterion",
        ),
        _declare_table(
            "agencies",
            "agency_code,agency,short_name,type,parent_code,obliged,valid_from,valid_to,aliases",
            "agency_code",
            "The register of agencies",
            "agency_code,agency",
        ),
        _declare_table(
            "corrections",
            "source,row,submission_id,field,expected,value,reason,corrected_by,corrected_on,applied",
            "",
            "Every correction of a delivered cell",
        ),
        _declare_table(
            "corrected",
            "source,row,submission_id,field,was,is,reason",
            "",
            "One row a cell that a correction changed",
        ),
        _declare_table(
            "decisions",
            "phase,submission_id,title,outcome,reason,level,applied",
            "",
            "Every decision of the bureau or the plenary",
        ),
        _declare_table(
            "placements",
            "award_year,agency_code,award_title,level,award",
            "",
            "Provincial and national results of earlier years",
        ),
        _declare_table(
            "prior_awards",
            "phase,level,submission_id,match,award_year,award_title,award",
            "",
            "Candidates with an earlier award: one row a candidate, level and award",
        ),
        _declare_table(
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


# ----------------------------------------------------------------------------------------------
# Frames that pass from one room to another.
# ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """A frame that passes from one room to another.

    row: what one row is, behind "one row per". source: the function or the class that gives it.
    dtypes: dtype by column, in order; `time` is a moment in the competition's zone, `whole` exact
    whole numbers: int64, or Python's own integers (object) where int64 could not hold what is
    computed. varying: the beginning of the names of columns that depend on the rules, all Int64;
    empty for none. missing: what a missing cell means.
    """

    name: str
    row: str
    source: str
    dtypes: Mapping[str, str]
    varying: str = ""
    missing: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.dtypes)

    def differences(self, dtypes: Mapping[str, str]) -> list[str]:
        """What tells a real frame's `dtypes` by column from these; empty where nothing does.

        The order of columns does not count.
        """
        varying = {c for c in dtypes if self.varying and c.startswith(self.varying)}
        lost = [f"{name} is missing" for name in self.dtypes if name not in dtypes]
        added = [
            f"{name} is not declared" for name in dtypes if name not in {*self.dtypes, *varying}
        ]
        declared = dict(self.dtypes) | dict.fromkeys(varying, "Int64")
        other = [
            f"{name} is {dtype}, not {declared[name]}"
            for name, dtype in dtypes.items()
            if name in declared and not _is_dtype(dtype, declared[name])
        ]
        return lost + added + other


def _is_dtype(dtype: str, declared: str) -> bool:
    if declared == "time":
        return dtype.startswith("datetime64[us, ")
    if declared == "whole":
        return dtype in ("int64", "object")
    return dtype == declared


def _dtypes(columns: str) -> dict[str, str]:
    """The dtypes of "name:dtype,name:dtype"; a name alone is `str`."""
    pairs = (column.strip().partition(":") for column in columns.split(","))
    return {name: dtype or "str" for name, _, dtype in pairs}


_FINDING_ROW = _dtypes(
    "rule,severity,table,phase,source,row:Int64,submission_id,field,value,params:object"
)
_SUBMISSION_ROW = _dtypes(
    "source,row:Int64,export_name,kind,form,response_id,cells"
) | dict.fromkeys(SUBMISSION_FIELDS, "str")
_TYPED_SUBMISSION = _SUBMISSION_ROW | {"submitted_at": "time"}
_MATCHED_SUBMISSION = _TYPED_SUBMISSION | _dtypes(
    "agency_typed,category_typed,group_typed,agency_code,agency_similarity,agency_rule,agency_case,"
    "agency_candidates,agency_years"
)
_COMPARED_SUBMISSION = _MATCHED_SUBMISSION | _dtypes(
    "title_key,delivered_id,agency_key,innovation,entry:int64"
)
_MARK_ROW = _dtypes("phase,source,row:Int64,judge,submission,submitted_at,note,criterion,text")
_ANSWER_ROW = _dtypes("phase,source,row:Int64,submission,submitted_at,note,requirement,text")
_ENTRANT = _dtypes("submission_id,title,agency_code,category,group,agency_type")
_LIMITED = "words_"  # words of each field that [submission].words limits

FRAMES: dict[str, Frame] = {
    frame.name: frame
    for frame in (
        Frame(
            "findings",
            "finding",
            "tasks.findings.frame.make_findings",
            _FINDING_ROW,
            missing="severity: not graded yet; source and row: it stands at no row",
        ),
        Frame(
            "exports",
            "table that was read from a file",
            "tasks.intake.delivery.Delivery",
            _dtypes(
                "source,export_name,export_sha256,table,phase,kind,heading_row:Int64,"
                "delivered:Int64,stale_since,invisible:Int64,invisible_at"
            ),
            missing="heading_row: the table has none; stale_since: the copy is new",
        ),
        Frame(
            "headings",
            "heading of an export",
            "tasks.intake.delivery.Delivery",
            _dtypes("source,heading,read_as"),
            missing="read_as: no field is known by this heading",
        ),
        Frame(
            "submission_rows",
            "delivered row",
            "tasks.intake.submissions.read_submissions",
            _SUBMISSION_ROW,
            missing="row: a workbook of two columns; response_id: the service gives none",
        ),
        Frame(
            "mark_rows",
            "sheet and criterion, as delivered",
            "tasks.intake.marks.read_marks",
            _MARK_ROW,
            missing="text: nothing is written",
        ),
        Frame(
            "answer_rows",
            "delivered row and requirement",
            "tasks.intake.screening.read_answers",
            _ANSWER_ROW,
            missing="text: nothing is written",
        ),
        Frame(
            "typed_submissions",
            "delivered row",
            "tasks.intake.submissions.type_submissions",
            _TYPED_SUBMISSION,
            _LIMITED,
            "a date or time: empty or unreadable, and a finding says which",
        ),
        Frame(
            "typed_marks",
            "sheet and criterion, as delivered",
            "tasks.intake.marks.type_marks",
            _MARK_ROW | {"submitted_at": "time"} | _dtypes("mark,unreadable:bool"),
            missing="mark (an exact decimal): nothing is written, or no number",
        ),
        Frame(
            "typed_answers",
            "delivered row and requirement",
            "tasks.intake.screening.type_answers",
            _ANSWER_ROW | {"submitted_at": "time"} | _dtypes("answer:boolean"),
            missing="answer: empty or unclear",
        ),
        Frame(
            "register.agencies",
            "body of agencies.csv",
            "tasks.register.tables.read_tables",
            _dtypes(
                "agency_code,agency,short_name,type,parent_code,aliases,obliged:boolean,"
                "valid_from:Int64,valid_to:Int64,table_row:Int64"
            ),
            missing="obliged: as [obligation] says; valid_from, valid_to: no limit",
        ),
        Frame(
            "register.judges",
            "judge of judges.csv",
            "tasks.register.tables.read_tables",
            _dtypes("judge,aliases,agency_code,table_row:Int64"),
        ),
        Frame(
            "register.assignments",
            "row of assignments.csv",
            "tasks.register.tables.read_tables",
            _dtypes("phase,judge,submission,table_row:Int64"),
        ),
        Frame(
            "register.corrections",
            "row of corrections.csv",
            "tasks.register.tables.read_tables",
            _dtypes(
                "submission,source,row:Int64,field,expected,value,reason,by,on,table_row:Int64"
            ),
        ),
        Frame(
            "register.decisions",
            "row of decisions.csv",
            "tasks.register.tables.read_tables",
            _dtypes("phase,submission,outcome,reason,level,table_row:Int64"),
        ),
        Frame(
            "register.placements",
            "row of placements.csv",
            "tasks.register.tables.read_tables",
            _dtypes("award_year:Int64,agency_code,award_title,level,award,table_row:Int64"),
        ),
        Frame(
            "register.counts",
            "year of history/counts.csv",
            "tasks.register.tables.read_tables",
            _dtypes("year:Int64,received:Int64,accepted:Int64,table_row:Int64"),
        ),
        Frame(
            "earlier_years",
            "earlier year",
            "flows.night.read.earlier_years",
            _dtypes(
                "year:Int64,received:Int64,accepted:Int64,agencies_obliged:Int64,"
                "agencies_compliant:Int64"
            ),
            missing="not known of that year",
        ),
        Frame(
            "matched_submissions",
            "delivered row, those delivered twice once",
            "tasks.registration.submissions.match_rows",
            _MATCHED_SUBMISSION,
            _LIMITED,
            "agency_code, category, group: what was typed matches none",
        ),
        Frame(
            "compared_submissions",
            "delivered row, those delivered twice once",
            "tasks.registration.submissions.compare_rows",
            _COMPARED_SUBMISSION,
            _LIMITED,
            "delivered_id: the form has no id of its own",
        ),
        Frame(
            "near_titles",
            "pair of innovations with near titles, by their `entry`",
            "tasks.registration.submissions.compare_rows",
            _dtypes("left:int64,right:int64"),
        ),
        Frame(
            "settled_submissions",
            "delivered row, those delivered twice once",
            "tasks.registration.submissions.settle_submissions",
            _COMPARED_SUBMISSION | _dtypes("counts:bool,ranked_status,status,reason"),
            _LIMITED,
            "reason: no decision holds",
        ),
        Frame(
            "agency_matches",
            "distinct text that was typed for an agency",
            "tasks.names.agencies.match_agencies",
            _dtypes("typed,agency_code,read_as,similarity,rule,case,candidates,years"),
            missing="agency_code, read_as: the text matches none; rule: an exact match",
        ),
        Frame(
            "counting_submissions",
            "innovation, by the row of it that counts",
            "tasks.phases.fold.NightInputs",
            _ENTRANT | _dtypes("status"),
            missing="agency_code, category, group: what was typed matches none",
        ),
        Frame(
            "conflict_pairs",
            "judge and an agency whom the judge may not mark",
            "tasks.judging.conflicts.conflict_pairs",
            _dtypes("judge,agency_code,leaves_out:bool"),
        ),
        Frame(
            "named_conflicts",
            "conflict that competition.toml names",
            "tasks.judging.conflicts.named_conflicts",
            _dtypes("judge,agency_code"),
        ),
        Frame(
            "signed_sheets",
            "sheet and criterion, its submission and its judge known",
            "tasks.phases.evidence.signed_sheets",
            _MARK_ROW
            | {"submitted_at": "time"}
            | _dtypes("mark,unreadable:bool,sheet:int64,submission_id"),
            missing="text: nothing is written; mark: nothing is written, or no number",
        ),
        Frame(
            "matched_assignments",
            "row of assignments.csv on the phase",
            "tasks.phases.evidence.match_assignments",
            _dtypes("phase,judge,submission,table_row:Int64,submission_id"),
            missing="submission_id: the row means a category, all, or no submission",
        ),
        Frame(
            "possible_submissions",
            "innovation that a sheet or an answer can be about",
            "tasks.phases.fold.possible_submissions",
            _ENTRANT | _dtypes("in_phase:bool"),
            missing="agency_code, category, group: what was typed matches none",
        ),
        Frame(
            "listed_submissions",
            "submission that entered the phase",
            "tasks.phases.judging.listed_submissions",
            _ENTRANT | _dtypes("in_phase:bool,list:int64,list_name"),
            missing="list_name: it has none of the codes of rank_within",
        ),
        Frame(
            "used_marks",
            "used sheet and criterion",
            "tasks.phases.judging.used_marks",
            _dtypes("submission_id,sheet:int64,judge,criterion,mark"),
        ),
        Frame(
            "float_scores",
            "used sheet",
            "tasks.phases.judging.float_scores",
            _dtypes("submission_id,judge,score:float64"),
        ),
        Frame(
            "checked_sheets",
            "sheet that was delivered",
            "tasks.judging.sheets.CheckedSheets",
            _dtypes("sheet:int64,source,row:Int64,judge,submission_id,submitted_at:time")
            | _dtypes("used:boolean,reason"),
            missing="reason: the sheet is used",
        ),
        Frame(
            "checked_cells",
            "sheet and criterion",
            "tasks.judging.sheets.CheckedSheets",
            _dtypes("sheet:int64,criterion,text,mark"),
            missing="text: nothing is written; mark: nothing is written, or no number",
        ),
        Frame(
            "expected_sheets",
            "judge and a submission of which a sheet is expected",
            "tasks.judging.expected_sheets.expected_pairs",
            _dtypes("judge,submission_id"),
        ),
        Frame(
            "own_units",
            "submission with a used sheet",
            "tasks.judging.scores.PhaseScores",
            _dtypes("submission_id,sheets:int64,own_units:whole"),
        ),
        Frame(
            "criterion_units",
            "submission with a used sheet, and criterion",
            "tasks.judging.scores.PhaseScores",
            _dtypes("submission_id,criterion,criterion_units:whole"),
        ),
        Frame(
            "sheet_units",
            "used sheet",
            "tasks.judging.scores.PhaseScores",
            _dtypes("submission_id,sheet:int64,judge,weighted:whole,sheet_units:whole"),
        ),
        Frame(
            "judge_severities",
            "judge with a used sheet",
            "tasks.judging.severity.JudgeSeverities",
            _dtypes("judge,units:whole,judge_severity,severity_se,fit"),
            missing="no two judges share a submission",
        ),
        Frame(
            "plan_parts",
            "submission with a used sheet",
            "tasks.judging.severity.JudgeSeverities",
            _dtypes("submission_id,part:int64"),
        ),
        Frame(
            "standing",
            "submission that entered",
            "tasks.judging.standing.PhaseStanding",
            _ENTRANT
            | _dtypes(
                "in_phase:bool,list:int64,list_name,own_score,sheets:Int64,score,rank:Int64,"
                "adjusted_score,adjusted_rank:Int64,ranked_outcome,straddles:bool,"
                "below_minimum:bool,part:Int64"
            ),
            missing="own_score: no used sheet; score, rank, part: also without a carried score",
        ),
        Frame(
            "equal_scores",
            "submission whose score another of its list has",
            "tasks.judging.standing.PhaseStanding",
            _dtypes("list,rank:Int64,submission_id,broken_by"),
            missing="broken_by: nothing broke the tie",
        ),
    )
}


def frames_chapter() -> str:
    """The chapter of docs/architecture.md on frames, as Markdown: one paragraph per frame."""
    return "\n".join(_frame_section(frame) for frame in FRAMES.values())


def _frame_section(frame: Frame) -> str:
    groups: dict[str, list[str]] = {}
    for name, dtype in frame.dtypes.items():
        groups.setdefault(dtype, []).append(f"`{name}`")
    if frame.varying:
        groups.setdefault("Int64", []).append(f"`{frame.varying}<field>`")
    columns = "; ".join(f"{dtype}: {', '.join(names)}" for dtype, names in groups.items())
    missing = f" Missing: {frame.missing}." if frame.missing else ""
    return (
        f"**{frame.name}**: one row per {frame.row}, from `{frame.source}`.{missing}\n{columns}.\n"
    )


def data_dictionary() -> str:
    """The data dictionary, docs/data-dictionary.md: every table of data/ with its columns, as
    Markdown.
    """
    return "\n".join([_DICTIONARY_HEAD, *(_dictionary_section(table) for table in TABLES.values())])


_DICTIONARY_HEAD = """# Data dictionary

Made from tasks/schema.py (`make dictionary`). UTF-8, comma, `.` decimals, ISO 8601 times, `true`
and `false`, empty for missing; a text that a spreadsheet would run as a formula has an apostrophe
in front. The same stands in data/datapackage.json for a program.
"""


def _dictionary_section(table: DataTable) -> str:
    key = ", ".join(f"`{name}`" for name in table.key) or "none"
    rows = [
        f"| `{CSV_NAMES.get((table.name, c.name), c.name)}` | {c.kind} | "
        f"{c.description}{_choices_text(c)} |"
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


def _choices_text(column: DataColumn) -> str:
    return f" ({', '.join(column.choices)})" if column.choices else ""
