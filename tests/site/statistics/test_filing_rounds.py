"""填报轮次 from opening to locking, over HTTP as each person meets it (domain-spec §11.8 items 52, 53, 57)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from office_samples import png

from county import LONG_AGO, credit_code
from gongkai.agencies.actions import appoint, delegate, establish
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import LegalKind, ReportsTo, Role
from gongkai.outbox.models import StationMessage
from gongkai.registers.actions import enter
from gongkai.registers.models import Training
from gongkai.statistics import actions, reminders
from gongkai.statistics.compilation import compile_period, compile_year
from gongkai.statistics.models import Filing, FilingRound, FilingSheet, SheetMark, SheetState
from gongkai.statistics.queues import tasks
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

from .filing import DUE, FIGURES, JANUARY, OPENED, YEAR, Desk, opened, sheet_of, typed

pytestmark = pytest.mark.django_db
NAMES = {"filler": "刘一", "reviewer": "张二", "head": "卢三"}


def office(county, day=JANUARY):
    return Desk(county.person("县政府", Role.DISCLOSURE_OFFICE), day)


def clerk(county, organ="财政局", day=JANUARY):
    return Desk(county.person(organ, Role.STATISTICIAN), day)


def filed_on_paper(county, organ="财政局", figures=None):
    """An organ's sheet sent up with a stamped scan."""
    desk, sheet = clerk(county, organ), sheet_of(county, organ)
    desk.post(sheet.get_absolute_url(), act="fill", **typed(figures))
    desk.post(sheet.get_absolute_url(), act="paper", **NAMES)
    desk.post(sheet.get_absolute_url(), act="scan", scan=SimpleUploadedFile("盖章件.png", png()))
    sheet.refresh_from_db()
    assert sheet.state == SheetState.FILED
    return sheet


def test_the_office_opens_a_round_and_each_organ_of_the_kinds_gets_a_sheet(county):
    desk = office(county, OPENED)
    clerk(county)
    answer = desk.post(
        reverse("statistics:rounds"), year=YEAR, period="year", groups=["department", "town"], due_on=DUE
    )
    row = FilingRound.objects.get()
    assert answer.url == row.get_absolute_url()
    assert {sheet.agency.short_name for sheet in row.sheets.all()} == {"财政局", "教育局", "司法局", "河口镇"}
    message = StationMessage.objects.get(person=county.person("财政局", Role.STATISTICIAN))
    assert message.url == sheet_of(county).get_absolute_url()
    page = desk.get(row.get_absolute_url())
    assert "垂直管理，按其系统报送（1 个）" in page and "青禾县税务局" in page
    assert "待填报 4" in page


def test_only_the_office_opens_rounds_and_the_form_of_2014_has_none(county):
    assert clerk(county).answer("get", reverse("statistics:rounds")).status_code == 404
    with pytest.raises(Refused, match="政务公开办"):
        actions.open_round(
            year=YEAR, period="year", groups=["department"], due_on=DUE, by=clerk(county).user, today=OPENED
        )
    with pytest.raises(Refused, match="不再填报"):
        opened(county, year=2018)
    with pytest.raises(Refused, match="过完"):
        opened(county, due_on=date(2026, 12, 30))
    answer = office(county, OPENED).post(
        reverse("statistics:rounds"), year=2018, period="year", groups=["department"], due_on=DUE
    )
    assert answer.status_code == 200 and not FilingRound.objects.exists()
    opened(county, groups=("department",))
    with pytest.raises(Refused, match="都已有填报表"):
        opened(county, groups=("department",))


