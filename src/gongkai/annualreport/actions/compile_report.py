from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import User
from gongkai.annualreport import basis, drafting, outline, revisions
from gongkai.annualreport.models import Report, ReportState, Section
from gongkai.annualreport.permissions import may_write
from gongkai.publishing.report_days import is_governments
from gongkai.statistics.compilation import frozen
from gongkai.statistics.models import Snapshot
from gongkai.statistics.permissions import may_change
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第四十九条、第五十条"


def can_compile_report(year: int, scope: Scope, *, by: User, today: date) -> Refusal | None:
    """A report is compiled from frozen figures, by who writes it, while it is not yet signed."""
    if refusal := may_write(scope.agency, by=by, today=today):
        return refusal
    if scope.whole_region and (refusal := may_change(scope, by=by, today=today)):
        return refusal
    snapshot = frozen(scope, year)
    if snapshot is None:
        return Refusal("not_frozen", f"{year} 年度的数还没有冻结，请先在统计表中冻结", GROUND)
    if not snapshot.holds:
        return Refusal("snapshot_broken", "冻结的数与其摘要不符，不能据以编制，请报安全管理员", "条例第五十条")
    existing = Report.objects.filter(agency=scope.agency, whole_region=scope.whole_region, year=year).first()
    if existing and existing.state != ReportState.DRAFT:
        return Refusal("not_draft", f"{year} 年度的报告{existing.get_state_display()}，不能重新编制", GROUND)
    return None


@transaction.atomic
def compile_report(year: int, scope: Scope, *, by: User, today: date) -> Report:
    """Compile the year's report from the newest frozen snapshot, with its outline and drafted sentences.

    Compiling again takes the newest snapshot and drafts anew what nobody has edited; edited text stays.
    Raises Refused.
    """
    if refusal := can_compile_report(year, scope, by=by, today=today):
        raise Refused(refusal)
    snapshot = frozen(scope, year)
    assert snapshot is not None
    report, created = Report.objects.select_for_update().get_or_create(
        agency=scope.agency,
        whole_region=scope.whole_region,
        year=year,
        defaults={
            "edition": snapshot.edition,
            "snapshot": snapshot,
            "title": title_of(scope, year),
            "basis": basis.gather(snapshot),
            "compiled_by": by,
            "compiled_on": today,
        },
    )
    if not created:
        report.snapshot, report.basis = snapshot, basis.gather(snapshot)
        report.compiled_by, report.compiled_on = by, today
        report.version = F("version") + 1
        report.save(update_fields=["snapshot", "basis", "compiled_by", "compiled_on", "version"])
        report.refresh_from_db()
    _draft_sections(report, snapshot)
    revisions.keep(report, "编制", by=by, today=today)
    record(
        "annualreport.compile", report, by=by, today=today, ground=GROUND, year=year, whole_region=scope.whole_region,
        snapshot=snapshot.digest,
    )  # fmt: skip
    return report


def title_of(scope: Scope, year: int) -> str:
    """The title 30号 prescribes: 某县2025年政府信息公开工作年度报告; an organ's own report bears its name."""
    name = scope.agency.name
    if is_governments(scope):
        name = name.removesuffix("人民政府")
        # Two reports of one name must not stand side by side: the government's own figures say so.
        name += "" if scope.whole_region else "本级"
    return f"{name}{year}年政府信息公开工作年度报告"


def _draft_sections(report: Report, snapshot: Snapshot) -> None:
    """Write the outline's parts, leaving alone what a person has edited."""
    agency = snapshot.agency
    facts = drafting.Facts(agency.name, report.year, report.edition, report.whole_region, report.basis)
    figures = snapshot.figures
    for position, part in enumerate(outline.parts(report.edition)):
        if not part.prose:
            continue
        text, used = drafting.draft(part.number, figures, facts)
        fields = {"position": position, "heading": part.heading, "drafted": text, "figures": used}
        section, created = Section.objects.get_or_create(
            report=report, number=part.number, defaults={**fields, "text": text}
        )
        if not created:
            kept = {} if section.edited else {"text": text}
            Section.objects.filter(pk=section.pk).update(**fields, **kept)
