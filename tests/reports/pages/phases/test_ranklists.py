"""A judging phase's lists and the ties in them."""

import pandas as pd
import pytest

from reports.content.edition import edition
from reports.pages.parts import lists
from reports.pages.parts.lists import Entry
from reports.pages.parts.subject import make_subject
from reports.pages.phases import ranklists
from reports.pages.phases.ranklists import Tie


def _subject(results, code="proposal", category=None):
    return make_subject(results, edition(results.competition), code, None, category)


def _made(subject):
    columns = (lists.column("rank"), lists.column("entry"), lists.column("score", 2))
    return ranklists.rank_lists(ranklists.ranked_lists(subject), columns)


def test_there_is_a_list_for_every_category_in_the_competitions_order(city):
    made = _made(_subject(city()))
    assert [(one.name, one.entered) for one in made] == [
        ("Kesehatan", 3),
        ("Pendidikan", 1),
        ("Ketahanan Pangan", 0),
        ("Tata Kelola Pemerintahan", 0),
    ]
    assert made[2].ranking.rows == ()


def test_a_list_is_in_order_of_rank_with_exact_scores_and_those_who_advance_set_off(city):
    ranking = _made(_subject(city()))[0].ranking
    assert ranking.rows == (
        (1, Entry("Gerobak Sehat", "Puskesmas Janti"), "80.00"),
        (2, Entry("Lentera Ibu", "Dinas Kesehatan"), "80.00"),
        (3, Entry("Pojok ASI", "Dinas Kesehatan", ("too_few_judges",)), "70.00"),
    )
    assert ranking.strong == (0, 1)


def test_without_rank_within_there_is_one_list_and_who_has_no_score_comes_last(city):
    (only,) = _made(_subject(city(), "presentasi"))
    assert only.name == "Semua inovasi"
    assert [row[0] for row in only.ranking.rows] == [1, 1, None]


def test_a_decision_is_flagged_at_the_entry(city):
    ranking = _made(_subject(city()))[1].ranking
    assert ranking.rows[0][1] == Entry("Kelas Ceria", "SMP Negeri 10", ("decided",))
    assert ranking.strong == (0,)


def test_lists_by_type_and_category_are_those_that_occur_and_those_of_empty_categories(city):
    rules = city().rules_text.replace(
        'tie_break = ["signifikansi"]',
        'tie_break = ["signifikansi"]\nrank_within = ["agency_type", "category"]',
    )
    made = _made(_subject(city(rules=rules)))
    assert [one.name for one in made if one.entered] == [
        "Dinas · Kesehatan",
        "Puskesmas · Kesehatan",
        "Sekolah · Pendidikan",
    ]
    assert all(
        "Ketahanan Pangan" in one.name or "Tata Kelola" in one.name
        for one in made
        if not one.entered
    )
    assert sum(one.entered for one in made) == 4


def test_lists_by_group_name_the_groups(city):
    groups = (
        '[[groups]]\ncode = "umum"\nname = { id = "Umum", en = "General" '
        '}\n[[groups]]\ncode = "khusus"\n'
    )
    rules = (
        city()
        .rules_text.replace("[[categories]]", groups + "[[categories]]", 1)
        .replace(
            'tie_break = ["signifikansi"]', 'tie_break = ["signifikansi"]\nrank_within = ["group"]'
        )
    )
    rankings = city()["rankings"].assign(group="umum")
    assert [
        (one.name, one.entered) for one in _made(_subject(city(rules=rules, rankings=rankings)))
    ] == [
        ("Umum", 4),
        ("Khusus", 0),
    ]


def test_a_category_page_has_its_own_list_alone(city):
    assert [one.name for one in _made(_subject(city(), category="pendidikan"))] == ["Pendidikan"]
    assert [one.entered for one in _made(_subject(city(), category="pangan"))] == [0]


def test_a_category_page_of_one_list_of_all_says_that_its_ranks_are_among_all(city):
    (only,) = _made(_subject(city(), "presentasi", "pendidikan"))
    assert (only.name, only.entered) == ("Peringkat di antara semua inovasi", 1)


