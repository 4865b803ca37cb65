"""Compile, edit, sign, publish: each refusal, and what the database itself refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Installation, Role
from gongkai.annualreport import checks, exports, required
from gongkai.annualreport.actions import (
    can_publish,
    can_return,
    can_sign,
    compile_report,
    edit_sections,
    publish,
    return_,
    sign,
)
from gongkai.annualreport.models import Report, ReportState
from gongkai.casework.models import FeeReceipt
from gongkai.documents import blobs
from gongkai.statistics.actions import explain, file, freeze
from gongkai.statistics.models import Filing
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

TODAY = date(2026, 1, 5)


def code_of(call: Callable[..., Any], *args: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **facts)
    return refused.value.refusal.code


def section(report: Report, number: str) -> Any:
    return report.sections.get(number=number)


def test_compiled_from_the_ledgers_as_frozen(finance: Any) -> None:
    file(finance.agency, 2025, {"t2.license.decided": 12}, by=finance.author, today=date(2025, 12, 20))
    snapshot = freeze(2025, finance.scope, by=finance.author, today=date(2025, 12, 31))
    report = compile_report(2025, finance.scope, by=finance.author, today=TODAY)
    assert (report.snapshot, report.state, report.edition) == (snapshot, ReportState.DRAFT, "2021")
    assert report.title == "青禾县财政局2025年政府信息公开工作年度报告"
    assert "行政许可决定12件" in section(report, "1.1").text
    assert "没有收到政府信息公开申请" in section(report, "1.2").text
    assert section(report, "6").text == "本年度未收取信息处理费。"


def test_nothing_is_compiled_before_the_figures_are_frozen(finance: Any) -> None:
    assert code_of(compile_report, 2025, finance.scope, by=finance.author, today=TODAY) == "not_frozen"


def test_a_snapshot_that_was_tampered_with_is_not_compiled(finance: Any) -> None:
    snapshot = finance.frozen(2025)
    snapshot.values["t2.license.decided"] = 9999
    snapshot.save()
    assert code_of(compile_report, 2025, finance.scope, by=finance.author, today=TODAY) == "snapshot_broken"


def test_only_its_writers_compile(finance: Any, education: Any) -> None:
    finance.frozen(2025)
    for stranger in (education.author, finance.publisher, finance.signatory):
        assert code_of(compile_report, 2025, finance.scope, by=stranger, today=TODAY) == "needs_role"


def test_the_regions_report_is_the_disclosure_offices(county: Any, finance: Any, full: Any) -> None:
    region = Scope(county.government, whole_region=True)
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    freeze(2025, region, by=office, today=date(2025, 12, 31))
    assert code_of(compile_report, 2025, region, by=finance.author, today=TODAY) == "needs_role"
    report = compile_report(2025, region, by=office, today=TODAY)
    assert report.title == "青禾县2025年政府信息公开工作年度报告"
    assert report.basis["left_out"] == ["青禾县税务局"]


@pytest.mark.parametrize("year", [2016, 2020, 2025])
def test_every_number_drafted_comes_from_the_snapshot(finance: Any, year: int) -> None:
    report = finance.compiled(year)
    figures = report.snapshot.figures
    known = {str(number) for number in (year, 711, 32, 60, 30)}
    for row in report.sections.exclude(number="0"):
        for cells, printed in row.figures:
            assert str(sum(figures[cell] for cell in cells.split("+"))) == printed
        noted = {printed for _, printed in row.figures}
        written = set(re.findall(r"\d+(?:\.\d+)?", row.text))
        assert written - known - {"12", "31"} <= noted


def test_compiling_again_keeps_what_a_person_has_edited(finance: Any, full: Any) -> None:
    report = finance.compiled()
    report = edit_sections(report, {"1.2": "按本局情况改写。"}, version=1, by=finance.author, today=TODAY)
    finance.frozen(2025, full(2025) | {"t2.license.decided": 1300})
    again = compile_report(2025, finance.scope, by=finance.author, today=TODAY)
    assert again.pk == report.pk
    assert section(again, "1.2").text == "按本局情况改写。"
    assert "行政许可决定1300件" in section(again, "1.1").text
    assert again.version == 3


def test_two_editors_never_overwrite_each_other(finance: Any, county: Any) -> None:
    report = finance.compiled()
    edit_sections(report, {"1.4": "甲"}, version=1, by=finance.author, today=TODAY)
    other = county.person("财政局", Role.DRAFTER)
    assert code_of(edit_sections, report, {"1.4": "乙"}, version=1, by=other, today=TODAY) == "changed_meanwhile"
    assert section(report, "1.4").text == "甲"


def test_signing_waits_until_a_person_has_gone_through_every_part(finance: Any) -> None:
    report = finance.compiled()
    refusal = can_sign(report, by=finance.signatory, today=TODAY)
    assert refusal is not None
    assert refusal.code == "unfinished"
    assert "平台建设" in refusal.message
    assert "主动公开" in refusal.message


def test_the_author_never_signs(finance: Any, county: Any) -> None:
    report = finance.written()
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    assert code_of(sign, report, by=finance.author, today=TODAY) == "needs_role"
    edit_sections(report, {"1.4": "办公室改过。"}, version=report.version, by=office, today=TODAY)
    assert code_of(sign, report, by=office, today=TODAY) == "own_work"
    assert sign(report, by=finance.signatory, today=TODAY).state == ReportState.SIGNED


def test_the_database_refuses_an_author_who_signs(finance: Any) -> None:
    report = finance.signed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(signed_by=finance.author)


def test_tables_that_do_not_hold_are_not_signed(finance: Any, full: Any) -> None:
    finance.frozen(2025, full(2025) | {"t3.r4.natural_person": 0})
    report = compile_report(2025, finance.scope, by=finance.author, today=TODAY)
    texts = {row.number: row.text or "已写。" for row in report.sections.all()}
    report = edit_sections(report, texts, version=report.version, by=finance.author, today=TODAY)
    assert code_of(sign, report, by=finance.signatory, today=TODAY) == "cross_checks"


def test_a_signed_report_is_changed_only_after_it_is_returned(finance: Any) -> None:
    report = finance.signed()
    facts = {"by": finance.author, "today": TODAY}
    assert code_of(edit_sections, report, {"1.4": "改"}, version=report.version, **facts) == "not_draft"
    assert code_of(compile_report, 2025, finance.scope, **facts) == "not_draft"
    assert code_of(return_, report, " ", by=finance.signatory, today=TODAY) == "no_reason"
    report = return_(report, "数要核对", by=finance.signatory, today=TODAY)
    assert (report.state, report.signed_by, report.signed_on) == (ReportState.DRAFT, None, None)
    edit_sections(report, {"1.4": "改"}, version=report.version, **facts)


def test_publishing_needs_a_signature_and_happens_once(finance: Any, education: Any) -> None:
    report = finance.written()
    assert code_of(publish, report, by=finance.publisher, today=TODAY) == "not_signed"
    report = sign(report, by=finance.signatory, today=TODAY)
    assert can_publish(report, by=finance.author, today=TODAY).code == "needs_role"
    assert can_publish(report, by=education.publisher, today=TODAY).code == "needs_role"
    report = publish(report, by=finance.publisher, today=TODAY)
    assert code_of(publish, report, by=finance.publisher, today=TODAY) == "not_signed"
    assert can_return(report, by=finance.signatory, today=TODAY).code == "not_signed"


def test_published_files_are_those_that_were_made(finance: Any) -> None:
    report = finance.published()
    expected = exports.everything(report)
    assert {file.name: blobs.read(file.blob) for file in report.current.files.all()} == expected


def test_what_changes_later_changes_nothing_printed(finance: Any, county: Any) -> None:
    file(finance.agency, 2025, {"t2.license.decided": 12}, by=finance.author, today=date(2025, 12, 20))
    freeze(2025, finance.scope, by=finance.author, today=date(2025, 12, 31))
    report = compile_report(2025, finance.scope, by=finance.author, today=TODAY)
    before = exports.everything(report)
    # The ledger moves on: the explanation and the figure of a filing are rows like a case closed late.
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    explain(2025, finance.scope, "t2.license.decided", "后来写的说明", by=office, today=TODAY)
    Filing.objects.filter(cell="t2.license.decided").update(value=99)
    report = Report.objects.get(pk=report.pk)
    assert exports.everything(report) == before
    assert json.loads(before["report.json"])["table"]["t2.license.decided"] == 12


def test_notes_name_what_to_look_at(finance: Any, county: Any) -> None:
    finance.written(2024)
    report = finance.written(2025)
    report = edit_sections(
        report, {"1.2": "全年新收申请很多。"}, version=report.version, by=finance.author, today=TODAY
    )
    words = [note.words for note in checks.notes(report)]
    assert any("48" in line and "不在正文里" in line for line in words)
    assert any("存在的主要问题及改进情况”与上年年报雷同" in line for line in words)


def test_a_governments_report_tells_the_three_results(county: Any) -> None:
    region = Scope(county.government, whole_region=True)
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    freeze(2025, region, by=office, today=date(2025, 12, 31))
    report = compile_report(2025, region, by=office, today=TODAY)
    assert [one.words for one in required.withheld(report)] == [
        "工作考核结果", "社会评议结果", "责任追究结果",
    ]  # fmt: skip
    texts = {row.number: row.text or "已写。" for row in report.sections.all()}
    report = edit_sections(report, texts, version=report.version, by=office, today=TODAY)
    refusal = can_sign(report, by=county.person("县政府", Role.SIGNATORY), today=TODAY)
    assert refusal is not None
    assert (refusal.code, refusal.article) == ("missing_items", "条例第五十条第一款第（四）项")
    assert "社会评议结果" in refusal.message


def test_every_act_is_in_the_trail(finance: Any) -> None:
    report = finance.published()
    verbs = Entry.objects.filter(object_id=str(report.public_id)).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["annualreport.compile", "annualreport.edit", "annualreport.sign", "annualreport.publish"]
    assert verify().holds


def test_fees_are_told_from_receipts(finance: Any) -> None:
    for fen, day in ((30_000, date(2025, 3, 1)), (12_050, date(2025, 9, 1)), (99_900, date(2026, 1, 2))):
        FeeReceipt.objects.create(agency=finance.agency, amount_fen=fen, paid_on=day)
    report = finance.compiled()
    assert section(report, "6").text == "本年度收取信息处理费2件，合计420.5元。"


def test_site_and_contact_stand_in_the_preamble(finance: Any) -> None:
    Installation.objects.update(domain="www.qinghe.example")
    finance.agency.address, finance.agency.phone = "青禾县人民路1号", "0000-7654321"
    finance.agency.save()
    text = section(finance.compiled(), "0").text
    assert "www.qinghe.example" in text
    assert "青禾县人民路1号，电话：0000-7654321" in text
    assert "2025年1月1日至2025年12月31日" in text
