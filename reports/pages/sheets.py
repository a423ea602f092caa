"""kipp sheets: the workbook that the judges of a phase fill in, a sheet a judge, or the sheet of a check.

Its headings, ids and sheet names are those that intake (marks.py, screening.py) knows again.
"""

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten

import pandas as pd

from reports.edition import Edition
from reports.fillable import Blank, Cell, Column, OneOf, Scale, Sheet, WeightedMean, Workbook, shown
from tasks.competition import Criterion, Judging, Requirement, Screening
from tasks.intake import sheets as intake

_GIVEN = {"id": 16, "title": 30, "agency": 21, "category": 15}  # columns that are filled in, with their widths
_NOTE, _MEAN = 18, 8
_BOUNDS = (8, 16)  # least and most width of a column that is as wide as its longest word
_IN_SIGHT = 2  # columns
_LINES = 2  # a row leaves room for a pen
_LONGEST_NAME = 60  # characters of a judge's name beside the place to sign


def for_judges(entered: pd.DataFrame, expected: pd.DataFrame, phase: Judging, edition: Edition) -> Workbook:
    """A sheet a judge, with the submissions that a sheet of the judge is expected for.

    `entered`: submission_id, title, agency, category (code), in the order in which they are listed. `expected`: judge,
    submission_id; judges in order.
    """
    judges = list(expected["judge"].unique())
    asked = {judge: set(rows["submission_id"]) for judge, rows in expected.groupby("judge", sort=False)}
    made = [
        _of_judge(judge, entered[entered["submission_id"].isin(asked[judge])], phase, edition) for judge in judges
    ]
    return Workbook(_title(phase, edition), tuple(made), edition.masthead.paper)


def for_screening(entered: pd.DataFrame, phase: Screening, edition: Edition) -> Workbook:
    """One sheet with a drop-down a requirement. `entered` as in `for_judges`."""
    say = edition.words.say
    answer = OneOf((say("sheets.yes"), say("sheets.no")))
    headings = _headings(phase.requirements, edition.competition.forms.screening.get(phase.code, {}), edition)
    columns = (*_given(edition), *(Column(h, _width(h)) for h in headings), Column(say("sheets.note"), _NOTE))
    rows = tuple((*cells, *(Blank(answer) for _ in headings), Blank()) for cells in _rows(entered, edition))
    how = say("sheets.screening.how", yes=answer.options[0], no=answer.options[1])
    notes = (how, _return("screening", phase, edition))
    name = edition.phases[phase.code]
    title, signature = _title(phase, edition), say("sheets.screening.signature")
    sheet = Sheet(name, title, notes, columns, rows, signature, _IN_SIGHT, lines=_LINES)
    return Workbook(title, (sheet,), edition.masthead.paper)


def _of_judge(judge: str, asked: pd.DataFrame, phase: Judging, edition: Edition) -> Sheet:
    """The sheet of one judge. Every row says whose it is: people rename sheets, and put rows of several together."""
    say = edition.words.say
    headings = _headings(phase.criteria, edition.competition.forms.scores.get(phase.code, {}), edition)
    columns = (
        *_given(edition), Column(say("sheets.judge"), _width(judge)), *(Column(h, _width(h)) for h in headings),
        Column(say("sheets.note"), _NOTE), Column(say("sheets.mean"), _MEAN),
    )
    marks = [Blank(Scale(*phase.scale), _prompt(c, phase, edition)) for c in phase.criteria]
    mean = WeightedMean(len(_GIVEN) + 1, tuple(c.weight for c in phase.criteria), phase.precision)
    rows = tuple((*cells, judge, *marks, Blank(), mean) for cells in _rows(asked, edition))
    notes = (f"{say('sheets.judge')}: {judge}", _scale(phase, edition), _return("scores", phase, edition))
    signature = say("sheets.signature", judge=shorten(judge, _LONGEST_NAME, placeholder="…"))
    return Sheet(judge, _title(phase, edition), notes, columns, rows, signature, _IN_SIGHT, lines=_LINES)


def _width(text: str) -> int:
    """The width of the longest word, within bounds: the narrower the table, the larger it prints."""
    least, most = _BOUNDS
    return min(max(max((len(word) for word in re.split(r"[\s/-]+", text)), default=0) + 2, least), most)


def _title(phase: Judging | Screening, edition: Edition) -> str:
    return f"{edition.phases[phase.code]} · {edition.competition.name} {edition.competition.year}"


def _given(edition: Edition) -> tuple[Column, ...]:
    return tuple(Column(edition.words.say(f"sheets.{name}"), width) for name, width in _GIVEN.items())


def _rows(entered: pd.DataFrame, edition: Edition) -> list[tuple[Cell, ...]]:
    named = entered.assign(category=entered["category"].map(edition.categories).astype("str"))
    cells = named[["submission_id", "title", "agency", "category"]].astype("object").fillna("")
    return list(cells.itertuples(index=False, name=None))


def _headings(items: Sequence[Criterion | Requirement], settings: Mapping[str, str], edition: Edition) -> list[str]:
    """What heads the column of each criterion or requirement: its name, where intake knows that; else its code."""
    known = intake.names_of({item.code: tuple(item.name.values()) for item in items}, settings)
    names = [edition.words.name(item.name) for item in items]
    return [
        name if known.claim(name).field == item.code else item.code for name, item in zip(names, items, strict=True)
    ]


def _prompt(criterion: Criterion, phase: Judging, edition: Edition) -> str:
    least, most = (shown(end) for end in phase.scale)
    name, weight = edition.words.name(criterion.name), shown(criterion.weight)
    return edition.words.say("sheets.prompt", criterion=name, weight=weight, least=least, most=most)


def _scale(phase: Judging, edition: Edition) -> str:
    least, most = (shown(end) for end in phase.scale)
    weights = ", ".join(f"{edition.words.name(c.name)} {shown(c.weight)}" for c in phase.criteria)
    return edition.words.say("sheets.scale", least=least, most=most, weights=weights)


def _return(folder: str, phase: Judging | Screening, edition: Edition) -> str:
    closes = edition.words.time(phase.closes)
    return edition.words.say("sheets.return", place=f"inbox/{folder}/{phase.code}/", closes=closes)
