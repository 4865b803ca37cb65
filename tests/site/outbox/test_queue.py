"""The outbox: after the commit, at least once, patiently."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from gongkai.config import settings as defaults
from gongkai.outbox.models import Message
from gongkai.outbox.queue import AT_ONCE, deliver, drain, put, put_many

pytestmark = pytest.mark.django_db
seen: list[dict] = []


def remember(payload):
    seen.append(payload)


def fail(payload):
    raise ValueError("张三 13800000000")


@pytest.fixture(autouse=True)
def handlers(settings):
    seen.clear()
    settings.OUTBOX_HANDLERS = {"good": f"{__name__}.remember", "bad": f"{__name__}.fail"}


def test_a_message_is_delivered_after_the_commit_and_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        put("good", "item:1", {"n": 1})
        put("good", "item:1", {"n": 1})
        assert seen == []
    assert seen == [{"n": 1}]
    assert drain() == 0


def test_nothing_is_delivered_when_the_act_fails(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        put("good", "item:2")
        _ = 1 / 0
    assert seen == []
    assert not Message.objects.filter(key="item:2").exists()


def test_a_failing_message_waits_and_keeps_no_personal_data():
    put("bad", "item:3")
    assert drain() == 0
    message = Message.objects.get(key="item:3")
    assert message.last_error == "ValueError"
    assert message.due_at > timezone.now()
    assert message.done_at is None
    assert drain() == 0
    assert message.attempts == 1


def test_a_message_claimed_by_a_killed_worker_comes_back():
    put("good", "item:4", {"n": 4})
    Message.objects.update(due_at=timezone.now() + timedelta(seconds=60), attempts=1)
    assert drain() == 0
    Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert drain() == 1
    assert seen == [{"n": 4}]


def test_a_message_is_claimed_by_one_worker_only():
    put("good", "item:5", {"n": 5})
    message = Message.objects.get(key="item:5")
    assert deliver(message)
    assert not deliver(message)
    assert seen == [{"n": 5}]


def test_a_batch_is_left_to_the_worker(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        put_many([("good", f"batch:{n}", {"n": n}) for n in range(AT_ONCE + 1)])
    assert seen == []
    assert drain() == AT_ONCE + 1


def test_a_day_is_announced_once_however_many_workers_start(settings):
    settings.OUTBOX_HANDLERS = {"daily": f"{__name__}.remember"}
    for _ in range(3):
        call_command("worker", "--once")
    assert [payload["day"] for payload in seen] == [timezone.localdate().isoformat()]


def test_every_handler_of_the_settings_exists():
    for path in defaults.OUTBOX_HANDLERS.values():
        assert callable(import_string(path))
