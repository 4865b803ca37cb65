from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case
from gongkai.casework.models.decision import Decision
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob, LetterTemplate
from gongkai_core.letters import LETTERS, Block, RenderedLetter


class OutgoingPaper(models.Model):
    """A letter that leaves the house: which it is, its number and the very words that were signed (`content`)."""

    letter: str
    number: str
    content: str
    deliveries: Any
    """Each kind of paper has its deliveries by a key of its own."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.number}".strip()

    @property
    def name(self) -> str:
        return LETTERS[self.letter].name

    @property
    def rendered(self) -> RenderedLetter:
        """The letter as it was signed; a paper that was only scanned has no blocks."""
        kept = json.loads(self.content) if self.content else {"blocks": [], "blank_after": 0}
        letter = LETTERS[self.letter]
        blocks = tuple(Block(**block) for block in kept["blocks"])
        return RenderedLetter(letter.code, letter.name, letter.kind, blocks, kept["blank_after"], {})

    @rendered.setter
    def rendered(self, letter: RenderedLetter) -> None:
        blocks = [asdict(block) for block in letter.blocks]
        self.content = json.dumps({"blocks": blocks, "blank_after": letter.blank_after}, ensure_ascii=False)

    @property
    def sent_on(self) -> date | None:
        """The day that counts: that of its first sending (domain-spec §1.5.2)."""
        return min((row.sent_on for row in self.deliveries.all()), default=None)


class Notice(OutgoingPaper):
    """告知书: one outgoing paper of any letter (文书), with its number, its exact text and its files."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="notices")
    letter = models.CharField("文书", max_length=8)
    number = models.CharField("文号", max_length=60, blank=True)
    signed_on = models.DateField("成文日期")
    addressee = SealedTextField("抬头", blank=True)
    content = SealedTextField("全文", blank=True)
    """The blocks of the rendered letter as JSON: what was signed, from which its files are made."""
    remedy_text = models.TextField("救济途径", blank=True)
    printed_dates = models.JSONField("印出的期限", default=list)
    """[{"name", "date"}]: every last day printed in it, for the preview of a calendar change."""
    docx = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    template = models.ForeignKey(
        LetterTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文书模板"
    )
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原件扫描")
    """Papers under the old 条例 are not generated: the one that was sent is kept (domain-spec §11.6 item 38)."""
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    voided_on = models.DateField("作废日", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "告知书"
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "letter"], name="notice_case_letter")]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], condition=~Q(number=""), name="notice_number_once"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(voided_on__isnull=True), name="notice_one_per_decision"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("casework:notice", args=[self.public_id])

    @property
    def agency(self) -> Agency:
        return self.case.agency


class Method(models.TextChoices):
    IN_PERSON = "in_person", "当面送达"
    POST = "post", "邮寄"
    EMAIL = "email", "电子邮件"
    ONLINE = "online", "查询页推送"
    FAX = "fax", "传真"
