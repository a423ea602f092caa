"""kipp explain: an innovation of the published run, with its exports read again from the copies under .kipp/raw."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from flows import request
from flows.inputs import Request, published
from reports.edition import edition
from reports.pages import explanation
from reports.pages.evidence import Answers, Cell, Evidence, Place, corrections
from reports.pages.explanation import Explanation
from reports.plain import harmless, plain
from tasks import competition as rules
from tasks import innovations, matching, screening
from tasks.competition import Competition, Judging, Screening
from tasks.errors import CallError, Problem
from tasks.intake import delivery, sheets
from tasks.intake import screening as answered
from tasks.intake import submissions as forms
from tasks.intake.headings import Names
from tasks.intake.raw import Raw
from tasks.results import Results


def explain(folder: Path, asked: str, as_json: bool = False) -> str:
    """The explanation as text for a terminal, or as JSON. Raises CallError where nothing is published or it is not found."""
    made = made_of(folder, asked)
    return as_json_text(made) if as_json else plain("explanation.txt", rules.load(folder).language, it=made)


def made_of(folder: Path, asked: str) -> Explanation:
    """The explanation of the innovation that `asked` means: an id or a title."""
    competition = rules.load(folder)
    there = published(Request(folder), competition)
    manifest = there.manifest()
    if manifest is None:
        raise CallError(Problem("flows.nothing_published", str(folder)))
    is_current = not request.notice(folder, competition, manifest)
    with request.on_disk(there, manifest) as data:
        results = Results.read(data)
    settled = innovations.settled(results["submissions"])
    rows = settled[settled["innovation"] == _innovation(asked, settled)]
    evidence = Reader(folder / ".kipp" / "raw", results, settled, rows).evidence()
    as_of = datetime.fromisoformat(manifest["as_of"])
    return explanation.build(results, edition(results.competition), rows, evidence, manifest["run"], as_of, is_current)


def _innovation(asked: str, settled: pd.DataFrame) -> str:
    found = innovations.find(asked, settled)
    if found.submission_id is None:
        near = "; ".join(f"{submission_id} ({title})" for submission_id, title in found.candidates)
        message = "explain.not_found.near" if near else "explain.not_found"
        raise CallError(Problem(message, "SUBMISSION", {"asked": asked, "near": near}))
    counting = settled[settled["counts"] & (settled["submission_id"] == found.submission_id)]
    return str(counting["innovation"].iloc[0])


def as_json_text(made: Explanation) -> str:
    """The explanation as JSON: the names of its fields, scores as text with their decimals, times as ISO 8601."""
    text = json.dumps(_values(made), ensure_ascii=False, indent=2)
    return "".join(f"\\u{ord(c):04x}" if c != "\n" and harmless(c) != c and ord(c) < 0x10000 else c for c in text)


def _values(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"kind": value.kind} if hasattr(type(value), "kind") and isinstance(type(value).kind, str) else {}
        return kind | {field.name: _values(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_values(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


# --- what the exports say --------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads the copies of the exports that tell of one innovation: `rows` of the published submissions, all in `settled`."""

    store: Path
    results: Results
    settled: pd.DataFrame
    rows: pd.DataFrame

    @property
    def competition(self) -> Competition:
        return self.results.competition

    def evidence(self) -> Evidence:
        """What they say; exports whose copy is gone are named."""
        cells, typed, copies = self._submissions()
        answers: dict[str, tuple[Answers, ...]] = {}
        for phase in self.competition.phases:
            if isinstance(phase, Judging):
                cells |= self._sheets(phase)
            elif isinstance(phase, Screening):
                answers[phase.code], seen = self._answers(phase)
                cells |= seen
        return Evidence(cells, typed, copies, answers, self._absent())

    def _exports(self, table: str, phase: str | None = None) -> pd.DataFrame:
        exports = self.results["exports"]
        return exports[(exports["table"] == table) & ((exports["phase"] == phase) if phase else True)]

    def _raws(self, exports: pd.DataFrame) -> list[Raw]:
        once = exports.drop_duplicates("export_name")
        raws = [Raw(e.export_name, self.store / e.export_sha256, e.export_sha256) for e in once.itertuples(index=False)]
        return [raw for raw in raws if raw.path.is_file()]

    def _absent(self) -> tuple[str, ...]:
        exports = self.results["exports"].drop_duplicates("export_name")
        return tuple(e.export_name for e in exports.itertuples(index=False) if not (self.store / e.export_sha256).is_file())

    def _cells(self, raws: list[Raw], names: Names, places: set[Place]) -> Iterator[tuple[Place, tuple[Cell, ...]]]:
        """The filled cells of rows, in the order of their columns, with the field that the run read each heading as."""
        read_as = self.results["headings"].drop_duplicates(["source", "heading"]).set_index(["source", "heading"])["read_as"]
        tables, _ = delivery.tables(raws, names, lambda table: True)
        for one in tables:
            known = read_as[one.table.source].dropna().to_dict() if one.table.source in read_as.index.levels[0] else {}
            for place in [place for place in places if place.source == one.table.source]:
                row = _row(one.table.body, place.row)
                if row is not None:
                    columns = [c for c in one.table.columns if c.heading and pd.notna(row[c.position])]
                    yield place, tuple(Cell(c.heading, str(row[c.position]), known.get(c.heading, "")) for c in columns)

    # submissions

    def _submissions(self) -> tuple[dict[Place, tuple[Cell, ...]], dict[Place, dict[str, str]], dict[Place, tuple[Place, ...]]]:
        raws = self._raws(self._exports("submissions"))
        places = _places(self.rows)
        own = self._raws(self._exports("submissions")[lambda e: e["source"].isin({place.source for place in places})])
        cells = dict(self._cells(own, forms.heading_names(self.competition), places))
        rows = forms.read(raws, self.competition).rows
        fixed = self._corrected(rows, places)
        typed, _ = forms.typed(fixed, self.competition)
        return cells, {place: _texts(_at(typed, place)) for place in places if len(_at(typed, place))}, _copies(rows, places)

    def _corrected(self, rows: pd.DataFrame, places: set[Place]) -> pd.DataFrame:
        """The rows with the corrections that took effect on the innovation's own."""
        fixed = rows.copy()
        ids = {Place.of(row.source, row.row): row.submission_id for row in self.rows.itertuples(index=False)}
        for place in places:
            at = _at(rows, place).index
            for field, correction in corrections(self.results["corrections"], place, str(ids[place])).items():
                if field in fixed:
                    fixed.loc[at, field] = correction.value or None
        return fixed

    # sheets and answers

    def _sheets(self, phase: Judging) -> dict[Place, tuple[Cell, ...]]:
        table = self.results["sheets"]
        ids = self.rows["submission_id"]
        mine = table[(table["phase"] == phase.code) & table["submission_id"].isin(ids) & table["source"].notna()]
        exports = self._exports("marks", phase.code)
        names = sheets.names_of({c.code: tuple(c.name.values()) for c in phase.criteria}, self.competition.forms.scores.get(phase.code, {}))
        return dict(self._cells(self._raws(exports[exports["source"].isin(mine["source"])]), names, _places(mine)))

    def _answers(self, phase: Screening) -> tuple[tuple[Answers, ...], dict[Place, tuple[Cell, ...]]]:
        raws = self._raws(self._exports("screening", phase.code))
        rows = screening.delivered(answered.typed(answered.read(raws, phase, self.competition).rows, self.competition)[0])
        met = matching.submissions(rows["submission"], self.settled)["submission_id"]
        mine = rows.assign(submission_id=met)[met.isin(self.rows.loc[self.rows["counts"], "submission_id"])]
        heads = mine.drop_duplicates("answer_row")
        last = screening.last(heads)
        ordered = pd.concat([heads[~heads["answer_row"].isin(last["answer_row"])], last])
        names = sheets.names_of(
            {r.code: tuple(r.name.values()) for r in phase.requirements}, self.competition.forms.screening.get(phase.code, {})
        )
        cells = dict(self._cells(raws, names, _places(heads)))
        return tuple(_answer(head, mine) for head in ordered.itertuples(index=False)), cells


