from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency


class SecrecyLevel(models.TextChoices):
    """密级 (保守国家秘密法第十四条) and work secrets (第六十四条)."""

    TOP = "top", "绝密"
    SECRET = "secret", "机密"
    CONFIDENTIAL = "confidential", "秘密"
    WORK = "work", "工作秘密"


class SecretReference(models.Model):
    """A secret document by reference only (涉密文件引用): 代称, level, number, place; never its title or text.

    It exists so that the numbers of an organ's documents run without gaps (domain-spec §11.1 item 3).
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    alias = models.CharField("代称", max_length=20)
    level = models.CharField("密级", max_length=12, choices=SecrecyLevel.choices)
    docno = models.CharField("发文字号", max_length=60)
    place = models.CharField("存放处", max_length=60)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)
    struck_out = models.CharField("划去理由", max_length=100, blank=True)

    class Meta:
        verbose_name = "涉密文件引用"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "docno"], condition=models.Q(struck_out=""), name="secretreference_docno_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.docno} {self.alias}"
