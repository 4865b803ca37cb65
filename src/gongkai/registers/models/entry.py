"""What the rows of every register have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Period, Record
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import visible_agencies
from gongkai_core.refusals import Refusal


class EntryQuerySet(models.QuerySet["RegisterEntry"]):
    def for_user(self, user: User, *, on: date) -> EntryQuerySet:
        """The only door to a row."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def counted(self) -> EntryQuerySet:
        return self.filter(struck_out="")

    def within(self, period: Period) -> EntryQuerySet:
        """What happened in a period."""
        return self.filter(held_on__range=(period.first, period.last))

    def standing(self, on: date) -> EntryQuerySet:
        """What stands on a day: places in use, people in office."""
        return self.filter(held_on__lte=on).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))

    def standing_in(self, period: Period) -> EntryQuerySet:
        """What stood on any day of a period."""
        return self.filter(held_on__lte=period.last).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=period.first))


class RegisterEntry(models.Model):
    """A row: it counts until it is struck out with a reason, and is never deleted or written over."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    held_on = models.DateField("日期")
    title = models.CharField("名称", max_length=200)
    note = models.CharField("备注", max_length=500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField(auto_now_add=True)
    struck_out = models.CharField("划去理由", max_length=200, blank=True)
    """Why the row no longer counts; empty while it does."""
    struck_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="划去人"
    )
    struck_out_at = models.DateTimeField("划去时间", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, related_name="replacement", null=True, blank=True, verbose_name="改登自"
    )
    """The wrong row that this one was entered instead of."""

    objects = EntryQuerySet.as_manager()

    FEEDS: ClassVar[str] = ""
    """What the office is told its rows count for."""
    RELATED: ClassVar[tuple[str, ...]] = ()
    """What a list of rows reads with them."""
    OF_PEOPLE: ClassVar[bool] = False
    """Whether the title is a person's name, which the trail leaves out."""

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

    def strike_refusal(self) -> Refusal | None:
        """Why this row cannot be taken out as long as others hang on it."""
        return None

    def hand_on(self, to: Self) -> None:
        """Give what hangs on this row to the one entered instead of it."""

    @property
    def counts(self) -> list[tuple[str, Any]]:
        """What the row says besides its name and day, as labels and values: columns of the list."""
        return []

    @property
    def details(self) -> list[tuple[str, Any]]:
        """What only the row's own page shows."""
        return []

    def get_absolute_url(self) -> str:
        return reverse("registers:entry", args=[self._meta.model_name, self.public_id])

    def as_record(self) -> Record:
        return Record(date=self.held_on, title=self.title, agency=self.agency.short_name, url=self.get_absolute_url())


class StandingEntry(RegisterEntry):
    """A row that holds from a day until a day: a place, a post, a group."""

    held_on = models.DateField("起")
    ended_on = models.DateField("止", null=True, blank=True)
    """Its last day; empty while it still stands."""

    ENDING: ClassVar[str] = "停用"
    """The office's word for its end."""

    class Meta(RegisterEntry.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("held_on")), name="%(class)s_ends_after_start"
            )
        ]

    @classmethod
    def overlapping(cls, agency: Agency, facts: Mapping[str, Any]) -> EntryQuerySet:
        """Counted rows of the organ that stand on a day on which a new one with these facts would."""
        rows = cls.objects.counted().filter(agency=agency)
        rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=facts["held_on"]))
        last = facts.get("ended_on")
        return rows.filter(held_on__lte=last) if last else rows
