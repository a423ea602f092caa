"""What several keys of competition.toml show together: each rule that no single key breaks.

The checks see the read file as plain tables from which the values of a wrong type have been taken out, so that
one mistake hides no other; what is not there is not checked. Each gives back its mistakes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tasks import codes
from tasks.mistakes import Mistake, Path, Tree, nearest, shown
from tasks.rules import RULES
from tasks.schema import NARRATIVES, SUBMISSION_FIELDS

COUNTED = ("title", *NARRATIVES, "sdgs")  # the fields whose words can be limited
MARK_FIELDS = ("judge", "submission", "submitted_at", "note")
SCREENING_FIELDS = ("submission", "submitted_at", "note")
DOCUMENTS = ("report", "minutes", "announcement")  # of a phase: [documents.minutes-<phase>]; alone: of every phase
DOCUMENTS_BESIDE = ("reminder", "agencies", "annual")
_UTC = ZoneInfo("UTC")


def zone(tree: Tree) -> tuple[ZoneInfo, list[Mistake]]:
    """The competition's zone (UTC where it is not known), and the mistake in `timezone`."""
    name = tree.get("timezone")
    if not isinstance(name, str):
        return _UTC, []  # missing or no text: told by the model
    try:
        if _is_iana(name):
            return ZoneInfo(name), []
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    params = {"value": shown(name)} | nearest(name, sorted(filter(_is_iana, available_timezones())))
    return _UTC, [Mistake(("timezone",), "unknown_timezone", params)]


def _is_iana(name: str) -> bool:
    """Whether a zone means the same on every machine; "localtime" is each machine's own."""
    return "/" in name or name == "UTC"


def mistakes(tree: Tree) -> list[Mistake]:
    """Every mistake that the checks below find."""
    return [mistake for check in _CHECKS for mistake in check(tree)]


# Reading the tables


def _table(node: Tree, key: str) -> Tree:
    value = node.get(key)
    return value if isinstance(value, dict) else {}


def _tables(node: Tree, key: str) -> list[tuple[int, Tree]]:
    value = node.get(key)
    return [(i, entry) for i, entry in enumerate(value) if isinstance(entry, dict)] if isinstance(value, list) else []


def _texts(node: Tree, key: str) -> list[tuple[int, str]]:
    value = node.get(key)
    return [(i, entry) for i, entry in enumerate(value) if isinstance(entry, str)] if isinstance(value, list) else []


def _two(value: Any) -> tuple[Any, Any] | None:
    """The two numbers of a scale or of limits, where both are there."""
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 and None not in value else None


def _codes(node: Tree, key: str) -> list[str]:
    return [entry["code"] for _, entry in _tables(node, key) if isinstance(entry.get("code"), str)]


def _phases(tree: Tree, kind: str) -> list[tuple[int, Tree]]:
    return [(i, phase) for i, phase in _tables(tree, "phases") if phase.get("kind") == kind]


def _unknown(path: Path, message: str, value: str, known: Iterable[str]) -> Iterator[Mistake]:
    """The mistake of a value that is none of the known ones."""
    names = list(known)
    if value not in names:
        yield Mistake(path, message, {"value": shown(value), "known": ", ".join(names) or "-"} | nearest(value, names))


def _repeated(path: Path, texts: list[tuple[int, str]]) -> Iterator[Mistake]:
    for i, text in texts:
        if text in [earlier for j, earlier in texts if j < i]:
            yield Mistake((*path, i), "repeated", {"value": shown(text)})


# Codes and names


def _names(tree: Tree) -> Iterator[Mistake]:
    for key in ("categories", "groups"):
        yield from _shared((key,), _tables(tree, key))
    yield from _twice(("phases",), _tables(tree, "phases"))
    for i, phase in _tables(tree, "phases"):
        for key in ("criteria", "requirements"):
            yield from _shared(("phases", i, key), _tables(phase, key))
        yield from _twice(("phases", i, "levels"), _tables(phase, "levels"))


