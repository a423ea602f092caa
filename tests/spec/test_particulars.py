"""Section 4, Particulars: what the other sentences leave open."""

# ruff: noqa: DTZ001  # a spreadsheet's times have no zone
# a spreadsheet's times have no zone

from datetime import datetime
from pathlib import Path

import pytest

from tasks.errors import RulesError
from tests.small.exports import form_text, xlsx_bytes
from tests.small.folder import FORM
from tests.small.night import compute_night
from tests.small.rules import JUDGING, NOMINATION, REGISTRATION, SCREENING, rules_text

HEAD = ["Timestamp", "Judul", "Instansi", "Kategori"]
SECOND = JUDGING.replace('"proposal"', '"akhir"').replace("2022-04-10", "2022-04-20")


# --- places
# --------------------------------------------------------------------------------------------------


def test_source_has_the_sheet_where_there_are_several(tmp_path: Path) -> None:
    row = [datetime(2022, 2, 10, 10), "Lentera", "Disdik", "satu"]
    files = {
        "inbox/submissions/satu.xlsx": xlsx_bytes([HEAD, row]),
        "inbox/submissions/dua.xlsx": xlsx_bytes(
            {
                "Lain": [["Catatan"], ["x"]],
                "Isi": [HEAD, [datetime(2022, 2, 10, 11), "Gerobak", "Disdik", "satu"]],
            }
        ),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "source", "row", "title") == [
        ("submissions/dua.xlsx#Isi", "2", "Gerobak"),
        ("submissions/satu.xlsx", "2", "Lentera"),
    ]


def test_a_two_column_workbook_has_no_row(tmp_path: Path) -> None:
    def book(title: str) -> bytes:
        return xlsx_bytes(
            {
                "Sheet1": [
                    ["Data", "Deskripsi"],
                    ["Nomor Registrasi", f"R-{title}"],
                    ["Judul Inovasi", title],
                    ["Kelompok Inovasi", None],
                    ["Instansi", "Dinas Kesehatan"],
                    ["Tanggal Inovasi Dimulai", "15 Maret 2020"],
                    ["Kategori Inovasi", "satu"],
                    ["Ringkasan", "<p>ringkas</p>"],
                ]
            }
        )

    found = compute_night(
        tmp_path,
        rules_text(),
        {"inbox/submissions/1.xlsx": book("Lentera"), "inbox/submissions/2.xlsx": book("Gerobak")},
    )

    assert found.cells("submissions", "submission_id", "title", "source", "row", "status") == [
        ("R-Lentera", "Lentera", "submissions/1.xlsx", "", "accepted"),
        ("R-Gerobak", "Gerobak", "submissions/2.xlsx", "", "accepted"),
    ]


@pytest.mark.parametrize(("csv", "book"), [("a.csv", "b.xlsx"), ("b.csv", "a.xlsx")])
def test_the_csv_and_the_xlsx_of_one_response_overlap_and_the_finding_stands_at_the_later(
    tmp_path: Path, csv: str, book: str
) -> None:
    rows = [
        HEAD,
        [datetime(2022, 2, 10, 10, 5, 7), "Lentera", "Disdik", "satu"],
        [datetime(2022, 2, 25, 10), "Gerobak", "Disdik", "dua"],
    ]
    text = form_text(
        "10/02/2022 10:05:07,Lentera,Disdik,satu", "25/02/2022 10:00:00,Gerobak,Disdik,dua"
    )

    found = compute_night(
        tmp_path,
        rules_text(),
        {f"inbox/submissions/{csv}": text, f"inbox/submissions/{book}": xlsx_bytes(rows)},
    )

    first, later = sorted((csv, book))
    assert found.cells("submissions", "source", "title") == [
        (f"submissions/{first}", "Lentera"),
        (f"submissions/{first}", "Gerobak"),
    ]
    assert found.cells("findings", "rule", "source", "value") == [
        ("overlap", f"submissions/{later}", "2")
    ]


def test_numbers_and_ids_of_a_workbook_are_the_same_cells_as_the_csvs(tmp_path: Path) -> None:
    head = ["ID", *HEAD, "Jumlah penerima"]
    book = xlsx_bytes(
        [
            head,
            [1, datetime(2022, 2, 25, 10), "Lentera", "Disdik", "satu", 12.5],
            [2, datetime(2022, 2, 26, 10), "Gerobak", "Disdik", "satu", 1500],
        ]
    )
    text = form_text(
        '1,25/02/2022 10:00:00,Lentera,Disdik,satu,"12,5"',
        "2,26/02/2022 10:00:00,Gerobak,Disdik,satu,1500",
        headings=",".join(head),
    )

    found = compute_night(
        tmp_path, rules_text(), {"inbox/submissions/a.csv": text, "inbox/submissions/b.xlsx": book}
    )

    assert found.cells("findings", "source", "value", rule="overlap") == [
        ("submissions/b.xlsx", "2")
    ]


