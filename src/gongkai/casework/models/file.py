from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.case import Case
from gongkai.documents.models import Blob


class FileKind(models.TextChoices):
    APPLICATION = "application", "申请书"
    IDENTITY = "identity", "身份证明"
    ATTACHMENT = "attachment", "申请附件"
    AUTHORITY = "authority", "委托书"
    ORAL_RECORD = "oral_record", "口头申请笔录（签名件）"
    CORRECTION = "correction", "补正材料"
    WITHDRAWAL = "withdrawal", "撤回书"
    OPINION = "opinion", "征求意见答复"
    PROVIDED = "provided", "提供的信息"
    ASSISTANCE = "assistance", "协办反馈"
    ORDER = "order", "复议决定书、判决书"
    ANSWER = "answer", "当时的答复原件"
    OTHER = "other", "其他材料"


class CaseFile(models.Model):
    """案卷材料: a paper of the volume. What comes from people is sealed."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    kind = models.CharField("材料", max_length=12, choices=FileKind.choices)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    received_on = models.DateField("收到日", null=True, blank=True)
    """Of a paper that came by itself; None for what came with something whose day is kept elsewhere."""
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "案卷材料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def on(self) -> date:
        """The day the index of the volume prints."""
        return self.received_on or timezone.localdate(self.added_at)
