"""收费情况: the year's figures open into their records; the month's counter; over HTTP."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from freezing import on_day
from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency, Setting
from gongkai.casework import actions, fee_report, rules
from gongkai.casework.actions import remedies
from gongkai.casework.actions.fee import place_in_month
from gongkai.casework.models import Case
from gongkai_core.reading import read

from .conftest import MONDAY, Maker, World, answer, application
from .over_http import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
PAID, LATE, TODAY = date(2026, 3, 10), date(2026, 4, 1), date(2026, 4, 7)


def demanded(case: Case, world: World, pages: int) -> Case:
    actions.notify_fee(
        case, tariff="per_page", pages=pages, pay_method="县财政专户", method="in_person", delivered_on=MONDAY,
        by=world.staff.handler, today=MONDAY, files=False,
    )  # fmt: skip
    case.refresh_from_db()
    return case


@pytest.fixture
def fees(world: World, processing: Maker) -> dict[str, Case]:
    """One paid (380 元), one abandoned, one still awaited, and money without a case."""
    paid, lost, awaited = (demanded(processing(applicant={"name": f"申请人{n}"}), world, 68) for n in range(3))
    actions.fee_paid(paid, on=PAID, receipt_number="0012345", by=world.staff.registrar, today=PAID)
    lost = actions.abandon(lost, by=world.staff.handler, today=LATE)
    lost = answer(lost, world, "other.no_payment", on=LATE)
    remedies.enter_fee_receipt(
        world.bureau, amount_fen=10_050, paid_on=PAID, payment_number="J1", by=world.staff.registrar, today=PAID
    )
    return {"paid": paid, "lost": lost, "awaited": awaited}


def test_the_years_figures(world: World, fees: dict[str, Case]) -> None:
    found = {
        line.key: (line.count.value, line.amount.value)
        for line in fee_report.lines(Period.of_year(2026), Agency.objects.filter(pk=world.bureau.pk))
    }
    assert found == {
        "demanded": (3, Decimal(1140)), "per_case": (0, Decimal(0)), "per_page": (3, Decimal(1140)),
        "received": (2, Decimal("480.50")), "with_case": (1, Decimal(380)), "without_case": (1, Decimal("100.50")),
        "waiting": (1, Decimal(380)), "abandoned": (1, Decimal(380)),
    }  # fmt: skip
    other = fee_report.lines(Period.of_year(2025), Agency.objects.all())
    assert all(line.count.value == 0 for line in other)
    assert fee_report.sentence(other, 2025) == "2025年度未收取信息处理费。"


def test_a_figure_opens_into_its_records_and_the_whole_is_exported(world: World, fees: dict[str, Case]) -> None:
    with on_day(TODAY):
        clerk = signed_in(world.staff.registrar)
        page = clerk.get("/desk/casework/fees/").content.decode()
        opened = clerk.get("/desk/casework/fees/?year=2026&line=abandoned").content.decode()
        sheet = clerk.get("/desk/casework/fees/export/?year=2026")
    assert "发出收费通知3件，收取信息处理费2件、480.50元，全部缴入国库；申请人逾期未缴、不再处理1件。" in page
    assert fees["lost"].number in opened and fees["paid"].number not in opened
    words = "".join(read(sheet.content, "a.xlsx").text.split())
    assert "收取并缴入国库" in words and "480.5" in words and fees["paid"].number in words


def test_others_find_nothing_of_it(world: World, fees: dict[str, Case]) -> None:
    with on_day(TODAY):
        foreign = signed_in(world.foreign)
        assert fees["lost"].number not in foreign.get("/desk/casework/fees/?line=abandoned").content.decode()
        assert foreign.get(f"/desk/casework/fees/?agency={world.bureau.public_id}").status_code == 404
        assert signed_in(world.staff.drafter).get("/desk/casework/fees/").status_code == 404
        for bad in ("?year=2020", "?year=٢٠٢٦&line=x", "?line=%00", "?agency=%00"):
            assert foreign.get(f"/desk/casework/fees/{bad}").status_code in (200, 404)


def test_the_months_counter_by_applicant_and_answering_organ(world: World) -> None:
    def received(agency: Agency, **changes: Any) -> Case:
        return actions.receive(agency, **application(**changes)).case

    cases = [received(world.bureau) for _ in range(3)]
    elsewhere, stranger = received(world.county), received(world.bureau, applicant={"id_number": "110101199003079999"})
    late = received(world.bureau, today=date(2026, 4, 1))
    assert [place_in_month(case) for case in cases] == [1, 2, 3]
    assert place_in_month(elsewhere) == place_in_month(stranger) == place_in_month(late) == 1


def test_parts_of_a_split_count_each_and_withdrawn_ones_by_the_setting(world: World, scan: Any) -> None:
    who = {"by": world.staff.registrar, "today": MONDAY}
    first = actions.receive(world.bureau, **application()).case
    actions.split(first, parts=["甲文件", "乙文件"], reason="两项无关", told_on=MONDAY, told_how="电话", **who)
    second = Case.objects.exclude(pk=first.pk).get()
    third = actions.receive(world.bureau, **application()).case
    for case in (first, second, third):
        actions.register(case, subject="甲文件", **who)
        case.refresh_from_db()
    assert [place_in_month(case) for case in (first, second, third)] == [1, 2, 3]
    actions.withdraw(first, on=MONDAY, paper=scan, **who)
    assert place_in_month(third) == 2
    Setting.objects.create(key=rules.COUNT_WITHDRAWN_FEES.key, value=1)
    assert place_in_month(third) == 3
