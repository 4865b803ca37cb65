from django.db import models

from gongkai.agencies.identifiers import new_public_id


class Blob(models.Model):
    """A file, kept under its digest; sealed when it holds personal data."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    algorithm = models.CharField(max_length=16, default="sha256")
    digest = models.CharField("摘要", max_length=64)
    """Of the content as it was given, before sealing."""
    location = models.CharField(max_length=120)
    sealed = models.BooleanField("加密", default=False)
    purged_at = models.DateTimeField("清除时间", null=True, editable=False)
    """When its content was destroyed because a secret had got into it (泄露处置); the digest stays."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "文件"
        indexes = [models.Index(fields=["digest"], name="documents_blob_digest")]

    def __str__(self) -> str:
        return self.name
