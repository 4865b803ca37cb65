from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.publishing.models.gazette_issue import GazetteIssue


class Erratum(models.Model):
    """A correction (勘误) of an issue that is out; public once another person than its author has passed it."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    issue = models.ForeignKey(GazetteIssue, models.PROTECT, related_name="errata", verbose_name="公报")
    place = models.CharField("位置", max_length=100)
    wrong = models.CharField("误", max_length=300)
    right = models.CharField("正", max_length=300)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    approved_at = models.DateTimeField("公布时间", null=True)

    class Meta:
        verbose_name = "勘误"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("author")),
                name="erratum_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}：{self.wrong}"
