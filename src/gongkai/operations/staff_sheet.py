"""机关人员表: the Excel sheet by which an office brings its organs and its staff; its columns, its template, its reader.

Only the form of a row is judged here (columns, lengths, known words, check digit). Whether rows fit each other and
the database is found by rehearsing the import (`actions/import_staff.py`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import python_calamine
import xlsxwriter
from django.core.exceptions import ValidationError
from django.db import models

from gongkai.agencies.models import Agency, Appointment, LegalKind, ReportsTo, Role, User
from gongkai_core.identity import valid_credit_code
from gongkai_core.marks import find_mark
from gongkai_core.refusals import Refusal, Refused

AGENCIES, PEOPLE = "机关", "人员"
EXAMPLE = "例："
"""A row that begins so is an example and is not read."""
MAX_BYTES, MAX_UNPACKED_BYTES, MAX_ROWS = 10 * 2**20, 200 * 2**20, 20_000

_KINDS = {label: value for value, label in LegalKind.choices}
_REPORTS = {label: value for value, label in ReportsTo.choices}
_ROLES = {label: value for value, label in Role.choices}
_YES = {"是": True, "否": False, "": False}
# 垂直管理单位按其系统报送，党委机构不适用条例 (domain-spec §11.3 items 18, 19); a row may say otherwise.
_USUAL_REPORT = {LegalKind.VERTICAL: ReportsTo.SUPERIOR, LegalKind.PARTY_BODY: ReportsTo.NONE}


@dataclass(frozen=True)
class Column:
    """A column: its heading, whether a row must fill it, what goes in, an example, the only words allowed."""

    heading: str
    required: bool
    hint: str
    example: str
    words: tuple[str, ...] = ()


COLUMNS: dict[str, tuple[Column, ...]] = {
    AGENCIES: (
        Column("全称", True, "机关全称，不重复", "例：某某县财政局"),
        Column("简称", True, "30 字以内，列表和菜单中显示", "县财政局"),
        Column("统一社会信用代码", True, "18 位，校验位须相符", "113607220145XXXXXX"),
        Column("机关代字", False, "发文字号用，村居可不填", "某财"),
        Column("法律性质", True, "从下拉表中选", "部门", tuple(_KINDS)),
        Column("上级机关", False, "全称或者简称；空着就是本级政府", ""),
        Column("报送", False, "汇总到哪里；空着按法律性质推定", "本县", tuple(_REPORTS)),
        Column(
            "司法行政部门", False, "是、否；空着就是否。复议机关因此不同（行政复议法第二十八条）", "否", ("是", "否")
        ),
        Column("办公地址", False, "", "某某县某某路 1 号"),
        Column("邮政编码", False, "6 位", "341600"),
        Column("联系电话", False, "政府信息公开工作机构的电话", "0797-1234567"),
        Column("传真", False, "", ""),
        Column("电子邮箱", False, "", ""),
        Column("办公时间", False, "", "工作日 8:30—12:00，14:30—17:30"),
        Column("负责人", False, "", ""),
    ),
    PEOPLE: (
        Column("账号", True, "登录用，每人一个，不重复，没有空格", "例：zhangsan"),
        Column("姓名", True, "同一账号写几行时，姓名须一样", "张三"),
        Column("机关", True, "全称或者简称", "县财政局"),
        Column("角色", True, f"几个角色用顿号分开：{'、'.join(_ROLES)}", "拟稿人、承办人"),
        Column("职务", False, "", "科员"),
        Column("办公电话", False, "", ""),
    ),
}
_IGNORED = {"", "序号", "备注"}
_AGENCY_TEXTS = {
    "全称": "name",
    "简称": "short_name",
    "统一社会信用代码": "code",
    "机关代字": "document_prefix",
    "办公地址": "address",
    "邮政编码": "postcode",
    "联系电话": "phone",
    "传真": "fax",
    "电子邮箱": "email",
    "办公时间": "office_hours",
    "负责人": "head",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, and a sentence."""

    sheet: str
    row: int
    """As Excel numbers them; 1 is the row of headings."""
    column: str
    what: str

    def __str__(self) -> str:
        place = f"{self.sheet}表第 {self.row} 行" + (f"“{self.column}”" if self.column else "")
        return f"{place}：{self.what}"


@dataclass(frozen=True)
class AgencyRow:
    row: int
    facts: dict[str, Any]
    parent: str
    reports_to: str


@dataclass(frozen=True)
class PersonRow:
    row: int
    username: str
    name: str
    phone: str
    agency: str
    title: str
    roles: tuple[str, ...]


