"""The province's workbook: one proposal in two columns, `Data | Deskripsi`, labels and answers."""

import pandas as pd

from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.services.form_service import FormService

_LABELS_HEADING, _ANSWERS_HEADING = "data", "deskripsi"
PROVINCE = FormService("province")


def is_one_proposal(answers: pd.DataFrame) -> bool:
    """Whether a table that runs sideways is the province's: it has one column of answers.

    `answers`: a row for each column of answers.
    """
    return len(answers) <= 1


def is_heading_pair(labels: object, answers: object) -> bool:
    """Whether two neighbouring cells head the labels and the answers."""
    return _has_key(labels, _LABELS_HEADING) and is_answers_heading(answers)


def is_answers_heading(cell: object) -> bool:
    """Whether a cell heads a column of answers."""
    return _has_key(cell, _ANSWERS_HEADING)


def _has_key(cell: object, key: str) -> bool:
    return isinstance(cell, str) and heading_key(cell) == key
