"""The program against a second reading of the contract, on random competitions: every status, rank
and outcome.
"""

import os
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.differential import generate, reference
from tests.small.night import compute_folder

Row = dict[str, Any]
SEEDS = int(
    os.environ.get("KIPP_SEEDS", "12")
)  # more of them: KIPP_SEEDS=400 pytest tests/differential


@pytest.mark.parametrize("seed", range(SEEDS))
def test_statuses_ranks_and_outcomes_are_those_of_the_reference(seed: int, tmp_path: Path) -> None:
    facts = generate.competition(seed, tmp_path)

    results = compute_folder(tmp_path, generate.AS_OF)

    expected = _expected(facts)
    assert _submissions(results) == expected["submissions"]
    assert (
        _by_title(results, "screening", ["unmet", "ranked_outcome", "outcome"])
        == expected["screening"]
    )
    assert (
        _by_title(
            results,
            "rankings",
            ["rank", "score", "own_score", "sheets", "ranked_outcome", "outcome"],
        )
        == expected["rankings"]
    )
    assert (
        _by_title(results, "nominations", ["place", "ranked_outcome", "outcome"])
        == expected["nominations"]
    )
    assert _compliance(results) == expected["compliance"]


# --- what the program says
# -------------------------------------------------------------------------------------------


def _submissions(results: Any) -> dict[tuple[str, int], tuple[str, str]]:
    rows = results["submissions"]
    return {(r.source, r.row): (r.ranked_status, r.status) for r in rows.itertuples()}


def _titles(results: Any) -> dict[str, str]:
    rows = results["submissions"]
    return {
        r.submission_id: reference.title_key(r.title)
        for r in rows.itertuples()
        if not pd.isna(r.title)
    }


def _by_title(
    results: Any, table: str, columns: list[str]
) -> dict[tuple[str, str], tuple[Any, ...]]:
    titles = _titles(results)
    rows = results[table]
    plain = rows[columns].astype("object").where(rows[columns].notna(), "")
    keys = zip(rows["phase"], rows["submission_id"].map(titles), strict=True)
    return dict(zip(keys, map(tuple, plain.to_numpy()), strict=True))


def _compliance(results: Any) -> dict[str, Row]:
    rows = results["compliance"].set_index("agency_code")
    columns = [
        f"{what}{suffix}"
        for what in ("received", "accepted", "screened")
        for suffix in ("", "_with_units")
    ]
    return {
        code: {c: row[c] for c in [*columns, "obliged", "status"]}
        for code, row in rows.to_dict("index").items()
    }


# --- what the contract says
# ------------------------------------------------------------------------------------------


def _expected(facts: Row) -> Row:
    rows = reference.settle(facts["rows"], facts["rules"])
    reference.decide_registration(rows, _decisions(facts, "pendaftaran"))
    counting = [r for r in rows if r["counts"]]
    accepted = {reference.title_key(r["title"]): r for r in counting if r["status"] == "accepted"}
    screening = _screening(facts, list(accepted))
    passed = [title for (_, title), row in screening.items() if row[2] == "passes"]
    judged, left = _judging(facts, passed, accepted)
    return {
        "submissions": {(r["source"], r["row"]): (r["ranked_status"], r["status"]) for r in rows},
        "screening": screening,
        "rankings": {
            (p, t): _ranking_cells(row, _phase(facts, p))
            for p, found in judged.items()
            for t, row in found.items()
        },
        "nominations": _nominations(facts, left, judged["presentasi"], accepted),
        "compliance": _complied(facts, counting, passed),
    }


def _decisions(facts: Row, phase: str) -> list[Row]:
    return [d for d in facts["decisions"] if d["phase"] == phase]


def _decided(facts: Row, phase: str, title: str, ranked: str) -> str:
    said = [
        d["outcome"]
        for d in _decisions(facts, phase)
        if reference.title_key(d["submission"]) == title
    ]
    return said[-1] if said else ranked


def _phase(facts: Row, code: str) -> Row:
    return next(p for p in facts["phases"] if p["code"] == code)


def _screening(facts: Row, entered: list[str]) -> dict[tuple[str, str], tuple[str, str, str]]:
    answers = defaultdict(list)
    for row in facts["screening"]:
        given = {c: {"ya": True, "tidak": False, "": None}[row[c]] for c in ("surat", "video")}
        if set(given.values()) != {None}:  # a row that answers nothing answers for no submission
            answers[reference.title_key(row["title"])].append(given)
    found = reference.screen(entered, answers, ["surat", "video"])
    return {
        ("administrasi", t): (
            r["unmet"],
            r["ranked_outcome"],
            _decided(facts, "administrasi", t, r["ranked_outcome"]),
        )
        for t, r in found.items()
    }


