"""A table written in any supported form and encoding reads back the same: each service's headings,
every container, encoding, separator and line end, and dates in every way they are written
(interface.md section 3).
"""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tasks.intake import submissions
from tests.small.exports import csv_bytes, raw, xlsx_bytes
from tests.small.rules import INTAKE_RULES

Table = list[list[Any]]
Moment = dt.datetime | dt.date
MONTHS = [
    ("Januari", "Jan"),
    ("Pebruari", "Feb"),
    ("Maret", "Mar"),
    ("April", "Apr"),
    ("Mei", "Mei"),
    ("Juni", "Jun"),
    ("Juli", "Jul"),
    ("Agustus", "Agt"),
    ("September", "Sept"),
    ("Oktober", "Okt"),
    ("Nopember", "Nov"),
    ("Desember", "Des"),
]

# --- what was answered
# -----------------------------------------------------------------------------------------------

LETTERS = "abcxyzABCXYZ0123456789 éÀüñ,;\t\"'()&/.:-?!%+\n"
TEXT = st.text(LETTERS, min_size=1, max_size=24).map(lambda text: f"t{text}z")
MOMENT = st.datetimes(
    dt.datetime.fromisoformat("2022-02-01"), dt.datetime.fromisoformat("2022-03-15")
).map(lambda moment: moment.replace(microsecond=0))
DAY = st.dates(dt.date(2001, 1, 1), dt.date(2022, 3, 1))
ANSWER = st.fixed_dictionaries(
    {
        "title": TEXT,
        "agency": TEXT,
        "category": st.sampled_from(["Kesehatan", "Health", "kesehatan"]),
        "started_on": st.none() | DAY,
        "summary": st.none() | TEXT,
        "submitted_at": MOMENT,
    }
)
ANSWERS = st.lists(
    ANSWER, min_size=1, max_size=6
).map(  # in order of arrival: what settles a column's dates
    lambda answers: sorted(answers, key=lambda answer: answer["submitted_at"])
)

# --- how a service lays it out
# ---------------------------------------------------------------------------------------

Layout = Callable[[int, dict[str, Any], Callable[[Moment], Any]], list[Any]]
LAST = ["title", "agency", "category", "started_on", "summary"]


def _answers(answer: dict[str, Any], show: Callable[[Moment], Any]) -> list[Any]:
    shown = answer | {"started_on": answer["started_on"] and show(answer["started_on"])}
    return ["" if shown[name] is None else shown[name] for name in LAST]


def _google(number: int, answer: dict[str, Any], show: Callable[[Moment], Any]) -> list[Any]:
    return [show(answer["submitted_at"]), *_answers(answer, show)]


def _microsoft(number: int, answer: dict[str, Any], show: Callable[[Moment], Any]) -> list[Any]:
    sent = show(answer["submitted_at"])
    return [number, sent, sent, "anonymous", "", *_answers(answer, show)]


def _kobo(number: int, answer: dict[str, Any], show: Callable[[Moment], Any]) -> list[Any]:
    utc = answer["submitted_at"] - dt.timedelta(hours=7)
    return [*_answers(answer, show), number, f"uuid-{number}", f"{utc:%Y-%m-%dT%H:%M:%S}", number]


def _limesurvey(number: int, answer: dict[str, Any], show: Callable[[Moment], Any]) -> list[Any]:
    return [number, show(answer["submitted_at"]), 3, "id", 9, *_answers(answer, show)]


LAYOUTS: dict[str, tuple[list[str], Layout]] = {
    "google": (
        ["Timestamp", "Judul Inovasi", "Instansi", "Kategori", "Tanggal Mulai", "Ringkasan"],
        _google,
    ),
    "plain": (
        [
            "Waktu kirim",
            "1. Judul",
            "2. Perangkat Daerah",
            "3. Kategori",
            "4. Tanggal mulai",
            "5. Ringkasan",
        ],
        _google,
    ),
    "microsoft": (
        [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "Apa judul inovasi yang diusulkan?",
            "Instansi",
            "Kategori\nInovasi",
            "Tanggal Inovasi Dimulai",
            "Ringkasan",
        ],
        _microsoft,
    ),
    "kobo": (
        [
            "i/judul",
            "i/instansi",
            "i/kategori",
            "i/tanggal_mulai",
            "i/ringkasan",
            "_id",
            "_uuid",
            "_submission_time",
            "_index",
        ],
        _kobo,
    ),
    "limesurvey": (
        [
            "id",
            "submitdate",
            "lastpage",
            "startlanguage",
            "seed",
            "G1Q1. Judul inovasi",
            "G1Q2. Instansi",
            "G1Q3. Kategori",
            "G1Q4. Tanggal mulai",
            "G1Q5. Ringkasan",
        ],
        _limesurvey,
    ),
}

# --- how dates are written
# -------------------------------------------------------------------------------------------


def _timed(day: str, moment: Moment, clock: str) -> str:
    return f"{day}{clock}" if isinstance(moment, dt.datetime) else day


def _serial(moment: Moment) -> str:
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    days = (day - dt.date(1899, 12, 30)).days
    if not isinstance(moment, dt.datetime):
        return str(days)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return f"{days + seconds / 86_400:.10f}".replace(".", ",")


