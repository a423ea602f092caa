"""A run that an earlier version of the program published can still be read: what it did not write
is empty.
"""

from pathlib import Path

import pandas as pd

from tasks.results.results import Results
from tests.tasks.rulebook import WHOLE


def test_tables_and_columns_that_were_not_written_are_empty(tmp_path: Path) -> None:
    exports = pd.DataFrame({"source": ["submissions/a.csv"], "delivered": [3]})
    written = Results.of(WHOLE, {"exports": exports})
    for name, content in written.files().items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "exports.csv").write_text(
        "source,delivered\nsubmissions/a.csv,3\n", encoding="utf-8"
    )
    (tmp_path / "validation.csv").unlink()
    assert Results.read(tmp_path) == written
