from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.casework.models.case import Case


class DuplicateVerdict(models.TextChoices):
    SEPARATE = "separate", "两件分别办理"
    LINKED = "linked", "同一事项，并入系列案一并办理"
    REPEAT = "repeat", "是重复申请（前次已答复）"


class DuplicateJudgement(models.Model):
    """重复判断: what a person decided about two equal texts, and why (domain-spec §11.4 item 25)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="duplicate_judgement")
    earlier = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="前次申请")
    verdict = models.CharField("判断", max_length=10, choices=DuplicateVerdict.choices)
    reason = models.CharField("理由", max_length=300)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="判断人")
    judged_on = models.DateField("判断日")

    class Meta:
        verbose_name = "重复判断"

    def __str__(self) -> str:
        return self.get_verdict_display()
