"""制度库: the working rules of openness with what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.documents.models import Blob
from gongkai.registers.models.entry import RegisterEntry
from gongkai_core.refusals import Refusal

VALID, AMENDED, REPEALED = "有效", "有效（已修订）", "已废止"


class WorkRule(RegisterEntry):
    """工作制度: its name, number and text as made; what became of it later stands in its revisions."""

    docno = models.CharField("文号", max_length=60, blank=True)
    file = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="文本")

    FEEDS = "年报正文的制度建设（本年制定、修订、废止和现行有效的制度数）"

    class Meta(RegisterEntry.Meta):
        verbose_name = "工作制度"

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        if cls.objects.counted().filter(agency=agency, title=facts["title"], held_on=facts["held_on"]).exists():
            return Refusal("twice", f"“{facts['title']}”已经在库；修订、废止在它的页面登记")
        return None

    def strike_refusal(self) -> Refusal | None:
        if RuleRevision.objects.counted().filter(rule=self).exists():
            return Refusal("revised", "这项制度登记了修订或者废止：改登会把它们转过去；要划去，先划去修订、废止")
        return None

    def hand_on(self, to: Self) -> None:
        """The text stays with it unless a new one was brought."""
        RuleRevision.objects.filter(rule=self).update(rule=to)
        if to.file_id is None and self.file_id is not None:
            to.file = self.file
            to.save(update_fields=["file"])

    def revisions(self) -> models.QuerySet[Any]:
        return RuleRevision.objects.filter(rule=self).select_related("entered_by", "struck_out_by", "file")

    def standing_on(self, day: date) -> str:
        """有效, amended or repealed on a day: told from the revisions of that day."""
        kinds = {row.kind for row in RuleRevision.objects.counted().filter(rule=self, held_on__lte=day)}
        if RevisionKind.REPEALED in kinds:
            return REPEALED
        return AMENDED if RevisionKind.AMENDED in kinds else VALID

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("文号", self.docno)]


class RevisionKind(models.TextChoices):
    AMENDED = "amended", "修订"
    REPEALED = "repealed", "废止"


class RuleRevision(RegisterEntry):
    """制度修订: a working rule amended, with its new text, or repealed."""

    rule = models.ForeignKey(WorkRule, models.PROTECT, related_name="+", verbose_name="制度")
    RELATED = ("rule",)

    kind = models.CharField("修订或者废止", max_length=10, choices=RevisionKind.choices)
    docno = models.CharField("文号", max_length=60, blank=True)
    file = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="文本")

    class Meta(RegisterEntry.Meta):
        verbose_name = "制度修订"
        constraints = [
            models.UniqueConstraint(
                fields=["rule"], condition=models.Q(struck_out="", kind="repealed"), name="rulerevision_repealed_once"
            )
        ]

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        rule, day = facts["rule"], facts["held_on"]
        if rule.agency_id != agency.pk or rule.struck_out:
            return Refusal("foreign_rule", f"“{rule.title}”不在{agency.short_name}的制度库")
        if day < rule.held_on:
            return Refusal("before_made", f"日期 {day} 早于制定日期 {rule.held_on}")
        counted = cls.objects.counted().filter(rule=rule)
        if counted.filter(kind=RevisionKind.REPEALED).exists():
            return Refusal("repealed", "这项制度已经废止")
        if facts["kind"] == RevisionKind.REPEALED and counted.filter(held_on__gt=day).exists():
            return Refusal("amended_later", "在这一天以后还有修订，请核对日期")
        return None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("制度", self.rule.title), ("修订或者废止", self.get_kind_display()), ("文号", self.docno)]
