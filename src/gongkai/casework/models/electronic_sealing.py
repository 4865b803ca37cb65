from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.delivery import OfPaper, of_one_paper
from gongkai.casework.models.notice import Notice
from gongkai.casework.models.register_paper import RegisterPaper
from gongkai.documents.models import Blob, Certificate, CertificateKind


class ElectronicSealing(OfPaper):
    """电子用印: one electronic seal or signature on a paper, with the file before and after it.

    A sample was made with a test certificate: it is looked at and never sent.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="electronic_sealings")
    register_paper = models.ForeignKey(
        RegisterPaper, models.PROTECT, null=True, blank=True, related_name="electronic_sealings",
        verbose_name="台账文书",
    )  # fmt: skip
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+", verbose_name="证书")
    kind = models.CharField("种类", max_length=10, choices=CertificateKind.choices)
    is_sample = models.BooleanField("样张", default=False)
    algorithm = models.CharField("算法", max_length=30)
    before = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="签章前的文件")
    after = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="签章后的文件")
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="用印人")
    sealed_on = models.DateField("用印日期")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "电子用印"
        ordering = ["pk"]
        constraints = [
            of_one_paper("electronic_sealing_of_one_paper"),
            models.UniqueConstraint(
                fields=["notice", "kind"], condition=Q(is_sample=False), name="electronic_sealing_once"
            ),
            models.UniqueConstraint(
                fields=["register_paper", "kind"],
                condition=Q(is_sample=False),
                name="electronic_sealing_once_of_register",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate.name} {self.sealed_on}"
