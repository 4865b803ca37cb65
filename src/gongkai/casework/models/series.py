from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case


class Series(models.Model):
    """系列案: cases about the same matter, examined and drafted once; each keeps its number, clock and letter.

    (domain-spec §11.4 item 33)
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    title = models.CharField("系列名称", max_length=100)
    """Without personal data: it stands in lists."""
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="建立人")
    opened_on = models.DateField("建立日")

    class Meta:
        verbose_name = "系列案"
        indexes = [models.Index(fields=["agency", "public_id"], name="series_agency")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("casework:series", args=[self.public_id])


class SeriesMember(models.Model):
    """A case's place in a series; a case is in one at most. Who took it in or out is in the trail."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="members")
    case = models.OneToOneField(Case, models.PROTECT, related_name="series_member")
    joined_on = models.DateField("并入日")

    class Meta:
        verbose_name = "系列案成员"
        ordering = ["case_id"]

    def __str__(self) -> str:
        return str(self.case)
