from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One act (一次行为), written once and never changed."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    """The instant at which it was recorded."""
    legal_day = models.DateField()
    """The day (Beijing) on which the act counts; another than that of `at` where it was entered afterwards."""
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    """Legal ground (依据) of the act, as printed on the page."""
    facts = models.JSONField(default=dict)
    facts_digest = models.CharField(max_length=64)
    """What the chain is over in place of the facts, so that leaked secrets can be purged from them and it still holds."""
    purged_at = models.DateTimeField(null=True)
    """When the facts were purged (泄露处置); a later entry of the chain names this one."""
    algorithm = models.CharField(max_length=16, default="sha256")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="trail_object")]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.object_id}"

    @property
    def when(self) -> datetime | date:
        """When the act was done, for people: its instant, or only its day where it was entered afterwards."""
        return self.at if timezone.localdate(self.at) == self.legal_day else self.legal_day


class Head(models.Model):
    """The chain's last link; its row is locked while a link is added, so the chain never forks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trail_one_head")]

    def __str__(self) -> str:
        return f"{self.length} {self.digest[:12]}"
