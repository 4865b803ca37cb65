from __future__ import annotations

from django.conf import settings
from django.db import models


class ListKind(models.TextChoices):
    """What an office may say of wordings; the words after the dash stand behind the wording on its line."""

    WHITE = "white", "白名单"
    FORBIDDEN = "forbidden", "禁用词语"
    OBSOLETE = "obsolete", "过时表述"
    LEADERS = "leaders", "领导名录"
    ORGANS = "organs", "机关名称"
    LAWS = "laws", "法律法规名称"


class CheckList(models.Model):
    """One of the office's lists (校核词表) as it was pasted: an entry a line. What changed is in the trail."""

    kind = models.CharField("词表", max_length=10, choices=ListKind.choices, unique=True)
    text = models.TextField("内容", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = "校核词表"

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def public_id(self) -> str:
        """By which the trail names it."""
        return self.kind
