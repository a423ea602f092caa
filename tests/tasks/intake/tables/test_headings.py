"""Headings to fields: exact words, questions, typing errors, settings; and what is left alone."""

import pytest

from tasks.intake import submissions
from tasks.intake.tables import vocabulary
from tasks.intake.tables.headings import (
    NEAR,
    OVERRIDE,
    WHOLE,
    WITHIN,
    Claim,
    build_heading_names,
)
from tasks.schema import SUBMISSION_FIELDS
from tasks.words import LANGUAGES, Words
from tests.small.exports import csv_bytes, raw
from tests.small.rules import INTAKE_RULES

NAMES = submissions.submission_heading_names(INTAKE_RULES)

TOLD = {
    # the province's labels
    "Nomor Registrasi": "submission_id",
    "Judul Inovasi": "title",
    "Kelompok Inovasi": "group",
    "Dokumen Standart Pelayanan": "documents",
    "Dokumen Maklumat Pelayanan": "documents",
    "Dokumen SK Pengelolaan Pengaduan": "documents",
    "Instansi": "agency",
    "Tanggal Inovasi Dimulai": "started_on",
    "Penanggung Jawab/Inovator": "innovator",
    "No Tlpn.": "contact_phone",
    "Email": "contact_email",
    "Kategori Inovasi": "category",
    "Ringkasan": "summary",
    "Latar Belakang dan Tujuan": "background",
    "Kebaruan/Nilai Tambah": "novelty",
    "Implementas Inovasi": "implementation",
    "Signifikansi": "significance",
    "Adaptabilitas": "adaptability",
    "Sumber Daya": "resources",
    "Strategi Keberlanjutan": "sustainability",
    # questions
    "Apa judul inovasi yang diusulkan?": "title",
    "Apa nama inovasi Anda?": "title",
    "Nama Perangkat Daerah / Unit Kerja": "agency",
    "Tuliskan ringkasan inovasi (maks 200 kata)": "summary",
    "Kapan inovasi mulai diterapkan?": "started_on",
    "Jelaskan latar belakang, masalah, dan tujuan inovasi. (maks. 300 kata)": "background",
    "Kontribusi terhadap TPB": "sdgs",
    "Tautan video inovasi (YouTube)": "video_url",
    "Nomor WhatsApp narahubung": "contact_phone",
    "What is the title of your innovation?": "title",
    "Which agency do you represent?": "agency",
    "When was the innovation first implemented?": "started_on",
    "Email address of the contact person": "contact_email",
    "Unggah Surat Pernyataan Implementasi Inovasi (PDF, maks 1 MB)": "documents",
    "Nama Narahubung": "contact_name",
    "Email penanggung jawab inovasi": "contact_email",
    "Nomor HP inovator": "contact_phone",
    # numbering, punctuation, line breaks, no-break spaces, entities, markup, case
    "1. Judul Inovasi *": "title",
    "a) Ringkasan": "summary",
    "2.1 Kategori": "category",
    "JUDUL\nINOVASI :": "title",
    "Judul\u00a0Inovasi": "title",
    "Kategori &amp; Bidang": "category",
    "<b>Ringkasan</b>": "summary",
    "(3) Nama OPD": "agency",
    "  instansi  ": "agency",
    "Judulnya?": "title",
    "Apakah judul inovasi Anda?": "title",
    "Alamat email inovator": "contact_email",
    "Jenis kelompok": "group",
    "Nama Perangkat Daerah/Kecamatan/Kelurahan/Puskesmas/Sekolah": "agency",
    # typing errors
    "Signifikasi": "significance",
    "Kebaharuan": "novelty",
    "Adaptibilitas": "adaptability",
    "Straregi Keberlanjutan": "sustainability",
    "Judul Inovsi": "title",
    "Tanggal Implementsi": "started_on",
}
LEFT_ALONE = [
    "Saya menyatakan bahwa judul inovasi dan seluruh isian benar",
    "Apakah instansi Anda pernah menjadi finalis Top 99?",
    "Nomor Registrasi IGA",
    "Jumlah penerima manfaat",
    "Tanggal selesai",
    "NIP",
    "Koordinat lokasi",
    "Keterangan video",
    "Jabatan penanggung jawab",
    "Apakah inovasi berbasis aplikasi?",
    "Lampu",
    "Warna",
    "",
    "???",
    "Alamat kantor instansi",
    "Saran untuk panitia",
    "Jenis perangkat daerah",
    "Alamat instansi pengusul",
    "Tanggal lahir inovator",
    "Foto inovator",
    "Visi instansi",
    "Number of people in your agency",
    "Type of agency",
    "Apakah ada video pendukung yang sudah diunggah?",
    "What is your job title?",
    "Where is your institution based?",
    "Are you part of an innovation category or group?",
    "Have you read the summary?",
    (
        "Dengan mengisi formulir ini, kami yang bertanda tangan di bawah ini atas nama perangkat "
        "daerah menjamin data"
    ),
]


