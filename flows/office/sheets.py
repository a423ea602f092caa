"""kipp sheets: workbooks to fill in for a phase.

Who entered is told by the published run, before the first by the exports; who marks by the folder's
tables.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.night.gather import Request, published_runs
from flows.office import output as output_file
from flows.office import report
from tasks.disk.folder import load_competition, raw_tables
from tasks.errors import CallError, ErrorMessage
from tasks.rules.competition import (
    Competition,
    Criterion,
    JudgingPhase,
    Requirement,
    ScreeningPhase,
)

if TYPE_CHECKING:
    import pandas as pd

    from tasks.results.results import Results


def write_sheets(folder: Path, phase: str, output: Path | None, where: Path | None = None) -> Path:
    """Writes the workbook to `output`, or as <phase>.xlsx in `where` (the current folder). Raises
    CallError.

    A file that is there already may hold marks, and is never written over.
    """
    competition = load_competition(folder)
    wanted = _find_phase(phase, competition)
    target = output or (where or Path.cwd()) / f"{phase}.xlsx"
    if target.exists():
        raise CallError(ErrorMessage("sheets.exists", str(target)))
    content = make_sheets(folder, wanted, competition)
    return output_file.write_output(target, content)


def _find_phase(code: str, competition: Competition) -> JudgingPhase | ScreeningPhase:
    known = {
        phase.code: phase
        for phase in competition.phases
        if isinstance(phase, (JudgingPhase, ScreeningPhase))
    }
    if code not in known:
        raise CallError(
            ErrorMessage(
                "sheets.no_phase", "PHASE", {"phase": code, "known": ", ".join(known) or "-"}
            )
        )
    return known[code]


def make_sheets(
    folder: Path, phase: JudgingPhase | ScreeningPhase, competition: Competition
) -> bytes:
    """The workbook's bytes. Raises CallError where nobody has entered the phase, or nobody is known
    to mark it.
    """
    from reports.content.edition import edition  # start-up time
    from reports.formats import fillable  # start-up time
    from reports.pages.office import sheets  # start-up time

    results, as_of = _current_results(folder, competition)
    inside = entered_submissions(results, phase)
    if inside.empty:
        raise CallError(
            ErrorMessage(
                "sheets.nobody_entered", phase.code, _timing_params(phase, competition, as_of)
            )
        )
    made_for = edition(competition)
    read_heading = heading_reader(phase, competition)
    if isinstance(phase, ScreeningPhase):
        form = sheets.screening_workbook(inside, phase, made_for, read_heading)
    else:
        expected = _expected_sheets(folder, results, inside, phase, competition)
        form = sheets.judges_workbook(inside, expected, phase, made_for, read_heading)
    return fillable.render_form(form, made_for.words)


def heading_reader(
    phase: JudgingPhase | ScreeningPhase, competition: Competition
) -> Callable[[str], str | None]:
    """What intake reads a heading of the phase's sheets as: a field, the code of a criterion or
    requirement, None for nothing.
    """
    from tasks.intake.sheets import sheet_heading_names  # start-up time

    items: Sequence[Criterion | Requirement]
    if isinstance(phase, JudgingPhase):
        items, settings = phase.criteria, competition.forms.scores
    else:
        items, settings = phase.requirements, competition.forms.screening
    names = {item.code: tuple(item.name.values()) for item in items}
    known = sheet_heading_names(names, settings.get(phase.code, {}))
    return lambda heading: known.claim(heading).field


def _current_results(folder: Path, competition: Competition) -> tuple["Results", datetime]:
    """The published Results, else those of the exports as they are now; and as of when. Raises
    NotPublished.
    """
    from tasks.results.results import Results  # start-up time

    there = published_runs(Request(folder), competition)
    manifest = there.manifest()
    if manifest is None:
        return _fresh_results(folder)
    report.newer_inbox_notice(folder, competition, manifest)
    results = Results.of_files(there.data_files(manifest))
    return results, manifest.as_of


def _fresh_results(folder: Path) -> tuple["Results", datetime]:
    from flows.night import evaluation  # start-up time
    from flows.night.gather import gather_inputs  # start-up time
    from tasks.errors import NotPublished  # start-up time

    inputs = gather_inputs(Request(folder))
    results = evaluation.compute_with_evaluator(inputs)
    from flows.night import compute  # start-up time

    if compute.is_withheld(results):
        raise NotPublished(ErrorMessage("sheets.withheld", str(folder)))
    return results, inputs.as_of


def _timing_params(
    phase: JudgingPhase | ScreeningPhase, competition: Competition, as_of: datetime
) -> dict[str, str]:
    from tasks.words import Words  # start-up time

    words = Words(competition.language)
    before = competition.phases[competition.phases.index(phase) - 1]
    return {
        "before": words.name(before.name),
        "closes": words.time(before.closes),
        "as_of": words.time(as_of),
    }


def entered_submissions(results: "Results", phase: JudgingPhase | ScreeningPhase) -> "pd.DataFrame":
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


def _expected_sheets(
    folder: Path,
    results: "Results",
    inside: "pd.DataFrame",
    phase: JudgingPhase,
    competition: Competition,
) -> "pd.DataFrame":
    """judge, submission_id: by assignments.csv, else all for everyone in judges.csv; no conflicts
    of interest.
    """
    import pandas as pd  # start-up time

    from tasks.judging import expected_sheets  # start-up time
    from tasks.judging.sheets import conflict_pairs  # start-up time
    from tasks.phases import evidence  # start-up time
    from tasks.register.tables import read_tables  # start-up time
    from tasks.results import innovations  # start-up time

    tables, found = read_tables(raw_tables(folder), competition)
    if (found["rule"] == "broken_register").any():
        raise CallError(ErrorMessage("sheets.broken_register", str(folder)))
    names = evidence.judge_names(tables.judges[["judge"]], tables, phase)
    settled = innovations.add_innovations(results["submissions"])
    assigned = evidence.match_assignments(tables, names, settled, competition, phase).frame
    if assigned.empty:
        everything = pd.DataFrame(
            {
                "judge": tables.judges["judge"].dropna(),
                "submission": expected_sheets.ALL_SUBMISSIONS,
            }
        )
        assigned = everything.assign(submission_id=pd.Series(dtype="str"))
    if assigned.empty:
        raise CallError(ErrorMessage("sheets.no_judges", phase.code))
    named = evidence.named_conflicts(tables, names, competition, phase)
    barred = conflict_pairs(phase, tables.judges, tables.agencies, named)
    nobody = pd.DataFrame(
        {"judge": pd.Series(dtype="str"), "submission_id": pd.Series(dtype="str")}
    )
    pairs = expected_sheets.expected_pairs(assigned, nobody, inside.assign(list=0), barred)
    if pairs.empty:
        raise CallError(ErrorMessage("sheets.nothing_assigned", phase.code))
    return _sort_by_judge(pairs, assigned["judge"])


def _sort_by_judge(pairs: "pd.DataFrame", judges: "pd.Series") -> "pd.DataFrame":
    order = {judge: n for n, judge in enumerate(judges.unique())}
    return pairs.assign(place=pairs["judge"].map(order)).sort_values(
        "place", kind="stable", ignore_index=True
    )
