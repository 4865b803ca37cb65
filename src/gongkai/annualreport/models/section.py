from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.annualreport.models.report import Report


class Section(models.Model):
    """One headed piece of prose of a report; the tables are drawn from the snapshot, not stored here."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections", verbose_name="年度报告")
    number = models.CharField("编号", max_length=4)
    """Place in the outline (`outline.Part.number`): 0 is the preamble, 1.2 the second block of part one."""
    position = models.PositiveSmallIntegerField("次序")
    heading = models.CharField("标题", max_length=60, blank=True)
    text = models.TextField("正文", blank=True)
    drafted = models.TextField("系统草拟", blank=True)
    """The drafting help's words, kept to compare."""
    figures = models.JSONField("所用数", default=list)
    """[cell id, as printed] of every number in `drafted`, in order."""
    edited = models.BooleanField("已经人核改", default=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="核改人"
    )
    edited_at = models.DateTimeField("核改时间", null=True)

    class Meta:
        verbose_name = "报告正文"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="section_once_per_report"),
            models.CheckConstraint(
                condition=models.Q(edited=False) | models.Q(edited_by__isnull=False), name="section_edited_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"
