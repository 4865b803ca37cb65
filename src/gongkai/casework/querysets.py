"""The desk's questions about cases, as words."""

from __future__ import annotations

from datetime import date

from django.db import models

from gongkai.agencies.models import User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework import permissions
from gongkai_core.states.cases import FINISHED


class CaseQuerySet(models.QuerySet):  # type: ignore[type-arg] # of Case, which imports this
    def for_user(self, user: User, *, on: date) -> CaseQuerySet:
        """The cases the person may see; all others don't exist for them (domain-spec §11.3 item 22)."""
        if is_disclosure_office(user, on=on):
            return self.all()  # a condition that all fulfil would keep the database from the index by last day
        return self.filter(agency__in=permissions.case_agencies(user, on=on))

    def open(self) -> CaseQuerySet:
        """Cases in which an answer is still owed."""
        return self.exclude(state__in=FINISHED)

    def untaken(self) -> CaseQuerySet:
        """Given to a handler who has neither taken the case nor handed it back (待接收)."""
        waits = self.model._meta.get_field("assignments").related_model._default_manager
        return self.filter(pk__in=waits.filter(ended_on=None, accepted_on=None).values("case"))
