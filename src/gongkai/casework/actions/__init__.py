"""The verbs of casework; each with its can_<verb>, which returns the refusal that the verb raises."""

from gongkai.casework.actions.abandon import abandon, can_abandon
from gongkai.casework.actions.agree_delay import agree_delay, can_agree_delay
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
from gongkai.casework.actions.assign import (
    accept_assignment,
    assign,
    can_accept_assignment,
    can_assign,
    can_refuse_assignment,
    refuse_assignment,
)
from gongkai.casework.actions.assistance import (
    answer_assistance,
    ask_assistance,
    can_answer_assistance,
    can_ask_assistance,
    can_cancel_assistance,
    cancel_assistance,
)
from gongkai.casework.actions.correction_received import can_correction_received, correction_received
from gongkai.casework.actions.deliver import can_confirm_delivery, can_deliver, confirm_delivery, deliver
from gongkai.casework.actions.extend import (
    agree_extension,
    can_agree_extension,
    can_extend,
    can_propose_extension,
    extend,
    propose_extension,
)
from gongkai.casework.actions.fee import can_fee_paid, can_notify_fee, fee_paid, notify_fee
from gongkai.casework.actions.legal_review import can_legal_review, can_pass_secrecy, legal_review, pass_secrecy
from gongkai.casework.actions.open_personal_data import can_open_personal_data, open_personal_data
from gongkai.casework.actions.pass_on import can_pass_on, pass_on
from gongkai.casework.actions.propose_decision import (
    back_to_processing,
    can_back_to_processing,
    can_propose_decision,
    can_submit_draft,
    propose_decision,
    submit_draft,
)
from gongkai.casework.actions.receive import Received, can_receive, query_code_for, query_digest_of, receive
from gongkai.casework.actions.refer_secrecy import can_refer_secrecy, refer_secrecy
from gongkai.casework.actions.register import can_register, register
from gongkai.casework.actions.reopen import can_reopen, reopen
from gongkai.casework.actions.resume import can_resume, resume
from gongkai.casework.actions.sign import can_return_draft, can_sign, return_draft, sign
from gongkai.casework.actions.sign_off import (
    agree_recorded,
    ask_sign_off,
    can_agree_recorded,
    can_ask_sign_off,
    can_set_signing_rule,
    can_sign_off,
    can_sign_recorded,
    set_signing_rule,
    sign_off,
    sign_recorded,
)
from gongkai.casework.actions.split import can_split, split
from gongkai.casework.actions.start_examination import (
    can_start_examination,
    can_start_processing,
    start_examination,
    start_processing,
)
from gongkai.casework.actions.withdraw import can_notify_end, can_withdraw, notify_end, withdraw
from gongkai.casework.actions.write_note import can_write_note, write_note

__all__ = [
    "Received",
    "abandon",
    "accept_assignment",
    "agree_delay",
    "agree_extension",
    "agree_recorded",
    "answer_assistance",
    "answered",
    "archive",
    "ask",
    "ask_assistance",
    "ask_correction",
    "ask_reason",
    "ask_sign_off",
    "assign",
    "back_to_processing",
    "can_abandon",
    "can_accept_assignment",
    "can_agree_delay",
    "can_agree_extension",
    "can_agree_recorded",
    "can_answer_assistance",
    "can_answered",
    "can_archive",
    "can_ask",
    "can_ask_assistance",
    "can_ask_correction",
    "can_ask_reason",
    "can_ask_sign_off",
    "can_assign",
    "can_back_to_processing",
    "can_cancel_assistance",
    "can_confirm_delivery",
    "can_correction_received",
    "can_deliver",
    "can_extend",
    "can_fee_paid",
    "can_lapsed",
    "can_legal_review",
    "can_notify_end",
    "can_notify_fee",
    "can_open_personal_data",
    "can_pass_on",
    "can_pass_secrecy",
    "can_propose_decision",
    "can_propose_extension",
    "can_question_delivered",
    "can_reason_lapsed",
    "can_reason_received",
    "can_receive",
    "can_refer_secrecy",
    "can_refuse_assignment",
    "can_register",
    "can_reopen",
    "can_resume",
    "can_return_draft",
    "can_set_signing_rule",
    "can_sign",
    "can_sign_off",
    "can_sign_recorded",
    "can_split",
    "can_start_examination",
    "can_start_processing",
    "can_submit_draft",
    "can_withdraw",
    "can_write_note",
    "cancel_assistance",
    "confirm_delivery",
    "correction_received",
    "deliver",
    "extend",
    "fee_paid",
    "lapsed",
    "legal_review",
    "notify_end",
    "notify_fee",
    "open_personal_data",
    "pass_on",
    "pass_secrecy",
    "propose_decision",
    "propose_extension",
    "query_code_for",
    "query_digest_of",
    "question_delivered",
    "reason_lapsed",
    "reason_received",
    "receive",
    "refer_secrecy",
    "refuse_assignment",
    "register",
    "reopen",
    "resume",
    "return_draft",
    "set_signing_rule",
    "sign",
    "sign_off",
    "sign_recorded",
    "split",
    "start_examination",
    "start_processing",
    "submit_draft",
    "withdraw",
    "write_note",
]
