from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency
from gongkai.annualreport.querysets import ReportQuerySet
from gongkai.statistics.models import Snapshot

if TYPE_CHECKING:
    from gongkai.annualreport.models.published_version import PublishedVersion


class ReportState(models.TextChoices):
    DRAFT = "draft", "编写中"
    SIGNED = "signed", "已签发"
    PUBLISHED = "published", "已公布"


class Report(models.Model):
    """年度报告: one organ's report of one year, over frozen figures (条例第四十九条、第五十条).

    Its numbers are those of `snapshot` and never change when a case is closed later. Lateness is nowhere stored:
    it follows from `publishing.report_days.due_on`. A published report that is corrected goes the same way again, and
    each version that came out stays (`PublishedVersion`).
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="annual_reports", verbose_name="机关")
    whole_region = models.BooleanField("全域")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.CharField("表式", max_length=4)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name="年末快照")
    basis = models.JSONField("其他依据", default=dict)
    """What is printed besides the form's cells, as it stood at compilation: see `basis.gather`."""
    title = models.CharField("标题", max_length=150)
    state = models.CharField("状态", max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    compiled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编制人")
    compiled_on = models.DateField("编制日期")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    signed_on = models.DateField("签发日期", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="公布人"
    )
    published_at = models.DateTimeField("公布时间", null=True)
    """When it first came out; each correction's own time is its publication's."""
    correction_reason = models.CharField("更正说明", max_length=500, blank=True)
    """Why this version differs from the one published before it; blank until something is corrected."""
    version = models.PositiveIntegerField(default=1, editable=False)
    """Counts changes, so that two editors never overwrite each other unseen."""

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "年度报告"
        indexes = [models.Index(fields=["agency", "year"], name="annualreport_agency_year")]
        constraints = [
            models.UniqueConstraint(fields=["agency", "whole_region", "year"], name="annualreport_once_a_year"),
            models.CheckConstraint(condition=~Q(signed_by=F("compiled_by")), name="annualreport_signed_by_another"),
            models.CheckConstraint(
                condition=Q(state="draft", signed_by__isnull=True, signed_on__isnull=True)
                | Q(state__in=["signed", "published"], signed_by__isnull=False, signed_on__isnull=False),
                name="annualreport_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=False, published_at__isnull=False)
                & (Q(state="published") | ~Q(correction_reason=""))
                | (
                    ~Q(state="published")
                    & Q(published_by__isnull=True, published_at__isnull=True, correction_reason="")
                ),
                name="annualreport_published_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public address, for ever."""
        return reverse("annualreport:report", args=[self.public_id])

    @property
    def scope(self) -> Scope:
        return Scope(self.agency, self.whole_region)

    @property
    def is_out(self) -> bool:
        """Whether the public has it, in its newest published version, also while a correction is in work."""
        return self.published_at is not None

    @property
    def in_correction(self) -> bool:
        """A published report that is being corrected; the public still reads the version before."""
        return self.is_out and self.state != ReportState.PUBLISHED

    @property
    def current(self) -> PublishedVersion | None:
        """The newest published version."""
        return self.publications.order_by("-number").select_related("snapshot", "report").first()

    @property
    def signed_or_compiled_on(self) -> date:
        """The day printed under the report: 成文日期, until then the day of the draft."""
        return self.signed_on or self.compiled_on

    def year_before(self) -> Report | None:
        """The same organ's report of the year before."""
        return Report.objects.filter(agency=self.agency_id, whole_region=self.whole_region, year=self.year - 1).first()
