from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models

from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob


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
    """A paper chosen with a draft: kept sealed from the first moment, so that handing in moves no bytes.

    The file is nobody's but the draft's, and is erased with it; when the application is in, it is the case's.
    """

    draft = models.ForeignKey(ApplicationDraft, models.CASCADE, related_name="files")
    slot = models.CharField("材料", max_length=20)
    name = SealedTextField("文件名")
    """As the applicant calls it, shown to nobody else: it may name a person. The file's own is neutral."""
    blob = models.OneToOneField(Blob, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "草稿附件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.slot
