"""The edges at which a figure goes wrong: each recounted from versions, acts and days, another way than figures.py."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from freezing import on_day
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role
from gongkai.publishing import actions
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.figures import figures
from gongkai.publishing.models import Item, ItemVersion, ValidityChange
from gongkai.publishing.vouched import ALL_GATES

from .test_item_figures import day, normative

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEARS = (2017, 2018, 2019, 2020, 2021)


def by_year(chain, cell):
    """The cell in each of the years; the records opened are as many as counted."""
    found = []
    for year in YEARS:
        figure = figures(Period.of_year(year), Scope(chain.agency, whole_region=False))[cell]
        assert figure.records().count() == figure.value
        found.append(figure.value)
    return found


def public_by_versions():
    """Public documents at each year's end, told from the moments of all versions in their order."""
    found = []
    for year in YEARS:
        moments = sorted(
            (moment.date(), number, public, item)
            for item, number, shown, gone in ItemVersion.objects.values_list(
                "item", "number", "published_at", "withdrawn_at"
            )
            for moment, public in ((shown, True), (gone, False))
            if moment
        )
        standing = {item: public for moment, _, public, item in moments if moment <= date(year, 12, 31)}
        found.append(sum(standing.values()))
    return found


def republished(chain, item, on, **facts):
    version = actions.revise(item, by=chain.drafter, today=on)
    version = actions.edit(version, by=chain.drafter, today=on, body="更正后的正文", correction="更正", **facts)
    return chain.published(version, today=on).item


def withdrawn(chain, item, on):
    return actions.withdraw(item, by=chain.publisher, today=on, kind="open", reason="有误")


def test_what_came_back_after_a_withdrawal_counts_in_its_first_year_and_is_missing_while_away(finance):
    item = normative(finance, day(2018), day(2018))
    withdrawn(finance, item, day(2019))
    republished(finance, item, day(2020))
    assert by_year(finance, "t2.normdoc.total") == public_by_versions() == [0, 1, 0, 1, 1]
    for cell in ("t14.1_1", "t14.1_1_a", "t14.1_2_2", "t2.normdoc.public"):
        assert by_year(finance, cell) == [0, 1, 0, 0, 0], cell
    withdrawn(finance, item, day(2021))
    assert by_year(finance, "t2.normdoc.total") == public_by_versions() == [0, 1, 0, 1, 0]


def test_withdrawn_and_back_on_one_day_was_never_away_at_the_years_end(finance):
    item = normative(finance, day(2018), day(2018))
    last = date(2019, 12, 31)
    withdrawn(finance, item, last)
    republished(finance, item, last)
    assert by_year(finance, "t2.normdoc.total") == public_by_versions() == [0, 1, 1, 1, 1]


def test_an_amended_document_stays_in_force_and_is_not_repealed(finance):
    old, new = normative(finance, day(2018), day(2018)), normative(finance, day(2019), day(2019))
    actions.set_validity(old, validity="amended", since=day(2019), document=new, by=finance.publisher, today=day(2019))
    assert by_year(finance, "t2.normdoc.valid") == [0, 1, 2, 2, 2]
    assert by_year(finance, "t2.normdoc.repealed") == [0] * 5
    assert by_year(finance, "t2.normdoc.made") == [0, 1, 1, 0, 0]


def test_a_document_that_runs_out_ends_the_day_after_its_last_and_only_once(finance):
    normative(finance, day(2018), day(2018), valid_until=date(2019, 12, 30))
    edge = normative(finance, day(2018), day(2018), valid_until=date(2019, 12, 31))
    assert by_year(finance, "t2.normdoc.repealed") == [0, 0, 1, 1, 0]
    assert by_year(finance, "t2.normdoc.valid") == [0, 2, 1, 0, 0]
    # Declared void within its term: that day counts, the end of the term no longer does.
    actions.set_validity(
        edge, validity="repealed", since=day(2019), authority="令", by=finance.publisher, today=day(2019)
    )
    assert by_year(finance, "t2.normdoc.repealed") == [0, 0, 2, 0, 0]
    ends = {min(filter(None, (item.ended_on, item.valid_until + timedelta(days=1)))) for item in Item.objects.all()}
    assert {end.year for end in ends} == {2019}


def test_a_repealed_and_withdrawn_document_is_repealed_once_and_neither_valid_nor_public(finance):
    item = normative(finance, day(2018), day(2018))
    actions.set_validity(
        item, validity="repealed", since=day(2019), authority="令", by=finance.publisher, today=day(2019)
    )
    withdrawn(finance, item, day(2020))
    assert by_year(finance, "t2.normdoc.repealed") == [0, 0, 1, 0, 0]
    assert by_year(finance, "t2.normdoc.valid") == [0, 1, 0, 0, 0]
    assert by_year(finance, "t2.normdoc.total") == [0, 1, 0, 0, 0]


