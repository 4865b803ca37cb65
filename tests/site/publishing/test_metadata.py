"""An item's metadata over HTTP: derived and correctable, the ground of a "no", notes, other organs, reassessment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from office_samples import pdf

from gongkai.agencies.models import Role
from gongkai.publishing import actions, queues
from gongkai.publishing.content import version_digest
from gongkai.publishing.derivation import REASSESS_MONTHS
from gongkai.publishing.models import Coordination, Item, ItemVersion, Openness
from gongkai_core.exemptions import reassess_on
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db

REASON = "人员考勤的内部工作流程，属内部事务信息，不对外发生效力"
NOTE = "只涉及本机关内部流转，不影响他人权利"
CLOSED = {
    "openness": "closed", "exemption": "E16_1", "openness_reason": REASON, "openness_article": "条例第十六条第一款",
    "openness_note": NOTE,
}  # fmt: skip


@pytest.fixture
def typed(finance):
    """The five things that are typed, and nothing else."""
    return {
        "title": "关于加强中小学食堂管理的通知",
        "column": finance.column().pk,
        "openness": "open",
        "docno": "青财[2020]007号",
        "formed_on": "2020-04-02",
        "body": "各单位：\n现将有关事项通知如下。\n一、按时报送。",
        "item_class": "ordinary",
        "then": "keep",
    }


def compose(client, typed, **more):
    return client.post(reverse("publishing:desk_compose"), {**typed, **more}, follow=True).content.decode()


def address(name, item, **more):
    return reverse(f"publishing:{name}", kwargs={"public_id": item.public_id, **more})


def test_what_is_not_typed_is_derived_and_can_be_corrected(finance, typed, enter):
    clerk = enter(finance.drafter)
    text = compose(clerk, typed)
    version = ItemVersion.objects.get()
    assert (version.docno, version.topic, version.genre, version.phase) == (
        "青财〔2020〕7号",
        "11",
        "circular",
        "decision",
    )
    assert version.summary == ""
    for shown in ("科技、教育", "决策公开", "各单位： 现将有关事项", f"{finance.agency.name}（条例第十条第一款"):
        assert shown in text
    edit = address("desk_edit", version.item)
    assert '<option value="" selected>自动判断</option>' in clerk.get(edit).content.decode()
    corrected = {**typed, "topic": "13", "phase": "service", "summary": "食堂管理十条", "genre": "opinion"}
    clerk.post(edit, {**corrected, "seen": version.digest})
    version.refresh_from_db()
    assert (version.topic, version.phase, version.genre, version.summary) == (
        "13",
        "service",
        "opinion",
        "食堂管理十条",
    )
    assert '<option value="13" selected>' in clerk.get(edit).content.decode()
    assert version.digest == version_digest(version, finance.agency)
    version.phase = "result"
    assert version.digest != version_digest(version, finance.agency)


def test_a_corrected_summary_is_what_the_public_reads(finance, client):
    version = finance.published(finance.draft(summary="防汛工作五条"))
    assert 'content="防汛工作五条"' in client.get(version.item.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"exemption": ""}, "不予公开库"),
        ({"openness_reason": "属内部事务信息"}, "至少写 20 字"),
        ({"openness_note": ""}, "裁量说明"),
        ({"exemption": "E14_2"}, "法名和条"),
        ({"exemption": "E15", "openness_note": ""}, "第三方意见"),
        ({"exemption": "E14_1"}, "涉密文件引用"),
    ],
)
def test_a_no_without_its_ground_is_not_stored(finance, typed, enter, given, told):
    text = compose(enter(finance.drafter), typed, **{**CLOSED, **given})
    assert told in text and typed["title"] in text
    assert not Item.objects.exists()


def test_the_article_comes_from_the_library_and_the_database_wants_a_ground(finance, typed, enter):
    compose(enter(finance.drafter), typed, **{**CLOSED, "openness_article": ""})
    item = Item.objects.get()
    assert (item.openness_article, item.exemption) == ("条例第十六条第一款", "E16_1")
    with pytest.raises(IntegrityError, match="closed_has_exemption"), transaction.atomic():
        Item.objects.update(exemption="")


@pytest.mark.parametrize(
    ("line", "attribute"),
    [("（此件公开发布）", "closed"), ("（此件不公开）", "open"), ("（此件依申请公开）", "open")],
)
def test_a_note_that_says_another_attribute_asks_to_be_confirmed(finance, typed, enter, line, attribute):
    clerk = enter(finance.drafter)
    given = {**(CLOSED if attribute == "closed" else {}), "body": f"{typed['body']}\n{line}"}
    text = compose(clerk, typed, **given)
    assert "没有保存" in text and 'type="checkbox" name="confirmed_note"' in text
    assert not Item.objects.exists()
    text = compose(clerk, typed, **given, confirmed_note="on")
    version = ItemVersion.objects.get()
    assert version.confirmed_note in line and "拟稿人已核对" in text
    # Another note later is another question.
    other = given["body"].replace(line, "（此件依申请公开）" if "依申请" not in line else "（此件不公开）")
    with pytest.raises(Refused, match="附注"):
        actions.edit(version, body=other, by=finance.drafter, today=date(2026, 3, 2))


def test_a_note_that_agrees_asks_nothing(finance, typed, enter):
    compose(enter(finance.drafter), typed, body=f"{typed['body']}\n（此件公开发布）")
    assert ItemVersion.objects.get().confirmed_note == ""


def closed_item(finance, day: date, **more: Any) -> Item:
    return finance.draft("食堂考勤办法", today=day, **{**CLOSED, **more}).item


def test_what_is_not_open_is_looked_at_again(finance, education, enter, today):
    day = reassess_on(today, -12)
    item = closed_item(finance, day)
    assert item.reassess_on == reassess_on(day, REASSESS_MONTHS.value()) == today
    later = closed_item(finance, today)
    assert [task.kind for task in queues.tasks(finance.reviewer, on=today)] == ["定期评估"]
    assert not queues.tasks(finance.reviewer, on=today - timedelta(days=1))
    assert not queues.tasks(education.reviewer, on=today)
    reviewer, listed = enter(finance.reviewer), reverse("publishing:desk_not_open")
    text = reviewer.get(listed).content.decode()
    assert "应评估（1 条）" in text and address("desk_reassess", item) in text and REASON in text
    assert item.title not in enter(education.reviewer).get(listed).content.decode()
    # Who may not judge it is told who may, and is not led to a page that turns him away.
    text = enter(finance.drafter).get(listed).content.decode()
    assert address("desk_reassess", item) not in text and address("desk_item", item) in text and "评估" in text
    given = {"verdict": "keep", "reason": "没有变化"}
    assert "至少写 20 字" in reviewer.post(address("desk_reassess", item), given).content.decode()
    given["reason"] = "情形没有变化，仍属内部工作流程，公开没有公共利益"
    reviewer.post(address("desk_reassess", item), given)
    item.refresh_from_db()
    assert item.reassess_on == reassess_on(today, 12) and item.openness == Openness.CLOSED
    assert not queues.tasks(finance.reviewer, on=today)
    given["verdict"] = "open"
    reviewer.post(address("desk_reassess", later), given)
    later.refresh_from_db()
    version = later.versions.get()
    assert (later.openness, version.openness, later.reassess_on) == ("open", "open", None)
    assert finance.published(version, today=today).item.is_public


def test_who_said_no_does_not_judge_it_again(finance, county, today):
    item = closed_item(finance, today)
    for person, code in ((finance.drafter, "needs_role"), (county.person("教育局", Role.REVIEWER), "needs_role")):
        refusal = actions.can_reassess(item, by=person, today=today)
        assert refusal and refusal.code == code
    item.created_by = finance.reviewer
    assert actions.can_reassess(item, by=finance.reviewer, today=today).code == "own_item"
    assert actions.can_reassess(finance.draft().item, by=finance.reviewer, today=today).code == "open"


def test_joint_information_waits_for_the_others(finance, education, enter, today):
    """条例第十一条: asked, answered, on the very text; only then is it published."""
    version = finance.reviewed(finance.draft(origin="joint"))
    with pytest.raises(Refused, match="协商、确认"):
        actions.sign_and_publish(version, by=finance.publisher, today=today)
    clerk, page = enter(finance.drafter), address("desk_coordination", version.item)
    clerk.post(page, {"organ": "青禾县教育局", "asked_on": today.isoformat()})
    row = Coordination.objects.get()
    answer = address("desk_coordination_answer", version.item, coordination_id=row.public_id)
    with pytest.raises(Refused, match="没有答复确认"):
        actions.sign_and_publish(version, by=finance.publisher, today=today)
    early = {"answered_on": (today - timedelta(days=1)).isoformat(), "result": "agreed"}
    assert "答复日期应在" in clerk.post(answer, early).content.decode()
    paper = SimpleUploadedFile("复函.pdf", pdf([(90, 700, "同意公开")]))
    clerk.post(answer, {"answered_on": today.isoformat(), "result": "agreed", "paper": paper})
    row.refresh_from_db()
    assert (row.digest, row.paper.sealed) == (version.digest, True)
    assert "复函.pdf" in clerk.get(page).content.decode()
    assert enter(education.drafter).get(page).status_code == 404
    assert enter(education.drafter).get(answer).status_code == 404
    assert actions.sign_and_publish(version, by=finance.publisher, today=today).item.is_public


def test_an_objection_or_another_text_stops_it(finance, today):
    version = finance.draft(origin="joint")
    row = actions.ask_organ(version.item, organ="青禾县教育局", asked_on=today, by=finance.drafter, today=today)
    who: dict[str, Any] = {"by": finance.drafter, "today": today, "answered_on": today}
    with pytest.raises(Refused, match="答复内容"):
        actions.answer_of_organ(row, result="objected", **who)
    actions.answer_of_organ(row, result="objected", answer="第二条与我局职责不符", **who)
    version = finance.reviewed(version)
    with pytest.raises(Refused, match="不同意公开"):
        actions.sign_and_publish(version, by=finance.publisher, today=today)
    version = actions.return_(version, by=finance.publisher, today=today, remarks="按教育局意见修改")
    row = actions.ask_organ(version.item, organ="青禾县教育局", asked_on=today, by=finance.drafter, today=today)
    actions.answer_of_organ(row, result="amended", answer="已改第二条", **who)
    version = actions.edit(version, body="改过的正文。", by=finance.drafter, today=today)
    version = finance.reviewed(version)
    with pytest.raises(Refused, match="不是这一版"):
        actions.sign_and_publish(version, by=finance.publisher, today=today)


def test_what_comes_from_another_organ_names_it(finance, today):
    with pytest.raises(Refused, match="最初获取"):
        finance.draft(origin="organs")
    version = finance.draft(origin="organs", origin_organ="青禾县统计局")
    assert version.origin_organ == "青禾县统计局"
