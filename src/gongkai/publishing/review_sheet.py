"""审核表: the paper that an office files with a text: every step, who, when, on which digest, with which gates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.design.words import day, minute
from gongkai.documents import pdf
from gongkai.publishing.chain import Subject, trail_object
from gongkai.publishing.models import Approval, Batch
from gongkai.publishing.verbs import said
from gongkai.trail.models import Entry
from gongkai_core.review_chain import GATES, ROLES, Step

_TEMPLATE = Path(__file__).parent / "typst" / "review_sheet.typ"
_BACK = ("publishing.return", "publishing.return_batch")


def render(subject: Subject) -> bytes:
    """The sheet of the present round as tagged PDF; equal records give equal bytes. Raises FontsMissing."""
    return pdf.typeset(_TEMPLATE, content(subject))


def content(subject: Subject) -> dict[str, Any]:
    """Everything the sheet says, in words."""
    rows = {row.step: row for row in _approvals(subject)}
    return {
        "title": "政府信息公开审核表",
        "facts": _facts(subject),
        "steps": [_step(step, rows.get(place)) for place, step in enumerate(subject.steps)],
        "gates": _gates(list(rows.values())),
        "returns": _returns(subject),
        "digest": f"{subject.algorithm} {subject.digest}",
        "ground": f"依据：条例第十七条；保守国家秘密法第三十五条。{_statement(subject)}本表由系统按办理记录生成。",
    }


def _statement(subject: Subject) -> str:
    """What may be said of the whole: only of what has been signed."""
    if subject.sign_at is None or subject.position <= subject.sign_at:
        return "尚未签发，本表是办理中的记录。"
    return "拟稿人没有审核、签发自己的稿件；公开前已作保密审查；签发的内容与审核的内容摘要值一致。"


def _approvals(subject: Subject) -> Any:
    rows = Approval.objects.filter(round=subject.round, valid=True)
    rows = rows.filter(batch=subject) if isinstance(subject, Batch) else rows.filter(version=subject)
    return rows.select_related("reviewer", "instruction__entered_by", "instruction__confirmed_by")


def _facts(subject: Subject) -> list[tuple[str, str]]:
    if isinstance(subject, Batch):
        what = [("批次名称", subject.title), ("条数", f"{subject.size} 条")]
    else:
        what = [
            ("标题", subject.title),
            ("发文字号", subject.docno or "—"),
            ("成文日期", day(subject.formed_on) or "—"),
        ]
        what += [("公开属性", subject.get_openness_display())]
    return [
        *what,
        ("发布机构", subject.agency.name),
        ("栏目", subject.column.name),
        ("条目类别", _class_of(subject)),
        ("拟稿人", subject.author.name),
        ("送审时间", f"{minute(subject.submitted_at)}（第 {subject.round} 次）" if subject.submitted_at else "未送审"),
        ("当前状态", subject.standing),
        *([("紧急事由", f"{subject.urgent_reason}（短链）")] if subject.urgent_reason else []),
        *([("补审期限", day(subject.recheck_by))] if subject.recheck_by else []),
    ]


def _class_of(subject: Subject) -> str:
    thing = subject if isinstance(subject, Batch) else subject.item
    return str(thing.get_item_class_display())


def _step(step: Step, row: Approval | None) -> dict[str, str]:
    marks = "，公开后补" if step.deferred else ""
    return {
        "name": step.label,
        "role": f"{ROLES[step.role]}{marks}",
        "person": row.reviewer.name if row else "",
        "at": minute(row.at) if row else "未办",
        "gates": "、".join(GATES[gate] for gate in row.gates) if row else "",
        "remarks": "；".join(filter(None, (row.remarks, _recorded(row)))) if row else "",
    }


def _recorded(row: Approval) -> str:
    """代录批示, as the paper must say it: whose word, how, when, entered by whom, confirmed or not."""
    word = row.instruction
    if word is None:
        return ""
    confirmed = f"{word.confirmed_by.name}已确认" if word.confirmed_by else "尚未确认"
    return (
        f"代录批示：{row.reviewer.name} {minute(word.given_at)} {word.get_channel_display()}“{word.words}”，"
        f"{word.entered_by.name}录入，{confirmed}"
    )


def _gates(rows: list[Approval]) -> list[dict[str, str]]:
    """Each of the six gates and who vouched for it last."""
    passed = {gate: row for row in rows for gate in row.gates}
    return [
        {"name": word, "by": f"{passed[gate].reviewer.name} {minute(passed[gate].at)}" if gate in passed else "未过"}
        for gate, word in GATES.items()
    ]


def _returns(subject: Subject) -> list[str]:
    """The returns since the first submission, oldest first."""
    thing = trail_object(subject)
    entries = Entry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.public_id), verb__in=_BACK)
    return [
        f"{minute(entry.at)} {entry.actor.name if entry.actor else '系统'}{said(entry)}：{entry.facts.get('remarks', '')}"
        for entry in entries.select_related("actor").order_by("id")
        if isinstance(subject, Batch) or entry.facts.get("version") == subject.number
    ]
