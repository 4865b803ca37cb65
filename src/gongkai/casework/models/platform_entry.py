from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case


class PlatformEntry(models.Model):
    """回填事项: what happened to a case that came from a superior's platform and must be typed back there.

    Written with the act itself; `words` are what is to be typed, without personal data.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="platform_entries")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    event = models.CharField("事项", max_length=24)
    words = models.CharField("回填内容", max_length=300)
    on = models.DateField("日期")
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回填人"
    )
    typed_on = models.DateField("回填日", null=True, blank=True)

    class Meta:
        verbose_name = "回填事项"
        indexes = [
            models.Index(fields=["agency", "public_id"], condition=Q(typed_on__isnull=True), name="platform_waiting"),
            models.Index(fields=["agency", "public_id"], name="platform_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(typed_by__isnull=True, typed_on__isnull=True)
                | Q(typed_by__isnull=False, typed_on__isnull=False),
                name="platform_typed_whole",
            )
        ]

    def __str__(self) -> str:
        return self.words
