"""What a withdrawal leaves to be done, corrections that say what was wrong, and documents entered after their day."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.content import version_digest
from gongkai.publishing.models import Item, Takedown
from gongkai.publishing.queues import tasks
from gongkai.publishing.tasks import read_baked
from gongkai.publishing.vouched import ALL_GATES
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
PRIVATE = "张某某身份证号码"


def penalty(finance, **given):
    return finance.published(title="对某公司的处罚决定", column=finance.column("A20_06"), **given).item


# 提请撤下 -----------------------------------------------------------------------------------------------------------


def test_a_silent_withdrawal_lists_whom_to_ask_and_waits_until_all_are_gone(finance, today, enter, client):
    item = finance.published().item
    actions.tick_channel(item.agency, [item], channel="wechat", on=today, by=finance.publisher, today=today)
    publisher = enter(finance.publisher)
    with finance.capture(execute=True):
        publisher.post(
            reverse("publishing:desk_withdraw", args=[item.public_id]), {"kind": "silent", "reason": PRIVATE}
        )
    page = publisher.get(reverse("publishing:desk_item", args=[item.public_id])).content.decode()
    assert "上级政府网站、平台" in page and "政务微信" in page
    add = reverse("publishing:desk_takedowns", args=[item.public_id])
    assert "错误" in publisher.post(add, {"holder": "某某日报", "url": "没有网址"}).content.decode()
    publisher.post(add, {"holder": "某某日报", "url": f"https://news.example/{PRIVATE}"})
    assert [row.holder for row in Takedown.objects.all()] == ["上级政府网站、平台", "政务微信", "某某日报"]
    assert [task.note for task in tasks(finance.publisher, on=today)] == ["上级政府网站、平台", "政务微信", "某某日报"]
    assert tasks(finance.reviewer, on=today) == []
    for row in Takedown.objects.all():
        publisher.post(reverse("publishing:desk_takedown", args=[row.public_id]), {"result": "已删除"})
    assert tasks(finance.publisher, on=today) == []
    assert set(Takedown.objects.values_list("gone_on", "gone_by", "result")) == {
        (today, finance.publisher.pk, "已删除")
    }
    with pytest.raises(Refused, match="已于"):
        actions.settle_takedown(row, by=finance.publisher, today=today)
    # Neither the reason nor an address that repeats it is in the trail; the digest of what went is.
    trail = json.dumps(list(Entry.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert PRIVATE not in trail and item.published_version.digest in trail


def test_nobody_else_writes_the_list_and_open_withdrawals_have_none(finance, education, today, enter):
    item = finance.published().item
    actions.withdraw(item, by=finance.publisher, today=today, kind="open", reason="失效")
    assert not Takedown.objects.exists()
    with pytest.raises(Refused, match="静默撤回以后"):
        actions.add_takedown(item, holder="某报", by=finance.publisher, today=today)
    other = finance.published(title="另一条").item
    actions.withdraw(other, by=finance.publisher, today=today, kind="silent", reason="隐私")
    with pytest.raises(Refused, match="签发人"):
        actions.add_takedown(other, holder="某报", by=finance.drafter, today=today)
    url = reverse("publishing:desk_takedown", args=[other.takedowns.first().public_id])
    assert enter(education.publisher).get(url).status_code == 404


# 处罚决定变更 -------------------------------------------------------------------------------------------------------


def test_a_revoked_penalty_waits_three_working_days_and_says_why(finance, today, enter, client):
    item = penalty(finance)
    clerk = enter(finance.drafter)
    url = reverse("publishing:desk_penalty", args=[item.public_id])
    assert "三个工作日" in clerk.get(url).content.decode()
    decided = today - timedelta(days=10)
    clerk.post(
        url, {"change": "revoked", "decided_on": decided.isoformat(), "basis": "行政复议决定书（青政复〔2026〕3号）"}
    )
    (task,) = tasks(finance.publisher, on=today)
    calendar = office_calendar()
    due = calendar.add_workdays(decided, 3)
    assert (task.kind, task.due, task.days_left) == ("撤回", due, calendar.workdays_between(today, due))
    assert task.days_left < 0 and "第四十八条" in task.note
    publisher = enter(finance.publisher)
    form = publisher.get(task.url).content.decode()
    assert "行政复议决定书（青政复〔2026〕3号）" in form and f"最迟 {due}" in form
    with finance.capture(execute=True):
        publisher.post(task.url, {"kind": "open", "reason": item.penalty_change.explanation})
    gone = client.get(item.get_absolute_url())
    assert gone.status_code == 410 and "撤销" in gone.content.decode()
    assert tasks(finance.publisher, on=today) == []


def test_only_public_penalty_decisions_are_reported_once(finance, today):
    facts = {"change": "void", "decided_on": today, "basis": "判决书", "by": finance.drafter, "today": today}
    with pytest.raises(Refused, match="行政处罚"):
        actions.report_penalty_change(finance.published().item, **facts)
    item = penalty(finance)
    with pytest.raises(Refused, match="今天之后"):
        actions.report_penalty_change(item, **facts | {"decided_on": today + timedelta(days=1)})
    with pytest.raises(Refused, match=r"办理|登记"):
        actions.report_penalty_change(item, **facts | {"by": finance.reviewer})
    actions.report_penalty_change(item, **facts)
    with pytest.raises(Refused, match="已经登记过"):
        actions.report_penalty_change(item, **facts)


# 更正 ---------------------------------------------------------------------------------------------------------------


def test_a_correction_says_what_was_wrong_and_the_old_text_stays_inside(finance, today, enter, client):
    item = finance.published().item
    clerk = enter(finance.drafter)
    clerk.post(reverse("publishing:desk_revise", args=[item.public_id]))
    url = reverse("publishing:desk_edit", args=[item.public_id])
    assert "更正说明" in clerk.get(url).content.decode()
    typed = {
        "title": item.title, "column": item.column_id, "openness": "open", "item_class": "ordinary", "topic": "22",
        "body": "更正后的正文", "correction": "原文将“五月”误作“四月”", "then": "submit",
    }  # fmt: skip
    clerk.post(url, typed)
    version = item.versions.get(number=2)
    plain = version.digest
    assert [task.note for task in tasks(finance.reviewer, on=today)] == [
        f"更正，即办（条例第六条）　{finance.drafter.name}"
    ]
    with finance.capture(execute=True):
        actions.approve_review(version, by=finance.reviewer, today=today, vouched=ALL_GATES)
        version.refresh_from_db()
        actions.sign_and_publish(version, by=finance.publisher, today=today)
    page = client.get(item.get_absolute_url()).content.decode()
    assert f"更正说明（{today}）：原文将“五月”误作“四月”" in page and "更正后的正文" in page
    assert "现将有关事项通知如下" not in page
    assert read_baked(item.public_id).decode() == page
    old = clerk.get(reverse("publishing:desk_item", args=[item.public_id]), {"version": 1}).content.decode()
    assert "第 1 版的正文" in old and "现将有关事项通知如下" in old
    # What is said of the mistake is approved with the text: another word is another digest.
    version.correction = "别的说法"
    assert version_digest(version, item.agency) != plain


def test_what_was_never_public_has_no_correction(finance, today, enter):
    version = finance.draft()
    with pytest.raises(Refused, match="从未公开"):
        actions.edit(version, by=finance.drafter, today=today, body="正文", correction="改了")
    form = enter(finance.drafter).get(reverse("publishing:desk_edit", args=[version.item.public_id]))
    assert "更正说明" not in form.content.decode()


# 补登 ---------------------------------------------------------------------------------------------------------------


def test_no_form_takes_a_day_of_publication(finance, today, enter):
    clerk = enter(finance.drafter)
    typed = {
        "title": "关于某事的通知", "column": finance.column().pk, "openness": "open", "item_class": "ordinary",
        "topic": "22", "body": "正文", "then": "submit",
        "published_at": "2001-01-01", "first_published_at": "2001-01-01", "withdrawn_at": "2001-01-01",
    }  # fmt: skip
    clerk.post(reverse("publishing:desk_compose"), typed)
    version = Item.objects.get().versions.get()
    version = actions.approve_review(version, by=finance.reviewer, today=today, vouched=ALL_GATES)
    item = actions.sign_and_publish(version, by=finance.publisher, today=today).item
    assert item.published_at.date().year == item.first_published_at.date().year == today.year


@pytest.mark.parametrize(("days", "year", "words"), [(31, 0, "早于拟稿日 31 天"), (0, 1, "与成文日期"), (30, 0, "")])
def test_a_document_entered_after_its_day_explains_itself(finance, today, days, year, words):
    formed_on = today - timedelta(days=days)
    facts = {"formed_on": formed_on, "docno": f"青财〔{formed_on.year - year}〕7号"}
    version = finance.draft(backdated_reason="", **facts)
    refusal = actions.can_submit(version, by=finance.drafter, today=today)
    if not words:
        assert refusal is None
        return
    assert refusal is not None and refusal.code == "backdated" and words in refusal.message
    with pytest.raises(Refused, match="补登说明"):
        actions.submit(version, by=finance.drafter, today=today)
    version = actions.edit(version, by=finance.drafter, today=today, body="正文", backdated_reason="档案补录")
    assert actions.submit(version, by=finance.drafter, today=today).state == "in_review"


def test_a_revision_and_a_fresh_document_need_no_reason(finance, today):
    item = finance.published(formed_on=date(2020, 1, 1), docno="青财〔2020〕7号").item
    version = actions.revise(item, by=finance.drafter, today=today)
    assert actions.submit(version, by=finance.drafter, today=today).backdated_reason == ""
    fresh = finance.submitted(
        title="新文件", formed_on=today, docno=f"青财〔{today.year}〕8号", backdated_reason="多余"
    )
    assert fresh.backdated_reason == ""


def test_the_supervisor_lists_them_and_takes_the_list_along(finance, county, today, enter):
    finance.published(formed_on=date(2020, 1, 1), docno="青财〔2020〕7号", backdated_reason="档案补录")
    waiting = {"formed_on": date(2020, 2, 1), "docno": "青财〔2020〕8号", "title": "还没有公开的旧文件"}
    finance.submitted(**waiting)
    url = reverse("publishing:desk_backdated")
    supervisor = enter(county.person("县政府", Role.SUPERVISOR))
    page = supervisor.get(url).content.decode()
    assert "青财〔2020〕7号" in page and "档案补录" in page and "还没有公开" not in page
    assert "还没有公开的旧文件" in enter(county.person("县政府", Role.DISCLOSURE_OFFICE)).get(url).content.decode()
    assert enter(finance.drafter).get(url).status_code == 404
    file = supervisor.get(url, {"format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "标题" and rows[1][2:4] == ["青财〔2020〕7号", date(2020, 1, 1)] and len(rows) == 2
    assert "补登清单" in supervisor.get(reverse("desk:home")).content.decode()


def test_old_rows_of_a_batch_explain_themselves_too(finance, today):
    old = {"title": "旧决定", "body": "正文", "docno": "青财〔2020〕7号", "formed_on": date(2020, 1, 1)}
    with pytest.raises(Refused, match=r"第 1 行：.*补登说明"):
        finance.imported(rows=[BatchRow(**old)])
    batch = finance.imported(
        rows=[BatchRow(**old, backdated_reason="档案补录"), BatchRow("新决定", "正文", "", None, "")]
    )
    assert list(batch.versions.values_list("backdated_reason", flat=True)) == ["档案补录", ""]
