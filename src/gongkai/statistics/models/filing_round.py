from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.models import Blob
from gongkai.statistics import periods
from gongkai.statistics.numbers import Number, from_json


class OrganGroup(models.TextChoices):
    """Which organs a round is opened for."""

    GOVERNMENT = "government", "本级政府"
    DEPARTMENT = "department", "部门"
    TOWN = "town", "乡镇、街道"
    OTHER = "other", "派出机构、授权组织"


class SheetState(models.TextChoices):
    """The states of `gongkai_core.states.FILING_SHEET`."""

    OPEN = "open", "待填报"
    SIGNING = "signing", "待签字盖章"
    FILED = "filed", "已上报"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"
    LOCKED = "locked", "已锁定"


SENT_UP = (SheetState.FILED, SheetState.ACCEPTED, SheetState.LOCKED)
OWED = (SheetState.OPEN, SheetState.SIGNING, SheetState.RETURNED)


class SignWay(models.TextChoices):
    """How a sheet is vouched for."""

    PAPER = "paper", "打印盖章传回"
    LOGIN = "login", "登录签名"
    TELEPHONE = "telephone", "电话代填"


class FilingRound(models.Model):
    """填报轮次: the disclosure office asks organs of some kinds for the figures of one period by one day."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="组织填报的机关")
    year = models.PositiveSmallIntegerField("年度")
    period = models.CharField("统计期", max_length=4, choices=periods.CHOICES)
    groups = models.JSONField("填报单位")
    """Values of OrganGroup."""
    due_on = models.DateField("报送期限")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发起人")
    opened_on = models.DateField("发起日期")

    class Meta:
        verbose_name = "填报轮次"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "year"], name="filinground_agency_year")]

    def __str__(self) -> str:
        return f"{periods.label_of(self.year, self.period)}填报（{self.groups_label}）"

    def get_absolute_url(self) -> str:
        return reverse("statistics:round", args=[self.public_id])

    @property
    def groups_label(self) -> str:
        return "；".join(OrganGroup(group).label for group in self.groups)

    @property
    def days(self) -> Period:
        return periods.period_of(self.year, self.period)


class SheetQuerySet(models.QuerySet["FilingSheet"]):
    def for_user(self, user: User, *, on: date) -> SheetQuerySet:
        """The only door to a sheet."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def owed(self) -> SheetQuerySet:
        """Not yet sent up, or sent back."""
        return self.filter(state__in=OWED)

    def sent_up(self) -> SheetQuerySet:
        return self.filter(state__in=SENT_UP)


