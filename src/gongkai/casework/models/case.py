from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.casework.models.applicant import Applicant
from gongkai.casework.querysets import CaseQuerySet
from gongkai.documents.cipher import SealedTextField
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.states.cases import CASE, FINISHED


class Channel(models.TextChoices):
    """渠道, by which the legal day of receipt is derived (条例第三十一条)."""

    ONLINE = "online", "网上"
    IN_PERSON = "in_person", "当面"
    POST_SIGNED = "post_signed", "挂号信或者特快专递"
    POST_ORDINARY = "post_ordinary", "平信"
    FAX = "fax", "传真"
    EMAIL = "email", "电子邮件"


CONFIRMED = (Channel.ONLINE, Channel.POST_ORDINARY, Channel.FAX, Channel.EMAIL)
"""Channels whose legal day is that of a confirmation."""


class AnsweringBody(models.TextChoices):
    """答复主体: seal, remedy, review body and court follow it (domain-spec §11.4 item 34)."""

    ORGAN = "organ", "本机关"
    DESIGNATED_OFFICE = "designated_office", "指定机构（以自己名义）"


class ProvideForm(models.TextChoices):
    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子数据"
    INSPECT = "inspect", "查阅、抄录"


class ProvideRoute(models.TextChoices):
    PICKUP = "pickup", "当面领取"
    POST = "post", "邮寄"
    EMAIL = "email", "电子邮件"
    ONLINE = "online", "网上查阅"


class Law(models.TextChoices):
    REVISED = "711", "2019年条例"
    OLD = "492", "2007年条例"


class Timely(models.TextChoices):
    """How a case was closed against its clock, fixed at the first closing (domain-spec §11.4 items 29, 30)."""

    ONTIME = "ontime", "按时办结"
    EXTENDED = "extended", "延期办结"
    OVERDUE = "overdue", "超期办结"
    WITHDRAWN = "withdrawn", "申请人撤回"


WITHOUT_REPLY_DAY = ("received", "waiting_correction", "waiting_fee", "abandoned", *sorted(FINISHED))
"""States in which the reply's last day does not run (clock contract, rule 9) or is not owed."""