def _answer(head: Any, rows: pd.DataFrame) -> Answers:
    place = Place.of(head.source, head.row)
    assert place is not None, "a delivered row has a source"
    mine = rows[rows["answer_row"] == head.answer_row]
    met = {code: None if pd.isna(answer) else bool(answer) for code, answer in zip(mine["requirement"], mine["answer"], strict=True)}
    return Answers(place, "" if pd.isna(head.note) else head.note, met)


def _places(rows: pd.DataFrame) -> set[Place]:
    pairs = (Place.of(row.source, row.row) for row in rows[["source", "row"]].itertuples(index=False))
    return {place for place in pairs if place}


def _row(body: pd.DataFrame, row: int | None) -> pd.Series | None:
    """The row of this number; of a table without numbers, its only one."""
    if row is None:
        return body.iloc[0] if len(body) else None
    return body.loc[row] if row in body.index else None


def _at(rows: pd.DataFrame, place: Place) -> pd.DataFrame:
    same = rows["row"].isna() if place.row is None else (rows["row"] == place.row).fillna(False)
    return rows[(rows["source"] == place.source) & same.astype("bool")]


def _texts(rows: pd.DataFrame) -> dict[str, str]:
    """The fields of a row that have something in them."""
    row = rows.iloc[0]
    return {str(name): str(value) for name, value in row.items() if isinstance(value, str)}


def _copies(rows: pd.DataFrame, places: set[Place]) -> dict[Place, tuple[Place, ...]]:
    """For each place, where the same cells were delivered again."""
    copies: Mapping[Place, pd.DataFrame] = {place: rows[rows["cells"].isin(_at(rows, place)["cells"])] for place in places}
    return {
        place: tuple(sorted(_places(same) - {place}, key=lambda one: (one.source, one.row or 0))) for place, same in copies.items()
    }
