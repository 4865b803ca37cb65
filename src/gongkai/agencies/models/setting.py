from django.conf import settings
from django.db import models


class Setting(models.Model):
    """A rule's value that the office has changed from its default (see office_settings.py)."""

    key = models.CharField(max_length=80, unique=True)
    value = models.JSONField()
    confirmed = models.BooleanField("已核定", default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key
