from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.case import Case
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import RecordedInstruction
from gongkai_core.outcomes import GROUNDS, OUTCOMES, Outcome


class Decision(models.Model):
    """答复决定: outcome, grounds and what satisfies its guards; from it follow letter, remedy and cell.

    A decision that is sent back and proposed anew is the same row; one that a court or a review body set aside
    becomes inactive and another one takes its place.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    active = models.BooleanField(default=True)
    redecision = models.ForeignKey(
        "casework.Redecision", models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="重新答复"
    )
    outcome = models.CharField("办理结果", max_length=40, choices=[(o.code, o.label) for o in OUTCOMES.values()])
    ground = models.CharField("主要理由", max_length=20, choices=list(GROUNDS.items()), blank=True)
    """For the single cell of the 2014 form (`cells_by_ground`)."""
    grounds = models.JSONField("其他理由", default=list, blank=True)
    """Outcome codes of the parts that are refused or not held, beside the one that counts (item 26)."""
    reason = SealedTextField("理由", blank=True)
    facts_sealed = SealedTextField(blank=True)
    remedy = models.CharField("救济途径", max_length=20, blank=True)
    """choice, review_first, review_only, none: what legal review chose where the law leaves it open."""
    remedy_reason = models.CharField("选定救济的理由", max_length=300, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟办人")
    drafted_on = models.DateField("拟办日")
    legal_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="法审人"
    )
    legal_reviewed_on = models.DateField("法审日", null=True, blank=True)
    legal_opinion = models.CharField("法审意见", max_length=500, blank=True)
    secrecy_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查人"
    )
    secrecy_reviewed_on = models.DateField("保密审查日", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    signed_on = models.DateField("签发日", null=True, blank=True)
    instruction = models.ForeignKey(
        RecordedInstruction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代录批示"
    )

    class Meta:
        verbose_name = "答复决定"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(active=True), name="decision_one_active"),
            models.CheckConstraint(condition=Q(outcome__in=list(OUTCOMES)), name="decision_outcome_known"),
            # A comparison with NULL is neither: these hold as soon as both persons are known.
            models.CheckConstraint(condition=~Q(signed_by=F("drafted_by")), name="decision_signed_by_another"),
            models.CheckConstraint(
                condition=~Q(legal_reviewed_by=F("drafted_by")), name="decision_legal_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(secrecy_reviewed_by=F("drafted_by")), name="decision_secrecy_reviewed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def rule(self) -> Outcome:
        return OUTCOMES[self.outcome]

    @property
    def facts(self) -> dict[str, Any]:
        """What satisfies the guards and fills the letter; sealed, since a search or a reason may name somebody."""
        return dict(json.loads(self.facts_sealed)) if self.facts_sealed else {}

    @facts.setter
    def facts(self, value: dict[str, Any]) -> None:
        self.facts_sealed = json.dumps(value, ensure_ascii=False)

    @property
    def discloses(self) -> bool:
        """Whether content leaves the house with it: then the secrecy review is a stop of its own (条例第十七条)."""
        return "G2" in self.rule.guards