def test_submissions_of_one_response_in_two_exports_of_other_columns_are_an_edit_and_no_overlap(
    tmp_path: Path,
) -> None:
    files = {
        FORM: form_text("2022-02-10 10:00:00,Lentera,Disdik,satu"),
        "inbox/submissions/b.csv": form_text(
            "2022-02-10 10:00:00,Lentera,Disdik,satu,http://v.id/1",
            headings="Timestamp,Judul,Instansi,Kategori,Video",
        ),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "source", "status") == [
        ("submissions/a.csv", "superseded"),
        ("submissions/b.csv", "accepted"),
    ]
    assert found["findings"] == []


# --- words, findings
# -------------------------------------------------------------------------------------------------


def test_a_superseded_rows_findings_are_warnings(tmp_path: Path) -> None:
    rows = ["2022-01-10 10:00:00,Lentera,Disdik,", "2022-02-11 10:00:00,Lentera,Disdik,satu"]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "row", "status") == [("2", "superseded"), ("3", "accepted")]
    assert found.cells("findings", "severity", "rule", "row") == [
        ("warning", "early", "2"),
        ("warning", "missing_required", "2"),
    ]


def test_findings_overridden_by_a_decision_stay_listed_as_errors(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(),
        {
            FORM: form_text("2022-03-20 10:00:00,Lentera,Disdik,"),
            "decisions.csv": "phase,submission,outcome,reason\n"
            "pendaftaran,Lentera,accepted,Perintah\n",
        },
    )

    assert found.cells("findings", "severity", "rule") == [
        ("error", "late"),
        ("error", "missing_required"),
    ]


def test_a_decision_on_a_title_delivered_under_an_earlier_name_is_for_the_row_that_counts(
    tmp_path: Path,
) -> None:
    kobo = "_id,_uuid,_submission_time,_index,Judul,Instansi,Kategori"
    rows = [
        "1,u1,2022-02-10T01:00:00,1,Lentera,Disdik,satu",
        "1,u1,2022-02-11T01:00:00,1,Lentera Kota,Disdik,satu",
    ]

    found = compute_night(
        tmp_path,
        rules_text(),
        {
            FORM: form_text(*rows, headings=kobo),
            "decisions.csv": "phase,submission,outcome,reason\n"
            "pendaftaran,Lentera,withdrawn,Surat\n",
        },
    )

    assert found.cells("submissions", "title", "status") == [
        ("Lentera", "superseded"),
        ("Lentera Kota", "withdrawn"),
    ]


# --- decisions on later phases
# ---------------------------------------------------------------------------------------


def test_contradicting_decisions_of_a_later_phase_let_the_last_row_hold(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING),
        {
            FORM: form_text("Lentera"),
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\nJuri 1,Lentera,70,70\n",
            "decisions.csv": "phase,submission,outcome,reason\nproposal,Lentera,stays,A\nproposal,"
            "Lentera,advances,B\nproposal,"
            "Lentera,stays,C\n",
        },
    )

    assert found.cells("rankings", "ranked_outcome", "outcome", "reason") == [
        ("advances", "stays", "C")
    ]
    assert found.cells("findings", "rule", "row") == [("unknown_decision", "3")]


def test_withdrawn_leaves_the_phases_after_registration(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING),
        {
            FORM: form_text("Lentera"),
            "inbox/scores/proposal/n.csv": "judge,submission,x,y\nJuri 1,Lentera,70,70\n",
            "decisions.csv": "phase,submission,outcome,reason\npendaftaran,Lentera,withdrawn,A\n",
        },
    )

    assert found["rankings"] == []
    assert found.cells("marks", "used", "reason") == [("false", "not_in_phase")] * 2


# --- rules that do not make sense
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rules",
    [
        rules_text(
            REGISTRATION,
            JUDGING,
            SECOND.replace("[0, 100]", "[0, 10]") + "carry = { proposal = 0.3 }\n",
        ),
        rules_text(REGISTRATION, JUDGING, SECOND + "carry = { proposal = 1 }\n"),
        rules_text(REGISTRATION, JUDGING, SECOND + "carry = { proposal = 1.5 }\n"),
        rules_text(REGISTRATION, JUDGING + "advance = { per_list = 1, overall = 2 }\n"),
        rules_text(REGISTRATION, SECOND + "carry = { akhir = 0.3 }\n"),
        rules_text(REGISTRATION, JUDGING, SECOND + "carry = { pendaftaran = 0.3 }\n"),
        rules_text(JUDGING),
        rules_text(REGISTRATION, NOMINATION),
        rules_text(
            REGISTRATION,
            JUDGING.replace("weight = 30", "weight = 0").replace("weight = 70", "weight = 0"),
        ),
        rules_text(REGISTRATION, JUDGING.replace("weight = 30", "weight = -1")),
        rules_text(REGISTRATION, JUDGING.replace("2022-04-10", "2022-03-01")),
        rules_text(REGISTRATION, JUDGING + 'tie_break = ["z"]\n'),
        rules_text(REGISTRATION, JUDGING + 'aggregate = "modus"\n'),
        rules_text(REGISTRATION, "salah = 1\n"),
        rules_text(REGISTRATION, SCREENING.replace("requirements", "requirement")),
        rules_text(REGISTRATION.replace("closes", "close")),
        rules_text(REGISTRATION, SCREENING, SCREENING),
        rules_text(REGISTRATION, categories=""),
        rules_text(head='name = "Uji"\nyear = 2022\n'),
    ],
)
def test_rules_that_do_not_make_sense_are_refused(tmp_path: Path, rules: str) -> None:
    with pytest.raises(RulesError):
        compute_night(tmp_path, rules, {})


