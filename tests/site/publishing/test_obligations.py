"""公开义务: generated once, counted with every publication, told from their days; 催办, 督办单, statements, evidence."""

from __future__ import annotations

import html
import io
import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from county import LONG_AGO
from freezing import on_day
from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Role
from gongkai.documents.blobs import read
from gongkai.publishing import actions
from gongkai.publishing.board import build_board
from gongkai.publishing.daily import nightly as daily
from gongkai.publishing.models import (
    CatalogueEntry,
    Duty,
    Evidence,
    NoMatterStatement,
    Obligation,
    Reminder,
    SupervisionOrder,
)
from gongkai.publishing.obligations import generate, nightly, standing_of, troubled
from gongkai.publishing.queues import tasks
from gongkai.publishing.skeleton import seed_duties
from gongkai_core.disclosure import Frequency
from gongkai_core.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SPRING, AUTUMN = date(2026, 3, 20), date(2026, 10, 30)


@pytest.fixture
def office(county):
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def generated(county):
    """Duties since long ago, obligations of 2026."""
    seed_duties(LONG_AGO)
    generate(SPRING)
    return county


def paper(text):
    written = io.BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(written)
    return written.getvalue()


def owed(agency, code="A20_07", period="2026H1"):
    return Obligation.objects.with_statements().get(agency=agency, entry__column__code=code, period=period)


def state(obligation, today):
    return standing_of(
        owed(obligation.agency, obligation.entry.column.code, obligation.period),
        today=today,
        calendar=office_calendar(),
    ).state


def test_obligations_follow_from_entries_organs_and_periods_and_only_once(generated, finance):
    rows = list(Obligation.objects.order_by("pk").values())
    assert generate(SPRING) == 0 and nightly(SPRING) == 0
    assert list(Obligation.objects.order_by("pk").values()) == rows
    periods = Obligation.objects.filter(agency=finance.agency).values_list("entry__column__code", "period")
    assert {("GUIDE", "2026"), ("A20_01", "2026"), ("A20_07", "2026H1"), ("A20_07", "2026H2")} <= set(periods)
    assert not {code for code, _ in periods if code.startswith(("A21T", "SYS"))}
    town = Obligation.objects.filter(agency=generated.organs["河口镇"]).values_list("entry__column__code", flat=True)
    assert {code for code in town if code.startswith("A21")} == {f"A21T_0{n}" for n in range(1, 9)}
    assert Obligation.objects.filter(agency=generated.government, entry__column__code="A20_04").count() == 4
    assert not Obligation.objects.filter(agency=generated.organs["税务局"]).exists()
    assert generate(date(2027, 1, 4)) == len(rows)


def test_publication_serves_in_time_or_late_and_withdrawal_takes_it_back(generated, finance, today):
    first = owed(finance.agency)
    assert (first.items, state(first, SPRING), state(first, AUTUMN)) == (0, "pending", "overdue")
    version = finance.published(title="部门预算", column=finance.column("A20_07"), today=SPRING)
    first = owed(finance.agency)
    assert (first.items, first.served_on, state(first, AUTUMN)) == (1, SPRING, "served")
    finance.published(title="部门预算补充", column=finance.column("A20_07"), today=SPRING + timedelta(days=3))
    assert (owed(finance.agency).items, owed(finance.agency).served_on) == (2, SPRING)
    assert state(owed(finance.agency, period="2026H2"), SPRING) == "ahead"
    duty = Duty.objects.get(agency=finance.agency, entry__column__code="A20_07")
    assert (duty.items, duty.last_on) == (2, SPRING + timedelta(days=3))
    actions.withdraw(version.item, by=finance.publisher, today=AUTUMN, kind="open", reason="更正")
    assert (owed(finance.agency).items, owed(finance.agency).served_on) == (1, SPRING + timedelta(days=3))
    # A text that stands serves from its first day, late when that is after the twentieth working day.
    finance.published(title="机构职能", column=finance.column("A20_02"), today=SPRING)
    late = standing_of(owed(finance.agency, "A20_02", "2026"), today=SPRING, calendar=office_calendar())
    assert (late.state, late.days > 0) == ("late", True)
    generate(date(2027, 1, 4))
    assert owed(finance.agency, "A20_02", "2027").served_on == date(2027, 1, 1)


