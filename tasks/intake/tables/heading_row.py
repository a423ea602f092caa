"""A sheet -> the table that stands on it: its kind, the row of its headings, what each column
gives, and its rows.

Sheets made by hand have titles above the headings, headings in two rows, merged cells, or run
sideways.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from tasks.intake.files.grid import Grid, blank_rows
from tasks.intake.services import hosted_forms, plain_services, services
from tasks.intake.tables import sideways
from tasks.intake.tables.headings import (
    FURNITURE,
    OVERRIDE,
    SENDER,
    SERVICE,
    UNKNOWN,
    Claim,
    HeadingNames,
    heading_key,
)

_MOST_TOP_ROWS = 40  # rows from the top among which the headings are
_SHORT_HEADING = 150  # characters of a heading that helps to tell where the headings are
_LONGEST_HEADING = 1500  # characters; a consent text may be that long
_MOST_PLAIN_SERVICE_ROWS = 8  # rows among which a service that makes plain tables has its headings
_DATA_CELL = re.compile(r"^[\d.,:/%+\sT-]+Z?$|^(?:https?://|\S+@\S+\.)")
_INSTRUCTION_CELL = re.compile(r"^\([^()]*\)$|^[-=_:]{2,}$|^#[a-z][\w+ -]*$", re.I)
_LIMESURVEY_CODES = {"submitdate", "startlanguage"}
_SERVICE_BONUS = 100  # what a service's own row of headings counts besides the fields that it names
_LEAST_SIDEWAYS_LABELS = 3  # labels in the first column that make a sheet one that runs sideways
TopRows = Mapping[int, Sequence[str]]  # texts of the first rows, by the rows' numbers


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: where it stands, its heading as delivered, and what it gives."""

    position: int
    heading: str
    claim: Claim


@dataclass(frozen=True, eq=False)
class DeliveredTable:
    """`body`: text cells, a column a position, its index the sheet's own row numbers (NA for a
    two-column workbook; the column's number where a table runs sideways). `above`: the rows over
    the headings. `aside`: number and first text of each row that was none of the table's. `hidden`:
    as of the sheet, by its rows and columns, which are below 0 where the table runs sideways: none
    of its columns.
    """

    source: str
    name: str
    kind: str
    heading_row: int | None
    columns: tuple[TableColumn, ...]
    body: pd.DataFrame
    above: pd.DataFrame
    aside: tuple[tuple[int, str], ...] = ()
    hidden: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        return {column.claim.field for column in self.columns if column.claim.field}


def find_table(sheet: Grid, names: HeadingNames) -> DeliveredTable:
    """The table that stands on a sheet. A sheet without any known heading has its first full row as
    headings.
    """
    top = _top_rows(sheet)
    upright = _plain_service_table(sheet, top, names) or _upright_table(sheet, top, names)
    turned = _sideways_table(sheet, names)
    if turned and len(turned.fields) > len(upright.fields):
        return replace(
            turned, hidden={(row, -1 - at): said for (row, at), said in sheet.hidden.items()}
        )
    return replace(upright, hidden=sheet.hidden)


def _top_rows(sheet: Grid) -> TopRows:
    """The rows that are looked at for headings, by their numbers; "" where a cell is empty."""
    first = sheet.grid.head(_MOST_TOP_ROWS)
    rows = zip(first.index, first.to_numpy(dtype="object"), strict=True)
    return {
        int(row): [text if isinstance(text, str) else "" for text in cells] for row, cells in rows
    }


def _plain_service_table(sheet: Grid, top: TopRows, names: HeadingNames) -> DeliveredTable | None:
    """The table of a service whose exports are plain tables, headed in one to three rows; None
    where none made it.
    """
    rows = list(top.values())[:_MOST_PLAIN_SERVICE_ROWS]
    for at, (row, headings) in enumerate(zip(top, rows, strict=False)):
        headed = plain_services.find_service_headings(rows[at:])
        if headed and services.service_kind(headings) == "plain":
            body = _remove_blank_rows(sheet.grid.loc[row + headed.more + 1 :])
            columns = tuple(
                TableColumn(
                    i,
                    text,
                    _own_or_set_claim(
                        headed.claims.get(i), _text_or_code_claim(text, code, i, names)
                    ),
                )
                for i, (text, code) in enumerate(zip(headed.headings, headings, strict=True))
            )
            return DeliveredTable(
                sheet.source, sheet.name, "plain", row, columns, body, sheet.grid.loc[: row - 1]
            )
    return None