class FilingSheet(models.Model):
    """填报表: what one organ files for a period, with who signed it; its draft is here, what was sent up is `Filing`."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    round = models.ForeignKey(FilingRound, models.PROTECT, related_name="sheets", verbose_name="填报轮次")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="filing_sheets", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    period = models.CharField("统计期", max_length=4, choices=periods.CHOICES)
    state = models.CharField("状态", max_length=10, choices=SheetState.choices, default=SheetState.OPEN)
    due_on = models.DateField("报送期限")
    """The round's day; after a return the day by which it is to be filed again."""
    values = models.JSONField("所填的数", default=dict)
    """Cell → number, of the cells asked for; a cell that is not in it is blank."""
    evidence = models.CharField("佐证", max_length=200, blank=True)
    remarks = models.CharField("填报说明", max_length=500, blank=True)
    zero = models.BooleanField("零报告", default=False)
    """Whether the organ reported by the one button that nothing happened."""
    way = models.CharField("签报方式", max_length=10, choices=SignWay.choices, blank=True)
    figures = models.JSONField("送签时的全表", default=dict)
    """Every cell of the form as it stood when the sheet was handed to sign."""
    digest = models.CharField(max_length=64, blank=True)
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="盖章件")
    told_by = models.CharField("报数人", max_length=40, blank=True)
    told_on = models.DateField("来电日期", null=True)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )
    first_filed_on = models.DateField("首次上报日", null=True)
    filed_on = models.DateField("上报日", null=True)
    return_reason = models.CharField("退回理由", max_length=300, blank=True)
    errors = models.PositiveSmallIntegerField("勾稽不成立", default=0)
    warnings = models.PositiveSmallIntegerField("须说明", default=0)
    """As found when the sheet was last saved: for the office's list; the sheet itself is checked whenever it is shown."""
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "填报表"
        ordering = ["agency__path"]
        indexes = [models.Index(fields=["agency", "state", "due_on"], name="filingsheet_owed")]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "period"], name="filingsheet_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "accepted", "locked"])
                | Q(filed_on__isnull=False) & ~Q(digest="") & ~Q(way=""),
                name="filingsheet_filed_whole",
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | Q(first_filed_on__lte=F("filed_on")),
                name="filingsheet_first_before_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {periods.label_of(self.year, self.period)}填报表"

    def get_absolute_url(self) -> str:
        return reverse("statistics:sheet", args=[self.public_id])

    @property
    def label(self) -> str:
        """2026 年度, 2026 年第三季度."""
        return periods.label_of(self.year, self.period)

    @property
    def days(self) -> Period:
        return periods.period_of(self.year, self.period)

    @property
    def scope(self) -> Scope:
        return Scope(self.agency, whole_region=False)

    @property
    def filled(self) -> dict[str, Number]:
        """What was filled in, as numbers."""
        return from_json(self.values)

    @property
    def as_signed(self) -> dict[str, Number]:
        """The whole form as it was handed to sign, as numbers; empty before."""
        return from_json(self.figures)

    @property
    def filed_now(self) -> bool:
        """Whether it is sent up, not waiting or sent back."""
        return self.state in SENT_UP

    @property
    def on_behalf(self) -> bool:
        """代填: entered by the office for an organ that told its figures by telephone."""
        return self.way == SignWay.TELEPHONE

    def digest_now(self) -> str:
        """Digest over what the three vouch for."""
        content: list[Any] = [str(self.agency.public_id), self.year, self.period, self.values, self.figures]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def check_code(self) -> str:
        """核对码: printed on the paper, so that a scan can be told to be of these figures."""
        return self.digest[:8].upper()


class SignPlace(models.TextChoices):
    FILLER = "filler", "填报人"
    REVIEWER = "reviewer", "审核人"
    HEAD = "head", "单位负责人"


class SheetSignature(models.Model):
    """填报签名: one of the three names under a sheet; on paper a name, else a person who confirms by logging in."""

    sheet = models.ForeignKey(FilingSheet, models.CASCADE, related_name="signatures", verbose_name="填报表")
    place = models.CharField("签名处", max_length=10, choices=SignPlace.choices)
    name = models.CharField("姓名", max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="人员"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="签名人"
    )
    """The person, or who deputised for them."""
    signed_at = models.DateTimeField("签名时间", null=True)

    class Meta:
        verbose_name = "填报签名"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "place"], name="sheetsignature_once"),
            models.UniqueConstraint(
                fields=["sheet", "person"], condition=Q(person__isnull=False), name="sheetsignature_three_persons"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, person__isnull=False),
                name="sheetsignature_signed_whole",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(signed_at__isnull=True), name="sheetsignature_waiting")]

    def __str__(self) -> str:
        return f"{self.get_place_display()}：{self.name}"


class SheetMark(models.Model):
    """退回标注: a cell of a returned sheet and what is wrong with it; done once the sheet was filed again."""

    sheet = models.ForeignKey(FilingSheet, models.CASCADE, related_name="marks", verbose_name="填报表")
    cell = models.CharField("单元格", max_length=40)
    reason = models.CharField("问题", max_length=300)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="标注人")
    marked_on = models.DateField("标注日期")
    done_on = models.DateField("重新上报日", null=True)

    class Meta:
        verbose_name = "退回标注"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="sheetmark_has_reason")]

    def __str__(self) -> str:
        return f"{self.cell}：{self.reason}"
