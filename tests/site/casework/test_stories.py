"""One story for each of the 25 outcomes, from filing to archive, over HTTP alone.

A line of the table says how the application came in and from whom, what the answer needed before its draft, how the
answer left, and where the year's tables count it. What happens between is the same for all (walking.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from gongkai.agencies.ledger import Period, Scope
from gongkai.casework.figures import figures
from gongkai.casework.models import Case, ReviewCase, Series
from gongkai.trail.chain import verify
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.reading import read as read_paper

from . import walking as way
from .conftest import FACTS, MONDAY, World
from .over_http import seal_over_http
from .test_envelope import grid
from .walking import Step, Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
PERSON = "natural_person"
YEAR = MONDAY.year


@dataclass(frozen=True)
class Story:
    """How one application goes: `needs` is what its answer asks for before the draft."""

    outcome: str
    letter: str
    row: str
    """Of table three since 2021."""
    cell: str
    """Of the 2014 form; empty where it has none."""
    channel: str
    kind: str = PERSON
    needs: Step = way.processed
    sent: str = "in_person"
    timely: str = "ontime"
    remedy: str = ""
    """What legal review chooses where the law leaves it open."""
    ground: str = ""
    grounds: tuple[str, ...] = ()
    filed: date = MONDAY
    paper: str = ""
    """What must lie in the volume beside application, approval form, answer and proof."""

    @property
    def cells(self) -> dict[str, int]:
        """Where the year counts it: in its row for its kind of applicant, in the sum that 2019 had, in one cell of 2014."""
        sums = ["r3_6"] if self.row.startswith("r3_6") else []
        return {f"t3.{row}.{self.kind}": 1 for row in [self.row, *sums]} | ({self.cell: 1} if self.cell else {})


STORIES = [
    Story("grant.already_public", "L09a", "r3_1", "t14.3_3_1", "online", sent="online"),
    Story("grant.provide", "L09b", "r3_1", "t14.3_3_2", "oral", needs=way.with_material, paper="提供的信息"),
    Story("partial", "L10", "r3_2", "t14.3_3_3", "online", needs=way.with_material, sent="online",
          grounds=("refuse.internal_affairs",), paper="遮蔽清单"),
    Story("refuse.state_secret", "L11", "r3_3_1", "t14.3_3_4_a", "post_signed", needs=way.secrecy_told,
          paper="征求其他机关意见函"),
    Story("refuse.prohibited_by_law", "L11", "r3_3_2", "t14.3_3_4_f", "fax", "business", sent="post"),
    Story("refuse.security_stability", "L11", "r3_3_3", "t14.3_3_4_d", "in_person", paper="集体研究记录"),
    Story("refuse.third_party", "L11", "r3_3_4", "t14.3_3_4_b", "email", "business", needs=way.third_party_refuses,
          sent="email", ground="trade_secret", paper="征求第三方意见书"),
    Story("refuse.internal_affairs", "L11", "r3_3_5", "t14.3_3_4_f", "post_ordinary", needs=way.over_new_year,
          filed=date(2025, 12, 22)),
    Story("refuse.process_info", "L11", "r3_3_6", "t14.3_3_4_f", "envelope", needs=way.co_maker_answers,
          paper="征求共同制作机关意见函"),
    Story("refuse.enforcement_file", "L11", "r3_3_7", "t14.3_3_4_f", "in_person", "research", needs=way.delay_agreed,
          timely="extended", paper="延迟答复告知书"),
    Story("refuse.admin_query", "L15", "r3_3_8", "t14.3_3_8", "oral", remedy="review_first"),
    Story("unable.not_held.not_exist", "L12", "r3_4_1", "t14.3_3_6", "post_signed", "ngo",
          needs=way.searched_by_others, paper="检索情况说明"),
    Story("unable.not_held.not_this_organ", "L13", "r3_4_1", "t14.3_3_5", "email", sent="email"),
    Story("unable.needs_creation", "L14", "r3_4_2", "t14.3_3_4_e", "fax", needs=way.extended, timely="extended",
          remedy="choice", sent="post", paper="延期答复告知书"),
    Story("unable.still_unclear", "L14b", "r3_4_3", "", "online", needs=way.corrected, sent="online",
          paper="补正告知书"),
    Story("decline.petition", "L17", "r3_5_1", "t14.3_3_8", "post_ordinary", needs=way.overdue, timely="overdue",
          remedy="none"),
    Story("decline.repeat", "L16", "r3_5_2", "t14.3_3_4_f", "in_person", needs=way.answered_before, remedy="review_only"),
    Story("decline.publication", "L17b", "r3_5_3", "t14.3_3_1", "envelope", remedy="review_only"),
    Story("decline.excessive", "L18", "r3_5_4", "", "online", "legal", needs=way.no_good_reason, sent="online",
          paper="说明理由通知书"),
    Story("decline.reconfirm", "L27", "r3_5_5", "", "post_signed", remedy="review_only", sent="post"),
    Story("other.no_amend", "L25", "r3_6_1", "", "email", needs=way.never_corrected, sent="email", paper="补正告知书"),
    Story("other.no_payment", "L25", "r3_6_2", "", "in_person", "other", needs=way.never_paid, paper="收费通知书"),
    Story("other.withdrawn", "L25", "r3_6_3", "", "online", sent="online", timely="withdrawn", paper="撤回"),
    Story("other.not_gov_info", "L26", "r3_6_3", "t14.3_3_4_e", "post_signed", needs=way.paid, sent="post"),
    Story("other.misc", "L40", "r3_6_3", "t14.3_3_8", "fax", remedy="review_only"),
]  # fmt: skip


def test_every_outcome_and_every_way_in_has_its_story() -> None:
    assert [story.outcome for story in STORIES] == list(OUTCOMES)
    ways = {"online", "in_person", "oral", "post_signed", "post_ordinary", "fax", "email", "envelope"}
    assert {story.channel for story in STORIES} == ways
    assert {story.kind for story in STORIES} == {PERSON, "business", "research", "ngo", "legal", "other"}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.outcome)
def test_from_filing_to_archive(world: World, story: Story) -> None:
    walk = Walk(world, filed=story.filed)
    expected = story.cells
    if story.needs is way.answered_before:
        walk.earlier = answered_earlier(world)
        walk.later(7)
        expected = STORIES[0].cells | expected

    walk.file(story.channel, story.kind)
    if story.outcome == "other.withdrawn":
        way.withdrawn(walk)
    else:
        walk.begin()
        story.needs(walk)
        walk.draft(story.outcome, story.ground, story.grounds)
        walk.approve(story.remedy)
        walk.deliver(story.sent)
    answered(walk, story)
    walk.archive()

    files = walk.volume()
    for paper in ("申请", "告知书" if story.letter != "L40" else "答复书", story.paper):
        assert any(paper in name for name in files), (paper, sorted(files))
    corrections = {"t14.3_3_7": 1} if walk.corrected else {}
    assert counted(world, YEAR) == expected | corrections
    assert counted(world, YEAR - 1) == counted(world, YEAR + 1) == {}
    assert verify().holds


def answered_earlier(world: World) -> Case:
    """The same applicant's equal request, answered already."""
    walk = Walk(world, filed=MONDAY)
    play(walk, "in_person", "grant.already_public")
    return walk.case


