"""Which phases an innovation entered, and what screening and nomination made of it."""

from collections.abc import Callable

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.pages.explain.evidence import InnovationEvidence
from reports.pages.explain.phases import (
    EarlierAward,
    NominationPart,
    PhasePart,
    RequirementAnswer,
    ScreeningPart,
    explain_phases,
)
from tasks.results.results import Results
from tasks.schema import TABLES


def _phases(results: Results, title: str) -> tuple[PhasePart, ...]:
    rows = results["submissions"]
    row = rows[rows["title"] == title].iloc[-1]
    return explain_phases(results, edition(results.competition), row, InnovationEvidence())


@pytest.mark.parametrize(
    ("title", "phases"),
    [
        ("Sungai Bersih", []),
        ("Arsip Pintar", ["administrasi"]),
        ("Pojok ASI", ["administrasi", "proposal"]),
        ("Lentera Ibu", ["administrasi", "proposal", "presentasi", "nominasi"]),
    ],
)
def test_an_innovation_has_the_phases_up_to_its_last(
    city: Callable[..., Results], title: str, phases: list[str]
) -> None:
    assert [part.code for part in _phases(city(), title)] == phases


def test_who_was_not_screened_has_no_place_and_no_answer(city: Callable[..., Results]) -> None:
    assert _phases(city(), "Arsip Pintar") == (
        ScreeningPart(
            "administrasi",
            "Seleksi Administrasi",
            "closed",
            None,
            (),
            "",
            (
                RequirementAnswer("surat", "Surat pernyataan", "", "", None, None),
                RequirementAnswer("proposal", "Naskah proposal", "", "", None, None),
            ),
            "pending",
            "pending",
            "",
        ),
    )


def test_awards_stand_with_the_level_that_they_bar_and_with_no_other_innovation(
    city: Callable[..., Results],
) -> None:
    awards = pd.DataFrame(
        [
            ("nominasi", "provinsi", "PKM-JANTI-BBBB", "near", 2018, "Gerobak", "Top 45"),
            ("nominasi", "nasional", "PKM-JANTI-BBBB", "exact", 2019, None, None),
            ("nominasi", "provinsi", "DINKES-AAAA", "exact", 2019, "Lentera Ibu", "Top 45"),
        ],
        columns=TABLES["prior_awards"].names,
    )
    nomination = _phases(city(prior_awards=awards), "Gerobak Sehat")[-1]
    assert isinstance(nomination, NominationPart)
    assert [(level.code, level.place, level.of, level.awards) for level in nomination.levels] == [
        ("provinsi", 1, 1, (EarlierAward("near", 2018, "Gerobak", "Top 45"),)),
        ("nasional", 1, 2, (EarlierAward("exact", 2019, "", ""),)),
    ]
