"""What the sheets of judges and of the administrative check have in common: a row per submission,
a column per criterion or requirement.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings
from tasks.intake.cells.dates import TypedDates, type_times
from tasks.intake.cells.heading_keys import COUNTER_HEADINGS, heading_key
from tasks.intake.delivery import (
    Delivery,
    ExportTable,
    InboxPlace,
    exports_frame,
    headings_frame,
)
from tasks.intake.given_fields import columns_by_field, fields_by_position, first_filled_cells
from tasks.intake.heading_findings import (
    double_claim_findings,
    missing_field_findings,
    unknown_column_findings,
)
from tasks.intake.services import registry
from tasks.intake.tables import vocabulary
from tasks.intake.tables.headings import NEAR, WITHIN, HeadingNames, build_heading_names
from tasks.intake.tables.table import DeliveredTable
from tasks.rules.competition import Competition

_LETTER = re.compile(r"[^\W\d_]")
_ROW_FIELDS = ("submission", "title", "judge", "submitted_at", "note")
_WORDS_WITHIN = {
    "submission": (
        "nomor registrasi",
        "id inovasi",
        "kode inovasi",
        "id proposal",
        "submission id",
    ),
    "title": ("judul", "judul inovasi", "nama inovasi", "title"),
    "judge": ("nama juri", "juri", "penilai", "nama penilai", "judge", "juror"),
    "note": ("catatan", "komentar", "comment", "saran"),
}
# A heading with one of these and the name of a criterion sums up the marks of others.
_SUMMING_WORDS = ("average", "mean", "rata rata", "rerata", "total", "jumlah")


@dataclass(frozen=True)
class SheetItems:
    """What the columns of a sheet are about: criteria of a judging phase, or requirements of a
    screening phase.

    `column` is the column of the rows with the code of the item: criterion or requirement.
    """

    place: InboxPlace
    column: str
    codes: tuple[str, ...]


def sheet_heading_names(
    items: Mapping[str, Sequence[str]], settings: Mapping[str, str]
) -> HeadingNames:
    """The names of the columns of a sheet: the common ones, and the codes and names of its items.

    `items`: names by code. `settings`: those of competition.toml.
    """
    words_by_code = {code: (code, *words) for code, words in items.items()}
    timestamps = (*vocabulary.SHEET_COLUMNS["submitted_at"], *registry.TIMESTAMP_HEADINGS)
    whole = vocabulary.SHEET_COLUMNS | {"submitted_at": timestamps} | words_by_code
    keys = {heading_key(word) for words in words_by_code.values() for word in words}
    common = (*vocabulary.SHEET_FURNITURE, *COUNTER_HEADINGS)
    furniture = [word for word in common if heading_key(word) not in keys]
    summing = [
        word for word in _SUMMING_WORDS if not any(f" {word} " in f" {key} " for key in keys)
    ]
    within = _WORDS_WITHIN | words_by_code
    return build_heading_names(whole, within, furniture, summing, settings=settings)


def has_submissions(table: DeliveredTable) -> bool:
    """Whether a column says which submission a row is of.

    A column that only has a word for a title in its heading, over cells without a letter, asks for
    a mark ("Is the title representative?").
    """
    given = columns_by_field(table)
    if "submission" in given:
        return True
    titles = given.get("title", [])
    if any(column.claim.strength not in (WITHIN, NEAR) for column in titles):
        return True
    return bool(first_filled_cells(table.body, titles).str.contains(_LETTER, na=False).any())


def item_rows(table: DeliveredTable, items: SheetItems) -> pd.DataFrame:
    """One row per delivered row and item: phase, source, row, submission, title, judge,
    submitted_at, note, the code of the item, text.

    Rows that name no submission and answer nothing are what people write under a table. They are
    left out.
    """
    given = columns_by_field(table)
    body = table.body
    columns = {field: first_filled_cells(body, given.get(field, [])) for field in _ROW_FIELDS}
    texts = {code: first_filled_cells(body, given.get(code, [])) for code in items.codes}
    rows = pd.DataFrame(columns, index=body.index)
    rows = rows.assign(phase=items.place.phase, source=table.source, row=body.index)
    rows["submission"] = rows["submission"].fillna(rows["title"])
    if "judge" not in given:
        for field in _SENDER_FIELDS:
            sender = first_filled_cells(body, given.get(field, []))
            rows["judge"] = rows["judge"].fillna(sender)
    cells = pd.DataFrame(texts, index=body.index)
    is_kept = rows["submission"].notna() | cells.notna().any(axis=1)
    return _repeat_by_item(rows[is_kept], cells[is_kept], items)


def _repeat_by_item(rows: pd.DataFrame, cells: pd.DataFrame, items: SheetItems) -> pd.DataFrame:
    """Each row once per item, with the item's code and its cell; `cells`: a column per item."""
    positions = np.repeat(np.arange(len(rows)), len(items.codes))
    repeated = rows.iloc[positions].reset_index(drop=True)
    codes = list(items.codes) * len(rows)
    texts = pd.Series(cells.to_numpy(dtype="object").ravel(), dtype="str")
    return repeated.assign(**{items.column: codes}, text=texts)


