"""A small city, written by hand, whose every number can be checked on paper: the Results that the page tests read.

Nine rows and three identical ones; three innovations in health, one each in education and governance, none in food.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from tasks.results import Results

ZONE = ZoneInfo("Asia/Jakarta")

RULES = """
name = "KIPP Kota Malang"
year = 2022
host = "Pemerintah Kota Malang"
unit = "Bagian Organisasi Sekretariat Daerah"
timezone = "Asia/Jakarta"
target = 10

[obligation]
types = ["sekretariat", "bagian", "dinas", "kecamatan"]

[[categories]]
code = "kesehatan"
name = { id = "Kesehatan", en = "Health" }
[[categories]]
code = "pendidikan"
name = { id = "Pendidikan", en = "Education" }
[[categories]]
code = "pangan"
name = { id = "Ketahanan Pangan", en = "Food security" }
[[categories]]
code = "tata_kelola"
name = { id = "Tata Kelola Pemerintahan", en = "Governance" }

[[phases]]
code = "pendaftaran"
name = { id = "Pendaftaran", en = "Registration" }
kind = "registration"
opens = 2022-02-01T00:00:00
closes = 2022-03-15T23:59:59
[[phases]]
code = "administrasi"
name = { id = "Seleksi Administrasi", en = "Administrative check" }
kind = "screening"
closes = 2022-03-22T23:59:59
requirements = [
  { code = "surat", name = { id = "Surat pernyataan", en = "Statement" } },
  { code = "proposal", name = { id = "Naskah proposal", en = "Proposal" } },
]
[[phases]]
code = "proposal"
name = { id = "Penilaian Proposal", en = "Proposal" }
kind = "judging"
closes = 2022-04-10T23:59:59
scale = [0, 100]
criteria = [
  { code = "signifikansi", weight = 60, name = { id = "Signifikansi", en = "Significance" } },
  { code = "kebaruan", weight = 40, name = { id = "Kebaruan", en = "Novelty" } },
]
minimum_judges = 2
tie_break = ["signifikansi"]
advance = { per_list = 2, minimum_score = 60 }
[[phases]]
code = "presentasi"
name = { id = "Presentasi dan Wawancara", en = "Presentation and interview" }
kind = "judging"
closes = 2022-04-24T23:59:59
scale = [0, 100]
criteria = [{ code = "paparan", weight = 1, name = { id = "Paparan", en = "Delivery" } }]
rank_within = []
carry = { proposal = 0.3 }
advance = { overall = 3 }
[[phases]]
code = "nominasi"
name = { id = "Nominasi", en = "Nomination" }
kind = "nomination"
closes = 2022-04-30T23:59:59
levels = [
  { code = "provinsi", quota = 1, barred = ["Top 45"], name = { id = "Provinsi", en = "Province" } },
  { code = "nasional", quota = 2, name = { id = "Nasional", en = "Nation" } },
]