def _judging(
    facts: Row, entered: list[str], accepted: dict[str, Row]
) -> tuple[dict[str, dict[str, Row]], list[str]]:
    codes = {name: code for code, name, *_ in generate.AGENCIES}
    kinds = {name: kind for _, name, kind, *_ in generate.AGENCIES}
    agency_of = {t: codes[accepted[t]["agency"]] for t in entered}
    judged: dict[str, dict[str, Row]] = {}
    for phase in facts["phases"]:
        within = {
            "category": lambda t: accepted[t]["category"],
            "agency_type": lambda t: kinds[accepted[t]["agency"]],
        }
        list_of = {t: tuple(within[w](t) for w in phase["rank_within"]) for t in entered}
        sheets = [
            s
            | {
                "title": reference.title_key(s["title"]),
                "marks": {c: _mark(m) for c, m in s["marks"].items()},
            }
            for s in facts["sheets"][phase["code"]]
        ]
        used = reference.used_sheets(entered, sheets, phase, agency_of, _conflict(facts, phase))
        carried = {
            code: {t: row["own_score"] for t, row in found.items()}
            for code, found in judged.items()
        }
        found = reference.judge(entered, used, phase, list_of, carried)
        for title, row in found.items():
            row["outcome"] = _decided(facts, phase["code"], title, row["ranked_outcome"])
        judged[phase["code"]] = found
        entered = [t for t, row in found.items() if row["outcome"] == "advances"]
    return judged, entered


def _mark(text: str) -> Fraction | str | None:
    if not text:
        return None
    return Fraction(text) if text[0].isdigit() else text


def _conflict(facts: Row, phase: Row) -> Any:
    parents = {code: parent for code, _, _, parent, _ in generate.AGENCIES}
    own = dict(facts["judges"])

    def above(code: str) -> set[str]:
        return {code} | (above(parents[code]) if parents[code] else set())

    def conflict(judge: str, agency: str) -> bool:
        home = own[judge]
        return (
            bool(home)
            and phase["own_agency"] == "leave_out"
            and (home in above(agency) or agency in above(home))
        )

    return conflict


def _ranking_cells(row: Row, phase: Row) -> tuple[Any, ...]:
    places = phase["precision"]
    rank = row["rank"] if row["rank"] is not None else ""
    return (
        rank,
        reference.text(row["score"], places),
        reference.text(row["own_score"], places),
        row["sheets"],
        row["ranked_outcome"],
        row["outcome"],
    )


def _nominations(
    facts: Row, entered: list[str], last: dict[str, Row], accepted: dict[str, Row]
) -> Row:
    codes = {name: code for code, name, *_ in generate.AGENCIES}
    awarded = [p for p in facts["placements"] if p["placement"] == "Top 45"]
    prior = {
        t: "barred"
        for t in entered
        for p in awarded
        if p["agency_code"] == codes[accepted[t]["agency"]] and reference.title_key(p["title"]) == t
    }
    prior |= {
        t: "near"
        for t in entered
        for p in awarded
        if reference.title_key(p["title"]) == t and t not in prior
    }
    found = reference.nominate(entered, last, facts["quota"], prior)
    return {
        ("nominasi", t): (
            r["place"] if r["place"] else "",
            r["ranked_outcome"],
            r["ranked_outcome"],
        )
        for t, r in found.items()
    }


def _complied(facts: Row, counting: list[Row], passed: list[str]) -> dict[str, Row]:
    codes = {name: code for code, name, *_ in generate.AGENCIES}
    counted = {code: {"received": 0, "accepted": 0, "screened": 0} for code in codes.values()}
    for row in counting:
        if row["agency"] in codes:
            of = counted[codes[row["agency"]]]
            of["received"] += 1
            of["accepted"] += row["status"] == "accepted"
            of["screened"] += (
                row["status"] == "accepted" and reference.title_key(row["title"]) in passed
            )
    agencies = [
        {"code": c, "type": kind, "parent_code": parent, "obliged": o}
        for c, _, kind, parent, o in generate.AGENCIES
    ]
    return reference.comply(agencies, counted, facts["rules"]["obligation"])
