"""The verbs of casework; each with its can_<verb>, which returns the refusal that the verb raises."""

from gongkai.casework.actions.abandon import abandon, can_abandon
from gongkai.casework.actions.archive import archive, can_archive
from gongkai.casework.actions.ask import (
    answered,
    ask,
    can_answered,
    can_ask,
    can_lapsed,
    can_question_delivered,
    lapsed,
    question_delivered,
)
from gongkai.casework.actions.ask_correction import ask_correction, can_ask_correction
from gongkai.casework.actions.ask_reason import (
    ask_reason,
    can_ask_reason,
    can_reason_lapsed,
    can_reason_received,
    reason_lapsed,
    reason_received,
)
from gongkai.casework.actions.assign import assign, can_assign
from gongkai.casework.actions.correction_received import can_correction_received, correction_received
from gongkai.casework.actions.deliver import can_confirm_delivery, can_deliver, confirm_delivery, deliver
from gongkai.casework.actions.enter import can_enter, enter
from gongkai.casework.actions.extend import (
    agree_extension,
    can_agree_extension,
    can_extend,
    can_propose_extension,
    extend,
    propose_extension,
)
from gongkai.casework.actions.fee import can_fee_paid, can_notify_fee, fee_paid, notify_fee
from gongkai.casework.actions.import_list import Imported, Listed, can_import_row, import_list
from gongkai.casework.actions.judge_duplicate import can_judge_duplicate, judge_duplicate
from gongkai.casework.actions.legal_review import can_legal_review, can_pass_secrecy, legal_review, pass_secrecy
from gongkai.casework.actions.open_personal_data import can_open_personal_data, open_personal_data
from gongkai.casework.actions.propose_decision import (
    back_to_processing,
    can_back_to_processing,
    can_propose_decision,
    can_submit_draft,
    propose_decision,
    submit_draft,
)
from gongkai.casework.actions.receive import Received, can_receive, query_code_for, query_digest_of, receive
from gongkai.casework.actions.register import can_register, register
from gongkai.casework.actions.register_envelope import (
    EnvelopeForm,
    EnvelopeReceipt,
    can_register_envelope,
    register_envelope,
)
from gongkai.casework.actions.series import (
    Done,
    can_join_series,
    can_link,
    in_series,
    join_series,
    leave_series,
    open_series,
)
from gongkai.casework.actions.sign import can_return_draft, can_sign, return_draft, sign
from gongkai.casework.actions.start_examination import (
    can_start_examination,
    can_start_processing,
    start_examination,
    start_processing,
)
from gongkai.casework.actions.type_back import can_type_back, type_back
from gongkai.casework.actions.withdraw import can_notify_end, can_withdraw, notify_end, withdraw

__all__ = [
    "Done",
    "EnvelopeForm",
    "EnvelopeReceipt",
    "Imported",
    "Listed",
    "Received",
    "abandon",
    "agree_extension",
    "answered",
    "archive",
    "ask",
    "ask_correction",
    "ask_reason",
    "assign",
    "back_to_processing",
    "can_abandon",
    "can_agree_extension",
    "can_answered",
    "can_archive",
    "can_ask",
    "can_ask_correction",
    "can_ask_reason",
    "can_assign",
    "can_back_to_processing",
    "can_confirm_delivery",
    "can_correction_received",
    "can_deliver",
    "can_enter",
    "can_extend",
    "can_fee_paid",
    "can_import_row",
    "can_join_series",
    "can_judge_duplicate",
    "can_lapsed",
    "can_legal_review",
    "can_link",
    "can_notify_end",
    "can_notify_fee",
    "can_open_personal_data",
    "can_pass_secrecy",
    "can_propose_decision",
    "can_propose_extension",
    "can_question_delivered",
    "can_reason_lapsed",
    "can_reason_received",
    "can_receive",
    "can_register",
    "can_register_envelope",
    "can_return_draft",
    "can_sign",
    "can_start_examination",
    "can_start_processing",
    "can_submit_draft",
    "can_type_back",
    "can_withdraw",
    "confirm_delivery",
    "correction_received",
    "deliver",
    "enter",
    "extend",
    "fee_paid",
    "import_list",
    "in_series",
    "join_series",
    "judge_duplicate",
    "lapsed",
    "leave_series",
    "legal_review",
    "notify_end",
    "notify_fee",
    "open_personal_data",
    "open_series",
    "pass_secrecy",
    "propose_decision",
    "propose_extension",
    "query_code_for",
    "query_digest_of",
    "question_delivered",
    "reason_lapsed",
    "reason_received",
    "receive",
    "register",
    "register_envelope",
    "return_draft",
    "sign",
    "start_examination",
    "start_processing",
    "submit_draft",
    "type_back",
    "withdraw",
]