class Case(models.Model):
    """办件: one application (政府信息公开申请) and where it stands.

    What happened is in `ClockEvent`; the columns under "projection" are its replay as of `projected_on` and are
    never edited by hand. "Overdue" is nowhere stored.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases", verbose_name="机关")
    answering_body = models.CharField(
        "答复主体", max_length=20, choices=AnsweringBody.choices, default=AnsweringBody.ORGAN
    )
    number = models.CharField("登记号", max_length=60, unique=True)
    superior_number = models.CharField("上级平台编号", max_length=60, blank=True)
    channel = models.CharField("渠道", max_length=16, choices=Channel.choices)
    oral = models.BooleanField("口头申请（笔录）", default=False)
    oral_reason = SealedTextField("不能书面申请的原因", blank=True)
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    """Keyed digest of the form's idempotency key: the same transmission twice is one case (item 25)."""
    query_digest = models.CharField(max_length=64, unique=True, editable=False)
    """Keyed digest of the query code (查询码); the code itself is nowhere kept."""
    submitted_at = models.DateTimeField("收件时间")
    submitted_on = models.DateField("提交日")
    signed_on = models.DateField("签收日", null=True, blank=True)
    confirmed_on = models.DateField("确认日", null=True, blank=True)
    received_on = models.DateField("收到日", null=True, blank=True)
    law = models.CharField("适用法", max_length=3, choices=Law.choices, blank=True)
    applicant = models.OneToOneField(Applicant, models.PROTECT, related_name="case", verbose_name="申请人")
    info_desc = SealedTextField("申请内容")
    info_index = models.CharField(max_length=64, blank=True, editable=False)
    """Keyed digest of the text, by which equal requests are found (疑似重复, item 25)."""
    subject = models.CharField("内容摘要", max_length=100, blank=True)
    """For lists and letters to others: written at registration, without personal data."""
    provide_form = models.CharField("提供方式", max_length=12, choices=ProvideForm.choices)
    provide_route = models.CharField("获取途径", max_length=12, choices=ProvideRoute.choices)
    assist_needed = models.BooleanField("需要协助（条例第四十三条）", default=False)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="疑似重复"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_parts", verbose_name="拆分自"
    )

    state = models.CharField("状态", max_length=24, choices=CASE.states, default=CASE.initial)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    registered_on = models.DateField("登记日", null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="承办人"
    )
    abandoned_on = models.DateField("视为放弃日", null=True, blank=True)
    """Found abandoned on this day; not closed until the 不再处理告知书 has left the house (item 30)."""
    archived_on = models.DateField("归档日", null=True, blank=True)
    agreed_reply_on = models.DateField("延迟答复至", null=True, blank=True)
    """条例第三十五条: told to the applicant, kept beside the last day; no event of the clock (contract, rule 9)."""
    redecided = models.BooleanField("重新答复", default=False, editable=False)
    """Answered anew after its first closing: the clock is that of the last `Redecision`."""

    # Projection of the clock events.
    due_on = models.DateField("当前期限", null=True, editable=False)
    """The last day of what is owed now: registration, correction, payment or reply. None only when finished."""
    reply_by = models.DateField("答复期限", null=True, editable=False)
    reply_by_original = models.DateField("原答复期限", null=True, editable=False)
    longest_reply_by = models.DateField("最长答复期限", null=True, editable=False)
    correction_notice_by = models.DateField("补正告知期限", null=True, editable=False)
    open_ended = models.BooleanField(default=False, editable=False)
    """A question without a last day is open, so the reply's day moves with today (clock contract, rule 19)."""
    projected_on = models.DateField(null=True, editable=False)
    calendar_version = models.CharField(max_length=64, blank=True, editable=False)

    # Fixed at the first closing, never again (domain-spec §11.4 items 29, 30).
    counted_on = models.DateField("办结日", null=True, blank=True, editable=False)
    counted_year = models.PositiveSmallIntegerField("计入年度", null=True, blank=True, editable=False)
    counted_outcome = models.CharField("计入结果", max_length=40, blank=True, editable=False)
    counted_ground = models.CharField("计入理由", max_length=20, blank=True, editable=False)
    counted_timely = models.CharField("办结情形", max_length=10, choices=Timely.choices, blank=True, editable=False)

    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "办件"
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="case_agency_state_due"),
            models.Index(fields=["agency", "due_on", "public_id"], name="case_agency_due"),
            models.Index(fields=["agency", "received_on"], name="case_agency_received"),
            # All that the annual tables count of a case, but for the applicant's kind.
            models.Index(
                fields=[
                    "agency",
                    "counted_on",
                    "received_on",
                    "counted_outcome",
                    "counted_ground",
                    "counted_timely",
                    "channel",
                    "applicant",
                ],
                name="case_counted",
            ),
            models.Index(fields=["handler", "state", "due_on"], name="case_handler_state"),
            models.Index(fields=["agency", "info_index"], name="case_agency_info"),
            # Not agency first: the disclosure office asks for every organ's at once. Only open cases have a last day.
            models.Index(fields=["due_on", "public_id"], condition=Q(due_on__isnull=False), name="case_due"),
            models.Index(fields=["state", "due_on", "public_id"], name="case_state_only_due"),
            models.Index(fields=["due_on"], condition=Q(open_ended=True), name="case_open_ended"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["superior_number"], condition=~Q(superior_number=""), name="case_superior_number_once"
            ),
            models.CheckConstraint(condition=Q(state__in=list(CASE.states)), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINISHED)) | Q(due_on__isnull=False), name="case_open_has_deadline"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WITHOUT_REPLY_DAY) | Q(abandoned_on__isnull=False) | Q(reply_by__isnull=False),
                name="case_running_has_reply_day",
            ),
            models.CheckConstraint(
                condition=Q(state="received") | (Q(received_on__isnull=False) & ~Q(law="")), name="case_has_receipt"
            ),
            models.CheckConstraint(
                condition=Q(counted_on__isnull=True) | Q(counted_on__gte=F("received_on")),
                name="case_closed_after_receipt",
            ),
            # Closed, withdrawn or archived means counted, with year, outcome and timeliness together.
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FINISHED)) | Q(counted_on__isnull=False), name="case_finished_is_counted"
            ),
            models.CheckConstraint(
                condition=Q(counted_on__isnull=True, counted_year__isnull=True, counted_outcome="", counted_timely="")
                | Q(
                    counted_on__isnull=False,
                    counted_year__isnull=False,
                    counted_outcome__in=list(OUTCOMES),
                    counted_timely__in=Timely.values,
                ),
                name="case_counted_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("casework:case", args=[self.public_id])

    @property
    def finished(self) -> bool:
        return self.state in FINISHED

    @property
    def awaits_confirmation(self) -> bool:
        """Whether its day of receipt is still to be confirmed between applicant and organ (条例第三十一条)."""
        return self.state == "received" and self.confirmed_on is None and self.channel in CONFIRMED

    @property
    def from_ledger(self) -> bool:
        """Whether it was answered before this site: its papers of then are on paper, none is made for it now."""
        return hasattr(self, "ledger_closing")

    @property
    def title(self) -> str:
        """What lists call it: never with personal data."""
        return self.subject or "（未登记摘要）"

    def as_record(self) -> Record:
        return Record(
            date=self.counted_on or self.received_on or self.submitted_on,
            title=f"{self.number} {self.title}",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
        )
