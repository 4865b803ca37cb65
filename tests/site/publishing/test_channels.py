"""Where items were also published: wording for 微信 and 微博, ticks for the tables, monthly numbers for the prose."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from freezing import on_day
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role
from gongkai.annualreport.basis import gather
from gongkai.annualreport.drafting import Facts, draft
from gongkai.publishing.figures import figures
from gongkai.publishing.wording import WEIBO, gist, weibo
from gongkai.registers.models import ChannelMonth
from gongkai.statistics.models import Snapshot

URL = "https://qinghe.example.cn/disclosure/items/1.html"


@given(
    st.text(alphabet="通知事项。，\n", max_size=300),
    st.text(alphabet="题目", min_size=1, max_size=80),
    st.integers(70, 300),
)
def test_a_post_keeps_its_length_its_address_and_whole_sentences(text, title, limit):
    post = weibo(title, text, URL, limit)
    assert len(post) <= limit and post.endswith(URL) and post.startswith("【")
    taken = gist(text, 50)
    assert len(taken) <= 50
    assert not taken or taken[-1] in "。…" or "".join(text.split()).endswith(taken[-1])


@pytest.mark.django_db
def test_the_texts_are_shown_to_copy_and_downloaded(finance, education, enter):
    WEIBO.change("120", by=finance.publisher)
    body = "第一句说要做什么。" + "第二句很长，" * 20 + "。"
    item = finance.published(title="关于开放图书馆的通知", body=body).item
    clerk, url = enter(finance.drafter), reverse("publishing:desk_wording", args=[item.public_id])
    assert url in clerk.get(reverse("publishing:desk_item", args=[item.public_id])).content.decode()
    page = clerk.get(url).content.decode()
    assert "【关于开放图书馆的通知】第一句说要做什么。 全文：http" in page
    answer = clerk.get(url, {"as": "wechat"})
    text = answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment") and text.endswith(item.get_absolute_url())
    assert text.splitlines()[0] == item.title and "第二句很长" not in text.splitlines()[1]
    assert clerk.get(url, {"as": "radio"}).status_code == 404
    assert enter(education.drafter).get(url).status_code == 404
    draft_url = reverse("publishing:desk_wording", args=[finance.draft().item.public_id])
    assert clerk.get(draft_url).status_code == 404


@pytest.mark.django_db
def test_monthly_numbers_feed_the_prose_and_no_cell(finance, county, enter):
    clerk, url = enter(county.person("财政局", Role.STATISTICIAN)), reverse("registers:register", args=["channelmonth"])
    typed = {"wechat": 12, "weibo": 3, "press": 0, "board": 2, "other": 0}
    with on_day(date(2026, 11, 23)):
        assert "请写成年-月" in clerk.post(url, {**typed, "month": "十月"}).content.decode()
        assert "日期不能晚于今天" in clerk.post(url, {**typed, "month": "2026-11"}, follow=True).content.decode()
        clerk.post(url, {**typed, "month": "2026-10"})
        assert "2026年10月已经填报" in clerk.post(url, {**typed, "month": "2026-10"}).content.decode()
        clerk.post(url, {**typed, "month": "2026-09", "wechat": 8})
        page = clerk.get(url).content.decode()
    assert [row.held_on.month for row in ChannelMonth.objects.all()] == [10, 9]
    assert "2026年10月渠道发布数" in page and "公开栏、电子屏" in page
    scope = Scope(finance.agency, whole_region=False)
    found = figures(Period.of_year(2026), scope)
    assert [found[f"t14.1_2_{n}"].value for n in range(1, 6)] == [0] * 5
    snapshot = Snapshot(agency=finance.agency, whole_region=False, year=2026, edition="2021", values={}, origins={})
    basis = gather(snapshot)
    assert basis["channels"] == {"wechat": 20, "weibo": 6, "press": 0, "board": 4, "other": 0}
    facts = Facts("青禾县财政局", 2026, "2021", whole_region=False, basis=basis)
    text, used = draft("1.1", {}, facts)
    assert "政务微信20条、政务微博6条、公开栏、电子屏4条" in text
    assert ["channels.wechat", "20"] in used
