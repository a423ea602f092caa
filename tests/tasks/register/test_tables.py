"""The tables beside competition.toml: read in any form an office saves, and told where they cannot
be used.
"""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.disk.folder import raw_tables
from tasks.findings.frame import grade_findings
from tasks.findings.wording import word_findings
from tasks.register.columns import TABLE_SPECS
from tasks.register.tables import Tables, read_tables
from tasks.rules.competition import Competition, parse_competition
from tasks.words import Words
from tests.small.whole_rules import WHOLE

REGISTER = [
    [
        "code",
        "name",
        "short_name",
        "type",
        "parent_code",
        "aliases",
        "obliged",
        "valid_from",
        "valid_to",
    ],
    [
        "SETDA",
        "Sekretariat Daerah",
        "Setda",
        "sekretariat",
        "",
        "Sekda|Setda Kota Malang",
        "",
        "",
        "",
    ],
    ["BAG-ORG", "Bagian Organisasi", "", "bagian", "SETDA", "", "", "2017", ""],
    ["DINKES", "Dinas Kesehatan", "Dinkes", "dinas", "", "", "", "", ""],
    ["PKM-JANTI", "Puskesmas Janti", "", "puskesmas", "DINKES", "", "true", "", ""],
    ["DLH", "Dinas Lingkungan, Hidup", "DLH", "Dinas", "", "", "tidak", "2000", "2021"],
]
RULES = parse_competition(
    WHOLE.replace('conflicts = [{ judge = "Name", agency = "DINKES" }]', "conflicts = []")
)


def _csv(rows: list[list[str]], separator: str = ",", line: str = "\n") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator=line).writerows(rows)
    return written.getvalue()


def _xlsx(path: Path, rows: list[list[object]], *, above: int = 0, sheet: str = "Sheet1") -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows, above):
            for column, cell in enumerate(row):
                page.write(number, column, cell)


def _read(
    at: Path, rules: Competition = RULES, **files: str
) -> tuple[Tables, list[tuple[str, object, str, str]]]:
    """The tables with these files (by name without suffix), and of each finding: file, row, field,
    rule or its case.
    """
    (at / "history").mkdir(exist_ok=True)
    for name, text in ({"agencies": _csv(REGISTER)} | files).items():
        (at / f"{name.replace('__', '/')}.csv").write_text(text, encoding="utf-8")
    tables, findings = read_tables(raw_tables(at), rules)
    return tables, _list_problems(findings)


def _list_problems(findings: pd.DataFrame) -> list[tuple[str, object, str, str]]:
    """File, row, field and case (else rule) of each finding; every one of them can be said in both
    languages.
    """
    graded = grade_findings(findings, (), {})
    for language in ("id", "en"):
        messages = word_findings(graded, Words(language))["message"]
        assert [
            text for text in messages if "{" in text or "nan" in text or " → " not in text
        ] == []
    assert set(graded.loc[graded["rule"] == "broken_register", "severity"]) <= {"critical"}
    blank = findings.astype({"row": "object"}).fillna({"row": 0, "field": ""})
    cases = [
        params.get("case", rule)
        for params, rule in zip(findings["params"], findings["rule"], strict=True)
    ]
    return list(zip(blank["source"], blank["row"], blank["field"], cases, strict=True))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return _read(tmp_path_factory.mktemp("register"))[0].agencies


def test_the_register_is_typed_and_knows_its_rows(register: pd.DataFrame) -> None:
    assert register["agency_code"].tolist() == ["SETDA", "BAG-ORG", "DINKES", "PKM-JANTI", "DLH"]
    assert register["table_row"].tolist() == [2, 3, 4, 5, 6]
    assert register["obliged"].astype("object").where(
        register["obliged"].notna(), None
    ).tolist() == [
        None,
        None,
        None,
        True,
        False,
    ]
    assert register["valid_from"].fillna(0).tolist() == [0, 2017, 0, 0, 2000]
    assert register["aliases"].dropna().tolist() == ["Sekda|Setda Kota Malang"]


