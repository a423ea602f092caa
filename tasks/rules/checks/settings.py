"""What several keys show together beyond the phases: fields, severities, headings, documents,
schedule and storage.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tasks.codes import is_safe_code
from tasks.findings.catalogue import RULES
from tasks.rules.mistakes import Mistake, check_distinct_texts, check_known_value, near_param
from tasks.rules.tree import (
    KeyPath,
    Tree,
    child_codes,
    child_table,
    child_tables,
    child_texts,
    number_pair,
    toml_text,
)
from tasks.schema import NARRATIVE_FIELDS, SUBMISSION_FIELDS

WORD_LIMIT_FIELDS = ("title", *NARRATIVE_FIELDS, "sdgs")  # the fields whose words can be limited
MARK_FIELDS = ("judge", "submission", "submitted_at", "note")
SCREENING_FIELDS = ("submission", "submitted_at", "note")
# of a phase: [documents.minutes-<phase>]; alone: of every phase
PHASE_DOCUMENTS = ("report", "minutes", "announcement")
OTHER_DOCUMENTS = ("reminder", "agencies", "annual")
_FSSPEC_SCHEMES = """
abfs adl arrow_hdfs async_wrapper asynclocal asyncwrapper az blockcache box cached dask data dbfs
dir dropbox dvc file filecache ftp gcs gdrive generic gist git github gs hdfs hf http https jlab
jupyter lakefs libarchive local memory oci ocilake oss pyscript reference root s3 s3a sftp
simplecache smb ssh tar tos tosfs wandb webdav webhdfs zip
"""
STORAGE_SCHEMES = frozenset(_FSSPEC_SCHEMES.split())  # a test compares them with the library's


# --- submissions and rules


def _check_submission(tree: Tree) -> Iterator[Mistake]:
    submission = child_table(tree, "submission")
    required = child_texts(submission, "required")
    for i, name in required:
        path: KeyPath = ("submission", "required", i)
        yield from check_known_value(path, "unknown_field", name, SUBMISSION_FIELDS)
    yield from check_distinct_texts(("submission", "required"), required)
    groups = child_codes(tree, "groups")
    for group in child_table(submission, "minimum_age_years"):
        path = ("submission", "minimum_age_years", group)
        yield from check_known_value(path, "unknown_group", group, groups)
    for name, limits in child_table(submission, "words").items():
        yield from _check_word_limits(("submission", "words", name), name, limits)


def _check_word_limits(path: KeyPath, name: str, limits: object) -> Iterator[Mistake]:
    if name in SUBMISSION_FIELDS and name not in WORD_LIMIT_FIELDS:
        params = {"value": toml_text(name), "known": ", ".join(WORD_LIMIT_FIELDS)}
        yield Mistake(path, "not_counted", params)
    else:
        yield from check_known_value(path, "unknown_field", name, WORD_LIMIT_FIELDS)
    pair = number_pair(limits)
    if pair and pair[0] > pair[1]:
        yield Mistake(path, "words_order", {"low": pair[0], "high": pair[1]})


def _check_obligation(tree: Tree) -> Iterator[Mistake]:
    types = child_texts(child_table(tree, "obligation"), "types")
    yield from check_distinct_texts(("obligation", "types"), types)


def _check_rule_severities(tree: Tree) -> Iterator[Mistake]:
    settable = [code for code, rule in RULES.items() if rule.settable]
    for code in child_table(tree, "rules"):
        if code in RULES and not RULES[code].settable:
            yield Mistake(("rules", code), "rule_fixed", {"value": code})
        else:
            yield from check_known_value(("rules", code), "unknown_rule", code, settable)


# --- forms, publication, documents


def _check_forms(tree: Tree) -> Iterator[Mistake]:
    forms = child_table(tree, "forms")
    headings = child_table(forms, "submissions")
    yield from _check_headings(("forms", "submissions"), headings, SUBMISSION_FIELDS)
    yield from _check_forms_of_phases(tree, "scores", "judging", "criteria", MARK_FIELDS)
    yield from _check_forms_of_phases(
        tree, "screening", "screening", "requirements", SCREENING_FIELDS
    )


def _check_forms_of_phases(
    tree: Tree, key: str, kind: str, answers: str, fields: tuple[str, ...]
) -> Iterator[Mistake]:
    """The mistakes in [forms.<key>.<phase>]: phases of `kind`, whose headings give `fields` and the
    codes of the phase's `answers`.
    """
    phases = {
        phase["code"]: phase
        for _, phase in child_tables(tree, "phases")
        if phase.get("kind", kind) == kind and isinstance(phase.get("code"), str)
    }
    for code, headings in child_table(child_table(tree, "forms"), key).items():
        path = ("forms", key, code)
        yield from check_known_value(path, f"not_{kind}", code, phases)
        if phases.get(code, {}).get("kind") == kind and isinstance(headings, dict):
            known = (*fields, *child_codes(phases[code], answers))
            yield from _check_headings(path, headings, known)


def _check_headings(path: KeyPath, headings: Tree, fields: Iterable[str]) -> Iterator[Mistake]:
    for heading, name in headings.items():
        yield from check_known_value((*path, heading), "unknown_field", name, fields)


def _check_publication(tree: Tree) -> Iterator[Mistake]:
    publication = child_table(tree, "publication")
    phases = child_codes(tree, "phases")
    for i, code in child_texts(publication, "final"):
        yield from check_known_value(("publication", "final", i), "unknown_phase", code, phases)
    for key in ("final", "public"):
        yield from check_distinct_texts(("publication", key), child_texts(publication, key))
    logo = child_table(publication, "letterhead").get("logo")
    if logo is not None and not _is_inside_folder(logo):
        path = ("publication", "letterhead", "logo")
        yield Mistake(path, "logo_outside", {"value": toml_text(logo)})


def _is_inside_folder(path: str) -> bool:
    """Whether a path stays in the folder on every system."""
    is_absolute = path.startswith(("/", "\\")) or path[1:2] == ":"
    return not is_absolute and ".." not in re.split(r"[/\\]", path)


def _check_documents(tree: Tree) -> Iterator[Mistake]:
    phases = child_codes(tree, "phases")
    of_phases = [f"{name}-{code}" for code in phases for name in PHASE_DOCUMENTS]
    known = [*of_phases, *PHASE_DOCUMENTS, *OTHER_DOCUMENTS]
    for name in child_table(tree, "documents"):
        if name.startswith("reminder-") and is_safe_code(name):
            continue
        for mistake in check_known_value(("documents", name), "unknown_document", name, known):
            params = {key: value for key, value in mistake.params.items() if key != "near"}
            yield replace(mistake, params=params | _near_document_param(name, tree, known))


def _near_document_param(name: str, tree: Tree, known: Iterable[str]) -> dict[str, str]:
    """{"near": the document that was probably meant}, or {}. A document of a phase is offered only
    where both parts of its name are like known ones.
    """
    kind, dash, code = name.partition("-")
    if not dash:
        return near_param(name, known)
    parts = [near_param(kind, PHASE_DOCUMENTS), near_param(code, child_codes(tree, "phases"))]
    return {"near": "-".join(part["near"] for part in parts)} if all(parts) else {}


# --- schedule and storage

_EVERY_NIGHT = re.compile(r"[1-5]?[0-9] (?:1?[0-9]|2[0-3]) \* \* \*")
_DAYS = "SUN|MON|TUE|WED|THU|FRI|SAT"
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_CRON = re.compile(rf"(?:[0-9*,/-]|\b(?:{_MONTHS}|{_DAYS})\b)+", re.IGNORECASE)


def _check_schedule(tree: Tree) -> Iterator[Mistake]:
    text = child_table(tree, "schedule").get("nightly")
    if isinstance(text, str) and not _is_cron(text):
        yield Mistake(("schedule", "nightly"), "cron", {"value": toml_text(text)})


def _is_cron(text: str) -> bool:
    """Whether every reader of cron knows the text: five parts, without extensions that only some
    readers have.
    """
    if _EVERY_NIGHT.fullmatch(text):
        return True
    from cronsim import CronSim, CronSimError  # start-up time: only an unusual schedule needs it

    parts = text.split()
    if len(parts) != 5 or not all(_CRON.fullmatch(part) for part in parts):
        return False
    try:
        CronSim(text, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError:
        return False
    return True


# a key in the query, or behind #; a password before the host, also of an address in an address
_SECRET_IN_URL = re.compile(
    r"(?i)[?&#](?:[^=&#]*(?:key|secret|token|passw|signature|credential)[^=&#]*|sig|pwd|auth)="
    r"|://[^/@\s]*:[^/@\s]*@"
)


def _check_storage(tree: Tree) -> Iterator[Mistake]:
    for key, text in child_table(tree, "storage").items():
        if isinstance(text, str):
            yield from _check_storage_url(("storage", key), text)


def _check_storage_url(path: KeyPath, text: str) -> Iterator[Mistake]:
    """The mistakes of a path or an fsspec URL. Passwords do not belong in a file that is
    archived.
    """
    try:
        parts = urlsplit(text)
        password = parts.password
    except ValueError:
        yield Mistake(path, "url", {"value": toml_text(text)})
        return
    if "://" not in text:
        return
    if password is not None or _SECRET_IN_URL.search(text):
        yield Mistake(path, "url_secret")
    elif not _is_known_scheme(text) or not (parts.netloc or parts.path.strip("/")):
        yield Mistake(path, "url", {"value": toml_text(text)})
    elif parts.scheme in ("http", "https") and path[-1] == "published":
        yield Mistake(path, "url_read_only", {"value": toml_text(text)})


def _is_known_scheme(url: str) -> bool:
    schemes = url.split("://", 1)[0].split("::")
    return STORAGE_SCHEMES.issuperset(schemes)


SETTING_CHECKS: tuple[Callable[[Tree], Iterator[Mistake]], ...] = (
    _check_submission,
    _check_obligation,
    _check_rule_severities,
    _check_forms,
    _check_publication,
    _check_documents,
    _check_schedule,
    _check_storage,
)
