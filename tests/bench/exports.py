"""An inbox of 5,000 submissions over 12 exports of all kinds, and the province's workbooks: the
same bytes every time.

Agencies are typed as people type them: by name, short name and alias, now and then with a letter
wrong, or unknown.
"""

import csv
import datetime as dt
import io
import random
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.bench.old_workbook import xls

EXAMPLE = Path(__file__).parents[2] / "examples" / "malang-2022"
SUBMISSIONS, WORKBOOKS = 5_000, 8  # of the 5,000, eight come as the province's workbook
OPENS = dt.datetime(2022, 2, 1, 7)  # noqa: DTZ001  # as a form's clock shows it
CATEGORIES = (
    "Kemiskinan",
    "Pendidikan",
    "Bidang Kesehatan",
    "Pangan",
    "Lingkungan Hidup",
    "Tata Kelola",
)
GROUPS = ("Umum", "Replikasi")
QUESTIONS = (
    "Judul Inovasi",
    "Perangkat Daerah",
    "Kategori Inovasi",
    "Kelompok Inovasi",
    "Tanggal Mulai Implementasi",
    "Ringkasan",
    "Latar Belakang",
    "Kebaruan",
    "Implementasi Inovasi",
    "Signifikansi",
    "Adaptabilitas",
    "Sumber Daya",
    "Strategi Keberlanjutan",
    "Kontribusi SDGs",
    "Inovator",
    "Nama Narahubung",
    "Email Narahubung",
    "No. Telepon",
    "Tautan Video",
    "Dokumen Pendukung",
)
SYLLABLES = (
    "ba",
    "ku",
    "lan",
    "me",
    "ri",
    "sa",
    "to",
    "wi",
    "na",
    "gi",
    "par",
    "den",
    "lu",
    "ka",
    "mo",
    "si",
)
Row = list[Any]
Rows = list[Row]


def competition(folder: Path, submissions: int = SUBMISSIONS) -> Path:
    """A competition's folder with the example's rules and register, and these exports in its
    inbox.
    """
    inbox = folder / "inbox" / "submissions"
    inbox.mkdir(parents=True)
    for name in ("competition.toml", "agencies.csv", "logo.svg"):
        shutil.copyfile(EXAMPLE / name, folder / name)
    for name, content in files(submissions).items():
        (inbox / name).write_bytes(content)
    return folder


def files(submissions: int = SUBMISSIONS) -> dict[str, bytes]:
    """The exports by file name: twelve of forms and tables, and the province's workbooks."""
    chance = random.Random(2022)
    answered = _answers(chance, submissions)
    share = -(-(submissions - WORKBOOKS) // len(EXPORTS))
    made = {
        name: make(answered[start : start + share])
        for (name, make), start in zip(
            EXPORTS.items(), range(WORKBOOKS, submissions, share), strict=False
        )
    }
    return made | {
        f"Proposal {n}.xlsx": _province(row) for n, row in enumerate(answered[:WORKBOOKS], 1)
    }


def _answers(chance: random.Random, submissions: int) -> Rows:
    """The answers in order of arrival: when it was sent, then those to QUESTIONS."""
    register = list(
        csv.DictReader((EXAMPLE / "agencies.csv").read_text(encoding="utf-8-sig").splitlines())
    )
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(3_000)]
    moments = sorted(
        OPENS + dt.timedelta(seconds=chance.randrange(40 * 86_400)) for _ in range(submissions)
    )
    return [[moment, *_answer(chance, words, register)] for moment in moments]


def _answer(chance: random.Random, words: Sequence[str], register: Sequence[dict[str, str]]) -> Row:
    def text(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, most))).capitalize() + "."

    begun = dt.date(2019, 1, 1) + dt.timedelta(days=chance.randrange(400))
    narratives = [text(20, 30) if chance.random() < 0.98 else "" for _ in range(8)]
    if chance.random() < 0.2:
        narratives[1] = (
            f"{narratives[1]}\n\n{text(10, 15)} – “{text(3, 6)}” {chance.randint(10, 99)},5%"
        )
    phone = f"+62 341 {chance.randrange(10**6):06d}"
    return [
        " ".join(chance.choices(words, k=chance.randint(3, 5))).title(),
        _typed(chance, register),
        chance.choice(CATEGORIES),
        chance.choice(GROUPS),
        begun,
        *narratives,
        "3, 10",
        text(2, 4),
        "Narahubung",
        "kantor@example.org",
        phone,
        "https://example.org/video",
        "https://example.org/berkas",
    ]


def _typed(chance: random.Random, register: Sequence[dict[str, str]]) -> str:
    """An agency as people type it."""
    one, how = chance.choice(register), chance.random()
    if how < 0.80:
        return one["name"]
    if how < 0.95:
        return chance.choice(
            [one["short_name"] or one["name"], *filter(None, one["aliases"].split("|")[:1])]
        )
    if how < 0.99:
        at = chance.randrange(3, len(one["name"]))
        return one["name"][:at] + one["name"][at + 1 :]
    return "Instansi Lain " + chance.choice(SYLLABLES)


# --- the forms of files
# ----------------------------------------------------------------------------------------------


def _csv(rows: Rows, separator: str = ",", encoding: str = "utf-8", **form: Any) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator="\r\n", **form).writerows(rows)
    return written.getvalue().encode(encoding, "replace")


def _xlsx(rows: Rows, name: str = "Sheet1") -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"default_date_format": "dd/mm/yyyy hh:mm:ss", "strings_to_urls": False}
    )
    book.set_properties({"created": OPENS})
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, ["" if value is None else value for value in row])
    book.close()
    return content.getvalue()


