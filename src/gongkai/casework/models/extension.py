from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.casework.models.case import Case
from gongkai.casework.models.notice import Notice
from gongkai.documents.models import RecordedInstruction


class Extension(models.Model):
    """延期: asked by the handler, agreed by the head of the disclosure work, then told (条例第三十三条第二款)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    reason = models.CharField("延期原因", max_length=300)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟延人")
    requested_on = models.DateField("拟延日")
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )
    agreed_on = models.DateField("同意日", null=True, blank=True)
    instruction = models.ForeignKey(RecordedInstruction, models.PROTECT, null=True, blank=True, related_name="+")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="extension")
    reply_by = models.DateField("延至", null=True, blank=True)

    class Meta:
        verbose_name = "延期"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(notice__isnull=True), name="extension_one_pending"),
            models.CheckConstraint(condition=~Q(agreed_by=F("requested_by")), name="extension_agreed_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.requested_on}"
