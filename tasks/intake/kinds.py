"""A sheet -> the table that stands on it: its kind, the row of its headings, what each column
gives, and its rows.

Sheets made by hand have titles above the headings, headings in two rows, merged cells, or run
sideways.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from tasks.intake import hosted_forms, plain_services, services, sideways
from tasks.intake.headings import FURNITURE, OVERRIDE, SENDER, SERVICE, UNKNOWN, Claim, Names, key
from tasks.intake.reader import Sheet, blank_rows

_LOOKED_AT = 40  # rows from the top among which the headings are
_SHORT = 150  # characters of a heading that helps to tell where the headings are
_LONGEST_HEADING = 1500  # characters; a consent text may be that long
_FIRST_ROWS = 8  # rows among which a service that makes plain tables has its headings
_DATUM = re.compile(r"^[\d.,:/%+\sT-]+Z?$|^(?:https?://|\S+@\S+\.)")
_IN_BRACKETS = re.compile(r"^\([^()]*\)$|^[-=_:]{2,}$|^#[a-z][\w+ -]*$", re.I)
_LIMESURVEY_CODES = {"submitdate", "startlanguage"}
_OF_A_SERVICE = 100  # what a service's own row of headings counts besides the fields that it names
_ENOUGH_SIDEWAYS = 3  # labels in the first column that make a sheet one that runs sideways
Top = Mapping[int, Sequence[str]]  # texts of the first rows, by the rows' numbers


@dataclass(frozen=True)
class Column:
    """One column of a table: where it stands, its heading as delivered, and what it gives."""

    position: int
    heading: str
    claim: Claim


@dataclass(frozen=True, eq=False)
class Table:
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
    columns: tuple[Column, ...]
    body: pd.DataFrame
    above: pd.DataFrame
    aside: tuple[tuple[int, str], ...] = ()
    hidden: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        return {column.claim.field for column in self.columns if column.claim.field}


def table(sheet: Sheet, names: Names) -> Table:
    """The table that stands on a sheet. A sheet without any known heading has its first full row as
    headings.
    """
    top = _top(sheet)
    upright = _of_plain_service(sheet, top, names) or _upright(sheet, top, names)
    turned = _sideways(sheet, names)
    if turned and len(turned.fields) > len(upright.fields):
        return replace(
            turned, hidden={(row, -1 - at): said for (row, at), said in sheet.hidden.items()}
        )
    return replace(upright, hidden=sheet.hidden)


def _top(sheet: Sheet) -> Top:
    """The rows that are looked at for headings, by their numbers; "" where a cell is empty."""
    first = sheet.grid.head(_LOOKED_AT)
    rows = zip(first.index, first.to_numpy(dtype="object"), strict=True)
    return {
        int(row): [text if isinstance(text, str) else "" for text in cells] for row, cells in rows
    }


def _of_plain_service(sheet: Sheet, top: Top, names: Names) -> Table | None:
    """The table of a service whose exports are plain tables, headed in one to three rows; None
    where none made it.
    """
    rows = list(top.values())[:_FIRST_ROWS]
    for at, (row, headings) in enumerate(zip(top, rows, strict=False)):
        headed = plain_services.headed(rows[at:])
        if headed and services.kind(headings) == "plain":
            body = _filled(sheet.grid.loc[row + headed.more + 1 :])
            columns = tuple(
                Column(i, text, _over(headed.claims.get(i), _claim_of_either(text, code, i, names)))
                for i, (text, code) in enumerate(zip(headed.headings, headings, strict=True))
            )
            return Table(
                sheet.source, sheet.name, "plain", row, columns, body, sheet.grid.loc[: row - 1]
            )
    return None


def _claim_of_either(text: str, code: str, position: int, names: Names) -> Claim:
    """What a question gives, which the settings may name by the code that stands over it."""
    by_code = _claim(code, position, "plain", names)
    return by_code if by_code.strength == OVERRIDE else _claim(text, position, "plain", names)


def _over(own: Claim | None, asked: Claim) -> Claim:
    """What a service's own column gives, unless the settings say otherwise."""
    return own if own and asked.strength < OVERRIDE else asked


def _upright(sheet: Sheet, top: Top, names: Names) -> Table:
    scores = _scores(top, names)
    best = _best(top, scores)
    first, last = (
        _two_rows(top, best, scores, names) if scores.get(best) else (_first_full(top),) * 2
    )
    headings = _joined(top[first], top[last]) if first != last else top[first]
    body = _without_counting(_filled(sheet.grid.loc[last + 1 :]), top[last])
    kind = _kind(headings, body)
    columns = _columns(headings, kind, names)
    columns = columns if first == last else _by_lower(columns, top[last], names)
    body = body.iloc[1:] if _is_said_again(body, columns, names) else body
    return Table(sheet.source, sheet.name, kind, first, columns, body, sheet.grid.loc[: first - 1])