def test_bad_input_keeps_what_was_typed(county):
    desk = office(county, OPENED)
    page = desk.post(reverse("statistics:rounds"), year=YEAR, period="Q9", groups=["x"], due_on="\x00")
    assert page.status_code == 200 and not FilingRound.objects.exists()
    opened(county)
    address = sheet_of(county).get_absolute_url()
    wrong = typed({"t2.license.decided": "七", "t2.penalty.decided": "9" * 400, "t2.coercion.decided": "-1"})
    page = clerk(county).post(address, act="fill", evidence="a\x00b", remarks="说明", **wrong)
    assert page.status_code == 200
    assert 'value="七"' in page.content.decode() and sheet_of(county).values == {}
    assert clerk(county).post(address, act="nothing").status_code == 404


def test_a_sheet_shows_the_ledger_and_asks_only_for_what_it_does_not_know(county):
    opened(county, groups=("government", "department"))
    page = clerk(county).get(sheet_of(county).get_absolute_url())
    assert page.count('name="t2__') == len(FIGURES)
    assert 'name="t2__license__decided"' in page and "t3.r1.natural_person" in page
    assert 'name="t2__fee__amount"' not in page
    assert page.count("R21-blank") == len(FIGURES), "a blank that others supply is not theirs to explain"
    assert "口径：本级（青禾县财政局）" in page
    # 收费 is the finance bureau's to supply and stands on the government's sheet alone.
    assert 'name="t2__fee__amount"' in clerk(county, "县政府").get(sheet_of(county, "县政府").get_absolute_url())


def test_from_blank_to_locked_on_paper(county, settings):
    opened(county)
    desk, address = clerk(county), sheet_of(county).get_absolute_url()
    assert "还有没填的格" in desk.get(address)
    desk.post(address, act="fill", **typed({"t2.license.decided": 12}))
    assert "还有没填的格" in desk.get(address)
    assert not Filing.objects.exists()
    desk.post(address, act="fill", **typed(), evidence="执法案卷台账")
    page = desk.get(address)
    assert 'value="12"' in page and "送签并打印" in page
    twice = desk.post(address, act="paper", filler="刘一", reviewer="刘一", head="卢三").content.decode()
    assert "须是三个人" in twice and 'value="卢三"' in twice
    assert "请填写审核人" in desk.post(address, act="paper", filler="刘一", head="卢三").content.decode()
    desk.post(address, act="paper", **NAMES)
    sheet = sheet_of(county)
    assert (sheet.state, sheet.way) == (SheetState.SIGNING, "paper")
    paper = desk.answer("get", reverse("statistics:sheet-paper", args=[sheet.public_id]))
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert not Filing.objects.exists()
    assert desk.post(address, act="scan").status_code == 200
    assert desk.post(address, act="scan", scan=SimpleUploadedFile("a.png", b"MZ\x90")).status_code == 200
    assert sheet_of(county).state == SheetState.SIGNING
    desk.post(address, act="scan", scan=SimpleUploadedFile("盖章件.png", png()))
    sheet = sheet_of(county)
    assert (sheet.state, sheet.filed_on) == (SheetState.FILED, JANUARY)
    assert {row.cell: int(row.value) for row in Filing.objects.all()} == FIGURES
    assert not Filing.objects.filter(on_behalf=True).exists()
    boss = office(county)
    assert desk.answer("get", reverse("statistics:sheet-scan", args=[sheet.public_id])).content == png()
    boss.post(address, act="accept")
    boss.post(address, act="lock")
    assert sheet_of(county).state == SheetState.LOCKED
    desk.post(address, act="fill", **typed({"t2.license.decided": 99}))
    assert sheet_of(county).filled["t2.license.decided"] == 12


