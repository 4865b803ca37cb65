from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.case import Case, Timely
from gongkai.casework.models.remedy import Lawsuit, ReviewCase
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob
from gongkai_core.outcomes import OUTCOMES


class Redecision(models.Model):
    """重新答复: a case answered anew, by order of a review body or a court, or because the organ puts itself right.

    It has a clock of its own, from the day the order came in, and the clock events of its time belong to it. What the
    case counts as was fixed at its first closing and stays (domain-spec §11.4 item 29).
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="redecisions")
    review = models.ForeignKey(
        ReviewCase, models.PROTECT, null=True, blank=True, related_name="redecisions", verbose_name="行政复议"
    )
    lawsuit = models.ForeignKey(
        Lawsuit, models.PROTECT, null=True, blank=True, related_name="redecisions", verbose_name="行政诉讼"
    )
    reason = SealedTextField("要求或者理由", blank=True)
    """What the order wants, or why the organ corrects itself (without an order it must be said)."""
    paper = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定书、判决书"
    )
    received_on = models.DateField("收到日")
    term = models.PositiveSmallIntegerField("载明的期限", null=True, blank=True)
    term_in_workdays = models.BooleanField("按工作日", default=False)
    due_on = models.DateField("载明的最后一日", null=True, blank=True)
    """Set where the day is fixed from the first: an order's own term, or the old 条例. Else the clock tells it."""
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reopened_on = models.DateField("重新办理日")
    replied_on = models.DateField("重新答复日", null=True, blank=True)
    outcome = models.CharField(
        "重新答复结果", max_length=40, choices=[(o.code, o.label) for o in OUTCOMES.values()], blank=True
    )
    timely = models.CharField("办结情形", max_length=10, choices=Timely.choices, blank=True)

    class Meta:
        verbose_name = "重新答复"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(review=None) | Q(lawsuit=None), name="redecision_one_order"),
            models.UniqueConstraint(fields=["case", "review"], name="redecision_once_by_review"),
            models.UniqueConstraint(fields=["case", "lawsuit"], name="redecision_once_by_suit"),
            models.CheckConstraint(
                condition=Q(replied_on=None, outcome="", timely="")
                | (Q(replied_on__gte=F("received_on")) & ~Q(outcome="") & ~Q(timely="")),
                name="redecision_replied_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order or '自行纠正'} {self.received_on}"

    @property
    def order(self) -> ReviewCase | Lawsuit | None:
        return self.review or self.lawsuit

    @property
    def source(self) -> str:
        """What it rests on, in words: for the sum of its last day and the case page."""
        if self.review:
            return f"行政复议决定（{self.review.docket}）"
        return f"行政判决（{self.lawsuit.docket}）" if self.lawsuit else "本机关自行纠正的决定"
