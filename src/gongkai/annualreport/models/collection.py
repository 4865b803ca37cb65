from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.annualreport.models.report import Report
from gongkai.documents.models import Blob


class Collection(models.Model):
    """An organ's signed report as the disclosure office took it in (收齐; 条例第四十九条第一款: 向主管部门提交)."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="collection", verbose_name="年度报告")
    digest = models.CharField("内容摘要", max_length=64)
    """`checks.digest` of what was taken in: a report that was changed since is taken in again."""
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="文件")
    collected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="收件人")
    collected_on = models.DateField("收到日期")

    class Meta:
        verbose_name = "收齐的年报"

    def __str__(self) -> str:
        return f"{self.report_id} {self.collected_on}"
