"""What becomes of a document: amended, repealed, run out; lists of persons that take themselves down."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from freezing import on_day
from gongkai.operations.invariants import baked_as_published
from gongkai.operations.tasks import nightly
from gongkai.outbox.models import Message
from gongkai.publishing import actions
from gongkai.publishing.checks import NAME_LISTS
from gongkai.publishing.models import Item, ItemVersion, ValidityChange
from gongkai.publishing.tasks import read_baked
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
DOCUMENT = {"docno": "青财发〔2020〕7号", "formed_on": date(2020, 4, 2), "normative_kind": "normdoc"}
OTHER = {"docno": "青财发〔2021〕9号", "formed_on": date(2021, 5, 6), "normative_kind": "normdoc"}


def text_of(client, item):
    return client.get(item.get_absolute_url()).content.decode()


def test_amended_and_amending_document_name_each_other_and_the_history_is_shown(finance, enter, client):
    old = finance.published(title="防汛管理办法", **DOCUMENT).item
    new = finance.published(title="关于修改防汛管理办法的决定", **OTHER).item
    publisher = enter(finance.publisher)
    url = reverse("publishing:desk_validity", args=[old.public_id])
    typed = {"validity": "amended", "since": "2021-05-06", "document": OTHER["docno"]}
    assert "由哪份文件修改" in publisher.post(url, {**typed, "document": ""}).content.decode()
    with finance.capture(execute=True):
        assert publisher.post(url, typed).status_code == 302
    page = text_of(client, old)
    assert "已修改" in page and "修改沿革" in page and "2021-05-06" in page and new.get_absolute_url() in page
    page = text_of(client, new)
    assert "由本文件修改" in page and old.get_absolute_url() in page
    desk = publisher.get(reverse("publishing:desk_item", args=[old.public_id])).content.decode()
    assert finance.publisher.name in desk and new.title in desk
    assert old.title in publisher.get(reverse("publishing:desk_item", args=[new.public_id])).content.decode()


def test_a_declaration_in_error_is_taken_back_and_both_lines_stay(finance, client, today):
    old = finance.published(**DOCUMENT).item
    who = {"by": finance.publisher, "today": today}
    with finance.capture(execute=True):
        actions.set_validity(old, validity="repealed", since=today, authority="县政府令第3号", **who)
    assert "县政府令第3号" in text_of(client, old)
    with pytest.raises(Refused, match="先更正为有效"):
        actions.set_validity(old, validity="expired", since=today, **who)
    with pytest.raises(Refused, match="须写明理由"):
        actions.set_validity(old, validity="in_force", **who)
    with finance.capture(execute=True):
        actions.set_validity(old, validity="in_force", remarks="登记错了文件", **who)
    assert "县政府令第3号" not in text_of(client, old)
    assert [row.validity for row in ValidityChange.objects.order_by("pk")] == ["repealed", "in_force"]
    with pytest.raises(TypeError, match="written once"):
        ValidityChange.objects.first().save()


def test_a_repeal_that_lies_ahead_takes_effect_on_its_day(finance, client, today):
    old = finance.published(**DOCUMENT).item
    ahead = today + timedelta(days=10)
    with finance.capture(execute=True):
        actions.set_validity(
            old, validity="repealed", since=ahead, authority="青政令第4号", by=finance.publisher, today=today
        )
    assert f"有效（自 {ahead} 起废止）" in text_of(client, old)
    with on_day(ahead), finance.capture(execute=True):
        nightly({"day": ahead.isoformat()})
    assert f"废止（{ahead}）" in text_of(client, old)


def test_a_document_runs_out_by_itself_the_day_after_its_last(finance, client, today):
    last = today + timedelta(days=3)
    item = finance.published(valid_until=last, **DOCUMENT).item
    other = finance.published(title="没有期限的文件", **OTHER).item

    def listed():
        return client.get(reverse("publishing:invalid")).content.decode()

    with on_day(last), finance.capture(execute=True):
        nightly({"day": last.isoformat()})
        assert f"有效（有效期至 {last}）" in text_of(client, item) and item.title not in listed()
    after = last + timedelta(days=1)
    with on_day(after), finance.capture(execute=True):
        assert item.title in listed() and "有效期届满" in listed()  # told from the day, before any task
        nightly({"day": after.isoformat()})
    for late in (after, after + timedelta(days=40)):
        with on_day(late), finance.capture(execute=True):
            nightly({"day": late.isoformat()})
            assert f"失效（{after}）" in text_of(client, item)
            assert baked_as_published().holds
    assert Message.objects.filter(key__contains="/ended@").count() == 1, "baked once for one end"
    assert "失效" not in text_of(client, other)


def test_the_list_of_invalid_documents_is_public_found_by_organ_and_downloaded(finance, education, client, today):
    for chain, number in ((finance, 1), (education, 2)):
        item = chain.published(title=f"第{number}号旧文件", **DOCUMENT | {"docno": f"青发〔2020〕{number}号"}).item
        actions.set_validity(
            item, validity="repealed", since=today, authority="县政府令第3号", by=chain.publisher, today=today
        )
    hidden = finance.draft(title="没有公开的旧文件", valid_until=date(2020, 12, 31), **OTHER).item
    page = client.get(reverse("publishing:invalid"), {"agency": str(finance.agency.public_id)}).content.decode()
    assert "第1号旧文件" in page and "第2号旧文件" not in page and hidden.title not in page
    assert "失效文件清单" in client.get(reverse("publishing:disclosure")).content.decode()
    answer = client.get(reverse("publishing:invalid_sheet"))
    rows = sheet_rows(answer.content)
    assert {"第1号旧文件", "第2号旧文件"} <= {cell for row in rows for cell in row} and len(rows) == 5
    assert client.get(reverse("publishing:invalid"), {"agency": "x", "q": "旧" * 90}).status_code == 200


def sheet_rows(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_a_document_is_to_be_reviewed_by_the_term_or_by_its_own_day(finance, enter, today):
    item = finance.published(title="满两年的文件", **DOCUMENT).item

    def tasks():
        return enter(finance.drafter).get(reverse("desk:home")).content.decode()

    assert "评估文件" in tasks() and "满两年的文件" in tasks()
    url = reverse("publishing:desk_review_day", args=[item.public_id])
    drafter = enter(finance.drafter)
    assert "今天之后" in drafter.post(url, {"review_by": today.isoformat()}).content.decode()
    next_time = today + timedelta(days=365)
    drafter.post(url, {"review_by": next_time.isoformat()})
    assert "评估文件" not in tasks()
    assert (
        f"下次评估日期</dt><dd>{next_time.year}年"
        in drafter.get(reverse("publishing:desk_item", args=[item.public_id])).content.decode()
    )


# Lists of persons ---------------------------------------------------------------------------------------------------


def name_list(finance, until, **given):
    return finance.published(
        title="临时救助对象名单", column=finance.column("A21C_07"), shown_until=until, **given
    ).item


def test_a_list_of_persons_must_say_until_when(finance, enter, today):
    version = finance.draft(column=finance.column("A21C_07"))
    with pytest.raises(Refused, match="须填公示截止日"):
        actions.submit(version, by=finance.drafter, today=today)
    NAME_LISTS.change("A20_06、A20_14", by=finance.publisher)
    finance.submitted(version)
    with pytest.raises(Refused, match="第 1 行：名单类栏目"):
        finance.imported(1)
    page = enter(finance.drafter).post(
        reverse("publishing:desk_import"),
        {
            "title": "名单",
            "column": finance.column("A20_06").pk,
            "table": "标题\t正文\t公示截止日\n甲\t正文\t\n乙\t正文\t2999-1-1\n丙\t正文\t不久",
            "then": "check",
        },
    )
    text = page.content.decode()
    assert "可导入 1 行，有错 2 行" in text and "公示截止日“不久”不是日期" in text


def test_a_list_takes_itself_down_the_day_after_its_last(finance, client, today):
    until = today + timedelta(days=5)
    item = name_list(finance, until)
    column = reverse("publishing:column", args=[item.column.slug])
    for day, there in ((until, True), (until + timedelta(days=1), False), (until + timedelta(days=2), False)):
        with on_day(day), finance.capture(execute=True):
            nightly({"day": day.isoformat()})
        assert (client.get(item.get_absolute_url()).status_code == 200) is there
        assert (item.title in client.get(column).content.decode()) is there
        assert (read_baked(item.public_id) is not None) is there
    item.refresh_from_db()
    assert (item.state, item.column.public_count) == ("withdrawn", 0)
    assert "公示期满" in item.withdrawal_reason
    assert ItemVersion.objects.get().withdrawn_at is not None


def test_a_list_whose_day_has_passed_is_not_signed_any_more(finance, today):
    yesterday = today - timedelta(days=1)
    version = finance.reviewed(column=finance.column("A21C_07"), shown_until=yesterday, today=yesterday)
    with pytest.raises(Refused, match="公示截止日"):
        actions.sign_and_publish(version, by=finance.publisher, today=today)
    with pytest.raises(Refused, match="已过"):
        finance.draft(column=finance.column("A21C_07"), shown_until=yesterday)
    assert Item.objects.get().state == "in_signing"


def test_the_ground_of_a_change_is_public_at_once_and_so_carries_no_mark(finance, today):
    item = finance.published(docno=f"青财〔{today.year}〕3号", formed_on=today).item
    given = {"validity": "repealed", "since": today, "by": finance.publisher, "today": today}
    with pytest.raises(Refused, match="直接公开"):
        actions.set_validity(item, authority="县政府内部通知（机密★5年）", **given)
    assert actions.set_validity(item, authority="国务院令第777号", **given).validity == "repealed"


@pytest.mark.parametrize("day", [date(1, 1, 1), date.max])
def test_a_day_that_no_document_has_is_answered_in_words(finance, enter, today, day):
    """One such 有效期 made the item's page and the front page of 政府信息公开 answer 500."""
    clerk = enter(finance.drafter)
    typed = {"title": "批", "column": finance.column("A20_05").pk, "then": "import"}
    typed["table"] = f"标题\t正文\t有效期至\n甲许可\t准予。\t{day.isoformat()}"
    assert "没有期限的请空着" in clerk.post(reverse("publishing:desk_import"), typed).content.decode()
    with pytest.raises(Refused, match="不是可能的日期"):
        finance.draft(valid_until=day)
    assert not Item.objects.exists()


def test_what_older_data_says_holds_without_end_is_shown(finance, client, today):
    item = finance.published(valid_until=today).item
    Item.objects.filter(pk=item.pk).update(valid_until=date.max)
    assert client.get(reverse("publishing:disclosure")).status_code == 200
