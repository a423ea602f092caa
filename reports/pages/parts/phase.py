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

NOTICE_RULES = (
    "rules_changed",
    "result_changed",
    "unconnected_panels",
)  # stand at the head of every report of their phase


@dataclass(frozen=True)
class Head:
    """The phase, and where it stands. `category`: the name of the one category that the page is
    about, or empty.

    `code` is its code. `categories` (code, name) have pages of their own beside the report. `as_of`
    is there only on the report of an open phase; `notices` are findings that every report of the
    phase carries; `older`: exports of the phase that an older copy stands for.
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
    """What a page is about: a phase of some Results, all of it or one category; `as_of` for a
    report that prints it.
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
    """The subject of a page. With a category the Results hold only what is about its
    submissions.
    """
    kept = category_results(results, category) if category else results
    return Subject(kept, edition, phase, None if category else as_of, category)


def category_results(results: Results, category: str) -> Results:
    """The Results of one category: of each table with submissions, the rows that are about one of
    this category.
    """
    submissions = results["submissions"]
    ids = submissions.loc[submissions["category"] == category, "submission_id"]
    about = {
        name: frame[frame["submission_id"].isin(ids)].reset_index(drop=True)
        for name, frame in results.tables.items()
        if "submission_id" in frame
    }
    return replace(results, tables={**results.tables, **about})