def test_every_table_has_its_columns_in_its_types_with_and_without_a_file(tmp_path: Path) -> None:
    tables, problems = _read(tmp_path)
    assert problems == []
    for name, spec in TABLE_SPECS.items():
        assert list(getattr(tables, name).dtypes.items()) == list(spec.empty().dtypes.items())
    assert [len(getattr(tables, name)) for name in TABLE_SPECS] == [5, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_of_any_office_reads_the_same(
    tmp_path: Path, register: pd.DataFrame, separator: str, line: str, encoding: str
) -> None:
    (tmp_path / "agencies.csv").write_bytes(_csv(REGISTER, separator, line).encode(encoding))
    tables, findings = read_tables(raw_tables(tmp_path), RULES)
    assert (len(findings), tables.agencies.equals(register)) == (0, True)


def test_a_workbook_of_the_same_name_reads_the_same(tmp_path: Path, register: pd.DataFrame) -> None:
    rows: list[list[object]] = [
        [int(cell) if cell.isdigit() else cell for cell in row] for row in REGISTER
    ]
    rows[4][6] = True
    _xlsx(tmp_path / "agencies.xlsx", rows)
    tables, findings = read_tables(raw_tables(tmp_path), RULES)
    assert (len(findings), tables.agencies.equals(register)) == (0, True)


def test_headings_are_told_without_case_and_spaces_and_below_a_title(tmp_path: Path) -> None:
    headings: list[object] = [
        " Code",
        "NAME",
        "Short Name",
        "Type",
        "Parent code",
        "Aliases",
        "Obliged",
        "valid from",
        "Valid_To",
    ]
    _xlsx(tmp_path / "agencies.xlsx", [["DAFTAR PERANGKAT DAERAH"], [], headings, *REGISTER[1:]])
    tables, findings = read_tables(raw_tables(tmp_path), RULES)
    assert len(findings) == 0
    assert tables.agencies["table_row"].tolist() == [4, 5, 6, 7, 8]
    assert tables.agencies["valid_to"].dropna().tolist() == [2021]


def test_blank_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    rows = [*REGISTER[:2], [""] * 9, *REGISTER[2:]]
    tables, problems = _read(tmp_path, agencies=_csv(rows))
    assert (problems, tables.agencies["table_row"].tolist()) == ([], [2, 4, 5, 6, 7])


def test_a_folder_without_a_register_is_broken(tmp_path: Path) -> None:
    tables, findings = read_tables(raw_tables(tmp_path), RULES)
    assert (_list_problems(findings), len(tables.agencies)) == (
        [("agencies.csv", 0, "", "absent")],
        0,
    )


def test_two_files_of_one_table_are_broken_since_nothing_says_which_counts(tmp_path: Path) -> None:
    _xlsx(tmp_path / "agencies.xlsx", [list(row) for row in REGISTER])
    tables, problems = _read(tmp_path)
    assert (problems, len(tables.agencies)) == ([("agencies.csv", 0, "", "both")], 0)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken", b"\0\0\0"])
@pytest.mark.parametrize("name", ["agencies", "decisions"])
def test_a_file_that_is_no_table_is_critical_and_its_reason_is_told(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / "agencies.csv").write_text(_csv(REGISTER), encoding="utf-8")
    (tmp_path / f"{name}.csv").write_bytes(content)
    _, findings = read_tables(raw_tables(tmp_path), RULES)
    assert findings["rule"].tolist() == ["broken_register", "unreadable_file"]
    assert findings["source"].tolist() == [f"{name}.csv"] * 2


def test_the_other_tables_are_read_with_their_own_names(tmp_path: Path) -> None:
    tables, problems = _read(
        tmp_path,
        judges="name;aliases;agency_code\nJuri 1;J. Satu|Juri Satu;dinkes\n",
        assignments="phase,judge,submission\nPROPOSAL,Juri 1,*\n",
        corrections="submission,source,row,field,expected,value,reason,by,on\n"
        ",form.csv,7,category,,kesehatan,kosong,Kantor,1/2/2022\n",
        decisions="phase,submission,outcome,reason\npendaftaran,DINKES-7K3Q,accepted,atas "
        "perintah\n",
        placements="year,agency_code,title,level,placement\n2020,Dinkes,Brexit,nasional,Top 45\n",
        history__counts="year,received,accepted\n2021,62,46\n",
    )
    assert problems == []
    assert tables.judges[["judge", "agency_code"]].to_numpy().tolist() == [["Juri 1", "DINKES"]]
    assert tables.assignments["phase"].tolist() == ["proposal"]
    assert tables.corrections[["source", "row", "field", "value", "on"]].to_numpy().tolist() == [
        ["form.csv", 7, "category", "kesehatan", "1/2/2022"],
    ]
    assert tables.corrections["expected"].isna().tolist() == [True]
    assert tables.decisions[["phase", "outcome"]].to_numpy().tolist() == [
        ["pendaftaran", "accepted"]
    ]
    assert tables.placements[
        ["award_year", "agency_code", "award_title", "award"]
    ].to_numpy().tolist() == [
        [2020, "DINKES", "Brexit", "Top 45"],
    ]
    assert tables.counts[["year", "received", "accepted"]].to_numpy().tolist() == [[2021, 62, 46]]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_case_has_its_sentence_in_both_languages(language: str) -> None:
    worded = {
        name for name in _cases() if Words(language).has(f"rule.broken_register.{name}.remedy")
    }
    assert worded == _cases()


def _cases() -> set[str]:
    from tests.tasks.register.test_checks import CASES as ACROSS
    from tests.tasks.register.test_columns import CASES as WITHIN

    return {case for *_, case in (*ACROSS, *WITHIN)} | {
        "absent",
        "both",
        "unreadable",
        "conflict",
        "near_type",
    }


_CELL = st.text("abc ÉéÑ,;'\"|/.&()0123456789", min_size=1, max_size=20).map(
    lambda text: f"x{text}y"
)


_ROWS = st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=6)


