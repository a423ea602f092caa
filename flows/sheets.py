"""kipp sheets: workbooks to fill in for a phase.

Who entered is told by the published run, before the first by the exports; who marks by the folder's
tables.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows import output as output_file
from flows import request
from flows.inputs import Request, published
from tasks import competition as rules
from tasks.competition import Competition, Judging, Screening
from tasks.errors import CallError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from tasks.results import Results


def write(folder: Path, phase: str, output: Path | None, where: Path | None = None) -> Path:
    """Writes the workbook to `output`, or as <phase>.xlsx in `where` (the current folder). Raises
    CallError.

    A file that is there already may hold marks, and is never written over.
    """
    competition = rules.load(folder)
    wanted = _phase(phase, competition)
    target = output or (where or Path.cwd()) / f"{phase}.xlsx"
    if target.exists():
        raise CallError(Problem("sheets.exists", str(target)))
    content = made(folder, wanted, competition)
    return output_file.write(target, content)


def _phase(code: str, competition: Competition) -> Judging | Screening:
    known = {
        phase.code: phase for phase in competition.phases if isinstance(phase, (Judging, Screening))
    }
    if code not in known:
        raise CallError(
            Problem("sheets.no_phase", "PHASE", {"phase": code, "known": ", ".join(known) or "-"})
        )
    return known[code]


def made(folder: Path, phase: Judging | Screening, competition: Competition) -> bytes:
    """The workbook's bytes. Raises CallError where nobody has entered the phase, or nobody is known
    to mark it.
    """
    from reports import fillable
    from reports.edition import edition
    from reports.pages import sheets

    results, as_of = _results(folder, competition)
    inside = entered(results, phase)
    if inside.empty:
        raise CallError(
            Problem("sheets.nobody_entered", phase.code, _when(phase, competition, as_of))
        )
    made_for = edition(competition)
    if isinstance(phase, Screening):
        return fillable.make(sheets.for_screening(inside, phase, made_for), made_for.words)
    expected = _expected(folder, results, inside, phase, competition)
    return fillable.make(sheets.for_judges(inside, expected, phase, made_for), made_for.words)


def _results(folder: Path, competition: Competition) -> tuple["Results", datetime]:
    """The published Results, else those of the exports as they are now; and as of when. Raises
    NotPublished.
    """
    from tasks.results import Results

    there = published(Request(folder), competition)
    manifest = there.manifest()
    if manifest is None:
        return _fresh(folder)
    request.notice(folder, competition, manifest)
    with request.on_disk(there, manifest) as data:
        return Results.read(data), datetime.fromisoformat(manifest["as_of"])


def _fresh(folder: Path) -> tuple["Results", datetime]:
    from flows import beside
    from flows.inputs import gather
    from tasks.errors import NotPublished

    inputs = gather(Request(folder))
    results = beside.compute(inputs)
    from flows import computing

    if computing.is_withheld(results):
        raise NotPublished(Problem("sheets.withheld", str(folder)))
    return results, inputs.as_of


def _when(phase: Judging | Screening, competition: Competition, as_of: datetime) -> dict[str, str]:
    from tasks.words import Words

    words = Words(competition.language)
    before = competition.phases[competition.phases.index(phase) - 1]
    return {
        "before": words.name(before.name),
        "closes": words.time(before.closes),
        "as_of": words.time(as_of),
    }


def entered(results: "Results", phase: Judging | Screening) -> "pd.DataFrame":
    """The submissions that entered the phase, by category in the competition's order, then
    title.
    """
    competition = results.competition
    codes = [one.code for one in competition.phases]
    order = {category.code: n for n, category in enumerate(competition.categories)}
    rows = results["submissions"]
    place = rows["stage"].map({code: n for n, code in enumerate(codes)})
    inside = rows[
        (place >= codes.index(phase.code)).fillna(False) & (rows["status"] != "superseded")
    ]
    sorted_ = inside.assign(
        place=inside["category"].map(order), called=inside["title"].str.casefold()
    )
    return sorted_.sort_values(
        ["place", "called", "submission_id"], kind="stable", ignore_index=True
    )


def _expected(
    folder: Path,
    results: "Results",
    inside: "pd.DataFrame",
    phase: Judging,
    competition: Competition,
) -> "pd.DataFrame":
    """judge, submission_id: by assignments.csv, else all for everyone in judges.csv; no conflicts
    of interest.
    """
    import pandas as pd

    from tasks import assignments, evidence, innovations, marks
    from tasks import folder as tables_of

    tables, found = tables_of.read(folder, competition)
    if (found["rule"] == "broken_register").any():
        raise CallError(Problem("sheets.broken_register", str(folder)))
    names = evidence.judge_names(tables.judges[["judge"]], tables, phase)
    settled = innovations.settled(results["submissions"])
    assigned = evidence.assigned(tables, names, settled, competition, phase).rows
    if assigned.empty:
        everything = pd.DataFrame(
            {"judge": tables.judges["judge"].dropna(), "submission": assignments.EVERYTHING}
        )
        assigned = everything.assign(submission_id=pd.Series(dtype="str"))
    if assigned.empty:
        raise CallError(Problem("sheets.no_judges", phase.code))
    named = evidence.named_conflicts(tables, names, competition, phase)
    barred = marks.conflicts(phase, tables.judges, tables.agencies, named)
    nobody = pd.DataFrame(
        {"judge": pd.Series(dtype="str"), "submission_id": pd.Series(dtype="str")}
    )
    pairs = assignments.expected(assigned, nobody, inside.assign(list=0), barred)
    if pairs.empty:
        raise CallError(Problem("sheets.nothing_assigned", phase.code))
    return _in_order(pairs, assigned["judge"])


def _in_order(pairs: "pd.DataFrame", judges: "pd.Series") -> "pd.DataFrame":
    order = {judge: n for n, judge in enumerate(judges.unique())}
    return pairs.assign(place=pairs["judge"].map(order)).sort_values(
        "place", kind="stable", ignore_index=True
    )
