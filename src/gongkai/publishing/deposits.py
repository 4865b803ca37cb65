"""Deposits with archive and library by quarters (条例第二十五条; domain-spec §11.7 item 50)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Installation, Role, User
from gongkai.agencies.office_settings import Declared, declare
from gongkai.agencies.permissions import is_disclosure_office, needs_role
from gongkai.design.words import day, long_day
from gongkai.documents import pdf
from gongkai.documents.sheets import list_sheet
from gongkai.publishing.models import Deposit, DepositItem, Item, Receiver, WithdrawalKind
from gongkai.publishing.querysets import ItemQuerySet, first_published_in
from gongkai_core.refusals import Refusal

GROUND = "条例第二十五条"
DAYS = declare(Declared("publishing.deposit_days", "每季度末后几天内送交档案馆、图书馆", 30, f"{GROUND}（按季送交）"))
HEADS = ("序号", "标题", "发文字号", "索引号", "公开日期")
WIDTHS = (8, 64, 24, 34, 14)
_TEMPLATE = Path(__file__).parent / "typst" / "deposit.typ"


def quarter_of(year: int, quarter: int) -> Period:
    first = date(year, 3 * quarter - 2, 1)
    following = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def ended_quarters(on: date, count: int = 4) -> Iterator[tuple[int, int]]:
    """The last `count` quarters that are over, the latest first."""
    year, quarter = on.year, (on.month - 1) // 3 + 1
    for _ in range(count):
        quarter -= 1
        if quarter == 0:
            year, quarter = year - 1, 4
        yield year, quarter


def scope_of(user: User, on: date) -> Scope | None:
    """For whom this person deposits: the office for the region, a publisher or drafter for the organ."""
    installation = Installation.current()
    if installation and is_disclosure_office(user, on=on):
        return Scope(installation.government, whole_region=True)
    posts = [post for post in user.posts_on(on) if post.role in (Role.PUBLISHER, Role.DRAFTER)]
    return Scope(posts[0].agency, whole_region=False) if posts else None


def scope_refusal(scope: Scope, *, by: User, today: date) -> Refusal | None:
    if scope.whole_region:
        return None if is_disclosure_office(by, on=today) else Refusal("office", "全域的目录由政务公开办编制", GROUND)
    refusal = needs_role(by, Role.PUBLISHER, scope.agency, on=today)
    return needs_role(by, Role.DRAFTER, scope.agency, on=today) if refusal else None


def deposits_for(user: User, *, on: date) -> QuerySet[Deposit]:
    """The lists that exist for this person: the office's all, others their organs' own."""
    if is_disclosure_office(user, on=on):
        return Deposit.objects.all()
    organs = {post.agency_id for post in user.business_posts_on(on)}
    return Deposit.objects.filter(agency__in=organs, whole_region=False)


def to_deposit(scope: Scope, period: Period) -> ItemQuerySet:
    """First public in the quarter and public still."""
    found = Item.objects.public().filter(first_published_in(period), agency__in=scope.agencies(period))
    return found.order_by("agency__path", "first_published_at", "pk")


def digest_of(rows: Iterable[DepositItem]) -> str:
    whole = hashlib.sha256()
    for row in rows:
        line = (row.position, row.title, row.docno, row.index_no, row.published_on, row.digest)
        whole.update("\t".join(map(str, line)).encode() + b"\n")
    return whole.hexdigest()


def missing(scope: Scope, on: date) -> list[tuple[int, int]]:
    """Ended quarters of the last year of which something was published and no list, or not both handovers, exist."""
    found = []
    for year, quarter in ended_quarters(on):
        deposit = Deposit.objects.filter(
            agency=scope.agency, whole_region=scope.whole_region, year=year, quarter=quarter
        ).first()
        if deposit is None:
            if to_deposit(scope, quarter_of(year, quarter)).exists():
                found.append((year, quarter))
        elif deposit.handovers.count() < len(Receiver.values):
            found.append((year, quarter))
    return found


def due_on(year: int, quarter: int) -> date:
    return quarter_of(year, quarter).last + timedelta(days=int(DAYS.value()))


def lines(deposit: Deposit) -> list[tuple[Any, ...]]:
    """The list's lines; of what was silently withdrawn since, nothing but that it is to be handed back."""
    rows = deposit.items.select_related("item")
    return [
        (row.position, "（已撤下，请一并撤出）", "", row.index_no, row.published_on)
        if row.item.withdrawal_kind == WithdrawalKind.SILENT
        else (row.position, row.title, row.docno, row.index_no, row.published_on)
        for row in rows
    ]


def _notes(deposit: Deposit) -> list[str]:
    made = f"共 {deposit.size} 件，{long_day(deposit.made_at)}编目，目录摘要 {deposit.algorithm}：{deposit.digest}。"
    return [made, *(f"{row.get_receiver_display()}：{_handover(row)}" for row in deposit.handovers.all())]


def _handover(row: Any) -> str:
    form = f"，{row.form}" if row.form else ""
    return f"{long_day(row.on)}交{row.receiver_name}{form}，移交人{row.handed_by}，接收人{row.received_by}。"


def sheet(deposit: Deposit) -> bytes:
    return list_sheet(str(deposit), HEADS, lines(deposit), widths=WIDTHS, titled=True, notes=_notes(deposit))


def printed(deposit: Deposit) -> bytes:
    """The list on paper, with the two blanks to sign. Raises FontsMissing without a Chinese face."""
    rows = [[str(number), title, docno, index_no, day(on)] for number, title, docno, index_no, on in lines(deposit)]
    signed = {row.receiver: _handover(row) for row in deposit.handovers.all()}
    receivers = [[str(label), signed.get(value, "")] for value, label in Receiver.choices]
    data = {
        "title": str(deposit),
        "organ": deposit.agency.name,
        "heads": list(HEADS),
        "rows": rows,
        "note": f"依照《中华人民共和国政府信息公开条例》第二十五条送交，{_notes(deposit)[0]}",
        "receivers": receivers,
    }
    return pdf.typeset(_TEMPLATE, data)
