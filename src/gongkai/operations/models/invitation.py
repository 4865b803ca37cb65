from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> InvitationQuerySet:
        """Links that still open: not used, not void, not expired, of a person who may log in."""
        return self.filter(closed_at=None, expires_at__gt=at, user__is_active=True)


class Invitation(models.Model):
    """A one-time link (一次性口令链接) by which a person chooses their own password.

    Only the link's digest is kept: whoever reads the database cannot open an account with it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations", verbose_name="人员")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the token."""
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="发出人"
    )
    issued_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("失效时间")
    closed_at = models.DateTimeField("停用时间", null=True)
    """When it was used, or made void by a newer one."""

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "一次性口令链接"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(closed_at__isnull=True), name="invitation_one_open_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.expires_at:%Y-%m-%d}"
