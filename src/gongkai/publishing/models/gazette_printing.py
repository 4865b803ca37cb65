from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.documents.models import Blob
from gongkai.publishing.models.gazette_issue import GazetteIssue


class GazettePrinting(models.Model):
    """One printing (公报印本) of an issue: its PDF, the same bytes ever after, and the page of each entry in it."""

    issue = models.ForeignKey(GazetteIssue, models.PROTECT, related_name="printings", verbose_name="公报")
    number = models.PositiveSmallIntegerField("印次")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="文件")
    pages = models.JSONField("页码")
    """Page by public id of the entry; an entry that isn't here isn't in this printing."""
    printed_at = models.DateTimeField("印制时间")
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="印制人")

    class Meta:
        verbose_name = "公报印本"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["issue", "number"], name="gazette_printing_once")]

    def __str__(self) -> str:
        return f"{self.issue_id} 第 {self.number} 印"
