"""Wenjuanxing's own columns."""

from tasks.intake import submissions
from tests.small.exports import csv_bytes, raw
from tests.small.rules import INTAKE_RULES


def test_wenjuanxings_own_columns():
    head = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、Judul inovasi"]
    row = ["3", "2022/2/12 19:02:50", "194秒", "", "", "", "Antrean"]
    found = submissions.read_submissions(
        [raw("submissions/w", csv_bytes([head, row]))], INTAKE_RULES
    )
    own = found.rows.iloc[0][["submission_id", "submitted_at", "title"]]
    assert own.tolist() == ["3", "2022/2/12 19:02:50", "Antrean"]
