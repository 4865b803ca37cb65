from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField


class ApplicantPaperKind(models.TextChoices):
    CORRECTION = "correction", "补正"
    WITHDRAWAL = "withdrawal", "撤回"


class ApplicantPaper(models.Model):
    """申请人来文: what an applicant sends after the application, on paper or by the query page.

    A correction changes the request; `before` keeps how it read until then, because a court asks for both.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="applicant_papers")
    kind = models.CharField("类别", max_length=12, choices=ApplicantPaperKind.choices)
    key_digest = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    """Of the public form's key: the same transmission twice is one paper. None for what a clerk entered."""
    text = SealedTextField("内容", blank=True)
    before = SealedTextField("补正前的申请内容", blank=True)
    received_on = models.DateField("收到日")
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )
    """None when the applicant sent it by the query page."""

    class Meta:
        verbose_name = "申请人来文"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
