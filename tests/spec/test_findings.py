"""Section 4, Findings: every code, where it stands, how severe it is, and what [rules] may
change.
"""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import AGENCIES, FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, REGISTRATION, SCREENING, rules_text

ALL_FIELDS = "Timestamp,Judul,Instansi,Kategori,Kelompok,Tanggal Mulai,Ringkasan"
GROUPS = (
    '[[groups]]\ncode = "umum"\nname = { id = "Umum", en = "General" }\naliases = '
    '["Kelompok Umum"]\n'
)
LIMITS = "minimum_age_years = 1\nwords = { summary = [2, 4] }\n"


def wide(
    tmp_path: Path,
    *rows: str,
    required: str = '"title", "agency", "category", "group", "started_on", "summary"',
    rules: str = "",
) -> Night:
    text = rules_text(
        REGISTRATION, GROUPS, rules, submission=f"[submission]\nrequired = [{required}]\n{LIMITS}"
    )
    return compute_night(tmp_path, text, {FORM: form_text(*rows, headings=ALL_FIELDS)})


GOOD = "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu,umum,2020-01-01,satu dua tiga"


def instead(position: int, cell: str) -> str:
    cells = GOOD.split(",")
    return ",".join([*cells[:position], cell, *cells[position + 1 :]])


@pytest.mark.parametrize(
    ("position", "cell", "rule", "field"),
    [
        (1, "", "missing_required", "title"),
        (2, "", "missing_required", "agency"),
        (3, "", "missing_required", "category"),
        (4, "", "missing_required", "group"),
        (5, "", "missing_required", "started_on"),
        (6, "", "missing_required", "summary"),
        (2, "Kantor Xyzzy", "unknown_agency", "agency"),
        (3, "lainnya", "unknown_category", "category"),
        (4, "khusus", "unknown_group", "group"),
        (5, "2021-12-01", "too_young", "started_on"),
        (5, "kemarin", "unreadable_date", "started_on"),
        (5, "31/02/2020", "unreadable_date", "started_on"),
        (5, "03/04/2020", "ambiguous_date", "started_on"),
        (6, "satu dua tiga empat lima", "too_long", "summary"),
        (6, "satu", "too_short", "summary"),
        (0, "2022-03-16 00:00:00", "late", "submitted_at"),
        (0, "2022-01-01 00:00:00", "early", "submitted_at"),
    ],
)
def test_an_error_rejects_the_row_and_is_its_only_finding(
    tmp_path: Path, position: int, cell: str, rule: str, field: str
) -> None:
    found = wide(tmp_path, instead(position, cell))

    assert found.cells("submissions", "status", "ranked_status") == [("rejected", "rejected")]
    assert found.cells(
        "findings", "severity", "rule", "table", "phase", "source", "row", "field"
    ) == [
        ("error", rule, "submissions", "", "submissions/a.csv", "2", field),
    ]
    assert found.cells("findings", "submission_id") == found.cells("submissions", "submission_id")


@pytest.mark.parametrize(
    ("position", "cell", "rule"),
    [
        (5, "2021-12-01", "too_young"),
        (5, "kemarin", "unreadable_date"),
        (5, "03/04/2020", "ambiguous_date"),
        (6, "satu dua tiga empat lima", "too_long"),
        (6, "satu", "too_short"),
        (0, "besok", "unreadable_date"),
    ],
)
def test_a_rule_on_a_field_that_required_does_not_name_is_a_warning(
    tmp_path: Path, position: int, cell: str, rule: str
) -> None:
    found = wide(tmp_path, instead(position, cell), required='"title", "agency", "category"')

    assert found.cells("submissions", "status") == [("accepted",)]
    assert found.cells("findings", "severity", "rule") == [("warning", rule)]


