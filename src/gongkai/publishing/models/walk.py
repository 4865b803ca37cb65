from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai_core.review_chain import Chain, Step
from gongkai_core.states.items import STATES

EVER_PUBLIC = ("published", "superseded", "withdrawn")


class Walk(models.Model):
    """What a version and a batch have in common on their way through a review chain (审核链).

    The chain in force at submission is frozen in `chain` for that round. `position` counts the steps done, and so is
    the place of the step that waits; `waits_for` is that step's role, for the queues.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    state = models.CharField("状态", max_length=12, choices=list(STATES.items()), default="draft")
    algorithm = models.CharField(max_length=16, default="sha256")
    digest = models.CharField("摘要", max_length=64)
    round = models.PositiveSmallIntegerField("送审次数", default=0)
    submitted_at = models.DateTimeField("送审时间", null=True)
    chain = models.JSONField("审核链", default=dict)
    position = models.PositiveSmallIntegerField("已办环节", default=0)
    sign_at = models.PositiveSmallIntegerField("签发环节", null=True)
    """The place of the signature in the frozen chain, so that the database can tell whether a step was left out."""
    waits_for = models.CharField("等候角色", max_length=20, blank=True)
    urgent_reason = models.CharField("紧急事由", max_length=200, blank=True)
    """Why the short chain was taken; empty for the ordinary one."""
    recheck_by = models.DateField("补审期限", null=True)
    """The last day of the steps deferred until after publication; null when none is open."""
    remarks = models.CharField("退回意见", max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=EVER_PUBLIC)
                | Q(sign_at__isnull=False, sign_at__gte=1, position__gt=F("sign_at")),
                name="%(class)s_public_left_no_step_out",
            ),
        ]

    @property
    def frozen_chain(self) -> Chain:
        """The chain of this round; without steps before the first submission."""
        return Chain.from_data(self.chain)

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.frozen_chain.steps

    @property
    def current_step(self) -> Step | None:
        """The step that waits, or None."""
        return self.steps[self.position] if self.waits_for else None

    @property
    def standing(self) -> str:
        """待审核（复审、二校）: the word of the state, and the step that waits where that says more."""
        words, step = str(STATES[self.state]), self.current_step
        if step is None:
            return words
        return f"{words}（待{step.label}）" if step.deferred else f"{words}（{step.label}）"
