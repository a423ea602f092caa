"""ODK in the forms in which its servers and people hand its exports on."""

import pytest

from tests.tasks.intake.services.exported import (
    HEAD,
    LAPOR,
    SENT,
    SENT_HERE,
    of,
    table,
)


@pytest.mark.parametrize(
    ("own", "cells"),
    [
        (["SubmissionDate", "meta-instanceID", "KEY"], [f"{SENT}.123Z", "uuid:8", "uuid:7"]),
        (["submissiondate", "instanceid", "key"], ["Feb 1, 2022 8:15:03 AM", "uuid:8", "uuid:7"]),
        (["SubmissionDate", "formdef_version", "KEY"], ["1 Feb 2022 08:15:03", "2202", "uuid:7"]),
        (
            ["*meta-submission-date*", "*meta-is-complete*", "*meta-instance-id*"],
            [f"{SENT}.000Z", "true", "uuid:7"],
        ),
        (
            ["SubmissionDate", "ReviewState", "Edits", "KEY"],
            ["2022-02-01T08:15:03.000+07:00", "edited", "2", "uuid:7"],
        ),
    ],
)
def test_odks_servers_each_name_a_responses_key_and_time_in_their_way(own, cells):
    frame, found = table([[own[0], *HEAD, *own[1:]], [cells[0], *LAPOR, *cells[1:]]])
    assert of(frame, "kind", "response_id", "submitted_at") == [["odk", "uuid:7", SENT_HERE]]
    assert found.empty


def test_odks_groups_places_and_links_to_repeats_are_told():
    own = ["isi-lokasi-Latitude", "isi-lokasi-Accuracy", "SET-OF-tim", "AttachmentsPresent"]
    rows = [["SubmissionDate", *(f"isi-{name}" for name in HEAD), *own, "KEY"]]
    rows += [[f"{SENT}Z", *LAPOR, "-7.9", "5", "uuid:7/tim", "0", "uuid:7"]]
    frame, found = table(rows)
    assert of(frame, "title", "agency", "category") == [LAPOR]
    assert found.empty


def test_the_telephone_that_sent_a_form_gives_way_to_one_that_the_form_asks_for():
    rows = [["SubmissionDate", "phonenumber", *HEAD, "nomor_hp", "KEY"]]
    rows += [[f"{SENT}Z", "0341-1", *LAPOR, "0341-2", "uuid:7"]]
    assert table(rows)[0]["contact_phone"].tolist() == ["0341-2"]
