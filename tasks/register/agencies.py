"""Agencies of the register: which exist in a year, which are obliged, and which are over which.

What people typed for an agency is matched in tasks/names.
"""

import pandas as pd

from tasks.rules.competition import ObligationRules


def existing_agencies(agencies: pd.DataFrame, year: int) -> pd.DataFrame:
    """The agencies that exist in the year; in the year `valid_to` an agency still exists."""
    has_begun = (agencies["valid_from"] <= year).fillna(True)
    has_not_ended = (agencies["valid_to"] >= year).fillna(True)
    return agencies[has_begun & has_not_ended]


def is_obliged(agencies: pd.DataFrame, obligation: ObligationRules) -> pd.Series:
    """Whether One Agency One Innovation binds each agency: its own `obliged`, else its type
    (boolean, no NA).
    """
    obliged_types = [name.casefold() for name in obligation.types]
    by_type = agencies["type"].str.casefold().isin(obliged_types)
    return agencies["obliged"].fillna(by_type.astype("boolean"))


def agencies_above(agencies: pd.DataFrame) -> pd.DataFrame:
    """Every pair of an agency and an agency over it, at any depth through parent_code: columns
    agency_code, above.

    No agency is over itself, not even where the register runs in a circle.
    """
    parents = agencies.loc[agencies["parent_code"].notna(), ["agency_code", "parent_code"]]
    parents = parents.rename(columns={"parent_code": "above"}).drop_duplicates()
    pairs = newest = parents
    while len(newest):
        further = _climb(newest, parents)
        is_known = pd.MultiIndex.from_frame(further).isin(pd.MultiIndex.from_frame(pairs))
        newest = further[~is_known]
        pairs = pd.concat([pairs, newest], ignore_index=True)
    return pairs[pairs["agency_code"] != pairs["above"]].reset_index(drop=True)


def _climb(pairs: pd.DataFrame, parents: pd.DataFrame) -> pd.DataFrame:
    """The agencies of the pairs with the parents of the agencies over them: agency_code, above."""
    next_parents = parents.set_axis(["above", "next"], axis=1)
    climbed = pairs.merge(next_parents, on="above", how="inner", validate="m:m")
    further = climbed[["agency_code", "next"]].rename(columns={"next": "above"})
    return further.drop_duplicates()


def agency_kin(agencies: pd.DataFrame) -> pd.DataFrame:
    """Every pair of an agency and itself, an agency over it or an agency under it: columns
    agency_code, kin.
    """
    over = agencies_above(agencies).rename(columns={"above": "kin"})
    under = over.rename(columns={"agency_code": "kin", "kin": "agency_code"})
    itself = pd.DataFrame({"agency_code": agencies["agency_code"], "kin": agencies["agency_code"]})
    pairs = pd.concat([itself, over, under[["agency_code", "kin"]]])
    return pairs.drop_duplicates(ignore_index=True)
