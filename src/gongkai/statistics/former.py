"""Old ledgers as a person pastes them from Excel: read cell by cell, every fault named by row and column.

Reading stores nothing. Applications are not here: casework takes its own old ledgers in (导入台账).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency
from gongkai.casework.models import LawsuitOutcome, ReviewOutcome
from gongkai.documents.intake import Taken
from gongkai.publishing.batches import read_day
from gongkai.publishing.models import Channel, NormativeKind
from gongkai.statistics.models import FormerKind, FormerRow
from gongkai_core import report
from gongkai_core.errors import InputError
from gongkai_core.marks import find_mark
from gongkai_core.reading import Table
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.returns import Form, check, form_for

MOST_ROWS = 20_000
FIRST_YEAR = 2008
"""The 条例 is in force since 2008-05-01; nothing is older than that."""
_UNHELD = re.compile("[\0\ud800-\udfff]")
_LONGEST = {"title": 200, "number": 60}
_LARGEST = Decimal(10**11)

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "agency": ("单位", "机关", "发布机构", "发布单位", "公开单位", "被申请人", "被告", "填报单位"),
    "title": ("名称", "标题", "信息标题", "文件名称", "会议名称", "培训名称", "发布会名称", "事项"),
    "day": ("日期", "公开日期", "发布日期", "公开时间", "收到日期", "收到日", "召开日期", "举办日期", "缴费日期"),
    "number": ("文号", "发文字号", "案号", "编号", "指标"),
    "formed_on": ("成文日期", "形成日期"),
    "ended_on": ("失效日期", "废止日期", "失效（废止）日期"),
    "type": ("类别", "文件性质", "信息类别"),
    "channels": ("渠道", "公开渠道", "公开方式"),
    "outcome": ("结果", "复议结果", "诉讼结果", "生效结果"),
    "closed_on": ("审结日期", "审结日", "生效日期", "生效日", "决定日期"),
    "prior_review": ("经过复议", "是否经过复议"),
    "principal_attended": ("主要负责同志参加", "主要负责人参加"),
    "amount": ("数", "数量", "金额", "金额（元）", "参训人次", "人次"),
    "year": ("年度", "年份"),
    "evidence": ("佐证", "依据"),
}
"""What stands above a column, first as we write it ourselves, then as offices do."""
_FIELD = {word: name for name, words in HEADINGS.items() for word in words}


@dataclass(frozen=True)
class Sheet:
    """Which columns a kind has: those that must be there, and those that may."""

    wanted: tuple[str, ...]
    possible: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    """What this kind calls a column, where it is another word than the common one."""

    def head(self, name: str) -> str:
        return self.called.get(name, HEADINGS[name][0])

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.wanted, *self.possible, "agency")

    @property
    def heads(self) -> str:
        must = "、".join(map(self.head, self.wanted))
        return f"{'、'.join(map(self.head, self.columns))}；其中{must}必有"


SHEETS: Mapping[str, Sheet] = {
    FormerKind.ITEM: Sheet(
        ("title", "day"), ("type", "channels", "number", "formed_on", "ended_on"), {"title": "标题", "day": "公开日期"}
    ),
    FormerKind.REVIEW: Sheet(("number", "day"), ("outcome", "closed_on"), {"number": "案号", "day": "收到日期"}),
    FormerKind.LAWSUIT: Sheet(
        ("number", "day", "prior_review"), ("outcome", "closed_on"),
        {"number": "案号", "day": "收到日期", "closed_on": "生效日期"},
    ),
    FormerKind.COMPLAINT: Sheet(("number", "day"), called={"number": "编号", "day": "收到日期"}),
    FormerKind.FEE: Sheet(("number", "day", "amount"), called={"number": "编号", "day": "缴费日期", "amount": "金额（元）"}),
    FormerKind.CONFERENCE: Sheet(("title", "day"), ("principal_attended",), {"title": "发布会名称", "day": "召开日期"}),
    FormerKind.MEETING: Sheet(("title", "day"), called={"title": "会议名称", "day": "召开日期"}),
    FormerKind.TRAINING: Sheet(
        ("title", "day", "amount"), called={"title": "培训名称", "day": "举办日期", "amount": "参训人次"}
    ),
    FormerKind.FIGURE: Sheet(("year", "number", "amount"), ("evidence",), {"number": "指标"}),
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell."""

    place: int
    column: str
    message: str


