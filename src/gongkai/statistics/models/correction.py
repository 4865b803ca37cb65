from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.documents.models import Blob


class Correction(models.Model):
    """A computed figure corrected by hand: the computed value, the reason and the signature stay with it."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    whole_region = models.BooleanField("全域")
    year = models.PositiveSmallIntegerField("年度")
    cell = models.CharField("单元格", max_length=40)
    computed = models.DecimalField("台账数", max_digits=15, decimal_places=4)
    corrected = models.DecimalField("更正为", max_digits=15, decimal_places=4)
    reason = models.CharField("理由", max_length=300)
    evidence = models.CharField("佐证", max_length=200, blank=True)
    paper = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="佐证材料")
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更正人")
    corrected_at = models.DateTimeField("更正时间", auto_now=True)

    class Meta:
        verbose_name = "更正"
        constraints = [
            models.UniqueConstraint(fields=["agency", "whole_region", "year", "cell"], name="correction_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.year} {self.cell}: {self.computed} → {self.corrected}"

    @property
    def shift(self) -> Decimal:
        """What the correction added to the figure."""
        return self.corrected - self.computed
