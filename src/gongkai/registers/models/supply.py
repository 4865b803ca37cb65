"""部门供数单: figures that belong to other offices, with whose they are, where they come from and who confirmed them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Period, Record
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.models import Blob
from gongkai.registers.supply_kinds import BY_CODE, SupplyKind
from gongkai_core.states import SUPPLY_SHEET


class SheetQuerySet(models.QuerySet["SupplySheet"]):
    def for_user(self, user: User, *, on: date) -> SheetQuerySet:
        """The only door to a sheet: the organ asked, and the disclosure office."""
        return self.filter(agency__in=visible_agencies(user, on=on))


class SupplySheet(models.Model):
    """部门供数单: some figures of one period, asked of one organ."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="supply_sheets", verbose_name="供数单位")
    first = models.DateField("时期起")
    last = models.DateField("时期止")
    state = models.CharField(
        "状态", max_length=10, choices=list(SUPPLY_SHEET.states.items()), default=SUPPLY_SHEET.initial
    )
    words = models.CharField("要求", max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发起人")
    asked_on = models.DateField("发起日期")
    due_on = models.DateField("报送期限")
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="填报人"
    )
    filled_on = models.DateField("填报日期", null=True, blank=True)
    on_behalf = models.BooleanField("代填", default=False)
    """Filled in by the office for an organ that told it by telephone (domain-spec §11.8 item 52)."""
    file = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="佐证材料")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="确认人"
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    reason = models.CharField("退回、撤销理由", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "部门供数单"
        ordering = ["-public_id"]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="supplysheet_waiting"),
            models.Index(fields=["state", "due_on"], name="supplysheet_of_office"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="supplysheet_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("filled_by"))),
                name="supplysheet_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.period_words}供数单"

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def period_words(self) -> str:
        """2026年、2026年第1季度、2026年3月, or the two days."""
        year, first, last = self.first.year, self.first.month, self.last.month
        if (first, last) == (1, 12):
            return f"{year}年"
        if first == last:
            return f"{year}年{first}月"
        return f"{year}年第{last // 3}季度" if last - first == 2 else f"{year}年{first}月至{last}月"

    def get_absolute_url(self) -> str:
        return reverse("registers:supply_sheet", args=[self.public_id])


class FigureQuerySet(models.QuerySet["SuppliedFigure"]):
    def for_user(self, user: User, *, on: date) -> FigureQuerySet:
        """The only door to a line: that of its sheet."""
        return self.filter(sheet__in=SupplySheet.objects.for_user(user, on=on))


class SuppliedFigure(models.Model):
    """供数: one figure of a sheet. It counts from its confirmation until it is struck out with a reason."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    sheet = models.ForeignKey(SupplySheet, models.PROTECT, related_name="figures", verbose_name="供数单")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="数归属")
    whole_region = models.BooleanField("全域", default=False)
    """Whether it is the whole region's figure (全域) or the organ's own (本级)."""
    kind = models.CharField("数", max_length=40)
    first = models.DateField("时期起")
    last = models.DateField("时期止")
    value = models.DecimalField("数值", max_digits=17, decimal_places=4, null=True, blank=True)
    unit = models.CharField("单位", max_length=4)
    approximate = models.BooleanField("约数", default=False)
    evidence = models.CharField("佐证", max_length=300, blank=True)
    counted = models.BooleanField(default=False)
    struck_out = models.CharField("划去理由", max_length=200, blank=True)
    struck_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="划去人"
    )
    struck_out_at = models.DateTimeField("划去时间", null=True, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = "供数"
        ordering = ["pk"]
        indexes = [models.Index(fields=["agency", "last", "kind"], condition=Q(counted=True), name="supplied_counted")]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "kind"], condition=Q(struck_out=""), name="supplied_once_a_sheet"),
            models.UniqueConstraint(
                fields=["agency", "whole_region", "kind", "first", "last"], condition=Q(counted=True),
                name="supplied_counted_once",
            ),
            models.CheckConstraint(condition=Q(counted=False) | Q(struck_out=""), name="supplied_counted_or_struck"),
            models.CheckConstraint(condition=Q(counted=False) | Q(value__isnull=False), name="supplied_counted_has_value"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.declared.label}{self.words}"

    @property
    def declared(self) -> SupplyKind:
        return BY_CODE[self.kind]

    @property
    def scope_words(self) -> str:
        return "全域" if self.whole_region else "本级"

    @property
    def plain(self) -> str:
        """The number as it was given, without the database's zeros."""
        return "" if self.value is None else f"{self.value.normalize():f}"

    @property
    def words(self) -> str:
        """The figure with its unit, as it was given: 约 1.2 亿元."""
        return (
            f"{'约 ' if self.approximate else ''}{self.plain} {self.unit}" if self.value is not None else "（无此数）"
        )

    @property
    def amount(self) -> Decimal:
        """In the first unit of its kind: the one that cells are kept in."""
        return (self.value or Decimal(0)) * self.declared.units[self.unit]

    def as_record(self) -> Record:
        title = f"{self.sheet.agency.short_name}供数：{self.declared.label} {self.words}（{self.scope_words}）"
        return Record(self.last, title, self.agency.short_name, self.sheet.get_absolute_url(), self.amount)
