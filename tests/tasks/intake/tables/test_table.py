"""The fields that a table's columns give."""

import pandas as pd

from tasks.intake.tables.headings import FURNITURE, UNKNOWN, WHOLE, Claim
from tasks.intake.tables.table import DeliveredTable, TableColumn


def test_a_table_s_fields_are_those_of_the_columns_that_give_one():
    claims = [Claim("title", WHOLE), FURNITURE, UNKNOWN, Claim("agency", WHOLE)]
    columns = tuple(TableColumn(at, f"Kolom {at}", claim) for at, claim in enumerate(claims))
    empty = pd.DataFrame()
    table = DeliveredTable("submissions/a.csv", "a", "plain", 1, columns, empty, empty)
    assert table.fields == {"title", "agency"}
