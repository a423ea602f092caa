"""LimeSurvey in the forms in which people hand its exports on."""

import pytest

from tasks.intake.services import registry
from tests.small.exports import csv_bytes
from tests.tasks.intake.services.exported import (
    HEAD,
    LAPOR,
    SENT_HERE,
    TAMAN,
    of,
    read,
    table,
)

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
def test_limesurveys_own_columns_are_known_by_code_and_by_label(own, separator):
    rows = [[*own, *HEAD]]
    rows += [
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR],
        ["12", "", "1", "id", "2", *TAMAN],
    ]
    frame, found = table(rows, separator=separator, quoting=1)
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
def test_a_response_was_sent_where_it_says_when_or_is_dated_1980(at, sent):
    frame, _, exports = read(csv_bytes([[*LIME, *HEAD], ["11", at, "3", "id", "1", *LAPOR]]))
    assert of(frame, "submitted_at") == [[text] for text in sent]
    assert exports["delivered"].tolist() == [1]


@pytest.mark.parametrize(
    "label", ["Antwort ID", "ID de respuesta", "ID da resposta", "Response ID"]
)
def test_an_export_cut_to_a_responses_number_and_its_answers_is_still_limesurveys(label):
    frame, _ = table([[label, *HEAD, "Ringkasan"], ["11", *LAPOR, "N/A"]])
    assert of(frame, "kind", "response_id", "summary") == [["limesurvey", "11", ""]]


def test_a_row_of_headings_longer_than_what_is_sampled_is_read_whole():
    questions = [
        f"Q{n}[SQ001]. Sejauh mana, menurut Anda; {'kata ' * 120} [Butir {n}]" for n in range(150)
    ]
    rows = [
        [*LIME, *HEAD, *questions],
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR, *["A1"] * 150],
    ]
    content = csv_bytes(rows, separator=";", quoting=1)
    frame, _, _ = read(content)
    assert content.find(b"\r\n") > 60_000
    assert of(frame, "kind", "row", "title", "agency", "category") == [["limesurvey", 2, *LAPOR]]


@pytest.mark.parametrize(
    "timing",
    [
        ["Fragenzeit: Judul", "Gruppenzeit: Isi"],
        ["Durée pour la question: judul", "Durée pour le groupe : Isi"],
    ],
)
def test_how_long_a_question_took_is_no_question(timing):
    rows = [
        [*LIME, *HEAD, *timing],
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR, "4.2", "9.9"],
    ]
    assert table(rows)[1].empty


def test_limesurveys_codes_under_its_labels_are_no_response():
    rows = [
        [*LABELS[0], *HEAD],
        [*LIME, "judul", "opd", "kat"],
        ["11", "2022-02-01 08:15:03", "3", "id", "1", *LAPOR],
    ]
    frame, found = table(rows, separator="\t")
    assert of(frame, "row", "response_id", "title") == [[3, "11", LAPOR[0]]]
    assert found.empty


@pytest.mark.parametrize(
    ("first", "kind"), [("Response ID", "limesurvey"), ("response_id", "plain")]
)
def test_a_number_of_responses_that_somebody_named_for_a_program_is_no_label_of_limesurvey(
    first, kind
):
    assert registry.kind_by_headings([first, "type", "lang"]) == kind
