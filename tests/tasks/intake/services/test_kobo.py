"""KoboToolbox in the forms in which people hand its exports on."""

import pytest

from tasks.intake.files.unreadable import MOST_COLUMNS
from tests.small.exports import csv_bytes, xlsx_bytes
from tests.tasks.intake.services.exported import (
    HEAD,
    LAPOR,
    SENT,
    SENT_HERE,
    TAMAN,
    of,
    read,
    table,
)

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
def test_kobos_time_is_utc_also_where_r_or_python_renamed_its_columns(own):
    frame, found = table([[*HEAD, *own], [*LAPOR, "7", "u7", SENT, "1"]])
    assert of(frame, "kind", "response_id", "submitted_at") == [["kobo", "7", SENT_HERE]]
    assert found.empty


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("group", ["identitas/", "identitas.", "identitas/lain/", ""])
def test_a_groups_name_before_a_field_plays_no_part(group, separator):
    rows = [[*(group + name for name in HEAD), *KOBO], [*LAPOR, "7", "u7", SENT, "1"]]
    frame, _ = table(rows, separator=separator, quoting=1)
    assert of(frame, "kind", "title", "agency", "category") == [["kobo", *LAPOR]]


@pytest.mark.parametrize("key", ["_uuid", "meta/instanceID", "meta/rootUuid"])
def test_an_export_without_numbers_tells_its_responses_by_their_keys(key):
    rows = [[*HEAD, key, "_submission_time", "_index"], [*LAPOR, "uuid:7", SENT, "1"]]
    frame, found = table(rows)
    assert frame["response_id"].tolist() == ["uuid:7"]
    assert found.empty


def test_an_edited_response_keeps_its_number_whatever_its_key():
    rows = [[*HEAD, *KOBO], [*LAPOR, "7", "u7", SENT, "1"], [*TAMAN, "7", "u8", SENT, "2"]]
    assert table(rows)[0]["response_id"].tolist() == ["7", "7"]


def test_the_parts_of_a_place_and_the_forms_versions_are_no_columns_to_ask_about():
    place = ["_lokasi_latitude", "_lokasi_longitude", "_lokasi_altitude", "_lokasi_precision"]
    rows = [[*HEAD, *place, "__version__", "_version__001", "_version_", *KOBO]]
    rows += [[*LAPOR, "-7.9", "112.6", "445", "5", "v1", "", "v2", "7", "u7", SENT, "1"]]
    assert table(rows)[1].empty


def test_the_columns_of_a_place_answer_nothing_though_they_are_labels():
    place = ["_Lokasi inovasi_latitude", "_Di mana? (GPS)_longitude"]
    rows = [[*HEAD, *place, *KOBO], [*LAPOR, "-7.9", "112.6", "7", "u7", SENT, "1"]]
    assert table(rows)[1].empty


def test_n_a_is_no_answer():
    frame, _ = table([[*HEAD, *KOBO], [LAPOR[0], "n/a", "n/a", "7", "u7", SENT, "1"]])
    assert of(frame, "title", "agency", "category") == [[LAPOR[0], "", ""]]


PARENTS = ["_index", "_parent_table_name", "_parent_index"]


@pytest.mark.parametrize("none", [-1, ""])
def test_a_first_sheet_with_the_columns_of_a_repeated_group_is_read(none):
    main = [
        [*HEAD, "_id", "_uuid", "_submission_time", *PARENTS],
        [*LAPOR, 7, "u7", SENT, 1, "", none],
    ]
    team = [["tim/nama", *PARENTS], ["Anggota 1", 1, "Data", 1], ["Anggota 2", 2, "Data", 1]]
    frame, found, exports = read(xlsx_bytes({"Data": main, "tim": team}))
    assert of(frame, "row", "title") == [[2, LAPOR[0]]]
    assert (exports["source"].tolist(), found["rule"].tolist()) == (["submissions/0.csv#Data"], [])


def test_a_repeated_group_in_a_file_of_its_own_is_no_export_and_no_fault():
    main = csv_bytes([[*HEAD, *KOBO], [*LAPOR, "7", "u7", SENT, "1"]])
    team = csv_bytes([["nama", *PARENTS, "_submission__id"], ["Anggota 1", "1", "Data", "1", "7"]])
    frame, found, _ = read(main, team)
    assert (len(frame), found["rule"].tolist()) == (1, [])


def test_a_repeated_group_whose_rows_lost_their_parents_is_still_none():
    team = csv_bytes([["judul", *PARENTS, "_submission__id"], ["Anggota 1", "", "", "", ""]])
    assert read(team)[1]["rule"].tolist() == ["no_readable_export"]


def test_a_sheet_of_too_many_columns_beside_the_data_leaves_it_readable():
    main = [[*HEAD, *KOBO], [*LAPOR, 7, "u7", SENT, 1]]
    wide = [[f"kegiatan_{n}" for n in range(MOST_COLUMNS + 1)], [1] * (MOST_COLUMNS + 1)]
    frame, found, _ = read(xlsx_bytes({"Data": main, "kegiatan": wide}))
    assert len(frame) == 1
    assert found[["rule", "source"]].values.tolist() == [
        ["unreadable_file", "submissions/0.csv#kegiatan"]
    ]


@pytest.mark.parametrize("ticks", [["1", "0"], ["TRUE", "FALSE"], ["Ya", "Tidak"], ["True", ""]])
def test_a_choice_named_like_a_field_is_none(ticks):
    channels = ["saluran/whatsapp", "saluran/email", "saluran/video", "mitra/instansi_lain"]
    rows = [
        [*HEAD, *channels, *KOBO],
        [*LAPOR, ticks[0], ticks[1], ticks[0], ticks[0], "7", "u7", SENT, "1"],
    ]
    frame, _ = table(rows)
    assert of(frame, "agency", "contact_phone", "contact_email", "video_url") == [
        [LAPOR[1], "", "", ""]
    ]


def test_every_choice_of_a_question_gives_its_name_where_it_is_ticked():
    rows = [
        [*HEAD, "SDGs/Tanpa Kemiskinan", "SDGs/Air Bersih", *KOBO],
        [*LAPOR, "1", "0", "7", "u7", SENT, "1"],
    ]
    assert table(rows)[0]["sdgs"].tolist() == ["Tanpa Kemiskinan"]


def test_tags_under_kobos_headings_are_no_response():
    rows = [
        [*HEAD, *KOBO],
        ["#judul", "#org", "#kat +id", "", "", "", ""],
        [*LAPOR, "7", "u7", SENT, "1"],
    ]
    assert of(table(rows)[0], "row", "title") == [[3, LAPOR[0]]]
