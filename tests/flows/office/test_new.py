"""`kipp new`: a folder that works at once, the sample, and next year's folder from last year's."""

from datetime import date
from pathlib import Path

import pytest

from flows.office import new
from flows.office.new import make_folder as make
from tasks.disk.folder import load_competition, raw_tables
from tasks.errors import CallError, RulesError
from tasks.register.tables import read_tables
from tasks.rules.competition import Competition, parse_competition

AUTUMN = date(2026, 11, 24)


def _rules(folder: Path) -> Competition:
    return load_competition(folder)


def _files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def _refused(folder: Path, **options: object) -> str:
    with pytest.raises(CallError) as caught:
        make(folder, **options)  # type: ignore[arg-type]  # options of the call
    return caught.value.problems[0].message


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "malang-2022"
    make(folder, sample=True)
    return folder


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_new_folder_has_rules_and_tables_without_a_finding(tmp_path: Path, language: str) -> None:
    make(tmp_path / "lomba", language=language, today=AUTUMN)
    rules = _rules(tmp_path / "lomba")
    tables, findings = read_tables(raw_tables(tmp_path / "lomba"), rules)
    assert (rules.year, rules.language, len(findings)) == (2027, language, 0)
    assert len(tables.agencies) > 100
    assert [
        len(table) for table in (tables.judges, tables.decisions, tables.placements, tables.counts)
    ] == [0, 0, 0, 0]


def test_a_new_folder_has_a_place_for_every_export(tmp_path: Path) -> None:
    make(tmp_path / "lomba", today=AUTUMN)
    places = ("submissions", "screening/administrasi", "scores/proposal", "scores/presentasi")
    assert [(tmp_path / "lomba/inbox" / place).is_dir() for place in places] == [True] * 4
    assert _files(tmp_path / "lomba") == [
        "BACA-SAYA.txt",
        "agencies.csv",
        "assignments.csv",
        "competition.toml",
        "corrections.csv",
        "decisions.csv",
        "history/counts.csv",
        "judges.csv",
        "placements.csv",
    ]


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2027, 1, 1), 2027),
        (date(2027, 3, 1), 2027),
        (date(2027, 3, 2), 2028),
        (date(2027, 12, 31), 2028),
    ],
)
def test_the_dates_are_those_of_the_next_registration(
    tmp_path: Path, today: date, year: int
) -> None:
    make(tmp_path / "lomba", today=today)
    assert (
        _rules(tmp_path / "lomba").year,
        _rules(tmp_path / "lomba").registration.closes.year,
    ) == (year, year)


def test_the_comments_of_both_languages_stand_beside_the_same_rules(tmp_path: Path) -> None:
    for language in ("id", "en"):
        make(tmp_path / language, language=language, today=AUTUMN)
    alike = [_rules(tmp_path / name).model_dump(exclude={"language"}) for name in ("id", "en")]
    assert alike[0] == alike[1]


@pytest.mark.parametrize(("language", "start"), [("id", "﻿code;name;"), ("en", "﻿code,name,")])
def test_a_double_click_opens_the_tables_in_columns(
    tmp_path: Path, language: str, start: str
) -> None:
    make(tmp_path / "lomba", language=language, today=AUTUMN)
    assert (tmp_path / "lomba/agencies.csv").read_bytes().decode().startswith(start)


def test_every_commented_key_of_a_new_folder_is_right_once_its_mark_is_deleted(
    tmp_path: Path,
) -> None:
    make(tmp_path / "lomba", today=AUTUMN)
    lines = (tmp_path / "lomba/competition.toml").read_text(encoding="utf-8").split("\n")
    keys = (
        "# [",
        "# target",
        "# too_long",
        "# conflicts",
        "# carry",
        "# dates",
        '# "',
        "# number",
        "# on",
        "# place",
    )
    text = "\n".join(line[2:] if line.startswith(keys) else line for line in lines)
    rules = parse_competition(text)
    assert (rules.target, rules.forms.dates, list(rules.documents)) == (
        100,
        "dmy",
        ["minutes-proposal"],
    )


def test_the_sample_is_the_example_with_its_exports(sample: Path) -> None:
    assert _rules(sample).year == 2022
    places = {path.split("/")[1] for path in _files(sample) if path.startswith("inbox/")}
    assert places == {"scores", "screening", "submissions"}
    assert [path for path in _files(sample) if path.startswith((".kipp", "published"))] == []


