from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.statistics import periods
from gongkai.statistics.numbers import plain
from gongkai_core.returns import edition_for


class Filing(models.Model):
    """A figure that no ledger knows, filed by an organ or supplied to the office (填报、供数)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="filings", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    period = models.CharField("统计期", max_length=4, choices=periods.CHOICES, default=periods.YEAR)
    """Only a year's filings stand in the year's form; months and quarters are shown beside them."""
    cell = models.CharField("单元格", max_length=40)
    value = models.DecimalField("数", max_digits=15, decimal_places=4)
    evidence = models.CharField("佐证", max_length=200, blank=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填报人")
    on_behalf = models.BooleanField("代填", default=False)
    """Entered by the office for an organ that told it by telephone (domain-spec §11.8 item 52)."""
    filed_at = models.DateTimeField("填报时间", auto_now=True)

    class Meta:
        verbose_name = "填报"
        constraints = [models.UniqueConstraint(fields=["agency", "year", "period", "cell"], name="filing_once")]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {periods.label_of(self.year, self.period)} {self.cell}"

    def as_record(self) -> Record:
        mark = "（代填）" if self.on_behalf else ""
        evidence = f"，佐证：{self.evidence}" if self.evidence else ""
        return Record(
            date=periods.period_of(self.year, self.period).last,
            title=f"{self.filed_by.name}填报{mark}{evidence}",
            agency=self.agency.short_name,
            url=self._url(),
            amount=plain(self.value) or 0,
        )

    def _url(self) -> str:
        """Where it was filed; what was imported on the form of 2014 has no filing page and leads to the organ's tables."""
        name = "year" if edition_for(self.year) == "2014" else "filing"
        period = "" if self.period == periods.YEAR else f"&period={self.period}"
        return f"{reverse(f'statistics:{name}', args=[self.year])}?organ={self.agency.public_id}{period}"
