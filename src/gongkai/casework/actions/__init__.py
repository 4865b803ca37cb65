"""The verbs of casework; each with its can_<verb>, which returns the refusal that the verb raises."""

from gongkai.casework.actions.abandon import abandon, can_abandon
from gongkai.casework.actions.add_papers import add_papers, can_add_papers
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
from gongkai.casework.actions.ask_together import ask_together, can_ask_together
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
from gongkai.casework.actions.deliver_again import can_deliver_again, deliver_again
from gongkai.casework.actions.electronic_seal import (
    can_seal_electronically,
    can_sign_electronically,
    seal_electronically,
    sign_electronically,
)
from gongkai.casework.actions.enter import can_enter, enter
from gongkai.casework.actions.enter_closed import can_enter_closed, enter_closed
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
from gongkai.casework.actions.open_addresses import MOST as MOST_ADDRESSES
from gongkai.casework.actions.open_addresses import can_open_addresses, open_addresses
from gongkai.casework.actions.open_case_file import can_open_case_file
from gongkai.casework.actions.open_personal_data import can_open_personal_data, open_personal_data
from gongkai.casework.actions.open_volume import can_open_volume, open_volume
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
from gongkai.casework.actions.redact import (
    add_material,
    can_open_materials,
    can_prepare_materials,
    can_provide_material,
    drop_mark,
    drop_material,
    make_redacted,
    mark_box,
    mark_words,
    provide_material,
)
from gongkai.casework.actions.refer_secrecy import can_refer_secrecy, refer_secrecy
from gongkai.casework.actions.register import can_register, register
from gongkai.casework.actions.register_envelope import (
    EnvelopeForm,
    EnvelopeReceipt,
    can_register_envelope,
    register_envelope,
)
from gongkai.casework.actions.remind import can_remind, remind
from gongkai.casework.actions.reopen import can_reopen, reopen
from gongkai.casework.actions.resume import can_resume, resume
from gongkai.casework.actions.seal import (
    accept_scan,
    can_accept_scan,
    can_record_sealing,
    can_return_scan,
    record_sealing,
    return_scan,
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
from gongkai.casework.actions.type_back import can_type_back, type_back
from gongkai.casework.actions.withdraw import can_notify_end, can_withdraw, notify_end, withdraw
from gongkai.casework.actions.write_note import can_write_note, write_note

__all__ = [
    "MOST_ADDRESSES",
    "Done",
    "EnvelopeForm",
    "EnvelopeReceipt",
    "Imported",
    "Listed",
    "Received",
    "abandon",
    "accept_assignment",
    "accept_scan",
    "add_material",
    "add_papers",
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
    "ask_together",
    "assign",
    "back_to_processing",
    "can_abandon",
    "can_accept_assignment",
    "can_accept_scan",
    "can_add_papers",
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
    "can_ask_together",
    "can_assign",
    "can_back_to_processing",
    "can_cancel_assistance",
    "can_confirm_delivery",
    "can_correction_received",
    "can_deliver",
    "can_deliver_again",
    "can_enter",
    "can_enter_closed",
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
    "can_open_addresses",
    "can_open_case_file",
    "can_open_materials",
    "can_open_personal_data",
    "can_open_volume",
    "can_pass_on",
    "can_pass_secrecy",
    "can_prepare_materials",
    "can_propose_decision",
    "can_propose_extension",
    "can_provide_material",
    "can_question_delivered",
    "can_reason_lapsed",
    "can_reason_received",
    "can_receive",
    "can_record_sealing",
    "can_refer_secrecy",
    "can_refuse_assignment",
    "can_register",
    "can_register_envelope",
    "can_remind",
    "can_reopen",
    "can_resume",
    "can_return_draft",
    "can_return_scan",
    "can_seal_electronically",
    "can_set_signing_rule",
    "can_sign",
    "can_sign_electronically",
    "can_sign_off",
    "can_sign_recorded",
    "can_split",
    "can_start_examination",
    "can_start_processing",
    "can_submit_draft",
    "can_type_back",
    "can_withdraw",
    "can_write_note",
    "cancel_assistance",
    "confirm_delivery",
    "correction_received",
    "deliver",
    "deliver_again",
    "drop_mark",
    "drop_material",
    "enter",
    "enter_closed",
    "extend",
    "fee_paid",
    "import_list",
    "in_series",
    "join_series",
    "judge_duplicate",
    "lapsed",
    "leave_series",
    "legal_review",
    "make_redacted",
    "mark_box",
    "mark_words",
    "notify_end",
    "notify_fee",
    "open_addresses",
    "open_personal_data",
    "open_series",
    "open_volume",
    "pass_on",
    "pass_secrecy",
    "propose_decision",
    "propose_extension",
    "provide_material",
    "query_code_for",
    "query_digest_of",
    "question_delivered",
    "reason_lapsed",
    "reason_received",
    "receive",
    "record_sealing",
    "refer_secrecy",
    "refuse_assignment",
    "register",
    "register_envelope",
    "remind",
    "reopen",
    "resume",
    "return_draft",
    "return_scan",
    "seal_electronically",
    "set_signing_rule",
    "sign",
    "sign_electronically",
    "sign_off",
    "sign_recorded",
    "split",
    "start_examination",
    "start_processing",
    "submit_draft",
    "type_back",
    "withdraw",
    "write_note",
]
