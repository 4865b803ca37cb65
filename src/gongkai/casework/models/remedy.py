from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField


class ResultColumn(models.TextChoices):
    """The columns of table four."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"
    PENDING = "pending", "尚未审结"


class ReviewOutcome(models.TextChoices):
    UPHELD = "upheld", "维持"
    REQUEST_DISMISSED = "request_dismissed", "驳回复议请求"
    CONFIRMED_LEGAL = "confirmed_legal", "确认合法"
    REVOKED = "revoked", "撤销"
    CHANGED = "changed", "变更"
    CONFIRMED_ILLEGAL = "confirmed_illegal", "确认违法"
    ORDERED = "ordered", "责令履行"
    APPLICATION_REJECTED = "application_rejected", "驳回复议申请"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "撤回"
    TERMINATED = "terminated", "终止"
    MEDIATED = "mediated", "调解、和解"
    OTHER = "other", "其他"


class LawsuitOutcome(models.TextChoices):
    UPHELD = "upheld", "维持"
    CLAIM_DISMISSED = "claim_dismissed", "驳回诉讼请求"
    CONFIRMED_LEGAL = "confirmed_legal", "确认合法"
    REVOKED = "revoked", "撤销"
    CHANGED = "changed", "变更"
    CONFIRMED_ILLEGAL = "confirmed_illegal", "确认违法"
    ORDERED = "ordered", "责令履行"
    REJECTED = "rejected", "驳回起诉"
    NOT_ACCEPTED = "not_accepted", "不予立案"
    WITHDRAWN = "withdrawn", "撤诉"
    TERMINATED = "terminated", "终结"
    MEDIATED = "mediated", "调解"
    OTHER = "other", "其他"


UPHELD = ("upheld", "request_dismissed", "claim_dismissed", "confirmed_legal")
CORRECTED = ("revoked", "changed", "confirmed_illegal", "ordered")


def result_column(outcome: str) -> str:
    """The column of table four an outcome falls in (forms.json `table4_calc`); pending without one."""
    if not outcome:
        return ResultColumn.PENDING
    if outcome in UPHELD:
        return ResultColumn.UPHELD
    return ResultColumn.CORRECTED if outcome in CORRECTED else ResultColumn.OTHER


def _ends(name: str) -> list[models.BaseConstraint]:
    """A result has its day and a day its result; nothing ends before it began; one docket once per organ."""
    return [
        models.CheckConstraint(
            condition=Q(outcome="", closed_on__isnull=True)
            | (~Q(outcome="") & Q(closed_on__isnull=False, closed_on__gte=F("filed_on"))),
            name=f"{name}_closed_with_outcome",
        ),
        models.UniqueConstraint(fields=["agency", "docket"], name=f"{name}_docket_once"),
        models.CheckConstraint(condition=~Q(docket=""), name=f"{name}_has_docket"),
        models.CheckConstraint(
            condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("filed_on")), name=f"{name}_replied_after"
        ),
    ]


class ReviewCase(models.Model):
    """行政复议: a review with the organ as respondent (被申请人)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reviews", verbose_name="被申请人")
    docket = models.CharField("案号", max_length=60)
    review_body = models.CharField("复议机关", max_length=100)
    cases = models.ManyToManyField(Case, blank=True, related_name="reviews", verbose_name="办件")
    """Several applications may be fought over in one proceeding; it stays one docket, counted once."""
    claimant = SealedTextField("申请人", blank=True)
    notice_number = models.CharField("来文文号", max_length=60, blank=True)
    """Of the review body's 答复通知书, which the reply names."""
    filed_on = models.DateField("收到日")
    simplified = models.BooleanField("简易程序", default=False)
    reply_due_on = models.DateField("来文载明的答复期限", null=True, blank=True)
    """Only where the review body names a day; otherwise the last day is reckoned (`terms.reply_term`)."""
    replied_on = models.DateField("提交答复日", null=True, blank=True)
    outcome = models.CharField("结果", max_length=24, choices=ReviewOutcome.choices, blank=True)
    closed_on = models.DateField("审结日", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "行政复议"
        indexes = [
            models.Index(fields=["agency", "filed_on"], name="review_agency_filed"),
            models.Index(fields=["agency", "closed_on"], name="review_agency_closed"),
            # One docket counts once, whoever shares it.
            models.Index(fields=["docket", "agency"], name="review_docket"),
        ]
        constraints = _ends("review")

    def __str__(self) -> str:
        return self.docket

    def get_absolute_url(self) -> str:
        return reverse("casework:review", args=[self.public_id])

    def as_record(self) -> Record:
        return Record(
            date=self.closed_on or self.filed_on,
            title=f"{self.docket} {self.get_outcome_display() or '尚未审结'}",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
        )


class Lawsuit(models.Model):
    """行政诉讼: a suit with the organ as defendant (被告)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="lawsuits", verbose_name="被告")
    docket = models.CharField("案号", max_length=60)
    court = models.CharField("法院", max_length=100)
    prior_review = models.BooleanField("经过复议", default=False)
    cases = models.ManyToManyField(Case, blank=True, related_name="lawsuits", verbose_name="办件")
    claimant = SealedTextField("原告", blank=True)
    filed_on = models.DateField("收到日")
    reply_due_on = models.DateField("来文载明的答辩举证期限", null=True, blank=True)
    replied_on = models.DateField("提交答辩日", null=True, blank=True)
    judged_on = models.DateField("一审裁判日", null=True, blank=True)
    outcome = models.CharField("生效结果", max_length=24, choices=LawsuitOutcome.choices, blank=True)
    closed_on = models.DateField("生效日", null=True, blank=True)
    """A judgment under appeal is pending until it takes effect (forms.json note T4-3)."""
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "行政诉讼"
        indexes = [
            models.Index(fields=["agency", "filed_on"], name="lawsuit_agency_filed"),
            models.Index(fields=["agency", "closed_on"], name="lawsuit_agency_closed"),
            models.Index(fields=["docket", "agency"], name="lawsuit_docket"),
        ]
        constraints = _ends("lawsuit")

    def __str__(self) -> str:
        return self.docket

    def get_absolute_url(self) -> str:
        return reverse("casework:lawsuit", args=[self.public_id])

    def as_record(self) -> Record:
        return Record(
            date=self.closed_on or self.filed_on,
            title=f"{self.docket} {self.get_outcome_display() or '尚未审结'}",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
        )
