"""A quarter's list for archive and library: frozen, printed, handed over, asked for when it is missing."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.deposits import digest_of, ended_quarters, quarter_of
from gongkai.publishing.models import Deposit
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
IN_QUARTER, AFTER = date(2026, 2, 10), date(2026, 4, 20)


def test_quarters_meet_and_turn_the_year():
    assert [quarter_of(2026, n).first for n in (1, 4)] == [date(2026, 1, 1), date(2026, 10, 1)]
    assert [quarter_of(2026, n).last for n in (1, 2, 3, 4)] == [
        date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31),
    ]  # fmt: skip
    assert list(ended_quarters(date(2026, 3, 31), 2)) == [(2025, 4), (2025, 3)]
    assert next(ended_quarters(date(2026, 4, 1))) == (2026, 1)


def test_a_list_from_its_making_to_both_receipts(finance, education, county, enter, today):
    year, quarter = next(ended_quarters(today))
    for chain, title in ((finance, "上季度的通知"), (education, "教育的通知")):
        chain.published(title=title, today=quarter_of(year, quarter).first)
    finance.published(title="本季度的通知")
    silent = finance.published(title="张三救助名单", today=quarter_of(year, quarter).last).item
    clerk = county.person("县政府", Role.DISCLOSURE_OFFICE)
    office, name = enter(clerk), f"{year}年第{quarter}季度送交"
    url = reverse("publishing:desk_deposits")
    assert name in office.get(reverse("desk:home")).content.decode()
    assert f"{year}年第{quarter}季度" in office.get(url).content.decode()
    assert office.post(url, {"quarter": "2099-1"}).status_code == 404
    page = office.post(url, {"quarter": f"{year}-{quarter}"}, follow=True).content.decode()
    deposit = Deposit.objects.get()
    assert deposit.whole_region and deposit.size == 3 and deposit.digest == digest_of(deposit.items.all())
    assert "上季度的通知" in page and "教育的通知" in page and "本季度的通知" not in page
    with pytest.raises(Refused, match="已经编好"):
        actions.make_deposit(
            Scope(county.government, whole_region=True), year=year, quarter=quarter, by=clerk, today=today
        )

    mine = reverse("publishing:desk_deposit", args=[deposit.public_id])
    typed = {"receiver": "archive", "receiver_name": "青禾县档案馆", "handed_by": "李四", "received_by": "王五"}
    on = {"on": today.isoformat()}
    yesterday = {"on": (today - timedelta(days=1)).isoformat()}
    assert "早于编目日期" in office.post(mine, typed | yesterday).content.decode()
    office.post(mine, typed | on)
    assert "国家档案馆已登记过交接" in office.post(mine, typed | on).content.decode()
    assert name in office.get(reverse("desk:home")).content.decode(), "the library still waits"
    office.post(mine, typed | on | {"receiver": "library", "receiver_name": "青禾县图书馆"})
    assert name not in office.get(reverse("desk:home")).content.decode()
    assert enter(finance.drafter).get(mine).status_code == 404

    # What is withdrawn afterwards stays in the frozen list; a silent one is not named any more.
    actions.withdraw(silent, by=finance.publisher, today=today, kind="silent", reason="个人隐私")
    rows = CalamineWorkbook.from_filelike(
        io.BytesIO(office.get(reverse("publishing:desk_deposit_file", args=[deposit.public_id, "xlsx"])).content)
    )
    text = str(rows.get_sheet_by_index(0).to_python())
    assert "上季度的通知" in text and "张三" not in text and "请一并撤出" in text and "接收人王五" in text
    assert "张三" not in office.get(mine).content.decode()
    assert deposit.items.count() == 3 and Deposit.objects.get().digest == digest_of(deposit.items.all())
    answer = office.get(reverse("publishing:desk_deposit_file", args=[deposit.public_id, "pdf"]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert office.get(reverse("publishing:desk_deposit_file", args=[deposit.public_id, "exe"])).status_code == 404


def test_an_organ_lists_its_own_and_only_when_the_quarter_is_over(finance, education):
    finance.published(title="财政的", today=IN_QUARTER)
    education.published(title="教育的", today=IN_QUARTER)
    own, who = Scope(finance.agency, whole_region=False), {"by": finance.drafter, "year": 2026, "quarter": 1}
    with pytest.raises(Refused, match="还没有结束"):
        actions.make_deposit(own, today=date(2026, 3, 31), **who)
    with pytest.raises(Refused, match="政务公开办"):
        actions.make_deposit(Scope(finance.agency, whole_region=True), today=AFTER, **who)
    with pytest.raises(Refused, match="没有公开的信息"):
        actions.make_deposit(own, today=AFTER, **who | {"year": 2025})
    deposit = actions.make_deposit(own, today=AFTER, **who)
    assert [row.title for row in deposit.items.all()] == ["财政的"]
