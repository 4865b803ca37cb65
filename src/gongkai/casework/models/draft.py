from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models

from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField, open_bytes, seal_bytes


class ApplicationDraft(models.Model):
    """申请草稿: what a citizen has typed between the steps of the public form, sealed, for a short time.

    Found only by the random token of a cookie that is valid under /apply/ alone; a keyed digest of it stands here.
    It is no record: it is erased when it expires, and its answers as soon as the application is in.
    """

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    form_key = SealedTextField()
    """Goes with the form as a hidden field: proves that a POST comes from our page, and is the idempotency key."""
    answers_sealed = SealedTextField(blank=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    """The application that it became: its receipt can be seen until the draft expires."""
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "申请草稿"

    def __str__(self) -> str:
        return f"草稿（{self.expires_at:%Y-%m-%d %H:%M} 到期）"

    @property
    def answers(self) -> dict[str, Any]:
        return dict(json.loads(self.answers_sealed)) if self.answers_sealed else {}

    @answers.setter
    def answers(self, value: dict[str, Any]) -> None:
        self.answers_sealed = json.dumps(value, ensure_ascii=False)

    def expired(self, now: datetime) -> bool:
        return self.expires_at <= now


class DraftFile(models.Model):
    """A paper chosen with a draft; its bytes are sealed in the row, so that they vanish with it."""

    draft = models.ForeignKey(ApplicationDraft, models.CASCADE, related_name="files")
    slot = models.CharField("材料", max_length=20)
    name = SealedTextField("文件名")
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    content = models.BinaryField(editable=False)

    class Meta:
        verbose_name = "草稿附件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.slot} {self.size}"

    def seal(self, data: bytes) -> None:
        self.size, self.content = len(data), seal_bytes(data, self._belongs_to)

    def open(self) -> bytes:
        return open_bytes(bytes(self.content), self._belongs_to)

    @property
    def _belongs_to(self) -> str:
        return f"casework.draftfile/{self.draft_id}"
