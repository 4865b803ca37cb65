from gongkai.publishing.actions.add_evidence import add_evidence, can_add_evidence
from gongkai.publishing.actions.add_takedown import add_takedown, can_add_takedown
from gongkai.publishing.actions.adjust_entry import adjust_entry, can_adjust_entry
from gongkai.publishing.actions.answer_finding import answer_finding, can_answer_finding
from gongkai.publishing.actions.approve_batch import approve_batch, can_approve_batch
from gongkai.publishing.actions.approve_gazette import approve_gazette, can_approve_gazette
from gongkai.publishing.actions.approve_review import approve_review, can_approve_review
from gongkai.publishing.actions.assign_duties import assign_duties, can_assign_duties
from gongkai.publishing.actions.check_sample import can_check_sample, check_sample
from gongkai.publishing.actions.compose_gazette import (
    add_gazette_section,
    add_to_gazette,
    can_compose_gazette,
    move_gazette_entry,
    refresh_gazette_entry,
    remove_gazette_entry,
    rename_gazette_section,
    write_gazette_text,
)
from gongkai.publishing.actions.conclude_clean_up import can_conclude_clean_up, conclude_clean_up
from gongkai.publishing.actions.coordinate import answer_of_organ, ask_organ, can_coordinate
from gongkai.publishing.actions.discard import can_discard, discard
from gongkai.publishing.actions.discard_batch import can_discard_batch, discard_batch
from gongkai.publishing.actions.discard_gazette import can_discard_gazette, discard_gazette
from gongkai.publishing.actions.dismiss import can_dismiss, dismiss
from gongkai.publishing.actions.draft import can_draft, draft
from gongkai.publishing.actions.draw_samples import can_draw_samples, draw_samples
from gongkai.publishing.actions.edit import can_edit, edit
from gongkai.publishing.actions.enter_erratum import can_enter_erratum, enter_erratum
from gongkai.publishing.actions.explain_gap import can_explain_gap, explain_gap
from gongkai.publishing.actions.fill_back import can_fill_back, fill_back
from gongkai.publishing.actions.hand_over import can_hand_over, hand_over
from gongkai.publishing.actions.hang import can_hang, hang
from gongkai.publishing.actions.import_batch import can_import_batch, import_batch
from gongkai.publishing.actions.import_catalogue import can_import_catalogue, import_catalogue
from gongkai.publishing.actions.issue_gazette import can_issue_gazette, issue_gazette
from gongkai.publishing.actions.judge_document import can_judge_document, judge_document
from gongkai.publishing.actions.keep_secret_reference import (
    can_keep_secret_reference,
    keep_secret_reference,
    strike_out_reference,
)
from gongkai.publishing.actions.lapse import can_lapse, lapse
from gongkai.publishing.actions.make_deposit import can_make_deposit, make_deposit
from gongkai.publishing.actions.open_clean_up import can_open_clean_up, open_clean_up
from gongkai.publishing.actions.open_gazette_issue import can_open_gazette_issue, open_gazette_issue
from gongkai.publishing.actions.publish_batch import can_publish_batch, publish_batch
from gongkai.publishing.actions.publish_erratum import can_publish_erratum, publish_erratum
from gongkai.publishing.actions.reassess import can_reassess, reassess
from gongkai.publishing.actions.remind import can_remind, remind
from gongkai.publishing.actions.report_penalty_change import can_report_penalty_change, report_penalty_change
from gongkai.publishing.actions.reprint_gazette import can_reprint_gazette, reprint_gazette
from gongkai.publishing.actions.return_ import can_return, return_
from gongkai.publishing.actions.return_batch import can_return_batch, return_batch
from gongkai.publishing.actions.return_gazette import can_return_gazette, return_gazette
from gongkai.publishing.actions.review_afterwards import can_review_afterwards, review_afterwards
from gongkai.publishing.actions.revise import can_revise, revise
from gongkai.publishing.actions.set_chain import can_set_chain, set_chain
from gongkai.publishing.actions.set_check_list import can_set_check_list, set_check_list
from gongkai.publishing.actions.set_interpretation_need import can_set_interpretation_need, set_interpretation_need
from gongkai.publishing.actions.set_numbering import can_set_numbering, drop_numbering, set_numbering
from gongkai.publishing.actions.set_review_day import can_set_review_day, set_review_day
from gongkai.publishing.actions.set_validity import can_set_validity, set_validity
from gongkai.publishing.actions.settle_takedown import can_settle_takedown, settle_takedown
from gongkai.publishing.actions.sign_and_publish import can_sign_and_publish, sign_and_publish
from gongkai.publishing.actions.sign_together import can_sign_together, sign_together
from gongkai.publishing.actions.state_no_matter import can_state_no_matter, state_no_matter
from gongkai.publishing.actions.submit import can_submit, submit
from gongkai.publishing.actions.submit_batch import can_submit_batch, submit_batch
from gongkai.publishing.actions.submit_gazette import can_submit_gazette, submit_gazette
from gongkai.publishing.actions.submit_together import can_submit_together, submit_together
from gongkai.publishing.actions.supervise import can_supervise, supervise
from gongkai.publishing.actions.take_out import can_take_out, take_out
from gongkai.publishing.actions.tick_channel import can_tick_channel, tick_channel
from gongkai.publishing.actions.withdraw import can_withdraw, withdraw
from gongkai.publishing.actions.withdraw_statement import can_withdraw_statement, withdraw_statement

