from __future__ import annotations

import base64
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models.blob import Blob
from gongkai_core.refusals import Refusal

WARN_DAYS = 30
"""Days before its end from which a certificate asks to be renewed."""
LAW = "电子签名法第十三条"


class CertificateKind(models.TextChoices):
    SEAL = "seal", "单位印章"
    SIGNATURE = "signature", "个人签名"


class Certificate(models.Model):
    """数字证书: what an organ's electronic seal, or a person's electronic signature, is made with.

    Retired, never deleted: papers sealed with it are checked by it for good.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="certificates", verbose_name="机关")
    kind = models.CharField("种类", max_length=10, choices=CertificateKind.choices)
    name = models.CharField("印章名称", max_length=60)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签名人"
    )
    """Whose signature it makes; an organ's seal is nobody's."""
    basis = models.CharField("制发依据", max_length=100, blank=True)
    """The office and paper that issued the seal."""
    subject = models.CharField("证书主体", max_length=300)
    issuer = models.CharField("颁发者", max_length=300)
    serial = models.CharField("证书序列号", max_length=64)
    algorithm = models.CharField("算法", max_length=30)
    valid_from = models.DateTimeField("有效期起")
    valid_until = models.DateTimeField("有效期止")
    is_test = models.BooleanField("测试证书", default=False)
    """Issued by nobody but itself: what it seals is a sample (样张 无效)."""
    certificate = models.TextField("证书")
    """PEM; it is public."""
    key_sealed = SealedTextField("密钥", blank=True)
    """PKCS#12 in base64. A person's stays under its own password, an organ's is opened by the installation; empty
    where the seal service keeps it, and once the certificate is retired."""
    at_service = models.BooleanField("密钥由统一电子印章系统保管", default=False)
    picture = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="印模")
    width_mm = models.PositiveSmallIntegerField("印模宽度（毫米）", default=42)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    added_on = models.DateField("录入日期")
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="停用人"
    )
    retired_on = models.DateField("停用日期", null=True, blank=True)
    retire_reason = models.CharField("停用原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "数字证书"
        ordering = ["agency", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "issuer", "serial"],
                condition=Q(retired_on__isnull=True),
                name="certificate_once_in_force",
            ),
            models.CheckConstraint(
                condition=Q(kind="seal", holder__isnull=True) | Q(kind="signature", holder__isnull=False),
                name="certificate_signature_has_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.serial}）"

    @property
    def pkcs12(self) -> bytes:
        return base64.b64decode(self.key_sealed)

    @pkcs12.setter
    def pkcs12(self, data: bytes) -> None:
        self.key_sealed = base64.b64encode(data).decode()

    @property
    def first_day(self) -> date:
        return timezone.localtime(self.valid_from).date()

    @property
    def last_day(self) -> date:
        return timezone.localtime(self.valid_until).date()

    def unusable(self, on: date) -> Refusal | None:
        """Why nothing can be sealed with it on this day, or None."""
        if self.retired_on:
            return Refusal("retired", f"证书已于 {self.retired_on} 停用：{self.retire_reason}", LAW)
        if on < self.first_day:
            return Refusal("not_yet_valid", f"证书自 {self.first_day} 起有效，今天还不能用", LAW)
        if on > self.last_day:
            return Refusal("expired", f"证书已于 {self.last_day} 到期，请换新证书", LAW)
        return None

    def lamp(self, on: date) -> tuple[str, str]:
        """Colour and words: retired is off, unusable red, soon to end yellow."""
        if self.retired_on:
            return "off", f"{self.retired_on} 停用"
        if on < self.first_day:
            return "red", f"自 {self.first_day} 起有效"
        if on > self.last_day:
            return "red", f"{self.last_day} 已到期"
        left = (self.last_day - on) // timedelta(days=1)
        return ("yellow" if left <= WARN_DAYS else "green"), f"有效至 {self.last_day}（剩 {left} 天）"