@dataclass
class StaffSheet:
    """What was read, and what is wrong with its form; rows that are wrong are not among those read."""

    agencies: list[AgencyRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wrong_names: set[str] = field(default_factory=set)
    """Names of organs whose rows are wrong, so that whoever refers to them is not reported as well."""


def read(data: bytes) -> StaffSheet:
    """Read an .xlsx file. Raises Refused when it is none, is too big, or carries a classification mark."""
    tables = _tables(data)
    if refusal := find_mark("\n".join(text for _, row in _all_rows(tables) for text in row), to_be_open=False):
        raise Refused(refusal)
    sheet = StaffSheet()
    for number, texts in _rows(tables, AGENCIES, sheet):
        _read_agency(number, texts, sheet)
    for number, texts in _rows(tables, PEOPLE, sheet):
        _read_person(number, texts, sheet)
    if not (sheet.agencies or sheet.people or sheet.faults):
        raise Refused(Refusal("empty", "表中没有一行内容：请在“机关”“人员”两张表中填写后再上传（例行不算）"))
    return sheet


def _tables(data: bytes) -> dict[str, list[list[str]]]:
    unreadable = Refused(
        Refusal("unreadable", "读不出这个文件：请用 Excel 2007 以后的格式（.xlsx）保存，不要设打开口令")
    )
    if len(data) > MAX_BYTES:
        raise Refused(Refusal("too_big", f"文件超过 {MAX_BYTES // 2**20} MB"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise Refused(Refusal("too_big", "文件展开后过大"))
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names if name.strip() in COLUMNS}
        if any(sheet.total_height > MAX_ROWS for sheet in sheets.values()):
            raise Refused(Refusal("too_big", f"一张表超过 {MAX_ROWS} 行"))
        read = {name: sheet.to_python(skip_empty_area=False) for name, sheet in sheets.items()}
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError, ValueError):
        raise unreadable from None
    if not read:
        raise Refused(Refusal("no_sheet", "文件中没有名为“机关”或者“人员”的表"))
    return {name.strip(): [[_text(cell) for cell in row] for row in rows] for name, rows in read.items()}


def _text(cell: Any) -> str:
    """A cell as the person sees it: Excel keeps a number typed into a text column as a float."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\u3000", " ").strip()


def _all_rows(tables: dict[str, list[list[str]]]) -> Iterator[tuple[str, list[str]]]:
    return ((name, row) for name, rows in tables.items() for row in rows)


def _rows(tables: dict[str, list[list[str]]], name: str, sheet: StaffSheet) -> Iterator[tuple[int, dict[str, str]]]:
    """The filled rows of one table as heading → text; wrong headings and empty required cells become faults."""
    rows = tables.get(name) or [[]]
    headings = [heading.rstrip("*＊ ") for heading in rows[0]]
    known = {column.heading for column in COLUMNS[name]}
    required = [column.heading for column in COLUMNS[name] if column.required]
    faults = [Fault(name, 1, heading, "不认识这一列") for heading in headings if heading not in known | _IGNORED]
    faults += [Fault(name, 1, heading, "这一列写了两次") for heading in known if headings.count(heading) > 1]
    if name in tables:
        faults += [Fault(name, 1, heading, "缺少这一列") for heading in required if heading not in headings]
    sheet.faults += faults
    if faults:
        return
    for number, row in enumerate(rows[1:], start=2):
        texts = dict(zip(headings, row, strict=False))
        if not any(row) or next(filter(None, row)).startswith(EXAMPLE):
            continue
        empty = [heading for heading in required if not texts.get(heading)]
        sheet.faults += [Fault(name, number, heading, "没有填") for heading in empty]
        if empty:
            sheet.wrong_names |= {texts.get("全称", ""), texts.get("简称", "")} - {""}
        else:
            yield number, texts


def _read_agency(number: int, texts: dict[str, str], sheet: StaffSheet) -> None:
    before = len(sheet.faults)

    def fault(column: str, what: str) -> None:
        sheet.faults.append(Fault(AGENCIES, number, column, what))

    facts: dict[str, Any] = {name: texts.get(heading, "") for heading, name in _AGENCY_TEXTS.items()}
    facts["code"] = facts["code"].upper()
    facts["legal_kind"] = kind = _word(texts, "法律性质", _KINDS, fault)
    facts["is_justice_bureau"] = _word(texts, "司法行政部门", _YES, fault)
    usual = _USUAL_REPORT.get(LegalKind(kind), ReportsTo.COUNTY) if kind else ReportsTo.COUNTY
    reports_to = _word(texts, "报送", {**_REPORTS, "": usual}, fault)
    _fault_fields(Agency(**facts), _AGENCY_TEXTS, fault)
    if not valid_credit_code(facts["code"]):
        fault("统一社会信用代码", f"“{facts['code']}”的位数或者校验位不对（GB 32100）；请把这一列设为文本格式再填")
    if not facts["document_prefix"] and kind != LegalKind.VILLAGE:
        fault("机关代字", "没有填")
    if facts["postcode"] and not (facts["postcode"].isdigit() and len(facts["postcode"]) == 6):
        fault("邮政编码", "应为 6 位数字")
    if len(sheet.faults) == before:
        sheet.agencies.append(AgencyRow(number, facts, texts.get("上级机关", ""), reports_to))
    else:
        sheet.wrong_names |= {facts["name"], facts["short_name"]}


def _read_person(number: int, texts: dict[str, str], sheet: StaffSheet) -> None:
    before = len(sheet.faults)

    def fault(column: str, what: str) -> None:
        sheet.faults.append(Fault(PEOPLE, number, column, what))

    username, name, phone, title = (texts.get(heading, "") for heading in ("账号", "姓名", "办公电话", "职务"))
    _fault_fields(
        User(username=username, name=name, phone=phone),
        {"账号": "username", "姓名": "name", "办公电话": "phone"},
        fault,
    )
    _fault_fields(Appointment(title=title), {"职务": "title"}, fault)
    if any(sign.isspace() for sign in username):
        fault("账号", "账号中不能有空格")
    roles = []
    for word in filter(
        None, (part.strip() for part in texts["角色"].replace("，", "、").replace(",", "、").split("、"))
    ):
        if word not in _ROLES:
            fault("角色", f"没有“{word}”这个角色；可用的是：{'、'.join(_ROLES)}")
        elif _ROLES[word] in roles:
            fault("角色", f"“{word}”写了两次")
        else:
            roles.append(_ROLES[word])
    if len(sheet.faults) == before:
        sheet.people.append(PersonRow(number, username, name, phone, texts["机关"], title, tuple(roles)))


def _word(texts: dict[str, str], heading: str, words: dict[str, Any], fault: Callable[[str, str], None]) -> Any:
    text = texts.get(heading, "")
    if text not in words:
        fault(heading, f"“{text}”不在可选的词中：{'、'.join(filter(None, words))}")
    return words.get(text)


def _fault_fields(obj: models.Model, columns: dict[str, str], fault: Callable[[str, str], None]) -> None:
    """Let the model's own fields judge lengths and forms; emptiness is judged by the columns."""
    for heading, name in columns.items():
        field = obj._meta.get_field(name)
        value = getattr(obj, name)
        try:
            if value:
                field.run_validators(value)
        except ValidationError as error:
            fault(heading, "；".join(error.messages))


def template() -> bytes:
    """An empty sheet as .xlsx: headings, one example row each, drop-down words, and a page that explains."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "num_format": "@"})
        plain, grey = (
            book.add_format({"num_format": "@"}),
            book.add_format({"num_format": "@", "font_color": "#808080"}),
        )
        for name, columns in COLUMNS.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for at, column in enumerate(columns):
                page.set_column(at, at, max(12, 2 * len(column.heading) + 4), plain)
                page.write_string(0, at, column.heading + ("*" if column.required else ""), bold)
                page.write_string(1, at, column.example, grey)
                if column.words:
                    page.data_validation(1, at, 2000, at, {"validate": "list", "source": list(column.words)})
        _explain(book, bold)
    return output.getvalue()


def _explain(book: xlsxwriter.Workbook, bold: Any) -> None:
    page = book.add_worksheet("说明")
    for at, (heading, width) in enumerate((("表", 8), ("列", 20), ("必填", 8), ("怎样填", 100))):
        page.set_column(at, at, width)
        page.write_string(0, at, heading, bold)
    rows = [
        (name, column.heading, "是" if column.required else "", column.hint or "照实填写")
        for name, columns in COLUMNS.items()
        for column in columns
    ]
    rows.append(("", "", "", f"以“{EXAMPLE}”开头的行是例子，不导入。“序号”“备注”两列可以加，不导入。"))
    rows.append(("", "", "", "系统、安全、审计三个管理员须由三人分别担任，也不能兼其他角色。"))
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row):
            page.write_string(number, at, text)
