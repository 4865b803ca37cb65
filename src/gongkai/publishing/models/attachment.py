from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.documents.models import Blob
from gongkai.publishing.models.version import ItemVersion
from gongkai_core.reading.sniffing import ending_of

ADDRESS = "/disclosure/files/"
"""Where files of items are; a text names its pictures by it, and the same address holds before and after publication."""


class AttachmentKind(models.TextChoices):
    FILE = "file", "附件"
    PICTURE = "picture", "正文图片"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def public(self) -> AttachmentQuerySet:
        """Those of texts that the public reads now."""
        return self.filter(
            version__item__state="published", version__item__published_version=F("version")
        )  # fmt: skip

    def waiting(self) -> AttachmentQuerySet:
        """Brought while a text is being written, and in no version yet."""
        return self.filter(version=None)


class Attachment(models.Model):
    """附件: a file that goes with a version, or a picture inside its text; approved with it, withdrawn with it.

    `key` names the file in its address and stays when a new version takes the file over.
    """

    key = models.UUIDField("地址", default=new_public_id, editable=False)
    version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="attachments", verbose_name="版本")
    kind = models.CharField("类别", max_length=8, choices=AttachmentKind.choices, default=AttachmentKind.FILE)
    name = models.CharField("名称", max_length=120)
    alt = models.CharField("替代文字", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("序号", default=0)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="文件")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    brought_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="attachment_once_per_version")]
        indexes = [
            models.Index(fields=["key"], name="attachment_key"),
            models.Index(fields=["brought_at"], condition=Q(version=None), name="attachment_waiting"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind == AttachmentKind.PICTURE

    @property
    def ending(self) -> str:
        return ending_of(self.name).removeprefix(".")

    def get_absolute_url(self) -> str:
        """Its address, for ever: its bytes never change under it."""
        return reverse("publishing:file", args=[self.key, self.ending])
