"""Fields, headings, documents, schedule and places: what is still right at the bounds."""

import pytest
from fsspec.registry import known_implementations

from tasks.findings.catalogue import RULES
from tasks.rules.checks import settings
from tasks.rules.checks.settings import OTHER_DOCUMENTS, SETTING_CHECKS, WORD_LIMIT_FIELDS
from tasks.rules.tree import Tree
from tasks.schema import PERSONAL_FIELDS, SUBMISSION_FIELDS

PHASES = [
    {"code": "seleksi", "kind": "screening", "requirements": [{"code": "surat"}]},
    {"code": "nilai", "kind": "judging", "criteria": [{"code": "a"}]},
]


def _told(tree: Tree) -> list[tuple[str | int, ...]]:
    return [
        mistake.path for check in SETTING_CHECKS for mistake in check({"phases": PHASES} | tree)
    ]


def test_every_settable_rule_can_be_set_and_no_other() -> None:
    fixed = [("rules", code) for code, rule in RULES.items() if not rule.settable]
    assert _told({"rules": dict.fromkeys(RULES, "off")}) == fixed


def test_every_field_can_be_required_and_every_narrative_be_counted() -> None:
    limits = {name: [0, 9] for name in WORD_LIMIT_FIELDS}
    assert _told({"submission": {"required": list(SUBMISSION_FIELDS), "words": limits}}) == []
    assert _told({"submission": {"words": {name: [0, 9] for name in PERSONAL_FIELDS}}}) == [
        ("submission", "words", name) for name in PERSONAL_FIELDS
    ]


@pytest.mark.parametrize(
    ("kind", "phase", "names"),
    [
        ("scores", "nilai", ["judge", "submission", "submitted_at", "note", "a"]),
        ("screening", "seleksi", ["submission", "submitted_at", "note", "surat"]),
    ],
)
def test_a_heading_can_be_any_field_of_its_table(kind: str, phase: str, names: list[str]) -> None:
    headings = {f"Kolom {number}": name for number, name in enumerate(names)}
    assert _told({"forms": {kind: {phase: headings}}}) == []
    assert _told({"forms": {kind: {phase: headings | {"Lain": "title"}}}}) == [
        ("forms", kind, phase, "Lain")
    ]


def test_every_document_that_only_its_author_knows_can_be_described() -> None:
    named = [
        "minutes-nilai",
        "report-seleksi",
        "announcement-nilai",
        "minutes",
        "reminder-DINKES",
        *OTHER_DOCUMENTS,
    ]
    assert _told({"documents": {name: {} for name in named}}) == []
    assert _told({"documents": {"reminder-../x": {}, "minutes-zz": {}}}) == [
        ("documents", "reminder-../x"),
        ("documents", "minutes-zz"),
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("minuts-nilai", {"near": "minutes-nilai"}),
        ("minutes-nlai", {"near": "minutes-nilai"}),
        ("minutes-juri", {}),
        ("surat-nilai", {}),
        ("anual", {"near": "annual"}),
        ("zz", {}),
    ],
)
def test_a_misspelt_document_is_offered_one_of_which_both_parts_are_alike(
    name: str, meant: dict[str, str]
) -> None:
    tree = {"phases": [{"code": "daftar"}, {"code": "nilai"}]}
    assert (
        settings._near_document_param(name, tree, ["minutes-nilai", "minutes", "annual"]) == meant
    )


@pytest.mark.parametrize(
    ("cron", "right"),
    [
        ("0 1 * * *", True),
        ("*/5 0-6,22 1 JAN-MAR mon", True),
        ("59 23 31 12 *", True),
        ("60 1 * * *", False),
        ("0 1 * * * ", True),
        ("0 1 * * FRIDAY", False),
        ("H 1 * * *", False),
        ("0 24 * * *", False),
        ("59 23 * * *", True),
        ("0 1 ? * *", False),
        ("0,1,* 1 * * *", True),
    ],
)
def test_a_schedule_is_one_that_every_reader_of_cron_knows(cron: str, right: bool) -> None:
    assert settings._is_cron(cron) == right


@pytest.mark.parametrize(
    ("logo", "right"),
    [
        ("logo.svg", True),
        ("gambar/logo.png", True),
        ("logo..svg", True),
        ("../logo.svg", False),
        ("a/../../x", False),
        ("/logo.svg", False),
        ("C:logo.svg", False),
        ("a\\..\\..\\x", False),
    ],
)
def test_a_logo_stays_in_the_folder_on_every_system(logo: str, right: bool) -> None:
    assert (_told({"publication": {"letterhead": {"logo": logo}}}) == []) == right


def test_the_schemes_of_urls_are_those_of_fsspec() -> None:
    assert set(known_implementations) == settings.STORAGE_SCHEMES
