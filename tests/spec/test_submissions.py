"""Section 4, Submissions: which row is which innovation, which counts, under which id."""

from pathlib import Path

import pytest

from tests.small.exports import form_text
from tests.small.folder import FORM
from tests.small.night import Row, compute_night
from tests.small.rules import REGISTRATION, rules_text

KOBO = "_id,_uuid,_submission_time,_index,Judul,Instansi,Kategori"
WHOLE = "ID,Timestamp,Judul,Instansi,Kategori"
OPEN = REGISTRATION.replace("opens = 2022-02-01T00:00:00\n", "")


def statuses(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row["row"], row["status"]) for row in rows]


def test_titles_compare_without_case_accents_punctuation_and_extra_spaces(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Jarik Ma' Siti,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,JÀRIK  MA-SITI!,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "title", "status") == [
        ("Jarik Ma' Siti", "superseded"),
        ("JÀRIK MA-SITI!", "accepted"),
    ]


def test_punctuation_in_a_title_becomes_a_space_and_is_not_left_out(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Ma'Siti,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,MaSiti,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "status") == [("accepted",), ("accepted",)]


def test_the_same_title_of_another_agency_is_another_innovation(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,Lentera,Disdik,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "agency_code", "status") == [
        ("DINKES", "accepted"),
        ("DISDIK", "accepted"),
    ]
    assert found.rules() == ["similar_title"]


def test_the_agency_that_tells_an_innovation_is_the_matched_one(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,Lentera,dinkes,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "status") == [("superseded",), ("accepted",)]


def test_identical_rows_count_once_with_one_overlap_a_pair_of_exports_that_has_the_number(
    tmp_path: Path,
) -> None:
    whole = form_text("Satu Hati", "Dua Hati", "Tiga Hati")
    files = {
        "inbox/submissions/a.csv": whole,
        "inbox/submissions/b.csv": whole,
        "inbox/submissions/c.csv": form_text("Satu Hati", "Empat Hati"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "source", "title") == [
        ("submissions/a.csv", "Satu Hati"),
        ("submissions/a.csv", "Dua Hati"),
        ("submissions/a.csv", "Tiga Hati"),
        ("submissions/c.csv", "Empat Hati"),
    ]
    assert found.cells("findings", "severity", "source", "value", rule="overlap") == [
        ("warning", "submissions/b.csv", "3"),
        ("warning", "submissions/c.csv", "1"),
    ]


def test_identical_rows_within_one_export_count_once_too(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, rules_text(), {FORM: form_text("Lentera", "Lentera", "Lentera")}
    )

    assert statuses(found["submissions"]) == [("2", "accepted")]
    assert found.cells("findings", "rule", "source", "value") == [
        ("overlap", "submissions/a.csv", "2")
    ]


def test_a_response_id_with_other_cells_is_an_edit_of_the_same_innovation(tmp_path: Path) -> None:
    rows = [
        "1,u1,2022-02-10T01:00:00,1,Lentera,Dinas Kesehatan,satu",
        "1,u1,2022-02-10T01:00:00,1,Lentera Kota,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows, headings=KOBO)})

    assert found.cells("submissions", "title", "status") == [
        ("Lentera", "superseded"),
        ("Lentera Kota", "accepted"),
    ]
    assert len({row["submission_id"] for row in found["submissions"]}) == 1


def test_an_edit_in_a_newer_export_beside_the_old_one_is_the_same_innovation(
    tmp_path: Path,
) -> None:
    files = {
        "inbox/submissions/a.csv": form_text(
            "7,2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu", headings=WHOLE
        ),
        "inbox/submissions/b.csv": form_text(
            "7,2022-02-12 10:00:00,Lentera Kota,Dinas Kesehatan,dua", headings=WHOLE
        ),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "submission_id", "title", "status") == [
        ("7", "Lentera", "superseded"),
        ("7", "Lentera Kota", "accepted"),
    ]


def test_the_last_row_without_an_error_counts_and_the_earlier_ones_are_superseded(
    tmp_path: Path,
) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,Lentera,Dinas Kesehatan,dua",
        "2022-02-12 10:00:00,Lentera,Dinas Kesehatan,",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert statuses(found["submissions"]) == [
        ("2", "superseded"),
        ("3", "accepted"),
        ("4", "rejected"),
    ]


def test_if_every_row_has_an_error_the_last_one_is_rejected_and_the_earlier_ones_superseded(
    tmp_path: Path,
) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,",
        "2022-02-11 10:00:00,Lentera,Dinas Kesehatan,",
        "2022-02-12 10:00:00,Lentera,Dinas Kesehatan,",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert statuses(found["submissions"]) == [
        ("2", "superseded"),
        ("3", "superseded"),
        ("4", "rejected"),
    ]
    assert found.cells("findings", "severity", "rule", "row", field="category") == [
        ("error", "missing_required", "4"),
        ("warning", "missing_required", "2"),
        ("warning", "missing_required", "3"),
    ]


def test_a_rejected_row_supersedes_nothing(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,Lentera,Dinas Kesehatan,salah",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert statuses(found["submissions"]) == [("2", "accepted"), ("3", "rejected")]
    assert found.cells("findings", "severity", "row") == [("error", "3")]
    assert found["findings"][0]["message"].endswith(
        "; kiriman sebelumnya untuk inovasi ini tetap berlaku"
    )
    assert found["compliance"][0]["received"] == "1"


def test_a_row_that_comes_after_closes_is_late_and_one_at_closes_is_in_time(tmp_path: Path) -> None:
    rows = [
        "2022-03-15 23:59:59,Satu,Dinas Kesehatan,satu",
        "2022-03-16 00:00:00,Dua,Dinas Kesehatan,satu",
        "2022-02-01 00:00:00,Tiga,Dinas Kesehatan,satu",
        "2022-01-31 23:59:59,Empat,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "title", "status") == [
        ("Satu", "accepted"),
        ("Dua", "rejected"),
        ("Tiga", "accepted"),
        ("Empat", "rejected"),
    ]
    assert found.cells("findings", "severity", "rule", "row", "field") == [
        ("error", "late", "3", "submitted_at"),
        ("error", "early", "5", "submitted_at"),
    ]


def test_a_time_with_an_offset_is_compared_as_the_moment_that_it_is(tmp_path: Path) -> None:
    rows = [
        "2022-03-15T16:59:59Z,Satu,Dinas Kesehatan,satu",
        "2022-03-15T17:00:00Z,Dua,Dinas Kesehatan,satu",
        "2022-03-16T00:59:59+08:00,Tiga,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert found.cells("submissions", "title", "status", "submitted_at") == [
        ("Satu", "accepted", "2022-03-15T23:59:59+07:00"),
        ("Dua", "rejected", "2022-03-16T00:00:00+07:00"),
        ("Tiga", "accepted", "2022-03-15T23:59:59+07:00"),
    ]


def test_last_goes_by_submitted_at_and_not_by_the_order_of_rows_or_exports(tmp_path: Path) -> None:
    files = {
        "inbox/submissions/a.csv": form_text("2022-02-12 10:00:00,Lentera,Dinas Kesehatan,satu"),
        "inbox/submissions/b.csv": form_text("2022-02-10 10:00:00,Lentera,Dinas Kesehatan,dua"),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "source", "status", "ranked_status") == [
        ("submissions/a.csv", "accepted", "accepted"),
        ("submissions/b.csv", "superseded", "superseded"),
    ]


def test_rows_without_a_time_come_before_all_others_and_are_in_time(tmp_path: Path) -> None:
    rows = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        ",Lentera,Dinas Kesehatan,dua",
        ",Sendiri,Dinas Kesehatan,dua",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows)})

    assert statuses(found["submissions"]) == [
        ("2", "accepted"),
        ("3", "superseded"),
        ("4", "accepted"),
    ]


def test_rows_without_a_time_follow_each_other_by_export_name_and_row(tmp_path: Path) -> None:
    headings = "Judul,Instansi,Kategori,Ringkasan"
    files = {
        "inbox/submissions/b.csv": form_text(
            "Lentera,Dinas Kesehatan,satu,ketiga", headings=headings
        ),
        "inbox/submissions/a.csv": form_text(
            "Lentera,Dinas Kesehatan,satu,pertama",
            "Lentera,Dinas Kesehatan,satu,kedua",
            headings=headings,
        ),
    }

    found = compute_night(tmp_path, rules_text(), files)

    assert found.cells("submissions", "source", "row", "status") == [
        ("submissions/a.csv", "2", "superseded"),
        ("submissions/a.csv", "3", "superseded"),
        ("submissions/b.csv", "2", "accepted"),
    ]


def test_all_errors_of_a_rejected_row_are_listed(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path, rules_text(), {FORM: form_text("2022-04-01 10:00:00,Lentera,Kantor Xyzzy,salah")}
    )

    assert found.cells("submissions", "status", "agency_code", "agency", "category") == [
        ("rejected", "", "Kantor Xyzzy", ""),
    ]
    assert found.cells("findings", "severity", "rule", "field", "value") == [
        ("error", "late", "submitted_at", "2022-04-01T10:00:00+07:00"),
        ("error", "unknown_agency", "agency", "Kantor Xyzzy"),
        ("error", "unknown_category", "category", "salah"),
    ]


@pytest.mark.parametrize(
    ("day", "status"), [("2021-03-15", "accepted"), ("2021-03-16", "rejected")]
)
def test_minimum_age_is_counted_back_from_the_date_of_closes(
    tmp_path: Path, day: str, status: str
) -> None:
    rules = rules_text(
        submission='[submission]\nminimum_age_years = 1\nrequired = ["title", "started_on"]\n'
    )
    headings = "Judul,Instansi,Kategori,Tanggal Mulai"

    found = compute_night(
        tmp_path, rules, {FORM: form_text(f"Lentera,Dinas Kesehatan,satu,{day}", headings=headings)}
    )

    assert found.cells("submissions", "status") == [(status,)]
    assert found.rules() == (["too_young"] if status == "rejected" else [])


@pytest.mark.parametrize(("day", "rules"), [("2022-02-28", []), ("2022-03-01", ["too_young"])])
def test_closes_on_29_february_counts_back_to_the_28th(
    tmp_path: Path, day: str, rules: list[str]
) -> None:
    leap = REGISTRATION.replace("2022-02-01", "2024-02-01").replace("2022-03-15", "2024-02-29")
    text = rules_text(
        leap, submission='[submission]\nminimum_age_years = 2\nrequired = ["started_on"]\n'
    )
    headings = "Judul,Instansi,Kategori,Tanggal Mulai"

    found = compute_night(
        tmp_path,
        text,
        {FORM: form_text(f"Lentera,Dinas Kesehatan,satu,{day}", headings=headings)},
        as_of="2024-06-01",
    )

    assert found.rules() == rules


def test_minimum_age_by_group_and_none_for_a_group_that_is_not_named(tmp_path: Path) -> None:
    groups = "".join(f'[[groups]]\ncode = "{code}"\n' for code in ("umum", "replikasi", "khusus"))
    submission = (
        '[submission]\nminimum_age_years = { umum = 2, replikasi = 1 }\nrequired = ["started_on"]\n'
    )
    headings = "Judul,Instansi,Kategori,Kelompok,Tanggal Mulai"
    rows = [
        "Satu,Dinas Kesehatan,satu,Umum,2020-03-15",
        "Dua,Dinas Kesehatan,satu,umum,2020-03-16",
        "Tiga,Dinas Kesehatan,satu,Replikasi,2021-03-15",
        "Empat,Dinas Kesehatan,satu,khusus,2022-03-15",
        "Lima,Dinas Kesehatan,satu,,2022-03-15",
    ]

    found = compute_night(
        tmp_path,
        rules_text(REGISTRATION, groups, submission=submission),
        {FORM: form_text(*rows, headings=headings)},
    )

    assert found.by_title("submissions", "group", "status") == {
        "Satu": ("umum", "accepted"),
        "Dua": ("umum", "rejected"),
        "Tiga": ("replikasi", "accepted"),
        "Empat": ("khusus", "accepted"),
        "Lima": ("", "accepted"),
    }


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("satu dua - tiga", 3),
        ("a-b c/d", 2),
        ("<p>satu</p><p>dua</p>", 2),
        ("satu<br>dua &amp; tiga", 3),
        ("5 % dari", 2),
        ("e\u0301 \u0645\u0631\u062d\u0628\u0627 --", 2),
        ("<b>te</b>bal", 2),
        ("100", 1),
        ("*** !!!", 0),
    ],
)
def test_a_word_is_a_run_between_white_space_that_has_a_letter_or_digit(
    tmp_path: Path, text: str, count: int
) -> None:
    submission = '[submission]\nrequired = ["title"]\nwords = { summary = [%d, %d] }\n'
    headings, row = "Judul,Instansi,Kategori,Ringkasan", f'Lentera,Dinas Kesehatan,satu,"{text}"'

    exact = compute_night(
        tmp_path / "a",
        rules_text(submission=submission % (count, count)),
        {FORM: form_text(row, headings=headings)},
    )
    other = compute_night(
        tmp_path / "b",
        rules_text(submission=submission % (count + 1, 99)),
        {FORM: form_text(row, headings=headings)},
    )

    assert exact.rules() == []
    assert other.cells("findings", "severity", "rule", "field", "value") == [
        ("warning", "too_short", "summary", str(count)),
    ]


