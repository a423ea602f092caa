"""kipp sheets: the workbook that the judges of a phase fill in, a sheet a judge, or the sheet of a
check.

Its headings, ids and sheet names are those that intake (marks.py, screening.py) knows again.
"""

import re
from collections.abc import Mapping, Sequence
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
from tasks.intake import sheet_columns as intake
from tasks.rules.competition import Criterion, JudgingPhase, Requirement, ScreeningPhase

_GIVEN_WIDTHS = {
    "id": 16,
    "title": 30,
    "agency": 21,
    "category": 15,
}  # columns that are filled in, with their widths
_FIELD_NAMES = {
    "id": "submission",
    "title": "title",
    "judge": "judge",
    "note": "note",
}  # what intake reads them as
_NOTE_WIDTH, _MEAN_WIDTH = 18, 8
_WIDTH_BOUNDS = (8, 16)  # least and most width of a column that is as wide as its longest word
_FROZEN_COLUMNS = 2  # columns
_ROW_LINES = 2  # a row leaves room for a pen
_LONGEST_JUDGE_NAME = 60  # characters of a judge's name beside the place to sign


def judges_workbook(
    entered: pd.DataFrame, expected: pd.DataFrame, phase: JudgingPhase, edition: Edition
) -> FormWorkbook:
    """A sheet a judge, with the submissions that a sheet of the judge is expected for.

    `entered`: submission_id, title, agency, category (code), in the order in which they are listed.
    `expected`: judge, submission_id; judges in order.
    """
    judges = list(expected["judge"].unique())
    asked = {
        judge: set(rows["submission_id"]) for judge, rows in expected.groupby("judge", sort=False)
    }
    made = [
        _judge_sheet(judge, entered[entered["submission_id"].isin(asked[judge])], phase, edition)
        for judge in judges
    ]
    return FormWorkbook(_workbook_title(phase, edition), tuple(made), edition.masthead.paper)


def screening_workbook(
    entered: pd.DataFrame, phase: ScreeningPhase, edition: Edition
) -> FormWorkbook:
    """One sheet with a drop-down a requirement. `entered` as in `for_judges`."""
    say = edition.words.say
    answer = OneOf((say("sheets.yes"), say("sheets.no")))
    heads = _SheetHeadings(
        phase.requirements, edition.competition.forms.screening.get(phase.code, {}), edition
    )
    given, rows = _given_columns(entered, heads, edition)
    noted = heads.columns(note=_NOTE_WIDTH)
    columns = (*given, *(FormColumn(h, _column_width(h)) for h in heads.items), *noted)
    blanks = (*(Blank(answer) for _ in heads.items), *(Blank() for _ in noted))
    how = say("sheets.screening.how", yes=answer.options[0], no=answer.options[1])
    notes = (how, _return_note("screening", phase, edition))
    name, title, signature = (
        edition.phases[phase.code],
        _workbook_title(phase, edition),
        say("sheets.screening.signature"),
    )
    cells = tuple((*row, *blanks) for row in rows)
    sheet = FormSheet(
        name, title, notes, columns, cells, signature, _FROZEN_COLUMNS, lines=_ROW_LINES
    )
    return FormWorkbook(title, (sheet,), edition.masthead.paper)


def _judge_sheet(
    judge: str, asked: pd.DataFrame, phase: JudgingPhase, edition: Edition
) -> FormSheet:
    """The sheet of one judge. Every row says whose it is: people rename sheets, and put rows of
    several together.
    """
    say = edition.words.say
    heads = _SheetHeadings(
        phase.criteria, edition.competition.forms.scores.get(phase.code, {}), edition
    )
    given, rows = _given_columns(asked, heads, edition)
    signed, noted, averaged = (
        heads.columns(judge=_column_width(judge)),
        heads.columns(note=_NOTE_WIDTH),
        heads.columns(mean=_MEAN_WIDTH),
    )
    columns = (
        *given,
        *signed,
        *(FormColumn(h, _column_width(h)) for h in heads.items),
        *noted,
        *averaged,
    )
    marks = [Blank(Scale(*phase.scale), _mark_prompt(c, phase, edition)) for c in phase.criteria]
    mean = WeightedMean(
        len(given) + len(signed), tuple(c.weight for c in phase.criteria), phase.precision
    )
    own: tuple[FormCell, ...] = (
        *(judge for _ in signed),
        *marks,
        *(Blank() for _ in noted),
        *(mean for _ in averaged),
    )
    notes = (
        f"{say('sheets.judge')}: {judge}",
        _scale_note(phase, edition),
        _return_note("scores", phase, edition),
    )
    signature = say("sheets.signature", judge=shorten(judge, _LONGEST_JUDGE_NAME, placeholder="…"))
    cells = tuple((*row, *own) for row in rows)
    return FormSheet(
        judge,
        _workbook_title(phase, edition),
        notes,
        columns,
        cells,
        signature,
        _FROZEN_COLUMNS,
        lines=_ROW_LINES,
    )


