from gongkai.annualreport.actions.approve_website_return import (
    approve_website_return,
    can_approve_website_return,
    can_return_website_return,
    return_website_return,
)
from gongkai.annualreport.actions.compile_report import can_compile_report, compile_report
from gongkai.annualreport.actions.correct_website_figure import (
    can_correct_website_figure,
    correct_website_figure,
    withdraw_website_correction,
)
from gongkai.annualreport.actions.edit_sections import can_edit_sections, edit_sections
from gongkai.annualreport.actions.fill_website_return import can_fill_website_return, fill_website_return
from gongkai.annualreport.actions.open_website_return import can_open_website_return, open_website_return
from gongkai.annualreport.actions.publish import can_publish, publish
from gongkai.annualreport.actions.publish_website_return import can_publish_website_return, publish_website_return
from gongkai.annualreport.actions.return_ import can_return, return_
from gongkai.annualreport.actions.sign import can_sign, sign

__all__ = [
    "approve_website_return",
    "can_approve_website_return",
    "can_compile_report",
    "can_correct_website_figure",
    "can_edit_sections",
    "can_fill_website_return",
    "can_open_website_return",
    "can_publish",
    "can_publish_website_return",
    "can_return",
    "can_return_website_return",
    "can_sign",
    "compile_report",
    "correct_website_figure",
    "edit_sections",
    "fill_website_return",
    "open_website_return",
    "publish",
    "publish_website_return",
    "return_",
    "return_website_return",
    "sign",
    "withdraw_website_correction",
]
