"""What becomes of published documents: amended, run out, explained, cleaned up, deposited; a list with its last day."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.operations.demonstration.items import EXPLAINED, PARAGRAPHS, paragraphs, publish_item
from gongkai.operations.demonstration.organs import County
from gongkai.publishing.actions import (
    draft,
    hand_over,
    judge_document,
    make_deposit,
    open_clean_up,
    set_interpretation_need,
    set_validity,
)
from gongkai.publishing.deposits import ended_quarters, quarter_of, to_deposit
from gongkai.publishing.models import CleanUpVerdict, Column, InterpretationForm, InterpretationNeed, Receiver, Validity
from gongkai.publishing.skeleton import INTERPRETATION


def build_upkeep(county: County) -> None:
    """Relative to the county's day; draws nothing at random, so that what is built afterwards stays as it is."""
    columns = {column.code: column for column in Column.objects.all()}
    _documents(county, columns)
    _name_list(county, columns["A21C_07"])
    _together(county, columns)
    _clean_up(county)
    _deposits(county)


def _documents(county: County, columns: dict[str, Column]) -> None:
    """One amended by another, one that ran out, one that soon will; one that needs no interpretation."""
    organ, day = next(iter(county.organs.values())), county.today
    body, by = paragraphs(county, organ, PARAGRAPHS), county.person(organ, Role.PUBLISHER)
    made = {}
    for serial, (name, age, until) in enumerate(
        (
            ("考核办法", 300, None),
            ("关于修改考核办法的决定", 40, None),
            ("专项行动方案（暂行）", 200, day - timedelta(days=20)),
            ("试点工作规则（试行）", 150, day + timedelta(days=25)),
        ),
        start=51,
    ):
        on = day - timedelta(days=age)
        made[name] = publish_item(
            county, organ, columns["A20_01"], f"{organ.name}{county.subjects[organ.short_name]}{name}", body, on,
            formed_on=on, docno=f"{organ.document_prefix}发〔{on.year}〕{serial}号", normative_kind="normdoc",
            valid_until=until,
        )  # fmt: skip
    old, new = made["考核办法"], made["关于修改考核办法的决定"]
    since = day - timedelta(days=40)
    set_validity(old, by=by, today=day, validity=Validity.AMENDED, since=since, document=new)
    set_interpretation_need(
        new, by=by, today=day, need=InterpretationNeed.EXEMPT, reason="只改动个别文字，随原办法一并解读"
    )
    publish_item(
        county, organ, columns[INTERPRETATION], f"一图读懂{county.subjects[organ.short_name]}考核办法",
        paragraphs(county, organ, EXPLAINED), old.first_published_at.date() + timedelta(days=1), interprets=old,
        interpretation_form=InterpretationForm.PICTURE, interpreter=f"{organ.short_name}主任", by_head=True,
    )  # fmt: skip


def _name_list(county: County, column: Column) -> None:
    until = county.today + timedelta(days=9)
    body = "<p>本期拟给予临时救助 12 户，名单在各乡镇政务公开栏张贴，公示期内可向县民政部门反映情况。</p>"
    title = "青禾县临时救助对象公示"
    publish_item(county, county.government, column, title, body, county.today - timedelta(days=2), shown_until=until)


def _together(county: County, columns: dict[str, Column]) -> None:
    """A document and its interpretation being drafted, to be sent in one act."""
    organ, day = county.government, county.today
    by, subject = county.person(organ, Role.DRAFTER), county.subjects[organ.short_name]
    version = draft(
        organ, title=f"{organ.name}关于优化{subject}服务的意见", column=columns["A20_01"], by=by, today=day,
        body=paragraphs(county, organ, PARAGRAPHS), formed_on=day, normative_kind="normdoc",
        docno=f"{organ.document_prefix}发〔{day.year}〕61号",
    )  # fmt: skip
    draft(
        organ, title=f"《优化{subject}服务的意见》政策解读", column=columns[INTERPRETATION], by=by, today=day,
        body=paragraphs(county, organ, EXPLAINED), interprets=version.item, interpreter="县政府办公室负责人",
        interpretation_form=InterpretationForm.QUESTIONS,
    )  # fmt: skip


def _clean_up(county: County) -> None:
    """A round under way: most organs have judged their documents, the last ones have not."""
    opened = county.today - timedelta(days=30)
    office = county.person(county.government, Role.DISCLOSURE_OFFICE)
    clean_up = open_clean_up(
        title=f"{opened.year}年规范性文件清理", as_of=opened, due_on=county.today + timedelta(days=12), by=office,
        today=opened,
    )  # fmt: skip
    entries = list(clean_up.entries.select_related("agency", "item"))
    for number, entry in enumerate(entries[: len(entries) * 2 // 3]):
        verdict = CleanUpVerdict.AMEND if number % 7 == 3 else CleanUpVerdict.CONTINUE
        ground = "与新出台的上级文件不一致，须修改" if verdict == CleanUpVerdict.AMEND else "与上位法一致，仍需执行"
        by = county.person(entry.agency, Role.DRAFTER)
        judge_document(entry, by=by, today=county.today - timedelta(days=8), verdict=verdict, ground=ground)


def _deposits(county: County) -> None:
    """The last quarter but one is with both receivers; the last one waits."""
    office = county.person(county.government, Role.DISCLOSURE_OFFICE)
    scope = Scope(county.government, whole_region=True)
    year, quarter = list(ended_quarters(county.today, 2))[1]
    period = quarter_of(year, quarter)
    if not to_deposit(scope, period).exists():
        return
    on: date = period.last + timedelta(days=15)
    deposit = make_deposit(scope, year=year, quarter=quarter, by=office, today=on)
    for receiver, name in ((Receiver.ARCHIVE, "青禾县档案馆"), (Receiver.LIBRARY, "青禾县图书馆")):
        hand_over(
            deposit, receiver=receiver, receiver_name=name, handed_by=office.name, received_by="接收人", on=on,
            form="纸质目录一份、电子文件一张光盘", by=office, today=on,
        )  # fmt: skip
