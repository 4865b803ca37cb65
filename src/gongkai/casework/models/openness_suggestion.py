from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case
from gongkai.casework.models.notice import Method
from gongkai.documents.cipher import SealedTextField
from gongkai.publishing.models import Item


class SuggestionResult(models.TextChoices):
    ACCEPTED = "accepted", "属实，应当主动公开"
    ALREADY = "already", "已经主动公开"
    DECLINED = "declined", "不属于主动公开范围"
    WITHDRAWN = "withdrawn", "建议人撤回"


NEEDS_ITEM = (SuggestionResult.ACCEPTED, SuggestionResult.ALREADY)


class OpennessSuggestion(models.Model):
    """主动公开建议: information given on application ought to be public for all (条例第四十四条第二款)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="openness_suggestions", verbose_name="机关")
    number = models.CharField("编号", max_length=60, unique=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="openness_suggestions", verbose_name="办件"
    )
    received_on = models.DateField("收到日")
    source = models.CharField("来源", max_length=60)
    subject = models.CharField("摘要", max_length=100)
    """For lists, without personal data."""
    suggester = SealedTextField("建议人", blank=True)
    contact = SealedTextField("联系方式", blank=True)
    words = SealedTextField("建议公开的信息")
    result = models.CharField("审核结果", max_length=10, choices=SuggestionResult.choices, blank=True)
    reason = SealedTextField("审核理由", blank=True)
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    examined_on = models.DateField("审核日", null=True, blank=True)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="openness_suggestions", verbose_name="公开条目"
    )
    item_linked_on = models.DateField("公开登记日", null=True, blank=True)
    told_on = models.DateField("告知日", null=True, blank=True)
    told_way = models.CharField("告知方式", max_length=12, choices=Method.choices, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "主动公开建议"
        indexes = [models.Index(fields=["agency", "received_on"], name="openness_agency_received")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", examined_on=None, examined_by=None)
                | (~Q(result="") & Q(examined_on__gte=F("received_on"), examined_by__isnull=False)),
                name="openness_examined_whole",
            ),
            models.CheckConstraint(
                condition=Q(item=None, item_linked_on=None)
                | Q(item__isnull=False, item_linked_on__isnull=False, result__in=NEEDS_ITEM),
                name="openness_item_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_on=None, told_way="") | (Q(told_on__isnull=False) & ~Q(told_way="")),
                name="openness_told_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def done(self) -> bool:
        """Examined, and public where it has to be."""
        return bool(self.result) and (self.item_id is not None or self.result not in NEEDS_ITEM)

    def get_absolute_url(self) -> str:
        return reverse("casework:openness_suggestion", args=[self.public_id])

    def as_record(self) -> Record:
        return Record(
            date=self.received_on,
            title=f"{self.number} {self.subject}",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
        )
