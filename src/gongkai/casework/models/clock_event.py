from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.casework.models.case import Case


class EventType(models.TextChoices):
    """The clock's events, exactly those of its contract."""

    CORRECTION_ASKED = "correction_asked", "补正告知发出"
    CORRECTION_RECEIVED = "correction_received", "收到补正"
    THIRD_PARTY_ASKED = "third_party_asked", "征求第三方意见"
    THIRD_PARTY_ANSWERED = "third_party_answered", "第三方答复"
    CO_MAKER_ASKED = "co_maker_asked", "征求共同制作机关意见"
    CO_MAKER_ANSWERED = "co_maker_answered", "共同制作机关答复"
    AGENCY_CONSULTED = "agency_consulted", "征求其他机关意见"
    AGENCY_ANSWERED = "agency_answered", "其他机关答复"
    EXTENDED = "extended", "延期告知发出"
    FEE_NOTIFIED = "fee_notified", "收费通知送达"
    FEE_PAID = "fee_paid", "缴费"
    WITHDRAWN = "withdrawn", "撤回"
    REPLIED = "replied", "答复"


DATES = ("on", "sent_on", "delivered_on", "return_by", "notice_sent_on")


class ClockEventQuerySet(models.QuerySet["ClockEvent"]):
    def in_force(self) -> ClockEventQuerySet:
        """Without what a later row has put right, and without rows that only strike one out."""
        return self.filter(replaced_by__isnull=True, void=False)


class ClockEvent(models.Model):
    """One event of a case's legal clock: written once. A wrong one is put right by a row that replaces it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clock_events")
    type = models.CharField("事件", max_length=24, choices=EventType.choices)
    ref = models.CharField("对应", max_length=40, blank=True)
    """Ties a question to its answer: the number of the `Inquiry` within its case."""
    on = models.DateField("日期", null=True, blank=True)
    sent_on = models.DateField("发出日", null=True, blank=True)
    delivered_on = models.DateField("送达日", null=True, blank=True)
    return_by = models.DateField("补正截止日", null=True, blank=True)
    notice_sent_on = models.DateField("告知发出日", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="更正"
    )
    void = models.BooleanField("撤销", default=False)
    redecision = models.ForeignKey(
        "casework.Redecision", models.PROTECT, null=True, blank=True, related_name="clock_events"
    )
    """The 重新答复 whose clock it belongs to; none for the application's own."""
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ClockEventQuerySet.as_manager()

    class Meta:
        verbose_name = "期限事件"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=EventType.values), name="clock_event_known"),
            models.CheckConstraint(
                condition=Q(void=False) | Q(replaces__isnull=False), name="clock_event_void_replaces"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.day}"

    @property
    def day(self) -> date | None:
        """The day it is told by."""
        return self.on or self.sent_on or self.notice_sent_on or self.delivered_on

    def as_event(self) -> dict[str, str]:
        """As the clock's contract writes it."""
        event = {"type": self.type}
        if self.ref:
            event["ref"] = self.ref
        for name in DATES:
            if value := getattr(self, name):
                event[name] = value.isoformat()
        return event
