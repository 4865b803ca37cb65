from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from uuid6 import uuid7


def new_id() -> uuid.UUID:
    """A public id that grows with time (UUIDv7)."""
    return uuid.UUID(int=uuid7().int)


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


class StationMessage(models.Model):
    """站内消息: one line for one person, with the page it is about; never with an applicant's data."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="收信人")
    key = models.CharField(max_length=160)
    """What it is about and of which day: said once to each person."""
    title = models.CharField("内容", max_length=200)
    url = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("已读", null=True)

    class Meta:
        verbose_name = "站内消息"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="stationmessage_once")]
        indexes = [
            models.Index(fields=["person", "public_id"], name="stationmessage_of_person"),
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="stationmessage_unread"),
            models.Index(fields=["sent_at"], name="stationmessage_age"),
        ]

    def __str__(self) -> str:
        return self.title
