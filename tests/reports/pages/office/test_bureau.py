"""published/index.html."""

from datetime import datetime
from zoneinfo import ZoneInfo

from reports.content.problems import text_rows
from reports.formats.html import render_screen
from reports.pages.office import bureau
from reports.pages.office.bureau import MOST_SHOWN, BureauPage
from tests.small.results import office_edition, office_results

CHECKED = datetime(2022, 3, 28, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
FINDINGS = text_rows(office_results()["findings"])
CRITICAL = {
    **FINDINGS[0],
    "severity": "critical",
    "rule": "correction_failed",
    "message": "Sel berbunyi Dinkes. → Periksa corrections.csv.",
    "source": "submissions/form.csv",
    "row": "9",
}
RUN = "20220328T010000-ab12cd34"


def page(findings: list[dict[str, str]] = FINDINGS, run: str = RUN, **more: object) -> BureauPage:
    return bureau.build(
        office_edition(), findings, CHECKED, CHECKED, run, CHECKED if run else None, **more
    )


def html(shown: BureauPage) -> str:
    return render_screen(shown).decode()


def test_tasks_come_by_rule_the_severest_first():
    assert [(task.severity, task.rule, task.count) for task in page().tasks] == [
        ("error", "missing_required", 1),
        ("error", "late", 1),
        ("warning", "unknown_column", 1),
        ("warning", "similar_title", 1),
    ]


def test_each_task_has_place_reason_and_remedy():
    [problem] = page().tasks[1].problems
    text = html(page())
    assert (problem.source, problem.row) == ("submissions/form.csv", "11")
    assert "submissions/form.csv, baris 11" in text
    assert problem.problem in text
    assert problem.remedy in text


def test_a_critical_finding_withholds_and_says_why():
    shown = page([*FINDINGS, CRITICAL])
    text = html(shown)
    assert shown.is_withheld
    assert [task.rule for task in shown.withheld] == ["correction_failed"]
    assert "Laporan baru ditahan" in text
    assert "Laporan sebelumnya tetap berlaku" in text
    assert f'href="runs/{RUN}/index.html"' in text


def test_before_the_first_run_there_is_no_way_to_reports():
    text = html(page(run=""))
    assert "Belum ada laporan yang terbit." in text
    assert "runs/" not in text


def test_newer_data_than_the_published_run_is_said():
    assert "Ada data yang lebih baru" in html(page(is_current=False))


def test_its_typefaces_are_the_published_run_s():
    assert f'url("runs/{RUN}/assets/source-sans-regular.woff2")' in html(page())


def test_nothing_to_do_is_said():
    assert "Tidak ada yang perlu dikerjakan." in html(page([]))


def test_a_flood_of_findings_is_counted_and_not_all_listed():
    shown = page([FINDINGS[0]] * (MOST_SHOWN + 3))
    assert (shown.tasks[0].count, len(shown.tasks[0].problems)) == (MOST_SHOWN + 3, MOST_SHOWN)
    assert "dan 3 lainnya" in html(shown)


def test_it_says_when_it_was_last_checked_and_how_the_phases_stand():
    shown = page()
    assert "Terakhir diperiksa 28 Maret 2022 pukul 01.00 WIB." in html(shown)
    assert [stage.state for stage in shown.stages] == ["closed", "closed", "open", "not_begun"]
