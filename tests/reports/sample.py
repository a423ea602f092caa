"""A small competition made up for the reports' tests: nine agencies, twelve submissions, every phase, every outcome."""

from typing import Any

import pandas as pd

from reports.edition import Edition, edition
from tasks.results import Results

RULES = """
name = "KIPP Kota Malang"
year = 2022
host = "Pemerintah Kota Malang"
unit = "Bagian Organisasi Sekretariat Daerah"
timezone = "Asia/Jakarta"
language = "id"
target = 100

[obligation]
minimum = 1
types = ["dinas", "kecamatan", "bagian"]

[[categories]]
code = "kesehatan"
name = { id = "Kesehatan", en = "Health" }
[[categories]]
code = "tata_kelola"
name = { id = "Tata Kelola Pemerintahan", en = "Governance" }
[[categories]]
code = "lingkungan"
name = { id = "Perlindungan dan Pelestarian Lingkungan Hidup", en = "Environment" }

[[phases]]
code = "pendaftaran"
name = { id = "Pendaftaran", en = "Registration" }
kind = "registration"
opens = 2022-02-01T00:00:00
closes = 2022-03-15T23:59:59
[[phases]]
code = "administrasi"
name = { id = "Seleksi administrasi", en = "Administrative check" }
kind = "screening"
closes = 2022-03-22T23:59:59
requirements = [
  { code = "surat_pernyataan", name = { id = "Surat pernyataan", en = "Statement" } },
  { code = "kesediaan", name = { id = "Kesediaan replikasi", en = "Willing to replicate" } },
]
[[phases]]
code = "proposal"
name = { id = "Penilaian proposal", en = "Proposal judging" }
kind = "judging"
closes = 2022-04-10T23:59:59
scale = [0, 100]
criteria = [
  { code = "kebaruan", weight = 40, name = { id = "Kebaruan", en = "Novelty" } },
  { code = "signifikansi", weight = 60, name = { id = "Signifikansi", en = "Significance" } },
]
tie_break = ["signifikansi"]
advance = { per_list = 2 }
[[phases]]
code = "nominasi"
name = { id = "Penetapan nominasi", en = "Nomination" }
kind = "nomination"
closes = 2022-04-30T23:59:59
levels = [{ code = "provinsi", quota = 2, name = { id = "Provinsi", en = "Province" } }]

[publication]
final = ["pendaftaran"]
letterhead = { lines = ["PEMERINTAH KOTA MALANG", "SEKRETARIAT DAERAH"], address = "Jl. Tugu No. 1 Malang" }
signatory = { title = "Kepala Bagian Organisasi" }
"""

