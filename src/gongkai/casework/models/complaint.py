from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.documents.cipher import SealedTextField


class ComplaintResult(models.TextChoices):
    SUBSTANTIATED = "substantiated", "属实，责令改正"
    UNSUBSTANTIATED = "unsubstantiated", "不属实"
    TRANSFERRED = "transferred", "转有权机关"
    WITHDRAWN = "withdrawn", "撤回"


class Complaint(models.Model):
    """举报投诉: about an organ's information disclosure (条例第四十七条第二款、第五十一条)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="complaints", verbose_name="被举报机关")
    number = models.CharField("编号", max_length=60, unique=True)
    received_on = models.DateField("收到日")
    source = models.CharField("来源", max_length=60)
    complainant = SealedTextField("举报人", blank=True)
    matter = SealedTextField("事项")
    subject = models.CharField("摘要", max_length=100)
    """For lists, without personal data."""
    result = models.CharField("处理结果", max_length=16, choices=ComplaintResult.choices, blank=True)
    result_words = SealedTextField("处理情况", blank=True)
    closed_on = models.DateField("办结日", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "举报投诉"
        indexes = [models.Index(fields=["agency", "received_on"], name="complaint_agency_received")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", closed_on__isnull=True)
                | (~Q(result="") & Q(closed_on__isnull=False, closed_on__gte=F("received_on"))),
                name="complaint_closed_with_result",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("casework:complaint", args=[self.public_id])

    def as_record(self) -> Record:
        return Record(
            date=self.received_on,
            title=f"{self.number} {self.subject}",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
        )
