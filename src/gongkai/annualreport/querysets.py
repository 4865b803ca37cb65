"""The desk's and the public's questions about reports, as words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Min

from gongkai.agencies.models import User
from gongkai.agencies.permissions import visible_agencies
from gongkai.design.words import BEIJING

if TYPE_CHECKING:
    pass


class ReportQuerySet(models.QuerySet["Report"]):
    def for_user(self, user: User, *, on: date) -> ReportQuerySet:
        """Reports the person may open; all others don't exist for them."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def public(self) -> ReportQuerySet:
        """Those the public has, a report that is being corrected included."""
        return self.filter(published_at__isnull=False)

    def newest_first(self) -> ReportQuerySet:
        """By year, the government's own first."""
        return self.select_related("agency").order_by("-year", "agency__path", "-whole_region")


def days_out(agencies: Collection[int]) -> dict[tuple[int, int], date]:
    """(organ, year in which it was owed) → the day on which the organ's report of the year before came out."""
    from gongkai.annualreport.models import Report

    rows = Report.objects.public().filter(agency__in=agencies).values_list("agency", "year")
    found = rows.annotate(first=Min("published_at")).order_by()
    return {(agency, year + 1): first.astimezone(BEIJING).date() for agency, year, first in found}
