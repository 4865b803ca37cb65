"""The portal's home (portal-ux §5.2; visual-direction: Portal home)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Installation
from gongkai.annualreport.models import WebsiteReturn
from gongkai.casework.models import Case
from gongkai.casework.models.case import Timely
from gongkai.design.frames import Entry, Link
from gongkai.publishing.models import Item
from gongkai.publishing.querysets import first_published_in

LIST_LENGTH = 8
NEW_FOR = timedelta(days=3)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Three lists taken in at a glance, five entrances, and this year's figures."""
    if Installation.current() is None:
        return redirect("desk:login")
    items = Item.objects.public().select_related("agency")
    context = {
        "section": "home",
        "crumbs": [],
        "entrances": _entrances(),
        "lists": [
            ("政策文件", reverse("publishing:disclosure"), _entries(items.normative(), request.today)),
            ("政策解读", reverse("publishing:disclosure"), _entries(items.interpreting(), request.today)),
            ("最新公开", reverse("publishing:disclosure"), _entries(items.filter(interprets=None), request.today)),
        ],
        "figures": _figures(request.today),
        "year": request.today.year,
        # 国办函〔2018〕12号: the website's own yearly return stands where its home page is read.
        "website_return": WebsiteReturn.objects.public().select_related("agency").first(),
    }
    return render(request, "website/home.html", context, using="jinja2")


def _entrances() -> list[Link]:
    return [
        Link(
            "政府信息公开",
            reverse("publishing:disclosure"),
            icon="file-earmark-text",
            note="指南、制度、法定主动公开内容、年报",
        ),
        Link("依申请公开", reverse("casework:apply"), icon="envelope-paper", note="网上申请，五步填完"),
        Link("申请结果查询", reverse("casework:apply_status"), icon="search", note="凭登记号和查询码"),
        Link("年度报告", reverse("annualreport:reports"), icon="bar-chart", note="历年政府信息公开工作年度报告"),
    ]


def _entries(items: Any, today: date) -> list[Entry]:
    return [
        Entry(
            title=item.title,
            url=reverse("publishing:item", args=[item.public_id]),
            day=timezone.localtime(item.published_at).date(),
            new=timezone.localtime(item.published_at).date() > today - NEW_FOR,
        )
        for item in items.newest(LIST_LENGTH)
    ]


def _figures(today: date) -> list[tuple[str, str, str, str]]:
    """This year so far: items published, applications received and answered on time."""
    year = Period(date(today.year, 1, 1), today)
    published = Item.objects.filter(first_published_in(year)).count()
    received = Case.objects.filter(received_on__range=(year.first, year.last)).count()
    answered = Case.objects.filter(counted_year=today.year)
    on_time = answered.exclude(counted_timely=Timely.OVERDUE).count()
    reports = reverse("annualreport:reports")
    return [
        (f"{published:,}", "条", "主动公开信息", reverse("publishing:disclosure")),
        (f"{received:,}", "件", "收到公开申请", reports),
        (f"{answered.count():,}", "件", "办结申请", reports),
        (f"{on_time:,}", "件", "其中按时办结", reports),
    ]