def _text_or_code_claim(text: str, code: str, position: int, names: HeadingNames) -> Claim:
    """What a question gives, which the settings may name by the code that stands over it."""
    by_code = _column_claim(code, position, "plain", names)
    return (
        by_code if by_code.strength == OVERRIDE else _column_claim(text, position, "plain", names)
    )


def _own_or_set_claim(own: Claim | None, asked: Claim) -> Claim:
    """What a service's own column gives, unless the settings say otherwise."""
    return own if own and asked.strength < OVERRIDE else asked


def _upright_table(sheet: Grid, top: TopRows, names: HeadingNames) -> DeliveredTable:
    scores = _count_fields_by_row(top, names)
    best = _best_heading_row(top, scores)
    first, last = (
        _heading_rows(top, best, scores, names) if scores.get(best) else (_first_full_row(top),) * 2
    )
    headings = _join_heading_rows(top[first], top[last]) if first != last else top[first]
    body = _remove_repeated_headings(_remove_blank_rows(sheet.grid.loc[last + 1 :]), top[last])
    kind = _table_kind(headings, body)
    columns = _table_columns(headings, kind, names)
    columns = columns if first == last else _columns_by_lower_row(columns, top[last], names)
    body = body.iloc[1:] if _is_heading_repeat(body, columns, names) else body
    return DeliveredTable(
        sheet.source, sheet.name, kind, first, columns, body, sheet.grid.loc[: first - 1]
    )


def _columns_by_lower_row(
    columns: Sequence[TableColumn], lower: Sequence[str], names: HeadingNames
) -> tuple[TableColumn, ...]:
    """The columns under two rows of headings: what the lower one says is as sure as if it stood
    alone.
    """
    alone = [names.claim(text) if text else UNKNOWN for text in lower]
    both = zip(columns, alone, strict=True)
    return tuple(
        TableColumn(c.position, c.heading, claim) if _is_surer_claim(claim, c.claim) else c
        for c, claim in both
    )


def _is_surer_claim(claim: Claim, than: Claim) -> bool:
    return claim.field == than.field and claim.strength > than.strength


def _is_heading_repeat(
    body: pd.DataFrame, columns: Sequence[TableColumn], names: HeadingNames
) -> bool:
    """Whether the row under headings that are codes has the same headings in words."""
    if body.empty:
        return False
    under = {position: text for position, text in body.iloc[0].items() if isinstance(text, str)}
    if _LIMESURVEY_CODES.issubset(under.values()):
        return True
    asked = {column.claim.field: column.position for column in columns if column.claim.field}
    said = {field: under[position] for field, position in asked.items() if position in under}
    if len(said) < 2 or any(map(_DATA_CELL.match, under.values())):
        return False
    return all(
        names.sure(text).field == field and heading_key(text) != field
        for field, text in said.items()
    )


def _table_kind(headings: Sequence[str], body: pd.DataFrame) -> str:
    """The service that made a table. Some exports give each sheet the columns of a repeated group:
    the first sheet's say of no row that it answers another sheet.
    """
    kind = services.service_kind(headings)
    if kind == "plain" and hosted_forms.has_microsoft_cells(headings, body):
        return "microsoft"
    if kind != services.REPEATED_GROUP:
        return kind
    parents = [
        i
        for i, heading in enumerate(headings)
        if heading.strip().lower() in services.PARENT_HEADINGS
    ]
    answers = body[parents].isin(("", "-1", "n/a")) | body[parents].isna()
    is_first = not any(heading.lower().startswith("_submission__") for heading in headings)
    return (
        services.service_kind_of_answers(headings)
        if is_first and len(body) and answers.all(axis=None)
        else kind
    )


