"""The thread of acts on a case (右侧时间轴), read from the trail."""

from __future__ import annotations

from typing import Any

from gongkai.casework.models import Case
from gongkai.trail.models import Entry
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.states.cases import EVENTS

WORDS = {
    **EVENTS,
    "receive": "收到申请",
    "legal_review": "法审通过",
    "question_delivered": "登记送达日",
    "propose_extension": "拟延期",
    "agree_extension": "同意延期",
    "extend": "发出延期告知",
    "open_personal_data": "查看申请人信息",
    "open_notice": "打开文书",
    "open_file": "打开案卷材料",
    "join_series": "并入系列案",
    "leave_series": "移出系列案",
    "judge_duplicate": "判断疑似重复",
    "withhold_paper": "来件带密级标志，没有接收，转保密员线下处理",
}
_NOTES = {
    "on": "日期",
    "sent_on": "发出",
    "delivered_on": "送达",
    "return_by": "补正截止",
    "received_on": "收到日",
    "reply_by": "答复期限",
    "after": "延至",
    "number": "编号",
    "purpose": "目的",
    "series": "系列案",
    "reason": "理由",
    "remarks": "意见",
    "digest": "摘要值",
}


def thread(case: Case) -> list[dict[str, Any]]:
    """Acts oldest first, as the timeline component takes them."""
    entries = Entry.objects.filter(object_type="casework.case", object_id=str(case.public_id)).select_related("actor")
    return [
        {
            "at": entry.when,
            "words": WORDS.get(entry.verb.removeprefix("casework."), entry.verb),
            "by": entry.actor.name if entry.actor else "",
            "note": _note(entry.facts),
            "article": entry.ground,
        }
        for entry in entries.order_by("pk")
    ]


def _note(facts: dict[str, Any]) -> str:
    parts = [f"{label} {facts[name]}" for name, label in _NOTES.items() if facts.get(name)]
    if outcome := facts.get("outcome"):
        parts.append(OUTCOMES[outcome].label)
    return "，".join(parts)