_LONG_NAME = (
    "Dinas Sosial, Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana"
)
_AGENCIES = [  # code, name, type, parent, obliged
    ("DINKES", "Dinas Kesehatan", "dinas", None, True),
    ("PKM-JANTI", "Puskesmas Janti", "puskesmas", "DINKES", False),
    ("PKM-POLOWIJEN", "Puskesmas Polowijen", "puskesmas", "DINKES", False),
    ("DLH", "Dinas Lingkungan Hidup", "dinas", None, True),
    ("DISPENDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", "dinas", None, True),
    ("DINSOSP3AP2KB", _LONG_NAME, "dinas", None, True),
    ("DISHUB", "Dinas Perhubungan", "dinas", None, True),
    ("KEC-SUKUN", "Kecamatan Sukun", "kecamatan", None, True),
    ("KEL-BAKALANKRAJAN", "Kelurahan Bakalankrajan", "kelurahan", "KEC-SUKUN", False),
]
_SUBMISSIONS = [  # id, title, agency, category, day, status, stage
    ("DINKES-7K3Q", "Layanan Imunisasi Keliling Kampung", "DINKES", "kesehatan", "2022-02-08T09:12",
     "accepted", "nominasi"),
    ("DINKES-2MXP", "Antre Daring Puskesmas Satu Pintu", "DINKES", "tata_kelola", "2022-03-14T16:40",
     "accepted", "administrasi"),
    ("PKM-JANTI-9QW2", "Brigade Siaga Ibu Hamil", "PKM-JANTI", "kesehatan", "2022-02-19T13:05",
     "accepted", "nominasi"),
    ("PKM-JANTI-4RT8", "Pojok Gizi Balita", "PKM-JANTI", "kesehatan", "2022-03-01T08:30",
     "superseded", "pendaftaran"),
    ("PKM-POLOWIJEN-5HJ3", "Rumah Popok Ramah Lingkungan", "PKM-POLOWIJEN", "lingkungan", "2022-03-03T10:00",
     "accepted", "proposal"),
    ("DLH-8BN6", "Bank Sampah Sekolah Berjenjang", "DLH", "lingkungan", "2022-02-21T11:11",
     "accepted", "nominasi"),
    ("DLH-3VC7", "Peta Pohon Rawan Tumbang", "DLH", "lingkungan", "2022-03-15T23:58",
     "accepted", "proposal"),
    ("DISPENDUKCAPIL-6LK9", "Akta Kelahiran Selesai di Ruang Bersalin", "DISPENDUKCAPIL", "tata_kelola",
     "2022-02-28T14:20", "accepted", "nominasi"),
    ("DISPENDUKCAPIL-2ZX4", "Pindah Datang Tanpa Datang", "DISPENDUKCAPIL", "tata_kelola", "2022-03-10T09:45",
     "accepted", "proposal"),
    ("DINSOSP3AP2KB-8DF2", "Sahabat Lansia Sebatang Kara", "DINSOSP3AP2KB", None, "2022-03-16T00:04",
     "rejected", "pendaftaran"),
    ("KEL-BAKALANKRAJAN-3GH5", "Kolam Ikan di Atas Saluran", "KEL-BAKALANKRAJAN", "lingkungan", "2022-03-05T15:00",
     "accepted", "administrasi"),
    ("KEL-BAKALANKRAJAN-7YU1", "Kolam Ikan", "KEL-BAKALANKRAJAN", "lingkungan", "2022-03-06T15:00",
     "withdrawn", "pendaftaran"),
]
_FINDINGS = [  # severity, rule, submission, field, row, message
    ("error", "late", "DINSOSP3AP2KB-8DF2", "submitted_at", 11,
     "Pengajuan masuk 16 Maret 2022 pukul 00.04. → Mintalah perpanjangan melalui Bagian Organisasi."),
    ("error", "missing_required", "DINSOSP3AP2KB-8DF2", "category", 11,
     "Kategori kosong. → Isilah kategori pada formulir."),
    ("warning", "similar_title", "KEL-BAKALANKRAJAN-3GH5", "title", 12,
     "Judul mirip dengan “Kolam Ikan”. → Periksalah apakah keduanya inovasi yang sama."),
    ("warning", "unknown_column", None, "Catatan panitia", None,
     "Kolom “Catatan panitia” tidak dikenali. → Tambahkan pada [forms.submissions] bila diperlukan."),
]
_SCREENED = [  # submission, unmet, outcome
    ("DINKES-7K3Q", None, "passes"), ("DINKES-2MXP", "surat_pernyataan|kesediaan", "fails"),
    ("PKM-JANTI-9QW2", None, "passes"), ("PKM-POLOWIJEN-5HJ3", None, "passes"), ("DLH-8BN6", None, "passes"),
    ("DLH-3VC7", None, "passes"), ("DISPENDUKCAPIL-6LK9", None, "passes"), ("DISPENDUKCAPIL-2ZX4", None, "passes"),
    ("KEL-BAKALANKRAJAN-3GH5", None, "pending"),
]
_RANKED = [  # submission, category, rank, score, sheets, outcome, marks of two judges on two criteria
    ("DINKES-7K3Q", "kesehatan", 1, "87.50", 2, "advances", ((88, 86), (90, 86))),
    ("PKM-JANTI-9QW2", "kesehatan", 2, "84.25", 2, "advances", ((84, 85), (83, 84.75))),
    ("DISPENDUKCAPIL-6LK9", "tata_kelola", 1, "91.00", 2, "advances", ((90, 92), (91, 91))),
    ("DISPENDUKCAPIL-2ZX4", "tata_kelola", 2, "79.10", 1, "advances", ((80, 78.5), None)),
    ("DLH-8BN6", "lingkungan", 1, "82.00", 2, "advances", ((80, 84), (82, 81.33))),
    ("DLH-3VC7", "lingkungan", 2, "80.00", 2, "undecided", ((80, 80), (80, 80))),
    ("PKM-POLOWIJEN-5HJ3", "lingkungan", 2, "80.00", 2, "undecided", ((80, 80), (80, 80))),
]


