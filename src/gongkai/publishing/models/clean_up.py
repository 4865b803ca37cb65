from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.publishing.models.item import Item


class CleanUpVerdict(models.TextChoices):
    """What an organ proposes for one of its documents."""

    CONTINUE = "continue", "继续有效"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"
    EXPIRE = "expire", "宣布失效"


class CleanUp(models.Model):
    """A round of clean-up (规范性文件清理): the documents in force on a day, each to be judged by its organ."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="组织清理的机关")
    title = models.CharField("名称", max_length=100)
    as_of = models.DateField("文件截止日")
    due_on = models.DateField("完成期限")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发起人")
    opened_at = models.DateTimeField("发起时间")
    result = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="concludes_clean_ups", verbose_name="清理结果"
    )
    """The item in which the outcome is announced; the round is closed by it."""

    class Meta:
        verbose_name = "文件清理"
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class CleanUpEntry(models.Model):
    """One document of a round and what its organ says of it."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    clean_up = models.ForeignKey(CleanUp, models.PROTECT, related_name="entries", verbose_name="清理")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="文件")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="制定机关")
    verdict = models.CharField("意见", max_length=10, choices=CleanUpVerdict.choices, blank=True)
    ground = models.CharField("理由", max_length=300, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    judged_at = models.DateTimeField("办理时间", null=True)

    class Meta:
        verbose_name = "清理意见"
        ordering = ["agency__path", "item__formed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clean_up", "item"], name="cleanupentry_once"),
            models.CheckConstraint(
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                | ~Q(verdict="") & ~Q(ground="") & Q(judged_by__isnull=False, judged_at__isnull=False),
                name="cleanupentry_judged_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["agency"], condition=Q(verdict=""), name="cleanupentry_open")]

    def __str__(self) -> str:
        return f"{self.item} {self.get_verdict_display()}"
