"""政府网站工作年度报表: its cells, how each is typed, and what must hold between them.

国办函〔2018〕12号 names the eight parts and the last day, 1 月 31 日 (also domain-spec WEB-08); the cells are those of
the form that websites publish under it, whose wording is not checked word for word (【可】). Blank is not zero: nothing is
left out because it did not happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongkai_core.errors import InputError

DOC = "国办函〔2018〕12号"
TITLE = "政府网站工作年度报表"
YES, NO = "是", "否"
FIRST_YEAR = 2017
"""The first year that was to be reported, by 2018-01-31."""
LONGEST_TEXT = 60
LARGEST = Decimal("999999999999")

Value = Decimal | str | None


@dataclass(frozen=True)
class WebsiteCell:
    """One cell: `kind` is count, days, choice (是/否), text or tick; `parts` are the cells it adds.

    `known` cells are counted from the ledger of items; `unless` names a choice whose 否 leaves this cell empty.
    """

    id: str
    section: str
    group: str
    label: str
    unit: str = ""
    kind: str = "count"
    known: bool = False
    parts: tuple[str, ...] = ()
    unless: str = ""
    optional: bool = False

    @property
    def filed(self) -> bool:
        """Whether a person fills it in."""
        return not self.known and not self.parts

    @property
    def is_number(self) -> bool:
        return self.kind in ("count", "days")

    @property
    def name(self) -> str:
        """Group and label, for messages."""
        return f"{self.group}·{self.label}" if self.group and self.group != self.label else self.label


VISITS, INFO, TOPICS, REPLIES = "访问量", "信息发布", "专栏专题", "解读回应"
SERVICE, TALK, SAFETY, MEDIA, NEW = "办事服务", "互动交流", "安全防护", "移动新媒体", "创新发展"


def _cells() -> Iterator[WebsiteCell]:
    cell = WebsiteCell
    yield cell("w.visits.unique", VISITS, "", "独立用户访问总量", "个")
    yield cell("w.visits.total", VISITS, "", "网站总访问量", "次")
    info = ("w.info.overview", "w.info.news", "w.info.catalogue")
    yield cell("w.info.total", INFO, "", "总数", "条", parts=info)
    yield cell("w.info.overview", INFO, "", "概况类信息更新量", "条")
    yield cell("w.info.news", INFO, "", "政务动态信息更新量", "条")
    yield cell("w.info.catalogue", INFO, "", "信息公开目录信息更新量", "条", known=True)
    yield cell("w.topics.kept", TOPICS, "", "维护数量", "个")
    yield cell("w.topics.new", TOPICS, "", "新开设数量", "个")
    read = ("w.read.texts", "w.read.products", "w.read.comments")
    yield cell("w.read.total", REPLIES, "解读信息发布", "总数", "条", parts=read)
    yield cell("w.read.texts", REPLIES, "解读信息发布", "解读材料数量", "条", known=True)
    yield cell("w.read.products", REPLIES, "解读信息发布", "解读产品数量", "个", known=True)
    yield cell("w.read.comments", REPLIES, "解读信息发布", "媒体评论文章数量", "篇")
    yield cell("w.response", REPLIES, "", "回应公众关注热点或重大舆情数量", "次")
    yield cell("w.service.listed", SERVICE, "", "是否发布服务事项目录", kind="choice")
    yield cell("w.service.users", SERVICE, "", "注册用户数", "个")
    yield cell("w.service.items", SERVICE, "", "政务服务事项数量", "项")
    yield cell("w.service.online", SERVICE, "", "可全程在线办理政务服务事项数量", "项")
    handled = ("w.service.natural", "w.service.legal")
    yield cell("w.service.handled", SERVICE, "办件量", "总数", "件", parts=handled)
    yield cell("w.service.natural", SERVICE, "办件量", "自然人办件量", "件")
    yield cell("w.service.legal", SERVICE, "办件量", "法人办件量", "件")
    yield cell("w.talk.unified", TALK, "", "是否使用统一平台", kind="choice")
    yield cell("w.letters.received", TALK, "留言办理", "收到留言数量", "条")
    yield cell("w.letters.closed", TALK, "留言办理", "办结留言数量", "条")
    yield cell("w.letters.days", TALK, "留言办理", "平均办理时间", "天", kind="days")
    yield cell("w.letters.public", TALK, "留言办理", "公开答复数量", "条")
    yield cell("w.surveys.held", TALK, "征集调查", "征集调查期数", "期")
    yield cell("w.surveys.opinions", TALK, "征集调查", "收到意见数量", "条")
    yield cell("w.surveys.results", TALK, "征集调查", "公布调查结果期数", "期")
    yield cell("w.interviews.held", TALK, "在线访谈", "访谈期数", "期")
    yield cell("w.interviews.questions", TALK, "在线访谈", "网民留言数量", "条")
    yield cell("w.interviews.answers", TALK, "在线访谈", "答复网民提问数量", "条")
    yield cell("w.talk.smart", TALK, "", "是否提供智能问答", kind="choice")
    yield cell("w.safety.checks", SAFETY, "", "安全检测评估次数", "次")
    yield cell("w.safety.found", SAFETY, "", "发现问题数量", "个")
    yield cell("w.safety.mended", SAFETY, "", "问题整改数量", "个")
    yield cell("w.safety.alarm", SAFETY, "", "是否建立安全监测预警机制", kind="choice")
    yield cell("w.safety.drill", SAFETY, "", "是否开展应急演练", kind="choice")
    yield cell("w.safety.person", SAFETY, "", "是否明确网站安全责任人", kind="choice")
    yield cell("w.media.any", MEDIA, "", "是否有移动新媒体", kind="choice")
    for key, name, followers in (("weibo", "微博", "关注量"), ("wechat", "微信", "订阅数")):
        yield cell(f"w.{key}.name", MEDIA, name, "名称", kind="text", unless="w.media.any", optional=True)
        yield cell(f"w.{key}.posts", MEDIA, name, "信息发布量", "条", unless="w.media.any")
        yield cell(f"w.{key}.followers", MEDIA, name, followers, "个", unless="w.media.any")
    yield cell("w.media.other", MEDIA, "", "其他", kind="text", unless="w.media.any", optional=True)
    for key, name in (
        ("search", "搜索即服务"), ("languages", "多语言版本"), ("accessible", "无障碍浏览"), ("personal", "千人千网"),
    ):  # fmt: skip
        yield cell(f"w.new.{key}", NEW, "", name, kind="tick", optional=True)
    yield cell("w.new.other", NEW, "", "其他", kind="text", optional=True)


CELLS: Mapping[str, WebsiteCell] = {each.id: each for each in _cells()}
SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(each.section for each in CELLS.values()))

# (the smaller, the larger): no part is more than its whole.
AT_MOST = (
    ("w.visits.unique", "w.visits.total"),
    ("w.topics.new", "w.topics.kept"),
    ("w.service.online", "w.service.items"),
    ("w.letters.closed", "w.letters.received"),
    ("w.letters.public", "w.letters.received"),
    ("w.surveys.results", "w.surveys.held"),
    ("w.safety.mended", "w.safety.found"),
)
# (count, what cannot be there without it)
NOTHING_WITHOUT = (
    ("w.surveys.held", "w.surveys.opinions"),
    ("w.interviews.held", "w.interviews.questions"),
    ("w.interviews.held", "w.interviews.answers"),
    ("w.safety.checks", "w.safety.found"),
)
JUMP = 5
"""A count so many times last year's, or the other way round, is asked about."""
WORTH_ASKING = 100
"""Below this a jump says nothing."""


