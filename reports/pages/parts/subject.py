"""What a page of a phase is about, and the names that its rows go by.

The head of such a page stands in phase.py, its listings in phase_listings.py.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from reports.content.edition import Edition
from reports.content.paths import phase_path
from reports.pages.parts import lists
from tasks.results.results import Results
from tasks.words import Words


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
        """The page's place in the run, without suffix."""
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

    @property
    def standing_column(self) -> str:
        """The column that says how a submission stands: `outcome`, or while the phase is open
        `ranked_outcome`, what the rule gives.
        """
        return "ranked_outcome" if self.row["state"] == "open" else "outcome"


def make_subject(
    results: Results,
    edition: Edition,
    phase: str,
    as_of: datetime | None = None,
    category: str | None = None,
) -> Subject:
    """The subject of a page. With a category the Results hold only what is about its
    submissions, and the page prints no `as_of`.
    """
    if category is None:
        return Subject(results, edition, phase, as_of)
    return Subject(category_results(results, category), edition, phase, category=category)


def category_results(results: Results, category: str) -> Results:
    """The Results of one category: each table with submissions keeps the rows of this category's
    submissions.
    """
    submissions = results["submissions"]
    ids = submissions.loc[submissions["category"] == category, "submission_id"]
    kept = {
        name: frame[frame["submission_id"].isin(ids)].reset_index(drop=True)
        for name, frame in results.tables.items()
        if "submission_id" in frame
    }
    return replace(results, tables={**results.tables, **kept})


# --- names
# --------------------------------------------------------------------------------------------------


def agency_names(subject: Subject, codes: pd.Series) -> pd.Series:
    """The name of each agency, on the index of `codes`; the code itself where the register does
    not have the agency.
    """
    names = subject.results["agencies"].set_index("agency_code")["agency"]
    return codes.map(names).fillna(codes).astype("str")


def type_names(subject: Subject, codes: pd.Series) -> pd.Series:
    """The name of each agency type, on the index of `codes`: the message `agency.kind.<code>`,
    else the code as words.
    """
    names = {code: _type_name(subject, code) for code in codes.dropna().unique()}
    return codes.map(names).astype("str")


def _type_name(subject: Subject, code: str) -> str:
    words, message = subject.edition.words, f"agency.kind.{code}"
    if words.has(message):
        return words.say(message)
    return code.replace("_", " ").capitalize()


def category_names(subject: Subject, codes: pd.Series) -> pd.Series:
    """The name of each category, on the index of `codes`; missing where the code is."""
    return codes.map(subject.edition.categories).astype("str")


def field_label(field: str, words: Words) -> str:
    """The message `field.<code>`, else the field as it is."""
    message = f"field.{field}"
    return words.say(message) if words.has(message) else field


def known_submissions(subject: Subject) -> pd.DataFrame:
    """submission_id, title, agency (name), agency_code, category (code): one row per submission,
    as its row that counts has them.
    """
    rows = subject.results["submissions"]
    counts = rows["status"] != "superseded"
    counting_last = rows.assign(counts=counts).sort_values("counts", kind="stable")
    once = counting_last.drop_duplicates("submission_id", keep="last")
    columns = ["submission_id", "title", "agency", "agency_code", "category"]
    return once[columns].reset_index(drop=True)


def add_entries(subject: Subject, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column `entry` (title and agency) for its submission_id; an unknown
    submission is called by its id.
    """
    names = known_submissions(subject).set_index("submission_id")[["title", "agency"]]
    submissions = frame[["submission_id"]].join(names, on="submission_id", validate="m:1")
    submissions["title"] = submissions["title"].fillna(submissions["submission_id"])
    return frame.assign(entry=lists.entries(submissions))


def sort_by_agency(subject: Subject, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows (category as code, agency, title) by category in the competition's order, then by
    agency and title; those without a category last.
    """
    category_order = {code: number for number, code in enumerate(subject.edition.categories)}
    keys = pd.DataFrame(
        {
            "category": rows["category"].map(category_order),
            "agency": rows["agency"].str.casefold(),
            "title": rows["title"].str.casefold(),
        }
    )
    ordered = keys.sort_values(["category", "agency", "title"], na_position="last", kind="stable")
    return rows.loc[ordered.index].reset_index(drop=True)
