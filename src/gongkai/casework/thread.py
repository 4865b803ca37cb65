"""The thread of acts on a case (右侧时间轴), read from the trail."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from gongkai.agencies.models import User
from gongkai.casework.models import (
    ComplaintResult,
    CorrectionResult,
    LawsuitOutcome,
    Method,
    ReviewOutcome,
    SuggestionResult,
)
from gongkai.trail.models import Entry
from gongkai_core.letters import LETTERS
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
    "add_paper": "添加材料",
    "enter_closed": "按台账登记办结",
    "deliver_again": "再次送达",
    "confirm_delivery": "登记送达凭证",
    "mail_letter": "电子邮件已发出",
    "mail_refused": "电子邮件没有发出",
    "open_address": "打印地址",
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
    "enter_review": "登记复议",
    "enter_lawsuit": "登记诉讼",
    "enter_complaint": "登记举报投诉",
    "enter_record_correction": "登记更正申请",
    "enter_suggestion": "登记主动公开建议",
    "enter_fee_receipt": "登记收费",
    "decide_review": "登记复议结果",
    "decide_lawsuit": "登记裁判结果",
    "decide_complaint": "登记处理结果",
    "revise_dispute": "修改登记",
    "record_reply": "登记已提交",
    "add_advice": "收到意见书、司法建议",
    "add_register_file": "加入材料",
    "open_register_file": "打开材料",
    "draft_register_paper": "起草文书",
    "write_register_paper": "修改拟稿",
    "sign_register_paper": "签发文书",
    "send_register_paper": "发出文书",
    "void_register_paper": "作废文书",
    "open_register_paper": "打开文书",
    "assign_complaint": "转办",
    "answer_complaint": "登记反馈",
    "tell_complainant": "告知举报人",
    "give_record_correction": "分办",
    "examine_record_correction": "审核更正申请",
    "archive_record_correction": "归档",
    "examine_suggestion": "审核建议",
    "link_item": "登记公开的条目",
    "tell_suggester": "告知建议人",
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

_RESULTS: dict[str, str] = {
    **{code: outcome.label for code, outcome in OUTCOMES.items()},
    **dict(LawsuitOutcome.choices),
    **dict(ReviewOutcome.choices),
    **dict(ComplaintResult.choices),
    **dict(CorrectionResult.choices),
    **dict(SuggestionResult.choices),
    **dict(Method.choices),
}
"""Results and ways in words: codes mean the same in all of them but for what a suit calls otherwise than a review."""


def thread(row: Model) -> list[dict[str, Any]]:
    """Acts on a case or on a row of a register, oldest first, as the timeline component takes them."""
    identity = str(row.public_id)  # type: ignore[attr-defined]
    found = Entry.objects.filter(object_type=row._meta.label_lower, object_id=identity).select_related("actor")
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
    if letter := facts.get("letter"):
        parts.insert(0, LETTERS[letter].name)
    parts += [_RESULTS.get(facts[name], "") for name in ("outcome", "result", "way") if facts.get(name)]
    return "，".join(part for part in parts if part)
