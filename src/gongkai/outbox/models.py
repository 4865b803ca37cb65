from django.db import models
from django.utils import timezone


class Message(models.Model):
    """One side effect to be carried out."""

    topic = models.CharField(max_length=64)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    """Class of the last failure; never its text, which may hold personal data."""
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="outbox_once_per_key")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at__isnull=True), name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