def test_next_year_takes_what_holds_and_leaves_what_was_that_year_alone(
    sample: Path, tmp_path: Path
) -> None:
    make(tmp_path / "2023", last_year=sample)
    assert _files(tmp_path / "2023") == [
        "agencies.csv",
        "competition.toml",
        "history/counts.csv",
        "judges.csv",
        "logo.svg",
        "placements.csv",
    ]
    for name in ("agencies.csv", "judges.csv", "logo.svg", "history/counts.csv"):
        assert (tmp_path / "2023" / name).read_bytes() == (sample / name).read_bytes()
    assert (tmp_path / "2023/inbox/scores/proposal").is_dir()


def test_next_year_wants_its_dates_and_then_is_right(sample: Path, tmp_path: Path) -> None:
    make(tmp_path / "2023", last_year=sample)
    with pytest.raises(RulesError) as caught:
        _rules(tmp_path / "2023")
    assert {problem.params["key"] for problem in caught.value.problems} == {"closes"}
    file = tmp_path / "2023/competition.toml"
    dated = (
        file.read_text(encoding="utf-8").replace("# closes", "closes").replace("# opens", "opens")
    )
    file.write_text(dated, encoding="utf-8")
    assert (_rules(tmp_path / "2023").year, _rules(tmp_path / "2023").registration.closes.year) == (
        2023,
        2023,
    )


def test_an_archive_of_last_year_goes_into_the_history(sample: Path, tmp_path: Path) -> None:
    bag = tmp_path / "kipp-2022-archive"
    new._copy_folder(sample, bag / "data")
    (bag / "bagit.txt").write_text(
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8"
    )
    make(tmp_path / "2023", last_year=bag)
    assert (tmp_path / "2023/history/kipp-2022-archive/bagit.txt").is_file()
    assert (tmp_path / "2023/agencies.csv").read_bytes() == (sample / "agencies.csv").read_bytes()


def test_an_archive_that_stands_beside_last_years_folder_is_taken(
    sample: Path, tmp_path: Path
) -> None:
    new._copy_folder(sample, tmp_path / "kipp-2022")
    (tmp_path / "kipp-2022-archive").mkdir()
    (tmp_path / "kipp-2022-archive/bagit.txt").write_text("BagIt-Version: 1.0\n", encoding="utf-8")
    make(tmp_path / "kipp-2023", last_year=tmp_path / "kipp-2022")
    assert (tmp_path / "kipp-2023/history/kipp-2022-archive/bagit.txt").is_file()


def test_a_folder_that_has_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catatan.txt").write_text("penting", encoding="utf-8")
    assert _refused(tmp_path) == _refused(tmp_path, sample=True) == "new.not_empty"
    assert _refused(tmp_path / "catatan.txt") == "new.not_empty"
    assert _files(tmp_path) == ["catatan.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    make(tmp_path, today=AUTUMN)
    assert (tmp_path / "competition.toml").is_file()


def test_a_call_that_cannot_be_is_refused_before_anything_is_written(
    sample: Path, tmp_path: Path
) -> None:
    assert _refused(tmp_path / "x", sample=True, last_year=sample) == "new.sample_and_from"
    assert _refused(tmp_path / "x", last_year=tmp_path / "zz") == "new.no_last_year"
    assert not (tmp_path / "x").exists()


def test_wrong_rules_of_last_year_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "alt").mkdir()
    (tmp_path / "alt/competition.toml").write_text("year = 2022\n", encoding="utf-8")
    with pytest.raises(RulesError):
        make(tmp_path / "neu", last_year=tmp_path / "alt")
    assert not (tmp_path / "neu").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    assert _refused(tmp_path / "berkas/lomba", today=AUTUMN) == "new.not_writable"


def test_what_last_year_published_is_archived_into_the_history(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Published:
        def manifest(self) -> dict[str, str]:
            return {"run": "20220515T235959-0a1b2c3d"}

    archives: list[tuple[Path, Path]] = []
    monkeypatch.setattr(new, "published_runs", lambda request, rules: Published())
    monkeypatch.setattr(
        new, "make_archive", lambda request, bag: archives.append((request.folder, bag))
    )
    make(tmp_path / "2023", last_year=sample)
    assert archives == [(sample, tmp_path / "2023/history/malang-2022-archive")]


def test_a_shared_history_is_named_and_not_copied(sample: Path, tmp_path: Path) -> None:
    new._copy_folder(sample, tmp_path / "2022")
    rules = tmp_path / "2022/competition.toml"
    text = rules.read_text(encoding="utf-8") + '\n[storage]\nhistory = "s3://kipp/history"\n'
    rules.write_text(text, encoding="utf-8")
    make(tmp_path / "2023", last_year=tmp_path / "2022")
    assert [name for name in _files(tmp_path / "2023") if name.startswith("history/")] == []
    assert 'history = "s3://kipp/history"' in (tmp_path / "2023/competition.toml").read_text(
        encoding="utf-8"
    )
