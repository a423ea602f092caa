"""What marks and the administrative check have in common: a row a submission, a column a criterion
or requirement.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from tasks.findings.frame import join_findings, make_findings
from tasks.intake import delivery as shared
from tasks.intake.cells.heading_keys import COUNTER_HEADINGS, heading_key
from tasks.intake.delivery import ExportTable
from tasks.intake.services import google
from tasks.intake.tables import vocabulary
from tasks.intake.tables.headings import (
    NEAR,
    WITHIN,
    HeadingNames,
    build_heading_names,
)
from tasks.intake.tables.table import DeliveredTable
from tasks.rules.lines import toml_line

_LETTER = re.compile(r"[^\W\d_]")
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


# A heading with one of these and a criterion's name sums up the marks of others.
_SUMMING_WORDS = ("average", "mean", "rata rata", "rerata", "total", "jumlah")


def sheet_heading_names(
    items: Mapping[str, Sequence[str]], settings: Mapping[str, str]
) -> HeadingNames:
    """The names of a sheet's columns: the common ones, and the codes and names of its criteria or
    requirements.
    """
    own = {code: (code, *words) for code, words in items.items()}
    whole = vocabulary.SHEET_COLUMNS | {
        "submitted_at": (
            *vocabulary.SHEET_COLUMNS["submitted_at"],
            *google.TIMESTAMPS,
        )
    }
    taken = {heading_key(word) for words in own.values() for word in words}
    furniture = [
        word
        for word in (*vocabulary.SHEET_FURNITURE, *COUNTER_HEADINGS)
        if heading_key(word) not in taken
    ]
    summed = [
        word for word in _SUMMING_WORDS if not any(f" {word} " in f" {name} " for name in taken)
    ]
    return build_heading_names(
        whole | own, _WORDS_WITHIN | own, furniture, summed, settings=settings
    )


def has_submissions(table: DeliveredTable) -> bool:
    """Whether a column says which submission a row is of. What only has a word for a title in its
    heading, over cells without a letter, asks for a mark ("Is the title representative?").
    """
    given = shared.columns_by_field(table)
    if "submission" in given:
        return True
    titles = given.get("title", [])
    return any(c.claim.strength not in (WITHIN, NEAR) for c in titles) or bool(
        shared.first_filled_cells(table.body, titles).str.contains(_LETTER, na=False).any()
    )


def item_rows(one: ExportTable, phase: str, codes: Sequence[str], item: str) -> pd.DataFrame:
    """One row a delivered row and code: phase, source, row, submission, title, judge, submitted_at,
    note, <item>, text.

    Rows that name no submission and answer nothing are what people write under a table, and are
    left out.
    """
    given = shared.columns_by_field(one.table)
    body = one.table.body
    fields = {
        field: shared.first_filled_cells(body, given.get(field, []))
        for field in ("submission", "title", "judge", "submitted_at", "note")
    }
    cells = pd.DataFrame(
        {code: shared.first_filled_cells(body, given.get(code, [])) for code in codes},
        index=body.index,
    )
    wide = pd.DataFrame(fields, index=body.index).assign(
        phase=phase, source=one.table.source, row=body.index
    )
    wide["submission"] = wide["submission"].fillna(wide["title"])
    kept = wide["submission"].notna() | cells.notna().any(axis=1)
    place = wide.iloc[np.repeat(np.flatnonzero(kept), len(codes))].reset_index(drop=True)
    texts = cells[kept].to_numpy(dtype="object").ravel()
    place[item] = list(codes) * int(kept.sum())
    return place.assign(text=pd.Series(texts, dtype="str"))


def sheet_heading_findings(
    one: ExportTable,
    phase: str,
    table: str,
    codes: Sequence[str],
    section: str,
    needed: Sequence[str],
) -> pd.DataFrame:
    """Findings on a sheet's headings: those that give nothing, and what no heading gives."""
    given = shared.columns_by_field(one.table)
    used = {column.position for columns in given.values() for column in columns}
    absent = [
        name
        for name in (*needed, *codes)
        if name not in given and not (name == "submission" and "title" in given)
    ]
    loose = [c.heading for c in one.table.columns if c.heading and c.claim.field is None]
    places = pd.DataFrame({"field": absent, "line": [toml_line("…", name) for name in absent]})
    missing = make_findings(
        "missing_required",
        places,
        table=table,
        phase=phase,
        source=one.table.source,
        row=one.table.heading_row,
        case="no_heading" if loose else "no_heading_left",
        headings=shared.quote_texts(loose),
        section=section,
    )
    twice = shared.double_claim_findings(one, given, table, phase, section)
    return join_findings(
        [shared.unknown_column_findings(one, table, phase, used, section), twice, missing]
    )


def sheet_judge(table: DeliveredTable) -> str | None:
    """Whose sheet it is where no column says: what stands beside "Juri" over the headings, else the
    sheet's name.
    """
    words = {heading_key(word) for word in vocabulary.SHEET_COLUMNS["judge"]}
    for cells in table.above.to_numpy(dtype="object", na_value=""):
        filled = [text for text in cells if text.strip(": ")]  # a colon may have a cell of its own
        for text, after in pairwise([*filled, ""]):
            label, colon, rest = text.partition(":")
            if heading_key(label) in words and (rest.strip() or after.strip(": ")):
                return str(rest.strip() if colon and rest.strip() else after.strip(": "))
    return table.name or None
