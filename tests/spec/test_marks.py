"""Section 4, Marks: which sheets are used, which are left out and why."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import AGENCIES, FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, REGISTRATION, SCREENING, rules_text

MARKS = "inbox/scores/proposal/n.csv"
HEAD = "judge,submission,x,y\n"
RULES = rules_text(REGISTRATION, JUDGING)
JUDGES = "name,aliases,agency_code\n"


def marked(tmp_path: Path, *rows: str, head: str = HEAD, rules: str = RULES, **files: str) -> Night:
    whole = head + "".join(f"{row}\n" for row in rows)
    every = {FORM: form_text("Lentera"), MARKS: whole} | {
        name.replace("__", "."): text for name, text in files.items()
    }
    return compute_night(tmp_path, rules, every)


def test_a_sheet_is_used_when_every_criterion_has_a_mark_on_the_scale(tmp_path: Path) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,0,100", 'Juri 2,Lentera,100.0,"0,5"')

    assert found.cells("marks", "judge", "criterion", "mark", "used", "reason") == [
        ("Juri 1", "x", "0", "true", ""),
        ("Juri 1", "y", "100", "true", ""),
        ("Juri 2", "x", "100", "true", ""),
        ("Juri 2", "y", "0.5", "true", ""),
    ]
    assert found["findings"] == []


@pytest.mark.parametrize(
    ("cells", "reason", "rule", "field"),
    [
        ("80,", "incomplete_sheet", "incomplete_sheet", "y"),
        (",", None, None, None),
        ("80,100.01", "mark_off_scale", "mark_off_scale", "y"),
        ("-1,80", "mark_off_scale", "mark_off_scale", "x"),
        ("80,tujuh", "unreadable_number", "unreadable_number", "y"),
    ],
)
def test_a_sheet_without_every_mark_on_the_scale_is_left_out_whole(
    tmp_path: Path, cells: str, reason: str | None, rule: str | None, field: str | None
) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,70,70", f"Juri 2,Lentera,{cells}")

    assert found.cells("rankings", "sheets", "score") == [("1", "70.00")]
    assert {row["used"] for row in found["marks"] if row["judge"] == "Juri 2"} == (
        {"false"} if reason else set()
    )
    assert {row["reason"] for row in found["marks"] if row["judge"] == "Juri 2"} == (
        {reason} if reason else set()
    )
    assert found.cells("findings", "severity", "rule", "row", "field") == (
        [("error", rule, "3", field)] if rule else []
    )


def test_a_row_without_any_mark_is_a_sheet_not_filled_in(tmp_path: Path) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,,,belum", head="judge,submission,x,y,note\n")

    assert (found["marks"], found["findings"]) == ([], [])
    assert found.cells("phases", "delivered", phase="proposal") == [("0",)]


def test_a_later_complete_sheet_of_a_judge_replaces_the_earlier_one(tmp_path: Path) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,70,70", "Juri 1,lentera,80,80")

    assert found.cells("rankings", "sheets", "score") == [("1", "80.00")]
    assert found.cells("marks", "mark", "used", "reason") == [
        ("70", "false", "repeated_sheet"),
        ("70", "false", "repeated_sheet"),
        ("80", "true", ""),
        ("80", "true", ""),
    ]
    assert found.cells("findings", "severity", "rule", "row") == [
        ("warning", "repeated_sheet", "2")
    ]


@pytest.mark.parametrize(
    ("later", "rule"),
    [
        ("80,", "incomplete_sheet"),
        ("80,101", "mark_off_scale"),
        ("80,tujuh", "unreadable_number"),
    ],
)
def test_a_later_sheet_that_is_not_complete_replaces_nothing(
    tmp_path: Path, later: str, rule: str
) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,70,70", f"Juri 1,Lentera,{later}")

    assert found.cells("rankings", "sheets", "score") == [("1", "70.00")]
    assert found.rules() == [rule]


def test_sheets_are_ordered_by_time_if_all_of_them_have_one(tmp_path: Path) -> None:
    found = marked(
        tmp_path,
        "Juri 1,Lentera,70,70,2022-04-02 10:00:00",
        "Juri 1,Lentera,80,80,2022-04-01 10:00:00",
        head="judge,submission,x,y,submitted_at\n",
    )

    assert found.cells("rankings", "score") == [("70.00",)]
    assert found.cells("findings", "rule", "row") == [("repeated_sheet", "3")]


def test_else_sheets_are_ordered_by_export_name_and_row(tmp_path: Path) -> None:
    found = marked(
        tmp_path,
        "Juri 1,Lentera,70,70,2022-04-02 10:00:00",
        "Juri 1,Lentera,80,80,",
        "Juri 2,Lentera,60,60,2022-04-02 10:00:00",
        head="judge,submission,x,y,submitted_at\n",
    )

    assert found.cells("rankings", "score") == [("70.00",)]
    assert found.cells("findings", "rule", "row") == [("repeated_sheet", "2")]


def test_sheets_in_two_exports_are_ordered_by_the_name_of_the_export(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        RULES,
        {
            FORM: form_text("Lentera"),
            "inbox/scores/proposal/b.csv": HEAD + "Juri 1,Lentera,70,70\n",
            "inbox/scores/proposal/a.csv": HEAD + "Juri 1,Lentera,80,80\n",
        },
    )

    assert found.cells("rankings", "score") == [("70.00",)]


def test_a_sheet_that_comes_after_the_close_is_a_sheet(tmp_path: Path) -> None:
    found = marked(
        tmp_path,
        "Juri 1,Lentera,70,70,2022-05-20 10:00:00",
        head="judge,submission,x,y,submitted_at\n",
    )

    assert found.cells("rankings", "score") == [("70.00",)]
    assert found["findings"] == []


def test_reason_is_the_first_of_the_list(tmp_path: Path) -> None:
    rows = [
        "Lentera",
        "2022-02-10 10:00:00,Gerobak,Dinas Kesehatan,",
        "2022-02-10 10:00:00,Sekolah,Disdik,satu",
    ]
    sheets = [
        "Juri 1,Gerobak,101,",
        "Juri 1,Sekolah,101,",
        "Juri 2,Sekolah,tujuh,",
        "Juri 3,Sekolah,tujuh,101",
        "Juri 4,Sekolah,101,50",
        "Juri 4,Sekolah,60,50",
        "Juri 5,Sekolah,60,50",
        "Juri 5,Sekolah,60,50",
    ]

    found = compute_night(
        tmp_path,
        RULES,
        {
            FORM: form_text(*rows),
            MARKS: HEAD + "".join(f"{s}\n" for s in sheets),
            "judges.csv": JUDGES + "Juri 1,,DISDIK\n",
        },
    )

    ids = found.ids()
    by_sheet = dict.fromkeys(found.cells("marks", "submission_id", "judge", "reason"))
    assert list(by_sheet) == [
        (ids["Gerobak"], "Juri 1", "not_in_phase"),
        (ids["Sekolah"], "Juri 1", "conflict_of_interest"),
        (ids["Sekolah"], "Juri 2", "incomplete_sheet"),
        (ids["Sekolah"], "Juri 3", "unreadable_number"),
        (ids["Sekolah"], "Juri 4", "mark_off_scale"),
        (ids["Sekolah"], "Juri 4", ""),
        (ids["Sekolah"], "Juri 5", "repeated_sheet"),
        (ids["Sekolah"], "Juri 5", ""),
    ]


@pytest.mark.parametrize("home", ["PKM-A", "DINKES", "PUSTU"])
def test_own_agency_leaves_out_sheets_on_the_own_agency_its_parents_and_units_at_any_depth(
    tmp_path: Path, home: str
) -> None:
    rows = [
        f"2022-02-10 10:00:00,{title},{agency},satu"
        for title, agency in (
            ("Induk", "DINKES"),
            ("Sendiri", "PKM-A"),
            ("Anak", "PUSTU"),
            ("Lain", "DISDIK"),
        )
    ]
    sheets = "".join(f"Juri 1,{title},70,70\n" for title in ("Induk", "Sendiri", "Anak", "Lain"))

    found = compute_night(
        tmp_path,
        RULES,
        {FORM: form_text(*rows), MARKS: HEAD + sheets, "judges.csv": JUDGES + f"Juri 1,,{home}\n"},
    )

    assert found.by_title("rankings", "sheets") == {
        "Induk": ("0",),
        "Sendiri": ("0",),
        "Anak": ("0",),
        "Lain": ("1",),
    }
    assert found.cells("findings", "severity", "rule", "row") == [
        ("error", "conflict_of_interest", str(n)) for n in (2, 3, 4)
    ]


def test_a_sister_body_is_no_conflict(tmp_path: Path) -> None:
    register = AGENCIES + "PKM-B,Puskesmas Bareng,,puskesmas,DINKES,,,,\n"
    found = compute_night(
        tmp_path,
        RULES,
        {
            FORM: form_text("2022-02-10 10:00:00,Lentera,PKM-B,satu"),
            MARKS: HEAD + "Juri 1,Lentera,70,70\n",
            "judges.csv": JUDGES + "Juri 1,,PKM-A\n",
        },
        register=register,
    )

    assert (found.cells("rankings", "sheets"), found["findings"]) == ([("1",)], [])


def test_own_agency_flag_uses_the_sheet_and_warns(tmp_path: Path) -> None:
    rules = rules_text(REGISTRATION, JUDGING + 'own_agency = "flag"\n')
    found = marked(
        tmp_path, "Juri 1,Lentera,70,70", rules=rules, judges__csv=JUDGES + "Juri 1,,PUSTU\n"
    )

    assert found.cells("rankings", "sheets") == [("1",)]
    assert found.cells("marks", "used", "reason") == [("true", ""), ("true", "")]
    assert found.cells("findings", "severity", "rule") == [("warning", "conflict_of_interest")]


def test_conflicts_are_left_out_besides_and_for_that_agency_alone(tmp_path: Path) -> None:
    rules = rules_text(
        REGISTRATION,
        JUDGING
        + 'own_agency = "flag"\nconflicts = [{ judge = "Dr. Juri 1", agency = "DINKES" }]\n',
    )
    rows = [
        "Lentera",
        "2022-02-10 10:00:00,Sekolah,Disdik,satu",
        "2022-02-10 10:00:00,Klinik,PKM-A,satu",
    ]
    sheets = "".join(f"Juri 1,{title},70,70\n" for title in ("Lentera", "Sekolah", "Klinik"))

    found = compute_night(tmp_path, rules, {FORM: form_text(*rows), MARKS: HEAD + sheets})

    assert found.by_title("rankings", "sheets") == {
        "Lentera": ("0",),
        "Sekolah": ("1",),
        "Klinik": ("1",),
    }
    assert found.cells("findings", "severity", "rule", "row") == [
        ("error", "conflict_of_interest", "2")
    ]


def test_a_sheet_on_what_did_not_enter_is_not_in_phase(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, SCREENING, JUDGING),
        {
            FORM: form_text("Lentera", "Gerobak"),
            "inbox/screening/administrasi/c.csv": "submission,surat,video\n"
            "Lentera,ya,ya\nGerobak,ya,tidak\n",
            MARKS: HEAD + "Juri 1,Lentera,70,70\nJuri 1,Gerobak,70,70\n",
        },
    )

    assert found.cells(
        "findings", "severity", "rule", "phase", "source", "row", "submission_id"
    ) == [
        ("error", "not_in_phase", "proposal", "scores/proposal/n.csv", "3", found.ids()["Gerobak"]),
    ]
    assert found.by_title("rankings", "sheets") == {"Lentera": ("1",)}


def test_a_missing_sheet_is_missing_and_never_zero(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        RULES,
        {
            FORM: form_text("Lentera", "Gerobak"),
            MARKS: HEAD + "Juri 1,Lentera,70,70\nJuri 2,Lentera,80,80\nJuri 1,Gerobak,90,90\n",
        },
    )

    assert found.by_title("rankings", "sheets", "score") == {
        "Lentera": ("2", "75.00"),
        "Gerobak": ("1", "90.00"),
    }
    assert found.cells("sheets", "judge", "submission_id", sheet_status="missing") == [
        ("Juri 2", found.ids()["Gerobak"])
    ]


def test_assignments_say_which_sheets_are_expected_by_id_category_or_star(tmp_path: Path) -> None:
    rows = [
        "Lentera",
        "2022-02-10 10:00:00,Gerobak,Disdik,dua",
        "2022-02-10 10:00:00,Sapa,Disdik,dua",
    ]
    assigned = (
        "phase,judge,submission\nproposal,Juri 1,*\nproposal,Juri 2,dua\nproposal,Juri 3,Lentera\n"
    )

    found = compute_night(
        tmp_path,
        RULES,
        {FORM: form_text(*rows), "assignments.csv": assigned, MARKS: HEAD + "Juri 1,Sapa,70,70\n"},
    )

    ids = found.ids()
    assert set(found.cells("sheets", "judge", "submission_id", sheet_status="missing")) == {
        ("Juri 1", ids["Lentera"]),
        ("Juri 1", ids["Gerobak"]),
        ("Juri 2", ids["Gerobak"]),
        ("Juri 2", ids["Sapa"]),
        ("Juri 3", ids["Lentera"]),
    }


def test_without_assignments_each_judge_who_marked_in_a_list_is_expected_for_all_of_it(
    tmp_path: Path,
) -> None:
    rows = ["Lentera", "Gerobak", "2022-02-10 10:00:00,Sapa,Disdik,dua"]

    found = compute_night(
        tmp_path,
        RULES,
        {FORM: form_text(*rows), MARKS: HEAD + "Juri 1,Lentera,70,70\nJuri 2,Sapa,70,70\n"},
    )

    assert found.cells("sheets", "judge", "submission_id", sheet_status="missing") == [
        ("Juri 1", found.ids()["Gerobak"])
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "JURI SATU",
        "Dr. Juri Satu, M.Si.",
        "juri satu  S.H.",
        "Ir Juri Satu",
        "Prof. Dr. Juri Satu",
        "J1",
    ],
)
def test_judges_match_without_case_punctuation_titles_and_degrees(
    tmp_path: Path, typed: str
) -> None:
    judges = JUDGES + '"Drs. Juri Satu, M.M.",J1|Jurnalis,\n'
    found = marked(tmp_path, f'"{typed}",Lentera,70,70', judges__csv=judges)

    assert dict.fromkeys(found.cells("marks", "judge")) == {("Drs. Juri Satu, M.M.",): None}


def test_a_judge_without_register_is_one_person_in_all_spellings(tmp_path: Path) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,70,70", '"Dr. JURI 1, M.Si",Lentera,80,80')

    assert found.cells("rankings", "sheets", "score") == [("1", "80.00")]
    assert found.rules() == ["repeated_sheet"]


def test_marks_have_as_many_decimals_as_were_given(tmp_path: Path) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,87.33333333333333,0.1")

    assert found.cells("marks", "mark") == [("87.33333333333333",), ("0.1",)]
    assert found.cells("rankings", "score") == [("26.27",)]


def test_a_scale_need_not_be_0_to_100(tmp_path: Path) -> None:
    rules = rules_text(REGISTRATION, JUDGING.replace("[0, 100]", "[1, 5.5]"))
    found = marked(
        tmp_path,
        "Juri 1,Lentera,1,5.5",
        "Juri 2,Lentera,0.99,5",
        "Juri 3,Lentera,5,5.51",
        rules=rules,
    )

    assert found.cells("rankings", "sheets", "score") == [("1", "4.15")]
    assert found.cells("findings", "rule", "row", "field", "value") == [
        ("mark_off_scale", "3", "x", "0.99"),
        ("mark_off_scale", "4", "y", "5.51"),
    ]


def test_unknown_and_ambiguous_submissions_are_errors_at_the_sheet(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Disdik,satu",
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
    ]
    found = compute_night(
        tmp_path,
        RULES,
        {FORM: form_text(*rows), MARKS: HEAD + "Juri 1,Lentera,70,70\nJuri 1,Tidak Ada,70,70\n"},
    )

    assert found.cells(
        "findings", "severity", "rule", "table", "phase", "source", "row", "value", severity="error"
    ) == [
        (
            "error",
            "ambiguous_submission",
            "marks",
            "proposal",
            "scores/proposal/n.csv",
            "2",
            "Lentera",
        ),
        (
            "error",
            "unknown_submission",
            "marks",
            "proposal",
            "scores/proposal/n.csv",
            "3",
            "Tidak Ada",
        ),
    ]


def test_criteria_may_be_headed_by_their_names_in_either_language(tmp_path: Path) -> None:
    named = JUDGING.replace(
        'code = "x",', 'code = "x", name = { id = "Signifikansi", en = "Significance" },'
    )
    found = marked(
        tmp_path,
        "Juri 1,Lentera,70,80",
        head="Nama Juri,Judul Inovasi,SIGNIFIKANSI,Y\n",
        rules=rules_text(REGISTRATION, named),
    )

    assert found.cells("rankings", "score") == [("77.00",)]
    assert found["findings"] == []


def test_decimal_comma_follows_the_columns_other_values(tmp_path: Path) -> None:
    found = marked(
        tmp_path, "Juri 1;Lentera;87,5;80", "Juri 2;Lentera;70,25;80", head="judge;submission;x;y\n"
    )

    assert found.cells("marks", "mark", criterion="x") == [("87.5",), ("70.25",)]


def test_a_number_that_nothing_settles_is_a_finding_and_never_a_guess(tmp_path: Path) -> None:
    rules = rules_text(REGISTRATION, JUDGING.replace("[0, 100]", "[0, 10000]"))
    found = marked(tmp_path, "Juri 1,Lentera,1.234,80", rules=rules)

    assert found.cells("marks", "mark", "used", "reason", criterion="x") == [
        ("", "false", "unreadable_number")
    ]
    assert found.cells("findings", "severity", "rule", "field", "value") == [
        ("error", "unreadable_number", "x", "1.234")
    ]


def test_judges_table_counts_the_used_sheets(tmp_path: Path) -> None:
    found = marked(tmp_path, "Juri 1,Lentera,70,80", "Juri 2,Lentera,70,")

    assert found.cells("judges", "phase", "judge", "sheets") == [
        ("proposal", "Juri 1", "1"),
        ("proposal", "Juri 2", "0"),
    ]