def test_three_sign_by_logging_in_one_after_the_other(county):
    opened(county)
    desk, address = clerk(county), sheet_of(county).get_absolute_url()
    reviewer, head = county.person("财政局", Role.REVIEWER), county.person("财政局", Role.SIGNATORY)
    desk.post(address, act="fill", **typed())
    answer = desk.post(address, act="login", reviewer=head.public_id, head=head.public_id)
    assert "须是三个人" in answer.content.decode()
    foreign = county.person("教育局", Role.REVIEWER)
    assert desk.post(address, act="login", reviewer=foreign.public_id, head=head.public_id).status_code == 200
    desk.post(address, act="login", reviewer=reviewer.public_id, head=head.public_id)
    assert [task.kind for task in tasks(reviewer, on=JANUARY)] == ["签名确认"]
    assert tasks(head, on=JANUARY) == []
    Desk(head).post(address, act="sign")
    assert sheet_of(county).signatures.filter(signed_at=None).count() == 2
    assert "签名确认" in Desk(reviewer).get(address)
    Desk(reviewer).post(address, act="sign")
    assert [task.kind for task in tasks(head, on=JANUARY)] == ["签名确认"]
    assert sheet_of(county).state == SheetState.SIGNING and not Filing.objects.exists()
    Desk(head).post(address, act="sign")
    sheet = sheet_of(county)
    assert sheet.state == SheetState.FILED and Filing.objects.count() == len(FIGURES)
    verbs = list(Entry.objects.filter(object_id=str(sheet.public_id)).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "statistics.fill_sheet",
        "statistics.hand_to_sign",
        "statistics.sign_sheet",
        "statistics.sign_sheet",
    ]


def test_a_deputy_signs_for_the_head_and_a_signer_may_object(county):
    opened(county)
    desk, address = clerk(county), sheet_of(county).get_absolute_url()
    reviewer, head = county.person("财政局", Role.REVIEWER), county.person("财政局", Role.SIGNATORY)
    deputy = county.person("财政局", Role.DRAFTER)
    desk.post(address, act="fill", **typed())
    desk.post(address, act="login", reviewer=reviewer.public_id, head=head.public_id)
    assert Desk(reviewer).post(address, act="take_back", reason=" ").status_code == 200
    Desk(reviewer).post(address, act="take_back", reason="许可数与案卷不符")
    sheet = sheet_of(county)
    assert sheet.state == SheetState.OPEN and not sheet.signatures.exists() and sheet.digest == ""
    desk.post(address, act="login", reviewer=reviewer.public_id, head=head.public_id)
    Desk(reviewer).post(address, act="sign")
    delegate(
        head, deputy=deputy, agency=county.organs["财政局"], first=JANUARY, last=JANUARY + timedelta(days=3),
        by=head, today=JANUARY,
    )  # fmt: skip
    Desk(deputy).post(address, act="sign")
    assert sheet_of(county).state == SheetState.FILED
    assert "（代）" in desk.get(address)


def test_what_is_signed_is_what_was_handed_over(county):
    opened(county)
    desk, address = clerk(county), sheet_of(county).get_absolute_url()
    reviewer, head = county.person("财政局", Role.REVIEWER), county.person("财政局", Role.SIGNATORY)
    desk.post(address, act="fill", **typed())
    desk.post(address, act="login", reviewer=reviewer.public_id, head=head.public_id)
    FilingSheet.objects.update(values={**FIGURES, "t2.license.decided": 13})
    page = Desk(reviewer).post(address, act="sign")
    assert page.status_code == 302 and sheet_of(county).state == SheetState.SIGNING
    assert sheet_of(county).signatures.filter(signed_at=None).count() == 2


def test_a_zero_report_is_one_click_over_the_ledgers_own_figures(county):
    opened(county)
    desk, address = clerk(county, "河口镇"), sheet_of(county, "河口镇").get_absolute_url()
    assert "台账在本期没有一条记录" in desk.get(address)
    desk.post(address, act="zero")
    sheet = sheet_of(county, "河口镇")
    assert sheet.zero and sheet.filled == dict.fromkeys(FIGURES, 0)
    assert "零报告" in desk.get(address) and "送签并打印" in desk.get(address)
    desk.post(address, act="fill", **typed())
    assert not sheet_of(county, "河口镇").zero
    desk.post(address, act="zero")
    assert sheet_of(county, "河口镇").filled == FIGURES, "figures are not wiped out by one click"


