from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.casework.models.notice import Method
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
    received_at = models.ForeignKey(Agency, models.PROTECT, related_name="complaints_received", verbose_name="受理机关")
    """Who keeps it: the disclosure office's organ, or the organ itself. The organ complained of need not know by whom."""
    received_on = models.DateField("收到日")
    source = models.CharField("来源", max_length=60)
    complainant = SealedTextField("举报人", blank=True)
    contact = SealedTextField("联系方式", blank=True)
    matter = SealedTextField("事项")
    subject = models.CharField("摘要", max_length=100)
    """For lists, without personal data."""
    assigned_to = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="complaints_assigned", verbose_name="转办机关"
    )
    assigned_on = models.DateField("转办日", null=True, blank=True)
    feedback_due_on = models.DateField("反馈期限", null=True, blank=True)
    original_reason = SealedTextField("附原件的理由", blank=True)
    """Why the organ must read the complaint itself; without it the organ sees the summary only."""
    feedback = SealedTextField("办理情况反馈", blank=True)
    feedback_on = models.DateField("反馈日", null=True, blank=True)
    result = models.CharField("处理结果", max_length=16, choices=ComplaintResult.choices, blank=True)
    result_words = SealedTextField("处理情况", blank=True)
    closed_on = models.DateField("办结日", null=True, blank=True)
    told_on = models.DateField("告知举报人日", null=True, blank=True)
    told_way = models.CharField("告知方式", max_length=12, choices=Method.choices, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "举报投诉"
        indexes = [
            models.Index(fields=["agency", "received_on"], name="complaint_agency_received"),
            models.Index(fields=["received_at", "closed_on"], name="complaint_received_at"),
            models.Index(fields=["assigned_to", "feedback_on"], name="complaint_assigned"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", closed_on__isnull=True)
                | (~Q(result="") & Q(closed_on__isnull=False, closed_on__gte=F("received_on"))),
                name="complaint_closed_with_result",
            ),
            models.CheckConstraint(
                condition=Q(assigned_to=None, assigned_on=None, feedback_due_on=None)
                | Q(assigned_to__isnull=False, assigned_on__isnull=False, feedback_due_on__isnull=False),
                name="complaint_assigned_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_on=None, told_way="") | (Q(told_on__isnull=False) & ~Q(told_way="")),
                name="complaint_told_whole",
            ),
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
