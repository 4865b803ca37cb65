from gongkai.annualreport.actions.bring_template import bring_template, can_bring_template, say_columns
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
from gongkai.annualreport.actions.edit_sections import can_edit_sections, edit_sections
from gongkai.annualreport.actions.gather import can_start_batch, carry_out, start_batch
from gongkai.annualreport.actions.publish import can_publish, publish
from gongkai.annualreport.actions.return_ import can_return, return_
from gongkai.annualreport.actions.sign import can_sign, sign

__all__ = [
    "answer_comment",
    "bring_template",
    "can_answer_comment",
    "can_bring_template",
    "can_close_comment",
    "can_comment",
    "can_compile_report",
    "can_correct_report",
    "can_drop_correction",
    "can_edit_sections",
    "can_publish",
    "can_return",
    "can_sign",
    "can_start_batch",
    "carry_out",
    "close_comment",
    "comment",
    "compile_report",
    "correct_report",
    "drop_correction",
    "edit_sections",
    "publish",
    "return_",
    "say_columns",
    "sign",
    "start_batch",
]
