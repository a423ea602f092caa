"""Which sheets are expected of whom in a judging phase. Computes; touches nothing."""

import pandas as pd

ALL_SUBMISSIONS = "*"


def expected_pairs(
    assigned: pd.DataFrame, sheets: pd.DataFrame, entered: pd.DataFrame, barred: pd.DataFrame
) -> pd.DataFrame:
    """Every pair of a judge and a submission of which a sheet is expected: judge, submission_id;
    one row a pair.

    `assigned`: judge, submission (as typed), submission_id (matched) of the phase's rows in
    assignments.csv; without any, each judge who marked in a list is expected for all of it.
    `sheets`: judge, submission_id of what was delivered. `entered`: submission_id, category,
    agency_code, list of each submission in the phase. No sheet is expected that a conflict of
    interest would leave out (`barred`: judge, agency_code, leaves_out).
    """
    pairs = (
        _assigned_pairs(assigned, entered) if len(assigned) else _customary_pairs(sheets, entered)
    )
    pairs = pairs.drop_duplicates().merge(
        entered[["submission_id", "agency_code"]], on="submission_id", validate="m:1"
    )
    pairs = pairs.merge(barred, on=["judge", "agency_code"], how="left", validate="m:1")
    free = ~pairs["leaves_out"].astype("boolean").fillna(False).astype("bool")
    return pairs.loc[free, ["judge", "submission_id"]].reset_index(drop=True)


def _assigned_pairs(assigned: pd.DataFrame, entered: pd.DataFrame) -> pd.DataFrame:
    """An id, a category code or * (all that entered)."""
    rows = assigned.assign(text=assigned["submission"].str.strip())
    all_of_it = rows[rows["text"] == ALL_SUBMISSIONS][["judge"]].merge(
        entered[["submission_id"]], how="cross"
    )
    by_category = (
        rows[["judge", "text"]]
        .drop_duplicates()
        .merge(
            entered[["submission_id", "category"]],
            left_on="text",
            right_on="category",
            how="inner",
            validate="m:m",
        )
    )
    single = rows[rows["submission_id"].isin(entered["submission_id"])]
    columns = ["judge", "submission_id"]
    return pd.concat([all_of_it[columns], by_category[columns], single[columns]], ignore_index=True)


def _customary_pairs(sheets: pd.DataFrame, entered: pd.DataFrame) -> pd.DataFrame:
    marked = sheets.merge(
        entered[["submission_id", "list"]], on="submission_id", how="inner", validate="m:1"
    )
    lists = marked[["judge", "list"]].drop_duplicates()
    everyone = lists.merge(
        entered[["submission_id", "list"]], on="list", how="inner", validate="m:m"
    )
    return everyone[["judge", "submission_id"]]
