from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.publishing.models.column import Column
from gongkai.publishing.models.item import ItemClass
from gongkai_core.states.items import STATES


class Batch(models.Model):
    """Items imported together (批次) and approved together, by one digest over all of them.

    It walks the same states as a version (domain-spec §11.2 item 11).
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="batches", verbose_name="机关")
    column = models.ForeignKey(Column, models.PROTECT, related_name="batches", verbose_name="栏目")
    title = models.CharField("名称", max_length=200)
    item_class = models.CharField("条目类别", max_length=10, choices=ItemClass.choices, default=ItemClass.ORDINARY)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    state = models.CharField("状态", max_length=12, choices=list(STATES.items()), default="draft")
    round = models.PositiveSmallIntegerField("送审次数", default=0)
    size = models.PositiveIntegerField("条数")
    algorithm = models.CharField(max_length=16, default="sha256")
    digest = models.CharField("摘要", max_length=64)
    remarks = models.CharField("退回意见", max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField("送审时间", null=True)

    class Meta:
        verbose_name = "批次"
        indexes = [models.Index(fields=["agency", "state", "public_id"], name="batch_agency_state")]

    def __str__(self) -> str:
        return self.title
