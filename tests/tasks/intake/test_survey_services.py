"""KoboToolbox, ODK and LimeSurvey in the forms in which people hand their exports on."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tasks.findings.frame import join_findings
from tasks.intake import submissions
from tasks.intake.files.unreadable import MOST_COLUMNS
from tests.tasks.intake.test_submissions import RULES
from tests.tasks.intake.writing import Rows, csv_bytes, raw, xlsx_bytes

HEAD = ["judul", "instansi", "kategori"]
LAPOR = ["Lapor Lampu", "Dinas Perhubungan", "Kesehatan"]
TAMAN = ["Taman Baca", "Dinas Perpustakaan", "Kesehatan"]
SENT = "2022-02-01T01:15:03"
SENT_HERE = "2022-02-01T08:15:03+07:00"


def read(folder: Path, *files: bytes) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    raws = [raw(folder, f"submissions/{n}.csv", content) for n, content in enumerate(files)]
    delivery = submissions.read_submissions(raws, RULES)
    frame, found = submissions.type_submissions(delivery.rows, RULES)
    return frame, join_findings([delivery.findings, found]), delivery.exports


def table(folder: Path, rows: Rows, **form: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame, found, _ = read(folder, csv_bytes(rows, **form))
    return frame, found


def of(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    texts = frame.assign(
        submitted_at=frame["submitted_at"].map(lambda at: at.isoformat(), na_action="ignore")
    )
    return (
        texts[list(columns)]
        .astype("object")
        .where(texts[list(columns)].notna(), "")
        .values.tolist()
    )


# --- KoboToolbox
# --------------------------------------------------------------------------------------------------

KOBO = ["_id", "_uuid", "_submission_time", "_index"]


@pytest.mark.parametrize(
    "own",
    [
        KOBO,
        ["X_id", "X_uuid", "X_submission_time", "X_index"],
        ["x_id", "x_uuid", "x_submission_time", "x_index"],
        ["id", "uuid", "submission_time", "index"],
    ],
)
def test_kobos_time_is_utc_also_where_r_or_python_renamed_its_columns(tmp_path, own):
    frame, found = table(tmp_path, [[*HEAD, *own], [*LAPOR, "7", "u7", SENT, "1"]])
    assert of(frame, "kind", "response_id", "submitted_at") == [["kobo", "7", SENT_HERE]]
    assert found.empty


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("group", ["identitas/", "identitas.", "identitas/lain/", ""])
def test_a_groups_name_before_a_field_plays_no_part(tmp_path, group, separator):
    rows = [[*(group + name for name in HEAD), *KOBO], [*LAPOR, "7", "u7", SENT, "1"]]
    frame, _ = table(tmp_path, rows, separator=separator, quoting=1)
    assert of(frame, "kind", "title", "agency", "category") == [["kobo", *LAPOR]]


@pytest.mark.parametrize("key", ["_uuid", "meta/instanceID", "meta/rootUuid"])
def test_an_export_without_numbers_tells_its_responses_by_their_keys(tmp_path, key):
    rows = [[*HEAD, key, "_submission_time", "_index"], [*LAPOR, "uuid:7", SENT, "1"]]
    frame, found = table(tmp_path, rows)
    assert frame["response_id"].tolist() == ["uuid:7"]
    assert found.empty


def test_an_edited_response_keeps_its_number_whatever_its_key(tmp_path):
    rows = [[*HEAD, *KOBO], [*LAPOR, "7", "u7", SENT, "1"], [*TAMAN, "7", "u8", SENT, "2"]]
    assert table(tmp_path, rows)[0]["response_id"].tolist() == ["7", "7"]


def test_the_parts_of_a_place_and_the_forms_versions_are_no_columns_to_ask_about(tmp_path):
    place = ["_lokasi_latitude", "_lokasi_longitude", "_lokasi_altitude", "_lokasi_precision"]
    rows = [[*HEAD, *place, "__version__", "_version__001", "_version_", *KOBO]]
    rows += [[*LAPOR, "-7.9", "112.6", "445", "5", "v1", "", "v2", "7", "u7", SENT, "1"]]
    assert table(tmp_path, rows)[1].empty


def test_the_columns_of_a_place_answer_nothing_though_they_are_labels(tmp_path):
    place = ["_Lokasi inovasi_latitude", "_Di mana? (GPS)_longitude"]
    rows = [[*HEAD, *place, *KOBO], [*LAPOR, "-7.9", "112.6", "7", "u7", SENT, "1"]]
    assert table(tmp_path, rows)[1].empty


def test_n_a_is_no_answer(tmp_path):
    frame, _ = table(tmp_path, [[*HEAD, *KOBO], [LAPOR[0], "n/a", "n/a", "7", "u7", SENT, "1"]])
    assert of(frame, "title", "agency", "category") == [[LAPOR[0], "", ""]]


PARENTS = ["_index", "_parent_table_name", "_parent_index"]


@pytest.mark.parametrize("none", [-1, ""])
def test_a_first_sheet_with_the_columns_of_a_repeated_group_is_read(tmp_path, none):
    main = [
        [*HEAD, "_id", "_uuid", "_submission_time", *PARENTS],
        [*LAPOR, 7, "u7", SENT, 1, "", none],
    ]
    team = [["tim/nama", *PARENTS], ["Anggota 1", 1, "Data", 1], ["Anggota 2", 2, "Data", 1]]
    frame, found, exports = read(tmp_path, xlsx_bytes({"Data": main, "tim": team}))
    assert of(frame, "row", "title") == [[2, LAPOR[0]]]
    assert (exports["source"].tolist(), found["rule"].tolist()) == (["submissions/0.csv#Data"], [])


def test_a_repeated_group_in_a_file_of_its_own_is_no_export_and_no_fault(tmp_path):
    main = csv_bytes([[*HEAD, *KOBO], [*LAPOR, "7", "u7", SENT, "1"]])
    team = csv_bytes([["nama", *PARENTS, "_submission__id"], ["Anggota 1", "1", "Data", "1", "7"]])
    frame, found, _ = read(tmp_path, main, team)
    assert (len(frame), found["rule"].tolist()) == (1, [])


def test_a_repeated_group_whose_rows_lost_their_parents_is_still_none(tmp_path):
    team = csv_bytes([["judul", *PARENTS, "_submission__id"], ["Anggota 1", "", "", "", ""]])
    assert read(tmp_path, team)[1]["rule"].tolist() == ["no_readable_export"]


def test_a_sheet_of_too_many_columns_beside_the_data_leaves_it_readable(tmp_path):
    main = [[*HEAD, *KOBO], [*LAPOR, 7, "u7", SENT, 1]]
    wide = [[f"kegiatan_{n}" for n in range(MOST_COLUMNS + 1)], [1] * (MOST_COLUMNS + 1)]
    frame, found, _ = read(tmp_path, xlsx_bytes({"Data": main, "kegiatan": wide}))
    assert len(frame) == 1
    assert found[["rule", "source"]].values.tolist() == [
        ["unreadable_file", "submissions/0.csv#kegiatan"]
    ]


@pytest.mark.parametrize("ticks", [["1", "0"], ["TRUE", "FALSE"], ["Ya", "Tidak"], ["True", ""]])
def test_a_choice_named_like_a_field_is_none(tmp_path, ticks):
    channels = ["saluran/whatsapp", "saluran/email", "saluran/video", "mitra/instansi_lain"]
    rows = [
        [*HEAD, *channels, *KOBO],
        [*LAPOR, ticks[0], ticks[1], ticks[0], ticks[0], "7", "u7", SENT, "1"],
    ]
    frame, _ = table(tmp_path, rows)
    assert of(frame, "agency", "contact_phone", "contact_email", "video_url") == [
        [LAPOR[1], "", "", ""]
    ]


def test_every_choice_of_a_question_gives_its_name_where_it_is_ticked(tmp_path):
    rows = [
        [*HEAD, "SDGs/Tanpa Kemiskinan", "SDGs/Air Bersih", *KOBO],
        [*LAPOR, "1", "0", "7", "u7", SENT, "1"],
    ]
    assert table(tmp_path, rows)[0]["sdgs"].tolist() == ["Tanpa Kemiskinan"]


# --- ODK
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "cells"),
    [
        (["SubmissionDate", "meta-instanceID", "KEY"], [f"{SENT}.123Z", "uuid:8", "uuid:7"]),
        (["submissiondate", "instanceid", "key"], ["Feb 1, 2022 8:15:03 AM", "uuid:8", "uuid:7"]),
        (["SubmissionDate", "formdef_version", "KEY"], ["1 Feb 2022 08:15:03", "2202", "uuid:7"]),
        (
            ["*meta-submission-date*", "*meta-is-complete*", "*meta-instance-id*"],
            [f"{SENT}.000Z", "true", "uuid:7"],
        ),
        (
            ["SubmissionDate", "ReviewState", "Edits", "KEY"],
            ["2022-02-01T08:15:03.000+07:00", "edited", "2", "uuid:7"],
        ),
    ],
)
def test_odks_servers_each_name_a_responses_key_and_time_in_their_way(tmp_path, own, cells):
    frame, found = table(tmp_path, [[own[0], *HEAD, *own[1:]], [cells[0], *LAPOR, *cells[1:]]])
    assert of(frame, "kind", "response_id", "submitted_at") == [["odk", "uuid:7", SENT_HERE]]
    assert found.empty


def test_odks_groups_places_and_links_to_repeats_are_told(tmp_path):
    own = ["isi-lokasi-Latitude", "isi-lokasi-Accuracy", "SET-OF-tim", "AttachmentsPresent"]
    rows = [["SubmissionDate", *(f"isi-{name}" for name in HEAD), *own, "KEY"]]
    rows += [[f"{SENT}Z", *LAPOR, "-7.9", "5", "uuid:7/tim", "0", "uuid:7"]]
    frame, found = table(tmp_path, rows)
    assert of(frame, "title", "agency", "category") == [LAPOR]
    assert found.empty


def test_the_telephone_that_sent_a_form_gives_way_to_one_that_the_form_asks_for(tmp_path):
    rows = [["SubmissionDate", "phonenumber", *HEAD, "nomor_hp", "KEY"]]
    rows += [[f"{SENT}Z", "0341-1", *LAPOR, "0341-2", "uuid:7"]]
    assert table(tmp_path, rows)[0]["contact_phone"].tolist() == ["0341-2"]


# --- LimeSurvey
# --------------------------------------------------------------------------------------------------

LIME = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
LABELS = [
    ["Response ID", "Date submitted", "Last page", "Start language", "Seed"],
    [
        "Antwort ID",
        "Datum Abgeschickt",
        "Letzte Seite",
        "Start-Sprache",
        "Zufallsgeneratorstartwert",
    ],
    [
        "ID de la réponse",
        "Date de soumission",
        "Dernière page",
        "Langue de départ",
        "Tête de série",
    ],
    [
        f"{code}. {label}"
        for code, label in zip(LIME, ["Response ID", "Date submitted", "x", "y", "z"], strict=True)
    ],
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("own", [LIME, *LABELS])
def test_limesurveys_own_columns_are_known_by_code_and_by_label(tmp_path, own, separator):
    rows = [[*own, *HEAD]]
    rows += [
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR],
        ["12", "", "1", "id", "2", *TAMAN],
    ]
    frame, found = table(tmp_path, rows, separator=separator, quoting=1)
    assert of(frame, "row", "response_id", "submitted_at", "title") == [
        [2, "11", SENT_HERE, LAPOR[0]]
    ]
    assert found.empty


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2022-02-01 08:15:03", [SENT_HERE]),
        ("1980-01-01 00:00:00", [""]),
        ("", []),
        ("N/A", []),
        ("NA", []),
    ],
)
def test_a_response_was_sent_where_it_says_when_or_is_dated_1980(tmp_path, at, sent):
    frame, _, exports = read(
        tmp_path, csv_bytes([[*LIME, *HEAD], ["11", at, "3", "id", "1", *LAPOR]])
    )
    assert of(frame, "submitted_at") == [[text] for text in sent]
    assert exports["delivered"].tolist() == [1]


@pytest.mark.parametrize(
    "label", ["Antwort ID", "ID de respuesta", "ID da resposta", "Response ID"]
)
def test_an_export_cut_to_a_responses_number_and_its_answers_is_still_limesurveys(tmp_path, label):
    frame, _ = table(tmp_path, [[label, *HEAD, "Ringkasan"], ["11", *LAPOR, "N/A"]])
    assert of(frame, "kind", "response_id", "summary") == [["limesurvey", "11", ""]]


def test_a_row_of_headings_longer_than_what_is_sampled_is_read_whole(tmp_path):
    questions = [
        f"Q{n}[SQ001]. Sejauh mana, menurut Anda; {'kata ' * 120} [Butir {n}]" for n in range(150)
    ]
    rows = [
        [*LIME, *HEAD, *questions],
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR, *["A1"] * 150],
    ]
    content = csv_bytes(rows, separator=";", quoting=1)
    frame, _, _ = read(tmp_path, content)
    assert content.find(b"\r\n") > 60_000
    assert of(frame, "kind", "row", "title", "agency", "category") == [["limesurvey", 2, *LAPOR]]


def test_headings_in_codes_and_again_in_words_are_one_heading(tmp_path):
    rows = [
        ["judul", "opd", "kategori"],
        ["Apa judul inovasi Anda?", "Asal instansi", "Pilih kategori"],
        LAPOR,
    ]
    assert of(table(tmp_path, rows)[0], "row", "title") == [[3, LAPOR[0]]]


@pytest.mark.parametrize(
    "timing",
    [
        ["Fragenzeit: Judul", "Gruppenzeit: Isi"],
        ["Durée pour la question: judul", "Durée pour le groupe : Isi"],
    ],
)
def test_how_long_a_question_took_is_no_question(tmp_path, timing):
    rows = [
        [*LIME, *HEAD, *timing],
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR, "4.2", "9.9"],
    ]
    assert table(tmp_path, rows)[1].empty


def test_a_row_wider_than_the_first_ones_loses_no_cell(tmp_path):
    lines = [
        "judul;instansi;kategori",
        *["Lapor;Dinas;Kesehatan"] * 20_000,
        "Taman;Dinas;Kesehatan;a;b;c",
    ]
    frame, found, _ = read(tmp_path, "\r\n".join(lines).encode())
    assert len(frame) == 20_001
    assert found["field"].tolist() == ["D", "E", "F"]


def test_tags_under_kobos_headings_are_no_response(tmp_path):
    rows = [
        [*HEAD, *KOBO],
        ["#judul", "#org", "#kat +id", "", "", "", ""],
        [*LAPOR, "7", "u7", SENT, "1"],
    ]
    assert of(table(tmp_path, rows)[0], "row", "title") == [[3, LAPOR[0]]]


def test_limesurveys_codes_under_its_labels_are_no_response(tmp_path):
    rows = [
        [*LABELS[0], *HEAD],
        [*LIME, "judul", "opd", "kat"],
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR],
    ]
    frame, found = table(tmp_path, rows, separator="\t")
    assert of(frame, "row", "response_id", "title") == [[3, "11", LAPOR[0]]]
    assert found.empty
