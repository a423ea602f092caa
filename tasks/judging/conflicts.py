"""Who has a conflict of interest: the agencies whose submissions a judge may not mark.

What does not belong here: what becomes of the sheet of such a judge (sheets.py), which name a typed
judge has (tasks/phases/evidence.py).
"""

import pandas as pd

from tasks.errors import ErrorMessage, RulesError
from tasks.register.agencies import agency_kin
from tasks.register.tables import Tables
from tasks.rules.competition import Competition, JudgingPhase


def named_conflicts(
    tables: Tables, names: pd.Series, competition: Competition, phase: JudgingPhase
) -> pd.DataFrame:
    """The pairs of `conflicts`: judge, agency_code; one row per pair.

    `names`: the one name of each judge, by what was typed. Raises RulesError where the register has
    no such agency.
    """
    judges = pd.Series([conflict.judge for conflict in phase.conflicts], dtype="str")
    codes = pd.Series([conflict.agency for conflict in phase.conflicts], dtype="str")
    unknown_codes = codes[~codes.isin(tables.agencies["agency_code"])]
    if len(unknown_codes):
        place = f"phases.{phase.code}.conflicts"
        problems = [
            ErrorMessage("phases.conflict_of_unknown_agency", place, {"value": code})
            for code in unknown_codes
        ]
        raise RulesError(*problems, language=competition.language)
    return pd.DataFrame({"judge": judges.map(names).astype("str"), "agency_code": codes})


def conflict_pairs(
    phase: JudgingPhase, judges: pd.DataFrame, agencies: pd.DataFrame, named_pairs: pd.DataFrame
) -> pd.DataFrame:
    """Whom a judge may not mark: judge, agency_code, leaves_out (boolean); one row per judge and
    agency.

    A judge's own agency, its parents and its units at any depth, by `own_agency`; and the pairs of
    `conflicts`, which are left out in any case. `judges`: judge, agency_code.
    `named_pairs`: as `named_conflicts` gives them.
    """
    employed = judges.loc[judges["agency_code"].notna(), ["judge", "agency_code"]].drop_duplicates()
    own = employed.merge(agency_kin(agencies), on="agency_code", how="inner", validate="m:m")
    own = own[["judge", "kin"]].rename(columns={"kin": "agency_code"})
    own = own.assign(leaves_out=phase.own_agency == "leave_out")
    every = pd.concat([own, named_pairs.assign(leaves_out=True)])
    pairs = every.groupby(["judge", "agency_code"], sort=False)["leaves_out"].any().reset_index()
    return pairs.astype({"judge": "str", "agency_code": "str", "leaves_out": "bool"})
