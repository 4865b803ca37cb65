from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.publishing.models.version import ItemVersion


class Draw(models.Model):
    """A month's drawing (抽查) among what one organ made public; with its seed it can be drawn again."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="draws", verbose_name="机关")
    month = models.DateField("月份")
    """Its first day."""
    seed = models.CharField("种子", max_length=64)
    """The head of the trail at that moment: nobody could know it before, everybody can check it after."""
    candidates = models.PositiveIntegerField("备选条数")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = "抽查"
        constraints = [models.UniqueConstraint(fields=["agency", "month"], name="draw_once_a_month")]

    def __str__(self) -> str:
        return f"{self.agency} {self.month:%Y-%m}"


class SampleVerdict(models.TextChoices):
    PASSED = "passed", "没有问题"
    FINDING = "finding", "有问题"


class Sample(models.Model):
    """One version drawn: what the office found, and what the organ did about it."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="samples", verbose_name="抽查")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="samples", verbose_name="版本")
    verdict = models.CharField("结果", max_length=8, choices=SampleVerdict.choices, blank=True)
    remarks = models.CharField("问题", max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="抽查人"
    )
    checked_at = models.DateTimeField("抽查时间", null=True)
    answer = models.CharField("整改情况", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="整改人"
    )
    answered_at = models.DateTimeField("整改时间", null=True)

    class Meta:
        verbose_name = "抽查条目"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "version"], name="sample_once_a_draw"),
            models.CheckConstraint(condition=~Q(verdict="finding") | ~Q(remarks=""), name="sample_finding_says_what"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(verdict="finding", answered_at__isnull=False),
                name="sample_answer_to_finding",
            ),
        ]
        indexes = [
            models.Index(fields=["draw"], condition=Q(verdict=""), name="sample_unchecked"),
            models.Index(fields=["version"], condition=Q(verdict="finding", answer=""), name="sample_unanswered"),
        ]

    def __str__(self) -> str:
        return f"{self.draw}：{self.version}"
