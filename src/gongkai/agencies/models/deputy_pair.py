from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models.agency import Agency


class DeputyPairQuerySet(models.QuerySet["DeputyPair"]):
    def standing(self) -> DeputyPairQuerySet:
        return self.filter(ended_at=None)


class DeputyPair(models.Model):
    """AB角: who stands in for a person at one organ whenever that person is away (domain-spec §11.3 item 21).

    A standing arrangement lends nothing by itself: the B acts and is told while a `Delegation` runs, which takes one
    press; for a day the B may begin it himself.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputy_pairs", verbose_name="A 角"
    )
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="B 角")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    set_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = DeputyPairQuerySet.as_manager()

    class Meta:
        verbose_name = "AB角"
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="deputy_pair_of_two"),
            models.UniqueConstraint(
                fields=["agency", "person"], condition=Q(ended_at__isnull=True), name="deputy_pair_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（A）{self.deputy}（B）"
