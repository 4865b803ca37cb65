from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.delivery import OfPaper, of_one_paper
from gongkai.casework.models.notice import Notice
from gongkai.casework.models.register_paper import RegisterPaper
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob


class Sealing(OfPaper):
    """用印登记: who put which seal on how many copies of a paper, and the scan that came back.

    The scan is compared with the approved version: pages, and words where it has any (domain-spec §11.6 item 43).
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="sealing")
    register_paper = models.OneToOneField(
        RegisterPaper, models.PROTECT, null=True, blank=True, related_name="sealing", verbose_name="台账文书"
    )
    seal = models.CharField("印章", max_length=60)
    sealed_on = models.DateField("用印日期")
    sealed_by = models.CharField("用印人", max_length=40)
    """Who keeps the seal; not always somebody with an account."""
    copies = models.PositiveSmallIntegerField("份数")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField(auto_now_add=True)
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="扫描件")
    pages_approved = models.PositiveSmallIntegerField("审定稿页数", null=True, blank=True)
    pages_scanned = models.PositiveSmallIntegerField("扫描件页数", null=True, blank=True)
    has_words = models.BooleanField("扫描件有文字层", default=False)
    differences_sealed = SealedTextField(blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="比对人"
    )
    accepted_on = models.DateField("比对日", null=True, blank=True)
    remarks = models.CharField("比对意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "用印登记"
        constraints = [of_one_paper("sealing_of_one_paper")]

    def __str__(self) -> str:
        return f"{self.seal} {self.sealed_on}"

    @property
    def differences(self) -> list[dict[str, Any]]:
        """Where the scan reads otherwise: {"approved", "scanned"}."""
        return list(json.loads(self.differences_sealed)) if self.differences_sealed else []

    @differences.setter
    def differences(self, value: list[dict[str, Any]]) -> None:
        self.differences_sealed = json.dumps(value, ensure_ascii=False) if value else ""

    @property
    def pages_agree(self) -> bool:
        return self.pages_approved is None or self.pages_approved == self.pages_scanned

    @property
    def agrees(self) -> bool:
        """Whether pages and words were both compared and are the same."""
        return self.has_words and self.pages_approved is not None and self.pages_agree and not self.differences

    @property
    def done(self) -> bool:
        """Stamped, scanned, and compared by the machine or by a person."""
        return self.scan_id is not None and (self.agrees or self.accepted_by_id is not None)
