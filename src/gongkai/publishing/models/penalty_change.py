from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.publishing.models.item import Item


class Change(models.TextChoices):
    """What became of the decision (行政处罚法第四十八条第二款)."""

    AMENDED = "amended", "变更"
    REVOKED = "revoked", "撤销"
    UNLAWFUL = "unlawful", "确认违法"
    VOID = "void", "确认无效"


class PenaltyChange(models.Model):
    """A public penalty decision (行政处罚决定) that no longer stands: its item is to be withdrawn by `due_on`."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="penalty_change", verbose_name="条目")
    change = models.CharField("情形", max_length=10, choices=Change.choices)
    decided_on = models.DateField("作出日期")
    basis = models.CharField("文书名称和文号", max_length=100)
    due_on = models.DateField("最迟撤回")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "处罚决定变更"
        indexes = [models.Index(fields=["due_on"], name="penalty_change_due")]

    def __str__(self) -> str:
        return f"{self.basis}{self.get_change_display()}"

    @property
    def explanation(self) -> str:
        """The reason as the public will read it."""
        return f"该行政处罚决定已由{self.basis}（{self.decided_on}）{self.get_change_display()}"
