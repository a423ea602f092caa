"""validation/: what was checked, and what came of it."""

import json

from reports.formats.html import render_screen
from reports.pages.office import validation
from tests.small.results import office_edition, office_results


def test_checks_are_counted_by_what_came_of_them():
    page = validation.build(office_results(), office_edition())
    assert (page.passed, page.failed, page.unchecked) == (2, 2, 1)


def test_checks_stand_by_table_and_phase_in_the_order_of_the_table():
    page = validation.build(office_results(), office_edition())
    assert [
        (s.table, s.phase, [(c.rule, c.checked, c.failed, c.state) for c in s.checks])
        for s in page.sections
    ] == [
        (
            "submissions",
            "Pendaftaran",
            [
                ("missing_required", 12, 0, "passed"),
                ("missing_required", 12, 1, "failed"),
                ("late", 12, 1, "failed"),
                ("too_long", 0, 0, "unchecked"),
            ],
        ),
        ("marks", "Penilaian proposal", [("mark_off_scale", 26, 0, "passed")]),
    ]


def test_could_not_be_checked_is_told_apart():
    html = render_screen(validation.build(office_results(), office_edition())).decode()
    assert '<span class="badge warn">Tidak dapat diperiksa</span>' in html
    assert '<span class="badge good">Terpenuhi</span>' in html
    assert '<span class="badge bad">Tidak terpenuhi</span>' in html


def test_findings_stand_by_rule():
    page = validation.build(office_results(), office_edition())
    assert [(task.rule, task.count) for task in page.tasks] == [
        ("missing_required", 1),
        ("late", 1),
        ("unknown_column", 1),
        ("similar_title", 1),
    ]


def test_with_nothing_checked_it_says_so():
    empty = {name: office_results()[name].iloc[:0] for name in ("validation", "findings")}
    html = render_screen(validation.build(office_results(**empty), office_edition())).decode()
    assert "Belum ada data yang diperiksa." in html
    assert "Tidak ada temuan." in html


def test_the_json_is_the_table_with_null_for_missing():
    records = json.loads(validation.as_json(office_results()))
    assert records[1] == {
        "rule": "missing_required",
        "table": "submissions",
        "phase": "pendaftaran",
        "field": "category",
        "checked": 12,
        "failed": 1,
        "check_state": "failed",
    }
    table = office_results()["validation"]
    assert (
        json.loads(validation.as_json(office_results(validation=table.assign(phase=None))))[0][
            "phase"
        ]
        is None
    )