def test_all_mistakes_are_told_at_once_each_with_its_keys_place(tmp_path: Path) -> None:
    rules = rules_text(
        REGISTRATION,
        JUDGING.replace("weight = 30", "weight = -1")
        + 'aggregate = "modus"\nadvance = { per_list = 1, overall = 2 }\n',
    )

    with pytest.raises(RulesError) as told:
        compute_night(tmp_path, rules + '[rules]\nlate = "off"\n', {})

    places = " ".join(problem.place for problem in told.value.problems)
    assert all(key in places for key in ("weight", "aggregate", "advance", "rules.late"))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("aggregate", "mean"),
        ("precision", 2),
        ("minimum_judges", 1),
        ("tie_break", ()),
        ("adjust", "none"),
        ("rank_within", ("category",)),
        ("own_agency", "leave_out"),
    ],
)
def test_what_is_left_out_of_a_judging_phase_has_its_default(
    tmp_path: Path, key: str, expected: object
) -> None:
    from tasks.rules import competition

    assert (
        getattr(competition.parse_competition(rules_text(REGISTRATION, JUDGING)).phases[1], key)
        == expected
    )


# --- severity
# --------------------------------------------------------------------------------------------------

SHEETS = "judge,submission,x,y\n" + "".join(
    f"Juri {j},{t},{m + shift},{m + shift}\n"
    for j, shift in ((1, 0), (2, -6))
    for t, m in (("A", 70), ("B", 80), ("C", 90))
    if (j, t) != (2, "C")
)


def test_severity_is_positive_for_a_judge_who_marks_lower_and_zero_on_average(
    tmp_path: Path,
) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING),
        {FORM: form_text("A", "B", "C"), "inbox/scores/proposal/n.csv": SHEETS},
    )

    severity = {judge: float(value) for judge, value in found.cells("judges", "judge", "severity")}
    assert severity["Juri 2"] > 2
    assert abs(sum(severity.values())) < 1e-3
    assert found.by_title("rankings", "score", "adjusted_score")["C"] == ("90.00", "87.00")


def test_judges_who_do_not_differ_leave_the_raw_means_untouched(tmp_path: Path) -> None:
    sheets = (
        "judge,submission,x,y\nJuri 1,A,70,70\nJuri 2,A,70,70\nJuri 1,B,80,80\nJuri 2,B,80,80\n"
    )
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING),
        {FORM: form_text("A", "B"), "inbox/scores/proposal/n.csv": sheets},
    )

    assert found.by_title("rankings", "score", "adjusted_score", "adjusted_rank") == {
        "B": ("80.00", "80.00", "1"),
        "A": ("70.00", "70.00", "2"),
    }
    assert found.cells("judges", "severity") == [("0.0000",), ("0.0000",)]


def test_adjust_severity_makes_the_adjusted_score_official(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, JUDGING + 'adjust = "severity"\n'),
        {
            FORM: form_text("A", "B", "C"),
            "inbox/scores/proposal/n.csv": SHEETS,
        },
    )

    assert all(row["score"] == row["adjusted_score"] != "" for row in found["rankings"])
    assert found.by_title("rankings", "own_score", "score")["C"] == ("90.00", "87.00")


def test_a_list_that_spans_unconnected_parts_still_ranks_and_says_so(tmp_path: Path) -> None:
    sheets = "judge,submission,x,y\nJuri 1,A,70,70\nJuri 2,B,80,80\n"
    raw = compute_night(
        tmp_path / "a",
        rules_text(REGISTRATION, JUDGING + "advance = { per_list = 1 }\n"),
        {FORM: form_text("A", "B"), "inbox/scores/proposal/n.csv": sheets},
    )
    fair = compute_night(
        tmp_path / "b",
        rules_text(REGISTRATION, JUDGING + 'advance = { per_list = 1 }\nadjust = "severity"\n'),
        {
            FORM: form_text("A", "B"),
            "inbox/scores/proposal/n.csv": sheets,
        },
    )

    assert raw.by_title("rankings", "rank", "outcome") == {
        "B": ("1", "advances"),
        "A": ("2", "stays"),
    }
    assert fair.by_title("rankings", "rank", "outcome") == {
        "B": ("1", "undecided"),
        "A": ("2", "undecided"),
    }
    assert (raw.rules(), fair.rules()) == (["unconnected_panels"], ["unconnected_panels"])
