"""What the Results leave open: the findings that a person can still settle, and the agencies and
headings that they are about.
"""

import pandas as pd

from tasks.names.titles import title_keys
from tasks.results.innovations import add_innovations
from tasks.results.results import Results


def open_findings(results: Results) -> pd.DataFrame:
    """The findings that still matter: not those at rows that are superseded or withdrawn.

    One row per finding: the columns of the table findings; `status` and `counts` (boolean: the row
    stands for its innovation) of the row of submissions at its place, NA at other places; `about`,
    the title of the innovation, NA for a finding that names none.
    """
    rows = add_innovations(results["submissions"])
    counting = rows[rows["counts"]].drop_duplicates("submission_id")
    titles = counting.set_index("submission_id")["title"]
    places = rows[["source", "row", "status", "counts"]].drop_duplicates(["source", "row"])
    findings = results["findings"].merge(places, on=["source", "row"], how="left", validate="m:1")
    findings = findings.assign(about=findings["submission_id"].map(titles).astype("str"))
    is_past = findings["status"].isin(["superseded", "withdrawn"])
    return findings[~is_past].reset_index(drop=True)


def unregistered_agencies(findings: pd.DataFrame, agencies: pd.DataFrame) -> pd.DataFrame:
    """The findings `unknown_agency` of submissions, one per agency as it was first typed (`value`).

    An agency of the register (the table agencies) that does not exist in the year is left out.
    """
    is_unknown = (findings["rule"] == "unknown_agency") & (findings["table"] == "submissions")
    unknown = findings[is_unknown]
    keys = title_keys(unknown["value"])
    of_other_year = keys.isin(title_keys(agencies["agency"]))
    return unknown[~of_other_year & ~keys.duplicated()]


def are_headed_alike(headings: pd.Series) -> bool:
    """Whether two of the headings are the same but for case, accents and punctuation."""
    return bool(title_keys(headings).duplicated().any())