def page_facts(about: Subject) -> dict[str, object]:
    """The fields that every PhasePage begins with."""
    top, row = head(about), about.row
    name = f"{top.name}: {top.category}" if top.category else top.name
    return {
        "masthead": about.edition.masthead,
        "path": about.path,
        "title": name,
        "is_draft": about.edition.is_draft(about.phase),
        "head": top,
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
    findings = about.of_phase("findings")
    told = findings[findings["rule"].isin(NOTICE_RULES)]
    if len(told) > excerpt.SMALLEST_ROOM:  # one a submission may be cut, what is said once is not
        told = told.sort_values("rule", key=lambda rules: rules.eq("result_changed"), kind="stable")
    return lists.reasons(told["message"])


def _phase_exports(about: Subject) -> pd.DataFrame:
    """The exports that were read for the phase; those of submissions are registration's."""
    exports = about.results["exports"]
    is_first = about.phase == about.edition.competition.registration.code
    return exports[
        (exports["table"] == "submissions")
        if is_first
        else (exports["phase"] == about.phase).fillna(False)
    ]


def _count_or_zero(value: object) -> int:
    return 0 if pd.isna(value) else int(value)  # type: ignore[call-overload]  # a cell of an Int64 column


def agency_names(results: Results) -> pd.Series:
    """The agencies' names by code."""
    return results["agencies"].set_index("agency_code")["agency"]


def type_names(about: Subject, codes: pd.Series) -> pd.Series:
    """What the agency types are called: the message `agency.kind.<code>`, else the code as
    words.
    """
    words = about.edition.words
    names = {
        c: words.say(f"agency.kind.{c}") if words.has(f"agency.kind.{c}") else _code_words(c)
        for c in codes.dropna().unique()
    }
    return codes.map(names).astype("str")


def _code_words(code: str) -> str:
    return code.replace("_", " ").capitalize()


def category_names(about: Subject, codes: pd.Series) -> pd.Series:
    """The categories' names; missing where the code is."""
    return codes.map(about.edition.categories).astype("str")


def known_submissions(about: Subject) -> pd.DataFrame:
    """Every submission once: submission_id, title, agency (its name), agency_code, category
    (code).
    """
    rows = about.results["submissions"].assign(last=lambda f: f["status"] != "superseded")
    once = rows.sort_values("last", kind="stable").drop_duplicates("submission_id", keep="last")
    return once[["submission_id", "title", "agency", "agency_code", "category"]].reset_index(
        drop=True
    )


def add_entries(about: Subject, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column entry (title and agency) for its submission_id; the id itself where
    it is not known.
    """
    names = known_submissions(about).set_index("submission_id")[["title", "agency"]]
    found = frame[["submission_id"]].join(names, on="submission_id", validate="m:1")
    return frame.assign(
        entry=lists.entries(found.assign(title=found["title"].fillna(found["submission_id"])))
    )


def is_decided(rows: pd.DataFrame) -> pd.Series:
    """Whether a decision made another outcome of a row than the rule: columns ranked_outcome,
    outcome, reason.
    """
    return rows["outcome"].ne(rows["ranked_outcome"]) & rows["reason"].notna()


def flagged_entries(rows: pd.DataFrame) -> pd.Series:
    """The entries of rows with title, agency and outcomes, flagged where a decision stands beside
    the rule.
    """
    plain = lists.entries(rows)
    flagged = zip(plain, is_decided(rows), strict=True)
    return lists.cell_series(
        (Entry(e.title, e.agency, ("decided",)) if by else e for e, by in flagged), rows
    )


DECISION_COLUMNS = "entry by_rule decided reason"


def decision_listing(
    about: Subject, by_rule: Mapping[object, str], names: Mapping[str, str] | None = None
) -> Listing:
    """The decisions of the phase beside what the rule gave.

    `by_rule` gives the rule's outcome by submission id, or by (id, level) where `names` gives the
    levels' names.
    """
    made = add_entries(about, about.of_phase("decisions"))
    keys = (
        list(zip(made["submission_id"], made["level"], strict=True))
        if names
        else list(made["submission_id"])
    )
    unknown = made["submission_id"].isna()
    named = zip(made["title"].fillna("–"), made["entry"], unknown, strict=True)
    typed = lists.cell_series(
        (Entry(title, "–") if missing else entry for title, entry, missing in named), made
    )
    told = made.assign(
        entry=typed,
        by_rule=pd.Series([by_rule.get(k) for k in keys], dtype="str"),
        decided=made["outcome"],
        applied=made["applied"].map({True: "applied", False: "not_applied"}),
        level=made["level"].map(dict(names or {})),
    )
    return lists.listing(
        "decisions", ("level " if names else "") + DECISION_COLUMNS + " applied", told
    )


def correction_listing(about: Subject, folder: str) -> Listing:
    """The corrections of cells in exports under this folder of the inbox ("submissions/",
    "scores/proposal/").
    """
    rows = about.results["corrections"]
    words = about.edition.words
    of_phase = add_entries(
        about, rows[rows["source"].str.startswith(folder, na=False)].reset_index(drop=True)
    )
    field = of_phase["field"].map(
        lambda f: words.say(f"field.{f}") if words.has(f"field.{f}") else f, na_action="ignore"
    )
    told = of_phase.assign(
        where=place_texts(about, of_phase),
        field=field.astype("str"),
        reviewed=[
            _reviewer_text(by, _date_text(on, words))
            for by, on in zip(of_phase["corrected_by"], of_phase["corrected_on"], strict=True)
        ],
        applied=of_phase["applied"].map({True: "applied", False: "not_applied"}),
    )
    columns = "where field expected value reason reviewed applied"
    return lists.listing("corrections", columns, told, groups=excerpt.cut_groups(told["applied"]))


def _date_text(on: object, words: Words) -> object:
    """The day as the language writes it; what is no ISO date stays as it was written."""
    try:
        return words.date(date.fromisoformat(str(on)))
    except ValueError:
        return on


def _reviewer_text(by: object, on: object) -> str:
    return ", ".join(str(part) for part in (by, on) if not pd.isna(part))  # type: ignore[call-overload]  # a cell


def finding_listing(about: Subject, frame: pd.DataFrame, name: str = "findings") -> Listing:
    """The findings of a frame: where, and what with its remedy; as the listing of this name."""
    told = frame.assign(
        where=place_texts(about, frame),
        finding=lists.cell_series(((lists.reason(m),) for m in frame["message"]), frame),
    )
    return lists.listing(name, "where finding", told, groups=excerpt.cut_groups(frame["rule"]))


def place_texts(about: Subject, frame: pd.DataFrame) -> pd.Series:
    """Where a row stands: its export with its sheet, and the spreadsheet's row where there is
    one.
    """
    words = about.edition.words
    exports = (
        frame["source"]
        .map(lambda name: problems.export_name(name, words), na_action="ignore")
        .astype("str")
    )
    rows = (
        frame["row"]
        .map(lambda r: f", {words.say('phase.row', row=int(r))}", na_action="ignore")
        .astype("str")
        .fillna("")
    )
    places: pd.Series = exports.fillna("") + rows
    return places.where(places != "").astype("str")
