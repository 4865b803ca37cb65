from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.casework.models.applicant import Applicant
from gongkai.casework.models.case import Channel
from gongkai.documents.cipher import SealedTextField


class CorrectionResult(models.TextChoices):
    """What an organ may answer to 更正 (条例第四十一条)."""

    CORRECTED = "corrected", "属实，予以更正"
    UNTRUE = "untrue", "不属实，不予更正"
    HANDED_ON = "handed_on", "不属于本机关，转送有权更正的机关"
    POINTED = "pointed", "不属于本机关，告知向有权更正的机关提出"
    WITHDRAWN = "withdrawn", "申请人撤回"


class RecordCorrection(models.Model):
    """更正申请: somebody proves that a record about themselves is inaccurate (条例第四十一条; COR-01).

    No application for information and never counted as one. The law names no term: the office's own setting does.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="record_corrections", verbose_name="受理机关")
    number = models.CharField("登记号", max_length=60, unique=True)
    applicant = models.OneToOneField(Applicant, models.PROTECT, related_name="record_correction", verbose_name="申请人")
    channel = models.CharField("渠道", max_length=16, choices=Channel.choices)
    received_on = models.DateField("收到日")
    subject = models.CharField("摘要", max_length=100)
    """For lists, without personal data."""
    record = SealedTextField("要求更正的记录")
    wanted = SealedTextField("要求更正为")
    evidence_words = SealedTextField("证据", blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    result = models.CharField("审核结果", max_length=10, choices=CorrectionResult.choices, blank=True)
    finding = SealedTextField("审核情况", blank=True)
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    examined_on = models.DateField("审核日", null=True, blank=True)
    right_organ = models.CharField("有权更正的机关", max_length=100, blank=True)
    right_contact = models.CharField("该机关联系方式", max_length=100, blank=True)
    closed_on = models.DateField("告知日", null=True, blank=True)
    """When the 更正告知书 left the house; of a withdrawn one, the day it was withdrawn."""
    archived_on = models.DateField("归档日", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "更正申请"
        indexes = [
            models.Index(fields=["agency", "received_on"], name="rectify_agency_received"),
            models.Index(fields=["agency", "closed_on"], name="rectify_agency_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", examined_on=None, examined_by=None, finding="")
                | (~Q(result="") & Q(examined_on__gte=F("received_on"), examined_by__isnull=False)),
                name="rectify_examined_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | (~Q(result="") & Q(closed_on__gte=F("received_on"))),
                name="rectify_closed_with_result",
            ),
            models.CheckConstraint(
                condition=Q(archived_on=None) | Q(closed_on__isnull=False), name="rectify_archived_after_closing"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("casework:record_correction", args=[self.public_id])

    def as_record(self) -> Record:
        return Record(
            date=self.received_on,
            title=f"{self.number} {self.subject}",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
        )
