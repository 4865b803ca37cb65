from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField


class Split(models.Model):
    """拆分: one application made into several at its registration (信息处理费管理办法第四条; domain-spec §11.4 item 27)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="split")
    """The application as it came in; it keeps its number and its first part."""
    whole_text = SealedTextField("拆分前的申请内容")
    reason = SealedTextField("拆分理由")
    told_on = models.DateField("告知申请人之日")
    told_how = models.CharField("告知方式", max_length=60)
    split_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拆分人")
    split_on = models.DateField("拆分日")

    class Meta:
        verbose_name = "拆分"

    def __str__(self) -> str:
        return f"{self.case} {self.split_on}"
