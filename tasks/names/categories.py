"""What people typed for a category or a group -> its code. Each distinct text is looked up once."""

from collections.abc import Iterable

import pandas as pd

from tasks.names.name_forms import text_form, text_forms, unambiguous_forms
from tasks.rules.competition import Category, Competition, Group


def match_categories(texts: pd.Series, competition: Competition) -> pd.Series:
    """The category's code for each text, on the same index; NaN where the text is missing or means
    no category, or several.
    """
    return _match_choices(texts, competition.categories)


def match_groups(texts: pd.Series, competition: Competition) -> pd.Series:
    """The group's code for each text, on the same index; NaN as in `match_categories`."""
    return _match_choices(texts, competition.groups)


def _match_choices(texts: pd.Series, choices: Iterable[Category | Group]) -> pd.Series:
    pairs = []
    for choice in choices:
        spellings = (choice.code, *choice.name.values(), *choice.aliases)
        pairs += [(text_form(spelling), choice.code) for spelling in spellings]
    return text_forms(texts).map(unambiguous_forms(pairs)).astype("str")