def _count_fields_by_row(top: TopRows, names: HeadingNames) -> dict[int, int]:
    """How many fields each of the first rows names; no row is looked at after one that is surely
    the headings, and the next.
    """
    scores: dict[int, int] = {}
    for row, headings in top.items():
        scores[row] = _count_fields(headings, names)
        before = scores.get(row - 1, 0)
        if before >= _SERVICE_BONUS or (
            before >= 4 and before >= 0.5 * sum(map(bool, top[row - 1]))
        ):
            break
    return scores


def _count_fields(headings: Sequence[str], names: HeadingNames) -> int:
    """How many fields a row names, many more where it is a service's own row of headings."""
    short = [heading if len(heading) <= _SHORT_HEADING else "" for heading in headings]
    claims = [names.sure(heading) for heading in short if heading]
    of_a_service = _SERVICE_BONUS if services.service_kind(short) != "plain" else 0
    return len({claim.field for claim in claims if claim.field}) + of_a_service


def _table_columns(
    headings: Sequence[str], kind: str, names: HeadingNames
) -> tuple[TableColumn, ...]:
    """What each heading gives. An answer's own column beside its question's (sdgs and sdgs/4) gives
    nothing besides.
    """
    if kind == services.REPEATED_GROUP:
        return tuple(TableColumn(i, heading, UNKNOWN) for i, heading in enumerate(headings))
    asked = services.single_answer_headings(kind, headings)
    lead = hosted_forms.count_columns_before_google(headings) if kind == "google" else 0
    groups = services.question_groups(
        kind, headings, lambda question: names.claim(question).field is not None
    )
    columns = [
        TableColumn(
            i,
            heading,
            FURNITURE
            if heading in asked
            else _column_claim(heading, i - lead, kind, names, groups),
        )
        for i, heading in enumerate(headings)
    ]
    keyed = services.response_key_position(kind, headings)
    if keyed is not None and all(c.claim != Claim("submission_id", SERVICE) for c in columns):
        columns[keyed] = TableColumn(keyed, headings[keyed], Claim("submission_id", SENDER))
    if kind == "microsoft" and not hosted_forms.has_microsoft_headings(
        headings
    ):  # told by its cells: begun, sent
        columns[1:3] = [
            TableColumn(1, headings[1], FURNITURE),
            TableColumn(2, headings[2], Claim("submitted_at", SERVICE)),
        ]
    return tuple(columns)


def _column_claim(
    heading: str,
    position: int,
    kind: str,
    names: HeadingNames,
    groups: frozenset[str] = frozenset(),
) -> Claim:
    if not heading or len(heading) > _LONGEST_HEADING:
        return UNKNOWN
    set_by_hand = names.sure(heading)
    if set_by_hand.strength == OVERRIDE:
        return set_by_hand
    own = services.own_column_claim(kind, heading, position)
    asked = [names.claim(text) for text in services.question_texts(kind, heading, groups) if text]
    best = max(asked, key=lambda claim: claim.strength, default=UNKNOWN)
    return own if own and best.strength < OVERRIDE else best


def _best_heading_row(top: TopRows, scores: dict[int, int]) -> int:
    """The row that names most fields. One that names a single field may be an answer that happens
    to: a row over it that fills as much, says nothing twice and has no number or date in it is the
    headings.
    """
    best = max(scores, key=lambda row: scores[row])
    first = _first_full_row(top)
    if scores[best] > 1 or first >= best:
        return best
    said = [text for text in top[first] if text]
    is_told = len(set(said)) == len(said) > 1 and not any(_DATA_CELL.match(text) for text in said)
    return first if is_told and len(said) >= sum(map(bool, top[best])) else best


def _first_full_row(top: TopRows) -> int:
    """The first row that fills most of the sheet's width."""
    filled = {row: sum(map(bool, texts)) for row, texts in top.items()}
    enough = max(1, max(filled.values()) * 0.6)
    return next(row for row, many in filled.items() if many >= enough)


