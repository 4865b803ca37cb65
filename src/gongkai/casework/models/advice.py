from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.remedy import Lawsuit, ReviewCase
from gongkai.documents.cipher import SealedTextField


class Advice(models.Model):
    """复议意见书 of a review body or 司法建议 of a court, on which the organ reports what it did (L41)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    review = models.ForeignKey(ReviewCase, models.PROTECT, null=True, blank=True, related_name="advice")
    lawsuit = models.ForeignKey(Lawsuit, models.PROTECT, null=True, blank=True, related_name="advice")
    number = models.CharField("来文文号", max_length=60)
    received_on = models.DateField("收到日")
    due_on = models.DateField("来文载明的期限", null=True, blank=True)
    gist = SealedTextField("意见、建议的内容")
    reported_on = models.DateField("函复日", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "意见书、司法建议"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None, lawsuit__isnull=False) | Q(review__isnull=False, lawsuit=None),
                name="advice_of_one_proceeding",
            ),
            models.CheckConstraint(
                condition=Q(reported_on=None) | Q(reported_on__gte=F("received_on")), name="advice_reported_after"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def row(self) -> ReviewCase | Lawsuit:
        found = self.review or self.lawsuit
        assert found is not None  # advice_of_one_proceeding
        return found

    @property
    def name(self) -> str:
        return "行政复议意见书" if self.review_id else "司法建议书"
