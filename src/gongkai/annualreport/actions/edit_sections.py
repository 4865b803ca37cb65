from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import revisions
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.permissions import may_write
from gongkai.publishing.moments import moment
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第五十条"


def can_edit_sections(report: Report, *, by: User, today: date) -> Refusal | None:
    if refusal := may_write(report.agency, by=by, today=today):
        return refusal
    if report.state != ReportState.DRAFT:
        way = "有误的须办更正" if report.state == ReportState.PUBLISHED else "要改须先退回"
        return Refusal("not_draft", f"报告{report.get_state_display()}，正文不能直接改；{way}", "条例第四十九条")
    return None


@transaction.atomic
def edit_sections(report: Report, texts: Mapping[str, str], *, version: int, by: User, today: date) -> Report:
    """Set the text of parts (outline number → text); each one named here counts as edited by this person.

    Giving a drafted text back unchanged confirms it (核改). `version` is the report's as the editor read it: when
    somebody else has changed the report since, nothing is saved. Raises Refused; KeyError for an unknown part.
    """
    row = locked(report)
    if refusal := can_edit_sections(row, by=by, today=today):
        raise Refused(refusal)
    if row.version != version:
        raise Refused(Refusal("changed_meanwhile", "您打开后别人改过这份报告，您填的内容保留在下面，请核对后再保存"))
    sections = {section.number: section for section in row.sections.all()}
    for number, text in texts.items():
        section = sections[number]
        section.text = text.replace("\r\n", "\n").strip()
        section.edited, section.edited_by, section.edited_at = True, by, moment(today)
        section.save(update_fields=["text", "edited", "edited_by", "edited_at"])
    row.version += 1
    row.save(update_fields=["version"])
    revisions.keep(row, "核改", by=by, today=today)
    record("annualreport.edit", row, by=by, today=today, ground=GROUND, parts=sorted(texts))
    return row