def _is_caption_row(over: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a row is a line over the headings and says nothing of groups of them: one text over
    the first heading, or a label and what it is over the first two ("Nama Juri", "Juri Satu").
    """
    filled, under = (
        [position for position, text in enumerate(row) if text] for row in (over, headings)
    )
    return 0 < len(filled) <= 2 and len(filled) < len(under) and filled == under[: len(filled)]


def _heading_rows(
    top: TopRows, best: int, scores: dict[int, int], names: HeadingNames
) -> tuple[int, int]:
    """The rows of the headings: `best` alone, or with the one over or under it where the two name
    more together.
    """
    pairs = [(row, row + 1) for row in (best, best - 1) if row in scores and row + 1 in scores]
    pairs = [pair for pair in pairs if not _is_caption_row(top[pair[0]], top[pair[1]])]
    pairs = [pair for pair in pairs if _has_group_headings(top[pair[0]], top[pair[1]])]
    joint = {
        pair: _count_fields(_join_heading_rows(top[pair[0]], top[pair[1]]), names) for pair in pairs
    }
    widest = max(joint, key=lambda pair: joint[pair], default=(best, best))
    return widest if joint.get(widest, 0) > max(scores[row] for row in widest) else (best, best)


def _join_heading_rows(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Headings of two rows as one: a merged upper cell stands over all of its columns."""
    over, joined = "", []
    for above, below in zip(upper, lower, strict=True):
        over = above or (over if below else "")
        joined.append(f"{over} [{below}]" if over and below and over != below else below or above)
    return joined


def _has_group_headings(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a heading of the upper row stands over several of the lower: else the lower row is
    the first answers, of which one may happen to be a word that headings are told by ("WhatsApp").
    """
    first = next((position for position, text in enumerate(upper) if text), len(upper))
    under = any(
        below and not above for above, below in zip(upper[first:], lower[first:], strict=True)
    )
    return under and not any(_DATA_CELL.match(text) for text in lower if text)


def _remove_repeated_headings(body: pd.DataFrame, headings: Sequence[str]) -> pd.DataFrame:
    """Without the headings repeated, and without a row under them that only counts the columns: (1)
    (2) (3).
    """
    if body.empty:
        return body
    again: Sequence[int] = range(len(body))
    for position, heading in enumerate(headings):
        if heading and again:
            texts, said = body[position].to_numpy(), heading.casefold()
            again = [
                at for at in again if isinstance(texts[at], str) and texts[at].casefold() == said
            ]
    first = [text for text in body.iloc[0].to_numpy() if isinstance(text, str)]
    counts = (
        len(first) > 2 and list(map(heading_key, first)) in _counting_rows(len(first))
    ) or _is_instruction_row(first)
    titles = [at - 1 for at in again if at and _is_title_row(body.iloc[at - 1 : at + 1])]
    dropped = {*again, *titles, *([0] if counts else [])}
    return body.iloc[[i for i in range(len(body)) if i not in dropped]] if dropped else body


def _is_instruction_row(texts: Sequence[str]) -> bool:
    """Whether a row's texts say how to fill in the columns, "(pilih satu)", tag them, "#org", or
    only draw a line under the headings.
    """
    return len(texts) > 1 and all(_INSTRUCTION_CELL.match(text) for text in texts)


def _is_title_row(pair: pd.DataFrame) -> bool:
    """Whether the first of two rows is one text right above the other: what a table is called."""
    return int(pair.index[1] - pair.index[0]) == 1 and int(pair.iloc[0].notna().sum()) == 1


def _counting_rows(width: int) -> list[list[str]]:
    """How a row that counts columns may do so: 1 2 3, or a b c."""
    return [[str(n) for n in range(1, width + 1)], [chr(96 + n) for n in range(1, width + 1)]]


def _remove_blank_rows(body: pd.DataFrame) -> pd.DataFrame:
    blank = blank_rows(body)
    return body[~blank] if blank.any() else body


def _sideways_table(sheet: Grid, names: HeadingNames) -> DeliveredTable | None:
    """The table of a sheet whose headings stand in its first column (or the second, after a
    counter).
    """
    found = sideways.turn_grid(
        sheet.grid,
        lambda labels: _count_fields(labels, names) % _SERVICE_BONUS,
        _LEAST_SIDEWAYS_LABELS,
    )
    if found is None:
        return None
    body = found.body
    is_single = len(body) <= 1
    body.index = pd.Index([pd.NA] if is_single else body.index, dtype="Int64")
    kind = "province" if is_single else "plain"
    columns = _table_columns(found.labels, kind, names)
    return DeliveredTable(
        sheet.source, sheet.name, kind, found.start, columns, body, sheet.grid.iloc[:0]
    )
