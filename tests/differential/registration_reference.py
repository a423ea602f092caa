"""A second reading of interface.md section 4, "Submissions" and "Decisions", in plain Python, of
rows that are known.

Written from the contract alone and never from the program; slow and literal on purpose.
"""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from tests.differential.reference import title_key

Row = dict[str, Any]
ALWAYS = ("unknown_agency", "unknown_category", "unknown_group", "late", "early")
CELLS = ("id", "time", "title", "agency", "category", "group", "started", "summary")


def settle(
    delivered: list[Row], rules: Row, decisions: list[Row]
) -> tuple[list[Row], Counter[Row]]:
    """The rows that are left of those delivered, with ranked_status, status, reason and innovation;
    and all findings as (rule, severity, source, row, value).
    """
    rows, found = _once(delivered)
    for row in rows:
        row["code"] = rules["agencies"].get(row["agency"])
        row["key"] = title_key(row["title"]) if row["title"] else None
        row["broken"] = _broken(row, rules)
        row["errors"] = {
            rule for rule, field in row["broken"] if _severity(rule, field, rules) == "error"
        }
    innovations = _innovations(rows)
    for group in innovations:
        _rank(group)
    found.update(_of_rows(rows, rules))
    found.update(_similar(rows, rules))
    found.update(_decide(rows, innovations, decisions))
    return rows, found


def _once(delivered: list[Row]) -> tuple[list[Row], Counter[Any]]:
    first: dict[Any, Row] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for row in sorted(delivered, key=lambda one: (one["source"], one["row"])):
        cells = tuple(row[name] for name in CELLS)
        if cells in first:
            pairs[row["source"], first[cells]["source"]] += 1
        first.setdefault(cells, row)
    told = Counter(
        ("overlap", "warning", later, None, str(many)) for (later, _), many in pairs.items()
    )
    return [dict(row) for row in first.values()], told


def _broken(row: Row, rules: Row) -> list[tuple[str, str]]:
    """Each rule that a row breaks, with the field."""
    broken = [("missing_required", field) for field in rules["required"] if not row[FIELDS[field]]]
    broken += [("unknown_agency", "agency")] * bool(
        row["agency"] and row["agency"] not in rules["agencies"]
    )
    for name, known in (("category", rules["categories"]), ("group", rules["groups"])):
        broken += [(f"unknown_{name}", name)] * bool(row[name] and row[name] not in known)
    broken += [("late", "submitted_at")] * bool(row["time"] and row["time"] > rules["closes"])
    broken += [("early", "submitted_at")] * bool(row["time"] and row["time"] < rules["opens"])
    broken += [("too_young", "started_on")] * _is_young(row, rules)
    words = sum(any(letter.isalnum() for letter in word) for word in (row["summary"] or "").split())
    least, most = rules["words"]
    broken += [("too_short", "summary")] * bool(row["summary"] and words < least)
    broken += [("too_long", "summary")] * bool(row["summary"] and words > most)
    return broken


FIELDS = {
    "title": "title",
    "agency": "agency",
    "category": "category",
    "group": "group",
    "started_on": "started",
    "summary": "summary",
    "submitted_at": "time",
}


def _is_young(row: Row, rules: Row) -> bool:
    group = rules["groups"].get(row["group"])
    years = rules["age"].get(group) if isinstance(rules["age"], dict) else rules["age"]
    if years is None or not row["started"]:
        return False
    closes = rules["closes"].date()
    is_leap_day = (closes.month, closes.day) == (2, 29)
    last = closes.replace(year=closes.year - years, day=28 if is_leap_day else closes.day)
    return bool(row["started"] > last)


def _severity(rule: str, field: str, rules: Row) -> str:
    if rule in ALWAYS:
        return "error"
    if rule in rules["rules"]:
        return str(rules["rules"][rule])
    return "error" if field in rules["required"] else "warning"


def _innovations(rows: list[Row]) -> list[list[Row]]:
    """The rows by innovation: of one agency and title, or of one response."""
    groups: list[list[Row]] = []
    for row in rows:
        mine = [group for group in groups if any(_is_one(row, other) for other in group)]
        groups = [group for group in groups if group not in mine] + [
            [row, *(one for group in mine for one in group)]
        ]
    return groups


def _is_one(row: Row, other: Row) -> bool:
    is_response = row["id"] is not None and (row["id"], row["form"]) == (other["id"], other["form"])
    names = [(one["code"] or title_key(one["agency"] or ""), one["key"]) for one in (row, other)]
    return is_response or (names[0] == names[1] and all(names[0]))


def _rank(group: list[Row]) -> None:
    group.sort(key=_order)
    good = [row for row in group if not row["errors"]]
    counting = good[-1] if good else group[-1]
    for place, row in enumerate(group):
        row["counts"], row["counting"] = row is counting, counting
        after = place > group.index(counting)
        row["ranked_status"] = "rejected" if after else "superseded"
        if row is counting:
            row["ranked_status"] = "accepted" if good else "rejected"
        row["status"], row["reason"] = row["ranked_status"], ""


def _order(row: Row) -> tuple[Any, ...]:
    return (
        row["time"] is not None,
        row["time"] or datetime.fromisoformat("1900-01-01"),
        row["source"],
        row["row"],
    )


def _of_rows(rows: list[Row], rules: Row) -> Counter[Any]:
    told: Counter[Any] = Counter()
    for row in rows:
        for rule, field in row["broken"]:
            severity = _severity(rule, field, rules)
            if severity != "off":
                mild = "warning" if row["ranked_status"] == "superseded" else severity
                told[rule, mild, row["source"], row["row"], field] += 1
    return told


def _similar(rows: list[Row], rules: Row) -> Counter[Any]:
    """All the words of one title in the other, of two rows that count; at the later one, whichever
    agency.
    """
    counting = [row for row in rows if row["counts"] and row["key"]]
    counting.sort(key=_order)
    told: Counter[Any] = Counter()
    for place, later in enumerate(counting):
        for earlier in counting[:place]:
            one, other = set(later["key"].split()), set(earlier["key"].split())
            if one <= other or other <= one:
                told["similar_title", "warning", later["source"], later["row"], "title"] += 1
    return told


def _decide(rows: list[Row], innovations: list[list[Row]], decisions: list[Row]) -> Counter[Any]:
    """Each decision on the row that counts of the innovation that its title means; the last of
    those that agree not.
    """
    told: Counter[Any] = Counter()
    holding: dict[int, list[Row]] = defaultdict(list)
    for decision in decisions:
        key = title_key(decision["submission"])
        meant = [
            place
            for place, group in enumerate(innovations)
            if any(row["key"] == key for row in group)
        ]
        if len(meant) == 1:
            counting = next(row for row in innovations[meant[0]] if row["counts"])
            if decision["outcome"] == "accepted" and "unknown_agency" in counting["errors"]:
                told[
                    "unknown_decision", "warning", "decisions.csv", decision["row"], "submission"
                ] += 1
            else:
                holding[meant[0]].append(decision)
        else:
            rule, severity = (
                ("unknown_decision", "warning") if not meant else ("ambiguous_submission", "error")
            )
            told[rule, severity, "decisions.csv", decision["row"], "submission"] += 1
    for place, said in holding.items():
        counting = next(row for row in innovations[place] if row["counts"])
        counting["status"], counting["reason"] = said[-1]["outcome"], said[-1]["reason"]
        for one in said:
            if one["outcome"] != said[-1]["outcome"]:
                told["unknown_decision", "warning", "decisions.csv", one["row"], "submission"] += 1
    return told
