from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.documents.models.blob import Blob


class Channel(models.TextChoices):
    TELEPHONE = "telephone", "电话"
    PAPER = "paper", "纸质"
    MEETING = "meeting", "会议"


class RecordedInstruction(models.Model):
    """A leader's word entered by an office (代录批示; domain-spec §11.3 item 23).

    It counts as the leader's, never as the one's who entered it, and waits in a list until confirmed.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="instructions", verbose_name="机关")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批示人")
    channel = models.CharField("方式", max_length=10, choices=Channel.choices)
    given_at = models.DateTimeField("批示时间")
    words = models.CharField("原话", max_length=500)
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="扫描件")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "代录批示"
        constraints = [
            models.CheckConstraint(condition=~Q(leader=F("entered_by")), name="instruction_entered_by_another")
        ]

    def __str__(self) -> str:
        return f"{self.leader}：{self.words[:20]}"
