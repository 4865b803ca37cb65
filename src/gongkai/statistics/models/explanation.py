from django.conf import settings
from django.db import models

from gongkai.agencies.models import Agency


class Explanation(models.Model):
    """A written explanation under the table for a cell whose equation may lawfully not hold (`-> explain`)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    whole_region = models.BooleanField("全域")
    year = models.PositiveSmallIntegerField("年度")
    cell = models.CharField("单元格", max_length=40)
    text = models.CharField("说明", max_length=500)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="说明人")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "whole_region", "year", "cell"], name="explanation_once")
        ]

    def __str__(self) -> str:
        return self.text