@pytest.mark.parametrize(
    ("position", "cell", "rule"),
    [
        (2, "Kantor Xyzzy", "unknown_agency"),
        (3, "lainnya", "unknown_category"),
        (4, "khusus", "unknown_group"),
        (0, "2022-03-16 00:00:00", "late"),
        (0, "2022-01-01 00:00:00", "early"),
    ],
)
def test_unknown_agency_category_group_late_and_early_are_errors_whatever_is_required(
    tmp_path: Path, position: int, cell: str, rule: str
) -> None:
    found = wide(tmp_path, instead(position, cell), required='"title"')

    assert found.cells("findings", "severity", "rule") == [("error", rule)]


@pytest.mark.parametrize("position", [2, 3, 4, 5, 6])
def test_an_empty_cell_that_is_not_required_is_no_finding(tmp_path: Path, position: int) -> None:
    found = wide(tmp_path, instead(position, ""), required='"title"')

    assert (found.cells("submissions", "status"), found["findings"]) == ([("accepted",)], [])


@pytest.mark.parametrize(
    ("setting", "severity", "status"),
    [
        ("error", "error", "rejected"),
        ("warning", "warning", "accepted"),
        ("off", None, "accepted"),
    ],
)
@pytest.mark.parametrize(
    ("rule", "position", "cell"),
    [
        ("missing_required", 6, ""),
        ("too_young", 5, "2021-12-01"),
        ("too_long", 6, "a b c d e"),
        ("too_short", 6, "a"),
        ("unreadable_date", 5, "kemarin"),
        ("ambiguous_date", 5, "03/04/2020"),
    ],
)
@pytest.mark.parametrize("required", ['"title", "started_on", "summary"'])
def test_rules_sets_another_severity_and_wins_over_required(
    tmp_path: Path,
    rule: str,
    position: int,
    cell: str,
    setting: str,
    severity: str | None,
    status: str,
    required: str,
) -> None:
    found = wide(
        tmp_path,
        instead(position, cell),
        required=required,
        rules=f'[rules]\n{rule} = "{setting}"\n',
    )

    assert found.cells("submissions", "status") == [(status,)]
    assert found.cells("findings", "severity", "rule") == ([(severity, rule)] if severity else [])


def test_rules_makes_an_error_of_a_rule_on_a_field_that_is_not_required(tmp_path: Path) -> None:
    found = wide(
        tmp_path, instead(6, "a"), required='"title"', rules='[rules]\ntoo_short = "error"\n'
    )

    assert found.cells("submissions", "status") == [("rejected",)]


def test_rules_can_make_a_warning_reject_the_row(tmp_path: Path) -> None:
    files = {FORM: form_text("Lentera Kota Malang", "Lentera Kota Malangg")}
    mild = compute_night(tmp_path / "a", rules_text(), files)
    strict = compute_night(
        tmp_path / "b", rules_text(REGISTRATION, '[rules]\nsimilar_title = "error"\n'), files
    )
    silent = compute_night(
        tmp_path / "c", rules_text(REGISTRATION, '[rules]\nsimilar_title = "off"\n'), files
    )

    assert (mild.rules(severity="warning"), mild.cells("submissions", "status")) == (
        ["similar_title"],
        [("accepted",)] * 2,
    )
    assert (strict.rules(severity="error"), strict.cells("submissions", "status")) == (
        ["similar_title"],
        [("accepted",), ("rejected",)],
    )
    assert (silent["findings"], silent.cells("submissions", "status")) == ([], [("accepted",)] * 2)


@pytest.mark.parametrize(
    ("cell", "code"), [("UMUM", "umum"), ("Kelompok  umum.", "umum"), ("general", "umum")]
)
def test_a_group_matches_by_code_name_or_alias(tmp_path: Path, cell: str, code: str) -> None:
    assert wide(tmp_path, instead(4, cell)).cells("submissions", "group") == [(code,)]


@pytest.mark.parametrize(
    "cell", ["dua", "DUA", "Kategori Dua", "kategori-dua", "Second", "bidang dua"]
)
def test_a_category_matches_by_code_name_or_alias_without_case_and_punctuation(
    tmp_path: Path, cell: str
) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {FORM: form_text(f"2022-02-10 10:00:00,Lentera,Dinas Kesehatan,{cell}")},
    )

    assert found.cells("submissions", "category", "status") == [("dua", "accepted")]


