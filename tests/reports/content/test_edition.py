"""What all pages of a run share."""

from datetime import date

from reports.content.edition import Signature, edition
from tasks.rules import competition
from tests.small.results import OFFICE_RULES, office_edition


def test_names_come_in_the_competition_s_order_and_language():
    office = office_edition()
    assert list(office.categories.items()) == [
        ("kesehatan", "Kesehatan"),
        ("tata_kelola", "Tata Kelola Pemerintahan"),
        ("lingkungan", "Perlindungan dan Pelestarian Lingkungan Hidup"),
    ]
    assert list(office.phases.values()) == [
        "Pendaftaran",
        "Seleksi administrasi",
        "Penilaian proposal",
        "Penetapan nominasi",
    ]


def test_in_english_everything_is_english():
    office = office_edition(OFFICE_RULES.replace('language = "id"', 'language = "en"'))
    assert office.categories["tata_kelola"] == "Governance"
    assert office.words.say("report.draft") == "DRAFT"


def test_only_phases_that_are_not_final_are_drafts():
    office = office_edition()
    assert {phase: office.is_draft(phase) for phase in office.phases} == {
        "pendaftaran": False,
        "administrasi": True,
        "proposal": True,
        "nominasi": True,
    }


def test_the_letterhead_is_host_and_unit_where_none_is_given():
    bare = OFFICE_RULES.partition("[publication]")[0]
    assert office_edition(bare).masthead.lines == (
        "Pemerintah Kota Malang",
        "Bagian Organisasi Sekretariat Daerah",
    )


def test_a_signature_has_blanks_for_what_was_not_given():
    blank = Signature(
        "Kepala Bagian Organisasi", name="", id="", rank="", place="", date="", number=""
    )
    assert office_edition().signature("minutes-proposal") == blank


def test_a_document_s_own_facts_come_before_those_of_its_kind():
    facts = """
[documents.reminder]
place = "Malang"
on = 2022-03-01
[documents.reminder-DISHUB]
number = "B/1/PP.00.05/2022"
on = 2022-03-02
"""
    office = edition(competition.parse_competition(OFFICE_RULES + facts))
    general, own = office.signature("reminder-DLH"), office.signature("reminder-DISHUB")
    assert (general.place, general.date, general.number) == ("Malang", "1 Maret 2022", "")
    assert (own.place, own.date, own.number) == (
        "",
        office.words.date(date(2022, 3, 2)),
        "B/1/PP.00.05/2022",
    )
