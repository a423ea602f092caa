"""What each step really gives, in a run of the example, is what tasks/schema.py declares."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from flows.night import compute, read
from flows.night.gather import Request, gather_inputs
from tasks.judging import expected_sheets, severity
from tasks.names import agencies
from tasks.phases import evidence, fold, judging
from tasks.rules.competition import JudgingPhase
from tasks.schema import FRAMES, TABLES, frames_chapter

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "malang-2022"


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, pd.DataFrame]]:
    """Every frame that passes between rooms when the example is computed, with its name."""
    folder = tmp_path_factory.mktemp("frames") / "kipp"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("published", ".kipp"))
    inputs = gather_inputs(Request(folder, "2022-05-15"))
    given: dict[str, Any] = {}

    def keep_step(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            given[name] = function(*arguments)
            return given[name]

        return run

    with pytest.MonkeyPatch.context() as patch:
        calls = _keep_calls(patch)
        compute.compute_results(inputs, keep_step)
    deliveries = read.read_deliveries(inputs)
    return [
        *_delivered_frames(deliveries, inputs.competition),
        *_read_frames(given["read"], inputs.competition),
        *_settled_frames(given),
        *_phase_frames(calls),
    ]


def _keep_calls(patch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each function between two rooms gives, by its name, once it has been called; its
    arguments stand under the name with `()`.
    """
    given: dict[str, Any] = {}

    def keep(place: Any, name: str) -> None:
        function = getattr(place, name)

        def run(*arguments: Any) -> Any:
            given[f"{name}()"] = arguments
            given[name] = function(*arguments)
            return given[name]

        patch.setattr(place, name, run)

    keep(agencies, "match_agencies")
    keep(fold, "NightInputs")
    keep(fold, "named_conflicts")
    keep(fold, "conflict_pairs")
    keep(evidence, "signed_sheets")
    keep(evidence, "match_assignments")
    keep(judging, "check_sheets")
    keep(judging, "score_marks")
    keep(judging, "rank_submissions")
    keep(expected_sheets, "expected_pairs")
    keep(severity, "estimate_severities")
    return given


def _delivered_frames(deliveries: Any, rules: Any) -> Iterator[tuple[str, pd.DataFrame]]:
    for code, delivery in deliveries.items():
        yield (
            _kind_of_rows(code, rules, "submission_rows", "mark_rows", "answer_rows"),
            delivery.rows,
        )
        yield "exports", delivery.exports
        yield "headings", delivery.headings
        yield "findings", delivery.findings


def _read_frames(frames: Any, rules: Any) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "typed_submissions", frames.submissions
    yield "earlier_years", frames.earlier
    yield "findings", frames.findings
    for code, typed in frames.evidence.items():
        yield _kind_of_rows(code, rules, "", "typed_marks", "typed_answers"), typed
    for name in FRAMES:
        room, _, table = name.partition(".")
        if room == "register":
            yield name, getattr(frames.tables, table)


def _settled_frames(given: dict[str, Any]) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "matched_submissions", given["match"].frame
    yield "compared_submissions", given["compare"].rows
    yield "near_titles", given["compare"].near
    yield "matched_submissions", given["validate"].frame
    yield "settled_submissions", given["settle"].frame
    for step in ("match", "validate", "settle"):
        yield "findings", given[step].findings
    for result in given["fold"]:
        yield "findings", result.findings


def _phase_frames(calls: dict[str, Any]) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "agency_matches", calls["match_agencies"]
    yield "counting_submissions", calls["NightInputs"].counting
    yield "named_conflicts", calls["named_conflicts"]
    yield "conflict_pairs", calls["conflict_pairs"]
    yield "signed_sheets", calls["signed_sheets"].frame
    yield "matched_assignments", calls["match_assignments"].frame
    yield "possible_submissions", calls["check_sheets()"][2]
    yield "listed_submissions", calls["rank_submissions()"][0]
    yield "used_marks", calls["score_marks()"][0]
    yield "float_scores", calls["estimate_severities()"][0]
    yield "checked_sheets", calls["check_sheets"].sheets
    yield "checked_cells", calls["check_sheets"].cells
    yield "findings", calls["check_sheets"].findings
    yield "expected_sheets", calls["expected_pairs"]
    yield "own_units", calls["score_marks"].own
    yield "criterion_units", calls["score_marks"].criteria
    yield "sheet_units", calls["score_marks"].sheets
    yield "judge_severities", calls["estimate_severities"].judges
    yield "plan_parts", calls["estimate_severities"].parts
    yield "standing", calls["rank_submissions"].rankings
    yield "equal_scores", calls["rank_submissions"].ties


def _kind_of_rows(code: str, rules: Any, submissions: str, marks: str, answers: str) -> str:
    if code == "submissions":
        return submissions
    return marks if isinstance(rules.phase(code), JudgingPhase) else answers


def test_every_declared_frame_is_given_by_some_step(frames: list[tuple[str, pd.DataFrame]]) -> None:
    assert {name for name, _ in frames} == set(FRAMES)


def test_what_a_step_gives_is_what_is_declared(frames: list[tuple[str, pd.DataFrame]]) -> None:
    differences = {
        name: told
        for name, frame in frames
        if (told := FRAMES[name].differences(frame.dtypes.astype("str").to_dict()))
    }
    assert differences == {}


def test_a_frame_that_is_not_as_declared_is_told() -> None:
    frame = FRAMES["headings"]
    real = {"source": "str", "heading": "object", "kind": "str"}
    assert frame.differences(real) == [
        "read_as is missing",
        "kind is not declared",
        "heading is object, not str",
    ]


def test_whole_numbers_may_be_integers_of_python() -> None:
    frame = FRAMES["own_units"]
    real = {"submission_id": "str", "sheets": "int64"}
    assert frame.differences(real | {"own_units": "int64"}) == []
    assert frame.differences(real | {"own_units": "object"}) == []
    assert frame.differences(real | {"own_units": "float64"}) == ["own_units is float64, not whole"]


def test_each_frame_is_given_by_a_function_that_exists() -> None:
    from importlib import import_module

    sources = [frame.source.rpartition(".") for frame in FRAMES.values()]
    assert [name for module, _, name in sources if not hasattr(import_module(module), name)] == []


def test_the_chapter_on_frames_is_the_one_that_the_schema_gives() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    _, _, rest = text.partition("<!-- frames -->\n")
    assert rest.partition("<!-- /frames -->")[0] == frames_chapter()


def test_no_frame_has_the_name_of_a_table_with_other_columns() -> None:
    assert {
        name: set(FRAMES[name].columns) ^ set(TABLES[name].names)
        for name in FRAMES
        if name in TABLES and name != "findings"
    } == {"exports": set(), "headings": set()}
