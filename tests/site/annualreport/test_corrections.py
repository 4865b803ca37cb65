"""更正 after publication: new figures and a note at the same address, the old version kept with its files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.annualreport import content, exports
from gongkai.annualreport.actions import (
    can_correct_report,
    compile_report,
    correct_report,
    drop_correction,
    edit_sections,
    publish,
    sign,
)
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.querysets import days_out
from gongkai.documents import blobs
from gongkai.publishing.models import Obligation
from gongkai_core.refusals import Refused

APRIL = date(2026, 4, 2)
REASON = "行政许可处理决定数量误填为1203件，应为1300件。"


def code_of(call: Callable[..., Any], *args: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **facts)
    return refused.value.refusal.code


def corrected(house: Any, full: Callable[..., dict[str, Any]]) -> Report:
    """A published report whose figure was wrong, corrected and published again."""
    report = house.published()
    report = correct_report(report, REASON, by=house.signatory, today=APRIL)
    house.frozen(2025, full(2025) | {"t2.license.decided": 1300})
    report = compile_report(2025, house.scope, by=house.author, today=APRIL)
    text = report.sections.get(number="1.1").text.replace("1203", "1300")
    report = edit_sections(report, {"1.1": text}, version=report.version, by=house.author, today=APRIL)
    report = sign(report, by=house.signatory, today=APRIL)
    return publish(report, by=house.publisher, today=APRIL)


def test_both_versions_stand_with_their_files_and_the_reason(
    finance: Any, full: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = corrected(finance, full)
    old, new = report.publications.all()
    assert (old.number, old.reason, new.number, new.reason) == (1, "", 2, REASON)
    citizen = Client()
    for page, license in ((report.get_absolute_url(), "1300"), (old.get_absolute_url(), "1203")):
        answer = citizen.get(page)
        assert f">{license}<" in answer.content.decode()
        assert REASON in answer.content.decode()
    current = citizen.get(report.get_absolute_url()).content.decode()
    assert "更正日期：2026年4月2日。" in current
    assert f'href="{old.get_absolute_url()}"' in current
    before = citizen.get(old.get_absolute_url()).content.decode()
    assert "这是更正前的版本" in before
    assert f'href="{report.get_absolute_url()}"' in before
    assert "更正日期" not in before
    for publication, license in ((old, 1203), (new, 1300)):
        address = publication.files.get(name="report.json").get_absolute_url()
        assert json.loads(citizen.get(address).content)["table"]["t2.license.decided"] == license
    assert json.loads(citizen.get(f"{report.get_absolute_url()}report.json").content)["correction"] == {
        "day": "2026年4月2日", "reason": REASON,
    }  # fmt: skip


def test_the_page_of_tables_says_the_day_of_correction(finance: Any, full: Any) -> None:
    report = corrected(finance, full)
    old, new = report.publications.all()
    pages = [
        Client().get(reverse("annualreport:tables", args=[report.public_id, one.number])).content.decode()
        for one in (old, new)
    ]
    assert "更正日期：2026-04-02" in pages[1]
    assert "更正日期" not in pages[0]
    assert [page.count("<caption") for page in pages] == [3, 3]


def test_what_is_published_is_what_was_stored(finance: Any, full: Any) -> None:
    report = corrected(finance, full)
    old, new = report.publications.all()
    assert content.published(new) == content.document(report)
    assert {file.name: blobs.read(file.blob) for file in new.files.all()} == exports.everything(report)
    assert content.published(old).values["t2.license.decided"] == 1203


def test_the_public_reads_the_old_version_while_the_new_is_in_work(finance: Any, full: Any) -> None:
    report = finance.published()
    before = Client().get(report.get_absolute_url()).content
    report = correct_report(report, REASON, by=finance.signatory, today=APRIL)
    finance.frozen(2025, full(2025) | {"t2.license.decided": 1300})
    report = compile_report(2025, finance.scope, by=finance.author, today=APRIL)
    edit_sections(report, {"1.4": "未公布的话。"}, version=report.version, by=finance.author, today=APRIL)
    assert Client().get(report.get_absolute_url()).content == before
    assert report.title in Client().get("/reports/").content.decode()


def test_a_correction_says_why_and_is_the_signers(finance: Any, education: Any) -> None:
    report = finance.signed()
    assert code_of(correct_report, report, REASON, by=finance.signatory, today=APRIL) == "not_published"
    report = publish(report, by=finance.publisher, today=date(2026, 1, 15))
    for stranger in (finance.author, finance.publisher, education.signatory):
        assert can_correct_report(report, by=stranger, today=APRIL).code == "needs_role"
    assert code_of(correct_report, report, "  ", by=finance.signatory, today=APRIL) == "no_reason"
    assert code_of(correct_report, report, "错" * 501, by=finance.signatory, today=APRIL) == "too_long"
    report = correct_report(report, REASON, by=finance.signatory, today=APRIL)
    assert code_of(correct_report, report, REASON, by=finance.signatory, today=APRIL) == "not_published"


def test_a_correction_that_corrects_nothing_is_not_signed(finance: Any) -> None:
    report = correct_report(finance.published(), REASON, by=finance.signatory, today=APRIL)
    assert code_of(sign, report, by=finance.signatory, today=APRIL) == "nothing_corrected"


def test_a_correction_given_up_leaves_what_was_published(finance: Any, full: Any) -> None:
    report = finance.published()
    before = exports.everything(report)
    report = correct_report(report, REASON, by=finance.signatory, today=APRIL)
    finance.frozen(2025, full(2025) | {"t2.license.decided": 1300})
    report = compile_report(2025, finance.scope, by=finance.author, today=APRIL)
    report = edit_sections(report, {"1.4": "改过。"}, version=report.version, by=finance.author, today=APRIL)
    report = drop_correction(report, by=finance.signatory, today=APRIL)
    assert report.state == ReportState.PUBLISHED
    assert exports.everything(Report.objects.get(pk=report.pk)) == before
    assert code_of(drop_correction, report, by=finance.signatory, today=APRIL) == "no_correction"


def test_the_day_it_first_came_out_is_the_day_that_counts(finance: Any, full: Any) -> None:
    report = corrected(finance, full)
    assert report.published_at.date() == date(2026, 1, 15)
    assert days_out([finance.agency.pk]) == {(finance.agency.pk, 2026): date(2026, 1, 15)}
    assert not Obligation.objects.filter(served_on=APRIL).exists()


def test_the_database_refuses_a_correction_without_a_reason(finance: Any, full: Any) -> None:
    report = corrected(finance, full)
    with pytest.raises(IntegrityError), transaction.atomic():
        report.publications.filter(number=2).update(reason="")


def test_corrected_at_the_screen(finance: Any, enter: Any) -> None:
    report = finance.published()
    signatory = enter(finance.signatory)
    desk = reverse("annualreport:desk_report", args=[report.public_id])
    assert "更正已公布的报告" in signatory.get(desk).content.decode()
    assert "更正已公布的报告" not in enter(finance.author).get(desk).content.decode()
    address = reverse("annualreport:desk_correct", args=[report.public_id])
    page = signatory.post(address, {"reason": ""})
    assert page.status_code == 200
    assert "请填写更正说明" in page.content.decode()
    signatory.post(address, {"reason": REASON})
    assert "公众仍看到原来的版本" in signatory.get(desk).content.decode()
    signatory.post(reverse("annualreport:desk_drop_correction", args=[report.public_id]))
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED


def test_another_organs_people_correct_nothing(finance: Any, county: Any, enter: Any) -> None:
    report = finance.published()
    client = enter(county.person("教育局", Role.SIGNATORY))
    for name in ("desk_correct", "desk_drop_correction"):
        assert client.post(reverse(f"annualreport:{name}", args=[report.public_id]), {"reason": "x"}).status_code == 404
