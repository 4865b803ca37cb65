"""Registers of what happened on a day or in a month."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.registers.models.entry import RegisterEntry
from gongkai_core.refusals import Refusal

FEN_PER_WAN = 1_000_000
"""分 in 万元."""


class PressConference(RegisterEntry):
    """新闻发布会."""

    principal_attended = models.BooleanField("主要负责同志参加", default=False)

    FEEDS = "年报“参加或举办新闻发布会总次数”"

    class Meta(RegisterEntry.Meta):
        verbose_name = "新闻发布会"

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("主要负责同志参加", "是" if self.principal_attended else "否")]


class Meeting(RegisterEntry):
    """政府信息公开工作会议或专题会议."""

    FEEDS = "年报“召开政府信息公开工作会议或专题会议数”"

    class Meta(RegisterEntry.Meta):
        verbose_name = "工作会议"


class Training(RegisterEntry):
    """培训班, with how many people were trained."""

    attendance = models.PositiveIntegerField("参训人次")

    FEEDS = "年报“举办各类培训班数”“接受培训人员数”"
    adds = 1
    """How many it adds to the figure whose record it is; the query for people says their number instead."""

    class Meta(RegisterEntry.Meta):
        verbose_name = "培训"

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("参训人次", self.attendance)]

    def as_record(self) -> Record:
        record = super().as_record()
        return Record(record.date, f"{self.title}（{self.attendance} 人次）", record.agency, record.url, self.adds)


class ChannelMonth(RegisterEntry):
    """渠道月报: how many pieces an organ put out in a month through channels other than the website.

    Only the report's prose uses them; the tables count what is ticked on items (domain-spec §11.8 item 53).
    """

    wechat = models.PositiveIntegerField("政务微信", default=0)
    weibo = models.PositiveIntegerField("政务微博", default=0)
    press = models.PositiveIntegerField("报刊广播电视", default=0)
    board = models.PositiveIntegerField("公开栏、电子屏", default=0)
    other = models.PositiveIntegerField("其他方式", default=0)

    CHANNELS = ("wechat", "weibo", "press", "board", "other")
    FEEDS = "年报正文的渠道数，不进统计表"

    class Meta(RegisterEntry.Meta):
        verbose_name = "渠道月报"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "held_on"], condition=models.Q(struck_out=""), name="channelmonth_once_a_month"
            )
        ]

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        if cls.objects.counted().filter(agency=agency, held_on=facts["held_on"]).exists():
            month = f"{facts['held_on'].year}年{facts['held_on'].month}月"
            return Refusal("twice", f"{month}已经填报；有误的，先划去再填")
        return None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [(str(self._meta.get_field(name).verbose_name), getattr(self, name)) for name in self.CHANNELS]


class FundPurpose(models.TextChoices):
    """What public money for openness was for; the table counts only the first (forms.json t14.8_4)."""

    DISCLOSURE = "disclosure", "政府信息公开专项"
    GAZETTE = "gazette", "政府公报编辑管理"
    WEBSITE = "website", "政府网站建设维护"


class Fund(RegisterEntry):
    """专项经费, kept in fen."""

    purpose = models.CharField("用途", max_length=10, choices=FundPurpose.choices, default=FundPurpose.DISCLOSURE)
    amount_fen = models.PositiveBigIntegerField("金额（万元）")

    FEEDS = "年报“政府信息公开专项经费”；用于政府公报和政府网站的不计"

    class Meta(RegisterEntry.Meta):
        verbose_name = "专项经费"

    @property
    def amount(self) -> Decimal:
        """In 万元, exactly."""
        return Decimal(self.amount_fen) / FEN_PER_WAN

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("用途", self.get_purpose_display()), ("金额（万元）", f"{self.amount.normalize():f}")]

    def as_record(self) -> Record:
        record = super().as_record()
        return Record(
            record.date, f"{self.title}（{self.amount.normalize():f} 万元）", record.agency, record.url, self.amount
        )