def play(walk: Walk, channel: str, outcome: str) -> None:
    """A plain story until its answer has been delivered."""
    walk.file(channel, PERSON)
    walk.begin()
    way.processed(walk)
    walk.draft(outcome)
    walk.approve()
    walk.deliver("in_person")


def answered(walk: Walk, story: Story) -> None:
    """The case is closed as what the story says; its applicant reads so and takes the answer."""
    case = walk.case
    case.refresh_from_db()
    assert (case.counted_outcome, case.counted_year, case.counted_timely) == (story.outcome, YEAR, story.timely)
    notice = case.notices.get(letter=story.letter)
    told = walk.applicant_reads()
    assert notice.name in told and notice.number in told
    assert ("已撤回" if story.timely == "withdrawn" else "已送达") in told
    assert bool(notice.remedy_text) == (story.outcome != "other.withdrawn" and story.remedy != "none")
    texts = [read_paper(data, "a.docx" if data.startswith(b"PK") else "a.pdf").text for data in walk.papers()]
    assert any(notice.number in text.replace(" ", "") for text in texts)
    if story.needs is way.with_material:
        assert any("五百万元" in text for text in texts) and not any(way.EXPERT in text for text in texts)


def counted(world: World, year: int) -> dict[str, int]:
    """The cells of answers that are not nought in a year, of all three forms."""
    cells = figures(Period.of_year(year), Scope(world.bureau, whole_region=False))
    return {cell: int(row.value) for cell, row in cells.items() if row.value and cell.startswith(("t3.r3", "t14.3_3"))}


