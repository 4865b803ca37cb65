"""Applications in rows: what is pasted from Excel, or stands in an office's ledger or a superior platform's list.

Reading stores nothing. A row keeps its number in the block, so that whoever pasted it finds what is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.casework.models import ApplicantKind, Channel, IdType, ProvideForm, ProvideRoute
from gongkai_core.identity import valid_credit_code, valid_resident_id
from gongkai_core.refusals import Refusal, Refused

MOST_ROWS = 500
HEADINGS = {
    "superior_number": ("上级平台编号", "上级编号", "平台编号", "申请编号", "编号"),
    "channel": ("渠道", "申请渠道", "提交方式", "申请方式"),
    "submitted_on": (
        "收件日",
        "收到日",
        "收到日期",
        "收件日期",
        "申请日期",
        "申请时间",
        "提交日期",
        "提交时间",
        "提交日",
    ),
    "signed_on": ("签收日", "签收日期"),
    "confirmed_on": ("确认日", "确认日期"),
    "kind": ("申请人类型", "类型"),
    "name": ("姓名或者名称", "姓名", "申请人", "申请人姓名", "名称", "单位名称"),
    "id_number": ("证件号码", "证件号", "身份证号", "身份证号码", "统一社会信用代码"),
    "legal_representative": ("法定代表人",),
    "contact_person": ("联系人",),
    "phone": ("联系电话", "电话", "手机", "手机号"),
    "email": ("电子邮箱", "邮箱"),
    "address": ("通信地址", "地址", "联系地址"),
    "postcode": ("邮政编码", "邮编"),
    "info_desc": ("申请内容", "申请公开的信息", "所需政府信息", "内容描述", "所需信息"),
    "subject": ("内容摘要", "摘要"),
    "provide_form": ("提供方式", "提供形式"),
    "provide_route": ("获取途径", "获取方式"),
    "pages": ("扫描页", "页", "页码"),
}
"""What stands above a column, first as we write it ourselves, then as offices and platforms do."""
CLOSING_HEADINGS = {
    "outcome": ("办理结果", "结果", "答复结果", "处理结果", "答复类型"),
    "ground": ("主要理由", "不予公开的理由"),
    "reason": ("理由", "答复理由", "理由说明"),
    "answer_number": ("答复文号", "文号", "告知书文号", "答复书文号"),
    "answer_signed_on": ("成文日期",),
    "replied_on": ("答复日", "答复日期", "答复时间", "办结日", "办结日期", "发出日", "发出日期"),
    "method": ("送达方式", "答复方式"),
    "delivered_on": ("送达日", "送达日期", "送达时间"),
    "archived_on": ("归档日", "归档日期"),
    "extended_on": ("延期告知日", "延期告知发出日"),
    "correction_asked_on": ("补正告知日", "补正告知发出日"),
    "correction_return_by": ("补正截止日",),
    "correction_received_on": ("收到补正日", "补正日期"),
    "third_asked_on": ("征求第三方意见日", "征求意见日"),
    "third_answered_on": ("收到第三方意见日", "收到意见日"),
    "fee_notified_on": ("收费通知送达日",),
    "fee_paid_on": ("缴费日", "缴费日期"),
    "review_docket": ("复议案号",),
    "review_body": ("复议机关",),
    "review_filed_on": ("复议收到日", "复议日期"),
    "review_outcome": ("复议结果",),
    "review_closed_on": ("复议审结日", "复议决定日"),
    "suit_docket": ("诉讼案号",),
    "court": ("法院", "受理法院"),
    "suit_filed_on": ("诉讼收到日", "诉讼日期"),
    "suit_outcome": ("诉讼结果",),
    "suit_closed_on": ("诉讼生效日", "判决生效日"),
}
"""What an old ledger says of how a case was answered (`closings`)."""
ALL_HEADINGS = HEADINGS | CLOSING_HEADINGS
_BY_WORD = {word: name for name, words in ALL_HEADINGS.items() for word in words}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]+\d{1,2}[:：时].*)?")
_UNHELD = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Block:
    """A block of cells: rows of values by field, numbered as the person sees them; or why it can't be read."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problem: str = ""


