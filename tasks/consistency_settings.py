"""What several keys show together, beyond the phases: fields, rules, headings, documents, schedule
and places.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

from tasks import codes
from tasks.mistakes import Mistake, Path, Tree, nearest, shown
from tasks.rule_tables import codes_of, repeated, table, tables, texts, two, unknown
from tasks.rules import RULES
from tasks.schema import NARRATIVES, SUBMISSION_FIELDS

COUNTED = ("title", *NARRATIVES, "sdgs")  # the fields whose words can be limited
MARK_FIELDS = ("judge", "submission", "submitted_at", "note")
SCREENING_FIELDS = ("submission", "submitted_at", "note")
DOCUMENTS = (
    "report",
    "minutes",
    "announcement",
)  # of a phase: [documents.minutes-<phase>]; alone: of every phase
DOCUMENTS_BESIDE = ("reminder", "agencies", "annual")


# Submissions and rules


def _submission(tree: Tree) -> Iterator[Mistake]:
    submission, path = table(tree, "submission"), ("submission",)
    for i, name in texts(submission, "required"):
        yield from unknown((*path, "required", i), "unknown_field", name, SUBMISSION_FIELDS)
    yield from repeated((*path, "required"), texts(submission, "required"))
    for group in table(submission, "minimum_age_years"):
        yield from unknown(
            (*path, "minimum_age_years", group), "unknown_group", group, codes_of(tree, "groups")
        )
    for name, limits in table(submission, "words").items():
        place = (*path, "words", name)
        if name in SUBMISSION_FIELDS and name not in COUNTED:
            yield Mistake(place, "not_counted", {"value": shown(name), "known": ", ".join(COUNTED)})
        else:
            yield from unknown(place, "unknown_field", name, COUNTED)
        pair = two(limits)
        if pair and pair[0] > pair[1]:
            yield Mistake(place, "words_order", {"low": pair[0], "high": pair[1]})


def _obligation(tree: Tree) -> Iterator[Mistake]:
    yield from repeated(("obligation", "types"), texts(table(tree, "obligation"), "types"))


def _rules(tree: Tree) -> Iterator[Mistake]:
    settable = [code for code, rule in RULES.items() if rule.settable]
    for code in table(tree, "rules"):
        if code in RULES and not RULES[code].settable:
            yield Mistake(("rules", code), "rule_fixed", {"value": code})
        else:
            yield from unknown(("rules", code), "unknown_rule", code, settable)


# Forms, publication, documents


def _forms(tree: Tree) -> Iterator[Mistake]:
    forms = table(tree, "forms")
    yield from _headings(("forms", "submissions"), table(forms, "submissions"), SUBMISSION_FIELDS)
    kinds = (
        ("scores", "judging", "criteria", MARK_FIELDS),
        ("screening", "screening", "requirements", SCREENING_FIELDS),
    )
    for key, kind, answers, fields in kinds:
        phases = {
            phase["code"]: phase
            for _, phase in tables(tree, "phases")
            if phase.get("kind", kind) == kind and isinstance(phase.get("code"), str)
        }
        for code, headings in table(forms, key).items():
            path = ("forms", key, code)
            yield from unknown(path, f"not_{kind}", code, phases)
            if phases.get(code, {}).get("kind") == kind and isinstance(headings, dict):
                yield from _headings(path, headings, (*fields, *codes_of(phases[code], answers)))


def _headings(path: Path, headings: Tree, fields: Iterable[str]) -> Iterator[Mistake]:
    for heading, name in headings.items():
        yield from unknown((*path, heading), "unknown_field", name, fields)


def _publication(tree: Tree) -> Iterator[Mistake]:
    publication = table(tree, "publication")
    for i, code in texts(publication, "final"):
        yield from unknown(
            ("publication", "final", i), "unknown_phase", code, codes_of(tree, "phases")
        )
    for key in ("final", "public"):
        yield from repeated(("publication", key), texts(publication, key))
    logo = table(publication, "letterhead").get("logo")
    if logo is not None and not _inside(logo):
        yield Mistake(("publication", "letterhead", "logo"), "logo_outside", {"value": shown(logo)})


def _inside(path: str) -> bool:
    """Whether a path stays in the folder on every system."""
    posix, windows = PurePosixPath(path), PureWindowsPath(path)
    return not (posix.is_absolute() or windows.anchor or ".." in windows.parts)


def _documents(tree: Tree) -> Iterator[Mistake]:
    of_phases = [f"{name}-{code}" for code in codes_of(tree, "phases") for name in DOCUMENTS]
    known = [*of_phases, *DOCUMENTS, *DOCUMENTS_BESIDE]
    for name in table(tree, "documents"):
        if not (name.startswith("reminder-") and codes.is_safe(name)):
            for mistake in unknown(("documents", name), "unknown_document", name, known):
                others = {key: value for key, value in mistake.params.items() if key != "near"}
                yield replace(mistake, params=others | _document_meant(name, tree, known))


def _document_meant(name: str, tree: Tree, known: Iterable[str]) -> dict[str, str]:
    """The name that was probably meant: of a document of a phase only where both its parts are like
    known ones.
    """
    kind, dash, code = name.partition("-")
    if not dash:
        return nearest(name, known)
    parts = [nearest(kind, DOCUMENTS), nearest(code, codes_of(tree, "phases"))]
    return {"near": "-".join(part["near"] for part in parts)} if all(parts) else {}


# Schedule and storage

_EVERY_NIGHT = re.compile(r"[1-5]?[0-9] (?:1?[0-9]|2[0-3]) \* \* \*")
_DAYS = "SUN|MON|TUE|WED|THU|FRI|SAT"
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_CRON = re.compile(rf"(?:[0-9*,/-]|\b(?:{_MONTHS}|{_DAYS})\b)+", re.IGNORECASE)


def _schedule(tree: Tree) -> Iterator[Mistake]:
    text = table(tree, "schedule").get("nightly")
    if isinstance(text, str) and not _is_cron(text):
        yield Mistake(("schedule", "nightly"), "cron", {"value": shown(text)})


def _is_cron(text: str) -> bool:
    """Whether every reader of cron knows the text: five parts, without the extensions that only
    some have.
    """
    if _EVERY_NIGHT.fullmatch(text):
        return True
    from cronsim import CronSim, CronSimError  # only an unusual schedule needs it

    parts = text.split()
    if len(parts) != 5 or not all(_CRON.fullmatch(part) for part in parts):
        return False
    try:
        CronSim(text, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError:
        return False
    return True


# a key in the query, or behind #; a password before the host, also of an address in an address
_SECRET = re.compile(
    r"(?i)[?&#](?:[^=&#]*(?:key|secret|token|passw|signature|credential)[^=&#]*|sig|pwd|auth)=|://[^/@\s]*:[^/@\s]*@"
)


def _storage(tree: Tree) -> Iterator[Mistake]:
    for key, text in table(tree, "storage").items():
        if isinstance(text, str):
            yield from _url(("storage", key), text)


def _url(path: Path, text: str) -> Iterator[Mistake]:
    """The mistakes of one place: a path, or an fsspec URL; passwords do not belong in a file that
    is archived.
    """
    try:
        parts = urlsplit(text)
        password = parts.password
    except ValueError:
        yield Mistake(path, "url", {"value": shown(text)})
        return
    if "://" not in text:
        return
    if password is not None or _SECRET.search(text):
        yield Mistake(path, "url_secret")
    elif not _known_scheme(text) or not (parts.netloc or parts.path.strip("/")):
        yield Mistake(path, "url", {"value": shown(text)})
    elif parts.scheme in ("http", "https") and path[-1] == "published":
        yield Mistake(path, "url_read_only", {"value": shown(text)})


def _known_scheme(url: str) -> bool:
    from fsspec.registry import known_implementations, registry  # only a file with a URL needs it

    schemes = url.split("://", 1)[0].split("::")
    return all(scheme in known_implementations or scheme in registry for scheme in schemes)


CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (
    _submission,
    _obligation,
    _rules,
    _forms,
    _publication,
    _documents,
    _schedule,
    _storage,
)
