from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.models.batch import Batch
from gongkai.publishing.models.version import ItemVersion


class Stage(models.TextChoices):
    REVIEW = "review", "审核（含保密审查）"
    SIGN = "sign", "签发"


class Approval(models.Model):
    """One approval (审批): a person other than the author, of one digest, at one stage. Written once."""

    version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="approvals", verbose_name="版本")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="approvals", verbose_name="批次")
    round = models.PositiveSmallIntegerField("送审次数")
    stage = models.CharField("环节", max_length=10, choices=Stage.choices)
    algorithm = models.CharField(max_length=16, default="sha256")
    digest = models.CharField("摘要", max_length=64)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审批人")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    secrecy_passed = models.BooleanField("保密审查通过", default=False)
    remarks = models.CharField("意见", max_length=500, blank=True)
    instruction = models.ForeignKey(
        RecordedInstruction, models.PROTECT, null=True, related_name="+", verbose_name="代录批示"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审批"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reviewer=F("author")), name="approval_never_by_author"),
            models.CheckConstraint(
                condition=Q(version__isnull=False, batch__isnull=True) | Q(version__isnull=True, batch__isnull=False),
                name="approval_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(stage="review") | Q(secrecy_passed=True), name="approval_review_holds_secrecy"
            ),
            models.UniqueConstraint(fields=["version", "round", "stage"], name="approval_once_per_version"),
            models.UniqueConstraint(fields=["batch", "round", "stage"], name="approval_once_per_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.digest[:12]}"