def test_the_office_enters_what_a_town_told_by_telephone(county):
    opened(county)
    boss, address = office(county), sheet_of(county, "河口镇").get_absolute_url()
    assert (
        clerk(county, "河口镇").post(address, act="telephone", told_by="王五", told_on=JANUARY, **typed()).status_code
        == 200
    )
    page = boss.post(address, act="telephone", told_by="", told_on=JANUARY, **typed())
    assert "请填写报数人" in page.content.decode()
    page = boss.post(address, act="telephone", told_by="王五", told_on=JANUARY, **typed({"t2.license.decided": 1}))
    assert "还有没填的格" in page.content.decode()
    assert sheet_of(county, "河口镇").state == SheetState.OPEN
    boss.post(address, act="telephone", told_by="王五", told_on=JANUARY, **typed())
    sheet = sheet_of(county, "河口镇")
    assert (sheet.state, sheet.on_behalf, sheet.told_by) == (SheetState.FILED, True, "王五")
    assert set(Filing.objects.values_list("on_behalf", flat=True)) == {True}
    assert "代填" in boss.get(address) and "代填" in boss.get(sheet.round.get_absolute_url())
    # The stamped paper may follow.
    clerk(county, "河口镇").post(address, act="scan", scan=SimpleUploadedFile("盖章件.png", png()))
    sheet = sheet_of(county, "河口镇")
    assert sheet.scan is not None and sheet.state == SheetState.FILED


def test_a_return_marks_the_cell_and_filing_again_clears_it(county):
    opened(county)
    sheet = filed_on_paper(county)
    boss, desk, address = office(county), clerk(county), sheet.get_absolute_url()
    assert "退回须写明理由" in boss.post(address, act="return", reason="").content.decode()
    boss.post(
        address, act="return", reason="请核对许可数", t2__license__decided="与行政审批局的数差 3",
        ledger_cell="t3.r1.natural_person", ledger_reason="来信少登一件",
    )  # fmt: skip
    sheet.refresh_from_db()
    assert sheet.state == SheetState.RETURNED and sheet.due_on == DUE
    assert set(sheet.marks.values_list("cell", flat=True)) == {"t2.license.decided", "t3.r1.natural_person"}
    page = desk.get(address)
    assert "与行政审批局的数差 3" in page and "请核对许可数" in page and "来信少登一件" in page
    assert "已退回" in StationMessage.objects.filter(person=desk.user).order_by("-pk")[0].title
    assert int(Filing.objects.get(cell="t2.license.decided").value) == 12, (
        "what was filed stands until it is filed again"
    )
    filed_on_paper(county, figures={**FIGURES, "t2.license.decided": 15})
    assert int(Filing.objects.get(cell="t2.license.decided").value) == 15
    assert not SheetMark.objects.filter(done_on=None).exists()
    assert "历次标注" in boss.get(address)


def test_a_return_after_the_day_gives_some_working_days(county):
    opened(county)
    sheet = filed_on_paper(county)
    actions.return_sheet(sheet, reason="重核", marks={}, by=office(county).user, today=date(2027, 1, 20))
    assert sheet_of(county).due_on == date(2027, 1, 25)
    assert sheet_of(county).first_filed_on == JANUARY


def test_a_locked_sheet_is_filed_again_only_after_a_return(county):
    opened(county)
    sheet = filed_on_paper(county)
    boss = office(county)
    for act in ("accept", "lock"):
        boss.post(sheet.get_absolute_url(), act=act)
    by = clerk(county).user
    for verb in (
        lambda: actions.fill_sheet(sheet, FIGURES, by=by, today=JANUARY),
        lambda: actions.hand_to_sign(sheet, names=NAMES, by=by, today=JANUARY),
        lambda: actions.enter_by_telephone(sheet, FIGURES, told_by="王", told_on=JANUARY, by=boss.user, today=JANUARY),
    ):
        with pytest.raises(Refused, match="已锁定"):
            verb()
    with pytest.raises(Refused, match="填报表"):
        actions.file(county.organs["财政局"], YEAR, FIGURES, by=by, today=JANUARY)
    boss.post(sheet.get_absolute_url(), act="return", reason="补报")
    actions.fill_sheet(sheet_of(county), {**FIGURES, "t2.penalty.decided": 4}, by=by, today=JANUARY)


