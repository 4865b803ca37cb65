from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.publishing.models.item import Item


class Dismissal(models.Model):
    """A hit that a person left as it is, for this item (本篇忽略), with the reason where one is asked for.

    What was found is known by a keyed digest only, and shown masked: a list of dismissals is no list of persons.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="dismissals", verbose_name="条目")
    fingerprint = models.CharField(max_length=32)
    rule = models.CharField("规则", max_length=40)
    shown = models.CharField("原文（遮蔽）", max_length=80)
    reason = models.CharField("理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="处理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "提示忽略"
        constraints = [models.UniqueConstraint(fields=["item", "fingerprint"], name="dismissal_once_per_item")]

    def __str__(self) -> str:
        return self.shown