@dataclass(frozen=True)
class Filed:
    """A row of 填报数: the organ's figure of a year for a cell of its form."""

    place: int
    agency: Agency
    year: int
    cell: str
    value: Decimal
    evidence: str


@dataclass
class Read:
    """A sheet as read: its rows, or what is wrong with which cell. `problem` says why it can't be read at all."""

    kind: str
    rows: list[FormerRow] = field(default_factory=list)
    figures: list[Filed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    problem: str = ""
    digest: str = ""

    @property
    def size(self) -> int:
        return len(self.rows) + len(self.figures)

    @property
    def by_year(self) -> list[tuple[int, int]]:
        """How many rows count in which year: what a person holds against the old report."""
        years = [row.day.year if row.day else row.formed_on.year for row in self.rows if row.day or row.formed_on]
        return sorted(Counter([*years, *(row.year for row in self.figures)]).items())


def read_sheet(kind: str, text: str, *, default: Agency, channel: str, today: date) -> Read:
    """Read a block of cells with its head row; rows without 单位 are `default`'s, without 渠道 appeared in `channel`."""
    found = Read(kind)
    sheet = SHEETS[kind]
    if _UNHELD.search(text):
        found.problem = "表中有不能识别的字符（空字符、残缺的字符），请改正后再粘贴"
        return found
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        found.problem = "读不出这块内容：有一格太长，请从 Excel 重新复制"
        return found
    lines = [(place, line) for place, line in enumerate(cells, 1) if any(map(str.strip, line))]
    heads = [_FIELD.get("".join(head.split()).lstrip("\ufeff"), "") for head in lines[0][1]] if lines else []
    heads = [head if head in sheet.columns else "" for head in heads]
    found.problem = _unreadable(sheet, lines, heads)
    if found.problem:
        return found
    rows = [
        (place, {head: cell.strip() for head, cell in zip(heads, line, strict=False) if head})
        for place, line in lines[1:]
    ]
    found.digest = hashlib.sha256(repr([kind, default.pk, channel, rows]).encode()).hexdigest()
    _Reader(found, _Organs(default, today), channel, today).read(rows)
    return found


def _unreadable(sheet: Sheet, lines: Sequence[Any], heads: Sequence[str]) -> str:
    if not lines:
        return "没有内容：请从 Excel 选中单元格，连同表头复制后粘贴"
    if missing := [sheet.head(name) for name in sheet.wanted if name not in heads]:
        return f"第一行须是表头，没有找到这几列：{'、'.join(missing)}"
    named = [head for head in heads if head]
    if twice := next((head for head in named if named.count(head) > 1), ""):
        return f"有两列都是“{sheet.head(twice)}”，请只留一列"
    if len(lines) == 1:
        return "只有表头，没有内容"
    if len(lines) - 1 > MOST_ROWS:
        return f"一次最多 {MOST_ROWS} 行，现在是 {len(lines) - 1} 行，请分几次导入"
    return ""


class _Organs:
    """Organs by what a ledger calls them, and whether they count in a year."""

    def __init__(self, default: Agency, today: date) -> None:
        self._default = default
        self._by_name: dict[str, list[Agency]] = {}
        for agency in Agency.objects.all():
            for name in {agency.name, agency.short_name}:
                self._by_name.setdefault(name, []).append(agency)
        self._today = self._rolled_up(today)
        self._years: dict[int, set[int]] = {}

    def named(self, name: str) -> Agency:
        """Raises Refused where no organ or more than one is called so."""
        if not name:
            return self._default
        found = self._by_name.get(name, [])
        if len(found) == 1:
            return found[0]
        words = "没有这个单位，请写本系统“机关”中的全称或者简称" if not found else "有几个单位叫这个名称，请写全称"
        raise Refused(Refusal("agency", f"“{name[:30]}”：{words}"))

    def check(self, agency: Agency, year: int) -> None:
        """Raises Refused where what is imported would count in nobody's report."""
        if year not in self._years:
            self._years[year] = self._rolled_up(Period.of_year(year).last)
        if agency.pk in self._today and agency.pk not in self._years[year]:
            words = f"{agency.short_name}在 {year} 年底还不汇总到本县，请先在“机关”里把设立日期和报送关系的起始日期改到那以前"
            raise Refused(Refusal("agency", words))

    @staticmethod
    def _rolled_up(on: date) -> set[int]:
        return set(Agency.objects.rolled_up(on).values_list("pk", flat=True))


class _Reader:
    """Reads row after row into `found`; a wrong cell is named and the reading goes on."""

    def __init__(self, found: Read, organs: _Organs, channel: str, today: date) -> None:
        self.found, self.organs, self.channel, self.today = found, organs, channel, today
        self.seen: dict[Any, int] = {}

    def read(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
        for place, told in rows:
            before = len(self.found.faults)
            values = {name: self._cell(place, name, told.get(name, "")) for name in SHEETS[self.found.kind].columns}
            if marked := find_mark("\n".join(told.values())):
                self._fault(place, "", marked.message)
            if len(self.found.faults) == before:
                self._row(place, told, values)

    def _fault(self, place: int, name: str, message: str) -> None:
        self.found.faults.append(Fault(place, SHEETS[self.found.kind].head(name) if name else "整行", message))

    def _cell(self, place: int, name: str, text: str) -> Any:
        # What became public has a day; what never did, but was made, is told by its 成文日期 alone (`_row`).
        optional = self.found.kind == FormerKind.ITEM and name == "day"
        try:
            if not text and name in SHEETS[self.found.kind].wanted and not optional:
                raise Refused(Refusal("empty", "没有填"))
            if len(text) > _LONGEST.get(name, 200):
                raise Refused(Refusal("long", f"太长，最多 {_LONGEST.get(name, 200)} 字"))
            return _READERS[name](self, text)
        except Refused as wrong:
            self._fault(place, name, wrong.refusal.message)
            return None

    def _row(self, place: int, told: Mapping[str, str], values: dict[str, Any]) -> None:
        for column, message in _contradictions(self.found.kind, values):
            self._fault(place, column, message)
            return
        first = self.seen.setdefault(_sameness(self.found.kind, values), place)
        if first != place:
            words = "；几个渠道公开的，写在一行的“渠道”里" if self.found.kind == FormerKind.ITEM else ""
            self._fault(place, "", f"与第 {first} 行相同{words}")
            return
        try:
            self._add(place, values)
        except Refused as wrong:
            self._fault(place, "agency" if wrong.refusal.code == "agency" else "number", wrong.refusal.message)

    def _add(self, place: int, values: dict[str, Any]) -> None:
        agency = values.pop("agency")
        if self.found.kind == FormerKind.FIGURE:
            self.organs.check(agency, values["year"])
            form = form_for(values["year"])
            cell = _cell_of(form, values["number"])
            self.found.figures.append(Filed(place, agency, values["year"], cell, values["amount"], values["evidence"]))
            return
        day = values["day"] or values["formed_on"]
        self.organs.check(agency, day.year)
        facts = values.pop("type", {}) | values.pop("channels", {}) | values
        self.found.rows.append(FormerRow(place=place, kind=self.found.kind, agency=agency, **facts))


def _sameness(kind: str, values: Mapping[str, Any]) -> Any:
    """What makes two rows the same thing."""
    if kind in (FormerKind.REVIEW, FormerKind.LAWSUIT, FormerKind.COMPLAINT):
        return values["number"]
    if kind == FormerKind.FIGURE:
        return (values["agency"].pk, values["year"], values["number"])
    return (values["agency"].pk, values.get("title"), values.get("number"), values["day"])


def _contradictions(kind: str, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """(column, what is wrong) between the cells of one row."""
    day, formed, ended, closed = (values.get(name) for name in ("day", "formed_on", "ended_on", "closed_on"))
    if kind == FormerKind.ITEM:
        document = bool((values["type"] or {}).get("normative_kind"))
        if document and not (formed and values["number"]):
            yield "formed_on" if not formed else "number", "规章、行政规范性文件须写文号和成文日期"
        if not day and not (document and formed):
            yield "day", "没有填；只有制发而没有公开的规章、行政规范性文件可以空着"
        if ended and not document:
            yield "ended_on", "只有规章、行政规范性文件写失效日期"
        if day and formed and day < formed:
            yield "day", f"公开日期 {day} 早于成文日期 {formed}"
        if ended and formed and ended < formed:
            yield "ended_on", f"失效日期 {ended} 早于成文日期 {formed}"
    if kind in (FormerKind.REVIEW, FormerKind.LAWSUIT):
        if bool(values["outcome"]) != bool(closed):
            yield "closed_on" if not closed else "outcome", "结果和审结日期要么都写，要么都空着（尚未审结）"
        if closed and day and closed < day:
            yield "closed_on", f"审结日期 {closed} 早于收到日期 {day}"


def _cell_of(form: Form, words: str) -> str:
    """The filable cell that a ledger's words name. Raises Refused."""
    filable = [cell for cell in form.cells if cell.manual]
    named = [cell for cell in filable if words in (cell.id, cell.label, cell.short)]
    if len(named) == 1:
        return named[0].id
    if any(words in (cell.id, cell.label) for cell in form.cells if not cell.manual):
        raise Refused(Refusal("computed", f"“{words[:40]}”由台账算出，不填报；请导入相应的台账"))
    several = f"有 {len(named)} 个指标叫这个名称，请写编号：{'、'.join(cell.id for cell in named)}" if named else ""
    raise Refused(
        Refusal("cell", f"“{words[:40]}”：{several or f'{form.doc}没有这个填报指标，可以写编号，如 {filable[0].id}'}")
    )


# The cells -----------------------------------------------------------------------------------------------------------

_TYPES: Mapping[str, dict[str, Any]] = {
    "": {}, "一般": {}, "其他": {}, "规章": {"normative_kind": NormativeKind.RULE},
    "行政规范性文件": {"normative_kind": NormativeKind.NORMDOC}, "规范性文件": {"normative_kind": NormativeKind.NORMDOC},
    "政策解读": {"interpretation": True}, "解读": {"interpretation": True},
}  # fmt: skip
_CHANNELS = {channel.label: channel for channel in Channel} | {
    "公报": Channel.GAZETTE, "网站": Channel.WEBSITE, "门户网站": Channel.WEBSITE, "微博": Channel.WEIBO,
    "微信": Channel.WECHAT, "其他": Channel.OTHER, "公开栏": Channel.OTHER, "报刊": Channel.OTHER,
}  # fmt: skip
_YES_NO = {"是": True, "有": True, "1": True, "√": True, "否": False, "无": False, "0": False, "": False}


def _day(reader: _Reader, text: str) -> date | None:
    try:
        found = read_day(text.split(" ")[0] if " " in text else text)
    except ValueError:
        raise Refused(Refusal("day", f"“{text[:20]}”不是日期，如 2017-06-01")) from None
    if found and found > reader.today:
        raise Refused(Refusal("future", f"{found} 还没有到，台账登记的是已经发生的事"))
    if found and found.year < FIRST_YEAR:
        raise Refused(Refusal("old", f"{found} 早于条例施行（{FIRST_YEAR} 年）"))
    return found


def _known(words: Mapping[str, Any], text: str) -> Any:
    if text not in words:
        raise Refused(Refusal("word", f"“{text[:20]}”不认识，可以写：{'、'.join(word for word in words if word)}"))
    return words[text]


def _channel_cells(reader: _Reader, text: str) -> dict[str, bool]:
    names = [name.strip() for name in re.split(r"[、，,;；/\s]+", text) if name.strip()]
    chosen = [_known(_CHANNELS, name) for name in names] or [reader.channel]
    return {str(channel): True for channel in chosen}


def _amount(reader: _Reader, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Refused(Refusal("number", f"“{text[:20]}”不是数"))
    figure = reader.found.kind == FormerKind.FIGURE
    if abs(found) >= _LARGEST or (found < 0 and not figure):
        raise Refused(Refusal("number", f"{text[:20]} 太大或者小于 0"))
    if found != round(found, 4) or (reader.found.kind == FormerKind.TRAINING and found % 1):
        raise Refused(Refusal("number", f"{text[:20]} 的小数位太多"))
    return found


def _year(reader: _Reader, text: str) -> int:
    digits = text.removesuffix("年度").removesuffix("年")
    if not re.fullmatch(r"[0-9]{4}", digits):
        raise Refused(Refusal("year", f"“{text[:20]}”不是年度，如 2017"))
    year = int(digits)
    try:
        form_for(year)
    except InputError as unknown:
        raise Refused(Refusal("year", str(unknown))) from None
    if year >= reader.today.year:
        raise Refused(Refusal("year", f"{year} 年还没有过完，请在“填报”里填"))
    return year


def _outcomes(reader: _Reader, text: str) -> str:
    choices: Any = ReviewOutcome if reader.found.kind == FormerKind.REVIEW else LawsuitOutcome
    words = {label: value for value, label in choices.choices}
    words |= {f"结果{word}": words[word] for word in ("维持",)} | {"": ""}
    return str(_known(words, text))


_READERS: Mapping[str, Callable[[_Reader, str], Any]] = {
    "agency": lambda reader, text: reader.organs.named(text),
    "title": lambda reader, text: text,
    "number": lambda reader, text: text,
    "evidence": lambda reader, text: text,
    "day": _day,
    "formed_on": _day,
    "ended_on": _day,
    "closed_on": _day,
    "type": lambda reader, text: dict(_known(_TYPES, text)),
    "channels": _channel_cells,
    "outcome": _outcomes,
    "prior_review": lambda reader, text: _known(_YES_NO, text),
    "principal_attended": lambda reader, text: _known(_YES_NO, text),
    "amount": _amount,
    "year": _year,
}


# Whole tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TableRead:
    """A former year's printed tables as read. `doubtful`: cells that contradict others or were not read, with why."""

    form: Form
    values: Mapping[str, Any]
    doubtful: Mapping[str, str]
    year: int | None = None
    """The year that the paper names itself."""

    @property
    def filled(self) -> int:
        return sum(value is not None for value in self.values.values())


def read_tables(text: str, year: int) -> TableRead:
    """Read the tables of a year's form out of a report or a block of cells. Raises Refused where they are not there."""
    form = form_for(year)
    reading = report.read(text.translate({0: None}))
    found = {cell: value for cell, value in reading.table.items() if cell in form.by_id}
    if reading.form != form.edition or len(found) * 2 < len(form.cells):
        words = f"没有读到 {year} 年度的表（{form.doc}），只认出 {len(found)} 格，共 {len(form.cells)} 格；请连同表头、行名整张粘贴"
        raise Refused(Refusal("unread", words))
    doubtful = {cell: "没有读到" for cell in form.cell_ids if cell not in found}
    values = {cell: found.get(cell) for cell in form.cell_ids}
    for finding in check(form, values).errors:
        doubtful.setdefault(finding.cells[0], finding.detail)
    return TableRead(form, values, doubtful, reading.year)


def text_of(taken: Taken) -> str:
    """The text of a report's file, every table row a line with a tab before each cell. Raises Refused."""
    if taken.kind in ("html", "txt"):
        try:
            return report.text_of(taken.data, taken.name)
        except InputError as unread:
            raise Refused(Refusal("unread", str(unread))) from None
    lines = []
    for block in taken.paper.blocks:
        if isinstance(block, Table):
            lines += ["".join(f"\t{cell.text.replace(chr(10), '')}" for cell in row) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
