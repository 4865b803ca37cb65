from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.publishing.models.item import ItemClass
from gongkai_core.review_chain import Chain


class ReviewChain(models.Model):
    """A review chain (审核链) that the office has set, for a class of items: of one organ, or of all.

    Where none stands the core's default holds (`gongkai_core.review_chain.DEFAULTS`, and `SHORT` for urgent matters).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="review_chains", verbose_name="机关")
    item_class = models.CharField("条目类别", max_length=10, choices=ItemClass.choices)
    urgent = models.BooleanField("紧急事项", default=False)
    steps = models.JSONField("环节")
    """What `Chain.to_data` gives."""
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="改定人")
    changed_at = models.DateTimeField("改定时间", auto_now=True)

    class Meta:
        verbose_name = "审核链"
        constraints = [
            models.UniqueConstraint(fields=["agency", "item_class", "urgent"], name="reviewchain_once_per_organ"),
            models.UniqueConstraint(
                fields=["item_class", "urgent"], condition=Q(agency__isnull=True), name="reviewchain_one_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency or '全县'}{self.get_item_class_display()}"

    @property
    def chain(self) -> Chain:
        return Chain.from_data(self.steps)
