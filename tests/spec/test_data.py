"""Section 5, CSV: columns as promised, UTF-8, commas, points, ISO 8601, true and false, formulas
defused.
"""

import re
from pathlib import Path

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Night, compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, SCREENING, rules_text

PROMISED = {
    "submissions": "submission_id,title,agency_code,agency,category,group,submitted_at,status,"
    "stage,source,row,"
    "ranked_status,reason",
    "findings": "severity,rule,table,phase,source,row,submission_id,field,value,message",
    "screening": "phase,submission_id,unmet,note,ranked_outcome,outcome,reason",
    "marks": "phase,submission_id,judge,criterion,mark,used,reason",
    "rankings": "phase,group,category,rank,submission_id,title,agency_code,score,own_score,"
    "sheets,rank_low,"
    "rank_high,p_first,p_advance,"
    "adjusted_score,adjusted_rank,ranked_outcome,outcome,reason",
    "nominations": "phase,level,place,submission_id,title,agency_code,category,score,"
    "ranked_outcome,outcome,reason",
    "judges": "phase,judge,sheets,severity,severity_se,fit",
    "compliance": "agency_code,agency,type,parent_code,obliged,received,accepted,screened,"
    "received_with_units,"
    "accepted_with_units,"
    "screened_with_units,status",
    "history": "year,received,accepted,agencies_obliged,agencies_compliant",
}
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def whole(tmp_path: Path, *rows: str, marks: str = "Juri 1,Lentera,70,80\n") -> Night:
    return compute_night(
        tmp_path,
        rules_text(REGISTRATION, SCREENING, JUDGING, NOMINATION),
        {
            FORM: form_text(*(rows or ("Lentera",))),
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\n" + marks,
            "inbox/screening/administrasi/c.csv": "submission,surat,video,note\n"
            "Lentera,ya,ya,=1+1\n",
            "decisions.csv": "phase,submission,outcome,reason\n"
            "administrasi,Lentera,passes,'petik\n",
        },
    )


def test_the_columns_of_each_table_are_those_of_the_contract_in_order(tmp_path: Path) -> None:
    found = whole(tmp_path)

    headings = {name: found.files[f"{name}.csv"].decode().splitlines()[0] for name in PROMISED}
    assert headings == PROMISED


def test_the_columns_are_there_where_a_table_has_no_rows(tmp_path: Path) -> None:
    found = compute_night(tmp_path, rules_text(), {})

    assert {
        name: found.files[f"{name}.csv"].decode().splitlines()[0] for name in PROMISED
    } == PROMISED


def test_times_have_the_offset_of_the_competitions_zone(tmp_path: Path) -> None:
    assert whole(tmp_path).cells("submissions", "submitted_at") == [("2022-02-10T10:00:00+07:00",)]


def test_booleans_are_true_and_false_and_missing_is_empty(tmp_path: Path) -> None:
    found = whole(tmp_path)

    assert {row["used"] for row in found["marks"]} == {"true"}
    assert {row["obliged"] for row in found["compliance"]} == {"false"}
    assert {row["group"] for row in found["submissions"]} == {""}


def test_a_text_that_runs_as_a_formula_or_begins_with_an_apostrophe_gets_an_apostrophe(
    tmp_path: Path,
) -> None:
    titles = ["=1+1", "+62 812", "-SATU", "@dua", "'tiga", "Lentera"]
    found = whole(tmp_path, *titles)

    written = [
        line.split(",")[1] for line in found.files["submissions.csv"].decode().splitlines()[1:]
    ]
    assert written == ["'=1+1", "'+62 812", "'-SATU", "'@dua", "''tiga", "Lentera"]
    assert found.cells("screening", "note", "reason", outcome="passes") == [("'=1+1", "''petik")]


def test_numbers_never_get_an_apostrophe(tmp_path: Path) -> None:
    rules = rules_text(REGISTRATION, JUDGING.replace("[0, 100]", "[-10, 10]"))
    found = compute_night(
        tmp_path,
        rules,
        {
            FORM: form_text("Lentera", "Gerobak"),
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\nJuri 1,Lentera,-5,-7.5\nJuri 1,"
            "Gerobak,-11,0\n",
        },
    )

    assert found.cells("marks", "mark", used="true") == [("-5",), ("-7.5",)]
    assert found.by_title("rankings", "score", "own_score")["Lentera"] == ("-6.75", "-6.75")
    assert found.cells("findings", "rule", "value") == [("mark_off_scale", "-11")]


def test_no_cell_of_any_table_would_be_run_as_a_formula(tmp_path: Path) -> None:
    bad = "=HYPERLINK(1)"
    found = whole(
        tmp_path,
        "Lentera",
        f"2022-02-10 10:00:00,{bad},{bad},{bad}",
        f"2022-02-11 10:00:00,-{bad},@x,+x",
        marks=f"{bad},Lentera,70,80\nJuri 2,{bad},70,80\nJuri 3,Lentera,{bad},80\n",
    )

    for name in (name for name in found.files if name.endswith(".csv")):
        for row in found[name.removesuffix(".csv")]:
            texts = [cell for cell in row.values() if cell and not NUMBER.fullmatch(cell)]
            assert [text for text in texts if text[0] in "=+-@\t\r"] == []


def test_lines_end_with_a_line_feed_and_there_is_no_byte_order_mark(tmp_path: Path) -> None:
    found = whole(tmp_path, "Lentera", "Kopi “Bareng” — Ñ")

    data = found.files["submissions.csv"]
    assert (data[:3] != b"\xef\xbb\xbf", b"\r" in data, "Kopi “Bareng” — Ñ".encode() in data) == (
        True,
        False,
        True,
    )


def test_codes_stand_in_the_tables_and_not_names(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {FORM: form_text("2022-02-10 10:00:00,Lentera,Dinas Kesehatan Kota Malang,Bidang Dua")},
    )

    assert found.cells("submissions", "agency_code", "agency", "category") == [
        ("DINKES", "Dinas Kesehatan", "dua")
    ]


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    assert whole(tmp_path / "a").files == whole(tmp_path / "b").files
