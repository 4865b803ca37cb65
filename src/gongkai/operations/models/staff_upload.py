from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.documents.models import Blob


class StaffUpload(models.Model):
    """A sheet of organs and staff between its pre-check and its import; the file itself is a sealed blob."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="表格")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    imported_at = models.DateTimeField("导入时间", null=True)

    class Meta:
        verbose_name = "机关人员表"

    def __str__(self) -> str:
        return str(self.blob)
