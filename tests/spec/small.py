"""A small competition folder written from literal texts, and what the program's own CSVs say of it.

What is read back are the bytes of data/*.csv, since those are what the contract promises.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from tasks.results.results import Results
from tests.differential.program import compute_folder

Row = dict[str, str]

REGISTER = """code,name,short_name,type,parent_code,aliases,obliged,valid_from,valid_to
DINKES,Dinas Kesehatan,Dinkes,dinas,,,,,
DISDIK,Dinas Pendidikan,Disdik,dinas,,,,,
BAPPEDA,Badan Perencanaan,Bappeda,badan,,,,,
PKM-A,Puskesmas Arjuno,,puskesmas,DINKES,,,,
PUSTU,Pustu Utara,,pustu,PKM-A,,,,
"""
HEAD = """name = "Uji"
year = 2022
timezone = "Asia/Jakarta"
"""
CATEGORIES = """
[[categories]]
code = "satu"
[[categories]]
code = "dua"
name = { id = "Kategori Dua", en = "Second" }
aliases = ["Bidang Dua"]
"""
SUBMISSION = """
[submission]
required = ["title", "agency", "category"]
"""
REGISTRATION = """
[[phases]]
code = "daftar"
kind = "registration"
opens = 2022-02-01T00:00:00
closes = 2022-03-15T23:59:59
"""
SCREENING = """
[[phases]]
code = "adm"
kind = "screening"
closes = 2022-03-22T23:59:59
requirements = [{ code = "surat" }, { code = "video" }]
"""
JUDGING = """
[[phases]]
code = "nilai"
kind = "judging"
closes = 2022-04-10T23:59:59
scale = [0, 100]
criteria = [{ code = "x", weight = 30 }, { code = "y", weight = 70 }]
"""
NOMINATION = """
[[phases]]
code = "calon"
kind = "nomination"
closes = 2022-04-30T23:59:59
levels = [{ code = "provinsi", quota = 1, barred = ["Top 45"] }]
"""
AFTER = "2022-06-01T00:00:00"
HEADINGS = "Timestamp,Judul,Instansi,Kategori"
FORM = "inbox/submissions/a.csv"


def toml(
    *parts: str, head: str = HEAD, categories: str = CATEGORIES, submission: str = SUBMISSION
) -> str:
    """competition.toml of these phases and other tables; keys of `head` come first."""
    return head + submission + categories + "".join(parts or (REGISTRATION,))


def form(*rows: str, headings: str = HEADINGS) -> str:
    """An export with these rows; a row that is a title alone is an entry of Dinkes in category
    satu, in time.
    """
    whole = [
        row if "," in row else f"2022-02-10 10:00:00,{row},Dinas Kesehatan,satu" for row in rows
    ]
    return "\n".join([headings, *whole]) + "\n"


class Night:
    """What one run found out: each table as rows of texts, as its CSV has them."""

    def __init__(self, results: Results):
        self.results = results
        self.files = results.files()

    def __getitem__(self, table: str) -> list[Row]:
        return list(
            csv.DictReader(io.StringIO(self.files[f"{table}.csv"].decode("utf-8"), newline=""))
        )

    def of(self, table: str, *columns: str, **where: str) -> list[tuple[str, ...]]:
        """These columns of the rows that have these values, in the order of the file."""
        rows = [
            row for row in self[table] if all(row[name] == value for name, value in where.items())
        ]
        return [tuple(row[column] for column in columns) for row in rows]

    def by_title(self, table: str, *columns: str, **where: str) -> dict[str, tuple[str, ...]]:
        """These columns by the submission's title, for tables with one row a submission."""
        titles = {row["submission_id"]: row["title"] for row in self["submissions"]}
        found = self.of(table, "submission_id", *columns, **where)
        by = {titles.get(key, key): rest for key, *rest in found}
        assert len(by) == len(found), found
        return {title: tuple(rest) for title, rest in by.items()}

    def rules(self, **where: str) -> list[str]:
        """The rules of the findings that have these values, in the order of the alphabet."""
        return sorted(rule for (rule,) in self.of("findings", "rule", **where))

    def ids(self) -> dict[str, str]:
        """submission_id by title."""
        return {row["title"]: row["submission_id"] for row in self["submissions"]}


def write(
    folder: Path, rules: str, files: Mapping[str, str | bytes], register: str = REGISTER
) -> None:
    """The competition folder with these files, by their paths in it."""
    every = {"competition.toml": rules, "agencies.csv": register, **files}
    for path, content in every.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        (folder / path).write_bytes(data)


def night(
    folder: Path,
    rules: str,
    files: Mapping[str, str | bytes],
    as_of: str = AFTER,
    register: str = REGISTER,
) -> Night:
    """What a run at `as_of` finds in a folder of these files."""
    write(folder, rules, files, register)
    return Night(compute_folder(folder, as_of))
