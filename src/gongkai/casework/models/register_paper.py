from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.casework.models.advice import Advice
from gongkai.casework.models.complaint import Complaint
from gongkai.casework.models.notice import OutgoingPaper
from gongkai.casework.models.record_correction import RecordCorrection
from gongkai.casework.models.remedy import Lawsuit, ReviewCase
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob, LetterTemplate, RecordedInstruction

RegisterRow = ReviewCase | Lawsuit | Complaint | RecordCorrection
_OF: dict[type[models.Model], str] = {
    ReviewCase: "review",
    Lawsuit: "lawsuit",
    Complaint: "complaint",
    RecordCorrection: "correction",
}


def belongs_to(row: RegisterRow) -> dict[str, RegisterRow]:
    """The row a paper or a file belongs to, as a keyword for making or finding it."""
    return {_OF[type(row)]: row}


def _one_row(name: str) -> models.CheckConstraint:
    """Exactly one of the four is given."""
    fields = list(_OF.values())
    each = [Q(**{f"{field}__isnull": field != given for field in fields}) for given in fields]
    return models.CheckConstraint(condition=each[0] | each[1] | each[2] | each[3], name=name)


class OfRegister(models.Model):
    """What belongs to one row of a register."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    review = models.ForeignKey(ReviewCase, models.PROTECT, null=True, blank=True, related_name="+")
    lawsuit = models.ForeignKey(Lawsuit, models.PROTECT, null=True, blank=True, related_name="+")
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, blank=True, related_name="+")
    correction = models.ForeignKey(RecordCorrection, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def row(self) -> RegisterRow:
        found = self.review or self.lawsuit or self.complaint or self.correction
        assert found is not None  # the table's constraint
        return found


class RegisterPaper(OutgoingPaper, OfRegister):
    """台账文书: an outgoing paper of a review, a suit, a complaint or a correction: drafted, signed, sent.

    Such papers may name the parties (domain-spec §11.6 item 40 is for papers to others about an application), so
    everything they say is sealed.
    """

    letter = models.CharField("文书", max_length=8)
    advice = models.ForeignKey(Advice, models.PROTECT, null=True, blank=True, related_name="papers")
    values = SealedTextField("拟稿", blank=True)
    """The letter's variables as JSON, while it is drafted."""
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_on = models.DateField("拟稿日")
    number = models.CharField("文号", max_length=60, blank=True)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    instruction = models.OneToOneField(
        RecordedInstruction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代录批示"
    )
    content = SealedTextField("全文", blank=True)
    """The blocks of the letter as it was signed."""
    docx = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    template = models.ForeignKey(
        LetterTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文书模板"
    )
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="用印扫描件")
    voided_on = models.DateField("作废日", null=True, blank=True)
    void_reason = SealedTextField("作废原因", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "台账文书"
        ordering = ["pk"]
        indexes = [models.Index(fields=["agency", "signed_on"], name="register_paper_agency")]
        constraints = [
            _one_row("register_paper_of_one_row"),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by=None, number="")
                | (Q(signed_on__isnull=False, signed_by__isnull=False) & ~Q(content="")),
                name="register_paper_signed_whole",
            ),
            models.UniqueConstraint(
                fields=["agency", "number"], condition=~Q(number=""), name="register_paper_number_once"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("casework:register_paper", args=[self.public_id])

    @property
    def open_draft(self) -> bool:
        return self.signed_on is None and self.voided_on is None

    @property
    def state_words(self) -> str:
        """Where it stands, in the office's words."""
        if self.voided_on:
            return "作废"
        if self.sent_on:
            return "已发出"
        return "已签发 · 等发出" if self.signed_on else "拟稿 · 等签发"

    @property
    def drafted(self) -> dict[str, Any]:
        """The variables as they were drafted, all as text."""
        return dict(json.loads(self.values)) if self.values else {}

    @drafted.setter
    def drafted(self, variables: Mapping[str, Any]) -> None:
        self.values = json.dumps(dict(variables), ensure_ascii=False, default=str)


class RegisterFile(OfRegister):
    """台账材料: a paper that came in about a row of a register, sealed: evidence, a decision, a receipt of sending."""

    name = models.CharField("材料", max_length=60)
    """What it is, without personal data."""
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_on = models.DateField("收入日")

    class Meta:
        verbose_name = "台账材料"
        ordering = ["pk"]
        constraints = [_one_row("register_file_of_one_row")]

    def __str__(self) -> str:
        return self.name