@dataclass(frozen=True)
class WebsiteFinding:
    """What is amiss: `level` error stops approval, warning is to be looked at; `cells` both sides of it."""

    rule: str
    level: str
    cells: tuple[str, ...]
    detail: str


def parse(cell: WebsiteCell, text: str) -> Value:
    """A typed text as the cell's value, None when blank. InputError with what is wrong."""
    text = text.strip()
    if not text:
        return None
    if cell.kind in ("choice", "tick"):
        if text not in (YES, NO):
            raise InputError(f"“{cell.name}”请选是或者否")
        return text
    if cell.kind == "text":
        if len(text) > LONGEST_TEXT:
            raise InputError(f"“{cell.name}”不超过 {LONGEST_TEXT} 个字")
        return text
    return _number(cell, text)


def _number(cell: WebsiteCell, text: str) -> Decimal:
    plain = text.replace(",", "").replace("，", "").translate(_FULL_WIDTH)
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise InputError(f"“{cell.name}”请填数，不写单位") from None
    if not value.is_finite() or value < 0 or value > LARGEST:
        raise InputError(f"“{cell.name}”请填 0 或者正数")
    places = 1 if cell.kind == "days" else 0
    if value != value.quantize(Decimal(1).scaleb(-places)):
        raise InputError(f"“{cell.name}”最多一位小数" if places else f"“{cell.name}”请填整数")
    return value


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


