from django.conf import settings
from django.db import models

from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField


class CaseNote(models.Model):
    """办理备注: what those who work on a case tell each other; written once, sealed, never shown to the applicant.

    The database refuses a change. One is let through, the emptying of words that should not be there (§11.1 item 4).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    words = SealedTextField("备注")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    purged_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "办理备注"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.written_by} {self.written_at:%Y-%m-%d %H:%M}"