def test_a_frozen_year_is_not_returned(county):
    opened(county)
    sheet = filed_on_paper(county)
    actions.freeze(YEAR, Scope(county.organs["财政局"], whole_region=False), by=clerk(county).user, today=JANUARY)
    with pytest.raises(Refused, match="已经冻结"):
        actions.return_sheet(sheet, reason="重核", marks={}, by=office(county).user, today=JANUARY)


def test_before_the_period_is_over_one_fills_in_and_does_not_send_up(county):
    opened(county)
    early = date(2026, 12, 29)
    desk, address = clerk(county, day=early), sheet_of(county).get_absolute_url()
    desk.post(address, act="fill", **typed())
    assert "还没有过完" in desk.get(address)
    with pytest.raises(Refused, match="还没有过完"):
        actions.hand_to_sign(sheet_of(county), names=NAMES, by=desk.user, today=early)


def test_an_equation_that_fails_wants_a_word(county):
    opened(county)
    by = clerk(county).user
    scope = Scope(county.organs["财政局"], whole_region=False)
    actions.correct(YEAR, scope, "t3.r1.natural_person", 2, reason="纸质台账", by=by, today=JANUARY)
    sheet = actions.fill_sheet(sheet_of(county), FIGURES, by=by, today=JANUARY)
    assert sheet.errors > 0
    with pytest.raises(Refused, match="填报说明"):
        actions.hand_to_sign(sheet, names=NAMES, by=by, today=JANUARY)
    page = clerk(county).get(sheet.get_absolute_url())
    assert "R21-T3-a" in page and "处不成立" in page and "国办公开办函〔2021〕30号" in page
    sheet = actions.fill_sheet(sheet, FIGURES, remarks="两件在次年办结，台账待补", by=by, today=JANUARY)
    assert actions.hand_to_sign(sheet, names=NAMES, by=by, today=JANUARY).state == SheetState.SIGNING


def test_for_another_organ_a_sheet_does_not_exist(county):
    opened(county)
    sheet = sheet_of(county)
    stranger = clerk(county, "教育局")
    for name in ("sheet", "sheet-paper", "sheet-scan"):
        assert stranger.answer("get", reverse(f"statistics:{name}", args=[sheet.public_id])).status_code == 404
    assert stranger.post(sheet.get_absolute_url(), act="fill", **typed()).status_code == 404
    for name in ("round", "late-list"):
        assert stranger.answer("get", reverse(f"statistics:{name}", args=[sheet.round.public_id])).status_code == 404


def test_accepting_and_locking_all_leaves_out_what_does_not_add_up(county):
    row = opened(county)
    sound = filed_on_paper(county)
    other = filed_on_paper(county, "教育局")
    FilingSheet.objects.filter(pk=other.pk).update(errors=1)
    boss = office(county)
    boss.post(row.get_absolute_url(), act="lock")
    boss.post(row.get_absolute_url(), act="accept")
    assert sheet_of(county, "教育局").state == SheetState.FILED
    boss.post(row.get_absolute_url(), act="lock")
    sound.refresh_from_db()
    assert sound.state == SheetState.LOCKED
    assert boss.post(row.get_absolute_url(), act="drop").status_code == 404


