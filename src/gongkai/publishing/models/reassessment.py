from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.publishing.models.item import Item


class Conclusion(models.TextChoices):
    KEEP = "keep", "仍不公开"
    OPEN = "open", "转为主动公开"


class Reassessment(models.Model):
    """One look at a document that is not open (定期评估, 条例第十八条): kept so with its reason, or opened."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="reassessments", verbose_name="条目")
    on = models.DateField("评估日期")
    verdict = models.CharField("结论", max_length=5, choices=Conclusion.choices)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评估人")

    class Meta:
        verbose_name = "定期评估"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_verdict_display()}"