def _by_lower(columns: Sequence[Column], lower: Sequence[str], names: Names) -> tuple[Column, ...]:
    """The columns under two rows of headings: what the lower one says is as sure as if it stood
    alone.
    """
    alone = [names.claim(text) if text else UNKNOWN for text in lower]
    both = zip(columns, alone, strict=True)
    return tuple(
        Column(c.position, c.heading, claim) if _is_surer(claim, c.claim) else c
        for c, claim in both
    )


def _is_surer(claim: Claim, than: Claim) -> bool:
    return claim.field == than.field and claim.strength > than.strength


def _is_said_again(body: pd.DataFrame, columns: Sequence[Column], names: Names) -> bool:
    """Whether the row under headings that are codes has the same headings in words."""
    if body.empty:
        return False
    under = {position: text for position, text in body.iloc[0].items() if isinstance(text, str)}
    if _LIMESURVEY_CODES.issubset(under.values()):
        return True
    asked = {column.claim.field: column.position for column in columns if column.claim.field}
    said = {field: under[position] for field, position in asked.items() if position in under}
    if len(said) < 2 or any(map(_DATUM.match, under.values())):
        return False
    return all(
        names.sure(text).field == field and key(text) != field for field, text in said.items()
    )


def _kind(headings: Sequence[str], body: pd.DataFrame) -> str:
    """The service that made a table. Some exports give each sheet the columns of a repeated group:
    the first sheet's say of no row that it answers another sheet.
    """
    kind = services.kind(headings)
    if kind == "plain" and hosted_forms.is_microsoft_by_cells(headings, body):
        return "microsoft"
    if kind != services.REPEAT:
        return kind
    parents = [
        i for i, heading in enumerate(headings) if heading.strip().lower() in services.PARENTS
    ]
    answers = body[parents].isin(("", "-1", "n/a")) | body[parents].isna()
    is_first = not any(heading.lower().startswith("_submission__") for heading in headings)
    return (
        services.kind_of_answers(headings)
        if is_first and len(body) and answers.all(axis=None)
        else kind
    )


def _scores(top: Top, names: Names) -> dict[int, int]:
    """How many fields each of the first rows names; no row is looked at after one that is surely
    the headings, and the next.
    """
    scores: dict[int, int] = {}
    for row, headings in top.items():
        scores[row] = _known(headings, names)
        before = scores.get(row - 1, 0)
        if before >= _OF_A_SERVICE or (
            before >= 4 and before >= 0.5 * sum(map(bool, top[row - 1]))
        ):
            break
    return scores


def _known(headings: Sequence[str], names: Names) -> int:
    """How many fields a row names, many more where it is a service's own row of headings."""
    short = [heading if len(heading) <= _SHORT else "" for heading in headings]
    claims = [names.sure(heading) for heading in short if heading]
    of_a_service = _OF_A_SERVICE if services.kind(short) != "plain" else 0
    return len({claim.field for claim in claims if claim.field}) + of_a_service


def _columns(headings: Sequence[str], kind: str, names: Names) -> tuple[Column, ...]:
    """What each heading gives. An answer's own column beside its question's (sdgs and sdgs/4) gives
    nothing besides.
    """
    if kind == services.REPEAT:
        return tuple(Column(i, heading, UNKNOWN) for i, heading in enumerate(headings))
    asked = services.answered_apart(kind, headings)
    lead = hosted_forms.google_lead(headings) if kind == "google" else 0
    groups = services.groups(
        kind, headings, lambda question: names.claim(question).field is not None
    )
    columns = [
        Column(
            i,
            heading,
            FURNITURE if heading in asked else _claim(heading, i - lead, kind, names, groups),
        )
        for i, heading in enumerate(headings)
    ]
    keyed = services.response_key(kind, headings)
    if keyed is not None and all(c.claim != Claim("submission_id", SERVICE) for c in columns):
        columns[keyed] = Column(keyed, headings[keyed], Claim("submission_id", SENDER))
    if kind == "microsoft" and not hosted_forms.is_microsoft(
        headings
    ):  # told by its cells: begun, sent
        columns[1:3] = [
            Column(1, headings[1], FURNITURE),
            Column(2, headings[2], Claim("submitted_at", SERVICE)),
        ]
    return tuple(columns)


def _claim(
    heading: str, position: int, kind: str, names: Names, groups: frozenset[str] = frozenset()
) -> Claim:
    if not heading or len(heading) > _LONGEST_HEADING:
        return UNKNOWN
    set_by_hand = names.sure(heading)
    if set_by_hand.strength == OVERRIDE:
        return set_by_hand
    own = services.claim(kind, heading, position)
    asked = [names.claim(text) for text in services.questions(kind, heading, groups) if text]
    best = max(asked, key=lambda claim: claim.strength, default=UNKNOWN)
    return own if own and best.strength < OVERRIDE else best


