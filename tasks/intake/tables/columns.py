"""What each column of a table gives: by the settings, by the service that made the table, by its
heading.
"""

from collections.abc import Iterable, Sequence

from tasks.intake.services.form_service import FormService, Row
from tasks.intake.services.registry import REPEATED_GROUP, service_of_kind
from tasks.intake.tables.headings import (
    FURNITURE,
    OVERRIDE,
    SENDER,
    SERVICE,
    UNKNOWN,
    Claim,
    HeadingNames,
)
from tasks.intake.tables.table import TableColumn

_LONGEST_HEADING = 1500  # characters; a consent text may be that long


def table_columns(headings: Row, kind: str, names: HeadingNames) -> tuple[TableColumn, ...]:
    """The columns of a table of this kind, one for each heading."""
    if kind == REPEATED_GROUP:
        return _columns(headings, [UNKNOWN] * len(headings))
    service = service_of_kind(kind)
    own = service.own_fields(headings)
    questions = service.question_texts(
        headings, lambda question: names.claim(question).field is not None
    )
    claims = [
        _column_claim(heading, texts, own.get(position), names)
        for position, (heading, texts) in enumerate(zip(headings, questions, strict=True))
    ]
    for position, field in service.fixed_fields(headings).items():
        claims[position] = _own_claim(field)
    key = service.key_position(headings)
    if key is not None and Claim("submission_id", SERVICE) not in claims:
        claims[key] = Claim("submission_id", SENDER)
    return _columns(headings, claims)


def plain_service_columns(
    codes: Row, headings: Row, service: FormService, names: HeadingNames
) -> tuple[TableColumn, ...]:
    """The columns of a table of a service whose exports are plain tables. The settings may name a
    question by its heading or by the code that stands over the question.
    """
    own = service.own_fields(codes)
    claims = [
        _claim_by_code_or_text(code, text, own.get(position), names)
        for position, (code, text) in enumerate(zip(codes, headings, strict=True))
    ]
    return _columns(headings, claims)


def columns_by_lower_row(
    columns: Iterable[TableColumn], lower: Row, names: HeadingNames
) -> tuple[TableColumn, ...]:
    """The columns under two rows of headings: what the lower row says is as sure as if it stood
    alone.
    """
    alone = [names.claim(text) if text else UNKNOWN for text in lower]
    pairs = zip(columns, alone, strict=True)
    return tuple(_with_surer_claim(column, claim) for column, claim in pairs)


def _columns(headings: Row, claims: Sequence[Claim]) -> tuple[TableColumn, ...]:
    pairs = enumerate(zip(headings, claims, strict=True))
    return tuple(TableColumn(position, heading, claim) for position, (heading, claim) in pairs)


def _column_claim(
    heading: str, questions: Sequence[str], own: str | None, names: HeadingNames
) -> Claim:
    """What a column gives. `questions`: the texts that its question may be known by; `own`: the
    field of a column that the service adds, None for a question.
    """
    if not heading or len(heading) > _LONGEST_HEADING:
        return UNKNOWN
    by_settings = names.sure(heading)
    if by_settings.strength == OVERRIDE:
        return by_settings
    claims = [names.claim(text) for text in questions if text]
    best = max(claims, key=lambda claim: claim.strength, default=UNKNOWN)
    return best if own is None or best.strength == OVERRIDE else _own_claim(own)


def _claim_by_code_or_text(code: str, text: str, own: str | None, names: HeadingNames) -> Claim:
    by_code = _column_claim(code, [code], None, names)
    return by_code if by_code.strength == OVERRIDE else _column_claim(text, [text], own, names)


def _own_claim(field: str) -> Claim:
    """What a column gives that a service adds by itself."""
    if not field:
        return FURNITURE
    return Claim(field, SENDER if field.startswith("contact_") else SERVICE)


def _with_surer_claim(column: TableColumn, claim: Claim) -> TableColumn:
    is_surer = claim.field == column.claim.field and claim.strength > column.claim.strength
    return TableColumn(column.position, column.heading, claim) if is_surer else column
