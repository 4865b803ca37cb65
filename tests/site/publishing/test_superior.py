"""上级平台: packages leave, addresses come back checked, our pages lead there, counts use the earlier day."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Setting
from gongkai.design.words import BEIJING
from gongkai.documents.blobs import store
from gongkai.operations.invariants import baked_as_published
from gongkai.publishing import actions, superior_check
from gongkai.publishing.fetching import Titles, Unfetched
from gongkai.publishing.figures import figures
from gongkai.publishing.models import Approval, Attachment, Item, Publication, SuperiorPage, Takedown
from gongkai.publishing.package import FIELDS
from gongkai.publishing.queues import tasks
from gongkai.publishing.superior import HOSTS, MODE
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOST = "www.jiangzhou.example"
URL = f"https://{HOST}/gk/2026/t1.html"


def switch(**values):
    for name, value in values.items():
        Setting.objects.update_or_create(key=f"publishing.{name}", defaults={"value": value})


@pytest.fixture
def superior(db):
    switch(portal_mode="上级平台", superior_hosts=HOST)


def now():
    return datetime.now(BEIJING).replace(second=0, microsecond=0)


def test_in_ones_own_portal_nothing_is_awaited_and_no_address_exists(finance, enter):
    item = finance.published().item
    assert not SuperiorPage.objects.exists() and tasks(finance.drafter, on=item.published_at.date()) == []
    clerk = enter(finance.drafter)
    for url in (
        reverse("publishing:desk_superior"),
        reverse("publishing:desk_superior_page", args=[item.public_id]),
        reverse("publishing:desk_package", args=[item.public_id]),
    ):
        assert clerk.get(url).status_code == 404
    assert "回填清单" not in clerk.get(reverse("publishing:desk_items")).content.decode()


def test_what_is_published_waits_for_its_address(finance, superior, today, enter, client):
    item = finance.published().item
    finance.published_batch(2)
    (task,) = tasks(finance.drafter, on=today)
    assert (task.kind, task.title) == ("回填", "上级平台网址待回填 3 条")
    clerk = enter(finance.drafter)
    assert item.title in clerk.get(task.url).content.decode()
    url = reverse("publishing:desk_superior_page", args=[item.public_id])
    assert "粘贴包" in clerk.get(url).content.decode()
    wrong = clerk.post(url, {"url": "https://elsewhere.example/1", "posted_at": f"{now():%Y-%m-%dT%H:%M}"})
    assert "不是上级平台" in wrong.content.decode() and "elsewhere.example" in wrong.content.decode()
    posted_at = now()
    with finance.capture(execute=True):
        clerk.post(url, {"url": URL + "#top", "posted_at": f"{posted_at:%Y-%m-%dT%H:%M}"})
    page = SuperiorPage.objects.get(item=item)
    assert (page.url, page.posted_at, page.filled_by) == (URL, posted_at, finance.drafter)
    assert tasks(finance.drafter, on=today)[0].title == "上级平台网址待回填 2 条"
    text = client.get(item.get_absolute_url()).content.decode()
    assert f'href="{URL}"' in text and "现将有关事项通知如下" in text
    assert baked_as_published().holds


@pytest.mark.parametrize(
    ("url", "minutes", "code"),
    [
        ("没有", 0, "no_address"),
        (f"ftp://{HOST}/1", 0, "no_address"),
        (f"https://user@{HOST}/1", 0, "no_address"),
        (f"https://{HOST}:8443/1", 0, "no_address"),
        (f"https://{HOST}.evil.example/1", 0, "foreign_host"),
        (f"https://evil.example/?{HOST}", 0, "foreign_host"),
        (URL, -2, "before_approval"),
        (URL, 2, "future_time"),
        (URL, 0, None),
    ],
)
def test_an_address_is_checked(finance, superior, today, url, minutes, code):
    finance.published()
    page = SuperiorPage.objects.get()
    moment = now() + timedelta(minutes=minutes)
    refusal = actions.can_fill_back(page, by=finance.drafter, today=today, url=url, posted_at=moment)
    assert (refusal.code if refusal else None) == code


def test_an_address_belongs_to_one_item_and_to_a_named_host(finance, superior, today):
    finance.published()
    finance.published(title="另一条")
    first, second = SuperiorPage.objects.order_by("pk")
    facts = {"url": URL, "posted_at": now(), "today": today}
    with pytest.raises(Refused, match="拟稿人、签发人"):
        actions.fill_back(first, by=finance.reviewer, **facts)
    actions.fill_back(first, by=finance.drafter, **facts)
    with pytest.raises(Refused, match="已回填给"):
        actions.fill_back(second, by=finance.drafter, **facts | {"url": URL.replace("https", "HTTPS")})
    switch(superior_hosts="")
    with pytest.raises(Refused, match="域名"):
        actions.fill_back(second, by=finance.drafter, **facts | {"url": URL + "?2"})


def test_many_come_back_from_excel_checked_row_by_row(finance, superior, today, enter):
    items = [finance.published(title=f"第{n}号通知").item for n in range(4)]
    moment = f"{now():%Y/%m/%d %H:%M}"
    rows = [
        f"{items[0].index_no}\t{URL}?0\t{moment}",
        f"{items[1].index_no}\t{URL}?1\t{today.year}年{today.month}月{today.day}日",
        f"{items[2].index_no}\t{URL}?0\t{moment}",
        f"{items[3].index_no}\t{URL}?3\t昨天",
        f"没有的索引号\t{URL}?4\t{moment}",
    ]
    clerk, url = enter(finance.drafter), reverse("publishing:desk_superior")
    assert "其中要有“索引号”" in clerk.post(url, {"table": "标题\t网址\n1\t2"}).content.decode()
    typed = {"table": "索引号\t网址\t发布时间\n" + "\n".join(rows)}
    text = clerk.post(url, {**typed, "then": "check"}).content.decode()
    assert "可回填 2 行，有错 3 行" in text and rows[0].split("\t")[0] in text
    for words in ("与第 2 行的网址相同", "“昨天”不是日期时间", "没有索引号为“没有的索引号”"):
        assert words in text
    assert not SuperiorPage.objects.exclude(filled_at=None).exists()
    answer = clerk.post(url, {**typed, "then": "fill"}, follow=True).content.decode()
    assert "已回填 2 条" in answer and "昨天" in answer
    assert set(SuperiorPage.objects.exclude(filled_at=None).values_list("item", flat=True)) == {
        items[0].pk,
        items[1].pk,
    }


def test_the_earlier_day_is_the_first_publication(finance, superior, today):
    """Approved yesterday, on the superior's platform yesterday, on ours today: counted yesterday (PUB-02)."""
    item = finance.published().item
    yesterday = now() - timedelta(days=1)
    Approval.objects.update(at=yesterday)
    posted_at = yesterday + timedelta(minutes=5)
    actions.fill_back(SuperiorPage.objects.get(), url=URL, posted_at=posted_at, by=finance.drafter, today=today)
    item.refresh_from_db()
    assert item.first_published_at == posted_at and item.published_at > posted_at
    assert Publication.objects.get(item=item).published_on == posted_at.date()
    day = posted_at.date()
    cells = figures(Period(day, day), Scope(finance.agency, False))
    assert (cells["t14.1_1"].value, cells["t14.1_2_2"].value) == (1, 1)
    later = finance.published(title="另一条").item
    page = SuperiorPage.objects.get(item=later)
    actions.fill_back(page, url=URL + "?2", posted_at=now(), by=finance.drafter, today=today)
    first = later.first_published_at
    later.refresh_from_db()
    assert abs(later.first_published_at - first) < timedelta(minutes=1)


