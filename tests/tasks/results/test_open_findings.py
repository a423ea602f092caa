"""What the Results leave open."""

import pandas as pd

from tasks.results.open_findings import are_headed_alike, open_findings, unregistered_agencies
from tasks.results.results import Results
from tests.small.results import office_results


def at_rows(base: Results, *statuses: str) -> pd.DataFrame:
    """A finding at the first row of submissions of each status."""
    rows = base["submissions"].drop_duplicates("status").set_index("status").loc[list(statuses)]
    plain = rows.reset_index()[["source", "row", "submission_id"]]
    return plain.assign(rule="late", severity="error", table="submissions")


def test_a_finding_at_a_row_that_was_replaced_or_withdrawn_is_past():
    base = office_results()
    findings = at_rows(base, "accepted", "superseded", "withdrawn")
    [finding] = open_findings(office_results(findings=findings)).to_dict("records")
    accepted = base["submissions"].query("status == 'accepted'").iloc[0]
    assert finding["row"] == accepted["row"]
    assert finding["about"] == accepted["title"]
    assert (finding["status"], finding["counts"]) == ("accepted", True)


def test_a_finding_that_stands_at_no_row_is_open_and_about_nothing():
    elsewhere = pd.DataFrame([{"rule": "broken_register", "table": "agencies", "row": 3}])
    open_ = open_findings(office_results(findings=elsewhere))
    assert list(open_["row"]) == [3]
    assert open_[["about", "status", "counts"]].isna().all(axis=None)


def test_an_agency_that_no_register_has_is_named_once_as_it_was_first_typed():
    typed = ["Kantor Data", "KANTOR DATA", "Dinas Lama", "Kantor Lain"]
    findings = pd.DataFrame({"value": typed, "rule": "unknown_agency", "table": "submissions"})
    findings.loc[3, "table"] = "decisions"
    agencies = pd.DataFrame({"agency": ["Dinas Lama", "Dinas Kesehatan"]})
    assert list(unregistered_agencies(findings, agencies)["value"]) == ["Kantor Data"]


def test_headings_are_alike_but_for_case_accents_and_punctuation():
    assert are_headed_alike(pd.Series(["Judul", "Nama", "JUDUL:"]))
    assert not are_headed_alike(pd.Series(["Judul", "Judul inovasi"]))
