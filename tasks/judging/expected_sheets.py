"""Which sheets are expected of whom in a judging phase.

What does not belong here: matching assignments (tasks/phases/evidence.py), sheets that were
delivered (sheets.py).
"""

import pandas as pd

ALL_SUBMISSIONS = "*"
_PAIR = ["judge", "submission_id"]


def expected_pairs(
    assigned: pd.DataFrame, sheets: pd.DataFrame, entered: pd.DataFrame, barred: pd.DataFrame
) -> pd.DataFrame:
    """The pairs of a judge and a submission of which a sheet is expected: judge, submission_id; one
    row a pair.

    `assigned`: judge, submission (as typed), submission_id (matched) of the phase's rows in
    assignments.csv; without any, each judge who marked in a list is expected for all of it.
    `sheets`: judge, submission_id of what was delivered. `entered`: submission_id, category,
    agency_code, list of each submission in the phase. No sheet is expected that a conflict of
    interest would leave out (`barred`: judge, agency_code, leaves_out).
    """
    if len(assigned):
        pairs = _assigned_pairs(assigned, entered)
    else:
        pairs = _customary_pairs(sheets, entered)
    agencies = entered[["submission_id", "agency_code"]]
    pairs = pairs.drop_duplicates().merge(agencies, on="submission_id", validate="m:1")
    pairs = pairs.merge(barred, on=["judge", "agency_code"], how="left", validate="m:1")
    is_barred = pairs["leaves_out"].astype("boolean").fillna(False).astype("bool")
    return pairs.loc[~is_barred, _PAIR].reset_index(drop=True)


def _assigned_pairs(assigned: pd.DataFrame, entered: pd.DataFrame) -> pd.DataFrame:
    """The pairs that assignments name: by *, by the code of a category, by submission."""
    rows = assigned.assign(text=assigned["submission"].str.strip())
    of_all = rows[rows["text"] == ALL_SUBMISSIONS]
    for_all = of_all[["judge"]].merge(entered[["submission_id"]], how="cross")
    categories = entered[["submission_id", "category"]].rename(columns={"category": "text"})
    texts = rows[["judge", "text"]].drop_duplicates()
    by_category = texts.merge(categories, on="text", how="inner", validate="m:m")
    single = rows[rows["submission_id"].isin(entered["submission_id"])]
    return pd.concat([for_all[_PAIR], by_category[_PAIR], single[_PAIR]], ignore_index=True)


def _customary_pairs(sheets: pd.DataFrame, entered: pd.DataFrame) -> pd.DataFrame:
    """Each judge who marked in a list, with every submission of the list."""
    lists = entered[["submission_id", "list"]]
    marked = sheets.merge(lists, on="submission_id", how="inner", validate="m:1")
    judged = marked[["judge", "list"]].drop_duplicates()
    return judged.merge(lists, on="list", how="inner", validate="m:m")[_PAIR]
