from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case
from gongkai.casework.models.notice import Notice
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import RecordedInstruction


class PaperKind(models.TextChoices):
    """Kinds of papers by who signs them (domain-spec §11.3 item 24)."""

    CORRECTION = "correction", "补正告知"
    EXTENSION = "extension", "延期告知"
    OPINION = "opinion", "征求意见"
    FEE = "fee", "收费通知"
    REASON = "reason", "说明理由、延迟答复"
    ASSISTANCE = "assistance", "协办函"
    END = "end", "终止办理告知"
    REFUSAL = "refusal", "不予公开"
    ANSWER = "answer", "其他答复"
    DISPUTE = "dispute", "复议答复、答辩、证据清单、复函"
    AUTHORITY = "authority", "身份证明、授权委托书"
    RECTIFY = "rectify", "更正告知"
    HAND_ON = "hand_on", "转办、移送函"


class SigningLevel(models.TextChoices):
    HANDLER = "handler", "承办人（按授权）"
    OFFICE_HEAD = "office_head", "政府信息公开工作机构负责人"
    SIGNATORY = "signatory", "答复签发人（按授权）"
    ORGAN_HEAD = "organ_head", "机关负责人"


class SigningRule(models.Model):
    """签发权限: who signs one kind of paper, where the office has set it: for one organ, or for all."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="signing_rules")
    kind = models.CharField("文书", max_length=12, choices=PaperKind.choices)
    level = models.CharField("签发", max_length=12, choices=SigningLevel.choices)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_on = models.DateField("改定日")

    class Meta:
        verbose_name = "签发权限"
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], name="signing_rule_once_per_organ"),
            models.UniqueConstraint(fields=["kind"], condition=Q(agency=None), name="signing_rule_once_for_all"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.get_level_display()}"


class SignOff(models.Model):
    """呈签: a paper along the way put before whoever signs its kind, signed or sent back; used by one letter."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="sign_offs")
    kind = models.CharField("文书", max_length=12, choices=PaperKind.choices)
    words = SealedTextField("呈签内容")
    """What the paper will say, as far as the signer must know it."""
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="呈签人")
    asked_on = models.DateField("呈签日")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    signed_on = models.DateField("签发日", null=True, blank=True)
    instruction = models.OneToOneField(
        RecordedInstruction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代录批示"
    )
    returned_on = models.DateField("退回日", null=True, blank=True)
    remarks = SealedTextField("退回意见", blank=True)
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="sign_off")

    class Meta:
        verbose_name = "呈签"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(notice=None, returned_on=None), name="sign_off_one_running"
            ),
            models.CheckConstraint(condition=~Q(signed_by=F("asked_by")), name="sign_off_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_on}"
