"""Form services are known by their headings, in the language of the form; their own columns are
known.
"""

import importlib
import pkgutil

import pytest

from tasks.intake import services
from tasks.intake.cells.heading_keys import heading_keys
from tasks.intake.services import google, microsoft, registry
from tasks.intake.services.form_service import FormService
from tasks.intake.tables import vocabulary
from tasks.words import LANGUAGES, Words

SHARED_MODULES = {"form_service", "plain_tables", "registry", "xlsforms"}
MODULES = sorted(
    {module.name for module in pkgutil.iter_modules(services.__path__)} - SHARED_MODULES
)
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
    assert registry.kind_by_headings(headings) == kind


def module_services(name: str) -> list[FormService]:
    """The services that a module of the room offers."""
    module = vars(importlib.import_module(f"tasks.intake.services.{name}"))
    values = [value for key, value in module.items() if key.isupper() and key[0] != "_"]
    flat = [*values, *(item for value in values if isinstance(value, tuple) for item in value)]
    return [value for value in flat if isinstance(value, FormService)]


@pytest.mark.parametrize("name", MODULES)
def test_every_service_of_a_module_is_in_the_registry(name):
    of_module = {id(service) for service in module_services(name)}
    listed = {id(service) for service in (*registry.SERVICES, *registry.PLAIN_SERVICES)}
    assert len(of_module) >= 1
    assert of_module - listed == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name(language):
    assert all(Words(language).has(f"kind.{kind}") for kind in registry.SERVICE_KINDS)


@pytest.mark.parametrize(
    ("kind", "heading", "position", "field"),
    [
        ("google", "Timestamp", 0, "submitted_at"),
        ("google", "Judul", 2, None),
        ("microsoft", "ID", 0, "submission_id"),
        ("microsoft", "Name", 4, "contact_name"),
        ("microsoft", "Name", 9, None),
        ("kobo", "_submission_time", 12, "submitted_at"),
        ("kobo", "_index", 20, ""),
        ("kobo", "grup/judul", 3, None),
        ("odk", "KEY", 8, "submission_id"),
        ("limesurvey", "id. Response ID", 0, "submission_id"),
        ("limesurvey", "Date submitted", 1, "submitted_at"),
        ("limesurvey", "id", 40, None),
        ("limesurvey", "Question time: Judul", 70, ""),
        ("limesurvey", "271828X12X34Time", 70, ""),
        ("limesurvey", "judulTime", 70, ""),
        ("limesurvey", "groupTime716", 70, ""),
        ("plain", "Timestamp", 0, None),
    ],
)
def test_the_columns_that_a_service_adds_by_itself_are_known(kind, heading, position, field):
    headings = [*[""] * position, heading]
    assert registry.service_of_kind(kind).own_fields(headings).get(position) == field


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
    assert registry.service_of_kind(kind).question_texts([heading], bool) == [texts]


@pytest.mark.parametrize(
    ("kind", "headings", "alone"),
    [
        ("kobo", ["start", "inovasi/Judul", "inovasi/OPD", "kontak/surel"], ["Judul", "OPD"]),
        ("kobo", ["a.b.judul", "a.b.opd", "a.c"], ["judul", "opd"]),
        ("kobo", ["SDGs/Air Bersih", "SDGs/Tanpa Kemiskinan"], []),
        ("odk", ["inovasi-judul", "inovasi-opd"], ["judul", "opd"]),
        ("google", ["inovasi/judul", "inovasi/opd"], []),
    ],
)
def test_questions_of_a_group_of_which_one_is_known_by_itself_are_known_by_themselves_alone(
    kind, headings, alone
):
    texts = registry.service_of_kind(kind).question_texts(headings, {"Judul", "judul"}.__contains__)
    assert [text for text, *others in texts if not others and text not in headings] == alone


def test_single_answers_stand_beside_their_question():
    headings = ["x/sdgs", "x/sdgs/3", "x/sdgs/4", "x/judul"]
    assert registry.service_of_kind("kobo").fixed_fields(headings) == {1: "", 2: ""}
    assert registry.service_of_kind("plain").fixed_fields(headings) == {}


def test_no_services_time_is_a_name_of_a_question_about_the_innovation():
    asked = [
        word
        for field, words in vocabulary.WHOLE_HEADINGS.items()
        if field != "submitted_at"
        for word in words
    ]
    own = (*google.TIMESTAMPS, *microsoft.STARTS, *microsoft.ENDS)
    assert heading_keys(*own) & heading_keys(*asked) == set()
