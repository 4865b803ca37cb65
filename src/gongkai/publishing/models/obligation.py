from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.documents.models import Blob
from gongkai.publishing.models.entry import CatalogueEntry
from gongkai.publishing.querysets import ObligationQuerySet
from gongkai_core.disclosure.occasions import period_words


class Obligation(models.Model):
    """What an organ owes the public under an entry in a period (公开义务): generated from duties, never typed.

    What is public from `opens_on` to `closes_on` serves it; after `due_on` it comes late. Served, stated, overdue are
    told from these days, the statements and today (`gongkai.publishing.obligations.standing_of`), never stored.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="obligations", verbose_name="目录事项")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="obligations", verbose_name="机关")
    period = models.CharField("期间", max_length=7)
    year = models.PositiveSmallIntegerField("年度")
    opens_on = models.DateField("起")
    due_on = models.DateField("期限")
    closes_on = models.DateField("止")
    calendar_version = models.CharField(max_length=16)
    items = models.PositiveIntegerField("条数", default=0)
    """Items that hang on it: a rollup."""
    served_on = models.DateField("首次公开", null=True)
    """The first day on which something served it."""

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "公开义务"
        constraints = [
            models.UniqueConstraint(fields=["entry", "agency", "period"], name="obligation_once_per_period"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("closes_on")), name="obligation_days_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "year", "due_on"], name="obligation_agency_year"),
            models.Index(fields=["agency", "due_on"], condition=Q(served_on__isnull=True), name="obligation_unserved"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.entry} {self.period_words}"

    @property
    def period_words(self) -> str:
        return period_words(self.period)

    def as_record(self) -> Record:
        """This obligation as a line behind a figure."""
        return Record(
            date=self.due_on,
            title=f"{self.entry} {self.period_words}",
            agency=self.agency.short_name,
            url=reverse("publishing:desk_obligation", args=[self.public_id]),
        )


class NoMatterStatement(models.Model):
    """本年度无此类事项: said by a person, dated, for one year; it expires with the year (domain-spec §11.2 item 16)."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="statements", verbose_name="目录事项")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="no_matter_statements", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    words = models.CharField("说明", max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    made_on = models.DateField("填写日期")
    withdrawn_on = models.DateField("撤销日期", null=True)

    class Meta:
        verbose_name = "无此类事项说明"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "agency", "year"],
                condition=Q(withdrawn_on__isnull=True),
                name="nomatterstatement_once_per_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.year}年无此类事项：{self.entry}"


class Evidence(models.Model):
    """One paper of an obligation's evidence folder (佐证): an item published elsewhere or late, a file, an address."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="evidence", verbose_name="公开义务")
    item = models.ForeignKey("publishing.Item", models.PROTECT, null=True, related_name="+", verbose_name="条目")
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    address = models.URLField("网址", max_length=300, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    shown_on = models.DateField("公开日期", null=True)
    """When the public could read it there; empty for a paper that only explains."""
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="归集人")
    added_on = models.DateField("归集日期")

    class Meta:
        verbose_name = "佐证"
        ordering = ["added_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, blob__isnull=True, address="")
                | Q(item__isnull=True, blob__isnull=False, address="")
                | Q(item__isnull=True, blob__isnull=True) & ~Q(address=""),
                name="evidence_of_one_kind",
            )
        ]

    def __str__(self) -> str:
        return self.note or self.address or str(self.item or self.blob)


class SupervisionOrder(models.Model):
    """督办单: the obligations that an organ is told to meet by a day, as it was printed."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="supervision_orders", verbose_name="机关")
    number = models.CharField("编号", max_length=60, unique=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    issued_on = models.DateField("签发日期")
    finish_by = models.DateField("整改期限")
    paper = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="督办单")

    class Meta:
        verbose_name = "督办单"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class Reminder(models.Model):
    """催办: an obligation's organ was reminded, in one click or by a 督办单; it waits in the organ's queue until met."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reminders", verbose_name="公开义务")
    order = models.ForeignKey(
        SupervisionOrder, models.PROTECT, null=True, related_name="reminders", verbose_name="督办单"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="催办人")
    on = models.DateField("催办日期")

    class Meta:
        verbose_name = "催办"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "on"], condition=Q(order__isnull=True), name="reminder_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.obligation}"
