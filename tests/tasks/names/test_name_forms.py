"""The form of a name: what decides nothing when two names are compared."""

from tasks.names.name_forms import text_form


def test_an_ampersand_is_and() -> None:
    assert (
        text_form("Kesehatan & Gizi")
        == text_form("kesehatan dan gizi")
        == text_form("Kesehatan and gizi")
    )