def test_a_derived_id_is_the_agency_code_a_hyphen_and_4_to_6_letters_or_digits(
    tmp_path: Path,
) -> None:
    found = compute_night(tmp_path, rules_text(), {FORM: form_text("Lentera")})

    code, _, rest = found.ids()["Lentera"].partition("-")
    assert (code, rest.isalnum(), 4 <= len(rest) <= 6) == ("DINKES", True, True)


def test_a_derived_id_stays_in_another_order_with_rows_added_or_another_format(
    tmp_path: Path,
) -> None:
    first = compute_night(
        tmp_path / "a", rules_text(), {FORM: form_text("Lentera", "Gerobak Baca")}
    ).ids()
    other = compute_night(
        tmp_path / "b",
        rules_text(),
        {
            "inbox/submissions/z.csv": form_text("Sapa Warga", "Gerobak Baca", "Lentera").replace(
                ",", ";"
            ),
        },
    ).ids()

    assert {title: other[title] for title in first} == first


def test_an_edit_that_changes_the_title_keeps_one_id_for_the_innovation(tmp_path: Path) -> None:
    rows = [
        "1,u1,2022-02-10T01:00:00,1,Lentera,Dinas Kesehatan,satu",
        "1,u1,2022-02-11T01:00:00,1,Lentera Kota,Dinas Kesehatan,satu",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*rows, headings=KOBO)})

    assert len(set(found.ids().values())) == 1


