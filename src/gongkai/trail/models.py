from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act (一次行为), written once and never changed."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    """Legal ground (依据) of the act, as printed on the page."""
    facts = models.JSONField(default=dict)
    algorithm = models.CharField(max_length=16, default="sha256")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="trail_object")]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.object_id}"


class Head(models.Model):
    """The chain's last link; its row is locked while a link is added, so the chain never forks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trail_one_head")]

    def __str__(self) -> str:
        return f"{self.length} {self.digest[:12]}"
