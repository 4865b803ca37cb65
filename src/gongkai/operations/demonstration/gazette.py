"""政府公报 of the county: one issue that is out, with an erratum, and one being composed; an old document entered late."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.models import Role
from gongkai.documents import fonts
from gongkai.operations.demonstration.items import publish_item
from gongkai.operations.demonstration.organs import County
from gongkai.publishing import actions
from gongkai.publishing.gazette import ON, SWITCH
from gongkai.publishing.models import Column, GazetteIssue, Item

CHRONICLE = (
    "<p>4日　县政府召开常务会议，研究安全生产和保障农民工工资支付工作。</p>"
    "<p>12日　全县春季农业生产现场会在河口镇召开。</p>"
    "<p>25日　县政务服务中心新增便民服务事项二十项。</p>"
)
DATA = (
    "<table><caption>主要经济指标</caption><tr><th>指标</th><th>单位</th><th>本季</th><th>比上年同期增长</th></tr>"
    "<tr><td>地区生产总值</td><td>亿元</td><td>38.6</td><td>5.4%</td></tr>"
    "<tr><td>一般公共预算收入</td><td>亿元</td><td>2.9</td><td>4.1%</td></tr>"
    "<tr><td>城镇居民人均可支配收入</td><td>元</td><td>10,215</td><td>5.0%</td></tr></table>"
)
SERIAL = 41
"""The gazette is older than the site: its serial continues that on paper."""


def build_gazette(county: County) -> None:
    """Switch the gazette on; one issue goes the whole way where a PDF can be printed, the next one is begun."""
    SWITCH.change(ON, by=county.office)
    _enter_late(county)
    documents = list(Item.objects.public().normative().of(county.government).order_by("published_at", "pk")[:4])
    first = _composed(county, 1, documents[:-1], county.today - timedelta(days=30))
    if fonts.available():
        _issued(county, first)
    _composed(county, 2, documents[-1:], county.today)


def _composed(county: County, number: int, documents: list[Item], cover_date: date) -> GazetteIssue:
    who = {"by": county.person(county.government, Role.DRAFTER), "today": county.today}
    issue = actions.open_gazette_issue(
        county.government, year=cover_date.year, number=number, serial=SERIAL + number, cover_date=cover_date, **who
    )
    actions.add_gazette_section(issue, "县政府文件", **who)
    for item in documents:
        actions.add_to_gazette(issue, item, **who)
    actions.add_gazette_section(issue, "大事记和数据", **who)
    actions.write_gazette_text(issue, "本季大事记", CHRONICLE, **who)
    actions.write_gazette_text(issue, "本季主要经济数据", DATA, **who)
    return issue


def _issued(county: County, issue: GazetteIssue) -> None:
    editor = {"by": county.person(county.government, Role.DRAFTER), "today": county.today}
    leader = {"by": county.person(county.government, Role.PUBLISHER), "today": county.today}
    issue = actions.submit_gazette(issue, **editor)
    issue = actions.approve_gazette(issue, secrecy_passed=True, **leader)
    issue = actions.issue_gazette(issue, **leader)
    row = actions.enter_erratum(issue, place="本季大事记第2行", wrong="河口乡", right="河口镇", **editor)
    actions.publish_erratum(row, **leader)


def _enter_late(county: County) -> None:
    """A document of earlier years, entered with its reason (补登)."""
    organ, formed_on = county.government, date(county.today.year - 9, 5, 20)
    publish_item(
        county, organ, Column.objects.get(code="A20_01"), f"{organ.name}关于公布县级文物保护单位的通知",
        "<p>县政府决定公布第一批县级文物保护单位，请各乡镇认真做好保护工作。</p>", county.today, formed_on=formed_on,
        docno=f"{organ.document_prefix}发〔{formed_on.year}〕15号", backdated_reason="建站以前的文件，由县档案馆移交后补录",
    )  # fmt: skip
