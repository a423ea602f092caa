"""How a typed text came to mean an agency, as far as the Results tell."""

import pandas as pd

from tasks.names.titles import title_key


def agency_match_kind(typed: str, agency: str, matches: pd.DataFrame) -> tuple[str, str]:
    """The kind of the match, and its similarity of 100, "" where the match is exact.

    `agency` is the name of the agency that was taken; `matches` is the table of that name. Kinds:
    "approximate"; "name": the typed text is the agency's name, or none was typed; "other_name": an
    alias or the short name.
    """
    is_this = (matches["field"] == "agency") & (matches["typed"] == typed)
    similarities = matches.loc[is_this, "similarity"]
    if len(similarities):
        similarity = similarities.iloc[0]
        return "approximate", "" if pd.isna(similarity) else str(similarity)
    is_name = not typed or title_key(typed) == title_key(agency)
    return ("name" if is_name else "other_name"), ""
