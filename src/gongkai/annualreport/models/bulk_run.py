from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency


class BulkAct(models.TextChoices):
    """What is done for all organs at once."""

    FREEZE = "freeze", "冻结各单位的数"
    COMPILE = "compile", "编制各单位年报"
    CHECK = "check", "检查各单位年报"
    COLLECT = "collect", "收齐各单位年报"


class LineState(models.TextChoices):
    WAITING = "waiting", "待办"
    DONE = "done", "已办"
    FOUND = "found", "有问题"
    LEFT = "left", "不用办"
    REFUSED = "refused", "没有办成"


class BulkRun(models.Model):
    """One act over the reports of all organs (成批办理), carried out line by line by the outbox.

    Who started it may leave: the lines go on, and the page shows how far they are.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    act = models.CharField("事项", max_length=10, choices=BulkAct.choices)
    year = models.PositiveSmallIntegerField("年度")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    started_on = models.DateField("办理日期")
    started_at = models.DateTimeField("开始时间")

    class Meta:
        verbose_name = "成批办理"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["year"], name="annualreport_batch_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.get_act_display()}"


class BulkLine(models.Model):
    """What became of one organ's report in a batch."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    batch = models.ForeignKey(BulkRun, models.CASCADE, related_name="lines", verbose_name="成批办理")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    state = models.CharField("结果", max_length=10, choices=LineState.choices, default=LineState.WAITING)
    words = models.TextField("说明", blank=True)
    """What was done or found, or the refusal in its own words; one thing a line."""

    class Meta:
        verbose_name = "成批办理的单位"
        ordering = ["batch", "agency__path"]
        constraints = [models.UniqueConstraint(fields=["batch", "agency"], name="batch_line_once")]
        indexes = [models.Index(fields=["batch", "state"], name="batch_line_state")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.agency_id}"