def test_every_published_id_that_would_repeat_is_derived_instead(tmp_path: Path) -> None:
    other = "ID,Timestamp,Judul,Instansi,Kategori,Video"
    files = {
        "inbox/submissions/a.csv": form_text(
            "1,2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
            "2,2022-02-10 11:00:00,Gerobak,Dinas Kesehatan,satu",
            headings=WHOLE,
        ),
        "inbox/submissions/b.csv": form_text(
            "1,2022-02-12 10:00:00,Sapa Warga,Disdik,dua,http://a.id/v", headings=other
        ),
    }

    found = compute_night(tmp_path, rules_text(), files)

    ids = found.ids()
    assert ids["Gerobak"] == "2"
    assert ids["Lentera"].startswith("DINKES-")
    assert ids["Sapa Warga"].startswith("DISDIK-")
    assert found.cells("submissions", "status") == [("accepted",)] * 3


def test_the_key_of_submissions_is_source_and_row(tmp_path: Path) -> None:
    whole = [
        "2022-02-10 10:00:00,Lentera,Dinas Kesehatan,satu",
        "2022-02-11 10:00:00,Lentera,Dinas Kesehatan,dua",
    ]

    found = compute_night(tmp_path, rules_text(), {FORM: form_text(*whole)})

    assert found.cells("submissions", "source", "row") == [
        ("submissions/a.csv", "2"),
        ("submissions/a.csv", "3"),
    ]


def test_blank_rows_count_and_line_breaks_in_a_cell_do_not(tmp_path: Path) -> None:
    text = (
        'Timestamp,Judul,Instansi,Kategori\n2022-02-10 10:00:00,"Lentera\nKota",Dinas Kesehatan,'
        "satu\n,,,\n\n"
        "2022-02-11 10:00:00,Gerobak,Dinas Kesehatan,satu\n"
    )

    found = compute_night(tmp_path, rules_text(), {FORM: text})

    assert found.cells("submissions", "title", "row") == [("Lentera Kota", "2"), ("Gerobak", "5")]


def test_a_registration_without_opens_has_no_early_rows(tmp_path: Path) -> None:
    found = compute_night(
        tmp_path,
        rules_text(OPEN),
        {FORM: form_text("2020-01-01 00:00:00,Lentera,Dinas Kesehatan,satu")},
    )

    assert found.cells("submissions", "status") == [("accepted",)]
    assert found["findings"] == []
