"""The desk's and the public's questions about reports, as words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from gongkai.agencies.models import User
from gongkai.agencies.permissions import visible_agencies

if TYPE_CHECKING:
    pass


class ReportQuerySet(models.QuerySet["Report"]):
    def for_user(self, user: User, *, on: date) -> ReportQuerySet:
        """Reports the person may open; all others don't exist for them."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def public(self) -> ReportQuerySet:
        return self.filter(state="published")

    def newest_first(self) -> ReportQuerySet:
        """By year, the government's own first."""
        return self.select_related("agency").order_by("-year", "agency__path", "-whole_region")
