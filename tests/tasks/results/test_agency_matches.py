"""How a typed text came to mean an agency."""

import pandas as pd
import pytest

from tasks.results.agency_matches import agency_match_kind

MATCHES = pd.DataFrame(
    [
        ("agency", "Dinas Kesehatn", "97"),
        ("agency", "Dinkes Kota", None),
        ("judge", "Dinas Kominfo", "91"),
    ],
    columns=["field", "typed", "similarity"],
).astype("str")


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("Dinas Kesehatn", ("approximate", "97")),
        ("Dinkes Kota", ("approximate", "")),
        ("DINAS KESEHATAN!", ("name", "")),
        ("", ("name", "")),
        ("Dinkes", ("other_name", "")),
        ("Dinas Kominfo", ("other_name", "")),
    ],
)
def test_a_match_is_near_or_by_the_name_or_by_another_name(typed: str, match: tuple[str, str]):
    assert agency_match_kind(typed, "Dinas Kesehatan", MATCHES) == match
