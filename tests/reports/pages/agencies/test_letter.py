"""letters/reminder-<code>."""

import pytest

from reports.formats.html import render_paper
from reports.pages.agencies import letter
from reports.pages.agencies.letter import LetterPage
from tests.small.results import OFFICE_RULES, office_edition, office_results


def letters(state: str = "open", rules: str = OFFICE_RULES) -> list[LetterPage]:
    phases = office_results()["phases"]
    states = phases["state"].where(phases["phase"] != "pendaftaran", state)
    return list(
        letter.build(
            office_results(rules, phases=phases.assign(state=states)), office_edition(rules)
        )
    )


def test_each_obliged_agency_with_nothing_received_gets_one():
    assert [(page.path, page.agency) for page in letters()] == [
        ("letters/reminder-DISHUB", "Dinas Perhubungan"),
        ("letters/reminder-KEC-SUKUN", "Kecamatan Sukun"),
    ]


@pytest.mark.parametrize("state", ["closed", "not_begun"])
def test_there_are_none_unless_registration_is_open(state: str):
    assert letters(state) == []


def test_it_is_addressed_to_who_leads_the_agency():
    assert [page.addressee for page in letters()] == ["Kepala Dinas Perhubungan", "Camat Sukun"]


@pytest.mark.parametrize(
    ("agency", "kind", "addressee"),
    [
        ("Sekretariat Daerah", "sekretariat", "Sekretaris Daerah"),
        ("Inspektorat", "inspektorat", "Inspektur"),
        ("Kelurahan Bareng", "kelurahan", "Lurah Bareng"),
        ("SMP Negeri 10", "sekolah", "Kepala SMP Negeri 10"),
        ("Perumda Tugu Tirta", "bumd", "Direktur Perumda Tugu Tirta"),
        ("Kantor Baru", "kantor", "Pimpinan Kantor Baru"),
        ("Kantor Baru", float("nan"), "Pimpinan Kantor Baru"),
    ],
)
def test_leaders_are_called_by_their_office(agency: str, kind: object, addressee: str):
    assert letter.addressee(agency, kind, office_edition()) == addressee


def test_what_was_not_given_is_a_blank_and_never_invented():
    html = render_paper(letters()[0])
    assert html.count('<span class="blank">') == 5  # place, date, number, name, NIP
    assert "Kepala Bagian Organisasi" in html


def test_what_was_given_is_printed():
    facts = (
        '[documents.reminder-DISHUB]\nnumber = "B/187/PP.00.05/2022"\non = 2022-03-01\nplace '
        '= "Malang"\n'
    )
    html = render_paper(letters(rules=OFFICE_RULES + facts)[0])
    assert "Malang, 1 Maret 2022" in html
    assert "B/187/PP.00.05/2022" in html


def test_the_deadline_stands_with_its_weekday():
    assert "paling lambat hari Selasa, 15 Maret 2022 pukul 23.59 WIB" in render_paper(letters()[0])


def test_innovations_of_its_units_are_mentioned():
    shown = [page.from_units for page in letters()]
    assert shown == [0, 2]
    assert "Dari unit di bawahnya telah kami terima 2 inovasi" in render_paper(letters()[1])
