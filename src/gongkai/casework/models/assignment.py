from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField


class Assignment(models.Model):
    """分办: a case given to a handler, who takes it (接收) or hands it back with a reason (退回). One runs at a time."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name="承办人"
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="分办人")
    assigned_on = models.DateField("分办日")
    words = SealedTextField("分办意见", blank=True)
    accepted_on = models.DateField("接收日", null=True, blank=True)
    refused_on = models.DateField("退回日", null=True, blank=True)
    refusal = SealedTextField("退回理由", blank=True)
    ended_on = models.DateField("终止日", null=True, blank=True)
    """Handed back, or given to somebody else (改派)."""

    class Meta:
        verbose_name = "分办"
        ordering = ["pk"]
        indexes = [models.Index(fields=["handler", "accepted_on", "ended_on"], name="assignment_handler_waits")]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on=None), name="assignment_one_running"),
            models.CheckConstraint(
                condition=Q(refused_on=None) | (Q(accepted_on=None) & Q(ended_on__isnull=False) & ~Q(refusal="")),
                name="assignment_refused_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.assigned_on}"