def _column_width(text: str) -> int:
    """The width of the longest word, within bounds: the narrower the table, the larger it
    prints.
    """
    least, most = _WIDTH_BOUNDS
    return min(
        max(max((len(word) for word in re.split(r"[\s/-]+", text)), default=0) + 2, least), most
    )


def _workbook_title(phase: JudgingPhase | ScreeningPhase, edition: Edition) -> str:
    return f"{edition.phases[phase.code]} · {edition.competition.name} {edition.competition.year}"


def _given_columns(
    entered: pd.DataFrame, heads: "_SheetHeadings", edition: Edition
) -> tuple[tuple[FormColumn, ...], list[tuple[FormCell, ...]]]:
    """The columns that are filled in, and their cells a row."""
    columns = heads.named(_GIVEN_WIDTHS)
    named = entered.assign(category=entered["category"].map(edition.categories).astype("str"))
    cells = named.rename(columns={"submission_id": "id"})[list(columns)].astype("object").fillna("")
    return tuple(columns.values()), list(cells.itertuples(index=False, name=None))


class _SheetHeadings:
    """The headings of a sheet, each such that intake reads it as what it is.

    `items`: of the criteria or requirements in order: the name, where intake knows that, else the
    code.
    """

    def __init__(
        self,
        items: Sequence[Criterion | Requirement],
        settings: Mapping[str, str],
        edition: Edition,
    ):
        self._known = intake.sheet_heading_names(
            {item.code: tuple(item.name.values()) for item in items}, settings
        )
        self._codes = {item.code for item in items}
        self._words = edition.words
        names = [edition.words.name(item.name) for item in items]
        pairs = list(zip(names, items, strict=True))
        self.items = [
            name if self._read_as(name) == item.code else item.code for name, item in pairs
        ]

    def _read_as(self, heading: str) -> str | None:
        return self._known.claim(heading).field

    def named(self, widths: Mapping[str, int]) -> dict[str, FormColumn]:
        """The columns of ours by name. One is left out where every heading for it names a criterion
        or requirement.
        """
        found = {name: self._own(name) for name in widths}
        return {
            name: FormColumn(heading, widths[name]) for name, heading in found.items() if heading
        }

    def columns(self, **widths: int) -> tuple[FormColumn, ...]:
        """As `named`, without the names."""
        return tuple(self.named(widths).values())

    def _own(self, name: str) -> str | None:
        field = _FIELD_NAMES.get(name)
        headings = [self._words.say(f"sheets.{name}"), *([field] if field else [])]
        read = ((heading, self._read_as(heading)) for heading in headings)
        fits = (
            heading
            for heading, as_ in read
            if as_ not in self._codes and (not field or as_ == field)
        )
        return next(fits, None)


def _mark_prompt(criterion: Criterion, phase: JudgingPhase, edition: Edition) -> str:
    least, most = (trim_zeros(end) for end in phase.scale)
    name, weight = edition.words.name(criterion.name), trim_zeros(criterion.weight)
    return edition.words.say("sheets.prompt", criterion=name, weight=weight, least=least, most=most)


def _scale_note(phase: JudgingPhase, edition: Edition) -> str:
    least, most = (trim_zeros(end) for end in phase.scale)
    weights = ", ".join(
        f"{edition.words.name(c.name)} {trim_zeros(c.weight)}" for c in phase.criteria
    )
    return edition.words.say("sheets.scale", least=least, most=most, weights=weights)


def _return_note(folder: str, phase: JudgingPhase | ScreeningPhase, edition: Edition) -> str:
    closes = edition.words.time(phase.closes)
    return edition.words.say("sheets.return", place=f"inbox/{folder}/{phase.code}/", closes=closes)