def read_block(text: str, *, columns: Sequence[str], headed: bool) -> Block:
    """Read a block of cells with tabs or commas. `columns` are the fields by place where there is no head row.

    `headed`: whether the first row must be headings.
    """
    if _UNHELD.search(text):
        return Block(problem="表中有不能识别的字符（空字符、残缺的字符），请改正后再粘贴")
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return Block(problem="读不出这块内容：有一格太长，请从 Excel 重新复制")
    lines = [(number, line) for number, line in enumerate(cells, 1) if any(map(str.strip, line))]
    if not lines:
        return Block(problem="没有内容：请从 Excel 选中单元格，复制后粘贴")
    if len(lines) > MOST_ROWS:
        return Block(problem=f"一次最多 {MOST_ROWS} 行，现在是 {len(lines)} 行，请分几次导入")
    heads = [_BY_WORD.get("".join(value.split()).lstrip("\ufeff"), "") for value in lines[0][1]]
    if "name" in heads or headed:
        lines = lines[1:]
    else:
        heads = list(columns)
    if headed and not {"name", "info_desc"} <= set(heads):
        return Block(problem="第一行须是表头，其中至少要有“姓名或者名称”和“申请内容”两列")
    if len(twice := [head for head in heads if head]) != len(set(twice)):
        word = next(ALL_HEADINGS[head][0] for head in twice if twice.count(head) > 1)
        return Block(problem=f"有两列都是“{word}”，请只留一列")
    rows = [(n, {head: value.strip() for head, value in zip(heads, line, strict=False) if head}) for n, line in lines]
    return Block(rows) if rows else Block(problem="只有表头，没有内容")


def day_of(text: str, label: str) -> date | None:
    """`2026-4-2`, `2026/4/2 9:30` or `2026年4月2日`; None when there is nothing. Raises Refused for anything else."""
    if not text:
        return None
    if match := _DAY.fullmatch(text):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            pass
    raise Refused(Refusal("day", f"{label}“{text[:20]}”不是日期，如 2026-04-02"))


_KINDS = {kind.label: kind for kind in ApplicantKind} | {
    "公民": ApplicantKind.NATURAL_PERSON, "个人": ApplicantKind.NATURAL_PERSON, "企业": ApplicantKind.BUSINESS,
    "社会组织": ApplicantKind.NGO, "其他组织": ApplicantKind.OTHER,
}  # fmt: skip
_CHANNELS = {channel.label: channel for channel in Channel} | {
    "网络": Channel.ONLINE, "网络申请": Channel.ONLINE, "网上申请": Channel.ONLINE, "当面申请": Channel.IN_PERSON,
    "现场": Channel.IN_PERSON, "邮寄": Channel.POST_SIGNED, "信函": Channel.POST_SIGNED, "挂号信": Channel.POST_SIGNED,
    "特快专递": Channel.POST_SIGNED, "邮箱": Channel.EMAIL, "邮件": Channel.EMAIL,
}  # fmt: skip
_FORMS = {form.label: form for form in ProvideForm} | {
    "电子": ProvideForm.ELECTRONIC, "电子件": ProvideForm.ELECTRONIC, "纸质件": ProvideForm.PAPER,
    "纸面": ProvideForm.PAPER,
}  # fmt: skip
_ROUTES = {route.label: route for route in ProvideRoute} | {
    "自取": ProvideRoute.PICKUP, "自行领取": ProvideRoute.PICKUP, "网上": ProvideRoute.ONLINE,
    "网上获取": ProvideRoute.ONLINE, "邮箱": ProvideRoute.EMAIL, "邮政寄送": ProvideRoute.POST,
}  # fmt: skip
WORDS = {"kind": _KINDS, "channel": _CHANNELS, "provide_form": _FORMS, "provide_route": _ROUTES}


def choice_of(name: str, text: str) -> str:
    """The value that a word means; empty when there is none. Raises Refused for an unknown word."""
    if not text:
        return ""
    if found := WORDS[name].get(text):
        return str(found)
    known = "、".join(dict.fromkeys(choice.label for choice in WORDS[name].values()))
    raise Refused(Refusal(name, f"{HEADINGS[name][0]}“{text[:20]}”不认识，可以写：{known}"))


def id_type_of(kind: str, number: str) -> str:
    """The kind of paper that a bare number is of."""
    if not number:
        return ""
    if kind != ApplicantKind.NATURAL_PERSON:
        return IdType.CREDIT_CODE if valid_credit_code(number) else IdType.OTHER
    return IdType.RESIDENT if len(number) == 18 else IdType.OTHER


def doubt_about(kind: str, number: str) -> str:
    """What a person should look at again: a wrong number is no reason to turn an application away."""
    number = number.upper()
    if kind == ApplicantKind.NATURAL_PERSON and len(number) == 18 and not valid_resident_id(number):
        return "身份证号码与校验位不符，请对照原件；照样可以登记"
    if kind != ApplicantKind.NATURAL_PERSON and len(number) == 18 and not valid_credit_code(number):
        return "信用代码与校验位不符，请对照原件；照样可以登记"
    return ""