# --- agencies
# --------------------------------------------------------------------------------------------------

MALANG = """code,name,short_name,type,parent_code,aliases,obliged,valid_from,valid_to
KEC,Kecamatan Kedungkandang,,kecamatan,,,,,
KEL,Kelurahan Kedungkandang,,kelurahan,KEC,,,,
PKM,Puskesmas Kedungkandang,,puskesmas,,,,,
PB,Puskesmas Bareng,,puskesmas,,,,,
KB,Kelurahan Bareng,,kelurahan,,,,,
DINKES,Dinas Kesehatan,Dinkes,dinas,,Dinas Kes|DKK,,,
LAMA,Dinas Pasar,,dinas,,,,,2020
TETAP,Dinas Sosial,,dinas,,,,,2022
BARU,Dinas Riset,,dinas,,,,2023,
"""


def of_agency(tmp_path: Path, typed: str) -> tuple[str, str, list[str]]:
    found = compute_night(
        tmp_path,
        rules_text(),
        {FORM: form_text(f'2022-02-10 10:00:00,Lentera,"{typed}",satu')},
        register=MALANG,
    )
    return (*found.cells("submissions", "agency_code", "status")[0], found.rules())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DINKES", "DINKES"),
        ("dinas kesehatan", "DINKES"),
        ("Dinas Kesehatan Kota Malang", "DINKES"),
        ("DKK", "DKK"),
        ("dinas-kes", "DINKES"),
        ("Dinkes Kota Malang", "DINKES"),
        ("Puskesmas Bareng", "PB"),
        ("Kelurahan Bareng", "KB"),
        ("Dinas Sosial", "TETAP"),
    ],
)
def test_an_agency_matches_by_code_name_short_name_or_alias(
    tmp_path: Path, typed: str, code: str
) -> None:
    assert of_agency(tmp_path, typed) == ("DINKES" if code == "DKK" else code, "accepted", [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Dinas Kesehatn", "DINKES"),
        ("Puskesmas Barengg", "PB"),
        ("Dinas Kesehattan Kota Malang", "DINKES"),
    ],
)
def test_an_approximate_match_is_taken_and_listed(tmp_path: Path, typed: str, code: str) -> None:
    assert of_agency(tmp_path, typed) == (code, "accepted", ["approximate_agency"])


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("Kedungkandang", "ambiguous_agency"),
        ("Bareng", "ambiguous_agency"),
        ("Kantor Xyzzy", "unknown_agency"),
        ("Dinas Pasar", "unknown_agency"),
        ("Dinas Riset", "unknown_agency"),
        ("Kecamatan Bareng", "unknown_agency"),
    ],
)
def test_what_is_ambiguous_unknown_or_of_another_year_is_an_error(
    tmp_path: Path, typed: str, rule: str
) -> None:
    assert of_agency(tmp_path, typed) == ("", "rejected", [rule])


def test_a_body_of_another_year_is_unknown_agency_and_says_so(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {FORM: form_text("2022-02-10 10:00:00,Lentera,Dinas Pasar,satu")},
        register=MALANG,
    )

    (message,) = found.cells("findings", "message")
    assert "2020" in message[0]


# --- what is delivered
# -----------------------------------------------------------------------------------------------


def test_unknown_columns_are_a_warning_each(tmp_path: Path) -> None:
    text = (
        "Timestamp,Judul,Instansi,Kategori,Warna kesukaan,Ukuran baju\n2022-02-10 10:00:00,"
        "Lentera,Disdik,satu,biru,L\n"
    )

    found = compute_night(tmp_path, rules_text(), {FORM: text})

    assert found.cells("findings", "severity", "rule", "source", "row", "field") == [
        ("warning", "unknown_column", "submissions/a.csv", "1", "Ukuran baju"),
        ("warning", "unknown_column", "submissions/a.csv", "1", "Warna kesukaan"),
    ]


