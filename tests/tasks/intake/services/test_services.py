"""Form services are told by their headings, in the language of the form; their own columns are
known.
"""

import pytest

from tasks.intake.services import services
from tasks.intake.tables.headings import SENDER, SERVICE, Claim
from tasks.words import LANGUAGES, Words

KINDS = {
    "google": [
        ["Timestamp", "Judul"],
        ["Stempel waktu", "Judul"],
        ["Marca temporal", "Título"],
        ["Carimbo de data/hora", "Nome"],
        ["Zeitstempel", "x"],
        ["Horodateur", "x"],
        ["タイムスタンプ", "x"],
        ["Отметка времени", "x"],
        ["Dấu thời gian", "x"],
        ["ประทับเวลา", "x"],
    ],
    "microsoft": [
        ["ID", "Start time", "Completion time", "Email", "Name", "Judul"],
        ["Id", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"],
        ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"],
        ["ID", "開始時刻", "完了時刻", "メール", "名前"],
        ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"],
    ],
    "kobo": [
        ["start", "end", "judul", "_id", "_uuid", "_submission_time"],
        ["grup/judul", "meta/instanceID", "_index", "_id"],
    ],
    "odk": [["SubmissionDate", "judul", "KEY"], ["judul", "meta-instanceID"]],
    "limesurvey": [
        ["id", "submitdate", "lastpage", "startlanguage", "seed", "Q1"],
        ["Response ID", "Date submitted", "Last page", "Start language", "Seed"],
        ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page"],
        ["Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache"],
    ],
    "repeat": [
        ["nama", "_index", "_parent_table_name", "_parent_index"],
        ["nama", "PARENT_KEY", "KEY"],
    ],
    "plain": [
        ["No", "Judul", "Instansi"],
        ["ID", "Judul"],
        ["Judul", "Timestamp"],
        [],
        ["id", "judul", "lastpage"],
    ],
}


@pytest.mark.parametrize(
    ("kind", "headings"), [(kind, one) for kind, listed in KINDS.items() for one in listed]
)
def test_a_service_is_told_by_its_headings_in_any_language(kind, headings):
    assert services.service_kind(headings) == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name(language):
    assert all(Words(language).has(f"kind.{kind}") for kind in services.SERVICE_KINDS)


@pytest.mark.parametrize(
    ("kind", "heading", "position", "claim"),
    [
        ("google", "Timestamp", 0, Claim("submitted_at", SERVICE)),
        ("google", "Email Address", 1, Claim("contact_email", SENDER)),
        ("google", "Skor", 1, Claim("", 4)),
        ("google", "Judul [Skor]", 5, Claim("", 4)),
        ("google", "Judul", 2, None),
        ("microsoft", "ID", 0, Claim("submission_id", SERVICE)),
        ("microsoft", "Completion time", 2, Claim("submitted_at", SERVICE)),
        ("microsoft", "Start time", 1, Claim("", 4)),
        ("microsoft", "Name", 4, Claim("contact_name", SENDER)),
        ("microsoft", "Points - Judul", 9, Claim("", 4)),
        ("microsoft", "Name", 9, None),
        ("kobo", "_submission_time", 12, Claim("submitted_at", SERVICE)),
        ("kobo", "_index", 20, Claim("", 4)),
        ("kobo", "grup/judul", 3, None),
        ("odk", "KEY", 8, Claim("submission_id", SERVICE)),
        ("limesurvey", "id. Response ID", 0, Claim("submission_id", SERVICE)),
        ("limesurvey", "Date submitted", 1, Claim("submitted_at", SERVICE)),
        ("limesurvey", "id", 40, None),
        ("limesurvey", "Question time: Judul", 70, Claim("", 4)),
        ("limesurvey", "271828X12X34Time", 70, Claim("", 4)),
        ("limesurvey", "judulTime", 70, Claim("", 4)),
        ("limesurvey", "groupTime716", 70, Claim("", 4)),
        ("plain", "Timestamp", 0, None),
    ],
)
def test_the_columns_that_a_service_adds_by_itself_are_known(kind, heading, position, claim):
    assert services.own_column_claim(kind, heading, position) == claim


@pytest.mark.parametrize(
    ("kind", "heading", "texts"),
    [
        ("limesurvey", "G00Q11. Apa judul inovasi?", ["Apa judul inovasi?", "G00Q11"]),
        (
            "limesurvey",
            "Ag2[SQ002]. Seberapa baru? [Cara]",
            ["Seberapa baru? [Cara]", "Ag2[SQ002]"],
        ),
        ("limesurvey", "judul", ["judul"]),
        ("microsoft", "Nama2", ["Nama2", "Nama"]),
        ("kobo", "identitas/judul", ["judul", "identitas/judul"]),
        ("kobo", "identitas.judul", ["judul", "identitas.judul"]),
        ("odk", "identitas-judul", ["judul", "identitas-judul"]),
        ("google", "Judul2", ["Judul2"]),
    ],
)
def test_a_question_is_told_without_what_the_service_puts_to_its_heading(kind, heading, texts):
    assert services.question_texts(kind, heading) == texts


@pytest.mark.parametrize(
    ("kind", "headings", "groups"),
    [
        ("kobo", ["start", "inovasi/Judul", "inovasi/OPD", "kontak/surel"], {"inovasi"}),
        ("kobo", ["a.b.judul", "a.b.opd", "a.c"], {"a.b"}),
        ("kobo", ["SDGs/Air Bersih", "SDGs/Tanpa Kemiskinan"], set()),
        ("odk", ["inovasi-judul", "inovasi-opd"], {"inovasi"}),
        ("google", ["inovasi/judul", "inovasi/opd"], set()),
    ],
)
def test_a_group_has_two_questions_or_more_of_which_one_is_told_by_itself(kind, headings, groups):
    assert services.question_groups(kind, headings, {"Judul", "judul"}.__contains__) == groups


def test_a_question_of_a_group_is_told_by_itself_alone():
    of = frozenset({"inovasi"})
    assert services.question_texts("kobo", "inovasi/Perangkat Daerah", of) == ["Perangkat Daerah"]


def test_single_answers_stand_beside_their_question():
    headings = ["x/sdgs", "x/sdgs/3", "x/sdgs/4", "x/judul"]
    assert services.single_answer_headings("kobo", headings) == {"x/sdgs/3", "x/sdgs/4"}
    assert services.single_answer_headings("plain", headings) == frozenset()


@pytest.mark.parametrize(
    ("first", "kind"), [("Response ID", "limesurvey"), ("response_id", "plain")]
)
def test_a_number_of_responses_that_somebody_named_for_a_program_is_no_label_of_limesurvey(
    first, kind
):
    assert services.service_kind([first, "type", "lang"]) == kind
