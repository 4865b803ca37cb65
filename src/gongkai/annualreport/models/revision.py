from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.annualreport.models.report import Report
from gongkai.statistics.models import Snapshot


class Revision(models.Model):
    """The whole text of a report as somebody saved it (正文版本); never changed afterwards."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="revisions", verbose_name="年度报告")
    number = models.PositiveIntegerField("版本")
    """The report's `version` right after the act that saved it."""
    act = models.CharField("因何保存", max_length=20)
    """编制、核改、撤销更正…"""
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name="所据快照")
    texts = models.JSONField("正文", default=list)
    """[outline number, text] of every part."""
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保存人")
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "正文版本"
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.report_id} 第{self.number}版"
