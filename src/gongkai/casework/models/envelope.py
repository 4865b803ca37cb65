from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case
from gongkai.documents.models import Blob


class Envelope(models.Model):
    """成批登记: several forms that came together and were registered by one act; each is a case of its own.

    `key_digest` is the keyed digest of the form's key: the same transmission twice is one envelope.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    key_digest = models.CharField(max_length=64, unique=True, editable=False)
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整件扫描")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_on = models.DateField("登记日")

    class Meta:
        verbose_name = "成批登记"

    def __str__(self) -> str:
        return f"{self.agency} {self.registered_on}"


class EnvelopeLine(models.Model):
    """One form of an envelope: its place in the grid and the case it became."""

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="lines")
    case = models.OneToOneField(Case, models.PROTECT, related_name="envelope_line")
    place = models.PositiveSmallIntegerField("行")

    class Meta:
        verbose_name = "同封申请"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["envelope", "place"], name="envelope_place_once")]

    def __str__(self) -> str:
        return f"第 {self.place} 行"