def results(rules: str = RULES, **tables: pd.DataFrame) -> Results:
    """The sample's Results; `tables` replace its own."""
    return Results.of(rules, _tables() | tables)


def office(rules: str = RULES) -> Edition:
    """The sample's edition."""
    return edition(results(rules).competition)


def _frame(names: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=names.split(","))


def _tables() -> dict[str, pd.DataFrame]:
    names = {code: name for code, name, *_ in _AGENCIES}
    submissions = _frame("submission_id,title,agency_code,category,submitted_at,status,stage", _SUBMISSIONS).assign(
        agency=lambda f: f["agency_code"].map(names), source="submissions/form.csv", row=range(2, 14),
        submitted_at=lambda f: pd.to_datetime(f["submitted_at"]).dt.tz_localize("Asia/Jakarta"),
        ranked_status=lambda f: f["status"].replace("withdrawn", "accepted"),
        reason=lambda f: f["status"].map({"withdrawn": "Surat penarikan 12 Maret 2022"}),
    )
    findings = _frame("severity,rule,submission_id,field,row,message", _FINDINGS).assign(
        table="submissions", source="submissions/form.csv", phase="pendaftaran"
    )
    screening = _frame("submission_id,unmet,outcome", _SCREENED).assign(
        phase="administrasi", ranked_outcome=lambda f: f["outcome"]
    )
    return {
        "submissions": submissions, "findings": findings, "screening": screening, "rankings": _rankings(submissions),
        "marks": _marks(), "criterion_scores": _criterion_scores(), "sheets": _sheets(),
        "compliance": _compliance(submissions, screening), "agencies": _register(), "phases": _phases(),
        "exports": _exports(), "validation": _validation(), "history": _history(),
        "nominations": _nominations(submissions),
    }


def _rankings(submissions: pd.DataFrame) -> pd.DataFrame:
    ranked = _frame("submission_id,category,rank,score,sheets,outcome,_marks", _RANKED)
    shown = submissions[["submission_id", "title", "agency_code"]]
    return ranked.merge(shown, on="submission_id", validate="1:1").assign(
        phase="proposal", own_score=lambda f: f["score"], ranked_outcome=lambda f: f["outcome"]
    )


def _each_mark() -> list[tuple[str, str, str, str]]:
    return [
        (submission, f"Juri {j}", criterion, str(mark))
        for submission, *_, sheets in _RANKED
        for j, sheet in enumerate(sheets, start=1) if sheet
        for criterion, mark in zip(("kebaruan", "signifikansi"), sheet, strict=True)
    ]


def _marks() -> pd.DataFrame:
    return _frame("submission_id,judge,criterion,mark", _each_mark()).assign(phase="proposal", used=True)


def _criterion_scores() -> pd.DataFrame:
    marks = _marks().assign(mark=lambda f: f["mark"].astype(float))
    mean = marks.groupby(["phase", "submission_id", "criterion"], as_index=False, sort=False)["mark"].mean()
    return mean.assign(criterion_score=mean["mark"].map("{:.2f}".format))


def _sheets() -> pd.DataFrame:
    rows = [
        (submission, f"Juri {j}", "used" if sheet else "missing")
        for submission, *_, sheets in _RANKED for j, sheet in enumerate(sheets, start=1)
    ]
    return _frame("submission_id,judge,sheet_status", rows).assign(phase="proposal")


