from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.annualreport.models.report import Report
from gongkai.statistics.models import Snapshot


class PublishedVersion(models.Model):
    """One version of a report as it was published (公布版): whole in itself, so that a correction changes nothing in it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="publications", verbose_name="年度报告")
    number = models.PositiveSmallIntegerField("公布次序")
    """1 is the first publication, each correction (更正) adds one."""
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name="所据快照")
    basis = models.JSONField("其他依据", default=dict)
    title = models.CharField("标题", max_length=150)
    texts = models.JSONField("正文", default=list)
    """[outline number, text] of every part."""
    reason = models.CharField("更正说明", max_length=500, blank=True)
    compiled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编制人")
    compiled_on = models.DateField("编制日期")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    signed_on = models.DateField("签发日期")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公布人")
    published_at = models.DateTimeField("公布时间")

    class Meta:
        verbose_name = "公布版"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="publication_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")), name="publication_corrected_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}次公布"

    def get_absolute_url(self) -> str:
        """The address of this very version, for ever; the report's own address shows the newest."""
        return reverse("annualreport:publication", args=[self.report.public_id, self.number])
