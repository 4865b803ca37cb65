"""While a secret is looked into (隔离) nothing of the item stands on any desk page, list or sheet of other people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from county import LONG_AGO
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role, Setting
from gongkai.operations.actions.handle_spill import report_spill
from gongkai.publishing import actions
from gongkai.publishing.docno_series import all_series, sheet_rows
from gongkai.publishing.figures import figures
from gongkai.publishing.models import (
    CatalogueEntry,
    CleanUpEntry,
    Obligation,
    RescanHit,
    Sample,
    Takedown,
    WithdrawalKind,
)
from gongkai.publishing.obligations import generate
from gongkai.publishing.queues import tasks
from gongkai.publishing.skeleton import seed_duties

from .conftest import Chain

pytestmark = pytest.mark.django_db
TITLE, WORDS = "关于天池山坐标的通知", "天池山坐标三一七"


@pytest.fixture
def office(county):
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def document(finance, today):
    """A public document, first public last month."""
    day = today.replace(day=1) - timedelta(days=1)
    docno = f"青财〔{day.year}〕1号"
    facts = {"title": TITLE, "body": WORDS, "docno": docno, "formed_on": day, "normative_kind": "normdoc"}
    return finance.published(today=day, **facts).item


@pytest.fixture
def everywhere(document, finance, county, office, today, django_capture_on_commit_callbacks):
    """The desk's pages on which the document stands before it is isolated."""
    Setting.objects.create(key="publishing.gazette", value="办")
    who, desk = {"by": office, "today": today}, "publishing:desk_"
    [draw] = actions.draw_samples(month=document.shown_on.replace(day=1), **who)
    round_ = actions.open_clean_up(title="文件清理", as_of=today, due_on=today + timedelta(days=30), **who)
    seed_duties(LONG_AGO)
    generate(document.shown_on)
    row = Obligation.objects.filter(agency=finance.agency).first()
    actions.add_evidence(row, item=document, by=finance.drafter, today=today)
    RescanHit.objects.create(
        agency=finance.agency, item=document, fingerprint="1", name="规则", kind="wording", where="正文", around=WORDS,
        suggestion="改", found_on=today,
    )  # fmt: skip
    explained = finance.draft(title="一图读懂", interprets=document, column=finance.column("A20_01_I")).item
    government = Chain(county, "县政府", django_capture_on_commit_callbacks)
    editor = {"by": government.drafter, "today": today}
    issue = actions.open_gazette_issue(
        government.agency, year=2026, number=1, serial=1, cover_date=date(2026, 3, 31), **editor
    )
    actions.add_to_gazette(issue, document, **editor)
    actions.submit_gazette(issue, **editor)
    Takedown.objects.create(item=document, holder="客户端", entered_by=office, entered_at=document.published_at)
    entry = CleanUpEntry.objects.get(clean_up=round_)
    ours = [
        reverse(f"{desk}samples"),
        reverse(f"{desk}sample", args=[Sample.objects.get(draw=draw).public_id]),
        reverse(f"{desk}clean_up", args=[round_.public_id]),
        reverse(f"{desk}judge", args=[entry.public_id]),
        reverse(f"{desk}obligation", args=[row.public_id]),
        reverse(f"{desk}rescan"),
        reverse(f"{desk}docnos"),
        reverse(f"{desk}item", args=[explained.public_id]),
        reverse(f"{desk}items"),
        reverse("desk:home"),
    ]
    theirs = [
        reverse(f"{desk}gazette_issue", args=[issue.public_id]),
        reverse(f"{desk}gazette_decide", args=[issue.public_id]),
    ]
    return [*((finance.drafter, url) for url in ours), *((government.publisher, url) for url in theirs)]


def sheet(agency):
    return str(list(sheet_rows(agency, all_series(agency))))


def told(enter, pages):
    """The addresses that say something of the document to their person."""
    found = []
    for person, url in pages:
        text = enter(person).get(url).content.decode()
        found += [url] if TITLE in text or WORDS in text else []
    return found


def test_no_desk_page_says_anything_of_it(everywhere, document, finance, office, today, enter):
    pages = [page for page in everywhere if page[1] != reverse("desk:home")]
    assert told(enter, pages) == [url for _, url in pages]  # each of them said so before
    assert TITLE in sheet(finance.agency)
    report_spill(document, by=office, today=today)
    assert told(enter, everywhere) == []
    assert TITLE not in sheet(finance.agency)
    assert not [task for task in tasks(finance.publisher, on=today) if task.title == TITLE]
    settle = reverse("publishing:desk_takedown", args=[Takedown.objects.get(item=document).public_id])
    assert enter(finance.publisher).get(settle).status_code == 404
    year = Period(date(today.year - 1, 1, 1), today)
    records = figures(year, Scope(finance.agency, whole_region=False))["t14.1_1"].records()
    assert TITLE not in [record.as_record().title for record in records] and len(records) == 1  # counted, unnamed


def test_what_it_served_is_owed_again(document, finance, office, today):
    seed_duties(LONG_AGO)
    generate(document.shown_on)
    entry = CatalogueEntry.objects.get(catalogue=None, column=document.column)
    served = Obligation.objects.filter(entry=entry, agency=finance.agency, items=1)
    assert served.exists()
    report_spill(document, by=office, today=today)
    assert not served.exists()


@pytest.mark.parametrize("kind", WithdrawalKind.values)
def test_public_lists_name_no_document_that_went_silently(document, finance, today, client, kind):
    day = {"today": today, "by": finance.publisher}
    old = finance.published(
        title="旧办法", docno=f"青财〔{today.year}〕2号", formed_on=today, normative_kind="normdoc"
    ).item
    with finance.capture(execute=True):
        actions.set_validity(old, validity="repealed", since=today, document=document, **day)
    lists = [reverse("publishing:invalid"), old.get_absolute_url()]

    def names(url):
        text = client.get(url).content.decode()
        assert "旧办法" in text
        return TITLE in text or document.docno in text

    assert all(map(names, lists))
    with finance.capture(execute=True):
        actions.withdraw(document, kind=kind, reason="有误", **day)
    assert [names(url) for url in lists] == [kind == WithdrawalKind.OPEN] * 2
