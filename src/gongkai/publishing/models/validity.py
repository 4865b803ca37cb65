from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from gongkai.publishing.models.item import Item, Validity


class ValidityChangeQuerySet(models.QuerySet["ValidityChange"]):
    def effective(self) -> ValidityChangeQuerySet:
        """Without declarations that a later one took back (更正登记), and without those that take back."""
        taken_back = ValidityChange.objects.filter(
            item=OuterRef("item"), validity=Validity.IN_FORCE, pk__gt=OuterRef("pk")
        )
        return self.exclude(validity=Validity.IN_FORCE).exclude(Exists(taken_back))


class ValidityChange(models.Model):
    """One line of a document's history (修改沿革): amended, expired or repealed, since when and by which document.

    Rows are only ever added: a declaration made in error is followed by one that takes it back with its reason.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="validity_changes", verbose_name="文件")
    validity = models.CharField("有效性", max_length=10, choices=Validity.choices)
    since = models.DateField("自何日起", null=True)
    """Empty where a declaration is taken back."""
    document = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="validity_effects", verbose_name="依据的文件"
    )
    authority = models.CharField("依据", max_length=200, blank=True)
    """A document that is not among our items, by name and number."""
    remarks = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("办理时间")

    objects = ValidityChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "修改沿革"
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(validity="in_force", since__isnull=True) & ~Q(remarks="")
                | ~Q(validity="in_force") & Q(since__isnull=False),
                name="validitychange_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_validity_display()} {self.since or ''}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("a line of the history is written once")
        super().save(*args, **kwargs)
