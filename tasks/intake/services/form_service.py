"""FormService: all that is known of one form service, as data and pure functions.

Each service fills in this class in a module of its own; registry.py lists them. What a question
of the form itself gives is no service's knowledge: see tasks.intake.tables.headings.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

PLAIN = "plain"  # the kind of a table that no service, or a service of plain tables, made

Row = Sequence[str]  # the texts of a row; "" where a cell is empty
Fields = Mapping[int, str]  # the field that a column gives, by its position; "" for no field


@dataclass(frozen=True)
class JoinedHeadings:
    """`headings`: a text for each column; `more`: how many rows of headings stand under the
    first.
    """

    headings: list[str]
    more: int = 0


def _recognise_nothing(*_: object) -> bool:
    return False


def _no_fields(headings: Row) -> Fields:
    return {}


def _no_position(headings: Row) -> int | None:
    return None


def _join_first_row(rows: Sequence[Row], own: Fields) -> JoinedHeadings:
    return JoinedHeadings(list(rows[0]))


def _whole_questions(headings: Row, is_known: Callable[[str], bool]) -> list[list[str]]:
    return [[heading] for heading in headings]


def _keep_responses(body: pd.DataFrame, sent_at: int | None) -> pd.DataFrame:
    return body


@dataclass(frozen=True)
class FormService:
    """One form service, or one of the forms in which it exports.

    `kind` is written to the table `exports`; services whose exports are plain tables have the kind
    "plain".

    Recognise: any of these makes a table the service's.
    - `marks`: sets of headings, in lower case; all of a set stand in the first row of headings.
    - `has_headings`: takes a row of headings.
    - `has_parts`: takes the first rows of a table; a second row names the parts of questions.
    - `has_cells`: takes headings and body; for forms in a language that is not known.

    Own columns: what the columns give that the service adds by itself.
    - `own_fields`: takes the headings; questions of the form are missing.
    - `fixed_fields`: the same for columns that give this and nothing else, whatever heads them.
    - `key_position`: takes the headings; the column that tells a response where no column numbers
      responses.

    - `timestamps`: headings of the time of sending that other forms may have, too.

    Questions
    - `join_headings`: takes the first rows of a table and the own fields of its first row.
    - `question_texts`: takes the headings, and whether a text names a field; the texts that the
      question in each column may be known by.

    Clean
    - `codes`: texts that a row of codes has, under headings in words.
    - `clean_responses`: takes the rows and the position of the time of sending; the rows that were
      sent, without what the service writes for no answer.
    - `writes_utc`: whether the time of sending is in UTC.
    - `counts_all_forms`: whether responses are numbered once for all forms.
    """

    kind: str = PLAIN
    marks: tuple[frozenset[str], ...] = ()
    has_headings: Callable[[Row], bool] = _recognise_nothing
    has_parts: Callable[[Sequence[Row]], bool] = _recognise_nothing
    has_cells: Callable[[Row, pd.DataFrame], bool] = _recognise_nothing
    own_fields: Callable[[Row], Fields] = _no_fields
    fixed_fields: Callable[[Row], Fields] = _no_fields
    key_position: Callable[[Row], int | None] = _no_position
    timestamps: tuple[str, ...] = ()
    join_headings: Callable[[Sequence[Row], Fields], JoinedHeadings] = _join_first_row
    question_texts: Callable[[Row, Callable[[str], bool]], list[list[str]]] = _whole_questions
    codes: frozenset[str] = field(default_factory=frozenset)
    clean_responses: Callable[[pd.DataFrame, int | None], pd.DataFrame] = _keep_responses
    writes_utc: bool = False
    counts_all_forms: bool = False


def fields_by_position(
    headings: Row, own_field: Callable[[str, int], str | None], lead: int = 0
) -> Fields:
    """The own fields of a row of headings, by `own_field`, which takes a heading and its position
    behind the first `lead` columns; None for a question of the form.
    """
    given = (own_field(heading.strip(), at - lead) for at, heading in enumerate(headings))
    return {at: name for at, name in enumerate(given) if name is not None}


def clear_texts(body: pd.DataFrame, nothing: str) -> pd.DataFrame:
    """The rows without the text that a service writes in a cell for no answer."""
    is_nothing = body == nothing
    return body.mask(is_nothing) if is_nothing.any(axis=None) else body
