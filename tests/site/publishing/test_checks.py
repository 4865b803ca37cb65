"""校核: hits while writing, at import, in attachments, at submission and review, every night; the office's lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import office_samples as samples
import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency, Role
from gongkai.documents.intake import ATTACHMENTS, take
from gongkai.outbox.queue import drain
from gongkai.publishing import actions, attachments, daily, rescan
from gongkai.publishing.attachments import Brought
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.hits import UNDISMISSED, address_exists, hits_of
from gongkai.publishing.models import CheckList, Dismissal, Item, ListKind, RescanHit, WithdrawalKind
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db

PHONE, CARD = "13807971234", "6228480402564890018"
BODY = f"各单位：\n联系人张三，手机{PHONE}。\n由县国土资源局负责。"


@pytest.fixture
def typed(finance: Any) -> dict[str, Any]:
    return {
        "title": "关于报送材料的通知", "column": finance.column().pk, "openness": "open", "body": BODY,
        "item_class": "ordinary", "topic": "04", "genre": "circular", "phase": "execution",
    }  # fmt: skip


def address(name: str, item: Item) -> str:
    return reverse(f"publishing:{name}", args=[item.public_id])


def key_of(version: Any, rule: str, today: Any) -> str:
    return next(group.fingerprint for group in hits_of(version, today=today) if group.hit.rule == rule)


def test_hits_are_seen_and_settled_on_the_page_where_the_text_is_written(finance, typed, enter, today):
    clerk, compose = enter(finance.drafter), reverse("publishing:desk_compose")
    shown = clerk.post(compose, {**typed, "then": "check"}).content.decode()
    assert not Item.objects.exists()
    for words in (
        "手机号、住宅电话",
        "【138****1234】",
        "过时表述",
        "现为“自然资源局”",
        "本篇忽略",
        PHONE,
    ):  # what he typed
        assert words in shown

    refused = clerk.post(compose, {**typed, "then": "submit"}).content.decode()
    assert "校核发现 1 处个人信息或者涉密标志没有处理" in refused
    assert not Item.objects.exists()

    version = finance.draft(body=BODY)
    phone, obsolete = (key_of(version, rule, today) for rule in ("phone", "obsolete_words"))
    kept = clerk.post(compose, {**typed, "ignore": obsolete, f"reason-{phone}": "公布的值班手机"}).content.decode()
    assert "已忽略，保存后生效" in kept
    assert "公布的值班手机" in kept

    sent = {**typed, "then": "submit", "ignored": obsolete, f"reason-{phone}": "公布的值班手机"}
    response = clerk.post(compose, sent, follow=True)
    assert "已送审" in response.content.decode()
    item = Item.objects.exclude(pk=version.item_id).get()
    assert {(row.rule, row.shown, row.reason) for row in item.dismissals.all()} == {
        ("phone", "138****1234", "公布的值班手机"),
        ("obsolete_words", "国土资源局", ""),
    }
    assert not Entry.objects.filter(facts__icontains=PHONE).exists()

    review = enter(finance.reviewer).get(address("desk_review", item)).content.decode()
    assert "已忽略：公布的值班手机" in review
    assert 'name="reason-' not in review


def test_an_item_remembers_and_a_new_finding_is_asked_again(finance, enter, today):
    version = finance.draft(body=BODY)
    clerk, dismiss = enter(finance.drafter), address("desk_dismiss", version.item)
    phone, obsolete = (key_of(version, rule, today) for rule in ("phone", "obsolete_words"))
    page = clerk.get(address("desk_item", version.item)).content.decode()
    assert f'name="reason-{phone}"' in page
    assert f'value="{obsolete}"' in page
    assert "须写明理由" in clerk.post(dismiss, {f"reason-{phone}": " "}, follow=True).content.decode()
    with pytest.raises(Refused, match="须写明保留的理由"):
        actions.dismiss(version.item, {phone: ""}, hits_of(version, today=today), by=finance.drafter, today=today)
    assert not Dismissal.objects.exists()
    clerk.post(dismiss, {"ignore": obsolete})
    clerk.post(dismiss, {f"reason-{phone}": "公布的值班手机"})
    assert actions.can_submit(version, by=finance.drafter, today=today) is None

    version = actions.edit(version, body=f"{BODY}\n卡号{CARD}。", by=finance.drafter, today=today)
    refusal = actions.can_submit(version, by=finance.drafter, today=today)
    assert refusal is not None
    assert refusal.code == UNDISMISSED
    assert "1 处" in refusal.message
    assert CARD not in refusal.message
    assert "已忽略：公布的值班手机" in clerk.get(address("desk_edit", version.item)).content.decode()


def test_who_may_dismiss(finance, education, enter, county, today):
    version = finance.draft(body=BODY)
    given = {"ignore": key_of(version, "obsolete_words", today)}
    assert enter(education.drafter).post(address("desk_dismiss", version.item), given).status_code == 404
    response = enter(finance.reviewer).post(address("desk_dismiss", version.item), given, follow=True)
    assert "由财政局的拟稿人或者政务公开办处理" in response.content.decode()
    assert not Dismissal.objects.exists()
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    enter(office).post(address("desk_dismiss", version.item), given)
    assert Dismissal.objects.get().by == office


def test_hidden_places_of_attachments_are_looked_through(finance, enter, today):
    book = samples.xlsx(
        {"公示": ("visible", [["姓名", "镇"], ["张三", "河口镇"]]), "底册": ("hidden", [["张三", CARD]])}
    )
    row = attachments.bring(take(book, "名单.xlsx", ATTACHMENTS), by=finance.drafter)
    version = finance.draft(body="名单见附件。\n附件：1.名单\n2.申请表", files=[Brought(row, row.name)])
    found = {group.hit.rule: group.hit for group in hits_of(version, today=today)}
    assert found["bank_card"].where == "附件“名单.xlsx”隐藏工作表“底册”"
    assert found["missing_attachments"].found == "申请表"
    with pytest.raises(Refused, match="个人信息"):
        finance.submitted(version)
    assert "隐藏工作表“底册”" in enter(finance.drafter).get(address("desk_item", version.item)).content.decode()


def test_an_import_tells_rows_and_takes_one_reason_for_all(finance, enter):
    clerk, url = enter(finance.drafter), reverse("publishing:desk_import")
    table = f"标题\t正文\n处罚决定第1号\t罚款一百元。\n处罚决定第2号\t当事人电话{PHONE}，由县国土资源局处罚。"
    given = {"title": "处罚", "column": finance.column("A20_06").pk, "table": table}
    shown = clerk.post(url, {**given, "then": "check"}).content.decode()
    assert "可导入 1 行，有错 1 行" in shown
    assert "手机号、住宅电话：138****1234" in shown
    assert "现为“自然资源局”" in shown
    batch_page = clerk.post(
        url, {**given, "hits_reason": "已作遮蔽处理之外的公开值班电话", "then": "import"}, follow=True
    )
    text = batch_page.content.decode()
    assert "已导入 2 条并送审" in text
    assert "已作遮蔽处理之外的公开值班电话" in text
    assert [(row.rule, row.item.title) for row in Dismissal.objects.all()] == [("phone", "处罚决定第2号")]
    with pytest.raises(Refused, match="第 1 行：校核发现"):
        finance.imported(rows=[BatchRow("处罚决定第3号", f"电话{PHONE}")])


@pytest.fixture
def office(county: Any, enter: Any) -> Client:
    return enter(county.person("县政府", Role.DISCLOSURE_OFFICE))


def pasted(client: Client, kind: ListKind, text: str, seen: int = 0) -> str:
    url = reverse("publishing:desk_check_list", args=[kind])
    return client.post(url, {"text": text, "seen": seen}, follow=True).content.decode()


def rules(version: Any, today: Any) -> set[str]:
    return {group.hit.rule for group in hits_of(version, today=today)}


def test_the_office_pastes_its_lists_and_checks_go_by_them(finance, office, enter, today):
    version = finance.draft(body=f"请县长陈力新阅。值班手机{PHONE}。务必落地生根。由县财正局办理。")
    assert rules(version, today) == {"phone"}
    assert "禁用词语已保存" in pasted(office, ListKind.FORBIDDEN, "落地生根\t落到实处\r\n抓手")
    assert "领导名录已保存" in pasted(office, ListKind.LEADERS, "陈立新→县委副书记、县长")
    assert "机关名称已保存" in pasted(office, ListKind.ORGANS, "青禾县财政局")
    assert "白名单已保存" in pasted(office, ListKind.WHITE, PHONE)
    assert rules(version, today) == {"forbidden_words", "leader_names"}

    page = pasted(office, ListKind.FORBIDDEN, "抓手\n甲\n落地生根\t落地生根", seen=1)
    assert "第 2 行“甲”：至少 2 个字（共 2 行有错，没有保存）" in page
    assert "抓手\n甲" in page
    assert "已在别的窗口保存过" in pasted(office, ListKind.FORBIDDEN, "抓手", seen=0)
    assert "已保存" in pasted(office, ListKind.FORBIDDEN, "抓手", seen=1)
    assert rules(version, today) == {"leader_names"}
    history = Entry.objects.filter(verb="publishing.set_check_list", object_id="forbidden").order_by("id")
    assert [entry.facts["counts"] for entry in history] == [[2, 0], [0, 1]]
    assert history[1].facts["removed"] == ["落地生根 → 落到实处"]
    page = office.get(reverse("publishing:desk_check_list", args=["forbidden"])).content.decode()
    assert "落地生根 → 落到实处" in page
    assert "每行一条" in page
    assert office.get(reverse("publishing:desk_check_list", args=["nothing"])).status_code == 404
    assert enter(finance.drafter).get(reverse("publishing:desk_check_lists")).status_code == 404
    with pytest.raises(Refused, match="政务公开办"):
        actions.set_check_list(ListKind.WHITE, text="", seen=1, by=finance.drafter, today=today)


def scanned(night: Iterator[date]) -> list[tuple[str, str]]:
    daily.nightly(next(night))
    while drain():
        pass
    return sorted(RescanHit.objects.values_list("item__title", "name"))


@pytest.fixture
def nights(today: date) -> Iterator[date]:
    return (today + timedelta(days=number) for number in count())


def test_every_night_what_is_public_is_looked_through_again(
    finance, education, office, enter, today, nights, monkeypatch
):
    monkeypatch.setattr(rescan, "AT_ONCE", 1)  # every item in a message of its own
    gone = finance.published(title="被引用的通知")
    page = f"<p>见<a href='{gone.item.get_absolute_url()}'>通知</a>，务必落地生根。</p>"
    shown = finance.published(title="引用的通知", body=page).item
    education.published(title="别的通知", body="务必落地生根。")
    assert scanned(nights) == []

    pasted(office, ListKind.FORBIDDEN, "落地生根")
    actions.withdraw(gone.item, by=finance.publisher, today=today, kind=WithdrawalKind.OPEN, reason="失效")
    expected = [("别的通知", "禁用词语"), ("引用的通知", "禁用词语"), ("引用的通知", "错链")]
    assert scanned(nights) == expected
    first = set(RescanHit.objects.values_list("pk", flat=True))
    assert scanned(nights) == expected
    assert set(RescanHit.objects.values_list("pk", flat=True)) == first

    url = reverse("publishing:desk_rescan")
    assert "别的通知" in office.get(url).content.decode()
    own = enter(finance.drafter).get(url).content.decode()
    assert "引用的通知" in own
    assert "别的通知" not in own
    assert "没有回扫提示" in enter(finance.drafter).get(url, {"strict": "1"}).content.decode()

    key = RescanHit.objects.get(item=shown, name="禁用词语").fingerprint
    enter(finance.drafter).post(address("desk_dismiss", shown), {"ignore": key})
    assert scanned(nights) == [("别的通知", "禁用词语"), ("引用的通知", "错链")]
    pasted(office, ListKind.FORBIDDEN, "", seen=1)
    actions.withdraw(shown, by=finance.publisher, today=today, kind=WithdrawalKind.SILENT, reason="隐私")
    assert scanned(nights) == []


def test_addresses_of_this_site_are_known(finance, client):
    item = finance.published().item
    draft = finance.draft().item
    assert address_exists(item.get_absolute_url()) is True
    assert address_exists(draft.get_absolute_url()) is False
    assert address_exists("/disclosure/columns/nowhere/") is False
    assert address_exists("/nothing/here/") is False
    assert address_exists("/desk/publishing/") is False
    assert address_exists("https://www.gov.cn/") is None
    assert address_exists("mailto:a@b.gov.cn") is None


def test_the_lists_name_every_organ_of_the_county(finance, county, today):
    version = finance.draft(body="由青禾县财正局办理。")
    assert Agency.objects.filter(name="青禾县财政局").exists()
    assert [group.hit.suggestion for group in hits_of(version, today=today)] == ["名录中是“青禾县财政局”"]
    assert not CheckList.objects.exists()


def test_a_batch_of_drafts_is_looked_through_when_it_is_sent(finance, today):
    batch = finance.imported(rows=[BatchRow("旧公示", f"电话{PHONE}"), BatchRow("旧通知", "如期举行。")], submit=False)
    with pytest.raises(Refused, match="“旧公示”：校核发现 1 处"):
        actions.submit_batch(batch, by=finance.drafter, today=today)
    version = batch.versions.get(title="旧公示")
    reasons = {key_of(version, "phone", today): "值班手机"}
    actions.dismiss(version.item, reasons, hits_of(version, today=today), by=finance.drafter, today=today)
    assert actions.submit_batch(batch, by=finance.drafter, today=today).state == "in_review"
