from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.publishing.models.item import Item


class Receiver(models.TextChoices):
    """Whom the law names (条例第二十五条)."""

    ARCHIVE = "archive", "国家档案馆"
    LIBRARY = "library", "公共图书馆"


class Deposit(models.Model):
    """What an organ, or the region, made public in a quarter, listed to be handed to archive and library (送交).

    The list is frozen when it is made and bound by a digest: a later withdrawal changes nothing of what was handed over.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="deposits", verbose_name="送交机关")
    whole_region = models.BooleanField("全域")
    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    size = models.PositiveIntegerField("件数")
    algorithm = models.CharField(max_length=16, default="sha256")
    digest = models.CharField("摘要", max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编目人")
    made_at = models.DateTimeField("编目时间")

    class Meta:
        verbose_name = "送交目录"
        ordering = ["-year", "-quarter", "agency__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "whole_region", "year", "quarter"], name="deposit_once_a_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="deposit_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.year}年第{self.quarter}季度送交目录"


class DepositItem(models.Model):
    """One line of the list, as it stood then."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="items", verbose_name="送交目录")
    position = models.PositiveIntegerField("序号")
    item = models.ForeignKey(Item, models.PROTECT, related_name="deposited", verbose_name="条目")
    title = models.CharField("标题", max_length=200)
    docno = models.CharField("发文字号", max_length=60, blank=True)
    index_no = models.CharField("索引号", max_length=60)
    published_on = models.DateField("公开日期")
    digest = models.CharField("内容摘要", max_length=64)
    """Of the text that was handed over."""

    class Meta:
        verbose_name = "送交条目"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["deposit", "position"], name="deposititem_position_once")]

    def __str__(self) -> str:
        return self.title


class Handover(models.Model):
    """The list and its papers went to one receiver: who handed over, who signed for them, when (交接)."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="handovers", verbose_name="送交目录")
    receiver = models.CharField("接收单位类别", max_length=10, choices=Receiver.choices)
    receiver_name = models.CharField("接收单位", max_length=100)
    handed_by = models.CharField("移交人", max_length=40)
    received_by = models.CharField("接收人", max_length=40)
    on = models.DateField("交接日期")
    form = models.CharField("送交形式", max_length=60, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "交接"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["deposit", "receiver"], name="handover_once_a_receiver")]

    def __str__(self) -> str:
        return f"{self.receiver_name} {self.on}"