def completed(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values with every sum added up; a sum with a blank part is blank unless it is given."""
    found: dict[str, Value] = {cell_id: values.get(cell_id) for cell_id in CELLS}
    for cell in CELLS.values():
        if cell.parts and found[cell.id] is None:
            parts = [found[part] for part in cell.parts]
            if all(isinstance(part, Decimal) for part in parts):
                found[cell.id] = sum((part for part in parts if isinstance(part, Decimal)), Decimal(0))
    return found


def check(values: Mapping[str, Value], before: Mapping[str, Value] | None = None) -> list[WebsiteFinding]:
    """What is missing or does not fit, in the form's order; `before` are last year's values."""
    values = completed(values)
    return [
        *_blanks(values),
        *_sums(values),
        *_at_most(values),
        *_choices(values),
        *_jumps(values, before or {}),
    ]


def _blanks(values: Mapping[str, Value]) -> Iterator[WebsiteFinding]:
    for cell in CELLS.values():
        skipped = cell.optional or cell.parts or values.get(cell.unless) == NO
        if values[cell.id] is None and not skipped:
            words = "请选是或者否" if cell.kind == "choice" else "空白不等于零，没有的填 0"
            yield WebsiteFinding("W-blank", "error", (cell.id,), f"“{cell.name}”没有填：{words}")


def _sums(values: Mapping[str, Value]) -> Iterator[WebsiteFinding]:
    for cell in CELLS.values():
        total, parts = values[cell.id], [values[part] for part in cell.parts]
        if cell.parts and isinstance(total, Decimal) and all(isinstance(part, Decimal) for part in parts):
            added = sum((part for part in parts if isinstance(part, Decimal)), Decimal(0))
            if total != added:
                detail = f"“{cell.section}·{cell.name}”{total:f} 与各项之和 {added:f} 不等"
                yield WebsiteFinding("W-sum", "warning", (cell.id, *cell.parts), detail)


def _at_most(values: Mapping[str, Value]) -> Iterator[WebsiteFinding]:
    for small, large in AT_MOST:
        less, more = values[small], values[large]
        if isinstance(less, Decimal) and isinstance(more, Decimal) and less > more:
            detail = f"“{CELLS[small].name}”{less:f} 大于“{CELLS[large].name}”{more:f}"
            yield WebsiteFinding("W-at-most", "error", (small, large), detail)
    for base, follows in NOTHING_WITHOUT:
        if values[base] == 0 and values[follows]:
            detail = f"“{CELLS[base].name}”为 0，“{CELLS[follows].name}”却是 {values[follows]}"
            yield WebsiteFinding("W-without", "error", (base, follows), detail)


def _choices(values: Mapping[str, Value]) -> Iterator[WebsiteFinding]:
    for cell in CELLS.values():
        if cell.unless and values.get(cell.unless) == NO and values[cell.id] not in (None, 0):
            detail = f"“{CELLS[cell.unless].label}”选了否，“{cell.name}”却填了 {values[cell.id]}"
            yield WebsiteFinding("W-choice", "error", (cell.unless, cell.id), detail)


def _jumps(values: Mapping[str, Value], before: Mapping[str, Value]) -> Iterator[WebsiteFinding]:
    for cell in CELLS.values():
        now, then = values[cell.id], before.get(cell.id)
        if not (cell.is_number and isinstance(now, Decimal) and isinstance(then, Decimal)):
            continue
        if max(now, then) >= WORTH_ASKING and (now > JUMP * then or then > JUMP * now):
            detail = f"“{cell.section}·{cell.name}”由上年 {then:f} 变为 {now:f}，请核对"
            yield WebsiteFinding("W-jump", "warning", (cell.id,), detail)


def sections_to_prove(values: Mapping[str, Value]) -> list[str]:
    """Sections in which a person filed a number other than zero: each wants its evidence (佐证)."""
    filed = (cell for cell in CELLS.values() if cell.filed and cell.is_number and values.get(cell.id))
    return list(dict.fromkeys(cell.section for cell in filed))


def printed(cell: WebsiteCell, value: Value) -> str:
    """A value as the form shows it; a blank stays blank, a tick is a box."""
    if cell.kind == "tick":
        return "■" if value == YES else "□"
    if cell.kind == "choice":
        return "".join(f"{'■' if value == word else '□'}{word}　" for word in (YES, NO)).strip("　")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value or ""
