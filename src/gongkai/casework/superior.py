"""上级平台: when a superior's platform takes the applications, they come in by list and what happens is typed back there.

(domain-spec §11.7 item 46)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse

from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.office_settings import Declared, declare, one_of
from gongkai.casework.models import Case, Method, PlatformEntry
from gongkai.casework.permissions import case_agencies
from gongkai.publishing.superior import OWN, SUPERIOR, clean_address
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.refusals import Refusal

GROUND = "条例第二十九条；本县与上级平台的受理分工"


def _address(text: str) -> str:
    return clean_address(text) if text.strip() else ""


MODE = declare(
    Declared("casework.intake_mode", f"网上申请入口（{OWN}、{SUPERIOR}）", OWN, GROUND, parse=one_of(OWN, SUPERIOR))
)
ADDRESS = declare(
    Declared("casework.intake_url", "上级平台的申请网址（申请入口链接到这里）", "", GROUND, parse=_address)
)


def is_superior() -> bool:
    """Whether a superior's platform takes the applications that are filed online."""
    return bool(MODE.value() == SUPERIOR)


def online_refusal() -> Refusal | None:
    """Why nobody can file online here, when the superior's platform does that."""
    return Refusal("superior_platform", "网上申请由上级平台受理，请到上级平台提交", GROUND) if is_superior() else None


_WORDS = {
    "register": "登记，登记号 {number}，收到日 {received_on}，答复期限 {reply_by}",
    "ask_correction": "要求补正，{sent_on} 发出，补正截止 {return_by}",
    "correction_received": "收到补正，{on}，答复期限 {reply_by}",
    "ask_reason": "要求说明理由，{sent_on} 发出",
    "ask_third_party": "征求第三方意见，{sent_on} 发出",
    "ask_co_maker": "征求共同制作机关意见，{sent_on} 发出",
    "ask_agency": "征求其他机关意见，{sent_on} 发出",
    "extend": "延长答复期限，{sent_on} 告知，延至 {after}",
    "notify_fee": "通知缴纳信息处理费，{delivered_on} 送达",
    "fee_paid": "完成缴费，{on}，答复期限 {reply_by}",
    "abandon": "认定视为放弃申请",
    "deliver": "答复，{outcome}，{notice}，{sent_on} {method}发出",
    "withdraw": "申请人撤回，{on}",
}
"""Acts that the superior's platform has a place for, and what is typed there."""


def owe(verb: str, case: Case, facts: Mapping[str, Any], *, today: date) -> None:
    """Note what an act leaves to be typed back, inside the act's transaction; nothing for a case filed here."""
    if not case.superior_number or verb not in _WORDS:
        return
    said = dict.fromkeys(("received_on", "reply_by", "sent_on", "on", "after", "return_by", "delivered_on"), "—")
    said |= {name: str(value) for name, value in facts.items() if value is not None}
    said |= {"number": case.number, "method": _method(facts), "notice": "", "outcome": ""}
    if verb == "deliver":
        notice = case.notices.filter(decision__active=True, voided_on=None).first()
        said |= {"notice": notice.number if notice else "", "outcome": OUTCOMES[facts["outcome"]].label}
    on = facts.get("sent_on") or facts.get("on") or facts.get("delivered_on") or today
    PlatformEntry.objects.create(
        case=case, agency=case.agency, event=verb, words=_WORDS[verb].format(**said)[:300], on=on
    )


def _method(facts: Mapping[str, Any]) -> str:
    return dict(Method.choices).get(str(facts.get("method", "")), "")


def entries_for(user: User, *, on: date) -> QuerySet[PlatformEntry]:
    """What exists for this person of what is to be typed back."""
    found = PlatformEntry.objects.filter(agency__in=case_agencies(user, on=on))
    return found.select_related("case", "agency", "typed_by").defer("case__info_desc")


def tasks(user: User, *, on: date) -> Iterator[Task]:
    """One line an organ: that something waits to be typed back, and since when."""
    organs = {post.agency_id for post in user.posts_on(on) if post.role in (Role.CASE_REGISTRAR, Role.HANDLER)}
    waiting = PlatformEntry.objects.filter(typed_on=None, agency__in=organs)
    found = list(waiting.values("agency").annotate(since=Min("on")).order_by("since"))
    agencies = Agency.objects.in_bulk([row["agency"] for row in found])
    for row in found:
        url = reverse("casework:type_back")
        yield Task("回填", "上级平台办理情况待回填", agencies[row["agency"]], url, row["since"])
