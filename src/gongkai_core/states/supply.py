"""The state machine of a 部门供数单: figures that belong to other offices, asked for, filled in and confirmed.

The figure stays that of the office that gives it: who fills a sheet in does not confirm it, and a confirmed figure is
never changed; a wrong one is struck out with its reason and asked for anew.
"""

from __future__ import annotations

from gongkai_core.states.engine import Guard, Machine, Row

GROUND = "条例第四十九条、第五十条"
TWO = "供数制度：填报人不是确认人"

STATES = {
    "asked": "待填",
    "filled": "待确认",
    "returned": "已退回",
    "confirmed": "已确认",
    "cancelled": "已撤销",
}

EVENTS = {"fill": "填数", "confirm": "确认", "return": "退回", "cancel": "撤销"}

ROLES = {"organ": "供数单位", "office": "政务公开办"}

FACTS = {"on_behalf": "办公室代填"}

GUARDS = {
    guard.id: guard
    for guard in (
        Guard("complete", "每一项都要填数；确实没有这项统计的，数空着，在佐证栏写明。", GROUND),
        Guard("evidence", "还没有佐证：写明数从哪里来，或者上传盖章的材料。", "供数制度：数须有佐证"),
        Guard("not_filler", "填报人不能确认自己填的数，由另一人确认。", TWO),
        Guard("counted_once", "同一单位同一时期的这个数已经确认过；有误的，先在原供数单上划去。", GROUND),
        Guard("reason", "须写明理由。", "供数制度：退回、撤销须说明理由"),
    )
}

# fmt: off
ROWS = (
    Row("asked", "fill", ("organ", "office"), "filled", GROUND, ("complete", "evidence")),
    Row("asked", "cancel", ("office",), "cancelled", GROUND, ("reason",)),
    Row("filled", "confirm", ("organ", "office"), "confirmed", TWO, ("not_filler", "counted_once"), when="on_behalf"),
    Row("filled", "confirm", ("office",), "confirmed", TWO, ("not_filler", "counted_once")),
    Row("filled", "return", ("office",), "returned", GROUND, ("reason",)),
    Row("filled", "cancel", ("office",), "cancelled", GROUND, ("reason",)),
    Row("returned", "fill", ("organ", "office"), "filled", GROUND, ("complete", "evidence")),
    Row("returned", "cancel", ("office",), "cancelled", GROUND, ("reason",)),
)
# fmt: on

SUPPLY_SHEET = Machine(
    name="部门供数单",
    initial="asked",
    terminal=frozenset({"confirmed", "cancelled"}),
    states=STATES,
    event_labels=EVENTS,
    roles=ROLES,
    rows=ROWS,
    guards=GUARDS,
    facts=FACTS,
)
