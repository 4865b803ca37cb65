"""What waits for whom."""

from __future__ import annotations

import pytest

from county import LONG_AGO
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.queues import tasks
from gongkai.publishing.vouched import ALL_GATES

pytestmark = pytest.mark.django_db


def waiting(user, today):
    return [(task.kind, task.title) for task in tasks(user, on=today)]


def test_each_step_waits_for_those_who_may_do_it(finance, education, today, enter):
    version = finance.submitted()
    assert waiting(finance.reviewer, today) == [("审核", version.title)]
    for nobody in (finance.drafter, finance.publisher, education.reviewer):
        assert waiting(nobody, today) == []
    task = tasks(finance.reviewer, on=today)[0]
    assert enter(finance.reviewer).get(task.url).status_code == 200
    assert (task.agency, task.since) == (finance.agency, today)
    version = actions.approve_review(version, by=finance.reviewer, today=today, vouched=ALL_GATES)
    assert waiting(finance.reviewer, today) == []
    assert waiting(finance.publisher, today) == [("签发", version.title)]
    version = actions.return_(version, by=finance.publisher, today=today, remarks="请补附件")
    assert waiting(finance.drafter, today) == [("修改", version.title)]
    assert tasks(finance.drafter, on=today)[0].note == "请补附件"


def test_nobody_is_asked_to_review_his_own_text(finance, today):
    appoint(finance.drafter, Role.REVIEWER, finance.agency, by=None, on=LONG_AGO)
    finance.submitted()
    finance.imported()
    assert waiting(finance.drafter, today) == []


def test_a_batch_is_one_task(finance, today, enter):
    batch = finance.imported(30)
    assert waiting(finance.reviewer, today) == [("审核", "行政处罚决定（30 条）")]
    batch = actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=ALL_GATES)
    assert waiting(finance.publisher, today) == [("签发", "行政处罚决定（30 条）")]
    assert enter(finance.publisher).get(tasks(finance.publisher, on=today)[0].url).status_code == 200
    actions.return_batch(batch, by=finance.publisher, today=today, remarks="重拟")
    assert waiting(finance.drafter, today) == [("修改", "行政处罚决定（30 条）")]
    assert enter(finance.drafter).get(tasks(finance.drafter, on=today)[0].url).status_code == 200
