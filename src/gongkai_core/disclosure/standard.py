"""The standard catalogue of grass-roots openness (基层政务公开标准目录): its 26 fields and its official table.

The table is read as rows of text, merged cells filled; which program made it is the caller's affair. Each row is
judged by the rules CAT-01 to CAT-03; what is wrong is told by row and column and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from gongkai_core.disclosure.terms import Term, parse_term
from gongkai_core.passages import unspaced

ARTICLE: Final = "国办发〔2019〕54号"

FIELDS: Final[dict[str, tuple[str, str, str]]] = {
    "major-projects": ("重大建设项目", "A20_10", "重大建设"),
    "public-resources": ("公共资源交易", "A20_09", "公共资源"),
    "budgets": ("财政预决算", "A20_07", "预决算"),
    "work-safety": ("安全生产", "A20_13", "安全生产"),
    "taxation": ("税收管理", "A20_15", "税收"),
    "land-compensation": ("征地补偿", "A21C_04", "征地|农村集体土地征收"),
    "spatial-planning": ("国土空间规划", "A20_03", "国土空间"),
    "housing-expropriation": ("国有土地上房屋征收与补偿", "A21C_05", "房屋征收"),
    "affordable-housing": ("保障性住房", "A20_11", "保障性住房"),
    "rural-housing": ("农村危房改造", "A20_11", "危房改造"),
    "environment": ("生态环境", "A20_13", "生态环境"),
    "public-culture": ("公共文化服务", "A21C_02", "公共文化"),
    "legal-services": ("公共法律服务", "A21C_02", "公共法律"),
    "poverty-relief": ("扶贫", "A20_11", "扶贫|乡村振兴"),
    "disaster-relief": ("救灾", "A20_12", "救灾|灾害救助"),
    "food-and-drugs": ("食品药品监管", "A20_13", "食品药品"),
    "city-enforcement": ("城市综合执法", "A20_06", "综合执法"),
    "employment": ("就业创业", "A20_11", "就业"),
    "social-insurance": ("社会保险", "A20_11", "社会保险"),
    "social-assistance": ("社会救助", "A21C_07", "社会救助"),
    "elderly-care": ("养老服务", "A20_11", "养老"),
    "household-registration": ("户籍管理", "A21C_06", "户籍"),
    "farm-subsidies": ("涉农补贴", "A20_11", "涉农补贴"),
    "compulsory-education": ("义务教育", "A20_11", "义务教育"),
    "health-care": ("医疗卫生", "A20_11", "医疗卫生"),
    "municipal-services": ("市政服务", "A21C_01", "市政"),
}
"""The 26 fields: name, the statutory column that takes their items unless the county says otherwise, how a title
names them. 扶贫 is 乡村振兴 today."""

CHANNELS: Final[dict[str, str]] = {
    "政府网站": "政府网站|门户网站|网站",
    "政府公报": "公报",
    "两微一端": "两微|微博|微信|客户端|新媒体",
    "发布会/听证会": "发布会|听证会",
    "广播电视": "广播|电视",
    "纸质媒体": "纸质|报纸",
    "公开查阅点": "查阅",
    "政务服务中心": "政务服务中心|服务大厅",
    "便民服务站": "便民",
    "入户/现场": "入户|现场",
    "社区/企事业单位/村公示栏（电子屏）": "公示栏|公开栏|电子屏",
    "精准推送": "推送",
    "其他": "其他",
}
"""The 13 channels of the official table, in its order, each with how it may be written."""

# An official table offers the places one by one; 电视 stands in none of the other names, 网站 in none before it.
_CHANNEL_PATTERNS: Final = {name: re.compile(pattern) for name, pattern in CHANNELS.items()}
_TICKED, _OPEN = "■☑✔√●▇🗹☒", "□☐○"
_BOX: Final = re.compile(rf"([{_TICKED}{_OPEN}])\s*([^{_TICKED}{_OPEN}]*)")
_YES: Final = re.compile(rf"^[{_TICKED}✓是]$")
TICK: Final = "√"

COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "number": ("序号", ""),
    "matter": ("公开事项", "一级事项"),
    "submatter": ("公开事项", "二级事项"),
    "content": ("公开内容（要素）", ""),
    "ground": ("公开依据", ""),
    "term": ("公开时限", ""),
    "organ": ("公开主体", ""),
    "channels": ("公开渠道和载体", ""),
    "everybody": ("公开对象", "全社会"),
    "group": ("公开对象", "特定群体（请写明）"),
    "active": ("公开方式", "主动"),
    "on_request": ("公开方式", "依申请"),
    "county": ("公开层级", "县级"),
    "town": ("公开层级", "乡级"),
}
"""The official columns in their order: heading and sub-heading."""

_HEADINGS: Final = {
    "number": "序号",
    "matter": "一级",
    "submatter": "二级",
    "content": "公开内容|公开要素",
    "ground": "依据",
    "term": "时限",
    "organ": "公开主体|责任主体|责任单位",
    "channels": "渠道",
    "everybody": "全社会",
    "group": "特定",
    "active": "主动",
    "on_request": "依申请",
    "county": "县级|县（市|区级|市级",
    "town": "乡级|乡镇|镇级",
}
_REQUIRED: Final = ("matter", "content", "ground", "organ")


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One row of the catalogue. `line` is its number in the table as read, 1 the first."""

    line: int
    matter: str
    submatter: str
    content: str
    ground: str
    term_text: str
    term: Term
    organ: str
    channels: tuple[str, ...]
    other_channel: str
    group: str
    """The group it is for; empty when it is for everybody."""
    active: bool
    on_request: bool
    county: bool
    town: bool

    @property
    def title(self) -> str:
        return f"{self.matter} · {self.submatter}" if self.submatter else self.matter


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a table: the line, the column's heading (or none), a sentence."""

    line: int
    heading: str
    what: str
    rule: str = ""