WRITTEN: dict[str, Callable[[Moment], str]] = {
    "iso": lambda m: _timed(f"{m:%Y-%m-%d}", m, f" {m:%H:%M:%S}"),
    "iso with an offset": lambda m: _timed(f"{m:%Y-%m-%d}", m, f"T{m:%H:%M:%S}+07:00"),
    "in words": lambda m: _timed(
        f"{m.day} {MONTHS[m.month - 1][0]} {m.year}", m, f" pukul {m:%H.%M.%S}"
    ),
    "short words": lambda m: _timed(
        f"{m.day}-{MONTHS[m.month - 1][1]}-{m.year}", m, f" {m:%I:%M:%S %p}"
    ),
    "a weekday": lambda m: _timed(
        f"Rabu, {m.day} {MONTHS[m.month - 1][0].upper()} {m.year}", m, f", {m:%H.%M.%S} WIB"
    ),
    "slashes": lambda m: _timed(f"{m:%d/%m/%Y}", m, f" {m:%H:%M:%S}"),
    "dots, two digits": lambda m: _timed(f"{m.day}.{m.month}.{m:%y}", m, f" {m:%H.%M.%S}"),
    "Google in another zone": lambda m: _timed(f"{m:%Y/%m/%d}", m, f" {m:%I:%M:%S %p} GMT+7"),
    "serials": _serial,
}
NEEDS_DAY_FIRST = (
    "slashes",
    "dots, two digits",
)  # a column that says nothing by itself is settled by [forms].dates
DAY_FIRST = INTAKE_RULES.model_copy(
    update={"forms": INTAKE_RULES.forms.model_copy(update={"dates": "dmy"})}
)


# --- what file it comes in
# -------------------------------------------------------------------------------------------


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><m:manifest '
    'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<m:file-entry m:full-path="/" '
    'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>'
)


def _ods(rows: Table) -> bytes:
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    names = [
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    ]
    xmlns = " ".join(names)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {xmlns} '
        f'office:version="1.2"><office:body>'
        f"<office:spreadsheet><table:table "
        f'table:name="Jawaban">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", MANIFEST)
        parts.writestr("content.xml", content)
    return made.getvalue()


def _ods_cell(value: Any) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, dt.date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        )
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """OpenDocument writes spaces as elements where they would fall together."""
    return escape(line).replace("  ", " <text:s/>")


def _delimited(separator: str, encoding: str, end: str) -> Callable[[Table], bytes]:
    return lambda rows: csv_bytes(rows, separator, encoding, end)


TEXT_FILES = st.builds(
    _delimited,
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\r\n", "\n"]),
)
BOOKS: list[Callable[[Table], bytes]] = [lambda rows: xlsx_bytes({"Form Responses 1": rows}), _ods]
FILES = st.one_of(
    st.tuples(TEXT_FILES, st.sampled_from(sorted(WRITTEN))),
    st.tuples(st.sampled_from(BOOKS), st.sampled_from([*sorted(WRITTEN), "own"])),
)


def _table(kind: str, answers: Sequence[dict[str, Any]], written: str) -> Table:
    headings, layout = LAYOUTS[kind]
    show = WRITTEN.get(written, lambda moment: moment)
    return [
        headings,
        *(layout(number, answer, show) for number, answer in enumerate(answers, start=1)),
    ]


def _read(content: bytes, written: str) -> tuple[list[tuple[Any, ...]], list[str], list[str]]:
    """The typed rows, their hashes, and the rules of what was found."""
    rules = DAY_FIRST if written in NEEDS_DAY_FIRST else INTAKE_RULES
    delivery = submissions.read_submissions([raw("submissions/a", content)], rules)
    step = submissions.type_submissions(delivery.rows, rules)
    frame, found = step.frame, step.findings
    names = ["row", "kind", "response_id", "submitted_at", *LAST]
    plain = frame[names].astype("object").where(frame[names].notna(), None)
    return (
        list(map(tuple, plain.to_numpy())),
        frame["cells"].tolist(),
        [*delivery.findings["rule"], *found["rule"]],
    )


def _expected(kind: str, answers: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    numbered = kind not in ("google", "plain")
    return [
        (
            row,
            kind,
            str(row - 1) if numbered else None,
            f"{answer['submitted_at']:%Y-%m-%d %H:%M:%S}+0700",
            " ".join(answer["title"].split()),
            _stripped(answer["agency"]),
            answer["category"],
            answer["started_on"] and answer["started_on"].isoformat(),
            None if answer["summary"] is None else _stripped(answer["summary"]),
        )
        for row, answer in enumerate(answers, start=2)
    ]


def _stripped(text: str) -> str:
    return text.strip()


@settings(max_examples=60)
@given(st.sampled_from(sorted(LAYOUTS)), ANSWERS, FILES)
def test_a_table_in_any_form_and_encoding_reads_back_the_same(
    kind: str, answers: list[dict[str, Any]], file: tuple[Callable[[Table], bytes], str]
) -> None:
    write, written = file
    assume(
        write is not _ods or "\t" not in str(answers).replace("\\t", "\t")
    )  # calamine leaves out an ODS's tabs

    rows, cells, found = _read(write(_table(kind, answers, written)), written)

    assert [(*row[:3], f"{row[3]:%Y-%m-%d %H:%M:%S%z}", *row[4:]) for row in rows] == _expected(
        kind, answers
    )
    assert found == []
    assert cells == _read(csv_bytes(_table(kind, answers, "iso")), "iso")[1]
