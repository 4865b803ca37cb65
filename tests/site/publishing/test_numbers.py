"""索引号 by each organ's rule, never twice; 文号 without unexplained gaps; secret documents by reference only."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.models import GapExplanation, Item, Numbering, SecretReference
from gongkai.publishing.numbers import rule_for
from gongkai.trail.models import Entry
from gongkai_core.docnos import parse
from gongkai_core.refusals import Refused

from .test_metadata import CLOSED

pytestmark = pytest.mark.django_db

MARCH, MAY = date(2026, 3, 2), date(2026, 5, 4)


@pytest.fixture
def office(county):
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


def published(chain, day=MARCH):
    return chain.published(today=day).item.index_no


def test_an_organs_own_rule_stands_over_the_installations(finance, education, office):
    code = finance.agency.code
    assert published(finance) == f"{code}/2026-00001"
    actions.set_numbering(None, pattern="{code}-{year}{month}-{serial:04d}", reset="month", by=office, today=MARCH)
    own = "{code}.{catalogue}.{serial}"
    actions.set_numbering(education.agency, pattern=own, reset="never", by=office, today=MARCH)
    assert published(finance) == f"{code}-202603-0001"
    assert published(finance, MAY) == f"{code}-202605-0001"
    assert [published(education), published(education, MAY)] == [f"{education.agency.code}.A2001.{n}" for n in (1, 2)]
    actions.drop_numbering(education.agency, by=office, today=MAY)
    assert published(education, MAY) == f"{education.agency.code}-202605-0001"
    assert Entry.objects.filter(verb__in=["publishing.set_numbering", "publishing.drop_numbering"]).count() == 3


def test_no_number_comes_twice_whatever_rules_come_and_go(finance, office):
    """The same pattern counted by year, then never anew, then by year again."""
    pattern = "{code}/{year}-{serial:05d}"
    given = [published(finance), published(finance)]
    for reset in ("never", "year"):
        actions.set_numbering(finance.agency, pattern=pattern, reset=reset, by=office, today=MARCH)
        given += [published(finance), published(finance)]
    assert given == [f"{finance.agency.code}/2026-{n:05d}" for n in range(1, 7)]


def test_a_number_is_checked_by_the_organs_own_rule(finance):
    finance.agency.code = "119999990000000020"  # a check digit that does not hold
    finance.agency.save()
    version = finance.reviewed(today=MARCH)
    with pytest.raises(Refused, match="统一社会信用代码校验不符"):
        actions.sign_and_publish(version, by=finance.publisher, today=MARCH)
    assert not Item.objects.public().exists()


def test_rules_are_previewed_and_set_by_the_office_alone(finance, county, office, enter):
    published(finance)
    page, desk = reverse("publishing:desk_numbering"), enter(office)
    given = {"agency": finance.agency.pk, "pattern": "{code}/{year}-{serial:05d}", "reset": "year"}
    text = desk.post(page, {**given, "preview": "1"}).content.decode()
    year = date.today().year
    expected = 2 if year == 2026 else 1
    assert f"{finance.agency.code}/{year}-{expected:05d}" in text
    assert not Numbering.objects.exists()
    assert "须有机关代码和流水号" in desk.post(page, {**given, "pattern": "{year}-1", "save": "1"}).content.decode()
    desk.post(page, {**given, "pattern": "{code}_{year}_{serial:03d}", "save": "1"})
    assert rule_for(finance.agency).pattern == "{code}_{year}_{serial:03d}"
    assert rule_for(None).pattern != rule_for(finance.agency).pattern
    drop = reverse("publishing:desk_drop_numbering", args=[finance.agency.public_id])
    for other in (finance.drafter, county.person("财政局", Role.SYSTEM_ADMIN)):
        assert enter(other).get(page).status_code == 404
        assert enter(other).post(drop).status_code == 404
    desk.post(drop)
    assert not Numbering.objects.exists()


@pytest.fixture
def secretary(county):
    return county.person("财政局", Role.SECRECY_REVIEWER)


def test_a_secret_document_is_entered_by_reference_only(finance, education, secretary, county, enter):
    page, desk = reverse("publishing:desk_secret_references"), enter(secretary)
    given = {
        "agency": finance.agency.pk, "alias": "丙字9号", "level": "secret", "docno": "青财(2026)3号", "place": "机要室 2 号柜",
    }  # fmt: skip
    assert "不得是文件标题" in desk.post(page, {**given, "alias": "关于某某工作的通知"}).content.decode()
    assert "应写成" in desk.post(page, {**given, "docno": "三号"}).content.decode()
    desk.post(page, given)
    row = SecretReference.objects.get()
    assert row.docno == "青财〔2026〕3号"
    assert "已登记" in desk.post(page, given).content.decode()
    assert {field.name for field in SecretReference._meta.fields} & {"title", "body", "text"} == set()
    # Neither its alias nor its number is in the log.
    assert Entry.objects.get(verb="publishing.keep_secret_reference").facts == {}
    foreign = enter(county.person("教育局", Role.SECRECY_REVIEWER))
    strike = reverse("publishing:desk_strike_out_reference", args=[row.public_id])
    assert "丙字9号" not in foreign.get(page).content.decode()
    assert foreign.post(strike, {"reason": "误登"}).status_code == 404
    assert enter(finance.drafter).get(page).status_code == 404
    desk.post(strike, {"reason": ""})
    assert SecretReference.objects.get().struck_out == ""
    desk.post(strike, {"reason": "误登"})
    assert SecretReference.objects.get().struck_out == "误登"


def test_every_document_number_has_its_place(finance, education, secretary, enter, county):
    def docno(serial: int) -> dict[str, object]:
        return {"docno": f"青财〔2026〕{serial}号", "formed_on": MARCH, "today": MARCH}

    finance.published(finance.draft("第一号通知", **docno(1)), today=MARCH)
    finance.draft("第二号办法", **docno(2), **CLOSED)
    finance.draft(
        "第三号", **docno(3), openness="on_request", openness_reason="只涉及特定对象", openness_article="条例第二十七条"
    )
    finance.draft("第七号通知", **docno(7))
    actions.keep_secret_reference(
        finance.agency,
        alias="丙字9号",
        level="secret",
        docno="青财〔2026〕4号",
        place="机要室",
        by=secretary,
        today=MARCH,
    )
    page, clerk = reverse("publishing:desk_docnos"), enter(finance.drafter)
    text = clerk.get(page).content.decode()
    for shown in (
        "已公开 1 个",
        "不予公开（有理由） 1 个",
        "依申请公开 1 个",
        "涉密（引用登记） 1 个",
        "办理中 1 个",
        "缺号 2 个",
    ):
        assert shown in text
    explain = reverse("publishing:desk_explain_gap")
    given = {"agency": str(finance.agency.public_id), "docno": "青财〔2026〕5号", "reason": "取号后未印发"}
    assert "不是缺号" in clerk.post(explain, {**given, "docno": "青财〔2026〕1号"}, follow=True).content.decode()
    assert enter(education.drafter).post(explain, given).status_code == 404
    assert "请写明缺号的原因" in clerk.post(explain, {**given, "reason": "缺"}, follow=True).content.decode()
    clerk.post(explain, {**given, "reason": "空号"})
    assert GapExplanation.objects.get().reason == "空号"
    clerk.post(explain, given)
    assert GapExplanation.objects.get().docno == "青财〔2026〕5号"
    text = clerk.get(page).content.decode()
    assert "取号后未印发" in text and "缺号 1 个" in text and "缺号，已说明 1 个" in text
    assert clerk.get(page, {"agency": education.agency.public_id}).status_code == 404
    answer = clerk.get(reverse("publishing:desk_docnos_sheet"), {"agency": finance.agency.public_id, "year": 2026})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == [
        "已公开", "不予公开（有理由）", "依申请公开", "涉密（引用登记）", "缺号，已说明", "缺号", "办理中",
    ]  # fmt: skip
    assert rows[1][2] == "第一号通知" and rows[5][3] == "取号后未印发" and "丙字9号" not in str(rows)


def test_several_missing_numbers_in_a_row_are_explained_in_one_act(finance, enter, today):
    year = today.year
    for number in (1, 5, 7):
        finance.draft(title=f"第{number}件", docno=f"青财〔{year}〕{number}号", formed_on=today)
    clerk = enter(finance.drafter)
    text = clerk.get(reverse("publishing:desk_docnos")).content.decode()
    assert text.count("号一并说明") == 1 and "至 4 号一并说明" in text  # 6 is missing alone
    gap = parse(f"青财〔{year}〕3号")
    actions.explain_gap(finance.agency, gap, reason="作废", by=finance.drafter, today=today)
    given = {"agency": str(finance.agency.public_id), "docno": f"青财〔{year}〕2号", "reason": "空号", "until": "4"}
    clerk.post(reverse("publishing:desk_explain_gap"), given)
    assert list(GapExplanation.objects.order_by("docno").values_list("docno", "reason")) == [
        (f"青财〔{year}〕2号", "空号"), (f"青财〔{year}〕3号", "作废"), (f"青财〔{year}〕4号", "空号"),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="publishing.explain_gap").count() == 3


def test_a_reason_longer_than_its_place_is_answered_in_words(finance, county, today):
    year = today.year
    for number in (1, 3):
        finance.draft(title=f"第{number}件", docno=f"青财〔{year}〕{number}号", formed_on=today)
    gap = parse(f"青财〔{year}〕2号")
    who = {"by": county.person("财政局", Role.SECRECY_REVIEWER), "today": today}
    facts = {"alias": "甲字3号", "level": "secret", "docno": f"青财〔{year}〕9号", "place": "机要室"}
    row = actions.keep_secret_reference(finance.agency, **facts, **who)
    for reason in ("长" * 201, "有\0空字符"):
        with pytest.raises(Refused, match="空字符"):
            actions.explain_gap(finance.agency, gap, reason=reason, **who)
        with pytest.raises(Refused, match="空字符"):
            actions.strike_out_reference(row, reason=reason, **who)