def test_our_page_follows_the_setting_and_a_new_version_is_awaited_again(finance, superior, today, client):
    item = finance.published().item
    page = SuperiorPage.objects.get()
    actions.fill_back(page, url=URL, posted_at=now(), by=finance.drafter, today=today)
    switch(superior_shown="只显示链接")
    with finance.capture(execute=True):
        superior_check.nightly(today)
    text = client.get(item.get_absolute_url()).content.decode()
    assert f'href="{URL}"' in text and "现将有关事项通知如下" not in text
    switch(superior_shown="不显示")
    with finance.capture(execute=True):
        superior_check.nightly(today)
    text = client.get(item.get_absolute_url()).content.decode()
    assert HOST not in text and "现将有关事项通知如下" in text
    version = actions.revise(item, by=finance.drafter, today=today)
    finance.published(version)
    page.refresh_from_db()
    assert (page.version, page.filled_at, page.url) == (version, None, URL)
    # The page over there keeps its first day.
    assert not actions.can_fill_back(page, by=finance.drafter, today=today, url=URL, posted_at=page.posted_at)


def test_the_package_holds_text_metadata_and_fields_in_the_superiors_order(finance, superior, enter):
    item = finance.published().item
    blob = store(b"1,2", name="a", content_type="text/csv")
    facts = {"version": item.published_version, "blob": blob, "brought_by": finance.drafter}
    Attachment.objects.create(name="../附表.csv", **facts)
    switch(superior_fields="题名=标题；文种=体裁分类；内容=正文")
    clerk = enter(finance.drafter)
    file = clerk.get(reverse("publishing:desk_package", args=[item.public_id]))
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert archive.namelist() == ["正文.txt", "正文.html", "元数据.txt", "元数据.json", "附件/01-_附表.csv"]
    assert archive.read("附件/01-_附表.csv") == b"1,2"
    assert archive.read("正文.txt").decode().startswith("各乡镇人民政府：\n现将")
    assert json.loads(archive.read("元数据.json")) == {"题名": item.title, "文种": "通知"}
    assert file.content == clerk.get(reverse("publishing:desk_package", args=[item.public_id])).content
    page = clerk.get(reverse("publishing:desk_superior_page", args=[item.public_id])).content.decode()
    assert page.index("题名") < page.index("文种") < page.index(">内容<")


