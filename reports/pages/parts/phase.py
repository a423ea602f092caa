"""What the pages of every phase share: the phase's state, notices, decisions, corrections,
findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from reports.content import problems
from reports.content.edition import Edition
from reports.content.page import Page
from reports.content.paths import phase_path
from reports.content.stale_sources import Older, stale_exports
from reports.pages.parts import excerpt, lists
from reports.pages.parts.lists import Entry, Listing, Reason
from tasks.results.results import Results
from tasks.words import Words

# Findings of these rules stand at the head of every report of their phase.
NOTICE_RULES = ("rules_changed", "result_changed", "unconnected_panels")
DECISION_COLUMNS = "entry by_rule decided reason"


@dataclass(frozen=True)
class Head:
    """The phase, and its state.

    `category` and `code` are the name and code of the one category that the page is about, or "".
    `categories` (code, name) have pages of their own, next to the report. `as_of` is there only on
    the report of an open phase. `notices` are findings that every report of the phase carries.
    `older` names exports of the phase for which an older copy was used.
    """

    phase: str
    name: str
    kind: str
    state: str
    opens: datetime | None
    closes: datetime
    category: str
    code: str
    categories: tuple[tuple[str, str], ...]
    as_of: datetime | None
    notices: tuple[Reason, ...]
    older: tuple[Older, ...] = ()


@dataclass(frozen=True)
class PhasePage(Page):
    """A page of a phase. `delivered`: how many rows or sheets came in for it; `entered`: how many
    entered.
    """

    head: Head
    entered: int
    delivered: int


@dataclass(frozen=True)
class Subject:
    """What a page is about: a phase of some Results, all of the phase or one category; `as_of` for
    a report that prints the time.
    """

    results: Results
    edition: Edition
    phase: str
    as_of: datetime | None = None
    category: str | None = None

    @property
    def path(self) -> str:
        return phase_path(self.phase, self.category)

    @property
    def row(self) -> pd.Series:
        """The phase's row of the table phases."""
        phases = self.results["phases"]
        return phases[phases["phase"] == self.phase].iloc[0]

    def of_phase(self, table: str) -> pd.DataFrame:
        """The rows of this phase in a table, with a plain index."""
        frame = self.results[table]
        return frame[frame["phase"] == self.phase].reset_index(drop=True)


def subject(
    results: Results,
    edition: Edition,
    phase: str,
    as_of: datetime | None = None,
    category: str | None = None,
) -> Subject:
    """The subject of a page. With a category the Results hold only the rows about its submissions,
    and `as_of` is left out.
    """
    if category:
        return Subject(category_results(results, category), edition, phase, category=category)
    return Subject(results, edition, phase, as_of)


def category_results(results: Results, category: str) -> Results:
    """The Results of one category: of each table with submissions, the rows that are about one of
    this category.
    """
    submissions = results["submissions"]
    ids = submissions.loc[submissions["category"] == category, "submission_id"]
    tables = dict(results.tables)
    for name, frame in results.tables.items():
        if "submission_id" in frame:
            tables[name] = frame[frame["submission_id"].isin(ids)].reset_index(drop=True)
    return replace(results, tables=tables)


def page_facts(about: Subject) -> dict[str, object]:
    """The fields that every PhasePage begins with."""
    page_head, row = head(about), about.row
    category = page_head.category
    return {
        "masthead": about.edition.masthead,
        "path": about.path,
        "title": f"{page_head.name}: {category}" if category else page_head.name,
        "is_draft": about.edition.is_draft(about.phase),
        "head": page_head,
        "entered": _count_or_zero(row["entered"]),
        "delivered": _count_or_zero(row["delivered"]),
    }


