"""Many at once (成批办理): one act over all organs' reports, carried out line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency, Installation, User
from gongkai.agencies.permissions import locked
from gongkai.annualreport import checks, exports, required
from gongkai.annualreport.actions.compile_report import compile_report
from gongkai.annualreport.models import BulkAct, BulkLine, BulkRun, Collection, LineState, Report, ReportState
from gongkai.annualreport.permissions import may_gather
from gongkai.annualreport.standing import reporting
from gongkai.design.words import day
from gongkai.documents import blobs
from gongkai.documents.models import Blob
from gongkai.outbox.queue import put_many
from gongkai.publishing.moments import moment
from gongkai.statistics.actions import freeze
from gongkai.statistics.compilation import frozen
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第三条、第四十九条"
TOPIC = "annualreport.batch"
Outcome = tuple[LineState, str]


def can_start_batch(act: str, year: int, *, by: User, today: date) -> Refusal | None:
    if refusal := may_gather(by=by, today=today):
        return refusal
    if today < Period.of_year(year).last:
        return Refusal("year_open", f"{year} 年度还没有过完，12 月 31 日起才能成批办理", GROUND)
    running = BulkRun.objects.filter(act=act, year=year, lines__state=LineState.WAITING).first()
    if running is not None:
        return Refusal("running", f"{running.get_act_display()}正在办，办完才能再来一次")
    return None


@transaction.atomic
def start_batch(act: str, year: int, *, by: User, today: date) -> BulkRun:
    """Begin an act over the reports of all organs; the lines are carried out by the outbox. Raises Refused."""
    User.objects.select_for_update().get(pk=by.pk)  # a double click starts one batch
    if refusal := can_start_batch(act, year, by=by, today=today):
        raise Refused(refusal)
    organs = _organs(BulkAct(act), year)
    if not organs:
        raise Refused(Refusal("no_organs", f"{year} 年度没有应当编制年报的单位", GROUND))
    batch = BulkRun.objects.create(
        act=BulkAct(act), year=year, started_by=by, started_on=today, started_at=moment(today)
    )
    lines = BulkLine.objects.bulk_create([BulkLine(batch=batch, agency=organ) for organ in organs])
    put_many((TOPIC, str(line.public_id), {"line": str(line.public_id)}) for line in lines)
    record("annualreport.batch", batch, by=by, today=today, ground=GROUND, act=act, year=year, organs=len(organs))
    return batch


def _organs(act: BulkAct, year: int) -> list[Agency]:
    """Those that owe a report; figures are frozen of the government's own level too, which has none of its own."""
    installation = Installation.current()
    organs = reporting(year)
    if act != BulkAct.FREEZE or installation is None or not organs:
        return organs
    return [installation.government, *organs]


@transaction.atomic
def carry_out(line: BulkLine) -> BulkLine:
    """Do what the batch is for one organ's report; a refusal is kept in its words. Done once, however often asked."""
    row = locked(line)
    if row.state != LineState.WAITING:
        return row
    batch = row.batch
    try:
        with transaction.atomic():
            row.state, row.words = ACTS[BulkAct(batch.act)](batch, Scope(row.agency, whole_region=False))
    except Refused as refused:
        row.state, row.words = LineState.REFUSED, str(refused)
    row.save(update_fields=["state", "words"])
    return row


def _report(batch: BulkRun, scope: Scope) -> Report | None:
    rows = Report.objects.select_related("agency", "snapshot").prefetch_related("sections")
    return rows.filter(agency=scope.agency, whole_region=False, year=batch.year).first()


def _freeze(batch: BulkRun, scope: Scope) -> Outcome:
    if snapshot := frozen(scope, batch.year):
        return LineState.LEFT, f"已于 {day(snapshot.frozen_at)} 冻结"
    freeze(batch.year, scope, by=batch.started_by, today=batch.started_on)
    return LineState.DONE, "已冻结"


def _compile(batch: BulkRun, scope: Scope) -> Outcome:
    if report := _report(batch, scope):
        return LineState.LEFT, f"已有年报，{report.get_state_display()}"
    compile_report(batch.year, scope, by=batch.started_by, today=batch.started_on)
    return LineState.DONE, "已编成草稿，待单位核改"


def _check(batch: BulkRun, scope: Scope) -> Outcome:
    report = _report(batch, scope)
    if report is None:
        raise Refused(Refusal("not_compiled", f"{batch.year} 年度的年报还没有编制", GROUND))
    found = list(findings(report))
    return (LineState.FOUND, "\n".join(found)) if found else (LineState.DONE, "没有发现问题")


def findings(report: Report) -> Iterator[str]:
    """All that the checks say of one report, a sentence each."""
    for finding in checks.cross_checks(report).findings:
        level = "不成立" if finding.level == "error" else "须说明"
        yield f"勾稽{level}：{finding.detail}（{finding.rule}）"
    if unfinished := checks.unfinished(report):
        yield f"没有写完或者核改：{'、'.join(unfinished)}"
    for one in required.missing(report):
        yield f"缺：{one.words}（{one.source}）"
    for note in checks.notes(report):
        yield f"{note.words}（{note.source}）"


def _collect(batch: BulkRun, scope: Scope) -> Outcome:
    report = _report(batch, scope)
    if report is None:
        raise Refused(Refusal("not_compiled", f"{batch.year} 年度的年报还没有编制", "条例第四十九条第一款"))
    if report.state == ReportState.DRAFT:
        raise Refused(Refusal("not_signed", "年报还没有签发，不能收", "条例第四十九条第一款"))
    digest = checks.digest(report)
    before = Collection.objects.filter(report=report).first()
    if before is not None and before.digest == digest:
        return LineState.LEFT, f"已于 {day(before.collected_on)} 收到，内容没有变化"
    facts = {
        "digest": digest,
        "blob": _file(report),
        "collected_by": batch.started_by,
        "collected_on": batch.started_on,
    }
    Collection.objects.update_or_create(report=report, defaults=facts)
    record("annualreport.collect", report, by=batch.started_by, today=batch.started_on, ground=GROUND, digest=digest)
    return LineState.DONE, "已收到" if before is None else "内容有变化，已重新收取"


def _file(report: Report) -> Blob:
    """The report as .docx: the published file, or made now of a signed one."""
    if report.state == ReportState.PUBLISHED and report.current is not None:
        return report.current.files.select_related("blob").get(name="report.docx").blob
    return blobs.store(exports.one(report, "docx"), name=f"{report.title}.docx", content_type=exports.TYPES["docx"])


ACTS: dict[BulkAct, Callable[[BulkRun, Scope], Outcome]] = {
    BulkAct.FREEZE: _freeze,
    BulkAct.COMPILE: _compile,
    BulkAct.CHECK: _check,
    BulkAct.COLLECT: _collect,
}
