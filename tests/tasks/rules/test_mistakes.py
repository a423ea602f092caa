"""Every mistake that competition.toml can have: told once, at its key, in both languages."""

import re
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import RulesError
from tasks.rules.competition import Competition, parse_competition
from tasks.rules.mistakes import (
    Mistake,
    check_distinct_texts,
    check_known_value,
    error_messages,
    near_param,
)
from tasks.words import Words
from tests.small.whole_rules import WHOLE, rule_problems
from tests.tasks.rules.wrong_rules import CASES, Case

OF_LOAD = {"absent", "not_utf8", "logo_absent"}  # test_competition.py
NEVER_SEEN = {"wrong_value"}  # for a kind of error that a later pydantic may add

TEN = [
    ("year = 2022", 'year = "2022"'),
    ('"Asia/Jakarta"', '"Asia/Jakarata"'),
    ("host =", "hots ="),
    ('"title", "agency"', '"titel", "agency"'),
    ("summary = [0, 200]", "summary = [300, 200]"),
    ('too_long = "warning"', 'late = "off"'),
    ('kind = "screening"', 'kind = "screning"'),
    ("weight = 30, name", "weight = -30, name"),
    ("proposal = 0.3", "proposal = 1.3"),
    ('"0 1 * * *"', '"0 1 * *"'),
]


def _catalogue(language: str) -> dict[str, str]:
    """The sentences of this room by id."""
    with (files("templates") / "locale" / language / "competition.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_the_example_of_the_interface_has_no_mistake() -> None:
    assert rule_problems(WHOLE) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_mistake_is_told_once_at_its_key(case: Case) -> None:
    assert rule_problems(case.text) == [(case.place, case.message)]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_mistake_says_what_is_wrong_and_what_to_do(case: Case, language: str) -> None:
    with pytest.raises(RulesError) as caught:
        parse_competition(case.text)
    (problem,) = caught.value.problems
    sentence = Words(language).say(problem.message, place=problem.place, **problem.params)
    wrong, arrow, remedy = sentence.partition(" → ")
    assert (bool(wrong.strip()), arrow, remedy[-1]) == (True, " → ", ".")
    assert re.findall(r"None|Decimal|\{[a-z]+\}", sentence) == []


def test_every_sentence_of_the_catalogue_has_a_case() -> None:
    ids = {name for name in _catalogue("id") if name.startswith("competition.")}
    told = {
        f"competition.{message}"
        for message in {case.message for case in CASES} | OF_LOAD | NEVER_SEEN
    }
    assert ids == told


def test_both_languages_have_the_same_sentences_with_the_same_parameters() -> None:
    parameters = [
        {name: set(re.findall(r"\{(\w+)\}", text)) for name, text in _catalogue(language).items()}
        for language in ("id", "en")
    ]
    assert parameters[0] == parameters[1]


def test_ten_mistakes_are_all_told_at_their_keys_in_the_order_of_the_file() -> None:
    text = WHOLE
    for old, new in TEN:
        text = text.replace(old, new, 1)
    assert rule_problems(text) == [
        ("year", "type_whole"),
        ("hots", "unknown_key.near"),
        ("timezone", "unknown_timezone.near"),
        ("submission.required[1]", "unknown_field.near"),
        ("submission.words.summary", "words_order"),
        ("rules.late", "rule_fixed"),
        ("phases[administrasi].kind", "choice.near"),
        ("phases[proposal].criteria[signifikansi].weight", "too_small"),
        ("phases[presentasi].carry", "shares_sum"),
        ("schedule.nightly", "cron"),
    ]


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("id", '"2022" bukan bilangan bulat'),
        ("en", '"2022" is no whole number'),
    ],
)
def test_mistakes_are_told_in_the_language_of_the_file(language: str, start: str) -> None:
    with pytest.raises(RulesError) as caught:
        parse_competition(
            WHOLE.replace('language = "id"', f'language = "{language}"').replace(
                "year = 2022", 'year = "2022"', 1
            )
        )
    (problem,) = caught.value.problems
    assert caught.value.language == language
    assert Words(language).say(problem.message, **problem.params).startswith(start)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('language = "en"\n[', "en"),
        ("language = 'id'\n[", "id"),
        ("[", "id"),
        ('language = "x"\n[', "id"),
    ],
)
def test_a_file_that_is_no_toml_is_told_in_the_language_that_it_names(
    text: str, language: str
) -> None:
    with pytest.raises(RulesError) as caught:
        parse_competition(text)
    assert caught.value.language == language