def test_counting_by_steps_and_counting_anew_agree(generated, finance, education):
    for day in (SPRING, AUTUMN):
        finance.published_batch(3, today=day)
        education.published(title=f"规划{day}", column=finance.column("A20_01"), today=day)
    kept = list(Obligation.objects.order_by("pk").values_list("pk", "items", "served_on"))
    duties = list(Duty.objects.order_by("pk").values_list("pk", "items", "last_on"))
    assert sum(items for _, items, _ in duties) == 2  # 财政局 does not answer for penalties
    nightly(SPRING)
    assert list(Obligation.objects.order_by("pk").values_list("pk", "items", "served_on")) == kept
    assert list(Duty.objects.order_by("pk").values_list("pk", "items", "last_on")) == duties


def test_the_office_says_who_answers_and_when(generated, finance, office, enter):
    entry = CatalogueEntry.objects.get(column__code="A20_06", catalogue=None)
    with pytest.raises(Refused):
        actions.assign_duties(entry, [finance.agency], by=finance.drafter, today=SPRING)
    address = reverse("publishing:desk_entry", args=[entry.public_id])
    assert "保存" not in enter(finance.drafter).get(address).content.decode()
    given = {"column": entry.column_id, "frequency": "quarterly", "after": "7个工作日", "agencies": [finance.agency.pk]}
    with on_day(SPRING):
        client = enter(office)
        page = client.post(address, given | {"after": "很快"})
        assert "看不出时限" in page.content.decode()
        assert client.post(address, given).status_code == 302
    assert not Obligation.objects.filter(entry=entry, agency=generated.government).exists()
    found = Obligation.objects.filter(entry=entry).order_by("period")
    # The day on which the office asked leaves the first period twenty working days.
    assert [row.period for row in found] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    assert found[1].opens_on == date(2026, 7, 1)
    assert found[1].due_on == office_calendar().add_workdays(date(2026, 6, 30), 7)
    finance.published_batch(2, today=date(2026, 7, 3))
    assert owed(finance.agency, "A20_06", "2026Q2").items == 2


def test_a_statement_is_a_persons_dated_and_for_one_year(generated, finance, education, enter):
    row = owed(finance.agency)
    address = reverse("publishing:desk_obligation", args=[row.public_id])
    assert enter(education.drafter).post(address, {"verb": "state"}).status_code == 404
    with on_day(SPRING):
        for words in ("秘密★10年", "详情请电 13912345678"):  # shown as they are written, by nobody's leave
            enter(finance.drafter).post(address, {"verb": "state", "words": words})
        assert not NoMatterStatement.objects.exists()
        assert enter(finance.drafter).post(address, {"verb": "state", "words": "没有预算单位"}).status_code == 302
        statement = NoMatterStatement.objects.get()
        assert (statement.made_by, statement.made_on, statement.year) == (finance.drafter, SPRING, 2026)
        assert state(row, AUTUMN) == "stated"
        assert "本年度无此类事项" in enter(finance.drafter).get(address).content.decode()
        with pytest.raises(Refused):
            actions.state_no_matter(row.entry, finance.agency, year=2026, by=finance.drafter, today=SPRING)
    generate(date(2027, 1, 4))
    assert state(owed(finance.agency, period="2027H1"), date(2027, 1, 4)) == "pending"
    with pytest.raises(Refused):
        actions.state_no_matter(row.entry, finance.agency, year=2024, by=finance.drafter, today=SPRING)
    with on_day(SPRING):
        enter(finance.drafter).post(address, {"verb": "withdraw"})
    assert state(row, AUTUMN) == "overdue"
    finance.published(title="部门预算", column=finance.column("A20_07"), today=SPRING)
    with pytest.raises(Refused) as refused:
        actions.state_no_matter(row.entry, finance.agency, year=2026, by=finance.drafter, today=SPRING)
    assert refused.value.refusal.code == "matter_exists"


