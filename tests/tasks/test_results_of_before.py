"""A run that an earlier version of the program published can still be read: what it did not write
is empty.
"""

import pandas as pd

from tasks.results.results import Results
from tests.small.whole_rules import WHOLE


def test_tables_and_columns_that_were_not_written_are_empty() -> None:
    exports = pd.DataFrame({"source": ["submissions/a.csv"], "delivered": [3]})
    written = Results.of(WHOLE, {"exports": exports})
    files = written.files() | {"exports.csv": b"source,delivered\nsubmissions/a.csv,3\n"}
    del files["validation.csv"]
    assert Results.of_files(files) == written