def _twice(path: Path, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    first: dict[str, str] = {}
    for i, entry in entries:
        code = entry.get("code")
        if isinstance(code, str) and first.setdefault(codes.same(code) or code, code) is not code:
            other = first[codes.same(code) or code]
            yield Mistake((*path, i, "code"), "duplicate_code", {"value": shown(code), "other": shown(other)})


def _shared(path: Path, entries: list[tuple[int, Tree]]) -> Iterator[Mistake]:
    """Codes, names and aliases are what cells are matched by: one that two entries share says nothing."""
    yield from _twice(path, entries)
    owner: dict[str, int] = {codes.same(e["code"]): i for i, e in reversed(entries) if isinstance(e.get("code"), str)}
    by_index = dict(entries)
    for i, entry in entries:
        for key, text in _called(entry):
            other = owner.setdefault(codes.same(text), i)
            if other != i and codes.same(text) not in ("", codes.same(str(entry.get("code")))):
                whose = by_index[other].get("code", str(other + 1))
                yield Mistake((*path, i, key), "shared_name", {"value": shown(text), "other": shown(whose)})


def _called(entry: Tree) -> Iterator[tuple[str, str]]:
    name = entry.get("name")
    for text in [name] if isinstance(name, str) else dict.fromkeys(_table(entry, "name").values()):
        yield "name", text
    for _, alias in _texts(entry, "aliases"):
        yield "aliases", alias


def _taken(tree: Tree) -> Iterator[Mistake]:
    for i, category in _tables(tree, "categories"):
        code = category.get("code")
        if isinstance(code, str) and code.casefold() in codes.CATEGORY_TAKEN:
            yield Mistake(("categories", i, "code"), "taken_code", {"value": shown(code)})


# Phases


def _order_of_kinds(tree: Tree) -> Iterator[Mistake]:
    before: list[str] = []
    for i, phase in _tables(tree, "phases"):
        kind, path = phase.get("kind"), ("phases", i, "kind")
        if kind == "registration" and "registration" in before:
            yield Mistake(path, "second_registration")
        elif i == 0 and kind is not None and kind != "registration":
            yield Mistake(path, "registration_first")
        elif kind == "nomination" and "judging" not in before:
            yield Mistake(path, "nomination_without_judging")
        elif kind in ("screening", "judging") and "nomination" in before:
            yield Mistake(path, "after_nomination")
        if kind != "nomination" or "judging" in before:
            before.append(str(kind))


def _order_of_times(tree: Tree) -> Iterator[Mistake]:
    before: Tree = {}
    for i, phase in _tables(tree, "phases"):
        opens, closes = phase.get("opens"), phase.get("closes")
        if opens and closes and opens >= closes:
            yield Mistake(("phases", i, "opens"), "opens_late", {"value": _time(opens), "closes": _time(closes)})
        if closes and before and closes <= before["closes"]:
            params = {"value": _time(closes), "other": shown(before.get("code")), "closes": _time(before["closes"])}
            yield Mistake(("phases", i, "closes"), "closes_early", params)
        before = phase if closes else before


def _time(value: datetime) -> str:
    return value.replace(tzinfo=None).isoformat()


# Judging


def _judging(tree: Tree) -> Iterator[Mistake]:
    for i, phase in _phases(tree, "judging"):
        path = ("phases", i)
        for check in (_scale, _weights, _tie_break, _advance, _conflicts):
            yield from check(path, phase)
        yield from _rank_within(path, phase, tree)
        yield from _carry(path, phase, tree)


def _scale(path: Path, phase: Tree) -> Iterator[Mistake]:
    scale = _two(phase.get("scale"))
    if scale and scale[0] >= scale[1]:
        yield Mistake((*path, "scale"), "scale_order", {"low": shown(scale[0]), "high": shown(scale[1])})


def _weights(path: Path, phase: Tree) -> Iterator[Mistake]:
    criteria = phase.get("criteria") or []
    weights = [criterion.get("weight") if isinstance(criterion, dict) else None for criterion in criteria]
    if weights and all(weight == 0 and weight is not None for weight in weights):
        yield Mistake((*path, "criteria"), "weights_zero")


def _tie_break(path: Path, phase: Tree) -> Iterator[Mistake]:
    named = _texts(phase, "tie_break")
    for i, code in named if _codes(phase, "criteria") else ():
        yield from _unknown((*path, "tie_break", i), "unknown_criterion", code, _codes(phase, "criteria"))
    yield from _repeated((*path, "tie_break"), named)


def _advance(path: Path, phase: Tree) -> Iterator[Mistake]:
    advance, scale = _table(phase, "advance"), _two(phase.get("scale"))
    if "per_list" in advance and "overall" in advance:
        yield Mistake((*path, "advance"), "per_list_and_overall")
    least = advance.get("minimum_score")
    if least is not None and scale and scale[0] < scale[1] and not scale[0] <= least <= scale[1]:
        params = {"value": shown(least), "low": shown(scale[0]), "high": shown(scale[1])}
        yield Mistake((*path, "advance", "minimum_score"), "score_off_scale", params)


def _conflicts(path: Path, phase: Tree) -> Iterator[Mistake]:
    named = [(codes.same(c.get("judge", "")), codes.same(c.get("agency", ""))) for _, c in _tables(phase, "conflicts")]
    for i, conflict in _tables(phase, "conflicts"):
        if named.index((codes.same(conflict.get("judge", "")), codes.same(conflict.get("agency", "")))) != i:
            yield Mistake((*path, "conflicts", i), "repeated", {"value": shown(conflict.get("judge"))})


def _rank_within(path: Path, phase: Tree, tree: Tree) -> Iterator[Mistake]:
    named = _texts(phase, "rank_within")
    yield from _repeated((*path, "rank_within"), named)
    for i, name in named:
        if name == "group" and not _tables(tree, "groups"):
            yield Mistake((*path, "rank_within", i), "no_groups")


def _carry(path: Path, phase: Tree, tree: Tree) -> Iterator[Mistake]:
    shares = _table(phase, "carry")
    earlier = {p.get("code"): p for i, p in _tables(tree, "phases") if i < path[1]}  # type: ignore[operator]  # a number
    judging = [code for code, p in earlier.items() if p.get("kind") == "judging" and isinstance(code, str)]
    for code, share in shares.items():
        place = (*path, "carry", code)
        if earlier.get(code, {}).get("kind", "judging") != "judging" or code not in earlier:
            yield from _unknown(place, "carry_not_earlier", code, judging)
        elif _differ(phase.get("scale"), earlier[code].get("scale")):
            yield Mistake(place, "carry_scale", {"value": shown(code)})
        if share <= 0:
            yield Mistake(place, "share_size", {"value": shown(share)})
    if sum((share for share in shares.values() if share > 0), Decimal(0)) >= 1:
        yield Mistake((*path, "carry"), "shares_sum", {"value": shown(sum(shares.values()))})


def _differ(scale: Any, other: Any) -> bool:
    one, two = _two(scale), _two(other)
    return bool(one and two and one[0] < one[1] and two[0] < two[1] and one != two)


# Submissions and rules


def _submission(tree: Tree) -> Iterator[Mistake]:
    submission, path = _table(tree, "submission"), ("submission",)
    for i, name in _texts(submission, "required"):
        yield from _unknown((*path, "required", i), "unknown_field", name, SUBMISSION_FIELDS)
    yield from _repeated((*path, "required"), _texts(submission, "required"))
    for group in _table(submission, "minimum_age_years"):
        yield from _unknown((*path, "minimum_age_years", group), "unknown_group", group, _codes(tree, "groups"))
    for name, limits in _table(submission, "words").items():
        place = (*path, "words", name)
        if name in SUBMISSION_FIELDS and name not in COUNTED:
            yield Mistake(place, "not_counted", {"value": shown(name), "known": ", ".join(COUNTED)})
        else:
            yield from _unknown(place, "unknown_field", name, COUNTED)
        pair = _two(limits)
        if pair and pair[0] > pair[1]:
            yield Mistake(place, "words_order", {"low": pair[0], "high": pair[1]})


def _obligation(tree: Tree) -> Iterator[Mistake]:
    yield from _repeated(("obligation", "types"), _texts(_table(tree, "obligation"), "types"))


def _rules(tree: Tree) -> Iterator[Mistake]:
    settable = [code for code, rule in RULES.items() if rule.settable]
    for code in _table(tree, "rules"):
        if code in RULES and not RULES[code].settable:
            yield Mistake(("rules", code), "rule_fixed", {"value": code})
        else:
            yield from _unknown(("rules", code), "unknown_rule", code, settable)


# Forms, publication, documents


def _forms(tree: Tree) -> Iterator[Mistake]:
    forms = _table(tree, "forms")
    yield from _headings(("forms", "submissions"), _table(forms, "submissions"), SUBMISSION_FIELDS)
    kinds = (
        ("scores", "judging", "criteria", MARK_FIELDS), ("screening", "screening", "requirements", SCREENING_FIELDS),
    )
    for key, kind, answers, fields in kinds:
        phases = {phase["code"]: phase for _, phase in _tables(tree, "phases")
                  if phase.get("kind", kind) == kind and isinstance(phase.get("code"), str)}
        for code, headings in _table(forms, key).items():
            path = ("forms", key, code)
            yield from _unknown(path, f"not_{kind}", code, phases)
            if phases.get(code, {}).get("kind") == kind and isinstance(headings, dict):
                yield from _headings(path, headings, (*fields, *_codes(phases[code], answers)))


def _headings(path: Path, headings: Tree, fields: Iterable[str]) -> Iterator[Mistake]:
    for heading, name in headings.items():
        yield from _unknown((*path, heading), "unknown_field", name, fields)


def _publication(tree: Tree) -> Iterator[Mistake]:
    publication = _table(tree, "publication")
    for i, code in _texts(publication, "final"):
        yield from _unknown(("publication", "final", i), "unknown_phase", code, _codes(tree, "phases"))
    for key in ("final", "public"):
        yield from _repeated(("publication", key), _texts(publication, key))
    logo = _table(publication, "letterhead").get("logo")
    if logo is not None and not _inside(logo):
        yield Mistake(("publication", "letterhead", "logo"), "logo_outside", {"value": shown(logo)})


def _inside(path: str) -> bool:
    """Whether a path stays in the folder on every system."""
    posix, windows = PurePosixPath(path), PureWindowsPath(path)
    return not (posix.is_absolute() or windows.anchor or ".." in windows.parts)


def _documents(tree: Tree) -> Iterator[Mistake]:
    known = [*(f"{name}-{code}" for code in _codes(tree, "phases") for name in DOCUMENTS), *DOCUMENTS, *DOCUMENTS_BESIDE]
    for name in _table(tree, "documents"):
        if not (name.startswith("reminder-") and codes.is_safe(name)):
            yield from _unknown(("documents", name), "unknown_document", name, known)


# Schedule and storage

_DAYS = "SUN|MON|TUE|WED|THU|FRI|SAT"
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_CRON = re.compile(rf"(?:[0-9*,/-]|\b(?:{_MONTHS}|{_DAYS})\b)+", re.IGNORECASE)


def _schedule(tree: Tree) -> Iterator[Mistake]:
    text = _table(tree, "schedule").get("nightly")
    if isinstance(text, str) and not _is_cron(text):
        yield Mistake(("schedule", "nightly"), "cron", {"value": shown(text)})


def _is_cron(text: str) -> bool:
    """Whether every reader of cron knows the text: five parts, without the extensions that only some have."""
    from cronsim import CronSim, CronSimError  # only a file that sets a schedule needs it

    parts = text.split()
    if len(parts) != 5 or not all(_CRON.fullmatch(part) for part in parts):
        return False
    try:
        CronSim(text, datetime(2000, 1, 1, tzinfo=_UTC))
    except CronSimError:
        return False
    return True


def _storage(tree: Tree) -> Iterator[Mistake]:
    for key, text in _table(tree, "storage").items():
        if isinstance(text, str):
            yield from _url(("storage", key), text)


def _url(path: Path, text: str) -> Iterator[Mistake]:
    """The mistakes of one place: a path, or an fsspec URL; passwords do not belong in a file that is archived."""
    try:
        parts = urlsplit(text)
        password = parts.password
    except ValueError:
        yield Mistake(path, "url", {"value": shown(text)})
        return
    if "://" not in text:
        return
    if password is not None or re.search(r"(?i)[?&][^=&]*(?:key|secret|token|password|signature)[^=&]*=", text):
        yield Mistake(path, "url_secret")
    elif not _known_scheme(text) or not (parts.netloc or parts.path.strip("/")):
        yield Mistake(path, "url", {"value": shown(text)})
    elif parts.scheme in ("http", "https") and path[-1] == "published":
        yield Mistake(path, "url_read_only", {"value": shown(text)})


def _known_scheme(url: str) -> bool:
    from fsspec.registry import known_implementations, registry  # only a file with a URL needs it

    schemes = url.split("://", 1)[0].split("::")
    return all(scheme in known_implementations or scheme in registry for scheme in schemes)


_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (
    _names, _taken, _order_of_kinds, _order_of_times, _judging, _submission, _obligation, _rules, _forms, _publication,
    _documents, _schedule, _storage,
)