@pytest.mark.parametrize(("heading", "field"), TOLD.items())
def test_a_heading_is_told(heading, field):
    assert NAMES.claim(heading).field == field


@pytest.mark.parametrize("heading", LEFT_ALONE)
def test_a_heading_that_is_no_field_is_left_alone(heading):
    assert NAMES.claim(heading).field is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ide Inovasi", "title"),
        ("K/L/D", "agency"),
        ("Daerah", "agency"),
        ("Project name", "title"),
        ("Your name", "contact_name"),
    ],
)
def test_what_lists_call_it_gives_way_to_a_question_of_the_form(heading, field):
    assert NAMES.claim(heading) == Claim(field, NEAR)


@pytest.mark.parametrize("heading", ["No", "No.", "Nomor", "No Urut"])
def test_a_column_that_counts_rows_is_known_and_gives_nothing(heading):
    assert NAMES.claim(heading) == Claim("", WHOLE)


@pytest.mark.parametrize("field", SUBMISSION_FIELDS)
def test_the_name_of_every_field_is_a_heading_for_it(field):
    assert NAMES.claim(field) == Claim(field, WHOLE)
    assert NAMES.claim(field.replace("_", " ").upper()) == Claim(field, WHOLE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name(language):
    fields = (*SUBMISSION_FIELDS, "submission", "judge", "note")
    assert [field for field in fields if not Words(language).has(f"field.{field}")] == []


def test_a_setting_comes_before_all_that_the_vocabulary_says():
    named = build_heading_names(
        vocabulary.WHOLE_HEADINGS,
        vocabulary.WORDS_WITHIN,
        settings={"Apa nama inovasi Anda?": "summary", "Judul": "group"},
    )
    assert named.claim("  1. APA NAMA INOVASI ANDA  ") == Claim("summary", OVERRIDE)
    assert named.claim("Judul") == Claim("group", OVERRIDE)


def test_how_sure_a_claim_is_follows_from_how_it_was_told():
    headings = ("Judul", "Apa judulmu, apa judul timmu", "Signifikasi")
    assert [NAMES.claim(heading).strength for heading in headings] == [WHOLE, WITHIN, NEAR]


def test_a_heading_near_two_fields_is_neither():
    named = build_heading_names({"title": ("inovasi alfa",), "agency": ("inovasi alfe",)})
    assert named.claim("inovasi alfi").field is None


def test_words_of_two_fields_are_told_by_the_longest_and_by_none_where_they_are_equal():
    named = build_heading_names(
        {}, {"title": ("judul",), "background": ("judul latar",), "agency": ("dinas",)}
    )
    assert named.claim("judul latar").field == "background"
    assert named.claim("judul dinas").field is None


@pytest.mark.parametrize("question", ["Kebaruan", "Jelaskan kebaruan inovasi Anda"])
def test_a_rating_of_oneself_is_not_the_narrative_that_it_rates(question):
    table = [
        [
            "Timestamp",
            "Judul Inovasi",
            "Instansi",
            "Penilaian diri [Kebaruan]",
            " [Signifikansi]",
            question,
        ],
        ["15/02/2022 08:15:03", "Antrean", "Dinas", "4", "5", "Nomor antrean diambil dari rumah."],
    ]
    rows = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes(table))], INTAKE_RULES
    ).rows
    assert rows["novelty"].tolist() == ["Nomor antrean diambil dari rumah."]


def test_what_only_a_grids_row_names_is_taken_where_no_question_asks_for_it():
    table = [
        ["Timestamp", "Identitas [Judul Inovasi]", "Identitas [Instansi]"],
        ["15/02/2022 08:15", "Antrean", "Dinas"],
    ]
    rows = submissions.read_submissions(
        [raw("submissions/a.csv", csv_bytes(table))], INTAKE_RULES
    ).rows
    assert rows[["title", "agency"]].values.tolist() == [["Antrean", "Dinas"]]
