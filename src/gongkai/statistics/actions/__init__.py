from gongkai.statistics.actions.correct import can_correct, can_withdraw_correction, correct, withdraw_correction
from gongkai.statistics.actions.explain import explain
from gongkai.statistics.actions.file import can_file, file
from gongkai.statistics.actions.fill_sheet import can_fill_sheet, can_zero_report, fill_sheet, zero_report
from gongkai.statistics.actions.freeze import can_freeze, freeze
from gongkai.statistics.actions.judge_sheet import (
    accept_sheet,
    can_accept_sheet,
    can_do_all,
    can_lock_sheet,
    can_return_sheet,
    can_urge,
    do_all,
    lock_sheet,
    return_sheet,
    urge,
)
from gongkai.statistics.actions.open_round import can_enrol, can_open_round, enrol, not_enrolled, open_round
from gongkai.statistics.actions.release import release
from gongkai.statistics.actions.sign_sheet import (
    can_enter_by_telephone,
    can_hand_to_sign,
    can_scan_back,
    can_sign_sheet,
    can_take_back,
    enter_by_telephone,
    hand_to_sign,
    scan_back,
    sign_sheet,
    take_back,
)

__all__ = [
    "accept_sheet",
    "can_accept_sheet",
    "can_correct",
    "can_do_all",
    "can_enrol",
    "can_enter_by_telephone",
    "can_file",
    "can_fill_sheet",
    "can_freeze",
    "can_hand_to_sign",
    "can_lock_sheet",
    "can_open_round",
    "can_return_sheet",
    "can_scan_back",
    "can_sign_sheet",
    "can_take_back",
    "can_urge",
    "can_withdraw_correction",
    "can_zero_report",
    "correct",
    "do_all",
    "enrol",
    "enter_by_telephone",
    "explain",
    "file",
    "fill_sheet",
    "freeze",
    "hand_to_sign",
    "lock_sheet",
    "not_enrolled",
    "open_round",
    "release",
    "return_sheet",
    "scan_back",
    "sign_sheet",
    "take_back",
    "urge",
    "withdraw_correction",
    "zero_report",
]