def _best(top: Top, scores: dict[int, int]) -> int:
    """The row that names most fields. One that names a single field may be an answer that happens
    to: a row over it that fills as much, says nothing twice and has no number or date in it is the
    headings.
    """
    best = max(scores, key=lambda row: scores[row])
    first = _first_full(top)
    if scores[best] > 1 or first >= best:
        return best
    said = [text for text in top[first] if text]
    is_told = len(set(said)) == len(said) > 1 and not any(_DATUM.match(text) for text in said)
    return first if is_told and len(said) >= sum(map(bool, top[best])) else best


def _first_full(top: Top) -> int:
    """The first row that fills most of the sheet's width."""
    filled = {row: sum(map(bool, texts)) for row, texts in top.items()}
    enough = max(1, max(filled.values()) * 0.6)
    return next(row for row, many in filled.items() if many >= enough)


def _is_line(over: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a row is a line over the headings and says nothing of groups of them: one text over
    the first heading, or a label and what it is over the first two ("Nama Juri", "Juri Satu").
    """
    filled, under = (
        [position for position, text in enumerate(row) if text] for row in (over, headings)
    )
    return 0 < len(filled) <= 2 and len(filled) < len(under) and filled == under[: len(filled)]


def _two_rows(top: Top, best: int, scores: dict[int, int], names: Names) -> tuple[int, int]:
    """The rows of the headings: `best` alone, or with the one over or under it where the two name
    more together.
    """
    pairs = [(row, row + 1) for row in (best, best - 1) if row in scores and row + 1 in scores]
    pairs = [pair for pair in pairs if not _is_line(top[pair[0]], top[pair[1]])]
    pairs = [pair for pair in pairs if _has_group(top[pair[0]], top[pair[1]])]
    joint = {pair: _known(_joined(top[pair[0]], top[pair[1]]), names) for pair in pairs}
    widest = max(joint, key=lambda pair: joint[pair], default=(best, best))
    return widest if joint.get(widest, 0) > max(scores[row] for row in widest) else (best, best)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Headings of two rows as one: a merged upper cell stands over all of its columns."""
    over, joined = "", []
    for above, below in zip(upper, lower, strict=True):
        over = above or (over if below else "")
        joined.append(f"{over} [{below}]" if over and below and over != below else below or above)
    return joined


def _has_group(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a heading of the upper row stands over several of the lower: else the lower row is
    the first answers, of which one may happen to be a word that headings are told by ("WhatsApp").
    """
    first = next((position for position, text in enumerate(upper) if text), len(upper))
    under = any(
        below and not above for above, below in zip(upper[first:], lower[first:], strict=True)
    )
    return under and not any(_DATUM.match(text) for text in lower if text)


def _without_counting(body: pd.DataFrame, headings: Sequence[str]) -> pd.DataFrame:
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
    counts = (len(first) > 2 and list(map(key, first)) in _counted(len(first))) or _is_told(first)
    titles = [at - 1 for at in again if at and _is_title(body.iloc[at - 1 : at + 1])]
    dropped = {*again, *titles, *([0] if counts else [])}
    return body.iloc[[i for i in range(len(body)) if i not in dropped]] if dropped else body


def _is_told(texts: Sequence[str]) -> bool:
    """Whether a row's texts say how to fill in the columns, "(pilih satu)", tag them, "#org", or
    only draw a line under the headings.
    """
    return len(texts) > 1 and all(_IN_BRACKETS.match(text) for text in texts)


def _is_title(pair: pd.DataFrame) -> bool:
    """Whether the first of two rows is one text right above the other: what a table is called."""
    return int(pair.index[1] - pair.index[0]) == 1 and int(pair.iloc[0].notna().sum()) == 1


def _counted(width: int) -> list[list[str]]:
    """How a row that counts columns may do so: 1 2 3, or a b c."""
    return [[str(n) for n in range(1, width + 1)], [chr(96 + n) for n in range(1, width + 1)]]


def _filled(body: pd.DataFrame) -> pd.DataFrame:
    blank = blank_rows(body)
    return body[~blank] if blank.any() else body


def _sideways(sheet: Sheet, names: Names) -> Table | None:
    """The table of a sheet whose headings stand in its first column (or the second, after a
    counter).
    """
    found = sideways.turned(
        sheet.grid, lambda labels: _known(labels, names) % _OF_A_SERVICE, _ENOUGH_SIDEWAYS
    )
    if found is None:
        return None
    body = found.body
    is_single = len(body) <= 1
    body.index = pd.Index([pd.NA] if is_single else body.index, dtype="Int64")
    kind = "province" if is_single else "plain"
    columns = _columns(found.labels, kind, names)
    return Table(sheet.source, sheet.name, kind, found.start, columns, body, sheet.grid.iloc[:0])
