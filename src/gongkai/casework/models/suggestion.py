from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency


class SuggestionCount(models.Model):
    """检索提示: how often applicants of a month were shown what is public already, opened it, and found their answer.

    Numbers only: nothing of what anybody typed or who it was.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    month = models.DateField("月份")
    """Its first day."""
    shown = models.PositiveIntegerField("已提示", default=0)
    opened = models.PositiveIntegerField("已打开", default=0)
    answered = models.PositiveIntegerField("已找到，不再申请", default=0)

    class Meta:
        verbose_name = "检索提示"
        constraints = [models.UniqueConstraint(fields=["agency", "month"], name="suggestion_month_once")]
        indexes = [models.Index(fields=["month"], name="suggestion_month")]

    def __str__(self) -> str:
        return f"{self.agency} {self.month:%Y-%m}"
