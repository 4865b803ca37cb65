from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.publishing.models.column import Column
from gongkai.publishing.models.item import ItemClass
from gongkai.publishing.models.walk import Walk


class Batch(Walk):
    """Items imported together (批次) and approved together, by one digest over all of them.

    It walks the same states as a version (domain-spec §11.2 item 11).
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="batches", verbose_name="机关")
    column = models.ForeignKey(Column, models.PROTECT, related_name="batches", verbose_name="栏目")
    title = models.CharField("名称", max_length=200)
    item_class = models.CharField("条目类别", max_length=10, choices=ItemClass.choices, default=ItemClass.ORDINARY)
    size = models.PositiveIntegerField("条数")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(Walk.Meta):
        abstract = False
        verbose_name = "批次"
        indexes = [
            models.Index(fields=["agency", "state", "public_id"], name="batch_agency_state"),
            models.Index(fields=["waits_for", "agency"], condition=~Q(waits_for=""), name="batch_waiting"),
        ]

    def __str__(self) -> str:
        return self.title