def test_the_board_shows_what_is_empty_and_overdue_to_those_who_may_see_it(
    generated, finance, education, office, enter
):
    finance.published(title="部门预算", column=finance.column("A20_07"), today=SPRING)
    education.published(title="政策", today=AUTUMN)
    board = build_board(office, year=2026, today=AUTUMN)
    budget = board.cell("budgets-and-accounts", finance.agency)
    assert (budget.served, budget.pending, budget.state, budget.items) == (1, 1, "pending", 1)
    assert board.cell("budgets-and-accounts", education.agency).state == "overdue"
    assert board.cell("policy-documents", education.agency).state == "ok"
    assert board.cell("policy-documents", finance.agency).state == "empty"
    assert board.cell("town-levies", finance.agency).state == "none"
    whole = board.whole
    assert whole.owed == whole.served + whole.stated + whole.pending + whole.overdue
    assert {organ for organ, _ in build_board(finance.drafter, year=2026, today=AUTUMN).per_organ()} == {finance.agency}
    with on_day(AUTUMN):
        page = enter(office).get(reverse("publishing:desk_board")).content.decode()
        assert "教育局：逾期未公开（公开 0 条）" in page and "打印督办单" in page
        of_one = re.search(r'href="([^"]+agency=[^"]+state=unmet)">教育局<', page)
        assert of_one and f"agency={education.agency.public_id}" in of_one[1]
        left = enter(office).get(html.unescape(of_one[1])).content.decode()
        assert 'data-label="单位">教育局' in left and 'data-label="单位">财政局' not in left
        own = enter(finance.drafter).get(reverse("publishing:desk_board")).content.decode()
        assert "财政局" in own and "教育局" not in own and "打印督办单" not in own
        file = enter(office).get(reverse("publishing:desk_board"), {"format": "xlsx"}).content
    lines = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert ["财政预算、决算", "教育局", 2, 0, 0, 0, 1, 1, 1, 0, "", "0%"] in lines


def test_one_click_reminds_and_the_reminder_waits_until_it_is_met(generated, finance, education, office, enter):
    address = reverse("publishing:desk_remind", args=[finance.agency.public_id])
    with on_day(AUTUMN):
        assert enter(finance.drafter).post(address).status_code == 404
        for _ in range(2):
            assert enter(office).post(address).status_code == 302
    asked = Reminder.objects.count()
    assert asked == troubled(finance.agency, today=AUTUMN).count() > 2

    def waiting(user):
        return [task for task in tasks(user, on=AUTUMN) if task.kind == "催办"]

    assert len(waiting(finance.drafter)) == asked and waiting(education.drafter) == []
    budget = next(task for task in waiting(finance.drafter) if "预算" in task.title and task.days_left < 0)
    assert enter(finance.drafter).get(budget.url).status_code == 200
    finance.published(title="政策", column=finance.column("A20_01"), today=AUTUMN)
    assert len(waiting(finance.drafter)) == asked - 1


def test_an_order_is_numbered_printed_and_kept_as_it_was_printed(generated, finance, education, office, enter):
    address = reverse("publishing:desk_supervise", args=[finance.agency.public_id])
    with on_day(AUTUMN):
        client = enter(office)
        printed = client.post(address, follow=True)
        assert printed["Content-Type"] == "application/pdf" and printed.content.startswith(b"%PDF")
        client.post(address)
        assert "今天已对财政局出过督办单" in client.get(reverse("publishing:desk_board")).content.decode()
        order = SupervisionOrder.objects.get()
        assert order.number == "青政公开督〔2026〕1号"
        assert order.finish_by == office_calendar().add_workdays(AUTUMN, 5)
        assert read(order.paper) == printed.content
        assert order.number in enter(finance.drafter).get(reverse("publishing:desk_orders")).content.decode()
        assert enter(education.drafter).get(reverse("publishing:desk_order", args=[order.public_id])).status_code == 404
        client.post(reverse("publishing:desk_supervise", args=[education.agency.public_id]))
    assert SupervisionOrder.objects.get(agency=education.agency).number == "青政公开督〔2026〕2号"
    ordered = [task for task in tasks(finance.drafter, on=AUTUMN) if task.kind == "督办"]
    assert len(ordered) == order.reminders.count() == troubled(finance.agency, today=AUTUMN).count()
    assert {task.due for task in ordered} == {order.finish_by}


