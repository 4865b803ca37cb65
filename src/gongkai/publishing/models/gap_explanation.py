from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Agency


class GapExplanation(models.Model):
    """Why a document number was never used (缺号说明), by a person who knows."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    docno = models.CharField("发文字号", max_length=60)
    reason = models.CharField("缺号原因", max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="说明人")
    entered_at = models.DateTimeField("说明时间", auto_now=True)

    class Meta:
        verbose_name = "缺号说明"
        constraints = [models.UniqueConstraint(fields=["agency", "docno"], name="gapexplanation_once")]

    def __str__(self) -> str:
        return f"{self.docno} {self.reason}"