def test_a_tie_is_told_with_the_criterion_that_broke_it(city):
    about = _subject(city())
    assert ranklists.phase_ties(about, ranklists.ranked_lists(about)) == (
        Tie(
            "Kesehatan",
            "80.00",
            (Entry("Gerobak Sehat", "Puskesmas Janti"), Entry("Lentera Ibu", "Dinas Kesehatan")),
            (1, 2),
            (("Signifikansi", ("90.00", "80.00")),),
        ),
    )


def test_a_tie_that_nothing_breaks_shares_a_rank(city):
    about = _subject(city(), "presentasi")
    (tie,) = ranklists.phase_ties(about, ranklists.ranked_lists(about))
    assert (tie.ranks, tie.separated) == ((1, 1), ())


def test_equals_over_all_lists_are_no_tie_of_a_list(city):
    rankings = city()["rankings"].assign(
        score=lambda f: f["score"].mask(f["submission_id"] == "SMPN-10-CCCC", "80.00")
    )
    overall = pd.DataFrame(
        {
            "phase": "proposal",
            "list": "overall",
            "rank": [1, 2, 3],
            "submission_id": ["PKM-JANTI-BBBB", "DINKES-AAAA", "SMPN-10-CCCC"],
            "broken_by": "signifikansi",
        }
    )
    ties = pd.concat([city()["ties"], overall], ignore_index=True)
    about = _subject(city(rankings=rankings, ties=ties))
    assert [
        (tie.list, len(tie.entries))
        for tie in ranklists.phase_ties(about, ranklists.ranked_lists(about))
    ] == [("Kesehatan", 2)]


def test_a_list_of_those_without_a_category_has_its_ties(city):
    rankings = city()["rankings"].assign(category=None)
    ties = city()["ties"].assign(list=None)
    about = _subject(city(rankings=rankings, ties=ties))
    (tie,) = ranklists.phase_ties(about, ranklists.ranked_lists(about))
    assert (tie.list, tie.ranks) == ("Tanpa keterangan", (1, 2))


@pytest.mark.parametrize(
    ("broken_by", "separated"),
    [
        (
            ["signifikansi", "signifikansi", "signifikansi"],
            (("Signifikansi", ("90.00", "80.00", "70.00")),),
        ),
        (
            ["signifikansi", "signifikansi", "kebaruan"],
            (
                ("Kebaruan", ("65.00", "80.00", "70.00")),
                ("Signifikansi", ("90.00", "80.00", "70.00")),
            ),
        ),
        ([None, None, None], ()),
    ],
)
def test_a_tie_of_three_tells_each_criterion_that_broke_it_in_the_order_of_the_rules(
    city, broken_by, separated
):
    rules = city().rules_text.replace(
        'tie_break = ["signifikansi"]', 'tie_break = ["kebaruan", "signifikansi"]'
    )
    rankings = city()["rankings"].assign(
        score=lambda f: f["score"].mask(f["submission_id"] == "DINKES-DDDD", "80.00")
    )
    ties = pd.DataFrame(
        {
            "phase": "proposal",
            "list": "kesehatan",
            "rank": [1, 2, 3],
            "submission_id": ["PKM-JANTI-BBBB", "DINKES-AAAA", "DINKES-DDDD"],
            "broken_by": broken_by,
        }
    )
    about = _subject(city(rules=rules, rankings=rankings, ties=ties))
    (tie,) = ranklists.phase_ties(about, ranklists.ranked_lists(about))
    assert tie.separated == separated


def test_while_the_phase_is_open_the_standing_is_what_the_rule_gives(city):
    phases = city()["phases"].assign(state="open")
    rankings = city()["rankings"].assign(outcome="undecided", reason=None)
    about = _subject(city(phases=phases, rankings=rankings))
    assert list(ranklists.ranked_lists(about).rows["standing"]) == [
        "advances",
        "advances",
        "stays",
        "stays",
    ]


def test_a_phase_without_rankings_has_empty_lists(fresh):
    about = _subject(fresh)
    of = ranklists.ranked_lists(about)
    assert isinstance(of.rows, pd.DataFrame)
    assert [one.entered for one in _made(about)] == [0, 0, 0, 0]
    assert ranklists.phase_ties(about, of) == ()
