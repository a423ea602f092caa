"""What the services have in common whose exports are plain tables: headings that only they write
make a table theirs, and their own columns are known by headings alone.

Their `Start Date` is when an answer was begun, and never when an innovation was. A second row of
headings names the parts of a question, a third row what a program reads.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from tasks.intake.services.form_service import Fields, FormService, JoinedHeadings, Row

SENDER_FIELDS = {
    "email address": "contact_email",
    "recipientemail": "contact_email",
    "recipient email": "contact_email",
}
WHOLE_ANSWER = "response"  # the part of a question that is the whole question
OPEN_ANSWER = "open-ended response"  # the same of a question that is answered in words
_PROGRAM_HEADING = '{"ImportId"'
_ANSWER_HEADINGS = ("response id", "respondent id")
_MOST_PART_ROWS = 2  # rows of headings under the first
_DIGIT = re.compile(r"\d")


def plain_service(
    marks: Sequence[str],
    own: Mapping[str, str],
    furniture: str,
    answer: str = "",
    is_coded: bool = False,
) -> FormService:
    """A service of plain tables. All headings are in lower case; | stands between several.

    `marks`: headings that a table of the service has all of; a text for each form of its export.
    `own`: the field that a heading gives. `furniture`: headings that give no field.
    `answer`: the heading of a column that every answer fills, where rows of headings may stand
    under the first; these rows do not fill this column. `is_coded`: the names of questions stand
    over the questions.
    """
    fields = dict.fromkeys(furniture.split("|"), "") | dict(own)
    service = FormService(
        marks=tuple(frozenset(headings.split("|")) for headings in marks),
        own_fields=partial(_own_fields, fields),
    )
    if not answer:
        return service
    return replace(service, join_headings=partial(_join_part_rows, answer, is_coded))


def lower_texts(row: Row) -> list[str]:
    """The texts of a row as the headings of plain tables are compared."""
    return [text.strip().casefold() for text in row]


def _own_fields(fields: Mapping[str, str], headings: Row) -> Fields:
    texts = enumerate(lower_texts(headings))
    return {position: fields[text] for position, text in texts if text in fields}


def _join_part_rows(
    answer: str, is_coded: bool, rows: Sequence[Row], own: Fields
) -> JoinedHeadings:
    """The first row of headings, joined with the rows of parts that stand under it."""
    more = _count_part_rows(answer, rows, own)
    part_rows = rows[1 : 1 + more]
    parts = part_rows[0] if part_rows else [""] * len(rows[0])
    texts = [text for row in part_rows for text in row]
    is_text = is_coded or any(text.startswith(_PROGRAM_HEADING) for text in texts)
    join = _texts_of_codes if is_text else _questions_with_parts
    headings = join(rows[0], parts, own)
    return JoinedHeadings(headings, more)


def _count_part_rows(answer: str, rows: Sequence[Row], own: Fields) -> int:
    """How many rows of headings stand under the first. In these rows the column that every answer
    fills is empty, a heading again, or what a program reads; or no column of moments has a digit
    in it, as in a second row in any language.
    """
    first = lower_texts(rows[0])
    if answer not in first:
        return 1  # by its second row the table was known as the service's
    answer_at = first.index(answer)
    moments = [position for position in own if "date" in first[position]]
    count = 0
    for row in rows[1 : 1 + _MOST_PART_ROWS]:
        is_part_row = _is_answer_heading(row[answer_at].strip()) or _are_moments_in_words(
            [row[position].strip() for position in moments]
        )
        if not is_part_row or not any(row):
            break
        count += 1
    return count


def _is_answer_heading(text: str) -> bool:
    is_heading = not text or text.casefold() in _ANSWER_HEADINGS
    return is_heading or text.startswith(_PROGRAM_HEADING)


def _are_moments_in_words(moments: Sequence[str]) -> bool:
    """Whether the cells of two or more columns of moments all have a text, and no digit."""
    return len(moments) > 1 and all(text and not _DIGIT.search(text) for text in moments)


def _texts_of_codes(codes: Row, texts: Row, own: Fields) -> list[str]:
    """The texts of questions, which stand under their codes; own columns keep their code."""
    both = enumerate(zip(codes, texts, strict=True))
    return [code if position in own else text or code for position, (code, text) in both]


def _questions_with_parts(questions: Row, parts: Row, own: Fields) -> list[str]:
    """The questions, each with its part in brackets; a question stands over all of its parts."""
    over, headings = "", []
    for position, (question, part) in enumerate(zip(questions, parts, strict=True)):
        over = "" if position in own else question or over
        if position in own:
            headings.append(question)
        elif not question and not part:
            headings.append("")
        elif not part or part.casefold() in (WHOLE_ANSWER, OPEN_ANSWER):
            headings.append(over)
        else:
            headings.append(f"{over} [{part}]" if over else part)
    return headings
