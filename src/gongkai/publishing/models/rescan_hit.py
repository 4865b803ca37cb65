from __future__ import annotations

from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.publishing.models.item import Item


class RescanHit(models.Model):
    """What the nightly rescan (回扫) finds in a text that is public now; written anew each night, shown masked."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="发布机构")
    item = models.ForeignKey(Item, models.CASCADE, related_name="rescan_hits", verbose_name="条目")
    fingerprint = models.CharField(max_length=32)
    name = models.CharField("规则", max_length=40)
    kind = models.CharField("类别", max_length=10)
    strict = models.BooleanField("涉及个人信息或者涉密标志", default=False)
    where = models.CharField("位置", max_length=80)
    around = models.CharField("原文（遮蔽）", max_length=200)
    suggestion = models.CharField("建议", max_length=200)
    found_on = models.DateField("首次发现")

    class Meta:
        verbose_name = "回扫提示"
        constraints = [models.UniqueConstraint(fields=["item", "fingerprint"], name="rescan_hit_once_per_item")]
        indexes = [models.Index(fields=["agency", "strict", "public_id"], name="rescan_hit_list")]

    def __str__(self) -> str:
        return f"{self.name} {self.around}"