def test_a_review_sets_the_answer_aside_and_it_is_given_anew(world: World) -> None:
    """行政复议 → 重新答复: a clock of its own, a second answer, a second archive; the year counts the first one."""
    walk = Walk(world, filed=MONDAY)
    play(walk, "in_person", "refuse.internal_affairs")
    walk.archive()
    before = counted(world, YEAR)

    walk.day, lawyer = date(2026, 4, 1), walk.staff.lawyer
    entered = walk.post(lawyer, "review_new", agency=world.bureau.pk, docket="清府复〔2026〕7号",
                        review_body="清溪县人民政府", filed_on=walk.day.isoformat(), case_numbers=walk.case.number)  # fmt: skip
    assert entered.status_code == 302, entered.content.decode()
    order = ReviewCase.objects.get()
    walk.day = date(2026, 5, 28)
    assert walk.post(lawyer, "review", order.public_id, outcome="revoked", closed_on="2026-05-28").status_code == 302
    walk.day = date(2026, 6, 1)
    walk.act(walk.staff.handler, "reopen", order=str(order.public_id), received_on="2026-06-01", unit="days",
             reason="撤销原答复，责令重新作出", paper=way.paper("行政复议决定书"))  # fmt: skip
    assert walk.case.reply_by == date(2026, 6, 30)
    told = walk.applicant_reads()
    assert "重新办理" in told and "不晚于 2026年6月30日" in told

    walk.later(8)
    walk.draft("partial", grounds=("refuse.process_info",))
    walk.approve()
    walk.deliver("in_person")
    first, second = walk.case.notices.filter(decision__isnull=False).order_by("pk")
    told = walk.applicant_reads()
    assert first.number in told and second.number in told and "（重新答复）" in second.rendered.title
    walk.archive()
    files = walk.volume()
    assert sum("告知书" in name for name in files) >= 2
    assert counted(world, YEAR) == before == Story("refuse.internal_affairs", "L11", "r3_3_5", "t14.3_3_4_f", "").cells
    anew = walk.case.redecisions.get()
    assert (anew.outcome, anew.timely, anew.replied_on) == ("partial", "ontime", date(2026, 6, 9))
    assert verify().holds


def test_three_of_one_matter_go_as_a_series(world: World) -> None:
    """系列案: one envelope, one examination, one draft; each its own number, letter, code, delivery and volume."""
    walk = Walk(world, filed=MONDAY)
    lines = [{"name": f"村民{sign}", "address": f"清溪县滨河镇柳林路{sign}号", "pages": "1"} for sign in "甲乙丙"]
    shared = {**walk.says("post_signed", PERSON), "series_title": "柳林路征地补偿", "scan": way.paper("申请表")}
    received = walk.post(walk.staff.registrar, "envelope", **{**grid(*lines, **shared), "then": "register"})
    codes = way.CODE.findall(received.content.decode())
    series, cases = Series.objects.get(), list(Case.objects.order_by("pk"))
    assert len(set(codes)) == len(cases) == 3 and {case.series_member.series for case in cases} == {series}

    def all_do(user: Any, name: str, **data: Any) -> None:
        ticked = {"case": [str(case.public_id) for case in cases]}
        page = walk.post(user, "series_act", series.public_id, name, **ticked, **data)
        assert "3 件已办理" in page.content.decode(), page.content.decode()

    staff = walk.staff
    all_do(staff.registrar, "assign", handler=staff.handler.pk)
    walk.later(1)
    all_do(staff.handler, "start_examination")
    all_do(staff.handler, "start_processing")
    walk.later(2)
    facts = {f"fact_{name}": value for name, value in FACTS["grant.provide"].items()}
    ticked = {"case": [str(case.public_id) for case in cases], "outcome": "grant.provide", "submit_draft": "1"}
    drafted = walk.post(staff.handler, "series_decision", series.public_id, **ticked, **facts)
    assert "已送审 3 件" in drafted.content.decode()
    all_do(staff.lawyer, "approve", approve="1", opinion="同意")
    all_do(staff.secrecy, "pass_secrecy", approve="1", opinion="")
    all_do(staff.head, "sign")
    for case in cases:
        case.refresh_from_db()
        seal_over_http(case, world, walk.day)
    all_do(staff.handler, "deliver", method="in_person", sent_on=walk.day.isoformat())
    walk.later(5)
    all_do(staff.registrar, "archive")

    numbers = set()
    for case, code, line in zip(cases, codes, lines, strict=True):
        one = Walk(world, filed=walk.day)
        one.case, one.code = Case.objects.get(pk=case.pk), code
        notice = one.case.notices.get()
        told = one.applicant_reads()
        assert notice.number in told and "已送达" in told and line["name"] not in told
        assert any("告知书" in name for name in one.volume()) and one.case.state == "archived"
        numbers |= {notice.number, case.number}
    assert len(numbers) == 6
    assert counted(world, YEAR) == {f"t3.r3_1.{PERSON}": 3, "t14.3_3_2": 3}
    assert verify().holds