def test_a_corrected_declaration_moves_the_figure_and_leaves_nothing_behind(finance):
    item = normative(finance, day(2017), day(2017))
    who = {"by": finance.publisher, "today": day(2020)}
    actions.set_validity(item, validity="repealed", since=day(2018), authority="令", **who)
    assert by_year(finance, "t2.normdoc.repealed") == [0, 1, 0, 0, 0]
    actions.set_validity(item, validity="in_force", remarks="日期登错", **who)
    assert by_year(finance, "t2.normdoc.repealed") == [0] * 5
    actions.set_validity(item, validity="repealed", since=day(2019), authority="令", **who)
    ends = [row.since.year for row in ValidityChange.objects.effective()]
    assert by_year(finance, "t2.normdoc.repealed") == [ends.count(year) for year in YEARS] == [0, 0, 1, 0, 0]
    assert by_year(finance, "t2.normdoc.valid") == [1, 1, 0, 0, 0]


def test_a_corrected_day_of_making_moves_the_document_to_its_year(finance):
    item = normative(finance, day(2018), day(2019))
    version = actions.revise(item, by=finance.drafter, today=day(2019, 7))
    version = actions.edit(
        version, by=finance.drafter, today=day(2019, 7), body="正文", formed_on=day(2017), correction="成文日期有误",
        backdated_reason="原件",
    )  # fmt: skip
    assert by_year(finance, "t2.normdoc.made") == [0, 1, 0, 0, 0], "a draft moves nothing"
    finance.published(version, today=day(2019, 7))
    assert by_year(finance, "t2.normdoc.made") == by_year(finance, "t14.1_1_b") == [1, 0, 0, 0, 0]
    assert by_year(finance, "t14.1_1") == [0, 0, 1, 0, 0]


def test_an_interpretation_counts_once_however_often_it_is_revised_or_withdrawn(finance):
    document = normative(finance, day(2018), day(2018))
    column = finance.column("A20_01_I")
    text = finance.published(title="解读", interprets=document, column=column, today=day(2019)).item
    republished(finance, text, day(2020), interprets=document)
    finance.published(title="另一篇", interprets=document, today=day(2019))
    assert by_year(finance, "t14.2_2_3") == [0, 0, 2, 0, 0]
    withdrawn(finance, text, day(2021))
    assert by_year(finance, "t14.2_2_3") == [0, 0, 2, 0, 0]
    documents = Item.objects.filter(interpreting_items__isnull=False).distinct().count()
    assert documents == 1 and by_year(finance, "t14.1_1_a") == [0, 1, 0, 0, 0]


def test_a_batch_counts_its_items_and_not_what_was_taken_out(finance):
    rows = [
        BatchRow(f"第{n}号", "正文", f"青财发〔2019〕9{n}号", day(2019), "rule", backdated_reason="补登")
        for n in (1, 2, 3)
    ]
    batch = finance.imported(rows=rows, today=day(2019))
    actions.return_batch(batch, by=finance.reviewer, today=day(2019), remarks="一条有误")
    batch.refresh_from_db()
    actions.take_out(batch.versions.first(), by=finance.drafter, today=day(2019))
    batch.refresh_from_db()
    batch = actions.submit_batch(batch, by=finance.drafter, today=day(2019))
    batch = actions.approve_batch(batch, by=finance.reviewer, today=day(2019), vouched=ALL_GATES)
    actions.publish_batch(batch, by=finance.publisher, today=day(2020))
    taken_out = ItemVersion.objects.filter(state="discarded").count()
    assert taken_out == 1
    assert by_year(finance, "t2.rule.made") == [0, 0, 3 - taken_out, 0, 0]
    assert by_year(finance, "t2.rule.public") == by_year(finance, "t14.1_1") == [0, 0, 0, 2, 0]


def test_a_repeal_that_lies_ahead_counts_in_the_year_of_its_day(finance):
    item = normative(finance, day(2018), day(2018))
    actions.set_validity(
        item, validity="repealed", since=date(2020, 1, 1), authority="令", by=finance.publisher, today=day(2019)
    )
    assert by_year(finance, "t2.normdoc.repealed") == [0, 0, 0, 1, 0]
    assert by_year(finance, "t2.normdoc.valid") == [0, 1, 1, 0, 0]


def test_a_list_of_persons_that_took_itself_down_still_counts_in_its_year(finance):
    column = finance.column("A21C_07")
    item = finance.published(title="名单", column=column, shown_until=day(2019, 7), today=day(2019)).item
    actions.lapse(item, today=day(2019, 8))
    assert by_year(finance, "t14.1_1") == by_year(finance, "t14.1_2_2") == [0, 0, 1, 0, 0]


def test_every_cell_that_is_not_zero_opens_its_records_on_the_desk(finance, county, enter):
    old = normative(finance, day(2018), day(2018))
    item = normative(finance, day(2019), day(2019))
    rule = normative(finance, day(2019), day(2019), kind="rule")
    for one in (old, rule):
        actions.set_validity(
            one, validity="repealed", since=day(2019, 8), authority="令", by=finance.publisher, today=day(2019, 8)
        )
    clerk = enter(county.person("财政局", Role.STATISTICIAN))
    found = figures(Period.of_year(2019), Scope(finance.agency, whole_region=False))
    with on_day(day(2020)):
        for cell in ("t2.rule.made", "t2.normdoc.made", "t2.rule.public", "t2.normdoc.public", "t2.normdoc.total"):
            assert found[cell].value > 0, cell
            page = clerk.get(reverse("statistics:cell", args=[2019, cell])).content.decode()
            for record in found[cell].records():
                assert record.title in page, cell
            assert (item.title in page) is (".normdoc." in cell)
