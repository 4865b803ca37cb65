"""A county whose bureaus have people in each post of the chain, and items brought through it by the real acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import county as a_county
from gongkai.agencies.models import Agency, Role, User
from gongkai.publishing import actions
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.models import Batch, Column, ItemVersion
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import ALL_GATES
from gongkai_core.disclosure import parse_term
from gongkai_core.disclosure.standard import StandardRow

BODY = "各乡镇人民政府：\n现将有关事项通知如下。\n一、按时办理。"
GUIDE = """政府信息的分类和编排体系：按条例第二十条分为十五类，编排体系由索引号、名称、内容概述、生成日期组成。
获取方式：县政府网站、档案馆、图书馆查阅点。
工作机构名称：青禾县财政局办公室
办公地址：青禾县政务大道7号
办公时间：工作日 8:30—12:00，14:30—17:30
联系电话：0990-2100007
传真号码：0990-2100008
电子邮箱：organ07@qinghe.example"""
"""A guide with its nine elements."""


class Chain:
    """One organ and its drafter, reviewer and publisher; `today` may lie in the past."""

    def __init__(self, county: a_county.County, organ: str, capture: Any) -> None:
        self.agency: Agency = county.organs[organ]
        self.drafter: User = county.person(organ, Role.DRAFTER)
        self.reviewer: User = county.person(organ, Role.REVIEWER)
        self.publisher: User = county.person(organ, Role.PUBLISHER)
        self.capture = capture

    @staticmethod
    def column(code: str = "A20_01") -> Column:
        return Column.objects.get(code=code)

    def draft(self, title: str = "关于做好防汛工作的通知", **given: Any) -> ItemVersion:
        facts = {"column": self.column("A20_01"), "body": BODY, "by": self.drafter, "today": timezone.localdate()}
        facts["backdated_reason"] = "补录历史文件"  # kept only where a document's day asks for it
        return actions.draft(self.agency, title=title, **{**facts, **given})

    def submitted(self, version: ItemVersion | None = None, **given: Any) -> ItemVersion:
        day = given.get("today", timezone.localdate())
        return actions.submit(version or self.draft(**given), by=self.drafter, today=day)

    def reviewed(self, version: ItemVersion | None = None, **given: Any) -> ItemVersion:
        day = given.get("today", timezone.localdate())
        version = self.submitted(version, **given)
        return actions.approve_review(version, by=self.reviewer, today=day, vouched=ALL_GATES)

    def published(self, version: ItemVersion | None = None, **given: Any) -> ItemVersion:
        """Through the whole chain, with its page baked."""
        day = given.get("today", timezone.localdate())
        with self.capture(execute=True):
            version = self.reviewed(version, **given)
            return actions.sign_and_publish(version, by=self.publisher, today=day)

    def imported(self, count: int = 3, **given: Any) -> Batch:
        rows = [BatchRow(f"行政处罚决定第{n}号", f"第{n}件，罚款{n}百元。") for n in range(1, count + 1)]
        facts = {"title": "行政处罚决定", "column": self.column("A20_06"), "rows": rows, "today": timezone.localdate()}
        return actions.import_batch(self.agency, by=self.drafter, **{**facts, **given})

    def published_batch(self, count: int = 3, **given: Any) -> Batch:
        day = given.get("today", timezone.localdate())
        with self.capture(execute=True):
            batch = self.imported(count, **given)
            batch = actions.approve_batch(batch, by=self.reviewer, today=day, vouched=ALL_GATES)
            return actions.publish_batch(batch, by=self.publisher, today=day)


def standard_row(organ: str, **given: Any) -> StandardRow:
    """A row of a standard catalogue, right in every respect."""
    facts = {
        "line": 1, "matter": "政策法规文件", "submatter": "救助标准", "content": "文件名称、标准、发布机关", "ground": "社会救助暂行办法",
        "term_text": "自信息形成或者变更之日起20个工作日内", "organ": organ, "channels": ("政府网站", "公开查阅点"), "other_channel": "",
        "group": "", "active": True, "on_request": False, "county": True, "town": False, **given,
    }  # fmt: skip
    return StandardRow(**facts, term=parse_term(facts["term_text"]))


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def county(db: None) -> a_county.County:
    seed_columns()
    return a_county.build()


@pytest.fixture
def finance(county: a_county.County, django_capture_on_commit_callbacks: Any) -> Chain:
    return Chain(county, "财政局", django_capture_on_commit_callbacks)


@pytest.fixture
def education(county: a_county.County, django_capture_on_commit_callbacks: Any) -> Chain:
    """The other organ, for which nothing of 财政局's exists."""
    return Chain(county, "教育局", django_capture_on_commit_callbacks)


@pytest.fixture
def enter() -> Callable[[User], Client]:
    def login(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return login