def test_who_is_late_is_listed_with_a_telephone(county):
    row = opened(county)
    filed_on_paper(county)
    late_day = date(2027, 1, 19)
    boss = office(county, late_day)
    person = county.person("教育局", Role.STATISTICIAN)
    person.phone = "0000-7654321"
    person.save()
    page = boss.get(f"{row.get_absolute_url()}?state=late")
    assert "教育局" in page and "0000-7654321" in page and "逾期未报 3" in page
    assert "已超期 2 个工作日" in page and "财政局</a>" not in page
    saved = boss.answer("get", reverse("statistics:late-list", args=[row.public_id]))
    assert saved.status_code == 200 and "spreadsheetml" in saved["Content-Type"]


def test_urging_tells_each_person_once_a_day(county):
    row = opened(county)
    for organ in ("财政局", "教育局"):
        clerk(county, organ)
    boss = office(county)
    boss.post(row.get_absolute_url(), act="urge")
    before = StationMessage.objects.filter(title__startswith="催报").count()
    boss.post(row.get_absolute_url(), act="urge")
    assert before == 2 == StationMessage.objects.filter(title__startswith="催报").count()
    with pytest.raises(Refused, match="政务公开办"):
        actions.urge(row, by=clerk(county).user, today=JANUARY)


def test_reminders_go_by_working_days(county):
    for organ in ("财政局", "教育局"):
        clerk(county, organ)
    opened(county)
    filed_on_paper(county)
    mine = StationMessage.objects.filter(person=clerk(county, "教育局").user).order_by("pk")
    assert reminders.nightly(date(2027, 1, 8)) == 0, "a week before nobody is reminded"
    assert reminders.nightly(date(2027, 1, 12)) == 1
    assert reminders.nightly(date(2027, 1, 12)) == 0
    assert mine.last().title.startswith("剩 3 个工作日")
    reminders.nightly(date(2027, 1, 15))
    assert mine.last().title.startswith("今日到期")
    assert reminders.nightly(date(2027, 1, 16)) == 0, "Saturday"
    assert reminders.nightly(date(2027, 1, 18)) == 1
    assert mine.last().title.startswith("已逾期 1 个工作日")
    assert not StationMessage.objects.filter(person=clerk(county).user, title__contains="逾期").exists()


def test_a_signer_is_reminded_of_what_waits_for_a_signature(county):
    opened(county)
    desk, address = clerk(county), sheet_of(county).get_absolute_url()
    reviewer, head = county.person("财政局", Role.REVIEWER), county.person("财政局", Role.SIGNATORY)
    desk.post(address, act="fill", **typed())
    desk.post(address, act="login", reviewer=reviewer.public_id, head=head.public_id)
    reminders.nightly(date(2027, 1, 14))
    assert "待签字盖章" in StationMessage.objects.filter(person=reviewer).order_by("-pk")[0].title


def test_organs_outside_are_named_with_the_reason(county):
    for serial, (name, kind, line) in enumerate(
        [
            ("县委宣传部", LegalKind.PARTY_BODY, ReportsTo.NONE),
            ("南湖村村民委员会", LegalKind.VILLAGE, ReportsTo.COUNTY),
            ("县人民医院", LegalKind.PUBLIC_INSTITUTION, ReportsTo.NONE),
        ],
        start=40,
    ):
        establish(
            by=None, on=LONG_AGO, parent=county.government, reports_to=line, name=name, short_name=name,
            code=credit_code(serial), document_prefix="青", legal_kind=kind,
        )  # fmt: skip
    row = opened(county, groups=("government", "department", "town", "other"))
    assert row.sheets.count() == 5
    page = office(county).get(row.get_absolute_url())
    for words in ("村（居）民委员会，不是行政机关", "党委机构，不适用条例", "公共企事业单位", "垂直管理"):
        assert words in page


def test_an_organ_set_up_later_is_enrolled(county):
    row = opened(county)
    county.organs["林业局"] = establish(
        by=None, on=date(2026, 12, 30), parent=county.government, reports_to=ReportsTo.COUNTY, name="青禾县林业局",
        short_name="林业局", code=credit_code(50), document_prefix="青林", legal_kind=LegalKind.DEPARTMENT,
    )  # fmt: skip
    boss = office(county)
    assert "林业局" in boss.get(row.get_absolute_url())
    boss.post(row.get_absolute_url(), act="enrol")
    assert sheet_of(county, "林业局").due_on == DUE
    with pytest.raises(Refused, match="都已列入"):
        actions.enrol(row, by=boss.user, today=JANUARY)


