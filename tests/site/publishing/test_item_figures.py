"""Figures counted against queries written here, row by row in Python."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from gongkai.agencies.ledger import Period, Scope
from gongkai.publishing import actions
from gongkai.publishing.figures import figures
from gongkai.publishing.models import Item
from gongkai_core.returns import FORMS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR = Period.of_year(2019)


def day(year, month=6, number=15):
    return date(year, month, number)


def normative(chain, made, published=None, kind="normdoc", n=[0], **given):  # noqa: B006 - a running number
    n[0] += 1
    facts = {"title": f"第{n[0]}号文件", "docno": f"青财发〔{made.year}〕{n[0]}号", "formed_on": made}
    facts |= {"normative_kind": kind, **given}
    if published is None:
        return chain.draft(**facts, today=made).item
    return chain.published(**facts, today=published).item


@pytest.fixture
def ledger(finance, education):
    """Four years of documents and items of two organs, with every border case."""
    old = normative(finance, day(2017), day(2017))
    ends_2019 = normative(finance, day(2018), day(2018))
    actions.set_validity(
        ends_2019,
        by=finance.publisher,
        today=day(2019, 12, 31),
        validity="repealed",
        since=day(2019, 12, 31),
        authority="青财发〔2019〕9号",
    )
    ends_2020 = normative(finance, day(2018), day(2018))
    actions.set_validity(
        ends_2020, by=finance.publisher, today=day(2020, 1, 1), validity="expired", since=day(2020, 1, 1)
    )
    normative(finance, day(2018), day(2018), valid_until=day(2018, 12, 31))  # ceases on 1 January 2019
    normative(finance, day(2018), day(2018), valid_until=day(2019, 12, 31))  # holds through 2019
    made_late = normative(finance, day(2018, 12, 30), day(2019, 1, 1))
    normative(finance, day(2019, 12, 31), day(2020, 1, 1))
    normative(finance, day(2019))  # made, never public
    actions.discard(normative(finance, day(2019)).versions.get(), by=finance.drafter, today=day(2019))
    rule = normative(education, day(2019), day(2019), kind="rule")
    gone = normative(education, day(2019), day(2019))
    actions.withdraw(gone, by=education.publisher, today=day(2019, 12, 31), kind="open", reason="内容有误")
    finance.published(title="解读甲", interprets=old, today=day(2019, 12, 31))
    finance.published(title="解读乙", column=finance.column("A20_01_I"), today=day(2019))
    education.published_batch(7, today=day(2019))
    batch = finance.published_batch(5, today=day(2020))
    for chain, items, channel in (
        (finance, [made_late, old], "wechat"),
        (education, [rule], "weibo"),
        (education, [rule], "other"),
        (finance, list(Item.objects.filter(versions__batch=batch)), "gazette"),
    ):
        actions.tick_channel(chain.agency, items, channel=channel, on=day(2019), by=chain.publisher, today=day(2020))
    actions.tick_channel(finance.agency, [old], channel="wechat", on=day(2020), by=finance.drafter, today=day(2020))
    return finance.agency


def recount(agencies, year):
    """Every cell by hand from all rows."""
    last = date(year, 12, 31)
    items = [item for item in Item.objects.all() if item.agency in agencies]

    def published_day(item):
        return item.first_published_at and timezone.localtime(item.first_published_at).date()

    def ended(item):
        return item.ended_on or (item.valid_until and item.valid_until + timedelta(days=1)) or date.max

    def in_year(when):
        return bool(when) and when.year == year

    documents = [item for item in items if item.normative_kind and item.state != "discarded"]
    fresh = [item for item in items if in_year(published_day(item))]
    cells = {
        "t14.1_1": fresh,
        "t14.1_1_a": [item for item in fresh if item.normative_kind],
        "t14.1_1_b": [item for item in documents if in_year(item.formed_on)],
        "t14.2_2_3": [item for item in fresh if item.interprets or item.column.code == "A20_01_I"],
    }
    for number, channel in enumerate(["gazette", "website", "weibo", "wechat", "other"], start=1):
        cells[f"t14.1_2_{number}"] = [
            item
            for item in items
            if any(row.channel == channel and in_year(row.published_on) for row in item.publications.all())
        ]
    for kind in ("rule", "normdoc"):
        mine = [item for item in documents if item.normative_kind == kind]
        holding = [item for item in mine if item.formed_on <= last < ended(item)]
        cells |= {
            f"t2.{kind}.made": [item for item in mine if in_year(item.formed_on)],
            f"t2.{kind}.public": [item for item in mine if in_year(published_day(item))],
            f"t2.{kind}.repealed": [item for item in mine if in_year(ended(item))],
            f"t2.{kind}.valid": holding,
            f"t2.{kind}.total": [
                item
                for item in holding
                if published_day(item)
                and published_day(item) <= last
                and not (item.withdrawn_at and item.withdrawn_at.date() <= last)
            ],
        }
    return cells


def test_each_cell_is_its_rows_recounted(ledger, finance, education, county, subtests):
    scopes = (
        ([ledger], Scope(ledger, whole_region=False)),
        ([ledger, education.agency, county.government], Scope(county.government, whole_region=True)),
    )
    for year, (agencies, scope) in product(range(2017, 2022), scopes):
        with subtests.test(year=year, scope=scope):
            found = figures(Period.of_year(year), scope)
            expected = recount(agencies, year)
            assert {cell: figure.value for cell, figure in found.items()} == {
                cell: len(rows) for cell, rows in expected.items()
            }
            for cell, figure in found.items():
                assert set(figure.records()) == set(expected[cell]), cell


def test_the_border_days(ledger):
    found = figures(YEAR, Scope(ledger, whole_region=False))
    values = {cell: figure.value for cell, figure in found.items()}
    assert values["t2.normdoc.made"] == 2  # one never public; the discarded draft was none
    assert values["t2.normdoc.public"] == 1  # published on 1 January
    assert values["t2.normdoc.repealed"] == 2  # repealed on 31 December, run out on 1 January
    assert values["t14.2_2_3"] == 2
    assert values["t14.1_2_4"] == 2  # the second tick of the same item and channel changed nothing


def test_organs_that_report_elsewhere_are_left_out(county, finance, django_capture_on_commit_callbacks):
    taxes = type(finance)(county, "税务局", django_capture_on_commit_callbacks)
    taxes.published(today=day(2019))
    assert figures(YEAR, Scope(taxes.agency, whole_region=False))["t14.1_1"].value == 1
    assert figures(YEAR, Scope(county.government, whole_region=True))["t14.1_1"].value == 0


def test_every_cell_is_one_of_a_form(ledger):
    known = {cell.id for form in FORMS.values() for cell in form.cells}
    assert set(figures(YEAR, Scope(ledger, whole_region=False))) <= known


def test_a_record_opens_at_the_desk_without_personal_data(ledger, enter, finance):
    figure = figures(YEAR, Scope(ledger, whole_region=False))["t14.1_1"]
    records = [item.as_record() for item in figure.records()]
    clerk = enter(finance.drafter)
    assert len(records) == figure.value
    assert all(record.date.year == 2019 for record in records)
    assert clerk.get(records[0].url).status_code == 200


def test_a_year_takes_few_queries(ledger, county, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        figures(YEAR, Scope(county.government, whole_region=True))