def _compliance(submissions: pd.DataFrame, screening: pd.DataFrame) -> pd.DataFrame:
    body = _frame("agency_code,agency,type,parent_code,obliged", _AGENCIES)
    counted = submissions[submissions["status"] != "superseded"]
    passed = screening.loc[screening["outcome"] == "passes", "submission_id"]
    own = {
        "received": counted["agency_code"].value_counts(),
        "accepted": counted.loc[counted["status"] == "accepted", "agency_code"].value_counts(),
        "screened": counted.loc[counted["submission_id"].isin(passed), "agency_code"].value_counts(),
    }
    for name, counts in own.items():
        body[name] = body["agency_code"].map(counts).fillna(0).astype(int)
        below = body.groupby("parent_code")[name].sum()
        body[f"{name}_with_units"] = body[name] + body["agency_code"].map(below).fillna(0).astype(int)
    body["status"] = "not_obliged"
    body.loc[body["obliged"], "status"] = "none"
    body.loc[body["obliged"] & (body["received"] > 0), "status"] = "rejected_only"
    body.loc[body["obliged"] & (body["accepted"] > 0), "status"] = "compliant"
    return body


def _register() -> pd.DataFrame:
    return _frame("agency_code,agency,type,parent_code,obliged", _AGENCIES).assign(short_name=lambda f: f["agency"])


def _phases() -> pd.DataFrame:
    rows = [
        ("pendaftaran", "registration", "closed", "2022-02-01T00:00:00", "2022-03-15T23:59:59", 11, 12),
        ("administrasi", "screening", "closed", None, "2022-03-22T23:59:59", 9, 9),
        ("proposal", "judging", "open", None, "2022-04-10T23:59:59", 7, 13),
        ("nominasi", "nomination", "not_begun", None, "2022-04-30T23:59:59", 0, 0),
    ]
    frame = _frame("phase,kind,state,opens,closes,entered,delivered", rows)
    zoned = {n: pd.to_datetime(frame[n]).dt.tz_localize("Asia/Jakarta") for n in ("opens", "closes")}
    return frame.assign(**zoned)


def _exports() -> pd.DataFrame:
    panel = "scores/proposal/panel.xlsx"
    rows = [
        ("submissions/form.csv", "submissions/form.csv", "ab" * 32, "submissions", None, "google_forms", 1, 12),
        (f"{panel}#Juri 1", panel, "cd" * 32, "marks", "proposal", "plain", 1, 7),
        (f"{panel}#Juri 2", panel, "cd" * 32, "marks", "proposal", "plain", 1, 6),
    ]
    return _frame("source,export_name,export_sha256,table,phase,kind,heading_row,delivered", rows)


def _validation() -> pd.DataFrame:
    rows = [
        ("missing_required", "submissions", "pendaftaran", "title", 12, 0, "passed"),
        ("missing_required", "submissions", "pendaftaran", "category", 12, 1, "failed"),
        ("late", "submissions", "pendaftaran", "submitted_at", 12, 1, "failed"),
        ("too_long", "submissions", "pendaftaran", "summary", 0, 0, "unchecked"),
        ("mark_off_scale", "marks", "proposal", "mark", 26, 0, "passed"),
    ]
    return _frame("rule,table,phase,field,checked,failed,check_state", rows)


def _history() -> pd.DataFrame:
    rows = [(2021, 62, 46, 28, 19), (2022, 11, 9, 6, 3)]
    return _frame("year,received,accepted,agencies_obliged,agencies_compliant", rows)


def _nominations(submissions: pd.DataFrame) -> pd.DataFrame:
    rows = [
        ("DISPENDUKCAPIL-6LK9", 1, "91.00", "nominated"), ("DINKES-7K3Q", 2, "87.50", "nominated"),
        ("PKM-JANTI-9QW2", 3, "84.25", "reserve"), ("DLH-8BN6", None, "82.00", "barred"),
    ]
    shown = submissions[["submission_id", "title", "agency_code", "category"]]
    return _frame("submission_id,place,score,outcome", rows).merge(shown, on="submission_id", validate="1:1").assign(
        phase="nominasi", level="provinsi", ranked_outcome=lambda f: f["outcome"]
    )
