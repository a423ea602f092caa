"""kipp sheets: workbooks to fill in for a phase.

The published run says which submissions entered the phase; before the first run, the exports do.
The tables of the folder say who marks.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.night import evaluation
from flows.night.gather import Request, gather_inputs, published_runs
from flows.office.newer_inbox import newer_inbox_notice
from flows.office.output import write_output
from reports.content.edition import edition
from tasks.disk.folder import load_competition, raw_tables
from tasks.errors import CallError, ErrorMessage, NotPublished
from tasks.rules.competition import (
    Competition,
    Criterion,
    JudgingPhase,
    Requirement,
    ScreeningPhase,
)
from tasks.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from tasks.register.tables import Tables
    from tasks.results.results import Results

SheetPhase = JudgingPhase | ScreeningPhase  # a phase whose sheets people fill in


def write_sheets(
    request: Request, phase_code: str, output: Path | None, where: Path | None = None
) -> Path:
    """The path of the workbook, after it was written to `output`, else as <phase>.xlsx in `where`.

    `where`: None for the current folder. A file that is there already may hold marks, and is never
    written over. Raises CallError.
    """
    competition = load_competition(request.folder)
    phase = _find_phase(phase_code, competition)
    target = output or (where or Path.cwd()) / f"{phase_code}.xlsx"
    if target.exists():
        raise CallError(ErrorMessage("sheets.exists", str(target)))
    return write_output(target, make_sheets(request, phase, competition))


def _find_phase(code: str, competition: Competition) -> SheetPhase:
    """The phase of this code. Raises CallError that names the phases with sheets."""
    phases = {phase.code: phase for phase in competition.phases if isinstance(phase, SheetPhase)}
    if code not in phases:
        params = {"phase": code, "known": ", ".join(phases) or "-"}
        raise CallError(ErrorMessage("sheets.no_phase", "PHASE", params))
    return phases[code]


def make_sheets(request: Request, phase: SheetPhase, competition: Competition) -> bytes:
    """The workbook's bytes.

    Raises CallError where nobody has entered the phase, or nobody is known to mark it.
    """
    from reports.formats import fillable  # start-up time
    from reports.pages.office import sheets  # start-up time

    results, as_of = _current_results(request, competition)
    entered = entered_submissions(results, phase)
    if entered.empty:
        params = _timing_params(phase, competition, as_of)
        raise CallError(ErrorMessage("sheets.nobody_entered", phase.code, params))
    made_for = edition(competition)
    read_heading = heading_reader(phase, competition)
    if isinstance(phase, ScreeningPhase):
        form = sheets.screening_workbook(entered, phase, made_for, read_heading)
    else:
        expected = _expected_sheets(request.folder, results, entered, phase, competition)
        form = sheets.judges_workbook(entered, expected, phase, made_for, read_heading)
    return fillable.render_form(form, made_for.words)


def heading_reader(phase: SheetPhase, competition: Competition) -> Callable[[str], str | None]:
    """A function that gives what intake reads a heading of the phase's sheets as.

    A field, the code of a criterion or requirement, or None for nothing.
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


def _current_results(request: Request, competition: Competition) -> tuple["Results", datetime]:
    """The published Results, else those of the exports as they are now; and their `as_of`.

    Raises NotPublished where nothing is published and the exports have a critical finding.
    """
    from tasks.results.results import Results  # start-up time

    published = published_runs(request, competition)
    manifest = published.manifest()
    if manifest is None:
        return _fresh_results(request)
    newer_inbox_notice(request, competition, manifest)
    return Results.of_files(published.data_files(manifest)), manifest.as_of


def _fresh_results(request: Request) -> tuple["Results", datetime]:
    """The Results of the exports as they are now, and their `as_of`. Raises NotPublished."""
    inputs = gather_inputs(request)
    results = evaluation.compute_with_evaluator(inputs)
    from flows.night.compute import withholds_run  # start-up time

    if withholds_run(results):
        raise NotPublished(ErrorMessage("sheets.withheld", str(request.folder)))
    return results, inputs.as_of


def _timing_params(phase: SheetPhase, competition: Competition, as_of: datetime) -> dict[str, str]:
    """The phase before, when it closes, and `as_of`, in words."""
    words = Words(competition.language)
    before = competition.phases[competition.phases.index(phase) - 1]
    return {
        "before": words.name(before.name),
        "closes": words.time(before.closes),
        "as_of": words.time(as_of),
    }