@dataclass(slots=True)
class Sheet:
    """What was read from one table."""

    field_code: str = ""
    """Key of FIELDS; empty when the table doesn't say which field it is."""
    rows: list[StandardRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def field_of(text: str) -> str:
    """The field that a title names, or ""."""
    return next((key for key, (_, _, names) in FIELDS.items() if re.search(names, text)), "")


def read(table: Sequence[Sequence[str]], name: str = "") -> Sheet:
    """Read one table, whose title (or `name`, the sheet's) says the field. Wrong rows are faults, not rows."""
    sheet = Sheet()
    place = _head(table)
    if place is None:
        sheet.faults.append(Fault(1, "", "找不到表头：须有“序号”“公开事项”“公开内容”等列"))
        return sheet
    first, columns = place
    titles = "".join(cell for row in table[: max(first - 2, 1)] for cell in row)
    sheet.field_code = field_of(titles) or field_of(name)
    if not sheet.field_code:
        sheet.faults.append(Fault(1, "", "表名和标题中没有 26 个试点领域之一的名称"))
    missing = [
        f"“{COLUMNS[key][1] or COLUMNS[key][0]}”" for key in COLUMNS if key not in columns and key != "submatter"
    ]
    if missing:
        sheet.faults.append(Fault(first, "", f"缺少{'、'.join(missing)}列"))
        return sheet
    _read_rows(table, first, columns, sheet)
    return sheet


def _head(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """Where the rows begin, and each column's place; the head is one line or two."""
    for at, row in enumerate(table[:10]):
        if not any(unspaced(cell) == "序号" for cell in row):
            continue
        below = table[at + 1] if at + 1 < len(table) else []
        two = any(re.search("一级|全社会|县级", cell) for cell in below)
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            heads = [unspaced(cell), unspaced(below[place]) if two and place < len(below) else ""]
            if key := _column(heads, columns):
                columns[key] = place
        return at + (2 if two else 1), columns
    return None


def _column(heads: list[str], known: dict[str, int]) -> str:
    """Which column a heading is: its sub-heading decides where it has one."""
    for head in filter(None, reversed(heads)):
        for key, pattern in _HEADINGS.items():
            if key not in known and re.search(pattern, head):
                return key
        if head == "公开事项" and "matter" not in known:
            return "matter"
    return ""


def _read_rows(table: Sequence[Sequence[str]], first: int, columns: dict[str, int], sheet: Sheet) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    matter = ""
    for line, cells in enumerate(table[first:], start=first + 1):
        texts = {key: cells[place].strip() if place < len(cells) else "" for key, place in columns.items()}
        if not any(texts[key] for key in ("matter", "content", "organ") if key in texts):
            continue
        if re.match(r"(?:备?注|填表说明|说明)[:：]", texts["number"] or texts["matter"]):
            continue
        # A first-level matter is written once for the rows below it.
        matter = texts["matter"] = _one_line(texts["matter"]) or matter
        faults: list[Fault] = []
        row = _row(line, texts, faults)
        if row is not None:
            key = (row.matter, row.submatter, row.content)
            if (same := seen.setdefault(key, line)) != line:
                faults.append(Fault(line, "公开事项", f"与第 {same} 行的事项和内容相同"))
        sheet.faults += faults
        if row is not None and not faults:
            sheet.rows.append(row)


def _row(line: int, texts: dict[str, str], faults: list[Fault]) -> StandardRow | None:
    def fault(key: str, what: str, rule: str = "") -> None:
        faults.append(Fault(line, COLUMNS[key][1] or COLUMNS[key][0], what, rule))

    for key in _REQUIRED:
        if not texts[key]:
            fault(key, "没有填")
    term = parse_term(texts["term"])
    if term is None:
        fault("term", f"看不出时限：“{texts['term']}”；应写实时、n 个工作日、n 日或者及时", "CAT-01")
    marks = {key: _marked(texts[key]) for key in ("everybody", "active", "on_request", "county", "town")}
    for key, value in marks.items():
        if value is None:
            fault(key, f"只打“{TICK}”或者空着，现在是“{texts[key]}”")
    group = texts["group"]
    if group and _YES.match(group):
        fault("group", "写明是哪些群体，不能只打勾", "CAT-02")
    if not group and not marks["everybody"]:
        fault("everybody", "公开对象没有填：全社会或者写明特定群体", "CAT-02")
    if not (marks["active"] or marks["on_request"]):
        fault("active", "公开方式没有填")
    if not (marks["county"] or marks["town"]):
        fault("county", "公开层级没有填")
    channels, other = _channels(texts["channels"], fault)
    if marks["on_request"] and not marks["active"] and len(channels) == len(CHANNELS):
        fault("channels", "依申请公开的，渠道不应全选", "CAT-03")
    if faults or term is None:
        return None
    return StandardRow(
        line=line,
        matter=texts["matter"],
        submatter=_one_line(texts.get("submatter", "")),
        content=texts["content"],
        ground=texts["ground"],
        term_text=_one_line(texts["term"]),
        term=term,
        organ=_one_line(texts["organ"]),
        channels=channels,
        other_channel=other,
        group="" if marks["everybody"] else group,
        active=bool(marks["active"]),
        on_request=bool(marks["on_request"]),
        county=bool(marks["county"]),
        town=bool(marks["town"]),
    )


def _marked(text: str) -> bool | None:
    """Ticked, not ticked, or None for anything else."""
    bare = unspaced(text)
    if not bare or bare in _OPEN or bare in "否/—-":
        return False
    return True if _YES.match(bare) else None


def _channels(text: str, fault: Callable[[str, str], None]) -> tuple[tuple[str, ...], str]:
    """The ticked channels in their official order, and what stands behind 其他."""
    ticked, other = set(), ""
    boxes = _BOX.findall(text)
    for mark, words in boxes:
        words = re.sub(r"[\s_＿]+", "", words)
        name = next((name for name, pattern in _CHANNEL_PATTERNS.items() if pattern.search(words)), None)
        if mark in _OPEN:
            continue
        if name is None:
            fault("channels", f"不认识的渠道：“{words}”")
            continue
        ticked.add(name)
        if name == "其他":
            other = re.sub(r"^其他[:：]?", "", words).strip("（）()")
    if not ticked and not (boxes and any(mark in _TICKED for mark, _ in boxes)):
        fault("channels", "一个渠道都没有选（选中的写■）")
    return tuple(name for name in CHANNELS if name in ticked), other


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()


def written(rows: Iterable[StandardRow]) -> list[list[str]]:
    """The official table of rows: two lines of headings, then the rows; `read` reads it back unchanged."""
    lines = [[head for head, _ in COLUMNS.values()], [below for _, below in COLUMNS.values()]]
    for number, row in enumerate(rows, start=1):
        ticks = {"active": row.active, "on_request": row.on_request, "county": row.county, "town": row.town}
        lines.append(
            [
                str(number),
                row.matter,
                row.submatter,
                row.content,
                row.ground,
                row.term_text,
                row.organ,
                _boxes(row),
                "" if row.group else TICK,
                row.group,
                *(TICK if ticks[key] else "" for key in ("active", "on_request", "county", "town")),
            ]
        )
    return lines


def _boxes(row: StandardRow) -> str:
    names = [
        f"{'■' if name in row.channels else '□'}{name}{f'：{row.other_channel}' if name == '其他' and row.other_channel else ''}"
        for name in CHANNELS
    ]
    return "\n".join(" ".join(names[at : at + 2]) for at in range(0, len(names), 2))
