"""The thread of acts on a case (右侧时间轴), read from the trail."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.models import User
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
    "remind": "催办",
    "hand_over": "交接",
    "open_personal_data": "查看申请人信息",
    "open_notice": "打开文书",
    "open_file": "打开案卷材料",
    "answer_assistance": "收到协办反馈",
    "cancel_assistance": "取消协办",
    "ask_sign_off": "呈签文书",
    "sign_off": "签发文书",
    "return_sign_off": "退回呈签的文书",
    "write_note": "写下备注",
    "record_sealing": "用印登记",
    "seal_electronically": "电子用印",
    "sign_electronically": "电子签名",
    "return_scan": "传回扫描件",
    "accept_scan": "确认比对",
    "open_volume": "导出案卷",
    "deliver_again": "再次送达",
    "add_material": "加入拟提供的材料",
    "mark_redaction": "标出遮蔽",
    "drop_redaction": "取消遮蔽",
    "make_redacted": "生成遮蔽稿",
    "provide_material": "核对遮蔽稿，列入拟提供的材料",
    "drop_material": "移出拟提供的材料",
    "open_material": "打开拟提供的材料",
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
    "delayed_by": "延迟答复至",
    "order": "依据",
    "unit": "单位",
    "due_on": "期限",
    "old_number": "原登记号",
    "split_from": "拆分自",
    "number": "编号",
    "purpose": "目的",
    "series": "系列案",
    "reason": "理由",
    "remarks": "意见",
    "told": "催",
    "serial": "证书序列号",
    "digest": "摘要值",
}


def thread(case: Case) -> list[dict[str, Any]]:
    """Acts oldest first, as the timeline component takes them."""
    found = Entry.objects.filter(object_type="casework.case", object_id=str(case.public_id)).select_related("actor")
    entries = list(found.order_by("pk"))
    names = _principals(entries)
    return [
        {
            "at": entry.when,
            "words": WORDS.get(entry.verb.removeprefix("casework."), entry.verb),
            "by": _by(entry, names),
            "note": _note(entry.facts),
            "article": entry.ground,
        }
        for entry in entries
    ]


def _principals(entries: list[Entry]) -> dict[str, str]:
    """Names of those for whom deputies acted (代), by public id."""
    wanted = {public_id for entry in entries for public_id in entry.facts.get("acting_for", ())}
    people = User.objects.filter(public_id__in=wanted) if wanted else ()
    return {str(person.public_id): person.name for person in people}


def _by(entry: Entry, names: dict[str, str]) -> str:
    if entry.actor is None:
        return ""
    lent = "、".join(names.get(public_id, "") for public_id in entry.facts.get("acting_for", ()))
    return f"{entry.actor.name}（代{lent}）" if lent else str(entry.actor.name)


def _note(facts: dict[str, Any]) -> str:
    parts = [f"{label} {facts[name]}" for name, label in _NOTES.items() if facts.get(name)]
    if outcome := facts.get("outcome"):
        parts.append(OUTCOMES[outcome].label)
    return "，".join(parts)