def entered_submissions(results: "Results", phase: SheetPhase) -> "pd.DataFrame":
    """The rows of submissions that entered the phase, and what they are sorted by.

    By category in the competition's order, then by title. `place`: of the category, from 0;
    `called`: the title without capitals.
    """
    competition = results.competition
    place_of_phase = _number_codes(each.code for each in competition.phases)
    rows = results["submissions"]
    last_phase = rows["stage"].map(place_of_phase)
    has_entered = (last_phase >= place_of_phase[phase.code]).fillna(False)
    entered = rows[has_entered & (rows["status"] != "superseded")]
    place_of_category = _number_codes(category.code for category in competition.categories)
    places = entered["category"].map(place_of_category)
    sortable = entered.assign(place=places, called=entered["title"].str.casefold())
    order = ["place", "called", "submission_id"]
    return sortable.sort_values(order, kind="stable", ignore_index=True)


def _number_codes(codes: Iterable[str]) -> dict[str, int]:
    """The place of each code in the list, from 0."""
    return {code: place for place, code in enumerate(codes)}


def _expected_sheets(
    folder: Path,
    results: "Results",
    entered: "pd.DataFrame",
    phase: JudgingPhase,
    competition: Competition,
) -> "pd.DataFrame":
    """The sheets that are expected, one row per sheet: judge, submission_id.

    As assignments.csv says; without assignments, every submission for each judge of judges.csv.
    Pairs with a conflict of interest are left out. Raises CallError where the tables are wrong or
    give no sheet.
    """
    import pandas as pd  # start-up time

    from tasks.judging import expected_sheets  # start-up time
    from tasks.judging.conflicts import conflict_pairs, named_conflicts  # start-up time
    from tasks.phases import evidence  # start-up time

    tables = _folder_tables(folder, competition)
    names = evidence.judge_names(tables.judges[["judge"]], tables, phase)
    assigned = _phase_assignments(tables, names, results, phase, competition)
    named_pairs = named_conflicts(tables, names, competition, phase)
    barred = conflict_pairs(phase, tables.judges, tables.agencies, named_pairs)
    no_sheets = pd.DataFrame({"judge": [], "submission_id": []}, dtype="str")
    one_list = entered.assign(list=0)
    pairs = expected_sheets.expected_pairs(assigned, no_sheets, one_list, barred)
    if pairs.empty:
        raise CallError(ErrorMessage("sheets.nothing_assigned", phase.code))
    return _sort_by_judge(pairs, assigned["judge"])


def _folder_tables(folder: Path, competition: Competition) -> "Tables":
    """The folder's tables. Raises CallError where one of them is wrong."""
    from tasks.register.tables import read_tables  # start-up time

    register = read_tables(raw_tables(folder), competition)
    if (register.findings["rule"] == "broken_register").any():
        raise CallError(ErrorMessage("sheets.broken_register", str(folder)))
    return register.tables


def _phase_assignments(
    tables: "Tables",
    names: "pd.Series",
    results: "Results",
    phase: JudgingPhase,
    competition: Competition,
) -> "pd.DataFrame":
    """The assignments of the phase, else all submissions to each judge: judge, submission,
    submission_id.

    `names`: as evidence.judge_names gives them. Raises CallError where there are no judges.
    """
    from tasks.phases import evidence  # start-up time
    from tasks.results import innovations  # start-up time

    settled = innovations.add_innovations(results["submissions"])
    assigned = evidence.match_assignments(tables, names, settled, competition, phase).frame
    if assigned.empty:
        assigned = _assign_all_to_each_judge(tables.judges)
    if assigned.empty:
        raise CallError(ErrorMessage("sheets.no_judges", phase.code))
    return assigned


def _assign_all_to_each_judge(judges: "pd.DataFrame") -> "pd.DataFrame":
    """Assignments of all submissions to each judge: judge, submission, submission_id (empty)."""
    import pandas as pd  # start-up time

    from tasks.judging.expected_sheets import ALL_SUBMISSIONS  # start-up time

    names = judges["judge"].dropna()
    assignments = pd.DataFrame({"judge": names, "submission": ALL_SUBMISSIONS})
    return assignments.assign(submission_id=pd.Series(dtype="str"))


def _sort_by_judge(pairs: "pd.DataFrame", judges: "pd.Series") -> "pd.DataFrame":
    """The pairs in the order in which the judges are assigned, with the judge's number, `place`."""
    order = {judge: number for number, judge in enumerate(judges.unique())}
    numbered = pairs.assign(place=pairs["judge"].map(order))
    return numbered.sort_values("place", kind="stable", ignore_index=True)
