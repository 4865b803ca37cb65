from django.db import models

from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case


class SubjectSign(models.Model):
    """摘要字组: one pair of signs of an answered case's subject, by which similar ones are found.

    Of the subject, which is in the clear and names nobody; the request itself is sealed and leaves no trace here.
    """

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="signs")
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="+")
    pair = models.CharField(max_length=2)

    class Meta:
        verbose_name = "摘要字组"
        constraints = [models.UniqueConstraint(fields=["case", "pair"], name="subjectsign_once")]
        indexes = [
            models.Index(fields=["agency", "pair", "case"], name="subjectsign_of_organ"),
            models.Index(fields=["pair", "case"], name="subjectsign_anywhere"),
        ]

    def __str__(self) -> str:
        return self.pair
