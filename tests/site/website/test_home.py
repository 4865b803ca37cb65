"""The portal's home: found by anybody, counted from the ledgers, without a cookie."""

import pytest
from django.urls import reverse
from django.utils import timezone

from county import build
from gongkai.agencies.models import Role
from gongkai.publishing.actions import approve_review, draft, sign_and_publish, submit
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import ALL_GATES

pytestmark = pytest.mark.django_db


def test_home_lists_what_is_public_and_nothing_else(client):
    county = build()
    columns = {column.code: column for column in seed_columns()}
    today = timezone.localdate()
    author = county.person("财政局", Role.DRAFTER)
    versions = [
        draft(
            county.organs["财政局"], title=title, column=columns["A20_04"], body="<p>正文。</p>", by=author, today=today
        )
        for title in ("已经公开的统计信息", "还在拟稿的统计信息")
    ]
    version = submit(versions[0], by=author, today=today)
    version = approve_review(version, by=county.person("财政局", Role.REVIEWER), today=today, vouched=ALL_GATES)
    sign_and_publish(version, by=county.person("财政局", Role.PUBLISHER), today=today)
    answer = client.get(reverse("website:home"))
    page = answer.content.decode()
    assert "已经公开的统计信息" in page
    assert "还在拟稿的统计信息" not in page
    assert '<span class="figure-value">1<span class="figure-unit">条' in page
    assert not answer.cookies
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_before_installation_home_leads_to_the_log_in(client):
    assert client.get("/").headers["Location"] == reverse("desk:login")
