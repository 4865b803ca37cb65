from gongkai.registers.actions.end import can_end, end
from gongkai.registers.actions.enter import can_enter, can_enter_block, enter, enter_block
from gongkai.registers.actions.replace_row import can_replace, replace_row
from gongkai.registers.actions.strike_out import can_strike_out, strike_out
from gongkai.registers.actions.supply import (
    ask,
    can_ask,
    can_cancel,
    can_confirm,
    can_fill,
    can_return,
    can_strike_out_figure,
    cancel,
    confirm,
    fill,
    return_,
    strike_out_figure,
)

__all__ = [
    "ask",
    "can_ask",
    "can_cancel",
    "can_confirm",
    "can_end",
    "can_enter",
    "can_enter_block",
    "can_fill",
    "can_replace",
    "can_return",
    "can_strike_out",
    "can_strike_out_figure",
    "cancel",
    "confirm",
    "end",
    "enter",
    "enter_block",
    "fill",
    "replace_row",
    "return_",
    "strike_out",
    "strike_out_figure",
]
