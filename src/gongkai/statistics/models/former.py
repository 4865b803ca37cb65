"""历史台账: what happened before this site, as an office's old ledgers and printed tables tell it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.casework.models import LawsuitOutcome, ReviewOutcome
from gongkai.publishing.models import Channel, Item, NormativeKind
from gongkai.statistics.numbers import plain


class FormerKind(models.TextChoices):
    """What one imported sheet lists."""

    ITEM = "item", "主动公开信息"
    REVIEW = "review", "行政复议"
    LAWSUIT = "lawsuit", "行政诉讼"
    COMPLAINT = "complaint", "举报投诉"
    FEE = "fee", "依申请公开收费"
    CONFERENCE = "conference", "新闻发布会"
    MEETING = "meeting", "工作会议"
    TRAINING = "training", "培训"
    FIGURE = "figure", "填报数"


_UNITS = {FormerKind.TRAINING: " 人次", FormerKind.FEE: " 元"}


class Imported(models.Model):
    """What both imports keep of themselves: whose, from which file, by whom, and why it no longer counts."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    file_name = models.CharField("文件", max_length=200)
    digest = models.CharField("内容摘要值", max_length=64)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    imported_on = models.DateField("导入日期")
    withdrawn = models.CharField("撤销理由", max_length=200, blank=True)
    """Why it no longer counts; empty while it does."""

    class Meta:
        abstract = True

    @property
    def counts(self) -> bool:
        return not self.withdrawn


class FormerLedger(Imported):
    """One sheet of an old ledger, imported whole or not at all."""

    kind = models.CharField("台账", max_length=10, choices=FormerKind.choices)
    size = models.PositiveIntegerField("行数")

    class Meta:
        verbose_name = "历史台账"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "digest"], condition=Q(withdrawn=""), name="former_ledger_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("statistics:former_ledger", args=[self.public_id])


class FormerRowQuerySet(models.QuerySet["FormerRow"]):
    def counted(self, kind: str) -> FormerRowQuerySet:
        """Rows of one kind that count: not of a withdrawn import."""
        return self.filter(kind=kind, ledger__withdrawn="")

    def not_kept_here(self) -> FormerRowQuerySet:
        """Without documents that are items of this site too, which counts them itself."""
        same = {name: OuterRef(name) for name in ("agency", "normative_kind", "formed_on")}
        here = Item.objects.normative().issued().filter(docno=OuterRef("number"), **same)
        return self.exclude(Exists(here))


class FormerRow(models.Model):
    """One row of an old ledger: the facts that the forms count, and where it stands in the file."""

    ledger = models.ForeignKey(FormerLedger, models.PROTECT, related_name="rows", verbose_name="历史台账")
    place = models.PositiveIntegerField("行")
    kind = models.CharField("台账", max_length=10, choices=FormerKind.choices)
    """The ledger's, repeated so that a year of one organ is one range of an index."""
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="单位")
    day = models.DateField("日期", null=True)
    """When it was made public, received, held or paid; a document that never became public has none."""
    title = models.CharField("名称", max_length=200, blank=True)
    number = models.CharField("文号、案号", max_length=60, blank=True)
    formed_on = models.DateField("成文日期", null=True)
    ended_on = models.DateField("失效日期", null=True)
    """The first day on which a document no longer held."""
    normative_kind = models.CharField("文件性质", max_length=10, choices=NormativeKind.choices, blank=True)
    interpretation = models.BooleanField("政策解读", default=False)
    gazette = models.BooleanField(Channel.GAZETTE.label, default=False)
    website = models.BooleanField(Channel.WEBSITE.label, default=False)
    weibo = models.BooleanField(Channel.WEIBO.label, default=False)
    wechat = models.BooleanField(Channel.WECHAT.label, default=False)
    other = models.BooleanField(Channel.OTHER.label, default=False)
    outcome = models.CharField("结果", max_length=24, blank=True)
    closed_on = models.DateField("审结日期", null=True)
    prior_review = models.BooleanField("经过复议", default=False)
    principal_attended = models.BooleanField("主要负责同志参加", default=False)
    amount = models.DecimalField("数", max_digits=15, decimal_places=4, null=True)
    """How many were trained, what was paid (元), or the figure that was filed."""

    per = 0
    """0: the row adds one to the figure whose record it is. A query for amounts says how many of them make one there."""

    objects = FormerRowQuerySet.as_manager()

    class Meta:
        verbose_name = "历史台账行"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["ledger", "place"], name="former_row_once")]
        indexes = [
            models.Index(fields=["agency", "kind", "day"], name="former_row_agency_day"),
            models.Index(
                fields=["agency", "normative_kind", "formed_on"],
                condition=~Q(normative_kind=""),
                name="former_row_normative",
            ),
            models.Index(fields=["kind", "number"], condition=~Q(number=""), name="former_row_number"),
        ]

    def __str__(self) -> str:
        return self.title or self.number

    @property
    def reading(self) -> str:
        """What else the row says, in words: how it was understood, for whoever compares it with the file."""
        channels = [str(channel.label) for channel in Channel if getattr(self, channel.value)]
        result = f"{self.get_outcome_word()} {self.closed_on}" if self.closed_on else "尚未审结"
        said = [
            self.get_normative_kind_display() or ("政策解读" if self.interpretation else ""),
            "、".join(channels) if self.day else "",
            f"{self.formed_on} 成文" if self.formed_on and self.day else "",
            f"{self.ended_on} 失效" if self.ended_on else "",
            result if self.kind in (FormerKind.REVIEW, FormerKind.LAWSUIT) else "",
            "经过复议" if self.prior_review else "",
            "主要负责同志参加" if self.principal_attended else "",
            "" if self.amount is None else f"{plain(self.amount)}{_UNITS.get(self.kind, '')}",
        ]
        return "，".join(filter(None, said))

    def get_outcome_word(self) -> str:
        """The result as the law's word."""
        choices = ReviewOutcome if self.kind == FormerKind.REVIEW else LawsuitOutcome
        return str(dict(choices.choices).get(self.outcome, ""))

    def as_record(self) -> Record:
        return Record(
            date=self.closed_on or self.day or self.formed_on or self.ledger.imported_on,
            title=f"{self}（{self.ledger.file_name}第 {self.place} 行）",
            agency=self.agency.short_name,
            url=f"{self.ledger.get_absolute_url()}?from={self.place}",
            amount=plain((self.amount or 0) / self.per) or 0 if self.per else 1,
        )


class FormerTable(Imported):
    """原表: a former year's whole tables as they were printed, where there is no ledger any more.

    Its figures stand in place of counted ones, contradictions and blanks included (domain-spec §11.8 item 60).
    """

    whole_region = models.BooleanField("全域")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.CharField("表式", max_length=4)
    values = models.JSONField()
    """Cell id → number, a decimal as text, or null for a blank cell."""
    as_printed = models.JSONField(default=dict)
    """照原件: cell id → why it stands although it contradicts another or could not be read."""
    evidence = models.CharField("佐证", max_length=200)

    class Meta:
        verbose_name = "原表"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "whole_region", "year"], condition=Q(withdrawn=""), name="former_table_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.year} 年度{'全域' if self.whole_region else '本级'}原表"

    def get_absolute_url(self) -> str:
        return reverse("statistics:former_table", args=[self.public_id])

    def as_record(self) -> Record:
        return Record(
            date=date(self.year, 12, 31),
            title=f"{self}（{self.file_name}；佐证：{self.evidence}）",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
        )
