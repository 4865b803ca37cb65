from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.annualreport.models.report import Report


class Comment(models.Model):
    """A remark on a part of a report in work (批注): answered by who writes, closed by who made it or who signs."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="comments", verbose_name="年度报告")
    part = models.CharField("部分", max_length=4)
    """Outline number of the part it is about."""
    words = models.TextField("批注", max_length=2000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批注人")
    made_at = models.DateTimeField("批注时间")
    answer = models.TextField("答复", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="办结人"
    )
    closed_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "批注"
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="comment_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True, closed_at__isnull=True)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="comment_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.part}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
