"""Document and interpretation: drafted, reviewed and published together, and how the organs do."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from freezing import on_day
from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.interpretations import DAYS, KINDS
from gongkai.publishing.models import Item, ItemVersion
from gongkai.publishing.vouched import ALL_GATES
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
DOCUMENT = {"title": "临时救助办法", "docno": "青财发〔2026〕7号", "formed_on": date(2026, 3, 2)}
NORMATIVE = DOCUMENT | {"normative_kind": "normdoc"}
TEXT = (
    "为什么要出台这个办法？突然遇到困难的家庭，过去不知道该找谁。\n现在到住的地方问一问就能办，标准是每人每月六百元。"
)
MONDAY = date(2026, 3, 2)


def address(name, item):
    return reverse(f"publishing:{name}", args=[item.public_id])


def explained(chain, document, **given):
    facts = {"title": "办法解读", "column": chain.column("A20_01_I"), "interprets": document, "body": TEXT}
    return {**facts, "interpretation_form": "text", **given}


def test_both_are_drafted_sent_signed_and_published_in_one_act_each(finance, enter, client, today):
    document = finance.draft(**NORMATIVE).item
    clerk = enter(finance.drafter)
    begin = f"{reverse('publishing:desk_compose')}?interprets={document.public_id}"
    assert begin in clerk.get(address("desk_item", document)).content.decode()
    assert f"《{document.title}》政策解读" in clerk.get(begin).content.decode()
    typed = {
        "title": "一图读懂临时救助", "column": finance.column("A20_01_I").pk, "openness": "open", "body": TEXT,
        "item_class": "ordinary", "topic": "22", "interprets": DOCUMENT["docno"], "interpretation_form": "picture",
        "interpreter": "财政局局长王某", "by_head": "on", "interpreter_phone": "0000-7654321", "then": "keep",
    }  # fmt: skip
    clerk.post(begin, typed)
    text = Item.objects.get(interprets=document)
    assert "同步送审" in clerk.get(address("desk_item", document)).content.decode()
    clerk.post(address("desk_submit_together", document))
    versions = [item.versions.get() for item in (document, text)]
    assert [version.state for version in versions] == ["in_review", "in_review"]
    for version in versions:
        actions.approve_review(version, by=finance.reviewer, today=today, vouched=ALL_GATES)
    with pytest.raises(Refused, match="还没有公开"):
        actions.sign_and_publish(text.versions.get(), by=finance.publisher, today=today)
    publisher = enter(finance.publisher)
    page = publisher.get(address("desk_sign_together", document)).content.decode()
    assert "突然遇到困难的家庭" in page and versions[0].body in page
    seen = {"seen": versions[0].digest, "step": 1} | {
        f"seen-{version.public_id}": version.digest for version in versions
    }
    with finance.capture(execute=True):
        assert publisher.post(address("desk_sign_together", document), seen).status_code == 302
    public = client.get(text.get_absolute_url()).content.decode()
    for shown in ("解读文件：", document.get_absolute_url(), "财政局局长王某（主要负责人）", "图解", "0000-7654321"):
        assert shown in public
    assert f"［图解］{typed['title']}" in client.get(document.get_absolute_url()).content.decode()


def test_one_that_is_behind_or_was_not_read_holds_both(finance, today):
    version = finance.reviewed(**NORMATIVE)
    text = finance.submitted(finance.draft(**explained(finance, version.item)))
    who = {"by": finance.publisher, "today": today}
    with pytest.raises(Refused, match="待审核"):
        actions.sign_together(version, seen={version.public_id: version.digest, text.public_id: text.digest}, **who)
    text = actions.approve_review(text, by=finance.reviewer, today=today, vouched=ALL_GATES)
    with pytest.raises(Refused, match="内容有了改动"):
        actions.sign_together(version, seen={version.public_id: version.digest}, **who)
    assert not Item.objects.public().exists()
    signed = actions.sign_together(
        version, seen={version.public_id: version.digest, text.public_id: text.digest}, **who
    )
    assert [row.state for row in signed] == ["published", "published"]
    alone = finance.draft(title="没有解读的文件", docno="青财发〔2026〕8号", formed_on=MONDAY)
    with pytest.raises(Refused, match="没有在拟的解读稿"):
        actions.submit_together(alone, by=finance.drafter, today=today)


def test_the_reviewer_is_told_of_missing_elements_and_copied_text(finance, enter):
    body = "为规范临时救助工作，结合本县实际制定本办法。\n救助金额按照最低生活保障标准的三至六倍确定。"
    document = finance.published(**NORMATIVE, body=body).item
    copy = finance.submitted(finance.draft(**explained(finance, document, body=body, interpreter="")))
    page = enter(finance.reviewer).get(address("desk_review", copy.item)).content.decode()
    assert "与原文相同的文字占 100%，没有解释性段落" in page
    assert "解读要素缺" in page and "注意事项" in page and "没有写明解读人" in page
    own = finance.submitted(finance.draft(**explained(finance, document, interpreter="王某")))
    assert "与原文相同" not in enter(finance.reviewer).get(address("desk_review", own.item)).content.decode()


def test_an_editor_keeps_the_unpublished_document_that_is_explained(finance, education, enter):
    document = finance.draft(title="没有文号的文件").item
    version = finance.draft(**explained(finance, document))
    clerk = enter(finance.drafter)
    shown = clerk.get(address("desk_edit", version.item)).content.decode()
    assert str(document.public_id) in shown
    typed = {"title": "改过的解读", "column": version.column_id, "openness": "open", "body": TEXT, "topic": "22"}
    typed |= {"item_class": "ordinary", "seen": version.digest, "then": "keep", "interprets": str(document.public_id)}
    clerk.post(address("desk_edit", version.item), typed)
    version = ItemVersion.objects.get(pk=version.pk)
    assert (version.title, version.interprets, version.interpretation_form) == ("改过的解读", document, "text")
    # Another organ's draft is none that could be named.
    other = enter(education.drafter).post(reverse("publishing:desk_compose"), typed)
    assert "没有索引号或者发文字号为" in other.content.decode()


def test_the_board_tells_share_time_variety_and_the_three_moments(finance, education, county, enter):
    limit = office_calendar().add_workdays(MONDAY, 3)
    late = office_calendar().add_workdays(MONDAY, 4)
    documents = [
        finance.published(**NORMATIVE | {"title": f"第{n}号文件", "docno": f"青财发〔2026〕{n}号"}, today=MONDAY).item
        for n in range(1, 5)
    ]
    finance.published(**DOCUMENT | {"title": "不是规范性文件", "docno": "青财函〔2026〕9号"}, today=MONDAY)
    finance.published(**explained(finance, documents[0], interpretation_form="video", by_head=True), today=limit)
    finance.published(**explained(finance, documents[0], title="又一篇"), today=late)
    finance.published(**explained(finance, documents[1], title="迟到的解读"), today=late)
    education.published(**NORMATIVE | {"title": "教育的文件", "docno": "青教发〔2026〕1号"}, today=MONDAY)
    actions.set_interpretation_need(documents[3], need="exempt", reason="内部分工", by=finance.publisher, today=MONDAY)
    url = reverse("publishing:desk_interpretations")
    with on_day(late + timedelta(days=1)):
        office = enter(county.person("县政府", Role.DISCLOSURE_OFFICE))
        page = office.get(url).content.decode()
        rows = {row[0]: row for row in sheet(office.get(url, {"as": "xlsx"}).content)}
        assert rows["青禾县财政局"][1:] == [3, 2, "66.7%", 1, 3, 1, "33.3%", 1]
        assert rows["青禾县教育局"][1:] == [1, 0, "0.0%", 0, 0, 0, "—", 0]
        assert "第3号文件" in page and "已超期 1 个工作日" in page and "教育的文件" in page
        assert "发布晚 4 个工作日" in page and "第1号文件" not in page and "还没有" in page
        own = enter(finance.drafter).get(url, {"agency": str(finance.agency.public_id)}).content.decode()
        assert "第1号文件" in own and "同步" in own and "教育的文件" not in own
        assert enter(finance.drafter).get(url, {"agency": "x"}).status_code == 404
        foreign = enter(finance.drafter).get(url, {"agency": str(education.agency.public_id)}).content.decode()
        assert "教育的文件" not in foreign
        assert office.get(url, {"year": "1²"}).status_code == 404


def sheet(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[2:]


def test_an_overdue_interpretation_waits_with_its_lamp_by_the_countys_own_limit(finance, county, enter):
    document = finance.published(**NORMATIVE, today=MONDAY).item
    plain = finance.published(title="重要的通知", docno="青财函〔2026〕1号", formed_on=MONDAY, today=MONDAY).item

    def home(day):
        with on_day(day):
            return enter(finance.drafter).get(reverse("desk:home")).content.decode()

    fourth = office_calendar().add_workdays(MONDAY, 4)
    assert "起草解读" in home(fourth) and "已超期 1 个工作日" in home(fourth) and plain.title not in home(fourth)
    DAYS.change("5", by=finance.publisher)
    assert "剩 1 个工作日" in home(fourth)
    publisher = enter(finance.publisher)
    assert (
        "须写明理由"
        in publisher.post(address("desk_interpretation_need", plain), {"need": "required"}).content.decode()
    )
    publisher.post(address("desk_interpretation_need", plain), {"need": "required", "reason": "涉及民生"})
    assert plain.title in home(fourth)
    with pytest.raises(ValueError, match="没有“通知”"):
        KINDS.change("规章、通知", by=finance.publisher)
    KINDS.change("规章", by=finance.publisher)
    assert document.title not in home(fourth)
    finance.published(**explained(finance, plain), today=fourth)
    assert "起草解读" not in home(fourth)


def test_an_interpretation_of_a_superiors_document_says_who_explains_without_a_link(finance, client):
    text = finance.published(
        title="省里新规怎么看",
        column=finance.column("A20_01_I"),
        interpretation_form="expert",
        interpreter="省厅李处长",
    ).item
    page = client.get(text.get_absolute_url()).content.decode()
    assert "省厅李处长" in page and "专家解读" in page and "解读文件：" not in page
    assert "解读信息" not in client.get(finance.published(title="普通通知").item.get_absolute_url()).content.decode()
