from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.publishing.models.item import Item


class Takedown(models.Model):
    """Somebody else's copy that must go too after a silent withdrawal (提请撤下), with its mark when it is gone.

    An internal record: nothing of it is ever public (domain-spec §11.2 item 13).
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="takedowns", verbose_name="条目")
    holder = models.CharField("平台或者媒体", max_length=100)
    url = models.CharField("网址", max_length=500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    gone_on = models.DateField("撤下日期", null=True)
    gone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    result = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "提请撤下"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True, gone_by__isnull=True)
                | Q(gone_on__isnull=False, gone_by__isnull=False),
                name="takedown_gone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["item"], condition=Q(gone_on__isnull=True), name="takedown_open")]

    def __str__(self) -> str:
        return self.holder
