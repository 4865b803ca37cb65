from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.documents.models import Blob
from gongkai.publishing.models.item import Item


class CoordinationResult(models.TextChoices):
    AGREED = "agreed", "确认一致，同意公开"
    APPROVED = "approved", "经有权机关批准，可以公开"
    AMENDED = "amended", "提出修改意见，已按意见修改后确认"
    OBJECTED = "objected", "不同意公开"


CONFIRMED = (CoordinationResult.AGREED, CoordinationResult.APPROVED, CoordinationResult.AMENDED)


class Coordination(models.Model):
    """One organ asked about an information it has a part in (公开协调, 条例第十一条): when, by which paper, what it said."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="coordinations", verbose_name="条目")
    organ = models.CharField("协商机关", max_length=100)
    asked_on = models.DateField("发出日期")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    result = models.CharField("结果", max_length=10, choices=CoordinationResult.choices, blank=True)
    answer = models.CharField("答复内容", max_length=300, blank=True)
    paper = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复函")
    digest = models.CharField("所答复的版本摘要", max_length=64, blank=True)
    """Of the text the organ answered about: another text must be confirmed anew."""
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "公开协调"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organ"], condition=Q(answered_on__isnull=True), name="coordination_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, result="")
                | (Q(answered_on__gte=models.F("asked_on")) & ~Q(result="")),
                name="coordination_answered_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.get_result_display() or '未答复'}"
