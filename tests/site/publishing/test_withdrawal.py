"""Open withdrawals leave a 410 page with the reason; silent ones leave nothing; both leave the lists."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.models import Column, Item
from gongkai.publishing.tasks import bake_item, baked_name, read_baked
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
SECRET_REASON = "含有张某某的身份证号码"


def withdrawn(finance, today, kind, reason, by=None):
    item = finance.published().item
    with finance.capture(execute=True):
        return actions.withdraw(item, by=by or finance.publisher, today=today, kind=kind, reason=reason)


def test_an_open_withdrawal_is_gone_with_title_and_reason(finance, today, client):
    item = withdrawn(finance, today, "open", "已由新文件代替")
    page = client.get(item.get_absolute_url())
    assert page.status_code == 410
    assert item.title in page.content.decode() and "已由新文件代替" in page.content.decode()
    assert "现将有关事项通知如下" not in page.content.decode()
    assert page.content == read_baked(item.public_id, gone=True)
    assert read_baked(item.public_id) is None


def test_the_reason_that_becomes_public_carries_nobodys_data(finance, today):
    item = finance.published().item
    for reason in ("秘密★10年", "请与 13912345678 联系"):
        with pytest.raises(Refused, match="改写"):
            actions.withdraw(item, by=finance.publisher, today=today, kind="open", reason=reason)
    assert Item.objects.get(pk=item.pk).is_public


def test_a_silent_withdrawal_is_like_nothing_ever_was(finance, today, client):
    item = withdrawn(finance, today, "silent", SECRET_REASON)
    page = client.get(item.get_absolute_url())
    never = client.get(reverse("publishing:item", args=["01890000-0000-7000-8000-000000000000"]))
    assert (page.status_code, page.content, dict(page.headers)) == (404, never.content, dict(never.headers))
    assert not storages["baked"].exists(baked_name(item.public_id))
    assert not storages["baked"].exists(baked_name(item.public_id, gone=True))
    assert SECRET_REASON not in str(list(Entry.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize("kind", ["open", "silent"])
def test_the_lists_forget_it(finance, today, client, kind):
    item = withdrawn(finance, today, kind, "理由")
    for url in (
        reverse("publishing:disclosure"),
        reverse("publishing:column", args=[item.column.slug]),
        reverse("publishing:column_page", args=[item.column.slug, 1]),
        reverse("publishing:column", args=[item.column.slug]) + "?q=防汛",
        reverse("publishing:agency", args=[item.agency.public_id]),
    ):
        response = client.get(url)
        assert response.status_code == 200
        assert item.title not in response.content.decode(), url
    assert Column.objects.get(pk=item.column_id).public_count == 0
    assert not Item.objects.public().newest(5)


def test_withdrawing_asks_for_kind_and_reason(finance, today):
    item = finance.published().item
    for kind, reason in (("open", " "), ("quiet", "理由")):
        with pytest.raises(Refused) as caught:
            actions.withdraw(item, by=finance.publisher, today=today, kind=kind, reason=reason)
        assert caught.value.refusal.code == "withdrawal_ground"
    item.refresh_from_db()
    assert item.is_public


def test_the_disclosure_office_may_withdraw_anywhere(finance, today, county):
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    assert withdrawn(finance, today, "silent", "涉及个人隐私", by=office).state == "withdrawn"


def test_withdrawn_over_http(finance, enter, client):
    item = finance.published().item
    publisher = enter(finance.publisher)
    url = reverse("publishing:desk_withdraw", args=[item.public_id])
    assert "原网址只留标题和理由" in publisher.get(url).content.decode()
    incomplete = publisher.post(url, {"kind": "open", "reason": ""})
    assert incomplete.status_code == 200
    with finance.capture(execute=True):
        publisher.post(url, {"kind": "open", "reason": "内容有误，更正后重新发布"})
    assert client.get(item.get_absolute_url()).status_code == 410
    clerk = enter(finance.drafter)
    assert clerk.get(url).status_code == 302  # told why, back at the item


def test_a_corrected_text_comes_back_at_the_same_address(finance, today, client):
    item = withdrawn(finance, today, "open", "更正")
    with finance.capture(execute=True):
        version = actions.revise(item, by=finance.drafter, today=today)
    version = actions.edit(version, by=finance.drafter, today=today, body="<p>更正后的正文</p>")
    finance.published(version)
    page = client.get(item.get_absolute_url())
    assert page.status_code == 200 and "更正后的正文" in page.content.decode()
    assert read_baked(item.public_id, gone=True) is None
    item.refresh_from_db()
    assert (item.state, item.withdrawn_at, item.column_serial) == ("published", None, 1)
    assert Column.objects.get(pk=item.column_id).public_count == 1


def test_baking_is_idempotent_and_follows_the_database(finance, client):
    item = finance.published().item
    first = read_baked(item.public_id)
    bake_item({"items": [str(item.public_id)]})
    assert read_baked(item.public_id) == first
    storages["baked"].delete(baked_name(item.public_id))
    # Not baked yet is not absent: the same function makes the same bytes.
    assert client.get(item.get_absolute_url()).content == first
    bake_item({"items": [str(item.public_id), "01890000-0000-7000-8000-000000000000"]})
    assert read_baked(item.public_id) == first
    folder = storages["baked"].path("items")
    assert not list(Path(folder).rglob("*.new"))


def test_a_repealed_document_says_so_with_its_ground(finance, today, client):
    old = finance.published(
        docno="青财〔2020〕7号", formed_on=today - timedelta(days=900), normative_kind="normdoc"
    ).item
    new = finance.published(title="关于废止部分文件的通知").item
    with finance.capture(execute=True):
        actions.set_validity(old, by=finance.publisher, today=today, validity="repealed", since=today, document=new)
    text = client.get(old.get_absolute_url()).content.decode()
    assert f"废止（{today}）" in text and new.get_absolute_url() in text
    assert old.get_absolute_url() in client.get(new.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="已登记废止"):
        actions.set_validity(old, by=finance.publisher, today=today, validity="expired", since=today)


def test_an_interpretation_and_its_document_name_each_other(finance, today, client):
    document = finance.published(docno="青财〔2020〕7号", formed_on=today).item
    text = finance.published(title="一图读懂防汛", interprets=document, column=finance.column("A20_01_I")).item
    assert text.get_absolute_url() in client.get(document.get_absolute_url()).content.decode()
    assert document.get_absolute_url() in client.get(text.get_absolute_url()).content.decode()
    with finance.capture(execute=True):
        actions.withdraw(text, by=finance.publisher, today=today, kind="silent", reason="不实信息")
    assert text.get_absolute_url() not in client.get(document.get_absolute_url()).content.decode()
