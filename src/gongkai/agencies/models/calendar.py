from django.conf import settings
from django.db import models


class DayKind(models.TextChoices):
    OFF = "off", "放假"
    WORK = "work", "调休上班"


class CalendarYear(models.Model):
    """The 放假安排 of one year as the office entered it, or a local holiday rule laid over it."""

    year = models.PositiveSmallIntegerField("年度")
    notice = models.CharField("文号", max_length=60)
    local = models.BooleanField("地方假日", default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间", auto_now=True)

    class Meta:
        verbose_name = "放假安排"
        ordering = ["year", "local"]
        constraints = [models.UniqueConstraint(fields=["year", "local"], name="calendar_once_per_year")]

    def __str__(self) -> str:
        return f"{self.year} 年{'地方假日' if self.local else '放假安排'}（{self.notice}）"


class CalendarRange(models.Model):
    """A range of days of one kind."""

    calendar = models.ForeignKey(CalendarYear, models.CASCADE, related_name="ranges")
    kind = models.CharField("类别", max_length=4, choices=DayKind.choices)
    first = models.DateField("起")
    last = models.DateField("止")
    name = models.CharField("名称", max_length=20, blank=True)

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="calendar_range_ordered")
        ]

    def __str__(self) -> str:
        return f"{self.first}—{self.last} {self.get_kind_display()}"
