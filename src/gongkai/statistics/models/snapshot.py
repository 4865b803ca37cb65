from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency
from gongkai.statistics.numbers import Number, from_json


def digest_of(edition: str, values: dict[str, Any], origins: dict[str, str]) -> str:
    """Digest over everything a snapshot says."""
    content = json.dumps([edition, values, origins], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


class Occasion(models.TextChoices):
    """Why figures were frozen."""

    YEAR_END = "year_end", "年末冻结"
    CORRECTION = "correction", "公布后更正"


class Snapshot(models.Model):
    """The year's values as they stood when they were frozen; never changed afterwards.

    The newest one counts, all stay. Once the one that counts has been published, the next is a correction with a note.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="snapshots", verbose_name="机关")
    whole_region = models.BooleanField("全域")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.CharField("表式", max_length=4)
    values = models.JSONField()
    """Cell id → number, a decimal as text, or null for a blank cell."""
    origins = models.JSONField()
    """Cell id → computed, filed, corrected or derived."""
    digest = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField("版次", default=1)
    occasion = models.CharField("缘由", max_length=10, choices=Occasion.choices, default=Occasion.YEAR_END)
    note = models.CharField("更正说明", max_length=500, blank=True)
    published_on = models.DateField("公布日期", null=True)
    """When a report that prints these figures was published."""
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="冻结人")
    frozen_at = models.DateTimeField("冻结时间", auto_now_add=True)

    class Meta:
        verbose_name = "年末快照"
        ordering = ["-frozen_at", "-pk"]
        indexes = [models.Index(fields=["agency", "year", "whole_region"], name="snapshot_agency_year")]
        constraints = [
            models.CheckConstraint(condition=Q(occasion="year_end") | ~Q(note=""), name="snapshot_correction_has_note")
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.year} {'全域' if self.whole_region else '本级'}"

    @property
    def figures(self) -> dict[str, Number]:
        """The values as numbers."""
        return from_json(self.values)

    @property
    def scope(self) -> Scope:
        return Scope(self.agency, self.whole_region)

    def get_absolute_url(self) -> str:
        return reverse("statistics:snapshot", args=[self.public_id])

    @property
    def holds(self) -> bool:
        """Whether the values are those that were frozen."""
        return self.digest == digest_of(self.edition, self.values, self.origins)
