"""公开时限 of items: judged by the first publication in any statutory channel; lamps, lists, queues, the guide."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from freezing import on_day
from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency, Role
from gongkai.operations.actions import change_particulars
from gongkai.publishing import actions
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.deadlines import OWN, Rules, facts, judged, pending
from gongkai.publishing.guides import outdated_guides
from gongkai.publishing.models import Channel, Item
from gongkai.publishing.queues import tasks
from gongkai_core.refusals import Refused

from .conftest import GUIDE

pytestmark = pytest.mark.django_db

MADE = date(2026, 3, 2)  # a Monday
TWENTIETH = date(2026, 3, 30)
LATE = TWENTIETH + timedelta(days=1)


def standing(item):
    return judged(Item.objects.get(pk=item.pk), today=date(2026, 6, 1)).words


def test_an_item_is_judged_by_its_first_publication(finance):
    in_time = finance.published(title="按期", formed_on=MADE, today=TWENTIETH).item
    late = finance.published(title="逾期", formed_on=MADE, today=LATE).item
    undated = finance.published(title="没填", today=LATE).item
    assert (in_time.publish_by, in_time.shown_on) == (TWENTIETH, TWENTIETH)
    assert (standing(in_time), standing(late)) == ("按期公开", "逾期 1 个工作日公开")
    assert judged(undated, today=LATE) is None
    # On the county's board on the twentieth day already: that one counts, one before it was made does not.
    for day, words in ((MADE - timedelta(days=1), "逾期 1 个工作日公开"), (TWENTIETH, "按期公开")):
        channel = Channel.OTHER if day == TWENTIETH else Channel.WECHAT
        actions.tick_channel(finance.agency, [late], channel=channel, on=day, by=finance.drafter, today=LATE)
        assert standing(late) == words


def test_what_changed_is_judged_anew_and_a_mere_correction_is_not(finance):
    item = finance.published(title="机构职能", column=finance.column("A20_02"), formed_on=MADE, today=TWENTIETH).item
    autumn = date(2026, 9, 1)
    corrected = actions.revise(item, by=finance.drafter, today=autumn)
    # While it is on its way, a correction owes nothing: neither in a queue nor on the item's page.
    assert Rules.now().owed_by(corrected) is None
    assert pending([corrected], today=autumn) == []
    assert "公开期限" not in dict(facts(item, corrected, today=autumn))
    finance.published(corrected, today=autumn)
    item.refresh_from_db()
    assert (item.shown_on, standing(item)) == (TWENTIETH, "按期公开")
    changed = actions.revise(item, by=finance.drafter, today=autumn)
    changed = actions.edit(changed, by=finance.drafter, today=autumn, body="新的职能。", formed_on=date(2026, 7, 1))
    assert [each.timeliness.state for each in pending([changed], today=autumn)] == ["pending_overdue"]
    changed = actions.edit(
        changed, by=finance.drafter, today=autumn, body="新的职能。", backdated_reason="机构改革后补登"
    )
    finance.published(changed, today=autumn)
    item.refresh_from_db()
    assert (item.shown_on, standing(item)[:2]) == (autumn, "逾期")


def test_special_periods_hold_for_batches_and_the_countys_own_come_first(finance, county):
    rows = [BatchRow(f"行政处罚决定第{n}号", "罚款五百元。", formed_on=MADE + timedelta(days=n)) for n in range(3)]
    batch = finance.published_batch(rows=rows, today=date(2026, 3, 12))
    days = {item.title[-2]: (item.publish_by, item.shown_on) for item in Item.objects.filter(versions__batch=batch)}
    assert days["0"] == (date(2026, 3, 11), date(2026, 3, 12))
    assert days["1"] == (date(2026, 3, 12), date(2026, 3, 12))
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    with pytest.raises(ValueError, match="第 1 行"):
        OWN.change("A20_06/处罚", by=office)
    OWN.change("A20_06/处罚/3个工作日/青禾县办法第五条", by=office)
    own = finance.draft(title="行政处罚决定第9号", column=finance.column("A20_06"), formed_on=MADE, today=MADE)
    assert Rules.now().last_day(own) == date(2026, 3, 5)


def test_the_days_that_count_stand_in_the_queues_with_their_lamp(finance, enter):
    with on_day(MADE):
        draft = finance.draft(title="快到期的草稿", formed_on=MADE, today=MADE)
        sent = finance.submitted(title="送审的", formed_on=MADE, today=MADE)
        finance.draft(title="没有日期的草稿", today=MADE)
    assert [task.title for task in tasks(finance.drafter, on=MADE)] == []
    near = TWENTIETH - timedelta(days=3)
    task = next(task for task in tasks(finance.drafter, on=near) if task.kind == "送审")
    assert (task.title, task.due, task.days_left) == (draft.title, TWENTIETH, 1)
    review = next(task for task in tasks(finance.reviewer, on=LATE) if task.title == sent.title)
    assert (review.due, review.days_left) == (TWENTIETH, -1)
    with on_day(LATE):
        assert "已超期 1 个工作日" in enter(finance.reviewer).get(reverse("desk:home")).content.decode()
        page = enter(finance.drafter).get(reverse("publishing:desk_item", args=[sent.item.public_id])).content.decode()
    assert f"{TWENTIETH}，已超期 1 个工作日，未公开（条例第二十六条）" in page


def test_lists_of_what_is_due_and_what_came_late(finance, education, enter):
    with on_day(LATE):
        finance.submitted(title="该公开未公开", formed_on=MADE, today=MADE)
        finance.submitted(title="还有时间", formed_on=TWENTIETH, today=TWENTIETH)
        education.submitted(title="别家的", formed_on=MADE, today=MADE)
        finance.published(title="晚公开的", formed_on=MADE, today=LATE)
        finance.published(title="按时公开的", formed_on=MADE, today=TWENTIETH)
        finance.published(title="没填日期的", today=LATE)
        client, address = enter(finance.drafter), reverse("publishing:desk_deadlines")
        found = {
            state: [title for title in ("该公开未公开", "还有时间", "别家的", "晚公开的", "按时公开的", "没填日期的")
                    if title in client.get(address, {"state": state, "year": 2026}).content.decode()]
            for state in ("", "overdue", "late", "undated")
        }  # fmt: skip
        assert found == {
            "": ["该公开未公开", "还有时间"],
            "overdue": ["该公开未公开"],
            "late": ["晚公开的"],
            "undated": ["没填日期的"],
        }
        for state in ("", "late"):
            file = client.get(address, {"state": state, "format": "xlsx"})
            assert file["Content-Type"].endswith("sheet") and file.content.startswith(b"PK")
        text = client.get(address).content.decode()
    assert text.index("该公开未公开") < text.index("还有时间")
    assert "预算、决算：批准（批复）之日起20日（预算法第十四条）" in text


def test_a_long_list_of_what_is_due_goes_by_pages_the_most_urgent_first(finance, enter):
    with on_day(TWENTIETH):
        for number in range(25):
            finance.draft(title=f"第{number:02d}号通知", formed_on=MADE + timedelta(days=number // 5), today=TWENTIETH)
        clerk = enter(finance.drafter)
        first = clerk.get(reverse("publishing:desk_deadlines")).content.decode()
        second = clerk.get(reverse("publishing:desk_deadlines"), {"from": "20"}).content.decode()
    assert first.count("号通知") == 20 and "第00号通知" in first and "?from=20" in first
    assert second.count("号通知") == 5 and "第24号通知" in second and "?from=0" in second
    assert clerk.get(reverse("publishing:desk_deadlines"), {"from": "9" * 30}).status_code == 200


def test_a_guide_without_an_element_is_not_sent_and_an_old_contact_is_an_alarm(finance, county, enter):
    column = finance.column("GUIDE")
    for line in GUIDE.splitlines()[2:]:
        version = finance.draft(title="指南", column=column, body=GUIDE.replace(line, ""), today=MADE)
        with pytest.raises(Refused, match="指南缺少法定要素"):
            actions.submit(version, by=finance.drafter, today=MADE)
    finance.published(title="指南", column=column, body=GUIDE, today=MADE)
    organs = Agency.objects.filter(pk=finance.agency.pk)
    admin = county.person("县政府", Role.SYSTEM_ADMIN)
    with on_day(MADE):
        now = {"phone": "0990 2100007", "office_hours": "工作日 8:30-12:00，14:30-17:30"}
        change_particulars(finance.agency, by=admin, today=MADE, **now)
    assert outdated_guides(organs, today=TWENTIETH) == []
    moved = date(2026, 4, 1)
    with on_day(moved):
        change_particulars(Agency.objects.get(pk=finance.agency.pk), by=admin, today=moved, phone="0990-2109999")
    due = office_calendar().add_workdays(moved, 20)
    before, after = (outdated_guides(organs, today=day)[0] for day in (due, due + timedelta(days=7)))
    assert (before.fields, before.due, before.alarm, after.alarm) == (("联系电话",), due, False, True)
    task = next(task for task in tasks(finance.drafter, on=after.due) if task.kind == "更新指南")
    assert (task.due, task.days_left) == (due, 0)
    with on_day(due):
        assert "要更新的指南" in enter(finance.drafter).get(reverse("publishing:desk_board")).content.decode()
    item = Item.objects.get(column=column, state="published")
    new = actions.revise(item, by=finance.drafter, today=due)
    body = GUIDE.replace("0990-2100007", "0990-2109999")
    finance.published(actions.edit(new, by=finance.drafter, today=due, body=body), today=due)
    assert outdated_guides(organs, today=due) == []
    assert item.versions.count() == 2
