"""Section 4, Compliance, and history."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import HEAD, REGISTRATION, SCREENING, rules_text

REGISTER = """code,name,short_name,type,parent_code,aliases,obliged,valid_from,valid_to
D1,Dinas Satu,,dinas,,,,,
D2,Dinas Dua,,dinas,,,false,,
B1,Badan Satu,,badan,,,true,,
U1,Puskesmas Arjuno,,puskesmas,D1,,,,
U2,Pustu Utara,,pustu,U1,,,,
U3,Polindes Timur,,polindes,U2,,,,
"""
BLOCK = '[obligation]\nminimum = %s\ntypes = ["dinas"]\ncounts = "%s"\nroll_up = %s\n'


def entries(*agencies: str, category: str = "satu") -> list[str]:
    return [f"2022-02-10 10:00:00,Judul {n} {a},{a},{category}" for n, a in enumerate(agencies)]


def complied(
    tmp_path: Path,
    rows: list[str],
    minimum: int = 1,
    counts: str = "accepted",
    roll_up: str = "false",
    register: str = REGISTER,
    **files: str,
) -> Night:
    rules = rules_text(REGISTRATION, SCREENING, head=HEAD) + BLOCK % (minimum, counts, roll_up)
    return compute_night(
        tmp_path,
        rules,
        {FORM: form_text(*rows)} | {k.replace("__", "/") + ".csv": v for k, v in files.items()},
        register=register,
    )


def status(found: Night) -> dict[str, str]:
    return dict(found.cells("compliance", "agency_code", "status"))


def test_compliance_has_every_body_that_exists_with_zeros(tmp_path: Path) -> None:
    found = complied(tmp_path, entries("D1"))

    assert found.cells(
        "compliance",
        "agency_code",
        "agency",
        "type",
        "parent_code",
        "obliged",
        "received",
        "accepted",
        "status",
    ) == [
        ("D1", "Dinas Satu", "dinas", "", "true", "1", "1", "compliant"),
        ("D2", "Dinas Dua", "dinas", "", "false", "0", "0", "not_obliged"),
        ("B1", "Badan Satu", "badan", "", "true", "0", "0", "none"),
        ("U1", "Puskesmas Arjuno", "puskesmas", "D1", "false", "0", "0", "not_obliged"),
        ("U2", "Pustu Utara", "pustu", "U1", "false", "0", "0", "not_obliged"),
        ("U3", "Polindes Timur", "polindes", "U2", "false", "0", "0", "not_obliged"),
    ]


def test_bodies_that_exist_in_the_year_alone_and_valid_to_equal_to_it_still_does(
    tmp_path: Path,
) -> None:
    years = [
        ("E1", "", "2022"),
        ("E2", "", "2021"),
        ("E3", "2022", ""),
        ("E4", "2023", ""),
        ("E5", "2020", "2024"),
    ]
    register = REGISTER + "".join(
        f"{code},Dinas Uji {code},,dinas,,,,{begin},{end}\n" for code, begin, end in years
    )

    found = complied(tmp_path, [], register=register)

    assert [code for code in status(found) if code.startswith("E")] == ["E1", "E3", "E5"]


def test_received_counts_innovations_and_not_rows(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,D1,satu",
        "2022-02-11 10:00:00,Lentera,D1,dua",
        "2022-02-12 10:00:00,Lentera,D1,",
        "2022-02-12 10:00:00,Sungai,D1,",
    ]

    found = complied(tmp_path, rows)

    assert found.cells("compliance", "received", "accepted", agency_code="D1") == [("2", "1")]


@pytest.mark.parametrize(
    ("rows", "minimum", "expected"),
    [
        (entries("D1", "D1"), 2, "compliant"),
        (entries("D1"), 2, "short"),
        (entries("D1", category=""), 1, "rejected_only"),
        ([], 1, "none"),
        (entries("D1", "D1", "D1"), 2, "compliant"),
        (entries("U1"), 1, "none"),
    ],
)
def test_statuses_of_an_obliged_body(
    tmp_path: Path, rows: list[str], minimum: int, expected: str
) -> None:
    assert status(complied(tmp_path, rows, minimum))["D1"] == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [("received", "compliant"), ("accepted", "short"), ("screened", "rejected_only")],
)
def test_the_count_is_that_of_counts(tmp_path: Path, counts: str, expected: str) -> None:
    rows = [*entries("D1"), "2022-02-10 10:00:00,Tanpa,D1,"]

    found = complied(tmp_path, rows, 2, counts)

    assert found.cells("compliance", "received", "accepted", "screened", agency_code="D1") == [
        ("2", "1", "0")
    ]
    assert status(found)["D1"] == expected


def test_screened_has_passed_every_screening_phase(tmp_path: Path) -> None:
    second = SCREENING.replace('"administrasi"', '"administrasi2"').replace(
        "2022-03-22", "2022-04-20"
    )
    head = "submission,surat,video\n"
    rules = rules_text(REGISTRATION, SCREENING, second) + BLOCK % (1, "screened", "false")

    found = compute_night(
        tmp_path,
        rules,
        {
            FORM: form_text("A,D1", "B,D1", "C,B1", headings="Judul,Instansi")
            .replace("Instansi", "Instansi,Kategori")
            .replace("1\n", "1,satu\n"),
            "inbox/screening/administrasi/c.csv": head + "A,ya,ya\nB,ya,ya\nC,ya,ya\n",
            "inbox/screening/administrasi2/c.csv": head + "A,ya,ya\nB,ya,tidak\nC,ya,\n",
        },
        register=REGISTER,
    )

    assert found.cells(
        "compliance", "agency_code", "accepted", "screened", "status", obliged="true"
    ) == [
        ("D1", "2", "1", "compliant"),
        ("B1", "1", "0", "rejected_only"),
    ]


def test_without_a_screening_phase_screened_equals_accepted(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text() + BLOCK % (1, "screened", "false"),
        {FORM: form_text(*entries("D1"))},
        register=REGISTER,
    )

    assert found.cells("compliance", "accepted", "screened", "status", agency_code="D1") == [
        ("1", "1", "compliant")
    ]


def test_before_the_screening_closes_nobody_is_screened(tmp_path: Path) -> None:
    rules = rules_text(REGISTRATION, SCREENING) + BLOCK % (1, "screened", "false")
    found = compute_night(
        tmp_path,
        rules,
        {
            FORM: form_text(*entries("D1")),
            "inbox/screening/administrasi/c.csv": "submission,surat,video\nJudul 0 D1,ya,ya\n",
        },
        register=REGISTER,
        as_of="2022-03-20",
    )

    assert found.cells("compliance", "accepted", "screened", "status", agency_code="D1") == [
        ("1", "0", "rejected_only")
    ]


def test_with_units_adds_those_of_all_bodies_under_it_at_any_depth(tmp_path: Path) -> None:
    found = complied(
        tmp_path, [*entries("D1", "U1", "U2", "U3", "U3"), "2022-02-10 10:00:00,Tanpa,U3,"]
    )

    columns = (
        "received",
        "received_with_units",
        "accepted",
        "accepted_with_units",
        "screened_with_units",
    )
    assert {row[0]: row[1:] for row in found.cells("compliance", "agency_code", *columns)} == {
        "D1": ("1", "6", "1", "5", "0"),
        "D2": ("0", "0", "0", "0", "0"),
        "B1": ("0", "0", "0", "0", "0"),
        "U1": ("1", "5", "1", "4", "0"),
        "U2": ("1", "4", "1", "3", "0"),
        "U3": ("3", "3", "2", "2", "0"),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (entries("U3"), "compliant"),
        (entries("U3", category=""), "rejected_only"),
        ([], "none"),
    ],
)
def test_with_roll_up_the_units_count_and_rejected_only_and_none_look_at_them_too(
    tmp_path: Path, rows: list[str], expected: str
) -> None:
    found = complied(tmp_path, rows, roll_up="true")

    assert (status(found)["D1"], found.cells("compliance", "received", agency_code="D1")) == (
        expected,
        [("0",)],
    )


def test_a_body_that_no_longer_exists_links_its_units_to_those_above(tmp_path: Path) -> None:
    register = REGISTER.replace(
        "U1,Puskesmas Arjuno,,puskesmas,D1,,,,", "U1,Puskesmas Arjuno,,puskesmas,D1,,,,2020"
    )

    found = complied(tmp_path, entries("U2"), roll_up="true", register=register)

    assert found.cells(
        "compliance", "received", "received_with_units", "status", agency_code="D1"
    ) == [("0", "1", "compliant")]
    assert "U1" not in status(found)


def test_obliged_of_the_agency_overrides_its_type_both_ways(tmp_path: Path) -> None:
    assert {
        code: row for code, row in status(complied(tmp_path, [])).items() if code in ("D2", "B1")
    } == {
        "D2": "not_obliged",
        "B1": "none",
    }


def test_withdrawn_makes_rejected_only(tmp_path: Path) -> None:
    found = complied(
        tmp_path,
        entries("D1"),
        decisions="phase,submission,outcome,reason\npendaftaran,Judul 0 D1,withdrawn,Surat\n",
    )

    assert status(found)["D1"] == "rejected_only"


def test_history_has_earlier_years_then_this_one(tmp_path: Path) -> None:
    found = complied(
        tmp_path,
        [*entries("D1", "B1"), "2022-02-10 10:00:00,Asing,Kantor Xyzzy,satu"],
        history__counts="year,received,accepted\n2021,62,46\n2020,30,\n2022,1,1\n2023,9,9\n".replace(
            "30,", "30,20"
        ),
    )

    assert found.cells(
        "history", "year", "received", "accepted", "agencies_obliged", "agencies_compliant"
    ) == [
        ("2020", "30", "20", "", ""),
        ("2021", "62", "46", "", ""),
        ("2022", "3", "2", "2", "2"),
    ]
    assert sum(int(row["received"]) for row in found["compliance"]) == 2


def test_a_competition_without_obligation_obliges_nobody_but_by_obliged(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, rules_text(), {FORM: form_text(*entries("D1"))}, register=REGISTER
    )

    assert status(found) == {
        "D1": "not_obliged",
        "D2": "not_obliged",
        "B1": "none",
        "U1": "not_obliged",
        "U2": "not_obliged",
        "U3": "not_obliged",
    }
