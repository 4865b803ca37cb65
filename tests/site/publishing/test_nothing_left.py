"""What is withdrawn is gone everywhere with one delivery (R19): page, lists, related pages, gazette, baked bytes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from gongkai.agencies.models import Setting
from gongkai.documents.blobs import store
from gongkai.outbox.queue import drain, left_to_worker
from gongkai.publishing import actions
from gongkai.publishing.content import version_digest
from gongkai.publishing.models import Attachment, Publication
from gongkai.publishing.tasks import read_baked
from gongkai.trail.models import Entry

from .conftest import Chain

pytestmark = pytest.mark.django_db
FILE = "李某某名单".encode()
TITLE, WORDS, REASON = "关于李某某救助情况的公示", "李某某家庭收入情况", "含有李某某的个人隐私"


@pytest.fixture
def shown(finance, county, today, django_capture_on_commit_callbacks):
    """An item that stands wherever one can stand: with an interpretation, in a list, on the home page, in a gazette."""
    Setting.objects.create(key="publishing.gazette", value="办")
    docno = f"青财〔{today.year}〕7号"
    version = finance.draft(title=TITLE, body=WORDS, docno=docno, formed_on=today, normative_kind="normdoc")
    blob = store(FILE, name="名单.txt", content_type="text/plain")
    row = Attachment.objects.create(version=version, name="名单.txt", blob=blob, brought_by=finance.drafter)
    version.digest = version_digest(version, finance.agency)
    version.save(update_fields=["digest"])
    item = finance.published(version).item
    assert row.get_absolute_url() in read_baked(item.public_id).decode()
    other = finance.published(title="一图读懂", interprets=item, column=finance.column("A20_01_I")).item
    government = Chain(county, "县政府", django_capture_on_commit_callbacks)
    editor, leader = ({"by": person, "today": today} for person in (government.drafter, government.publisher))
    issue = actions.open_gazette_issue(
        government.agency, year=2026, number=1, serial=1, cover_date=date(2026, 3, 31), **editor
    )
    actions.add_to_gazette(issue, item, **editor)
    actions.write_gazette_text(issue, "大事记", "三月一日，开工。", **editor)
    issue = actions.submit_gazette(issue, **editor)
    issue = actions.approve_gazette(issue, secrecy_passed=True, **leader)
    return item, other, actions.issue_gazette(issue, **leader)


def addresses(item, other, issue):
    column, agency = reverse("publishing:column", args=[item.column.slug]), item.agency.public_id
    return [
        reverse("website:home"),
        reverse("publishing:disclosure"),
        column,
        f"{column}1.html",
        f"{column}?q=李某某",
        reverse("publishing:agency", args=[agency]),
        reverse("publishing:topic", args=[item.topic]),
        reverse("publishing:genre", args=[item.genre]),
        other.get_absolute_url(),
        reverse("publishing:gazette"),
        reverse("publishing:gazette") + "?q=李某某",
        reverse("publishing:gazette_issue", args=[issue.public_id]),
    ]


def baked():
    root = Path(storages["baked"].path(""))
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def file_of(item):
    return item.published_version.attachments.get().get_absolute_url()


def read_all(client, urls):
    answers = [client.get(url) for url in urls]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("kind", ["open", "silent"])
def test_withdrawn_with_one_delivery(shown, finance, today, client, kind):
    item, _, issue = shown
    urls = addresses(*shown)
    assert read_all(client, urls).count(TITLE) >= len(urls) - 2
    assert any(TITLE in text for text in baked().values())
    version, file = item.published_version, file_of(item)
    assert b"".join(client.get(file)) == FILE and FILE.decode() in baked().values()
    with left_to_worker():
        actions.withdraw(item, by=finance.publisher, today=today, kind=kind, reason=REASON)
    drain()

    assert client.get(file).status_code == 404 and FILE.decode() not in baked().values()
    page = client.get(item.get_absolute_url())
    lists = read_all(client, [url for url in urls if "gazette" not in url])
    assert TITLE not in lists and WORDS not in lists
    left = {name: text for name, text in baked().items() if TITLE in text or WORDS in text or REASON in text}
    if kind == "open":
        # Title and reason stay at the address itself, nowhere else; the printed gazette says that it was withdrawn.
        assert page.status_code == 410 and REASON in page.content.decode() and WORDS not in page.content.decode()
        assert [name.split("/")[0] for name in left] == ["gone"]
        assert "（已撤回）" in client.get(reverse("publishing:gazette_issue", args=[issue.public_id])).content.decode()
    else:
        assert page.status_code == 404 and TITLE not in page.content.decode() and left == {}
        assert TITLE not in read_all(client, urls)
        assert client.get(reverse("publishing:gazette_file", args=[issue.public_id])).status_code == 404
    # The trail keeps what went by its digest, without a word of it.
    trail = json.dumps(list(Entry.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert version.digest in trail and WORDS not in trail and REASON not in trail
    assert Publication.objects.filter(item=item, channel="gazette").exists()  # what was, was counted


def test_a_later_text_does_not_bring_the_silent_one_back(shown, finance, today, client):
    """What was printed stays withheld when the item is public again in another text, and no list says its old title."""
    item, _, issue = shown
    actions.withdraw(item, by=finance.publisher, today=today, kind="silent", reason=REASON)
    version = actions.revise(item, by=finance.drafter, today=today)
    cleaned = {"title": "关于救助情况的公示", "body": "救助三户。", "files": []}
    version = actions.edit(version, by=finance.drafter, today=today, **cleaned)
    assert finance.published(version).item.is_public
    page, file = (reverse(f"publishing:gazette_{name}", args=[issue.public_id]) for name in ("issue", "file"))
    assert client.get(file).status_code == 404
    assert TITLE not in read_all(client, [page, reverse("publishing:gazette") + "?q=公示"])
