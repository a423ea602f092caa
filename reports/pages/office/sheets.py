"""kipp sheets: the workbook that the judges of a phase fill in, one sheet per judge, or the sheet
of a check.

Its headings, ids and sheet names are such that intake knows them again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from textwrap import shorten

import pandas as pd

from reports.content.edition import Edition
from reports.content.form import (
    Blank,
    FormCell,
    FormColumn,
    FormSheet,
    FormWorkbook,
    OneOf,
    Scale,
    WeightedMean,
    trim_zeros,
)
from tasks.rules.competition import Criterion, JudgingPhase, Requirement, ScreeningPhase

# What intake reads a heading as: a field, the code of a criterion or requirement, None for nothing.
HeadingReader = Callable[[str], str | None]

# The columns that are filled in, with their widths.
_GIVEN_WIDTHS = {"id": 16, "title": 30, "agency": 21, "category": 15}
# The fields that intake reads columns of ours as.
_FIELD_NAMES = {"id": "submission", "title": "title", "judge": "judge", "note": "note"}
_NOTE_WIDTH, _MEAN_WIDTH = 18, 8
_WIDTH_BOUNDS = (8, 16)  # least and most width of a column that is as wide as its longest word
_FROZEN_COLUMNS = 2
_ROW_LINES = 2  # a row leaves room for a pen
_LONGEST_JUDGE_NAME = 60  # characters of a judge's name beside the place to sign


def judges_workbook(
    entered: pd.DataFrame,
    expected: pd.DataFrame,
    phase: JudgingPhase,
    edition: Edition,
    read_heading: HeadingReader,
) -> FormWorkbook:
    """One sheet per judge, with the submissions that a sheet of the judge is expected for.

    `entered`: submission_id, title, agency, category (code); one row per submission, in the order
    in which they are listed. `expected`: judge, submission_id; judges in order.
    """
    sheets = []
    for judge, rows in expected.groupby("judge", sort=False):
        own = entered[entered["submission_id"].isin(rows["submission_id"])]
        sheets.append(_judge_sheet(str(judge), own, phase, edition, read_heading))
    return FormWorkbook(_workbook_title(phase, edition), tuple(sheets), edition.masthead.paper)


def screening_workbook(
    entered: pd.DataFrame, phase: ScreeningPhase, edition: Edition, read_heading: HeadingReader
) -> FormWorkbook:
    """One sheet with a drop-down per requirement. `entered` as in `judges_workbook`."""
    say = edition.words.say
    answers = OneOf((say("sheets.yes"), say("sheets.no")))
    headings = _SheetHeadings(phase.requirements, edition, read_heading)
    given, rows = _given_columns(entered, headings, edition)
    items = headings.item_columns()
    note = headings.columns(note=_NOTE_WIDTH)
    blanks = [Blank(answers)] * len(items)
    blanks += [Blank()] * len(note)
    how = say("sheets.screening.how", yes=answers.options[0], no=answers.options[1])
    sheet = FormSheet(
        name=edition.phases[phase.code],
        title=_workbook_title(phase, edition),
        notes=(how, _return_note("screening", phase, edition)),
        columns=(*given, *items, *note),
        rows=tuple((*row, *blanks) for row in rows),
        signature=say("sheets.screening.signature"),
        frozen=_FROZEN_COLUMNS,
        lines=_ROW_LINES,
    )
    return FormWorkbook(sheet.title, (sheet,), edition.masthead.paper)


def _judge_sheet(
    judge: str,
    entered: pd.DataFrame,
    phase: JudgingPhase,
    edition: Edition,
    read_heading: HeadingReader,
) -> FormSheet:
    """The sheet of one judge. Every row says whose it is: people rename sheets, and put rows of
    several together.
    """
    headings = _SheetHeadings(phase.criteria, edition, read_heading)
    given, rows = _given_columns(entered, headings, edition)
    name = headings.columns(judge=_column_width(judge))
    note = headings.columns(note=_NOTE_WIDTH)
    mean = headings.columns(mean=_MEAN_WIDTH)
    marks = [_mark_cell(criterion, phase, edition) for criterion in phase.criteria]
    weighted = _weighted_mean(phase, len(given) + len(name))
    own: list[FormCell] = [judge] * len(name)
    own += marks
    own += [Blank()] * len(note)
    own += [weighted] * len(mean)
    return FormSheet(
        name=judge,
        title=_workbook_title(phase, edition),
        notes=_judge_notes(judge, phase, edition),
        columns=(*given, *name, *headings.item_columns(), *note, *mean),
        rows=tuple((*row, *own) for row in rows),
        signature=_judge_signature(judge, edition),
        frozen=_FROZEN_COLUMNS,
        lines=_ROW_LINES,
    )


def _judge_notes(judge: str, phase: JudgingPhase, edition: Edition) -> tuple[str, ...]:
    whose = f"{edition.words.say('sheets.judge')}: {judge}"
    return whose, _scale_note(phase, edition), _return_note("scores", phase, edition)


def _judge_signature(judge: str, edition: Edition) -> str:
    signer = shorten(judge, _LONGEST_JUDGE_NAME, placeholder="…")
    return edition.words.say("sheets.signature", judge=signer)


def _weighted_mean(phase: JudgingPhase, first: int) -> WeightedMean:
    """The mean of the marks of a row, which begin in the column `first`."""
    weights = tuple(criterion.weight for criterion in phase.criteria)
    return WeightedMean(first, weights, phase.weight_divisor, phase.precision)


def _column_width(text: str) -> int:
    """The width of the longest word, within bounds: the narrower the table, the larger it
    prints.
    """
    least, most = _WIDTH_BOUNDS
    longest = max(len(word) for word in re.split(r"[\s/-]+", text))
    return min(max(longest + 2, least), most)


def _workbook_title(phase: JudgingPhase | ScreeningPhase, edition: Edition) -> str:
    return f"{edition.phases[phase.code]} · {edition.competition.name} {edition.competition.year}"


def _given_columns(
    entered: pd.DataFrame, headings: "_SheetHeadings", edition: Edition
) -> tuple[tuple[FormColumn, ...], list[tuple[FormCell, ...]]]:
    """The columns that are filled in, and the rows of their cells."""
    columns = headings.columns_by_name(_GIVEN_WIDTHS)
    categories = entered["category"].map(edition.categories).astype("str")
    listed = entered.assign(category=categories, id=entered["submission_id"])
    cells = listed[list(columns)].astype("object").fillna("")
    return tuple(columns.values()), list(cells.itertuples(index=False, name=None))


class _SheetHeadings:
    """The headings of a sheet, each such that intake reads it as what it is.

    `items`: the headings of criteria or requirements in order: the name, where intake knows the
    name, else the code.
    """

    def __init__(
        self,
        items: Sequence[Criterion | Requirement],
        edition: Edition,
        read_heading: HeadingReader,
    ):
        self._read_heading = read_heading
        self._codes = {item.code for item in items}
        self._words = edition.words
        self.items = [self._item_heading(item) for item in items]

    def _item_heading(self, item: Criterion | Requirement) -> str:
        name = self._words.name(item.name)
        return name if self._read_heading(name) == item.code else item.code

    def item_columns(self) -> tuple[FormColumn, ...]:
        """The columns of the criteria or requirements."""
        return tuple(FormColumn(heading, _column_width(heading)) for heading in self.items)

    def columns_by_name(self, widths: Mapping[str, int]) -> dict[str, FormColumn]:
        """The columns of ours by name. A column is left out where every heading for it names a
        criterion or requirement.
        """
        headings = {name: self._own_heading(name) for name in widths}
        return {
            name: FormColumn(heading, widths[name]) for name, heading in headings.items() if heading
        }

    def columns(self, **widths: int) -> tuple[FormColumn, ...]:
        """As `columns_by_name`, without the names."""
        return tuple(self.columns_by_name(widths).values())

    def _own_heading(self, name: str) -> str | None:
        """The heading in the bureau's words, else the field's name; None where neither is read as
        this column.
        """
        field = _FIELD_NAMES.get(name)
        headings = [self._words.say(f"sheets.{name}")]
        if field:
            headings.append(field)
        for heading in headings:
            read_as = self._read_heading(heading)
            if read_as not in self._codes and (not field or read_as == field):
                return heading
        return None


def _mark_cell(criterion: Criterion, phase: JudgingPhase, edition: Edition) -> Blank:
    """The cell of a mark: on the phase's scale, with the criterion and its weight as prompt."""
    scale = phase.criterion_scale(criterion)
    least, most = (trim_zeros(end) for end in scale)
    prompt = edition.words.say(
        "sheets.prompt",
        criterion=edition.words.name(criterion.name),
        weight=trim_zeros(criterion.weight),
        least=least,
        most=most,
    )
    return Blank(Scale(*scale), prompt)


def _scale_note(phase: JudgingPhase, edition: Edition) -> str:
    least, most = (trim_zeros(end) for end in phase.scale)
    weights = ", ".join(
        f"{edition.words.name(c.name)} {trim_zeros(c.weight)}" for c in phase.criteria
    )
    return edition.words.say("sheets.scale", least=least, most=most, weights=weights)


def _return_note(folder: str, phase: JudgingPhase | ScreeningPhase, edition: Edition) -> str:
    closes = edition.words.time(phase.closes)
    return edition.words.say("sheets.return", place=f"inbox/{folder}/{phase.code}/", closes=closes)
