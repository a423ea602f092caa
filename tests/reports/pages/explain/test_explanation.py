"""How one innovation of the small city came to stand where it stands, from its tables alone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.formats.terminal_text import render_text
from reports.pages.explain import explanation
from reports.pages.explain.evidence import (
    DeliveredAnswers,
    DeliveredCell,
    InnovationEvidence,
    RowPlace,
)
from reports.pages.explain.explanation import AgencyObligation, Explanation, RegistrationPart
from reports.pages.explain.judging import CutOff, JudgingPart, Neighbour
from reports.pages.explain.phases import (
    EarlierAward,
    LevelPart,
    NominationPart,
    RequirementAnswer,
    ScreeningPart,
    WaitingPart,
)
from reports.pages.explain.rows import AgencyMatch, RuleCheck
from tasks.results import innovations
from tasks.results.results import Results
from tasks.schema import TABLES

FORM = "submissions/formulir.csv"
CHECK = RowPlace("screening/administrasi/cek.csv", 3)
MARKS = pd.DataFrame(
    [
        ("proposal", submission, judge, criterion, mark, used, None)
        for submission, judge, used, *marks in (
            ("DINKES-AAAA", "Juri 1", True, "80", "80"),
            ("DINKES-AAAA", "Juri 2", True, "80", "80"),
            ("PKM-JANTI-BBBB", "Juri 1", True, "90", "65"),
            ("PKM-JANTI-BBBB", "Juri 2", True, "90", "65"),
            ("DINKES-DDDD", "Juri 1", True, "70", "70"),
            ("DINKES-DDDD", "Juri 2", False, "70", None),
        )
        for criterion, mark in zip(("signifikansi", "kebaruan"), marks, strict=True)
        if mark
    ],
    columns=TABLES["marks"].names,
)


@pytest.fixture
def told(city: Callable[..., Results]) -> Callable[..., Explanation]:
    """The explanation of one innovation of the city; tables in place of the city's own, and what
    the exports say.
    """

    def make(
        submission: str, evidence: InnovationEvidence | None = None, **tables: pd.DataFrame
    ) -> Explanation:
        results = city(**{"marks": MARKS} | tables)
        settled = innovations.add_innovations(results["submissions"])
        mine = settled[settled["submission_id"] == submission]
        as_of = datetime(2022, 5, 5, tzinfo=UTC)
        made_for = edition(results.competition)
        return explanation.build(
            results,
            made_for,
            mine,
            evidence or InnovationEvidence(),
            "20220505T000000-00000000",
            as_of,
        )

    return make


def part(made: Explanation, code: str) -> object:
    return next(part for part in made.phases if part.code == code)


# --- registration
# --------------------------------------------------------------------------------------------------


def test_who_it_is_and_which_rows_came(told: Callable[..., Explanation]) -> None:
    made = told("SMPN-10-CCCC")
    assert (made.title, made.agency, made.category) == (
        "Kelas Ceria",
        "SMP Negeri 10",
        "Pendidikan",
    )
    assert [(row.place, row.status, row.counts, row.why, row.errors) for row in made.rows] == [
        (RowPlace(FORM, 4), "superseded", False, "replaced", ()),
        (RowPlace(FORM, 5), "accepted", True, "last", ()),
    ]


def test_a_decision_stands_beside_what_the_rules_gave(told: Callable[..., Explanation]) -> None:
    made = told("BAG-ORG-GGGG")
    assert made.registration == RegistrationPart(
        "Pendaftaran", "closed", "rejected", "accepted", True, "Perintah Sekretaris Daerah"
    )
    assert [(problem.rule, problem.remedy) for problem in made.problems] == [
        ("late", "Mintalah keputusan")
    ]


def test_rules_are_passed_failed_or_could_not_be_checked(told: Callable[..., Explanation]) -> None:
    validation = pd.DataFrame(
        [
            ("late", "submissions", "pendaftaran", "submitted_at", 9, 2, "failed"),
            ("missing_required", "submissions", "pendaftaran", "title", 9, 0, "passed"),
            ("too_long", "submissions", "pendaftaran", "summary", 0, 0, "unchecked"),
            ("mark_off_scale", "marks", "proposal", "mark", 9, 0, "passed"),
        ],
        columns=TABLES["validation"].names,
    )
    late, other = (
        told("BAG-ORG-GGGG", validation=validation),
        told("DINKES-AAAA", validation=validation),
    )
    assert [check.state for check in late.checks] == ["failed", "passed", "unchecked"]
    assert other.checks == (
        RuleCheck("late", "submitted_at", "passed"),
        RuleCheck("missing_required", "title", "passed"),
        RuleCheck("too_long", "summary", "unchecked"),
    )


@pytest.mark.parametrize(
    ("typed", "how"),
    [("DINAS KESEHATAN", "name"), ("Dinkes", "other_name"), ("Dinas Kesehatn", "approximate")],
)
def test_how_an_agency_was_found(told: Callable[..., Explanation], typed: str, how: str) -> None:
    near = [(FORM, 9, "agency", "Dinas Kesehatn", "Dinas Kesehatan", "92.3")]
    evidence = InnovationEvidence(typed={RowPlace(FORM, 2): {"agency": typed}})
    made = told(
        "DINKES-AAAA", evidence, matches=pd.DataFrame(near, columns=TABLES["matches"].names)
    )
    similarity = "92.3" if how == "approximate" else ""
    assert made.match == AgencyMatch(typed, "DINKES", "Dinas Kesehatan", how, similarity)


# --- phases
# --------------------------------------------------------------------------------------------------


def test_screening_answers_have_their_cell_heading_and_meaning(
    told: Callable[..., Explanation],
) -> None:
    earlier = DeliveredAnswers(RowPlace(CHECK.source, 2), "", {"surat": None, "proposal": None})
    evidence = InnovationEvidence(
        cells={
            CHECK: (
                DeliveredCell("Surat", "belum", "surat"),
                DeliveredCell("Naskah", "?", "proposal"),
            )
        },
        answers={
            "administrasi": (
                earlier,
                DeliveredAnswers(CHECK, "", {"surat": False, "proposal": None}),
            )
        },
    )
    assert part(told("PKM-JANTI-BBBB", evidence), "administrasi") == ScreeningPart(
        "administrasi",
        "Seleksi Administrasi",
        "closed",
        CHECK,
        (earlier.place,),
        "Tanpa tanda tangan",
        (
            RequirementAnswer("surat", "Surat pernyataan", "Surat", "belum", False, None),
            RequirementAnswer("proposal", "Naskah proposal", "Naskah", "?", None, None),
        ),
        "fails",
        "passes",
        "Surat menyusul dan sudah diterima",
    )


def test_a_tie_is_broken_by_the_criterion_that_tells_the_two_apart(
    told: Callable[..., Explanation],
) -> None:
    made = part(told("DINKES-AAAA"), "proposal")
    assert isinstance(made, JudgingPart)
    assert made.neighbours == (
        Neighbour(
            1,
            "PKM-JANTI-BBBB",
            "Gerobak Sehat",
            "80.00",
            "above",
            "Signifikansi",
            "90.00",
            "80.00",
            "advances",
        ),
        Neighbour(2, "DINKES-AAAA", "Lentera Ibu", "80.00", "self", "", "", "", "advances"),
        Neighbour(3, "DINKES-DDDD", "Pojok ASI", "70.00", "below", "", "", "", "stays"),
    )
    assert [(tie.criterion, tie.working.score) for tie in made.tie_break if tie.working] == [
        ("Signifikansi", "80.00")
    ]
    assert (made.list, made.rank, made.of, made.agrees) == ("Kesehatan", 2, 3, True)


def test_the_cut_of_each_list_and_the_least_score(told: Callable[..., Explanation]) -> None:
    made = part(told("DINKES-DDDD"), "proposal")
    assert isinstance(made, JudgingPart)
    assert made.cut == CutOff("per_list", 2, "60", True, 3, 3, "80.00", "70.00", False)
    assert [(sheet.judge, sheet.status, sheet.reason) for sheet in made.sheets] == [
        ("Juri 1", "used", ""),
        ("Juri 2", "left_out", "incomplete_sheet"),
    ]


def test_equals_share_a_rank_and_the_cut_is_over_all_lists(
    told: Callable[..., Explanation],
) -> None:
    marks = [
        ("presentasi", one, "Juri 3", "paparan", "90", True, None)
        for one in ("DINKES-AAAA", "PKM-JANTI-BBBB")
    ]
    both = pd.concat([MARKS, pd.DataFrame(marks, columns=MARKS.columns)])
    made = part(told("DINKES-AAAA", marks=both), "presentasi")
    assert isinstance(made, JudgingPart)
    assert [(n.rank, n.relation, n.told_by) for n in made.neighbours] == [
        (1, "equal", ""),
        (1, "self", ""),
    ]
    assert made.cut == CutOff("overall", 3, "", True, 1, 2, "87.00", "", False)
    assert made.carry is not None
    assert (
        [(s.phase, s.share, s.score, s.product) for s in made.carry.shares],
        made.carry.total,
        made.agrees,
    ) == (
        [
            ("Presentasi dan Wawancara", "0.7", "90.00", "63"),
            ("Penilaian Proposal", "0.3", "80.00", "24"),
        ],
        "87",
        True,
    )


def test_without_a_sheet_there_is_no_score_and_no_rank(told: Callable[..., Explanation]) -> None:
    made = part(told("SMPN-10-CCCC"), "presentasi")
    assert isinstance(made, JudgingPart)
    assert (made.own, made.score, made.rank, made.neighbours, made.carry) == (
        None,
        "",
        None,
        (),
        None,
    )
    assert [(sheet.judge, sheet.status) for sheet in made.sheets] == [("Juri 3", "missing")]
    assert made.cut.place is None


def test_a_score_that_the_marks_do_not_give_is_said(told: Callable[..., Explanation]) -> None:
    made = told("DINKES-AAAA", marks=MARKS.assign(mark=MARKS["mark"].replace("80", "81")))
    judged = part(made, "proposal")
    assert isinstance(judged, JudgingPart)
    assert (judged.agrees, judged.own and judged.own.score, judged.score) == (
        False,
        "81.00",
        "80.00",
    )
    assert "Hitungan di atas tidak sama dengan nilai yang terbit" in render_text(
        "explanation.txt", "id", it=made
    )


def test_a_level_says_place_awards_and_decision(told: Callable[..., Explanation]) -> None:
    made = part(told("DINKES-AAAA"), "nominasi")
    assert isinstance(made, NominationPart)
    assert made.levels == (
        LevelPart(
            "provinsi",
            "Provinsi",
            1,
            ("Top 45",),
            None,
            1,
            "87.00",
            (EarlierAward("exact", 2019, "Lentera Ibu", "Top 45"),),
            "barred",
            "barred",
            "",
        ),
        LevelPart(
            "nasional",
            "Nasional",
            2,
            (),
            1,
            2,
            "87.00",
            (),
            "nominated",
            "reserve",
            "Diusulkan tahun depan",
        ),
    )


def test_a_phase_that_has_not_begun_is_only_named(
    city: Callable[..., Results], told: Callable[..., Explanation]
) -> None:
    phases = city()["phases"]
    waiting = phases.assign(state=phases["state"].mask(phases["phase"] == "nominasi", "not_begun"))
    assert part(told("DINKES-AAAA", phases=waiting), "nominasi") == WaitingPart(
        "nominasi", "Nominasi", "not_begun"
    )


# --- compliance
# --------------------------------------------------------------------------------------------------


def test_what_it_does_for_its_agency_and_the_body_over_it(told: Callable[..., Explanation]) -> None:
    assert told("PKM-JANTI-BBBB").obligations == (
        AgencyObligation(
            "PKM-JANTI",
            "Puskesmas Janti",
            True,
            False,
            "accepted",
            False,
            1,
            1,
            True,
            "not_obliged",
        ),
        AgencyObligation(
            "DINKES", "Dinas Kesehatan", False, True, "accepted", False, 1, 2, False, "compliant"
        ),
    )


def test_one_that_was_withdrawn_is_not_counted(told: Callable[..., Explanation]) -> None:
    assert [body.is_counted for body in told("DINKES-HHHH").obligations] == [False]


# --- as text
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "submission",
    [
        "DINKES-AAAA",
        "PKM-JANTI-BBBB",
        "SMPN-10-CCCC",
        "DINKES-DDDD",
        "KEC-SUKUN-EEEE",
        "X-FFFF",
        "BAG-ORG-GGGG",
        "DINKES-HHHH",
    ],
)
def test_every_innovation_can_be_told_in_both_languages(
    told: Callable[..., Explanation], submission: str, language: str
) -> None:
    made = told(submission)
    shown = render_text("explanation.txt", language, it=made)
    assert shown.splitlines()[:2] == [
        made.title,
        " · ".join(filter(None, [submission, made.agency, made.category, made.group])),
    ]
    assert max(len(line) for line in shown.splitlines()) <= 110