@pytest.mark.parametrize("text", ["", "题名=不存在的", "=标题"])
def test_settings_take_only_what_they_can_be(finance, text):
    with pytest.raises(ValueError):
        FIELDS.change(text, by=finance.drafter)
    for setting, value in ((HOSTS, "https://a.example/"), (MODE, "别的")):
        with pytest.raises(ValueError):
            setting.change(value, by=finance.drafter)
    HOSTS.change("WWW.a.example，b.example", by=finance.drafter)
    assert HOSTS.value() == "www.a.example b.example"


def test_a_silent_withdrawal_asks_the_superior_by_its_address(finance, superior, today):
    item = finance.published().item
    actions.fill_back(SuperiorPage.objects.get(), url=URL, posted_at=now(), by=finance.drafter, today=today)
    actions.withdraw(item, by=finance.publisher, today=today, kind="silent", reason="隐私")
    assert Takedown.objects.get().url == URL
    assert Item.objects.get().state == "withdrawn"
    # The address, which may repeat the title, is in the rows alone, where it can be cleared.
    assert URL not in str(list(Entry.objects.values_list("facts", flat=True)))


# 核对 ---------------------------------------------------------------------------------------------------------------


def test_nothing_is_asked_of_the_outside_until_the_office_says_so(finance, superior, today, monkeypatch):
    finance.published()
    actions.fill_back(SuperiorPage.objects.get(), url=URL, posted_at=now(), by=finance.drafter, today=today)
    asked = []
    monkeypatch.setattr(superior_check, "fetch_titles", lambda url, **_: asked.append(url) or Titles(("别的题目",)))
    superior_check.nightly(today)
    with pytest.raises(CommandError, match="没有准许"):
        call_command("check_superior")
    assert asked == []
    switch(superior_look=1)
    superior_check.nightly(today)
    superior_check.nightly(today)  # once a month is enough
    assert asked == [URL]
    page = SuperiorPage.objects.get()
    assert (page.verdict, page.verdict_note) == ("other", "网页题为“别的题目”")


def test_a_look_says_same_other_or_unreached(finance, superior, today, enter):
    answers = [Titles(("关于做好 防汛工作的通知 - 江州市",)), Titles(("首页",)), Unfetched("返回 404")]
    for n in range(3):
        finance.published()
        page = SuperiorPage.objects.order_by("-pk").first()
        actions.fill_back(page, url=f"{URL}?{n}", posted_at=now(), by=finance.drafter, today=today)

    def fetch(url):
        answer = answers[int(url[-1])]
        if isinstance(answer, Unfetched):
            raise answer
        return answer

    assert superior_check.check_pages(seconds=9, fetch=fetch, pause=0) == 3
    assert list(SuperiorPage.objects.order_by("pk").values_list("verdict", flat=True)) == ["same", "other", "unreached"]
    text = enter(finance.drafter).get(reverse("publishing:desk_superior"), {"state": "doubtful"}).content.decode()
    assert "返回 404" in text and "网页题为“首页”" in text and f"{URL}?0" not in text
