from gongkai.annualreport.actions.approve_website_return import (
    approve_website_return,
    can_approve_website_return,
    can_return_website_return,
    return_website_return,
)
from gongkai.annualreport.actions.bring_template import bring_template, can_bring_template, say_columns
from gongkai.annualreport.actions.change_plan_entry import (
    can_change_plan_entry,
    can_finish_plan_entry,
    can_reopen_plan_entry,
    change_plan_entry,
    drop_plan_entry,
    finish_plan_entry,
    reopen_plan_entry,
)
from gongkai.annualreport.actions.comment import (
    answer_comment,
    can_answer_comment,
    can_close_comment,
    can_comment,
    close_comment,
    comment,
)
from gongkai.annualreport.actions.compile_report import can_compile_report, compile_report
from gongkai.annualreport.actions.correct_report import (
    can_correct_report,
    can_drop_correction,
    correct_report,
    drop_correction,
)
from gongkai.annualreport.actions.correct_website_figure import (
    can_correct_website_figure,
    correct_website_figure,
    withdraw_website_correction,
)
from gongkai.annualreport.actions.edit_sections import can_edit_sections, edit_sections
from gongkai.annualreport.actions.enter_budget_approvals import can_enter_budget_approvals, enter_budget_approvals
from gongkai.annualreport.actions.enter_plan_entries import can_enter_plan_entries, enter_plan_entries
from gongkai.annualreport.actions.fill_website_return import can_fill_website_return, fill_website_return
from gongkai.annualreport.actions.gather import can_start_batch, carry_out, start_batch
from gongkai.annualreport.actions.mark_plan_rule import can_mark_plan_rule, mark_plan_rule, unmark_plan_rule
from gongkai.annualreport.actions.open_website_return import can_open_website_return, open_website_return
from gongkai.annualreport.actions.publish import can_publish, publish
from gongkai.annualreport.actions.publish_website_return import can_publish_website_return, publish_website_return
from gongkai.annualreport.actions.return_ import can_return, return_
from gongkai.annualreport.actions.sign import can_sign, sign

__all__ = [
    "answer_comment",
    "approve_website_return",
    "bring_template",
    "can_answer_comment",
    "can_approve_website_return",
    "can_bring_template",
    "can_change_plan_entry",
    "can_close_comment",
    "can_comment",
    "can_compile_report",
    "can_correct_report",
    "can_correct_website_figure",
    "can_drop_correction",
    "can_edit_sections",
    "can_enter_budget_approvals",
    "can_enter_plan_entries",
    "can_fill_website_return",
    "can_finish_plan_entry",
    "can_mark_plan_rule",
    "can_open_website_return",
    "can_publish",
    "can_publish_website_return",
    "can_reopen_plan_entry",
    "can_return",
    "can_return_website_return",
    "can_sign",
    "can_start_batch",
    "carry_out",
    "change_plan_entry",
    "close_comment",
    "comment",
    "compile_report",
    "correct_report",
    "correct_website_figure",
    "drop_correction",
    "drop_plan_entry",
    "edit_sections",
    "enter_budget_approvals",
    "enter_plan_entries",
    "fill_website_return",
    "finish_plan_entry",
    "mark_plan_rule",
    "open_website_return",
    "publish",
    "publish_website_return",
    "reopen_plan_entry",
    "return_",
    "return_website_return",
    "say_columns",
    "sign",
    "start_batch",
    "unmark_plan_rule",
    "withdraw_website_correction",
]