__all__ = [
    "add_evidence",
    "add_gazette_section",
    "add_takedown",
    "add_to_gazette",
    "adjust_entry",
    "answer_finding",
    "answer_of_organ",
    "approve_batch",
    "approve_gazette",
    "approve_review",
    "ask_organ",
    "assign_duties",
    "can_add_evidence",
    "can_add_takedown",
    "can_adjust_entry",
    "can_answer_finding",
    "can_approve_batch",
    "can_approve_gazette",
    "can_approve_review",
    "can_assign_duties",
    "can_check_sample",
    "can_compose_gazette",
    "can_conclude_clean_up",
    "can_coordinate",
    "can_discard",
    "can_discard_batch",
    "can_discard_gazette",
    "can_dismiss",
    "can_draft",
    "can_draw_samples",
    "can_edit",
    "can_enter_erratum",
    "can_explain_gap",
    "can_fill_back",
    "can_hand_over",
    "can_hang",
    "can_import_batch",
    "can_import_catalogue",
    "can_issue_gazette",
    "can_judge_document",
    "can_keep_secret_reference",
    "can_lapse",
    "can_make_deposit",
    "can_open_clean_up",
    "can_open_gazette_issue",
    "can_publish_batch",
    "can_publish_erratum",
    "can_reassess",
    "can_remind",
    "can_report_penalty_change",
    "can_reprint_gazette",
    "can_return",
    "can_return_batch",
    "can_return_gazette",
    "can_review_afterwards",
    "can_revise",
    "can_set_chain",
    "can_set_check_list",
    "can_set_interpretation_need",
    "can_set_numbering",
    "can_set_review_day",
    "can_set_validity",
    "can_settle_takedown",
    "can_sign_and_publish",
    "can_sign_together",
    "can_state_no_matter",
    "can_submit",
    "can_submit_batch",
    "can_submit_gazette",
    "can_submit_together",
    "can_supervise",
    "can_take_out",
    "can_tick_channel",
    "can_withdraw",
    "can_withdraw_statement",
    "check_sample",
    "conclude_clean_up",
    "discard",
    "discard_batch",
    "discard_gazette",
    "dismiss",
    "draft",
    "draw_samples",
    "drop_numbering",
    "edit",
    "enter_erratum",
    "explain_gap",
    "fill_back",
    "hand_over",
    "hang",
    "import_batch",
    "import_catalogue",
    "issue_gazette",
    "judge_document",
    "keep_secret_reference",
    "lapse",
    "make_deposit",
    "move_gazette_entry",
    "open_clean_up",
    "open_gazette_issue",
    "publish_batch",
    "publish_erratum",
    "reassess",
    "refresh_gazette_entry",
    "remind",
    "remove_gazette_entry",
    "rename_gazette_section",
    "report_penalty_change",
    "reprint_gazette",
    "return_",
    "return_batch",
    "return_gazette",
    "review_afterwards",
    "revise",
    "set_chain",
    "set_check_list",
    "set_interpretation_need",
    "set_numbering",
    "set_review_day",
    "set_validity",
    "settle_takedown",
    "sign_and_publish",
    "sign_together",
    "state_no_matter",
    "strike_out_reference",
    "submit",
    "submit_batch",
    "submit_gazette",
    "submit_together",
    "supervise",
    "take_out",
    "tick_channel",
    "withdraw",
    "withdraw_statement",
    "write_gazette_text",
]
