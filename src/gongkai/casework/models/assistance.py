from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency, User
from gongkai.casework.models.case import Case
from gongkai.casework.models.notice import Notice
from gongkai.casework.permissions import assisting_agencies
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob


class Held(models.TextChoices):
    """What an assisting unit says of the information: made or kept there, or not."""

    YES = "yes", "制作或者保存"
    PARTLY = "partly", "部分制作或者保存"
    NO = "no", "没有制作，也没有保存"


class Disclosable(models.TextChoices):
    YES = "yes", "可以公开"
    PARTLY = "partly", "部分可以公开"
    NO = "no", "不宜公开"
    UNSURE = "unsure", "由承办机关决定"


class AssistanceQuerySet(models.QuerySet["Assistance"]):
    def asked_of(self, user: User, *, on: date) -> AssistanceQuerySet:
        """What this person is asked for: by name, or because they answer for the organ. All else doesn't exist."""
        by_name = Q(person=user, agency__in=[post.agency_id for post in user.business_posts_on(on)])
        return self.filter(by_name | Q(person=None, agency__in=assisting_agencies(user, on=on)))

    def waiting(self) -> AssistanceQuerySet:
        return self.filter(answered_on=None, cancelled_on=None)


class Assistance(models.Model):
    """协办: a unit asked to search or help with a case, and its answer. It stops no clock (domain-spec §11.5 item 35).

    Who is asked sees this row and nothing else of the case: neither applicant nor request.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assistances")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="assistances", verbose_name="协办机关"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assistances",
        verbose_name="协办人",
    )
    """Somebody of the organ itself; without one the organ's registrars and handlers are asked."""
    unit = models.CharField("协办单位", max_length=100)
    """Its name as a letter prints it; with no organ behind it, a unit that answers on paper."""
    matter = models.CharField("协助检索的信息", max_length=300)
    """Without the applicant's data: it leaves the room of those who may see them."""
    due_on = models.DateField("反馈期限")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="请求人")
    asked_on = models.DateField("请求日")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="assistance")
    answered_on = models.DateField("反馈日", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    held = models.CharField("制作、保存情况", max_length=8, choices=Held.choices, blank=True)
    disclosable = models.CharField("公开意见", max_length=8, choices=Disclosable.choices, blank=True)
    words = SealedTextField("检索经过和依据", blank=True)
    paper = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反馈材料")
    cancelled_on = models.DateField("取消日", null=True, blank=True)

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        verbose_name = "协办"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["agency", "answered_on", "due_on"], name="assistance_agency_waits"),
            models.Index(fields=["person", "answered_on", "due_on"], name="assistance_person_waits"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, held="", answered_by=None)
                | (Q(answered_on__gte=F("asked_on"), cancelled_on=None, answered_by__isnull=False) & ~Q(held="")),
                name="assistance_answered_whole",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="assistance_due_after_asking"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.asked_on}"

    def get_absolute_url(self) -> str:
        return reverse("casework:assistance", args=[self.public_id])

    @property
    def waiting(self) -> bool:
        return self.answered_on is None and self.cancelled_on is None