OLD_LAW = [
    # Fifteen working days of 2007年条例第二十四条, and its lengthening; the cells are those of the 2014 form alone.
    ("refuse.admin_query", "t14.3_3_8", False, date(2018, 2, 22)),
    ("unable.not_held.not_exist", "t14.3_3_6", True, date(2018, 3, 14)),
]


@pytest.mark.parametrize(("outcome", "cell", "lengthened", "last"), OLD_LAW, ids=[row[0] for row in OLD_LAW])
def test_a_case_under_the_old_law_is_recorded_with_what_was_sent(
    world: World, outcome: str, cell: str, lengthened: bool, last: date
) -> None:
    """2007年条例: it is entered after the fact, on the days on which it was done; its papers are the scans of then."""
    walk = Walk(world, filed=date(2018, 1, 26))
    walk.file("post_signed", PERSON)
    assert (walk.case.law, walk.case.reply_by) == ("492", date(2018, 2, 22))
    walk.begin()
    way.processed(walk)
    if lengthened:
        way.lengthened_then(walk)
    assert walk.case.reply_by == last
    walk.draft(outcome)
    walk.act(walk.staff.lawyer, "approve", approve="1", opinion="同意")
    if walk.case.state == "secrecy_review":
        walk.act(walk.staff.secrecy, "pass_secrecy", approve="1", opinion="")
    refused = walk.send(walk.staff.head, "sign")
    assert refused.status_code == 422 and walk.case.state == "signing", "no paper is made from today's templates"
    walk.act(walk.staff.head, "sign", number="清建告〔2018〕7号", signed_on=walk.day.isoformat(),
             scan=way.paper("当年的告知书"))  # fmt: skip
    walk.deliver("post")
    told = walk.applicant_reads()
    assert "清建告〔2018〕7号" in told and "已送达" in told
    (scan,) = walk.papers()
    assert "当年的告知书" in read_paper(scan, "a.pdf").text
    walk.archive()
    assert any(
        "当年的告知书" in read_paper(data, "a.pdf").text
        for name, data in walk.volume().items()
        if name.endswith(".pdf")
    )
    year = counted(world, 2018)
    assert {name: value for name, value in year.items() if name.startswith("t14.")} == {cell: 1}
    assert counted(world, YEAR) == {}


def test_an_old_case_is_entered_today_with_the_days_of_then(world: World) -> None:
    """An office that begins in 2026 enters what was answered in 2018: the days, the number and the paper of then."""
    walk = Walk(world, filed=date(2018, 1, 26))
    walk.entered_on = MONDAY
    walk.file("post_signed", PERSON)
    walk.day = MONDAY
    assert (walk.case.law, walk.case.received_on, walk.case.reply_by) == ("492", date(2018, 1, 26), date(2018, 2, 22))
    walk.begin()
    walk.act(walk.staff.handler, "start_processing")
    walk.draft("grant.provide")
    walk.act(walk.staff.lawyer, "approve", approve="1", opinion="同意")
    walk.act(walk.staff.secrecy, "pass_secrecy", approve="1", opinion="")
    sent = {"number": "清建告〔2018〕7号", "signed_on": "2018-02-20", "scan": way.paper("当年的告知书")}
    early = walk.send(walk.staff.head, "sign", **{**sent, "signed_on": "2018-01-02", "scan": way.paper("当年的告知书")})
    assert "成文日期早于收到日" in early.content.decode() and "清建告〔2018〕7号" in early.content.decode()
    walk.act(walk.staff.head, "sign", **sent)
    assert walk.case.notices.get().signed_on == date(2018, 2, 20)
    walk.act(walk.staff.handler, "deliver", method="post", sent_on="2018-02-21", delivered_on="2018-02-23",
             tracking="EA000000001CN")  # fmt: skip
    assert (walk.case.counted_year, walk.case.counted_timely) == (2018, "ontime")
    assert counted(world, 2018)["t14.3_3_2"] == 1 and counted(world, YEAR) == {}
    walk.archive()
