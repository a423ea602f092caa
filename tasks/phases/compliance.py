"""One Agency One Innovation: who has entered, and what came in year by year.

docs/methods/compliance.md has the rule in words and a worked example. What does not belong here:
the register and who is obliged (tasks/register).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tasks.phases.fold import PhaseResult
from tasks.register.agencies import agencies_above, existing_agencies, is_obliged
from tasks.rules.competition import Competition, ObligationRules


def compliance_table(
    competition: Competition,
    submissions: pd.DataFrame,
    results: Sequence[PhaseResult],
    agencies: pd.DataFrame,
) -> pd.DataFrame:
    """The table compliance: one row per body that exists in the year, in the order of the register;
    zeros are there.

    `submissions`: as settle_submissions gives them; `results`: of the phases; `agencies`: the
    register.
    """
    bodies = existing_agencies(agencies, competition.year).reset_index(drop=True)
    own = count_innovations(submissions, results).reindex(agencies["agency_code"], fill_value=0)
    table = bodies[["agency_code", "agency", "type", "parent_code"]].assign(
        obliged=is_obliged(bodies, competition.obligation)
    )
    for name, values in own.items():
        table[name] = table["agency_code"].map(values).astype("Int64")
    for name, values in counts_with_units(own, agencies).items():
        table[f"{name}_with_units"] = table["agency_code"].map(values).astype("Int64")
    return table.assign(status=compliance_status(table, competition.obligation))


def count_innovations(submissions: pd.DataFrame, results: Sequence[PhaseResult]) -> pd.DataFrame:
    """How many innovations of each agency were received, accepted, screened: Int64, on the agency
    codes that occur.
    """
    is_of_agency = submissions["counts"].astype("bool") & submissions["agency_code"].notna()
    rows = submissions.loc[is_of_agency, ["agency_code", "status", "submission_id"]]
    accepted = rows["status"] == "accepted"
    passed = screened_ids(results, rows.loc[accepted, "submission_id"])
    screened = accepted & rows["submission_id"].isin(passed)
    flags = pd.DataFrame({"received": True, "accepted": accepted, "screened": screened})
    return flags.astype("int64").groupby(rows["agency_code"]).sum().astype("Int64")


def screened_ids(results: Sequence[PhaseResult], accepted: pd.Series) -> pd.Index:
    """Those of the accepted submissions that passed every screening phase; without one, all of
    them.
    """
    passed: pd.Index = pd.Index(accepted)
    for result in results:
        if result.phase.kind == "screening":
            passed = passed[passed.isin(result.outcomes.index[result.outcomes == "passes"])]
    return passed


def counts_with_units(own: pd.DataFrame, agencies: pd.DataFrame) -> pd.DataFrame:
    """Each body's counts plus those of all bodies under it, at any depth; on the same agency codes
    as `own`.
    """
    pairs = agencies_above(agencies)
    under = pairs.merge(own, left_on="agency_code", right_index=True, how="inner", validate="m:1")
    of_units = under.groupby("above")[list(own.columns)].sum()
    return own.add(of_units, fill_value=0).reindex(own.index).astype("Int64")


def compliance_status(table: pd.DataFrame, obligation: ObligationRules) -> pd.Series:
    """compliant, short, rejected_only, none or not_obliged; with roll_up the units' submissions
    count for their parent.
    """
    suffix = "_with_units" if obligation.roll_up else ""
    count, received = table[f"{obligation.counts}{suffix}"], table[f"received{suffix}"]
    cases = [~table["obliged"].astype("bool"), count >= obligation.minimum, count > 0, received > 0]
    names = ["not_obliged", "compliant", "short", "rejected_only"]
    chosen = np.select([case.to_numpy(bool) for case in cases], names, "none")
    return pd.Series(chosen, index=table.index, dtype="str")


def history_table(
    competition: Competition, submissions: pd.DataFrame, table: pd.DataFrame, earlier: pd.DataFrame
) -> pd.DataFrame:
    """The table history: earlier years in order, then this one. Received includes innovations whose
    agency is unknown.

    `table`: the table compliance; `earlier` has year, received, accepted, agencies_obliged,
    agencies_compliant.
    """
    counting = submissions.loc[submissions["counts"].astype("bool"), "status"]
    row = {
        "year": competition.year,
        "received": len(counting),
        "accepted": int((counting == "accepted").sum()),
        "agencies_obliged": int(table["obliged"].sum()),
        "agencies_compliant": int((table["status"] == "compliant").sum()),
    }
    this_year = pd.DataFrame([row])
    past = earlier[earlier["year"] < competition.year].sort_values("year")
    return pd.concat([past[this_year.columns], this_year], ignore_index=True).astype("Int64")