def _ods(rows: Rows) -> bytes:
    spaces = "urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"
    named = " ".join(
        f'xmlns:{name}="{spaces.format(name)}"' for name in ("office", "table", "text")
    )
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    table = (
        f"<office:spreadsheet><table:table "
        f'table:name="Rekap">{lines}</table:table></office:spreadsheet>'
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content "
        f"{named}><office:body>{table}</office:body></office:document-content>",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{spaces.format("manifest")}"/>',
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(zipfile.ZipInfo(name, (2022, 3, 16, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _ods_cell(value: Any) -> str:
    if isinstance(value, dt.date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    filled = f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    return filled if value else "<table:table-cell/>"


# --- the services
# --------------------------------------------------------------------------------------------------


def _texts(row: Row, moment: str = "%d/%m/%Y %H:%M:%S", day: str = "%d/%m/%Y") -> Row:
    """The row as a service writes it into a text file."""
    return [
        f"{row[0]:{moment}}",
        *(f"{value:{day}}" if isinstance(value, dt.date) else value for value in row[1:]),
    ]


def _google(rows: Rows, write: Callable[[Rows], bytes], as_text: bool) -> bytes:
    return write([["Timestamp", *QUESTIONS], *(_texts(row) if as_text else row for row in rows)])


def _microsoft(rows: Rows) -> bytes:
    head = ["ID", "Waktu mulai", "Waktu penyelesaian", "Email", "Nama"]
    body = [[n, row[0], row[0], "anonymous", "", *row[1:]] for n, row in enumerate(rows, 1)]
    return _xlsx([[*head, *QUESTIONS], *body])


def _kobo(rows: Rows, write: Callable[[Rows], bytes], as_text: bool) -> bytes:
    tail = ["__version__", "_id", "_uuid", "_submission_time", "_status", "_index"]
    body = []
    for n, row in enumerate(rows, 1):
        sent = row[0] - dt.timedelta(hours=7)  # Kobo writes UTC
        answers = _texts(row, day="%Y-%m-%d")[1:] if as_text else row[1:]
        start = f"{row[0]:%Y-%m-%dT%H:%M:%S.000+07:00}"
        body.append(
            [
                start,
                start,
                *answers,
                "v1",
                n,
                f"uuid-{n}",
                f"{sent:%Y-%m-%dT%H:%M:%S}",
                "submitted_via_web",
                n,
            ]
        )
    return write(
        [["start", "end", *(f"inovasi/{question}" for question in QUESTIONS), *tail], *body]
    )


def _limesurvey(rows: Rows, write: Callable[[Rows], bytes]) -> bytes:
    head = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    body = [
        [n, f"{row[0]:%Y-%m-%d %H:%M:%S}", 3, "id", n, *_texts(row, day="%Y-%m-%d 00:00:00")[1:]]
        for n, row in enumerate(rows, 1)
    ]
    return write([[*head, *QUESTIONS], *body])


def _odk(rows: Rows) -> bytes:
    head = [
        "SubmissionDate",
        *(f"inovasi-{question}" for question in QUESTIONS),
        "meta-instanceID",
        "KEY",
    ]
    body = []
    for n, row in enumerate(rows):
        sent = row[0] - dt.timedelta(hours=7)  # ODK writes UTC
        body.append(
            [f"{sent:%Y-%m-%dT%H:%M:%S.123Z}", *_texts(row, day="%Y-%m-%d")[1:], *[f"uuid:{n}"] * 2]
        )
    return _csv([head, *body])


def _plain(rows: Rows, write: Callable[[Rows], bytes], as_text: bool) -> bytes:
    head = ["No", "Dikirim pada", *QUESTIONS]
    return write(
        [head, *([n, *(_texts(row) if as_text else row)] for n, row in enumerate(rows, 1))]
    )


def _old(rows: Rows) -> bytes:
    return xls("Rekap", [[_moment(value) for value in row] for row in rows])


def _moment(value: Any) -> Any:
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return dt.datetime.combine(value, dt.time()) if is_day else value


def _province(row: Row) -> bytes:
    return _xlsx(
        [["Data", "Deskripsi"], *map(list, zip(QUESTIONS, _texts(row)[1:], strict=True))],
        "Worksheet",
    )


EXPORTS: dict[str, Callable[[Rows], bytes]] = {
    "01 Google Forms.csv": lambda rows: _google(rows, _csv, True),
    "02 Google Forms.xlsx": lambda rows: _google(
        rows, lambda all_: _xlsx(all_, "Form Responses 1"), False
    ),
    "03 Microsoft Forms.xlsx": _microsoft,
    "04 Kobo.csv": lambda rows: _kobo(
        rows, lambda all_: _csv(all_, ";", quoting=csv.QUOTE_ALL), True
    ),
    "05 Kobo.xlsx": lambda rows: _kobo(rows, _xlsx, False),
    "06 LimeSurvey.csv": lambda rows: _limesurvey(
        rows, lambda all_: _csv(all_, quoting=csv.QUOTE_ALL)
    ),
    "07 LimeSurvey.xlsx": lambda rows: _limesurvey(rows, _xlsx),
    "08 ODK.csv": _odk,
    "09 Rekap.xls": lambda rows: _plain(rows, _old, False),
    "10 Rekap.ods": lambda rows: _plain(rows, _ods, False),
    "11 Unicode.txt": lambda rows: _plain(rows, lambda all_: _csv(all_, "\t", "utf-16"), True),
    "12 Rekap Excel.csv": lambda rows: _plain(rows, lambda all_: _csv(all_, ";", "cp1252"), True),
}