def test_months_and_quarters_stand_apart_from_the_year(county):
    opened(county, groups=("department",), period="Q1", due_on=date(2027, 1, 15))
    by = clerk(county).user
    day = date(2026, 2, 3)
    enter(Training, county.organs["财政局"], by=by, today=day, held_on=day, title="培训", attendance=9)
    sheet = sheet_of(county, period="Q1")
    assert sheet.label == "2026 年第一季度"
    actions.fill_sheet(sheet, FIGURES, by=by, today=JANUARY)
    sheet = actions.hand_to_sign(sheet_of(county, period="Q1"), names=NAMES, by=by, today=JANUARY)
    clerk(county).post(sheet.get_absolute_url(), act="scan", scan=SimpleUploadedFile("盖章件.png", png()))
    scope = Scope(county.organs["财政局"], whole_region=False)
    assert compile_period(YEAR, "Q1", scope).cells["t2.license.decided"].value == 12
    assert compile_year(YEAR, scope).cells["t2.license.decided"].value is None
    page = clerk(county).get(f"/desk/statistics/{YEAR}/t2.license.decided/?period=Q1")
    assert "2026 年第一季度" in page and 'data-value="12"' in page
    assert clerk(county).answer("get", f"/desk/statistics/{YEAR}/t2.license.decided/?period=X").status_code == 404
    assert clerk(county).answer("get", Filing.objects.all()[0].as_record().url).url == sheet.get_absolute_url()


def test_what_was_filed_before_the_round_is_on_the_sheet(county):
    by = clerk(county).user
    actions.file(county.organs["财政局"], YEAR, {"t2.license.decided": 8}, by=by, today=OPENED)
    opened(county)
    assert sheet_of(county).filled == {"t2.license.decided": 8}


def test_the_office_has_what_was_sent_up_among_its_tasks(county):
    row = opened(county)
    boss = office(county)
    assert tasks(boss.user, on=JANUARY) == []
    filed_on_paper(county)
    (task,) = tasks(boss.user, on=JANUARY)
    assert (task.kind, task.url) == ("接收填报表", f"{row.get_absolute_url()}?state=filed")
    clerk_tasks = tasks(clerk(county, "教育局").user, on=JANUARY)
    assert [one.kind for one in clerk_tasks] == ["填报"]


def test_the_ledger_moved_after_signing_is_shown_and_nothing_filed_changes(county):
    opened(county)
    sheet = filed_on_paper(county)
    by = clerk(county).user
    scope = Scope(county.organs["财政局"], whole_region=False)
    actions.correct(YEAR, scope, "t3.r1.natural_person", 1, reason="补登", by=by, today=JANUARY)
    page = office(county).get(sheet.get_absolute_url())
    assert "送签后台账有变动" in page
    assert sheet_of(county).as_signed["t3.r1.natural_person"] == 0


def test_the_database_refuses_a_sheet_that_is_filed_by_halves(county):
    opened(county)
    sheet = sheet_of(county)
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingSheet.objects.filter(pk=sheet.pk).update(state="filed")
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingSheet.objects.create(
            round=sheet.round, agency=sheet.agency, year=sheet.year, period=sheet.period, due_on=DUE
        )


def test_a_person_of_two_organs_sees_only_the_sheets_of_the_one_they_work_in(county):
    opened(county)
    person = clerk(county).user
    appoint(person, Role.STATISTICIAN, county.organs["教育局"], by=None, on=LONG_AGO)
    page = clerk(county).get(reverse("statistics:filing-now"))
    assert page.count("待填报") == 1