[publication]
final = ["pendaftaran"]
"""

FORM, COPY = "submissions/formulir.csv", "submissions/formulir.xlsx"


def _frame(columns: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split(","))


def _day(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=ZONE)


AGENCIES = _frame(
    "agency_code,agency,short_name,type,parent_code,obliged",
    ("SETDA", "Sekretariat Daerah", "Setda", "sekretariat", None, True),
    ("BAG-ORG", "Bagian Organisasi", "Bag. Organisasi", "bagian", "SETDA", True),
    ("DINKES", "Dinas Kesehatan", "Dinkes", "dinas", None, True),
    ("DISDIK", "Dinas Pendidikan", "Disdik", "dinas", None, True),
    ("DLH", "Dinas Lingkungan Hidup", "DLH", "dinas", None, True),
    ("KEC-SUKUN", "Kecamatan Sukun", "Kec. Sukun", "kecamatan", None, True),
    ("PKM-JANTI", "Puskesmas Janti", "PKM Janti", "puskesmas", "DINKES", False),
    ("SMPN-10", "SMP Negeri 10", "SMPN 10", "sekolah", "DISDIK", False),
)
_NAMES = dict(zip(AGENCIES["agency_code"], AGENCIES["agency"], strict=True))

_SUBMISSIONS = [  # id, title, agency, category, when, status, stage, row, ranked status, reason
    ("DINKES-AAAA", "Lentera Ibu", "DINKES", "kesehatan", _day(2, 3), "accepted", "nominasi", 2, "accepted", None),
    (
        "PKM-JANTI-BBBB",
        "Gerobak Sehat",
        "PKM-JANTI",
        "kesehatan",
        _day(2, 10),
        "accepted",
        "nominasi",
        3,
        "accepted",
        None,
    ),
    (
        "SMPN-10-CCCC",
        "Kelas Ceria",
        "SMPN-10",
        "pendidikan",
        _day(2, 10, 14),
        "superseded",
        None,
        4,
        "superseded",
        None,
    ),
    ("SMPN-10-CCCC", "Kelas Ceria", "SMPN-10", "pendidikan", _day(3, 1), "accepted", "nominasi", 5, "accepted", None),
    ("DINKES-DDDD", "Pojok ASI", "DINKES", "kesehatan", _day(3, 14), "accepted", "proposal", 6, "accepted", None),
    (
        "KEC-SUKUN-EEEE",
        "Sungai Bersih",
        "KEC-SUKUN",
        "pangan",
        _day(3, 16),
        "rejected",
        "pendaftaran",
        7,
        "rejected",
        None,
    ),
    ("X-FFFF", "Rumah Data", None, None, _day(3, 14, 20), "rejected", "pendaftaran", 8, "rejected", None),
    (
        "BAG-ORG-GGGG",
        "Arsip Pintar",
        "BAG-ORG",
        "tata_kelola",
        _day(3, 16, 8),
        "accepted",
        "administrasi",
        9,
        "rejected",
        "Perintah Sekretaris Daerah",
    ),
    (
        "DINKES-HHHH",
        "Posyandu Malam",
        "DINKES",
        "kesehatan",
        _day(3, 2),
        "withdrawn",
        "pendaftaran",
        10,
        "accepted",
        "Ditarik oleh pengusul",
    ),
]


def _submissions() -> pd.DataFrame:
    frame = _frame(
        "submission_id,title,agency_code,category,submitted_at,status,stage,row,ranked_status,reason", *_SUBMISSIONS
    )
    typed = frame["agency_code"].map(_NAMES).fillna("Kantor Data")
    return frame.assign(agency=typed, source=FORM)


_FINDINGS = _frame(
    "severity,rule,table,phase,source,row,submission_id,field,value,message",
    (
        "error",
        "late",
        "submissions",
        "pendaftaran",
        FORM,
        7,
        "KEC-SUKUN-EEEE",
        "submitted_at",
        "2022-03-16",
        "Masuk setelah penutupan → Mintalah keputusan",
    ),
    (
        "error",
        "missing_required",
        "submissions",
        "pendaftaran",
        FORM,
        8,
        "X-FFFF",
        "category",
        None,
        "Kategori kosong → Isilah kategori",
    ),
    (
        "error",
        "unknown_agency",
        "submissions",
        "pendaftaran",
        FORM,
        8,
        "X-FFFF",
        "agency",
        "Kantor Data",
        "Kantor Data tidak dikenal → Tambahkan ke agencies.csv",
    ),
    (
        "error",
        "late",
        "submissions",
        "pendaftaran",
        FORM,
        9,
        "BAG-ORG-GGGG",
        "submitted_at",
        "2022-03-16",
        "Masuk setelah penutupan → Mintalah keputusan",
    ),
    (
        "error",
        "incomplete_sheet",
        "marks",
        "proposal",
        "scores/proposal/nilai.xlsx#Juri 2",
        4,
        "DINKES-DDDD",
        "kebaruan",
        None,
        "Nilai Kebaruan kosong → Lengkapi lembar",
    ),
    (
        "warning",
        "overlap",
        "submissions",
        "pendaftaran",
        COPY,
        None,
        None,
        None,
        "3",
        "3 baris formulir.xlsx sama dengan formulir.csv → Tidak perlu tindakan",
    ),
    (
        "warning",
        "approximate_agency",
        "submissions",
        "pendaftaran",
        FORM,
        3,
        None,
        "agency",
        "Puskesmas Jantii",
        "Puskesmas Jantii dibaca Puskesmas Janti → Tambahkan sebagai alias",
    ),
    (
        "warning",
        "not_screened",
        "screening",
        "administrasi",
        None,
        None,
        "BAG-ORG-GGGG",
        None,
        None,
        "Belum diperiksa → Isi lembar pemeriksaan",
    ),
    (
        "warning",
        "too_few_judges",
        "marks",
        "proposal",
        None,
        None,
        "DINKES-DDDD",
        None,
        "1",
        "Baru 1 lembar → Mintalah lembar kedua",
    ),
)

_SCREENING = _frame(
    "phase,submission_id,unmet,note,ranked_outcome,outcome,reason",
    ("administrasi", "DINKES-AAAA", None, None, "passes", "passes", None),
    (
        "administrasi",
        "PKM-JANTI-BBBB",
        "surat",
        "Tanpa tanda tangan",
        "fails",
        "passes",
        "Surat menyusul dan sudah diterima",
    ),
    ("administrasi", "SMPN-10-CCCC", None, None, "passes", "passes", None),
    ("administrasi", "DINKES-DDDD", None, None, "passes", "passes", None),
    ("administrasi", "BAG-ORG-GGGG", None, None, "pending", "pending", None),
)

# Proposal: 60 x significance + 40 x novelty. Lentera Ibu and Gerobak Sehat tie at 80.00; significance breaks the tie.
_RANKINGS = _frame(
    "phase,category,rank,submission_id,title,agency_code,score,own_score,sheets,ranked_outcome,outcome,reason",
    (
        "proposal",
        "kesehatan",
        1,
        "PKM-JANTI-BBBB",
        "Gerobak Sehat",
        "PKM-JANTI",
        "80.00",
        "80.00",
        2,
        "advances",
        "advances",
        None,
    ),
    (
        "proposal",
        "kesehatan",
        2,
        "DINKES-AAAA",
        "Lentera Ibu",
        "DINKES",
        "80.00",
        "80.00",
        2,
        "advances",
        "advances",
        None,
    ),
    ("proposal", "kesehatan", 3, "DINKES-DDDD", "Pojok ASI", "DINKES", "70.00", "70.00", 1, "stays", "stays", None),
    (
        "proposal",
        "pendidikan",
        1,
        "SMPN-10-CCCC",
        "Kelas Ceria",
        "SMPN-10",
        "55.50",
        "55.50",
        2,
        "stays",
        "advances",
        "Satu-satunya wakil pendidikan",
    ),
    (
        "presentasi",
        "kesehatan",
        1,
        "DINKES-AAAA",
        "Lentera Ibu",
        "DINKES",
        "87.00",
        "90.00",
        1,
        "advances",
        "advances",
        None,
    ),
    (
        "presentasi",
        "kesehatan",
        1,
        "PKM-JANTI-BBBB",
        "Gerobak Sehat",
        "PKM-JANTI",
        "87.00",
        "90.00",
        1,
        "advances",
        "advances",
        None,
    ),
    (
        "presentasi",
        "pendidikan",
        None,
        "SMPN-10-CCCC",
        "Kelas Ceria",
        "SMPN-10",
        None,
        None,
        0,
        "undecided",
        "undecided",
        None,
    ),
)
_CRITERION_SCORES = _frame(
    "phase,submission_id,criterion,criterion_score",
    ("proposal", "DINKES-AAAA", "signifikansi", "80.00"), ("proposal", "DINKES-AAAA", "kebaruan", "80.00"),
    ("proposal", "PKM-JANTI-BBBB", "signifikansi", "90.00"), ("proposal", "PKM-JANTI-BBBB", "kebaruan", "65.00"),
    ("proposal", "DINKES-DDDD", "signifikansi", "70.00"), ("proposal", "DINKES-DDDD", "kebaruan", "70.00"),
    ("proposal", "SMPN-10-CCCC", "signifikansi", "57.50"), ("proposal", "SMPN-10-CCCC", "kebaruan", "52.50"),
    ("presentasi", "DINKES-AAAA", "paparan", "90.00"), ("presentasi", "PKM-JANTI-BBBB", "paparan", "90.00"),
)
_SHEETS = _frame(
    "phase,submission_id,judge,sheet_status,reason,sheet_score",
    ("proposal", "DINKES-AAAA", "Juri 1", "used", None, "80.00"),
    ("proposal", "DINKES-AAAA", "Juri 2", "used", None, "80.00"),
    ("proposal", "PKM-JANTI-BBBB", "Juri 1", "used", None, "80.00"),
    ("proposal", "PKM-JANTI-BBBB", "Juri 2", "used", None, "80.00"),
    ("proposal", "DINKES-DDDD", "Juri 1", "used", None, "70.00"),
    ("proposal", "DINKES-DDDD", "Juri 2", "left_out", "incomplete_sheet", None),
    ("proposal", "SMPN-10-CCCC", "Juri 1", "used", None, "55.00"),
    ("proposal", "SMPN-10-CCCC", "Juri 2", "used", None, "56.00"),
    ("presentasi", "DINKES-AAAA", "Juri 3", "used", None, "90.00"),
    ("presentasi", "PKM-JANTI-BBBB", "Juri 3", "used", None, "90.00"),
    ("presentasi", "SMPN-10-CCCC", "Juri 3", "missing", None, None),
)
_JUDGES = _frame(
    "phase,judge,sheets", ("proposal", "Juri 1", 4), ("proposal", "Juri 2", 3), ("presentasi", "Juri 3", 2)
)

_NOMINATIONS = _frame(
    "phase,level,place,submission_id,title,agency_code,category,score,ranked_outcome,outcome,reason",
    (
        "nominasi",
        "provinsi",
        1,
        "PKM-JANTI-BBBB",
        "Gerobak Sehat",
        "PKM-JANTI",
        "kesehatan",
        "87.00",
        "nominated",
        "nominated",
        None,
    ),
    (
        "nominasi",
        "provinsi",
        None,
        "DINKES-AAAA",
        "Lentera Ibu",
        "DINKES",
        "kesehatan",
        "87.00",
        "barred",
        "barred",
        None,
    ),
    (
        "nominasi",
        "provinsi",
        None,
        "SMPN-10-CCCC",
        "Kelas Ceria",
        "SMPN-10",
        "pendidikan",
        None,
        "undecided",
        "undecided",
        None,
    ),
    (
        "nominasi",
        "nasional",
        1,
        "DINKES-AAAA",
        "Lentera Ibu",
        "DINKES",
        "kesehatan",
        "87.00",
        "nominated",
        "reserve",
        "Diusulkan tahun depan",
    ),
    (
        "nominasi",
        "nasional",
        1,
        "PKM-JANTI-BBBB",
        "Gerobak Sehat",
        "PKM-JANTI",
        "kesehatan",
        "87.00",
        "nominated",
        "nominated",
        None,
    ),
    (
        "nominasi",
        "nasional",
        None,
        "SMPN-10-CCCC",
        "Kelas Ceria",
        "SMPN-10",
        "pendidikan",
        None,
        "undecided",
        "undecided",
        None,
    ),
)
_PLACEMENTS = _frame(
    "award_year,agency_code,award_title,level,award",
    (2019, "DINKES", "Lentera Ibu", "provinsi", "Top 45"), (2020, "DLH", "Bank Sampah", "nasional", "Top 25"),
)
_PRIOR = _frame(
    "phase,level,submission_id,match,award_year,award_title,award",
    ("nominasi", "provinsi", "DINKES-AAAA", "exact", 2019, "Lentera Ibu", "Top 45"),
)

_COMPLIANCE = _frame(
    "agency_code,agency,type,parent_code,obliged,received,accepted,screened,received_with_units,accepted_with_units,"
    "screened_with_units,status",
    ("SETDA", "Sekretariat Daerah", "sekretariat", None, True, 0, 0, 0, 1, 1, 0, "none"),
    ("BAG-ORG", "Bagian Organisasi", "bagian", "SETDA", True, 1, 1, 0, 1, 1, 0, "compliant"),
    ("DINKES", "Dinas Kesehatan", "dinas", None, True, 3, 2, 2, 4, 3, 3, "compliant"),
    ("DISDIK", "Dinas Pendidikan", "dinas", None, True, 0, 0, 0, 1, 1, 1, "none"),
    ("DLH", "Dinas Lingkungan Hidup", "dinas", None, True, 0, 0, 0, 0, 0, 0, "none"),
    ("KEC-SUKUN", "Kecamatan Sukun", "kecamatan", None, True, 1, 0, 0, 1, 0, 0, "rejected_only"),
    ("PKM-JANTI", "Puskesmas Janti", "puskesmas", "DINKES", False, 1, 1, 1, 1, 1, 1, "not_obliged"),
    ("SMPN-10", "SMP Negeri 10", "sekolah", "DISDIK", False, 1, 1, 1, 1, 1, 1, "not_obliged"),
)
_HISTORY = _frame(
    "year,received,accepted,agencies_obliged,agencies_compliant",
    (2021, 62, 46, 6, 3), (2022, 8, 5, 6, 2),
)
_EXPORTS = _frame(
    "source,export_name,export_sha256,table,phase,kind,heading_row,delivered",
    (FORM, FORM, "0" * 64, "submissions", "pendaftaran", "google", 1, 9),
    (COPY, COPY, "1" * 64, "submissions", "pendaftaran", "google", 1, 3),
)
_PHASES = _frame(
    "phase,kind,state,opens,closes,entered,delivered",
    ("pendaftaran", "registration", "closed", _day(2, 1, 0), datetime(2022, 3, 15, 23, 59, 59, tzinfo=ZONE), 8, 12),
    ("administrasi", "screening", "closed", None, datetime(2022, 3, 22, 23, 59, 59, tzinfo=ZONE), 5, 4),
    ("proposal", "judging", "closed", None, datetime(2022, 4, 10, 23, 59, 59, tzinfo=ZONE), 4, 8),
    ("presentasi", "judging", "closed", None, datetime(2022, 4, 24, 23, 59, 59, tzinfo=ZONE), 3, 2),
    ("nominasi", "nomination", "closed", None, datetime(2022, 4, 30, 23, 59, 59, tzinfo=ZONE), 3, 0),
)
_DECISIONS = _frame(
    "phase,submission_id,title,outcome,reason,level,applied",
    ("pendaftaran", "BAG-ORG-GGGG", "Arsip Pintar", "accepted", "Perintah Sekretaris Daerah", None, True),
    ("pendaftaran", "DINKES-HHHH", "Posyandu Malam", "withdrawn", "Ditarik oleh pengusul", None, True),
    ("administrasi", "PKM-JANTI-BBBB", "Gerobak Sehat", "passes", "Surat menyusul dan sudah diterima", None, True),
    ("proposal", "SMPN-10-CCCC", "Kelas Ceria", "advances", "Satu-satunya wakil pendidikan", None, True),
    ("nominasi", "DINKES-AAAA", "Lentera Ibu", "reserve", "Diusulkan tahun depan", "nasional", True),
)
_CORRECTIONS = _frame(
    "source,row,submission_id,field,expected,value,reason,corrected_by,corrected_on,applied",
    (
        FORM,
        3,
        "PKM-JANTI-BBBB",
        "title",
        "Grobak Sehat",
        "Gerobak Sehat",
        "Salah ketik",
        "Sekretariat",
        "2022-03-17",
        True,
    ),
)

TABLES = {
    "submissions": _submissions(), "findings": _FINDINGS, "screening": _SCREENING, "rankings": _RANKINGS,
    "criterion_scores": _CRITERION_SCORES, "sheets": _SHEETS, "judges": _JUDGES, "nominations": _NOMINATIONS,
    "placements": _PLACEMENTS, "prior_awards": _PRIOR, "compliance": _COMPLIANCE, "history": _HISTORY,
    "exports": _EXPORTS, "phases": _PHASES, "decisions": _DECISIONS, "corrections": _CORRECTIONS, "agencies": AGENCIES,
}


@pytest.fixture
def city() -> Callable[..., Results]:
    """The small city; `city(rules=..., rankings=...)` with other rules or other tables."""

    def make(rules: str = RULES, **tables: pd.DataFrame) -> Results:
        return Results.of(rules, TABLES | tables)

    return make


@pytest.fixture
def fresh(city: Callable[..., Results]) -> Results:
    """The same city on the first morning: rules and register, no export, every phase still to come."""
    phases = _PHASES.assign(state="not_begun", entered=0, delivered=0)
    empty = {name: frame.iloc[:0] for name, frame in TABLES.items() if name not in ("agencies", "phases", "compliance")}
    counts = [c for c in _COMPLIANCE.columns if c.startswith(("received", "accepted", "screened"))]
    status = _COMPLIANCE["obliged"].map({True: "none", False: "not_obliged"})
    nobody = _COMPLIANCE.assign(status=status, **dict.fromkeys(counts, 0))
    return city(**empty | {"phases": phases, "compliance": nobody})