def test_evidence_of_what_is_public_elsewhere_or_late_serves(generated, finance, education, enter):
    row = owed(finance.agency)
    late = finance.published(title="迟来的预算", column=finance.column("A20_07"), today=AUTUMN)
    assert owed(finance.agency).served_on is None
    address = reverse("publishing:desk_obligation", args=[row.public_id])
    folder = {"verb": "evidence"}
    with on_day(AUTUMN):
        client = enter(finance.drafter)
        assert "填一样" in client.post(address, folder).content.decode()
        foreign = education.published(title="别家的", today=AUTUMN).item
        assert "没有索引号" in client.post(address, folder | {"item": foreign.index_no}).content.decode()
        assert client.post(address, folder | {"item": late.item.index_no}).status_code == 302
        assert (owed(finance.agency).items, owed(finance.agency).served_on) == (1, AUTUMN)
        assert state(row, AUTUMN) == "late"
        photo = SimpleUploadedFile("公示.docx", paper("公开栏公示"))
        assert client.post(address, folder | {"file": photo, "shown_on": "2026-04-01"}).status_code == 302
        assert (owed(finance.agency).served_on, state(row, AUTUMN)) == (date(2026, 4, 1), "served")
        secret = SimpleUploadedFile("公示.docx", paper("秘密★一年"))
        assert "密级标志" in client.post(address, folder | {"file": secret}).content.decode()
        kept = Evidence.objects.get(blob__isnull=False)
        file = client.get(reverse("publishing:desk_evidence", args=[kept.public_id]))
        assert file.content.startswith(b"PK") and "公示.docx" in unquote(file["Content-Disposition"])
        assert (
            enter(education.drafter).get(reverse("publishing:desk_evidence", args=[kept.public_id])).status_code == 404
        )


def test_lists_filter_by_where_obligations_stand(generated, finance, office, enter):
    finance.published(title="部门预算", column=finance.column("A20_07"), today=SPRING)
    address = reverse("publishing:desk_obligations")
    with on_day(AUTUMN):
        client = enter(office)
        for wanted, there in {"overdue": "逾期未公开", "pending": "待公开", "served": "已公开"}.items():
            text = client.get(address, {"state": wanted, "agency": finance.agency.public_id}).content.decode()
            table = text[text.index("<tbody>") : text.index("</tbody>")]
            others = {"逾期未公开", "待公开", ">已公开<", "未到期"} - {there, f">{there}<"}
            assert there in table and not [word for word in others if word in table], wanted
        assert client.get(address, {"state": "unmet", "format": "xlsx"})["Content-Type"].endswith("sheet")
        assert client.get(address, {"year": "x", "agency": "y"}).status_code == 200


def test_a_standing_text_is_owed_by_its_twentieth_working_day(generated, finance):
    row = owed(finance.agency, "GUIDE", "2026")
    assert row.due_on == office_calendar().add_workdays(date(2025, 12, 31), 20)
    assert row.entry.frequency == Frequency.STANDING


def test_what_was_public_before_the_duty_counts(county, finance):
    finance.published(title="去年的文件", today=date(2025, 5, 6))
    finance.published(title="今年的文件", today=SPRING)
    seed_duties(SPRING)
    generate(SPRING)
    duty = Duty.objects.get(agency=finance.agency, entry__column__code="A20_01")
    assert (duty.items, duty.last_on) == (2, SPRING)
    assert owed(finance.agency, "A20_01", "2026").items == 1


def test_the_day_passes_by_itself(county, finance):
    assert daily(timezone.localdate())["obligations"] > 0
    assert daily(timezone.localdate())["obligations"] == 0


def test_an_item_is_no_evidence_once_it_is_withdrawn(generated, finance):
    row = owed(finance.agency)
    item = finance.published(title="登在别处的预算", today=SPRING).item
    actions.add_evidence(row, item=item, by=finance.drafter, today=SPRING)
    assert (owed(finance.agency).items, owed(finance.agency).served_on) == (1, SPRING)
    actions.withdraw(item, by=finance.publisher, today=SPRING, kind="silent", reason="有误")
    assert (owed(finance.agency).items, owed(finance.agency).served_on) == (0, None)
