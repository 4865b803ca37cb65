from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id


class WorkHandover(models.Model):
    """交接: all that a person had in hand, passed to a successor in one act before a witness (domain-spec §11.3 item 21)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="移交人")
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="taken_over", verbose_name="接收人"
    )
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="监交人")
    on = models.DateField("交接日")
    done_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField("接收人已知悉", null=True, blank=True)

    class Meta:
        verbose_name = "工作交接"
        indexes = [
            models.Index(fields=["successor"], condition=Q(dismissed_at__isnull=True), name="workhandover_to_read")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("successor")) & ~Q(person=F("witness")) & ~Q(successor=F("witness")),
                name="workhandover_three_persons",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.successor} {self.on}"


class WorkHandoverLine(models.Model):
    """One thing that was handed over, as the list names it: never with an applicant's data."""

    handover = models.ForeignKey(WorkHandover, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField("类别", max_length=30)
    title = models.CharField("事项", max_length=300)
    agency_name = models.CharField("机关", max_length=30, blank=True)
    standing = models.CharField("状态和期限", max_length=120, blank=True)
    url = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "交接事项"
        ordering = ["handover", "position"]
        constraints = [models.UniqueConstraint(fields=["handover", "position"], name="workhandoverline_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"
