"""The desk's list filtered: each filter finds exactly what it says, however it is asked of the database."""

from __future__ import annotations

import pytest

from gongkai.publishing import actions
from gongkai.publishing.models import Item
from gongkai_core.states.items import STATES

pytestmark = pytest.mark.django_db


def test_each_state_finds_its_items_and_no_others(finance, today):
    finance.published(title="已公开的通知")
    finance.draft(title="在拟的通知")
    finance.submitted(title="待审的通知")
    actions.discard(finance.draft(title="作废的通知"), by=finance.drafter, today=today)
    for state in STATES:
        wanted = sorted(item.pk for item in Item.objects.all() if item.state == state)
        assert sorted(Item.objects.in_state(state).values_list("pk", flat=True)) == wanted, state
    assert Item.objects.in_state("draft").count() == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [("防汛", 1), ("防汛工作的", 1), ("wifi", 1), ("WiFi 建设", 1), ("%", 1), ("_", 0), ("没有", 0), ("的", 3)],
)
def test_words_are_looked_for_in_titles_as_they_are(finance, words, found):
    for title in ("关于防汛工作的通知", "公共场所WIFI 建设的公告", "完成率100%的通报"):
        finance.draft(title=title)
    assert Item.objects.titled(words).count() == found