def test_a_place_has_the_line_of_the_key_or_of_what_it_belongs_into() -> None:
    changes = [
        ("opens = 2022-02-01", "opens = 2022-05-01"),
        ('kind = "screening"\n', ""),
        ("year = 2022\n", ""),
    ]
    text = WHOLE
    for old, new in changes:
        text = text.replace(old, new, 1)
    with pytest.raises(RulesError) as caught:
        parse_competition(text)
    told = text.split("\n")
    opens, phase = (
        told.index(next(x for x in told if "2022-05-01" in x)) + 1,
        told.index('code = "administrasi"'),
    )
    assert [problem.place for problem in caught.value.problems] == [
        f"competition.toml:{opens}: phases[pendaftaran].opens",
        f"competition.toml:{phase}: phases[administrasi].kind",
        "competition.toml: year",
    ]


def test_the_same_mistake_is_told_once() -> None:
    twice = [
        Mistake(("year",), "missing", {"key": "year"}),
        Mistake(("year",), "missing", {"key": "year"}),
    ]
    assert len(error_messages(twice, {}, "competition.toml", {})) == 1


def test_a_stray_name_is_told_with_what_is_known_and_what_is_near() -> None:
    assert list(check_known_value(("x",), "m", "title", ["title"])) == []
    assert list(check_known_value(("x",), "m", "titel", ["title", "agency"])) == [
        Mistake(("x",), "m", {"value": '"titel"', "known": "title, agency", "near": "title"}),
    ]
    nothing = Mistake(("x",), "m", {"value": '"titel"', "known": "-"})
    assert list(check_known_value(("x",), "m", "titel", [])) == [nothing]


def test_every_repetition_is_told_at_its_own_place() -> None:
    assert [
        mistake.path
        for mistake in check_distinct_texts(("x",), [(0, "a"), (1, "b"), (3, "a"), (4, "a")])
    ] == [
        ("x", 3),
        ("x", 4),
    ]


def test_what_was_probably_meant_is_the_nearest_known_name() -> None:
    assert near_param("Titel", ["agency", "title"]) == {"near": "title"}
    assert near_param("zz", ["agency", "title"]) == {}
    assert near_param("x", []) == {}


_VALUE = re.compile(r'"[^"\n]*"|(?<![\w."-])-?\d[\d.T:-]*(?![\w"])|\btrue\b|\bfalse\b|\[\]')
_SPOTS = [found.span() for found in _VALUE.finditer(WHOLE)]
_ODD = [
    "0",
    "-1",
    "1.5",
    "nan",
    "inf",
    '""',
    '"x"',
    '"../.."',
    "true",
    "[]",
    "{}",
    "[[]]",
    "{ a = 1 }",
    "2022-01-01",
    "2022-01-01T00:00:00",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00",
    "07:00:00",
    "1e400",
    "[1, 2, 3]",
    '["x"]',
]


@given(st.lists(st.tuples(st.sampled_from(_SPOTS), st.sampled_from(_ODD)), min_size=1, max_size=6))
@settings(max_examples=400)
def test_whatever_stands_in_place_of_values_is_understood_or_refused(
    changes: list[tuple[tuple[int, int], str]],
) -> None:
    text = WHOLE
    for (start, end), odd in sorted(dict(changes).items(), reverse=True):
        text = text[:start] + odd + text[end:]
    _parse_or_refuse(text)


@given(st.integers(0, WHOLE.count("\n")), st.integers(1, 40))
@settings(max_examples=200)
def test_whatever_lines_are_missing_the_file_is_understood_or_refused(
    first: int, number: int
) -> None:
    lines = WHOLE.split("\n")
    _parse_or_refuse("\n".join(lines[:first] + lines[first + number :]))


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_any_text_is_understood_or_refused(text: str) -> None:
    _parse_or_refuse(text)


def _parse_or_refuse(text: str) -> None:
    """parse gives a Competition or problems that can be said, and nothing else."""
    try:
        assert isinstance(parse_competition(text), Competition)
    except RulesError as error:
        sentences = [
            Words("id").say(problem.message, place=problem.place, **problem.params)
            for problem in error.problems
        ]
        assert len(sentences) >= 1
        assert [sentence for sentence in sentences if " → " not in sentence] == []
