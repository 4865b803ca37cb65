from django.conf import settings
from django.db import models

from gongkai.casework.models.case import Case


class LedgerClosing(models.Model):
    """台账办结: a case that was answered before this site and stands as the office's old ledger tells it.

    Its decision names whoever entered the row as the one who drafted it: who did so then, the ledger doesn't say.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="ledger_closing")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_on = models.DateField("录入日")

    class Meta:
        verbose_name = "台账办结"

    def __str__(self) -> str:
        return f"{self.case} {self.entered_on}"
