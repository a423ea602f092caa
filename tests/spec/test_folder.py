"""Section 1: the folder and its tables, as an office that knows Excel keeps them."""

from pathlib import Path

import pytest

from tests.small.exports import form_text, xlsx_bytes
from tests.small.folder import AGENCIES, FORM, write_files
from tests.small.night import Night, compute_folder, compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, rules_text

HEAD = [
    "code",
    "name",
    "short_name",
    "type",
    "parent_code",
    "aliases",
    "obliged",
    "valid_from",
    "valid_to",
]


def test_the_register_may_be_a_workbook_with_true_and_false_and_years_as_numbers(
    tmp_path: Path,
) -> None:
    rows = [
        HEAD,
        ["D1", "Dinas Satu", None, "dinas", None, "Dinsat|Satu Dinas", True, 2016, 2022],
        ["D2", "Dinas Dua", None, "dinas", "D1", None, False, None, 2021],
    ]
    write_files(
        tmp_path,
        {
            "competition.toml": rules_text(),
            "agencies.xlsx": xlsx_bytes({"Sheet1": rows}),
            FORM: form_text("2022-02-10 10:00:00,Lentera,satu dinas,satu"),
        },
    )

    found = Night(compute_folder(tmp_path, "2022-06-01"))

    assert found.cells("compliance", "agency_code", "obliged", "received") == [("D1", "true", "1")]
    assert found["findings"] == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_register_may_be_csv_in_any_form(tmp_path: Path, encoding: str, separator: str) -> None:
    text = (
        AGENCIES.replace("Badan Perencanaan", "Badan Perencanaan “Kota”")
        .replace(",", separator)
        .replace("\n", "\r\n")
    )
    write_files(
        tmp_path,
        {
            "competition.toml": rules_text(),
            "agencies.csv": text.encode(encoding),
            FORM: form_text("Lentera"),
        },
    )

    found = Night(compute_folder(tmp_path, "2022-06-01"))

    assert found.cells("submissions", "agency_code", "status") == [("DINKES", "accepted")]
    assert found.cells("compliance", "agency", agency_code="BAPPEDA") == [
        ("Badan Perencanaan “Kota”",)
    ]


def test_a_register_with_the_short_head_of_six_columns_works(tmp_path: Path) -> None:
    register = (
        "code,name,short_name,type,parent_code,aliases\nDINKES,Dinas Kesehatan,Dinkes,dinas,,\n"
    )

    found = compute_night(
        tmp_path,
        rules_text() + '[obligation]\ntypes = ["dinas"]\n',
        {FORM: form_text("Lentera")},
        register=register,
    )

    assert found.cells("compliance", "obliged", "status") == [("true", "compliant")]


@pytest.mark.parametrize("extra", ["name_en", "keterangan", "typed"])
def test_an_extra_column_of_the_offices_own_breaks_nothing(tmp_path: Path, extra: str) -> None:
    register = (
        "\n".join(
            line + (f",{extra}" if not n else ",x")
            for n, line in enumerate(AGENCIES.strip().splitlines())
        )
        + "\n"
    )

    found = compute_night(tmp_path, rules_text(), {FORM: form_text("Lentera")}, register=register)

    assert found.cells("findings", "severity", "rule", "field") == [
        ("warning", "unknown_column", extra)
    ]


def test_all_optional_tables_may_be_missing_or_have_only_headings(tmp_path: Path) -> None:
    heads = {
        "judges.csv": "name,aliases,agency_code\n",
        "assignments.csv": "phase,judge,submission\n",
        "placements.csv": "year,agency_code,title,level,placement\n",
        "corrections.csv": "submission,source,row,field,expected,value,reason,by,on\n",
        "decisions.csv": "phase,submission,outcome,reason,level\n",
        "history/counts.csv": "year,received,accepted\n",
    }
    rules = rules_text(REGISTRATION, JUDGING, NOMINATION)

    without = compute_night(tmp_path / "a", rules, {FORM: form_text("Lentera")})
    headed = compute_night(tmp_path / "b", rules, {FORM: form_text("Lentera"), **heads})

    assert without["findings"] == headed["findings"] == []
    assert without.files == headed.files


def test_counts_may_lack_what_is_not_known_any_more(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {FORM: form_text("Lentera"), "history/counts.csv": "year,received,accepted\n2021,62,\n"},
    )

    assert found.cells("history", "year", "received", "accepted") == [
        ("2021", "62", ""),
        ("2022", "1", "1"),
    ]
    assert found["findings"] == []


def test_a_placement_of_a_body_that_the_register_does_not_have_holds_nothing_up(
    tmp_path: Path,
) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING, NOMINATION),
        {
            FORM: form_text("Lentera", "Gerobak"),
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\nJuri 1,Lentera,70,80\nJuri 1,"
            "Gerobak,70,70\n",
            "placements.csv": "year,agency_code,title,level,placement\n2016,RSUD,Lentera,"
            "nasional,Top 45\n",
        },
    )

    assert found.cells("findings", "severity", "rule", "table", "row", "value") == [
        ("error", "unknown_agency", "placements", "2", "RSUD"),
        ("warning", "already_awarded", "nominations", "", "Top 45"),
    ]
    assert found.by_title("nominations", "outcome") == {
        "Gerobak": ("nominated",),
        "Lentera": ("undecided",),
    }


def test_a_missing_register_is_critical(tmp_path: Path) -> None:
    write_files(tmp_path, {"competition.toml": rules_text(), FORM: form_text("Lentera")})

    assert Night(compute_folder(tmp_path, "2022-06-01")).rules() == ["broken_register"]


def test_a_forms_export_may_be_replaced_under_the_same_name_or_put_beside(tmp_path: Path) -> None:
    old, new = form_text("Lentera"), form_text("Lentera", "Gerobak")

    replaced = compute_night(tmp_path / "a", rules_text(), {FORM: new})
    beside = compute_night(
        tmp_path / "b", rules_text(), {FORM: old, "inbox/submissions/b.csv": new}
    )

    assert (
        replaced.by_title("submissions", "status")
        == beside.by_title("submissions", "status")
        == {"Lentera": ("accepted",), "Gerobak": ("accepted",)}
    )
    assert replaced.ids() == beside.ids()


def test_what_office_programs_leave_behind_is_no_export(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {
            FORM: form_text("Lentera"),
            "inbox/submissions/~$a.xlsx": b"x",
            "inbox/submissions/.DS_Store": b"x",
            "inbox/submissions/Thumbs.db": b"x",
        },
    )

    assert found["findings"] == []


def test_a_folder_of_a_phase_that_is_none_is_told(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {
            FORM: form_text("Lentera"),
            "inbox/scores/salah/n.csv": "judge,submission,x\nJuri 1,Lentera,1\n",
        },
    )

    assert found.cells("findings", "severity", "rule", "source") == [
        ("error", "unreadable_file", "scores/salah/n.csv")
    ]
