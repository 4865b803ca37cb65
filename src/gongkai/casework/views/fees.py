"""收费情况 on the desk: the year's figures, each opening into its records, and the whole as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency
from gongkai.casework import fee_report
from gongkai.casework.fee_report import Line
from gongkai.casework.permissions import case_agencies
from gongkai.casework.views import desk
from gongkai.documents.sheets import list_file
from gongkai.trail.chain import record
from gongkai_core.fees import IN_FORCE_FROM

MOST = 500
HEADS = ("项目", "件数", "金额（元）")


@require_GET
def fees(request: HttpRequest) -> HttpResponse:
    """The report of a year and of one organ or all one may see; `line` opens a figure into its records."""
    organs, chosen, year = _asked(request)
    found = fee_report.lines(Period.of_year(year), _scope(organs, chosen))
    opened = next((line for line in found if line.key == request.GET.get("line")), None)
    if request.GET.get("line") and opened is None:
        raise Http404
    records = [row.as_record() for row in opened.count.records()[: MOST + 1]] if opened else []
    return desk.page(
        request, "fees", ("收费情况", ""), section="fees", lines=found, opened=opened, records=records[:MOST],
        more=len(records) > MOST, sentence=fee_report.sentence(found, year), organs=organs, chosen=chosen, year=year,
        years=range(request.today.year, IN_FORCE_FROM.year - 1, -1),
    )  # fmt: skip


@require_GET
@transaction.atomic
def export(request: HttpRequest) -> HttpResponse:
    """The figures, then every record behind them."""
    organs, chosen, year = _asked(request)
    found = fee_report.lines(Period.of_year(year), _scope(organs, chosen))
    record(
        "casework.export_list", None, by=request.user, today=request.today, ground="国办函〔2020〕109号", year=year
    )  # fmt: skip
    return list_file(
        f"{year}年信息处理费收取情况", HEADS, _rows(found), titled=True, notes=[fee_report.sentence(found, year)]
    )


def _rows(found: Iterable[Line]) -> Iterable[tuple[Any, ...]]:
    for line in found:
        yield (f"其中：{line.name}" if line.part else line.name, line.count.value, float(line.amount.value))
    for line in found:
        for row in line.count.records()[:MOST] if not line.part else ():
            written = row.as_record()
            yield (f"{line.name}：{written.title}（{written.agency}，{written.date}）", 1, row.amount_fen / 100)


def _asked(request: HttpRequest) -> tuple[QuerySet[Agency], Agency | None, int]:
    """The organs one may see, the one asked for, and the year; another organ is not there."""
    organs = case_agencies(request.user, on=request.today)
    if not organs.exists():
        raise Http404
    key = request.GET.get("agency", "")
    chosen = next((organ for organ in organs if str(organ.public_id) == key), None) if key else None
    if key and chosen is None:
        raise Http404
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else request.today.year
    if not IN_FORCE_FROM.year <= year <= request.today.year:
        raise Http404
    return organs, chosen, year


def _scope(organs: QuerySet[Agency], chosen: Agency | None) -> QuerySet[Agency]:
    return organs.filter(pk=chosen.pk) if chosen else organs
