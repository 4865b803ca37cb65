"""The September round: every document in force, a verdict from its organ, the outcome as a text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from county import LONG_AGO
from freezing import on_day
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.models import CleanUp, CleanUpEntry, Item
from gongkai.publishing.vouched import ALL_GATES
from gongkai_core.refusals import Refused

from .conftest import Chain

pytestmark = pytest.mark.django_db


def normative(chain, number, **given):
    facts = {"title": f"第{number}号办法", "docno": f"{chain.agency.document_prefix}发〔2020〕{number}号"}
    return chain.published(**facts, formed_on=date(2020, 4, 2), normative_kind="normdoc", **given).item


def test_a_round_from_its_opening_to_the_changed_validity(finance, education, county, enter, today, client):
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    appoint(office, Role.DRAFTER, county.government, by=None, on=LONG_AGO)
    keep, drop = normative(finance, 1), normative(finance, 2)
    foreign = normative(education, 3)
    normative(finance, 4, valid_until=today - timedelta(days=1))
    finance.published(title="不是规范性文件", docno="青财函〔2020〕5号", formed_on=date(2020, 4, 2))
    desk = enter(office)
    rounds, due = reverse("publishing:desk_clean_ups"), today + timedelta(days=20)
    typed = {"title": "2026年规范性文件清理", "as_of": today.isoformat(), "due_on": today.isoformat()}
    assert "须在今天之后" in desk.post(rounds, typed).content.decode()
    clerk = enter(finance.drafter)
    assert "由政务公开办组织" in clerk.post(rounds, {**typed, "due_on": due.isoformat()}).content.decode()
    desk.post(rounds, {**typed, "due_on": due.isoformat()})
    clean_up = CleanUp.objects.get()
    assert {entry.item for entry in clean_up.entries.all()} == {keep, drop, foreign}
    assert "还没有公布结果" in desk.post(rounds, {**typed, "due_on": due.isoformat()}).content.decode()

    url = reverse("publishing:desk_clean_up", args=[clean_up.public_id])
    assert "2 件没有意见" in clerk.get(reverse("desk:home")).content.decode()
    shown = clerk.get(url).content.decode()
    assert keep.title in shown and foreign.title not in shown
    for item, verdict in ((keep, "continue"), (drop, "repeal")):
        judge = reverse("publishing:desk_judge", args=[CleanUpEntry.objects.get(item=item).public_id])
        assert "请填写理由" in clerk.post(judge, {"verdict": verdict}).content.decode()
        assert clerk.post(judge, {"verdict": verdict, "ground": "上位法已改"}).status_code == 302
        assert enter(education.drafter).get(judge).status_code == 404
    board = desk.get(url).content.decode()
    assert board.index(">教育局<") < board.index(">财政局<"), "who has the most to do stands first"
    assert "逾期" not in board
    with on_day(due + timedelta(days=1)):
        late = desk.get(url, {"open": "1"}).content.decode()
    assert "已过期限，还有 1 件没有意见" in late and "逾期" in late and keep.title not in late

    conclude = reverse("publishing:desk_clean_up_conclude", args=[clean_up.public_id])
    assert "还有 1 件没有意见" in desk.post(conclude, follow=True).content.decode()
    entry = CleanUpEntry.objects.get(item=foreign)
    actions.judge_document(entry, by=education.publisher, today=today, verdict="amend", ground="与新规定不一致")
    draft = desk.post(conclude, follow=True).content.decode()
    assert "继续有效 1 件，修改 1 件，废止 1 件，宣布失效 0 件" in draft and "废止的文件（1 件）" in draft
    with pytest.raises(Refused, match="不再更改"):
        actions.judge_document(entry, by=education.publisher, today=today, verdict="continue", ground="再想想")

    result = Item.objects.get(concludes_clean_ups=clean_up)
    assert "变更有效性" not in clerk.get(url).content.decode()
    _publish(county, result, finance.capture, today)
    page = client.get(result.get_absolute_url()).content.decode()
    assert drop.title in page and drop.docno in page
    link = f"{reverse('publishing:desk_validity', args=[drop.public_id])}?validity=repealed"
    assert link in clerk.get(url).content.decode()
    form = enter(finance.publisher).get(link, {"validity": "repealed", "document": result.index_no}).content.decode()
    assert result.index_no in form
    actions.set_validity(drop, validity="repealed", since=today, document=result, by=finance.publisher, today=today)
    assert link not in clerk.get(url).content.decode()


def _publish(county, item, capture, today):
    chain = Chain(county, "县政府", capture)
    version = actions.submit(item.versions.get(), by=item.versions.get().author, today=today)
    version = actions.approve_review(version, by=chain.reviewer, today=today, vouched=ALL_GATES)
    with capture(execute=True):
        actions.sign_and_publish(version, by=chain.publisher, today=today)


def test_the_office_is_reminded_in_september(county, finance, enter):
    office = enter(county.person("县政府", Role.DISCLOSURE_OFFICE))
    for day, said in ((date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2026, 10, 8), False)):
        with on_day(day):
            assert ("2026年规范性文件清理" in office.get(reverse("desk:home")).content.decode()) is said
    with pytest.raises(Refused, match="没有现行有效"):
        actions.open_clean_up(
            title="空", as_of=date(2026, 9, 1), due_on=date(2026, 10, 1), today=date(2026, 9, 1),
            by=county.person("县政府", Role.DISCLOSURE_OFFICE),
        )  # fmt: skip
