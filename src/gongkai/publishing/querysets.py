"""The questions asked of items, as words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import StrIndex

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
from gongkai.design.words import BEIJING

if TYPE_CHECKING:
    from gongkai.publishing.models import Column


def midnight(day: date) -> datetime:
    """The instant at which a legal day begins in Beijing."""
    return datetime.combine(day, time.min, BEIJING)


def first_published_in(period: Period) -> Q:
    """First made public in the period, whatever became of it later."""
    return Q(
        first_published_at__gte=midnight(period.first),
        first_published_at__lt=midnight(period.last + timedelta(days=1)),
    )


def invalid_on(day: date) -> Q:
    """No longer in force on the day: declared so, or its term has run out, whichever came first."""
    return Q(ended_on__lte=day) | Q(valid_until__lt=day)


def ended_in(period: Period) -> Q:
    """Ceased to hold in the period."""
    return invalid_on(period.last) & ~invalid_on(period.first - timedelta(days=1))


def in_force_on(day: date) -> Q:
    """Made by the day and not ended on it."""
    return Q(formed_on__lte=day) & ~invalid_on(day)


def review_wanted(by: date, made_by: date) -> Q:
    """To be looked at again by a day: its own was set, or it was made by `made_by` and none was."""
    return Q(review_by__lte=by) | Q(review_by__isnull=True, formed_on__lte=made_by)


def seen(item: str = "item") -> Q:
    """Of rows about an item: not while it is isolated because a secret got into it."""
    return Q(**{f"{item}__isolated_at": None})


class ItemQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User, *, on: date) -> ItemQuerySet:
        """The items that exist for this person: those of `visible_agencies`."""
        return self.filter(isolated_at=None).of_organs_of(user, on=on)

    def of_organs_of(self, user: User, *, on: date) -> ItemQuerySet:
        """The same with what is isolated because a secret got into it: only for those who handle the leak."""
        # Spelt out, so that one organ's list is one range of an index and the office's is the whole index.
        if is_disclosure_office(user, on=on):
            return self.all()
        organs = {post.agency_id for post in user.business_posts_on(on)}
        return self.filter(agency=organs.pop()) if len(organs) == 1 else self.filter(agency__in=organs)

    def public(self) -> ItemQuerySet:
        return self.filter(state="published")

    def of(self, agency: Agency) -> ItemQuerySet:
        return self.filter(agency=agency)

    def in_column(self, column: Column) -> ItemQuerySet:
        return self.filter(column=column)

    def in_columns(self, *codes: str) -> ItemQuerySet:
        return self.filter(column__code__in=codes)

    def in_state(self, state: str) -> ItemQuerySet:
        """Items of one state. That they aren't public is said apart: it is the condition of the index of the few."""
        return self.public() if state == "published" else self.filter(state=state).exclude(state="published")

    def titled(self, words: str) -> ItemQuerySet:
        """Items with these words in their title."""
        if words.upper() != words.lower():
            return self.filter(title__icontains=words)
        # Chinese has no case to be blind to, and looking for the bytes alone takes half the time.
        return self.alias(place=StrIndex("title", Value(words))).filter(place__gt=0)

    def newest(self, count: int) -> ItemQuerySet:
        """The latest `count`, latest first."""
        return self.order_by("-published_at", "-pk")[:count]

    def interpreting(self) -> ItemQuerySet:
        """Interpretations (政策解读) of a document here."""
        return self.filter(interprets__isnull=False)

    def normative(self) -> ItemQuerySet:
        """Rules and normative documents (规章、规范性文件)."""
        return self.exclude(normative_kind="")

    def documents(self) -> ItemQuerySet:
        """What has a 发文字号, and so a validity."""
        return self.exclude(docno="")

    def published_in(self, period: Period) -> ItemQuerySet:
        """Whose present text was made public in the period."""
        return self.filter(
            published_at__gte=midnight(period.first), published_at__lt=midnight(period.last + timedelta(days=1))
        )

    def issued(self) -> ItemQuerySet:
        """Documents that were really issued: a discarded draft never was."""
        return self.exclude(state="discarded")


class ObligationQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User, *, on: date) -> ObligationQuerySet:
        """The obligations that exist for this person: those of `visible_agencies`."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def with_statements(self) -> ObligationQuerySet:
        """Each told by `stated` whether a statement in force covers its year."""
        statements = apps.get_model("publishing", "NoMatterStatement").objects.filter(
            entry=OuterRef("entry"), agency=OuterRef("agency"), year=OuterRef("year"), withdrawn_on=None
        )
        return self.annotate(stated=Exists(statements))

    def unmet(self) -> ObligationQuerySet:
        """Neither served nor stated to be without matter."""
        return self.with_statements().filter(served_on=None, stated=False)

    def overdue(self, today: date) -> ObligationQuerySet:
        return self.unmet().filter(due_on__lt=today)
