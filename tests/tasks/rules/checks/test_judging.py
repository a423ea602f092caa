"""What several keys of a judging phase show together."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tasks.rules.checks.consistency import find_mistakes


@given(
    st.lists(
        st.decimals(min_value=Decimal("-0.5"), max_value=Decimal("1.5"), places=2),
        min_size=1,
        max_size=4,
    )
)
def test_shares_are_right_when_each_is_above_zero_and_all_are_below_one(
    shares: list[Decimal],
) -> None:
    phases = [{"code": f"p{n}", "kind": "judging", "scale": [0, 100]} for n in range(len(shares))]
    carry = {f"p{n}": share for n, share in enumerate(shares)}
    tree = {
        "phases": [*phases, {"code": "last", "kind": "judging", "scale": [0, 100], "carry": carry}]
    }
    told = [m for m in find_mistakes(tree) if "carry" in m.path]
    assert (told == []) == (all(share > 0 for share in shares) and sum(shares) < 1)


def test_a_conflict_is_repeated_only_where_an_earlier_one_names_the_same_two() -> None:
    conflicts = [
        None,  # an entry of a wrong type, which the model tells
        {"judge": "Juri A", "agency": "DINKES"},
        {"judge": "juri-a", "agency": "dinkes"},
        {"judge": "Juri A", "agency": "DLH"},
    ]
    phases = [{"kind": "registration"}, {"kind": "judging", "conflicts": conflicts}]

    (mistake,) = find_mistakes({"phases": phases})

    assert (mistake.path, mistake.message) == (("phases", 1, "conflicts", 2), "repeated")
