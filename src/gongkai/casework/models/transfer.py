from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField


class Transfer(models.Model):
    """转交: an application that named another organ and was delivered here by mistake, passed on before registration.

    条例 knows no transfer of an application: one that names this organ is answered here, if need be with the name of
    the organ that has the information (第三十六条第（五）项; domain-spec §2.2).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    from_agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name="误收机关")
    to_agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name="受理机关")
    old_number = models.CharField("原登记号", max_length=60)
    reason = SealedTextField("转交理由")
    came_in_on = models.DateField("误收机关收件日")
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="转交人")
    passed_on = models.DateField("转交日")

    class Meta:
        verbose_name = "转交"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_agency=F("to_agency")), name="transfer_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.old_number} {self.passed_on}"