def test_an_export_that_cannot_be_read_is_an_error_and_the_others_are_processed(
    tmp_path: Path,
) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {FORM: form_text("Lentera"), "inbox/submissions/b.xlsx": b"PK\x03\x04rusak"},
    )

    assert found.cells("findings", "severity", "rule", "source") == [
        ("error", "unreadable_file", "submissions/b.xlsx")
    ]
    assert found.cells("submissions", "status") == [("accepted",)]


def test_exports_of_which_none_can_be_read_are_critical(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, rules_text(), {FORM: b"", "inbox/submissions/b.xlsx": b"PK\x03\x04rusak"}
    )

    assert found.rules(severity="critical") == ["no_readable_export"]


@pytest.mark.parametrize(
    "register",
    [
        "name\nDinas\n",
        "code,name\n",
        "code,name\nA,Satu\nA,Dua\n",
        "code,name,parent_code\nA,Satu,B\n",
        "code,name\n,Satu\n",
        "code,name,valid_from\nA,Satu,dulu\n",
        "code,name,parent_code\nA,Satu,B\nB,Dua,A\n",
        "code,name,obliged\nA,Satu,mungkin\n",
    ],
)
def test_a_register_that_cannot_be_used_is_critical(tmp_path: Path, register: str) -> None:
    found = compute_night(tmp_path, rules_text(), {FORM: form_text("Lentera")}, register=register)

    assert set(found.rules()) == {"broken_register"}
    assert {row["severity"] for row in found["findings"]} == {"critical"}


def test_similar_title_is_of_any_agency_its_own_too_and_stands_at_the_later_row(
    tmp_path: Path,
) -> None:
    rows = [
        "Lentera Kota",
        "2022-02-11 10:00:00,Lentera Kotaa,Dinas Kesehatan,satu",
        "2022-02-12 10:00:00,Kota Lentera,Disdik,dua",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("findings", "severity", "rule", "row", "field", "value") == [
        ("warning", "similar_title", "3", "title", "Lentera Kotaa"),
        ("warning", "similar_title", "4", "title", "Kota Lentera"),
    ]


def test_criticals_come_first_then_errors_then_warnings(tmp_path: Path) -> None:
    rows = [
        "Lentera",
        "2022-02-11 10:00:00,Gerobak,Dinas Kesehatan,",
        "2022-02-12 10:00:00,Lentera Satu,Disdik,dua",
    ]
    found = compute_night(
        tmp_path,
        rules_text(),
        {
            FORM: form_text(*rows),
            "corrections.csv": "submission,source,row,field,expected,value,reason,by,on\nLentera,"
            ",,category,dua,satu,x,"
            "y,\n",
        },
    )

    assert [row["severity"] for row in found["findings"]] == ["critical"]


@pytest.mark.parametrize(
    "code",
    ["late", "early", "unknown_agency", "ambiguous_agency", "unknown_category", "unknown_group"],
)
def test_rules_does_not_take_what_may_not_be_set(tmp_path: Path, code: str) -> None:
    from tasks.errors import RulesError

    with pytest.raises(RulesError):
        compute_night(tmp_path, rules_text(REGISTRATION, f'[rules]\n{code} = "warning"\n'), {})


def test_every_finding_says_what_is_wrong_and_after_an_arrow_what_to_do(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, SCREENING, JUDGING),
        {
            FORM: form_text("Lentera", "2022-04-11 10:00:00,Gerobak,Xyzzy,tiga"),
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\nJuri 1,Tidak Ada,70,70\n"
            "Juri 1,Gerobak,,70\nJuri 1,Lentera,101,7a\n",
            "inbox/screening/administrasi/c.csv": "submission,surat,video\nLentera,ya,\n",
        },
        register=AGENCIES,
    )

    assert all(row["message"].count(" → ") == 1 for row in found["findings"])
    assert len(found["findings"]) == 9