def head(about: Subject) -> Head:
    """The head of a page of this subject."""
    rules, row = about.edition.competition, about.row
    phase = rules.phase(about.phase)
    names = about.edition.categories
    return Head(
        phase=about.phase,
        name=about.edition.phases[about.phase],
        kind=phase.kind,
        state=row["state"],
        opens=rules.begins(phase),
        closes=phase.closes,
        category=names[about.category] if about.category else "",
        code=about.category or "",
        categories=() if about.category else tuple(names.items()),
        as_of=about.as_of if row["state"] == "open" else None,
        notices=_notices(about),
        older=stale_exports(_phase_exports(about)),
    )


def _notices(about: Subject) -> tuple[Reason, ...]:
    """The phase's findings of NOTICE_RULES. Where they may be cut, the findings about each
    submission come last.
    """
    findings = about.of_phase("findings")
    notices = findings[findings["rule"].isin(NOTICE_RULES)]
    if len(notices) > excerpt.SMALLEST_ROOM:
        of_submission = notices["rule"] == "result_changed"
        notices = pd.concat([notices[~of_submission], notices[of_submission]])
    return lists.reasons(notices["message"])


def _phase_exports(about: Subject) -> pd.DataFrame:
    """The exports that were read for the phase; those of submissions are registration's."""
    exports = about.results["exports"]
    if about.phase == about.edition.competition.registration.code:
        return exports[exports["table"] == "submissions"]
    return exports[(exports["phase"] == about.phase).fillna(False)]


def _count_or_zero(value: object) -> int:
    return 0 if pd.isna(value) else int(value)  # type: ignore[call-overload]  # a cell of an Int64 column


def agency_names(results: Results) -> pd.Series:
    """The agencies' names by code."""
    return results["agencies"].set_index("agency_code")["agency"]


def type_names(about: Subject, codes: pd.Series) -> pd.Series:
    """The names of agency types: the message `agency.kind.<code>`, else the code as words."""
    words = about.edition.words
    names = {code: _type_name(code, words) for code in codes.dropna().unique()}
    return codes.map(names).astype("str")


def _type_name(code: str, words: Words) -> str:
    message = f"agency.kind.{code}"
    return words.say(message) if words.has(message) else code.replace("_", " ").capitalize()


def category_names(about: Subject, codes: pd.Series) -> pd.Series:
    """The categories' names; missing where the code is missing."""
    return codes.map(about.edition.categories).astype("str")


def known_submissions(about: Subject) -> pd.DataFrame:
    """Every submission once: submission_id, title, agency (its name), agency_code, category
    (code).
    """
    rows = about.results["submissions"]
    is_superseded = rows["status"] == "superseded"
    ordered = pd.concat([rows[is_superseded], rows[~is_superseded]])
    once = ordered.drop_duplicates("submission_id", keep="last")
    columns = ["submission_id", "title", "agency", "agency_code", "category"]
    return once[columns].reset_index(drop=True)


