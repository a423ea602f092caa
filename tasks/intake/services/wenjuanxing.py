"""Wenjuanxing: known by its counter and its moment, in Chinese."""

from tasks.intake.services.plain_tables import plain_service

WENJUANXING = plain_service(
    marks=["序号|提交答卷时间"],
    own={"序号": "submission_id", "提交答卷时间": "submitted_at"},
    furniture="所用时间|来源|来源详情|来自ip|总分",
)
