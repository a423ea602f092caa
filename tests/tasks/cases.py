"""The numbered cases of tests/cases/<method>: NN_name_input.csv, NN_name_output.csv and, where a
case needs rules, NN_name_rules.toml. An expert adds a case by adding files; tests/cases/README.md
says what each method's files hold.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

FOLDER = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True, eq=False)
class Case:
    """One case: its rules text ("" where there is none) and its tables, all text, "" where a cell
    is empty.
    """

    name: str
    rules_text: str
    tables: dict[str, pd.DataFrame]

    @property
    def rules(self) -> dict[str, Any]:
        return tomllib.loads(self.rules_text)


def of(method: str) -> list[Any]:
    """Every case of a method as a pytest parameter. A method without cases is a mistake."""
    names = sorted(
        path.name.removesuffix("_input.csv") for path in (FOLDER / method).glob("*_input.csv")
    )
    if not names:
        raise ValueError(f"{method} has no cases")
    return [pytest.param(_read(FOLDER / method, name), id=name) for name in names]


def _read(folder: Path, name: str) -> Case:
    rules = folder / f"{name}_rules.toml"
    tables = {
        path.stem.removeprefix(f"{name}_"): _csv(path) for path in folder.glob(f"{name}_*.csv")
    }
    return Case(name, rules.read_text(encoding="utf-8") if rules.is_file() else "", tables)


def _csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[], encoding="utf-8")


def rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    """A table as plain rows of text, missing as "": for equality with what a case expects."""
    text = frame.astype("object").map(
        lambda cell: (
            "" if pd.isna(cell) else str(cell).replace("True", "true").replace("False", "false")
        )
    )
    return text.to_dict("records")
