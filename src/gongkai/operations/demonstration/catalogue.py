"""Who owes what under the catalogue: guides and budgets of the organs, two fields of the standard catalogue, and what a
year leaves open: empty columns, overdue ones, statements that there is no such matter, reminders."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Role
from gongkai.documents.blobs import store
from gongkai.documents.sheets import XLSX
from gongkai.operations.demonstration.items import publish_item
from gongkai.operations.demonstration.organs import County, guide_of
from gongkai.publishing.actions import (
    assign_duties,
    import_catalogue,
    remind,
    state_no_matter,
)
from gongkai.publishing.models import CatalogueEntry, Column, Duty
from gongkai.publishing.obligations import generate
from gongkai.publishing.skeleton import seed_duties
from gongkai.publishing.standard import Printed, book, read_book
from gongkai_core.disclosure import parse_term
from gongkai_core.disclosure.standard import StandardRow

ASSIGNED: dict[str, tuple[str, ...]] = {
    "A20_03": ("发展改革委",),
    "A20_04": ("发展改革委",),
    "A20_05": ("教育局", "公安局", "自然资源局", "交通运输局", "市场监督管理局"),
    "A20_06": ("公安局", "市场监督管理局", "城市管理局"),
    "A20_08": ("财政局",),
    "A20_09": ("财政局",),
    "A20_10": ("发展改革委", "住房城乡建设局"),
    "A20_11": ("教育局", "民政局", "卫生健康局", "医疗保障局", "人力资源社会保障局"),
    "A20_12": ("应急管理局",),
    "A20_13": ("生态环境分局", "应急管理局", "市场监督管理局"),
    "A20_14": ("人力资源社会保障局",),
    "A21C_01": ("住房城乡建设局",),
    "A21C_02": ("文化旅游局",),
    "A21C_04": ("自然资源局",),
    "A21C_05": ("住房城乡建设局",),
    "A21C_06": ("公安局",),
    "A21C_07": ("民政局",),
}
"""Which organ answers for which column, where the county's government doesn't."""
NO_MATTER = (("A21T_06", "本年度没有房屋征收"), ("A21T_07", "本年度没有筹资筹劳项目"))
"""What most towns have nothing of, and say so."""
LAGGING = 4
"""Organs whose budget is not public yet; every fifth one was late."""

_EDUCATION = (
    ("政策文件", "教育法律法规", "法律、法规、规章", "20个工作日"),
    ("教育概况", "教育事业发展主要情况", "学校数、在校生数、教师数、办学条件", "每年3月底前，20个工作日"),
    ("招生管理", "学校招生范围", "施教区范围、招生计划、报名条件", "每半年，7个工作日"),
    ("学生管理", "学生资助政策", "资助对象、标准、程序", "20个工作日"),
)
_ASSISTANCE = (
    ("最低生活保障", "办理指南", "条件、材料、程序、时限", "20个工作日"),
    ("最低生活保障", "审核审批信息", "低保对象人数、资金支出", "每季度，20个工作日"),
    ("特困人员救助供养", "办理指南", "条件、材料、程序、时限", "20个工作日"),
    ("临时救助", "救助结果", "救助人次、资金支出", "每季度，20个工作日"),
)
_FIELDS = (
    ("义务教育", "county", "教育局", "义务教育法、政府信息公开条例", _EDUCATION),
    ("社会救助", "county", "民政局", "社会救助暂行办法", _ASSISTANCE),
    ("社会救助", "town", "乡镇人民政府", "社会救助暂行办法", _ASSISTANCE[1:3]),
)


def build_catalogue(county: County) -> None:
    """The present year's duties and what became of them; after the items, which serve many of them."""
    first = date(county.today.year, 1, 1)
    seed_duties(first)
    for code, names in ASSIGNED.items():
        entry = CatalogueEntry.objects.get(column__code=code, catalogue=None)
        assign_duties(entry, [county.organs[name] for name in names], by=county.office, today=first)
    _import_standard(county, first)
    generate(county.today)
    _publish_standing(county)
    _state(county)
    for name in ("科技局", "云岭乡"):
        remind(county.organs[name], by=county.office, today=county.today)


def _import_standard(county: County, day: date) -> None:
    for field, level, organ, ground, rows in _FIELDS:
        table = [
            StandardRow(
                line=number, matter=matter, submatter=submatter, content=content, ground=ground, term_text=term,
                term=parse_term(term), organ=organ, channels=("政府网站", "公开查阅点"), other_channel="", group="",
                active=True, on_request=False, county=level == "county", town=level == "town",
            )
            for number, (matter, submatter, content, term) in enumerate(rows, start=1)
        ]  # fmt: skip
        file = book([Printed(field, f"青禾县{field}领域基层政务公开标准目录", table)])
        kept = store(file, name=f"{field}领域基层政务公开标准目录.xlsx", content_type=XLSX)
        import_catalogue(read_book(file)[0], level=level, source=kept, by=county.office, today=day)


def _publish_standing(county: County) -> None:
    """Guides, functions and this year's budgets of the organs, some late, some not at all."""
    columns = {column.code: column for column in Column.objects.filter(code__in=("GUIDE", "A20_02", "A20_07"))}
    organs = [organ for organ in county.organs.values() if organ.answers_applications]
    for at, organ in enumerate(organs):
        in_time = county.no_later(date(county.today.year, 1, 15))
        late = county.no_later(date(county.today.year, 8, 10))
        if at % 7 != 3:
            publish_item(
                county,
                organ,
                columns["GUIDE"],
                f"{organ.name}政府信息公开指南",
                guide_of(organ),
                in_time,
                formed_on=in_time,
            )
            text = f"<p>{organ.name}的机关职能、机构设置、负责人姓名见本页；办公地址：{organ.address}。</p>"
            publish_item(county, organ, columns["A20_02"], f"{organ.name}机构职能", text, in_time, formed_on=in_time)
        if at >= LAGGING:
            title = f"{organ.name}{county.today.year}年部门预算"
            day = late if at % 5 == 0 else county.no_later(date(county.today.year, 2, 20))
            text = "<p>收支总表、财政拨款收支总表、一般公共预算支出表和“三公”经费支出表，已经财政部门批复。</p>"
            publish_item(county, organ, columns["A20_07"], title, text, day, formed_on=day)


def _state(county: County) -> None:
    """Most towns say of what they have nothing; one doesn't."""
    for code, words in NO_MATTER:
        duties = list(Duty.objects.filter(entry__column__code=code, until=None).select_related("entry", "agency"))
        for duty in duties[:-1]:
            by = county.person(duty.agency, Role.DRAFTER)
            day = county.no_later(date(county.today.year, 1, 8))
            state_no_matter(duty.entry, duty.agency, year=day.year, by=by, today=day, words=words)
