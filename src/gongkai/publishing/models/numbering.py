from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from gongkai.agencies.models import Agency
from gongkai_core.index_numbers import RESETS, IndexRule


class Numbering(models.Model):
    """How index numbers (索引号) are made: the installation's rule (no organ), or one organ's own over it."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="适用机关"
    )
    pattern = models.CharField("索引号的组成", max_length=80)
    reset = models.CharField("流水何时归零", max_length=5, choices=list(RESETS.items()))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = "索引号规则"
        constraints = [
            models.UniqueConstraint(Coalesce(F("agency"), Value(0)), name="numbering_one_of_each"),
        ]

    def __str__(self) -> str:
        return self.pattern

    @property
    def rule(self) -> IndexRule:
        return IndexRule(self.pattern, self.reset)