def add_entries(about: Subject, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column `entry` for its submission_id: title and agency, for an unknown
    submission its id.
    """
    names = known_submissions(about).set_index("submission_id")[["title", "agency"]]
    submissions = frame[["submission_id"]].join(names, on="submission_id", validate="m:1")
    titles = submissions["title"].fillna(submissions["submission_id"])
    return frame.assign(entry=lists.entries(submissions.assign(title=titles)))


def is_decided(rows: pd.DataFrame) -> pd.Series:
    """Whether a decision gave a row another outcome than the rule; of the columns ranked_outcome,
    outcome and reason.
    """
    return rows["outcome"].ne(rows["ranked_outcome"]) & rows["reason"].notna()


def flagged_entries(rows: pd.DataFrame) -> pd.Series:
    """The entries of rows with title, agency and outcomes, flagged where a decision gave another
    outcome than the rule.
    """
    entries = [
        replace(entry, flags=("decided",)) if decided else entry
        for entry, decided in zip(lists.entries(rows), is_decided(rows), strict=True)
    ]
    return lists.cell_series(entries, rows)


def decision_listing(
    about: Subject, by_rule: Mapping[object, str], names: Mapping[str, str] | None = None
) -> Listing:
    """The decisions of the phase, each with the outcome that the rule gave.

    `by_rule` gives the rule's outcome by submission id, or by (id, level) where `names` gives the
    levels' names.
    """
    decisions = about.of_phase("decisions")
    keys = decisions["submission_id"].tolist()
    if names:
        keys = list(zip(keys, decisions["level"], strict=True))
    rows = decisions.assign(
        entry=_decided_entries(about, decisions),
        by_rule=pd.Series([by_rule.get(key) for key in keys], dtype="str"),
        decided=decisions["outcome"],
        applied=_applied_codes(decisions),
        level=decisions["level"].map(dict(names or {})),
    )
    columns = f"{DECISION_COLUMNS} applied"
    return lists.listing("decisions", f"level {columns}" if names else columns, rows)


def _decided_entries(about: Subject, decisions: pd.DataFrame) -> pd.Series:
    """The entries of decisions; where a decision names no submission, the title that it gives."""
    known = add_entries(about, decisions)["entry"]
    titles = decisions["title"].fillna("–")
    is_unknown = decisions["submission_id"].isna()
    entries = [
        Entry(title, "–") if unknown else entry
        for title, entry, unknown in zip(titles, known, is_unknown, strict=True)
    ]
    return lists.cell_series(entries, decisions)


def _applied_codes(rows: pd.DataFrame) -> pd.Series:
    """The code of an outcome for the column `applied` of decisions or corrections."""
    return rows["applied"].map({True: "applied", False: "not_applied"})


def correction_listing(about: Subject, folder: str) -> Listing:
    """The corrections of cells in exports under this folder of the inbox ("submissions/",
    "scores/proposal/").
    """
    corrections = about.results["corrections"]
    is_inside = corrections["source"].str.startswith(folder, na=False)
    inside = corrections[is_inside].reset_index(drop=True)
    words = about.edition.words
    fields = inside["field"].map(lambda field: _field_label(field, words), na_action="ignore")
    reviews = zip(inside["corrected_by"], inside["corrected_on"], strict=True)
    rows = inside.assign(
        where=place_texts(about, inside),
        field=fields.astype("str"),
        reviewed=[_review_text(by, on, words) for by, on in reviews],
        applied=_applied_codes(inside),
    )
    columns = "where field expected value reason reviewed applied"
    return lists.listing("corrections", columns, rows, groups=excerpt.cut_groups(rows["applied"]))


def _field_label(field: str, words: Words) -> str:
    message = f"field.{field}"
    return words.say(message) if words.has(message) else field


def _review_text(by: str | None, on: str | None, words: Words) -> str:
    """Who reviewed a correction, and on which day."""
    parts = [] if pd.isna(by) else [str(by)]
    if not pd.isna(on):
        parts.append(_date_text(str(on), words))
    return ", ".join(parts)


def _date_text(day: str, words: Words) -> str:
    """The day as the language writes it; a text that is no ISO date unchanged."""
    try:
        return words.date(date.fromisoformat(day))
    except ValueError:
        return day


def finding_listing(about: Subject, findings: pd.DataFrame, name: str = "findings") -> Listing:
    """The listing of this name of findings: where, and what with its remedy."""
    reasons = [(lists.reason(message),) for message in findings["message"]]
    rows = findings.assign(
        where=place_texts(about, findings), finding=lists.cell_series(reasons, findings)
    )
    groups = excerpt.cut_groups(findings["rule"])
    return lists.listing(name, "where finding", rows, groups=groups)


def place_texts(about: Subject, rows: pd.DataFrame) -> pd.Series:
    """Where each row stands: its export with its sheet, and the spreadsheet's row where there is
    one; missing where neither is known.
    """
    words = about.edition.words
    exports = rows["source"].map(lambda name: problems.export_name(name, words), na_action="ignore")
    numbers = rows["row"].map(
        lambda row: f", {words.say('phase.row', row=int(row))}", na_action="ignore"
    )
    places: pd.Series = exports.astype("str").fillna("") + numbers.astype("str").fillna("")
    return places.where(places != "").astype("str")
