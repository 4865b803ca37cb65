"""What the ledgers gave when they were last counted, organ by organ: kept only to be quick, never an authority."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency


class RollupMark(models.Model):
    """Up to which entry of the trail a year's counts are those of the ledgers."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    entry = models.PositiveBigIntegerField(default=0)
    """Serial number of the trail's last entry before the counts were taken."""
    rules = models.CharField(max_length=32, blank=True)
    """Version of the program that counted."""
    cells = models.JSONField(default=list)
    """Which cells are kept: one of these that an organ's counts do not name is zero."""

    class Meta:
        verbose_name = "汇总位置"

    def __str__(self) -> str:
        return f"{self.year} {self.entry}"


class OrganYear(models.Model):
    """One organ's counts of a year."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    counts = models.JSONField(default=dict)
    """Cell id → number, a decimal as text; a cell that is not here is zero."""

    class Meta:
        verbose_name = "年度汇总"
        constraints = [models.UniqueConstraint(fields=["year", "agency"], name="organ_year_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"
