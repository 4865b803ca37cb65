from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import visible_agencies
from gongkai_core.refusals import Refusal


class EntryQuerySet(models.QuerySet["RegisterEntry"]):
    def for_user(self, user: User, *, on: date) -> EntryQuerySet:
        """The only door to a row."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def counted(self) -> EntryQuerySet:
        return self.filter(struck_out="")


class RegisterEntry(models.Model):
    """What every register's row has."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    held_on = models.DateField("日期")
    title = models.CharField("名称", max_length=200)
    note = models.CharField("备注", max_length=500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField(auto_now_add=True)
    struck_out = models.CharField("划去理由", max_length=200, blank=True)
    """Why the row no longer counts; empty while it does."""

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["agency", "held_on", "id"])]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        """Why this register takes no such row, besides what is asked of every row."""
        return None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        """What the row counts, as labels and values."""
        return []

    def as_record(self) -> Record:
        return Record(
            date=self.held_on,
            title=self.title,
            agency=self.agency.short_name,
            url=reverse("registers:entry", args=[self._meta.model_name, self.public_id]),
        )


class PressConference(RegisterEntry):
    """新闻发布会."""

    principal_attended = models.BooleanField("主要负责同志参加", default=False)

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("主要负责同志参加", "是" if self.principal_attended else "否")]

    class Meta(RegisterEntry.Meta):
        verbose_name = "新闻发布会"


class Meeting(RegisterEntry):
    """政府信息公开工作会议或专题会议."""

    class Meta(RegisterEntry.Meta):
        verbose_name = "工作会议"


class Training(RegisterEntry):
    """培训班, with how many people were trained."""

    attendance = models.PositiveIntegerField("参训人次")

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("参训人次", self.attendance)]

    class Meta(RegisterEntry.Meta):
        verbose_name = "培训"

    def as_record(self) -> Record:
        record = super().as_record()
        return Record(
            record.date, f"{self.title}（{self.attendance} 人次）", record.agency, record.url, self.attendance
        )


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


REGISTERS: dict[str, type[RegisterEntry]] = {
    "pressconference": PressConference,
    "meeting": Meeting,
    "training": Training,
    "channelmonth": ChannelMonth,
}