@given(_ROWS, st.sampled_from(",;\t"), st.sampled_from(["utf-8-sig", "utf-16"]))
@settings(max_examples=25)
def test_a_register_reads_the_same_from_a_csv_and_from_a_workbook(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, str]],
    separator: str,
    encoding: str,
) -> None:
    rows = [["code", "name", "aliases"], *([f"A{n}", *pair] for n, pair in enumerate(texts))]
    one, other = tmp_path_factory.mktemp("csv"), tmp_path_factory.mktemp("xlsx")
    (one / "agencies.csv").write_bytes(_csv(rows, separator, "\r\n").encode(encoding))
    _xlsx(other / "agencies.xlsx", [list(row) for row in rows])
    (csv_tables, csv_found), (xlsx_tables, xlsx_found) = (
        read_tables(raw_tables(one), RULES),
        read_tables(raw_tables(other), RULES),
    )
    assert (len(csv_found), len(xlsx_found)) == (0, 0)
    assert csv_tables.agencies.equals(xlsx_tables.agencies)
    assert xlsx_tables.agencies["agency"].tolist() == [name for name, _ in texts]


_TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12
)


_CODE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)


@given(st.lists(st.tuples(_CODE, _TEXT), min_size=1, max_size=5))
@settings(max_examples=25)
def test_any_register_is_read_or_told_and_never_fails(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    at = tmp_path_factory.mktemp("any")
    table = [["code", "name"], *([code, name.strip() or "x"] for code, name in rows)]
    (at / "agencies.csv").write_text(_csv(table, ";"), encoding="utf-8")
    tables, findings = read_tables(raw_tables(at), RULES)
    problems = {case for *_, case in _list_problems(findings)}
    assert problems <= {
        "duplicate",
        "unsafe_code",
        "taken_code",
        "blank",
        "unreadable",
        "unreadable_file",
    }
    if problems & {"unreadable", "blank"} == set():
        assert len(tables.agencies) == len(rows)


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        (
            "agencies",
            _csv([*REGISTER, ["", "Dinas Tanpa Kode", "", "dinas", "", "", "", "", ""]]),
            "code",
        ),
        ("judges", "name,agency_code\nJuri 1,DINKES\n,DLH\n", "name"),
    ],
)
def test_a_row_without_what_every_row_has_is_told_and_nothing_is_made_of_it(
    tmp_path: Path, name: str, text: str, field: str
) -> None:
    tables, problems = _read(tmp_path, **{name: text})
    rows = text.count("\n")
    assert problems == [(f"{name}.csv", rows, field, "blank")]
    assert getattr(tables, name)["table_row"].tolist() == list(range(2, rows))
