"""A second reading of interface.md section 4, in plain Python and fractions, to hold the program
against.

Written from the contract alone and never from the program; slow and literal on purpose.
"""

import re
import unicodedata
from collections import defaultdict
from datetime import datetime
from fractions import Fraction
from typing import Any

Row = dict[str, Any]


def title_key(title: str) -> str:
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.sub(r"[^\w\s]|_", " ", plain).split())


def half_up(value: Fraction, places: int) -> Fraction:
    scaled = value * 10**places + Fraction(1, 2)
    return Fraction(scaled.numerator // scaled.denominator, 10**places)


def text(value: Fraction | None, places: int) -> str:
    if value is None:
        return ""
    units = value * 10**places
    assert units.denominator == 1
    digits = str(units.numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


# --- submissions
# --------------------------------------------------------------------------------------------------


def row_errors(row: Row, rules: Row) -> set[str]:
    errors = set()
    required = rules["required"]
    for field in required:
        if not row.get(field):
            errors.add("missing_required")
    if row.get("agency") and row["agency"] not in rules["agencies"]:
        errors.add("unknown_agency")
    if row.get("category") and row["category"] not in rules["categories"]:
        errors.add("unknown_category")
    when = row.get("submitted_at")
    if when and when > rules["closes"]:
        errors.add("late")
    if when and when < rules["opens"]:
        errors.add("early")
    limit = _years_before(rules["closes"], rules["minimum_age_years"])
    if row.get("started_on") and row["started_on"] > limit.date() and "started_on" in required:
        errors.add("too_young")
    words = sum(1 for w in (row.get("summary") or "").split() if any(c.isalnum() for c in w))
    least, most = rules["summary_words"]
    if row.get("summary") and "summary" in required:
        errors |= {"too_short"} if words < least else set()
        errors |= {"too_long"} if words > most else set()
    return errors


def _years_before(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)


def settle(rows: list[Row], rules: Row) -> list[Row]:
    """Every delivered row but the identical ones, with innovation, errors and ranked_status."""
    unique: dict[tuple[Any, ...], Row] = {}
    for row in sorted(rows, key=lambda r: (r["source"], r["row"])):
        cells = tuple(
            row.get(f)
            for f in ("submitted_at", "title", "agency", "category", "started_on", "summary")
        )
        unique.setdefault(cells, dict(row))
    by_innovation = defaultdict(list)
    for row in unique.values():
        row["errors"] = row_errors(row, rules)
        row["innovation"] = (
            (row["agency"], title_key(row["title"])) if row["title"] and row["agency"] else id(row)
        )
        by_innovation[row["innovation"]].append(row)
    for group in by_innovation.values():
        group.sort(
            key=lambda r: (
                r["submitted_at"] is not None,
                r["submitted_at"] or rules["closes"],
                r["source"],
                r["row"],
            )
        )
        good = [r for r in group if not r["errors"]]
        counting = good[-1] if good else group[-1]
        after = False
        for row in group:
            row["counts"] = row is counting
            row["ranked_status"] = "rejected" if after else "superseded"
            if row is counting:
                row["ranked_status"] = "accepted" if good else "rejected"
                after = True
            row["status"] = row["ranked_status"]
    return [row for group in by_innovation.values() for row in group]


def decide_registration(settled: list[Row], decisions: list[Row]) -> None:
    for decision in decisions:
        named = [
            r
            for r in settled
            if r["counts"] and title_key(r["title"]) == title_key(decision["submission"])
        ]
        if len(named) != 1 or (
            decision["outcome"] == "accepted" and "unknown_agency" in named[0]["errors"]
        ):
            continue
        named[0]["status"] = decision["outcome"]


# --- screening, judging, nomination
# ----------------------------------------------------------------------------------


def screen(
    entered: list[str], answers: dict[str, list[dict[str, bool | None]]], requirements: list[str]
) -> dict[str, Row]:
    result = {}
    for title in entered:
        row = answers.get(title, [{}])[-1]
        given = [row.get(code) for code in requirements]
        unmet = [code for code, answer in zip(requirements, given, strict=True) if answer is False]
        outcome = "fails" if unmet else "pending" if None in given else "passes"
        result[title] = {"unmet": "|".join(unmet), "ranked_outcome": outcome}
    return result


def used_sheets(
    entered: list[str], sheets: list[Row], phase: Row, agency_of: dict[str, str], conflict
) -> dict[str, list[Row]]:
    """The used sheets of each submission; `sheets` in order of delivery; marks: None if empty, text
    if unreadable.
    """
    chosen: dict[tuple[str, str], Row] = {}
    low, high = phase["scale"]
    for sheet in sheets:
        marks = [sheet["marks"].get(code) for code in phase["weights"]]
        if all(mark is None for mark in marks) or sheet["title"] not in entered:
            continue
        if conflict(sheet["judge"], agency_of[sheet["title"]]):
            continue
        if any(not isinstance(m, Fraction) or not low <= m <= high for m in marks):
            continue
        chosen[sheet["judge"], sheet["title"]] = sheet
    by_title = defaultdict(list)
    for (_, title), sheet in chosen.items():
        by_title[title].append(sheet)
    return by_title


def aggregate(values: list[Fraction], how: str) -> Fraction:
    ordered = sorted(values)
    if how == "median":
        middle = len(ordered) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    if how == "trimmed_mean" and len(ordered) >= 4:
        ordered = ordered[1:-1]
    return sum(ordered, Fraction(0)) / len(ordered)


def judge(
    entered: list[str],
    used: dict[str, list[Row]],
    phase: Row,
    list_of: dict[str, Any],
    carried: dict[str, dict[str, Fraction]],
) -> dict[str, Row]:
    """Scores, ranks and what the rule says of who advances. `carried`: own scores of earlier phases
    by phase code.
    """
    weights, places = phase["weights"], phase["precision"]
    result = {}
    for title in entered:
        sheets = used.get(title, [])
        row: Row = {
            "sheets": len(sheets),
            "score": None,
            "own_score": None,
            "rank": None,
            "criteria": {},
        }
        if sheets:
            divisor = sum(weights.values()) if phase["total"] == "mean" else 1
            sheet_scores = [
                sum(s["marks"][c] * w for c, w in weights.items()) / divisor for s in sheets
            ]
            row["own_score"] = half_up(aggregate(sheet_scores, phase["aggregate"]), places)
            row["criteria"] = {
                c: half_up(aggregate([s["marks"][c] for s in sheets], phase["aggregate"]), places)
                for c in weights
            }
            row["score"] = row["own_score"]
            if phase["carry"]:
                earlier = {code: carried[code].get(title) for code in phase["carry"]}
                share = sum(phase["carry"].values())
                row["score"] = None
                if None not in earlier.values():
                    total = (1 - share) * row["own_score"] + sum(
                        phase["carry"][c] * earlier[c] for c in earlier
                    )
                    row["score"] = half_up(total, places)
        result[title] = row
    for row in result.values():
        row["order"] = (
            (row["score"], *(row["criteria"].get(c) for c in phase["tie_break"]))
            if row["score"] is not None
            else None
        )
    for title, row in result.items():
        if row["order"] is not None:
            rivals = [
                r["order"] for t, r in result.items() if r["order"] and list_of[t] == list_of[title]
            ]
            row["rank"] = 1 + sum(order > row["order"] for order in rivals)
    _advance(result, phase, list_of)
    return result


def _advance(result: dict[str, Row], phase: Row, list_of: dict[str, Any]) -> None:
    rule = phase["advance"] or {}
    minimum, least = rule.get("minimum_score"), phase["minimum"]

    def is_below(row: Row) -> bool:
        return least is not None and row["criteria"]["x"] < least

    for title, row in result.items():
        if row["order"] is None:
            row["ranked_outcome"] = "undecided"
            continue
        if is_below(row) or (minimum is not None and row["score"] < minimum):
            row["ranked_outcome"] = "stays"
            continue
        quota = rule.get("per_list") or rule.get("overall")
        if quota is None:
            row["ranked_outcome"] = "advances"
            continue
        rivals = [
            r["order"]
            for t, r in result.items()
            if r["order"]
            and not is_below(r)
            and (rule.get("overall") or list_of[t] == list_of[title])
        ]
        better = sum(order > row["order"] for order in rivals)
        equal = sum(order == row["order"] for order in rivals)
        row["ranked_outcome"] = (
            "stays" if better >= quota else "advances" if better + equal <= quota else "undecided"
        )


def nominate(
    candidates: list[str], last: dict[str, Row], quota: int, prior: dict[str, str]
) -> dict[str, Row]:
    """`prior`: barred or near by title. Place counts the rest."""
    rest = [t for t in candidates if t not in prior and last[t]["order"] is not None]
    result = {}
    for title in candidates:
        if title in prior:
            outcome = "barred" if prior[title] == "barred" else "undecided"
            result[title] = {"place": None, "ranked_outcome": outcome}
        elif title not in rest:
            result[title] = {"place": None, "ranked_outcome": "undecided"}
        else:
            orders = [last[t]["order"] for t in rest]
            better, equal = (
                sum(o > last[title]["order"] for o in orders),
                orders.count(last[title]["order"]),
            )
            outcome = (
                "reserve"
                if better >= quota
                else "nominated"
                if better + equal <= quota
                else "undecided"
            )
            result[title] = {"place": better + 1, "ranked_outcome": outcome}
    return result


# --- One Agency One Innovation
# ---------------------------------------------------------------------------------------


def comply(agencies: list[Row], counted: dict[str, Row], rule: Row) -> dict[str, Row]:
    """`counted`: received, accepted, screened by agency code."""
    children = defaultdict(list)
    for agency in agencies:
        children[agency["parent_code"]].append(agency["code"])

    def total(code: str, what: str) -> int:
        return counted[code][what] + sum(total(child, what) for child in children[code])

    result = {}
    for agency in agencies:
        code = agency["code"]
        row = {what: counted[code][what] for what in ("received", "accepted", "screened")}
        row |= {
            f"{what}_with_units": total(code, what) for what in ("received", "accepted", "screened")
        }
        suffix = "_with_units" if rule["roll_up"] else ""
        row["obliged"] = (
            agency["obliged"] if agency["obliged"] is not None else agency["type"] in rule["types"]
        )
        count, received = row[rule["counts"] + suffix], row["received" + suffix]
        row["status"] = (
            "not_obliged"
            if not row["obliged"]
            else "compliant"
            if count >= rule["minimum"]
            else "short"
            if count > 0
            else "rejected_only"
            if received > 0
            else "none"
        )
        result[code] = row
    return result
