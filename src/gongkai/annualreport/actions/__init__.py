from gongkai.annualreport.actions.compile_report import can_compile_report, compile_report
from gongkai.annualreport.actions.edit_sections import can_edit_sections, edit_sections
from gongkai.annualreport.actions.publish import can_publish, publish
from gongkai.annualreport.actions.return_ import can_return, return_
from gongkai.annualreport.actions.sign import can_sign, sign

__all__ = [
    "can_compile_report",
    "can_edit_sections",
    "can_publish",
    "can_return",
    "can_sign",
    "compile_report",
    "edit_sections",
    "publish",
    "return_",
    "sign",
]
