"""Sources for which an older copy was used."""

import pandas as pd

from reports.content.stale_sources import StaleSource, stale_exports

SINCE = pd.Timestamp("2022-03-27T21:00+07:00")


def test_an_export_that_an_older_copy_gave_is_named_once():
    exports = pd.DataFrame(
        {
            "export_name": ["scores/juri.xlsx", "scores/juri.xlsx", "submissions/form.csv"],
            "stale_since": [SINCE, SINCE, pd.NaT],
        }
    )
    assert stale_exports(exports) == (StaleSource("scores/juri.xlsx", SINCE.to_pydatetime()),)
