from django.conf import settings
from django.db import models

from gongkai.casework.models.case import Case


class CaseReminder(models.Model):
    """办件催办: whoever has the next step was urged on a day, at most once a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reminders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="催办人")
    on = models.DateField("催办日")
    told = models.CharField("催了谁", max_length=200)
    """Names of the staff, as they were that day."""

    class Meta:
        verbose_name = "办件催办"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "on"], name="casereminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.case} {self.on}"
