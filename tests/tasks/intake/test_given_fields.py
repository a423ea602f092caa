"""Which columns of a table give which field."""

import pandas as pd

from tasks.intake.given_fields import columns_by_field, fields_by_position, first_filled_cells
from tasks.intake.tables.headings import UNKNOWN, WHOLE, WITHIN, Claim
from tasks.intake.tables.table import DeliveredTable, TableColumn

COLUMNS = (
    TableColumn(0, "Judul", Claim("title", WHOLE)),
    TableColumn(1, "Apa judul yang diusulkan", Claim("title", WITHIN)),
    TableColumn(2, "Judul inovasi", Claim("title", WHOLE)),
    TableColumn(3, "Warna", UNKNOWN),
    TableColumn(4, "No", Claim("", WHOLE)),
    TableColumn(5, "Kategori apa", Claim("category", WITHIN)),
)
BODY = pd.DataFrame([["a", "b", None], [None, "c", "d"], [None, None, None]], dtype="str")
TABLE = DeliveredTable("a.csv", "", "plain", 1, COLUMNS, BODY, BODY.head(0))


def test_the_surest_columns_give_a_field_and_others_give_none():
    given = columns_by_field(TABLE)
    positions = {field: [c.position for c in columns] for field, columns in given.items()}
    assert positions == {"title": [0, 2], "category": [5]}
    assert fields_by_position(given) == {0: "title", 2: "title", 5: "category"}


def test_the_first_filled_cell_of_several_columns_counts_in_each_row():
    cells = first_filled_cells(BODY, [COLUMNS[0], COLUMNS[2], COLUMNS[1]])
    assert cells.fillna("").tolist() == ["a", "d", ""]
    assert first_filled_cells(BODY, []).isna().tolist() == [True] * 3
