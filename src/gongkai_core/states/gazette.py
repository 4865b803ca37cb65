"""The state machine of an issue of the government gazette (政府公报).

What stands in an issue has been public before, or is the gazette's own text; either way the issue as a whole is
approved once, by another person than its editor, on its digest, with the secrecy review (条例第十七条). An issued
number is never changed: errors are corrected by published errata.
"""

from __future__ import annotations

from gongkai_core.states.engine import Guard, Machine, Row

GAZETTE = "国办发〔2018〕22号"
SECRECY = "条例第十七条；保密法第三十五条"
OTHERS = "条例第十七条；审查制度：编辑人不是批准人"

STATES = {
    "composing": "编排",
    "waiting": "待批准",
    "approved": "待出刊",
    "issued": "已出刊",
    "discarded": "已作废",
}

EVENTS = {
    "compose": "编排",
    "submit": "送批",
    "return": "退回",
    "approve": "批准",
    "issue": "出刊",
    "correct": "登记勘误",
    "reprint": "重印",
    "discard": "作废",
}

ROLES = {"drafter": "拟稿人", "publisher": "签发人"}

GUARDS = {
    guard.id: guard
    for guard in (
        Guard("complete", "这一期还没有一篇文章，或者有标题、正文没有填写。", GAZETTE),
        Guard("entries_current", "所收条目有的已撤回或者有了新版，请移出或者更新后再办。", GAZETTE),
        Guard("not_editor", "编辑人不得批准自己编排的公报。", OTHERS),
        Guard("secrecy_reviewed", "还没有作保密审查。", SECRECY),
        Guard("digest_approved", "内容在批准后有改动，出刊的须是批准的那一版。", OTHERS),
        Guard("remarks", "退回须写明意见。", "审查制度：退回须说明理由"),
        Guard("something_withdrawn", "所收条目没有静默撤回的，不用重印；有错登记勘误。", GAZETTE),
    )
}

# fmt: off
ROWS = (
    Row("composing", "compose", ("drafter",), "composing", GAZETTE),
    Row("composing", "submit", ("drafter",), "waiting", SECRECY, ("complete", "entries_current")),
    Row("composing", "discard", ("drafter",), "discarded", "审查制度：未出刊的可以作废"),
    Row("waiting", "return", ("publisher",), "composing", OTHERS, ("remarks",)),
    Row(
        "waiting", "approve", ("publisher",), "approved", SECRECY,
        ("not_editor", "secrecy_reviewed", "entries_current"),
    ),
    Row("approved", "return", ("publisher",), "composing", OTHERS, ("remarks",)),
    Row("approved", "issue", ("publisher",), "issued", OTHERS, ("digest_approved", "entries_current")),
    Row("issued", "correct", ("drafter",), "issued", GAZETTE),
    # A printing that holds what was withdrawn silently isn't offered any more; another one without it may be.
    Row("issued", "reprint", ("publisher",), "issued", "条例第十五条、第十七条", ("something_withdrawn",)),
)
# fmt: on

GAZETTE_ISSUE = Machine(
    name="政府公报",
    initial="composing",
    terminal=frozenset({"issued", "discarded"}),
    states=STATES,
    event_labels=EVENTS,
    roles=ROLES,
    rows=ROWS,
    guards=GUARDS,
)
