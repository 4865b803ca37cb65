from __future__ import annotations

import json
from datetime import datetime

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.documents.cipher import SealedTextField


class KeptReason(models.TextChoices):
    AUTOSAVE = "autosave", "自动保存"
    EXPIRED = "expired", "登录过期时提交"


class KeptForm(models.Model):
    """What a person typed on a page of the desk and could not send, or has not yet (未提交的填写).

    Sealed, theirs alone, short-lived; without files. It is no record: gone once the form is sent.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="填写人")
    page = models.CharField("页面", max_length=300)
    """Path and query of the page the form stands on."""
    target = models.CharField("提交地址", max_length=300)
    """Path the form is sent to."""
    reason = models.CharField("原因", max_length=8, choices=KeptReason.choices)
    fields_sealed = SealedTextField()
    saved_at = models.DateTimeField("保存时间")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "未提交的填写"
        constraints = [models.UniqueConstraint(fields=["person", "target", "reason"], name="keptform_one_each")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.target}"

    @property
    def values(self) -> list[tuple[str, str]]:
        """Names and values in the order of the form."""
        return [(name, value) for name, value in json.loads(self.fields_sealed)]

    @values.setter
    def values(self, pairs: list[tuple[str, str]]) -> None:
        self.fields_sealed = json.dumps(pairs, ensure_ascii=False)

    def expired(self, now: datetime) -> bool:
        return self.expires_at <= now


class ContactCard(models.Model):
    """消息设置: where else a person wants messages than on the desk, and when not to be disturbed (免打扰).

    Addresses are sealed: a telephone of one's own is personal data (个人信息保护法第五十一条).
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_card", verbose_name="人员"
    )
    email = SealedTextField("电子邮箱", blank=True)
    mobile = SealedTextField("手机号码", blank=True)
    wecom = SealedTextField("企业微信账号", blank=True)
    by_email = models.BooleanField("发电子邮件", default=False)
    by_sms = models.BooleanField("发短信", default=False)
    by_wecom = models.BooleanField("发企业微信", default=False)
    quiet_from = models.TimeField("免打扰起", null=True, blank=True)
    quiet_until = models.TimeField("免打扰止", null=True, blank=True)
    """Both empty: the office's own hours (`desk.quiet_hours`)."""

    class Meta:
        verbose_name = "消息设置"

    def __str__(self) -> str:
        return f"{self.person_id}"
