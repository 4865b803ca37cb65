from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Agency


class BudgetKind(models.TextChoices):
    BUDGET = "budget", "预算"
    ACCOUNTS = "accounts", "决算"


class BudgetApproval(models.Model):
    """预决算批复: on which day an organ's budget or final accounts were approved.

    From it run the twenty natural days within which they are made public (预算法第十四条).
    """

    DAYS = 20
    ARTICLE = "预算法第十四条"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="budget_approvals", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    """The year in which it is approved and published, not the one whose accounts they are."""
    kind = models.CharField("类别", max_length=10, choices=BudgetKind.choices)
    approved_on = models.DateField("批准（批复）日期")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_on = models.DateField("录入日期")

    class Meta:
        verbose_name = "预决算批复"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "kind"], name="budgetapproval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.year} {self.get_kind_display()}"

    @property
    def due_on(self) -> date:
        return self.approved_on + timedelta(days=self.DAYS)
