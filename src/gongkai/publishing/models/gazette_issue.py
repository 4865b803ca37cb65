from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.models import RecordedInstruction
from gongkai_core.states.gazette import STATES


class GazetteIssueQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User, *, on: Any) -> GazetteIssueQuerySet:
        """The issues that exist for this person: those of `visible_agencies`."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def issued(self) -> GazetteIssueQuerySet:
        return self.filter(state="issued")


class GazetteIssue(models.Model):
    """One issue (期) of the government gazette (政府公报; 国办发〔2018〕22号): year, number and 总第N期."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="gazette_issues", verbose_name="主办机关")
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveSmallIntegerField("期号")
    serial = models.PositiveIntegerField("总期号")
    cover_date = models.DateField("封面日期")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编辑人")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="编排过的人")
    """Whoever has put a hand to it: none of them approves it."""
    state = models.CharField("状态", max_length=10, choices=list(STATES.items()), default="composing")
    round = models.PositiveSmallIntegerField("送批次数", default=0)
    algorithm = models.CharField(max_length=16, default="sha256")
    digest = models.CharField("摘要", max_length=64, blank=True)
    remarks = models.CharField("退回意见", max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField("送批时间", null=True)

    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    approved_at = models.DateTimeField("批准时间", null=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    secrecy_passed_at = models.DateTimeField("保密审查时间", null=True)
    instruction = models.ForeignKey(
        RecordedInstruction, models.PROTECT, null=True, related_name="+", verbose_name="代录批示"
    )
    issued_at = models.DateTimeField("出刊时间", null=True)

    objects = GazetteIssueQuerySet.as_manager()

    class Meta:
        verbose_name = "公报"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], condition=~Q(state="discarded"), name="gazette_number_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "serial"], condition=~Q(state="discarded"), name="gazette_serial_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued"])
                | Q(approved_by__isnull=False, secrecy_passed_at__isnull=False, approved_digest=F("digest"))
                & ~Q(digest=""),
                name="gazette_approved_as_it_is",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")), name="gazette_approved_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_at__isnull=False), name="gazette_issued_has_time"
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "public_id"], name="gazette_agency_state")]

    def __str__(self) -> str:
        return f"{self.name} {self.numbering}"

    def get_absolute_url(self) -> str:
        return reverse("publishing:gazette_issue", args=[self.public_id])

    @property
    def name(self) -> str:
        return f"{self.agency.name}公报"

    @property
    def numbering(self) -> str:
        """2026年第1期（总第12期）."""
        return f"{self.year}年第{self.number}期（总第{self.serial}期）"
