from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models.agency import Agency


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, day: date) -> DelegationQuerySet:
        """Those that run on a day; they end by themselves."""
        return self.filter(ended_at=None, valid_from__lte=day, valid_to__gte=day)


class Delegation(models.Model):
    """请假委托 (AB角): a person's deputy at one organ, from a day to a day (domain-spec §11.3 item 21).

    While it runs the deputy holds the person's posts there beside his own (`User.posts_on`), as himself: every rule
    that asks for different persons goes by who really acts.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations", verbose_name="委托人"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputising", verbose_name="受托人"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    set_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField("提前结束时间", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "请假委托"
        indexes = [models.Index(fields=["agency", "valid_to"], name="delegation_agency")]
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="delegation_to_another"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="delegation_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy} {self.valid_from}—{self.valid_to}"
