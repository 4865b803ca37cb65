from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.models.batch import Batch
from gongkai.publishing.models.version import ItemVersion
from gongkai_core.review_chain import KINDS


class Approval(models.Model):
    """One approval (审批): a person other than the author, of one digest, at one step of the frozen chain.

    Written once; a return to an earlier step makes those from there on void (`valid` false), and they stay on record.
    """

    version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="approvals", verbose_name="版本")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="approvals", verbose_name="批次")
    round = models.PositiveSmallIntegerField("送审次数")
    step = models.PositiveSmallIntegerField("环节序号")
    kind = models.CharField("环节类别", max_length=16, choices=list(KINDS.items()))
    name = models.CharField("环节", max_length=20)
    distinct = models.BooleanField("专人", default=False)
    """Whether the step asks for a person of its own, as the frozen chain says."""
    gates = models.JSONField("六关", default=list)
    valid = models.BooleanField("有效", default=True)
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
                condition=~Q(kind="secrecy_review") | Q(secrecy_passed=True), name="approval_of_secrecy_says_so"
            ),
            *(
                models.UniqueConstraint(
                    fields=[thing, "round", "step"], condition=Q(valid=True), name=f"approval_once_per_{thing}_step"
                )
                for thing in ("version", "batch")
            ),
            *(
                models.UniqueConstraint(
                    fields=[thing, "round", "reviewer"],
                    condition=Q(valid=True, distinct=True),
                    name=f"approval_distinct_persons_of_{thing}",
                )
                for thing in ("version", "batch")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"