def sheet_heading_findings(
    table: DeliveredTable, items: SheetItems, needed: Sequence[str]
) -> pd.DataFrame:
    """Findings on the headings of a sheet: those that give nothing, and what no heading gives of
    the fields `needed` and the items.
    """
    given = columns_by_field(table)
    missing = [field for field in (*needed, *items.codes) if field not in given]
    if "title" in given:  # a title names the submission as well
        missing = [field for field in missing if field != "submission"]
    return join_findings(
        [
            unknown_column_findings(table, fields_by_position(given), items.place),
            double_claim_findings(table, given, items.place),
            missing_field_findings(table, missing, items.place),
        ]
    )


def sheets_delivery(
    exports: Sequence[ExportTable],
    rows: Sequence[pd.DataFrame],
    columns: Sequence[str],
    items: SheetItems,
    findings: Sequence[pd.DataFrame],
) -> Delivery:
    """The sheets of one phase together. `rows`: the item rows of each table, of which the delivery
    has these `columns`.
    """
    types = dict.fromkeys(columns, "str") | {"row": "Int64"}
    empty = pd.DataFrame(columns=list(columns))
    parts = [part[list(columns)] for part in rows]
    counts = [len(part) // max(1, len(items.codes)) for part in parts]
    fields = [fields_by_position(columns_by_field(export.table)) for export in exports]
    return Delivery(
        (pd.concat(parts, ignore_index=True) if parts else empty).astype(types),
        exports_frame(exports, counts, items.place),
        headings_frame(exports, fields),
        join_findings(findings),
    )


def sheet_judge(table: DeliveredTable) -> str | None:
    """The judge of a sheet without a column of judges: the text next to "Juri" over the headings,
    else the name of the sheet; None where a program or a service gave that name.
    """
    for row in table.above.to_numpy(dtype="object", na_value=""):
        filled = [text for text in row if text.strip(": ")]  # a colon may have a cell of its own
        for text, after in pairwise([*filled, ""]):
            label, _, rest = text.partition(":")
            name = rest.strip() or after.strip(": ")
            if name and heading_key(label) in _JUDGE_LABELS:
                return str(name)
    return None if is_default_sheet_name(table.name) else table.name


def is_default_sheet_name(name: str) -> bool:
    """Whether a sheet has no name, or one that a program or a service gave it: "Sheet1", "Lembar 1
    (2)", "Form Responses 1".
    """
    return _DEFAULT_SHEET_NAME.fullmatch(heading_key(name)) is not None


def has_judges(table: DeliveredTable) -> bool:
    """Whether a column says which judge a row is of: a question for the judge, or the sender."""
    return "judge" in table.fields or bool(table.fields & set(_SENDER_FIELDS))


# what spreadsheet programs and form services call a sheet that nobody named, before its number
_DEFAULT_SHEET_WORDS = """
sheet,worksheet,lembar,lembar kerja,lembaran,helaian,tabelle,feuil,feuille,hoja,planilha,plan,folha
foglio,blad,ark,arkusz,munka,list,table,tabel,лист,工作表,シート,시트,trang tinh,form,formulir
form responses,form response,responses,response,jawaban,jawaban formulir,respons formulir
tanggapan formulir,respuestas de formulario,reponses au formulaire,formularantworten,data,results
result,hasil,export,raw data,query result
"""
_DEFAULT_SHEET_CHOICES = "|".join(re.split("[,\n]", _DEFAULT_SHEET_WORDS.strip()))
_DEFAULT_SHEET_NAME = re.compile(rf"(?:(?:{_DEFAULT_SHEET_CHOICES}) ?\d*)?(?: \d+)?")
# who sent a form, the surest first
_SENDER_FIELDS = ("contact_name", "contact_email")
_JUDGE_LABELS = frozenset(map(heading_key, vocabulary.SHEET_COLUMNS["judge"]))


def type_sheet_times(rows: pd.DataFrame, competition: Competition) -> TypedDates:
    """`submitted_at` of item rows as moments; each delivered row is read once."""
    place = ["source", "row"]
    delivered = rows.drop_duplicates(place)
    is_utc = pd.Series(False, index=delivered.index)
    times = type_times(delivered, "submitted_at", competition, utc=is_utc)
    moments = delivered[place].assign(submitted_at=times.values)
    by_row = rows[place].merge(moments, on=place, how="left", validate="m:1")["submitted_at"]
    return TypedDates(by_row.set_axis(rows.index), times.findings)
