from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.publishing.models.item import Item


class SpillState(models.TextChoices):
    ISOLATED = "isolated", "已隔离，待第二人确认"
    PURGED = "purged", "已清除"
    LIFTED = "lifted", "经核实不涉密，已解除"


class Spill(models.Model):
    """A secret found in the system (泄露处置): isolated by one person, purged on the word of another.

    It keeps digests, who and when; never a title or a text (domain-spec §11.1 item 4).
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    items = models.ManyToManyField(Item, related_name="+", verbose_name="条目")
    """The item, and others that hold the same file."""
    state = models.CharField("状态", max_length=8, choices=SpillState.choices, default=SpillState.ISOLATED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发现人")
    asked_at = models.DateTimeField("隔离时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    decided_at = models.DateTimeField("确认时间", null=True)
    evidence = models.JSONField("清除的内容", default=list)
    """Rows of [what, digest]: what was purged, by its digest."""
    backups = models.JSONField("备份", default=list)
    """Rows of {file, made_at, how}: destroyed here, or to be destroyed elsewhere by hand."""
    residue = models.JSONField("复查", default=list)
    """Where the check after the purge still found words of it."""

    class Meta:
        verbose_name = "泄露处置"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="isolated", decided_by__isnull=True)
                | (~Q(state="isolated") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="spill_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="spill_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.get_state_display()}"
