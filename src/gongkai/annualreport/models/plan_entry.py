from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office


class PlanEntryQuerySet(models.QuerySet["PlanEntry"]):
    def for_user(self, user: User, *, on: date) -> PlanEntryQuerySet:
        """The entries that exist for this person: those of their organs or given to them; for the office, all."""
        if is_disclosure_office(user, on=on):
            return self.all()
        organs = {post.agency_id for post in user.business_posts_on(on)}
        return self.filter(Q(agency__in=organs) | Q(responsible__in=organs))

    def standing(self) -> PlanEntryQuerySet:
        """Not dropped."""
        return self.filter(dropped="")


class PlanEntryKind(models.TextChoices):
    KEY_TASK = "key_task", "重点工作"
    OWN = "own", "自定安排"
    RULE = "rule", "法定或惯例事项"


class PlanEntry(models.Model):
    """工作安排: an entry of the annual work calendar (年度工作日历) that a person wrote.

    A key task (重点工作) has the organ responsible and its day; an own entry is the organ's. `rule` names the computed
    entry of which a person said that it is done, where no ledger can tell.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="安排机关")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=10, choices=PlanEntryKind.choices)
    rule = models.CharField(max_length=40, blank=True)
    title = models.CharField("事项", max_length=120)
    source = models.CharField("依据", max_length=120, blank=True)
    responsible = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="责任单位")
    assisting = models.CharField("配合单位", max_length=200, blank=True)
    screen = models.CharField("打开的页面", max_length=40, blank=True)
    """A key of `screens.SCREENS`: where the work is done."""
    first = models.DateField("开始日期")
    due_on = models.DateField("完成期限")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_on = models.DateField("录入日期")
    done_on = models.DateField("完成日期", null=True)
    done_note = models.CharField("完成情况", max_length=300, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    dropped = models.CharField("撤销理由", max_length=200, blank=True)

    objects = PlanEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "工作安排"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "year", "due_on"], name="planentry_agency_year"),
            models.Index(fields=["responsible", "year", "due_on"], name="planentry_responsible_year"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "rule"],
                condition=~Q(rule="") & Q(dropped=""),
                name="planentry_rule_once",
            ),
            models.CheckConstraint(condition=Q(first__lte=F("due_on")), name="planentry_days_in_order"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="planentry_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="rule") & ~Q(rule="") | ~Q(kind="rule") & Q(rule=""), name="planentry_rule_named"
            ),
        ]

    def __str__(self) -> str:
        return self.title
