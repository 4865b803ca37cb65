"""The state machine of one organ's filing sheet (填报表).

The organ fills in what no ledger knows, has the sheet signed by three (on paper with the stamp, or each by logging in)
and files it; the disclosure office may enter it for an organ that told its figures by telephone. The office returns,
accepts and locks. What is locked is filed again only after it was returned. Overdue is no state.
"""

from __future__ import annotations

from gongkai_core.states.engine import Guard, Machine, Row

REPORT = "条例第四十九条、第五十条"
OFFICE = "条例第三条、第四十七条"
THREE = "填报制度：填报人、审核人、单位负责人签字，单位盖章"

STATES = {
    "open": "待填报",
    "signing": "待签字盖章",
    "filed": "已上报",
    "returned": "已退回",
    "accepted": "已接收",
    "locked": "已锁定",
}

EVENTS = {
    "fill": "填写",
    "hand_to_sign": "送签",
    "take_back": "撤回修改",
    "sign": "签名确认",
    "scan_back": "传回盖章件",
    "enter_by_telephone": "电话代填",
    "return": "退回",
    "accept": "接收",
    "lock": "锁定",
}

ROLES = {
    "statistician": "本单位统计员",
    "reviewer": "审核人",
    "head": "单位负责人",
    "office": "政务公开办",
}

GUARDS = {
    guard.id: guard
    for guard in (
        Guard("complete", "还有没填的格；没有发生的填 0，不能空着。", REPORT),
        Guard("period_over", "统计期还没有过完，可以先填，期满那天起再上报。", REPORT),
        Guard("explained", "有勾稽不成立的，请改正，或者在“填报说明”里写明原因。", REPORT),
        Guard("three_persons", "填报人、审核人、单位负责人须是三个人。", THREE),
        Guard("own_turn", "还没有轮到您签名，或者您已经签过。", THREE),
        Guard("unchanged", "所签的数与送签时不一致，请撤回后重新送签。", THREE),
        Guard("wants_scan", "这张表在系统里签名确认，不用传回盖章件。", THREE),
        Guard("remarks", "退回须写明理由。", "填报制度：退回须标出单元格并说明理由"),
        Guard("not_frozen", "本单位这一年度的数已经冻结，不再退回重填；有误的写明理由更正。", REPORT),
    )
}

# fmt: off
ROWS = (
    Row("open", "fill", ("statistician",), "open", REPORT),
    Row("open", "hand_to_sign", ("statistician",), "signing", THREE,
        ("complete", "period_over", "explained", "three_persons")),
    Row("open", "enter_by_telephone", ("office",), "filed", OFFICE, ("complete", "period_over", "explained")),
    Row("signing", "sign", ("reviewer", "head"), "filed", THREE, ("own_turn", "unchanged"), when="last_signature"),
    Row("signing", "sign", ("reviewer", "head"), "signing", THREE, ("own_turn", "unchanged")),
    Row("signing", "scan_back", ("statistician", "office"), "filed", THREE, ("wants_scan",)),
    Row("signing", "take_back", ("statistician", "reviewer", "head"), "open", THREE, ("remarks",)),
    Row("signing", "enter_by_telephone", ("office",), "filed", OFFICE, ("complete", "period_over", "explained")),
    Row("filed", "accept", ("office",), "accepted", OFFICE),
    Row("filed", "return", ("office",), "returned", OFFICE, ("remarks", "not_frozen")),
    # What was told by telephone is stamped and scanned afterwards.
    Row("filed", "scan_back", ("statistician", "office"), "filed", THREE, ("wants_scan",)),
    Row("returned", "fill", ("statistician",), "returned", REPORT),
    Row("returned", "hand_to_sign", ("statistician",), "signing", THREE,
        ("complete", "period_over", "explained", "three_persons")),
    Row("returned", "enter_by_telephone", ("office",), "filed", OFFICE, ("complete", "period_over", "explained")),
    Row("accepted", "lock", ("office",), "locked", OFFICE),
    Row("accepted", "scan_back", ("statistician", "office"), "accepted", THREE, ("wants_scan",)),
    Row("accepted", "return", ("office",), "returned", OFFICE, ("remarks", "not_frozen")),
    Row("locked", "return", ("office",), "returned", OFFICE, ("remarks", "not_frozen")),
)
# fmt: on

FILING_SHEET = Machine(
    name="填报表",
    initial="open",
    terminal=frozenset({"locked"}),
    states=STATES,
    event_labels=EVENTS,
    roles=ROLES,
    rows=ROWS,
    guards=GUARDS,
    facts={"last_signature": "三个名字都已签"},
)
