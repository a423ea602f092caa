"""Which body of the register is over which, at any depth. Computes; touches nothing."""

import pandas as pd


def agencies_above(agencies: pd.DataFrame) -> pd.DataFrame:
    """Every pair of a body and a body over it, at any depth through parent_code: agency_code,
    above; one row a pair.

    A body is not over itself, not even where the register runs in a circle.
    """
    steps = agencies.loc[agencies["parent_code"].notna(), ["agency_code", "parent_code"]]
    steps = steps.rename(columns={"parent_code": "above"}).drop_duplicates()
    pairs = reached = steps
    while len(reached):
        further = reached.merge(
            steps.set_axis(["above", "next"], axis=1), on="above", how="inner", validate="m:m"
        )
        further = (
            further[["agency_code", "next"]].rename(columns={"next": "above"}).drop_duplicates()
        )
        known = pd.MultiIndex.from_frame(pairs)
        reached = further[~pd.MultiIndex.from_frame(further).isin(known)]
        pairs = pd.concat([pairs, reached], ignore_index=True)
    return pairs[pairs["agency_code"] != pairs["above"]].reset_index(drop=True)


def agency_kin(agencies: pd.DataFrame) -> pd.DataFrame:
    """Every pair of a body and itself, a body over it or a body under it: agency_code, kin; one row
    a pair.
    """
    over = agencies_above(agencies).rename(columns={"above": "kin"})
    under = over.rename(columns={"agency_code": "kin", "kin": "agency_code"})
    itself = pd.DataFrame({"agency_code": agencies["agency_code"], "kin": agencies["agency_code"]})
    everyone = pd.concat([itself, over, under[["agency_code", "kin"]]])
    return everyone.drop_duplicates(ignore_index=True)
