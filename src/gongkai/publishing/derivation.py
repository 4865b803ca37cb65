"""What is not typed but derived, and may be corrected: topic, genre, 五公开, 文号's form, the responsible organ.

By hand are only 标题, 栏目, 公开属性, and 文号 and 成文日期 of documents (domain-spec §11.7 item 48).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from gongkai.agencies.models import Agency, LegalKind
from gongkai.agencies.office_settings import Declared, declare
from gongkai.publishing.content import genre_of, summary
from gongkai.publishing.models import Column, Facts, Openness, Origin, Phase, Topic
from gongkai_core.docnos import suggestion
from gongkai_core.exemptions import EXEMPTIONS, REASSESSMENT, reassess_on
from gongkai_core.reading.sniffing import visible
from gongkai_core.responsibility import Responsible, responsible_organ

REASSESS_MONTHS = declare(
    Declared("publishing.reassess_months", "不予公开信息每几个月评估一次", 12, f"{REASSESSMENT}（条例只说定期）")
)

_PHASES = {
    Phase.DECISION: ("A20_01", "A20_03", "A20_15"),
    Phase.EXECUTION: ("A20_09", "A20_10", "A20_12", "A21C_01", "A21C_04", "A21C_05"),
    Phase.MANAGEMENT: ("GUIDE", "SYSTEM", "A20_02", "A20_06", "A20_08", "A20_13", "A20_14", "A21C_06"),
    Phase.SERVICE: ("A20_05", "A20_11", "A21C_02", "A21C_03", "A21C_07"),
    Phase.RESULT: ("A20_04", "A20_07", "REPORT"),
}
"""五公开 by column (国办发〔2016〕80号): 决策、执行、管理、服务、结果公开. A column below another follows it."""
_PHASE_OF = {code: phase for phase, codes in _PHASES.items() for code in codes}

_TOPIC_WORDS: tuple[tuple[Topic, str], ...] = (
    (Topic.FINANCE, "预算 决算 财政 金融 审计 税 收费 采购 国债 债券"),
    (Topic.LABOUR, "就业 社会保险 养老保险 工资 劳动 招考 录用 人事 公务员 监察 招聘"),
    (Topic.EDUCATION, "教育 学校 招生 中小学 义务教育 科技 科学技术 教师"),
    (Topic.HEALTH, "医疗 卫生 疫情 疾病 医院 药品 体育 健康 防疫"),
    (Topic.CONSTRUCTION, "住房 城乡规划 规划建设 建设工程 环境 污染 市政 房屋 物业 生态"),
    (Topic.LAND_ENERGY, "土地 国土 征收 征地 矿产 能源 电力 燃气 自然资源 不动产"),
    (Topic.AGRICULTURE, "农业 农村 林业 水利 防汛 抗旱 粮食 畜牧 乡村振兴 耕地"),
    (Topic.INDUSTRY, "工业 交通 公路 道路 运输 邮政 通信 信息化"),
    (Topic.TRADE, "商务 旅游 外贸 消费 市场流通 电子商务"),
    (Topic.MARKET, "安全生产 市场监管 食品 产品质量 特种设备 应急 消防 价格 计量"),
    (Topic.CIVIL_AFFAIRS, "救助 低保 民政 救灾 扶贫 慈善 殡葬 优抚 养老服务"),
    (Topic.SECURITY, "公安 治安 司法 户籍 法律 复议 普法 禁毒"),
    (Topic.CULTURE, "文化 广播 电视 新闻 出版 文物 图书馆"),
    (Topic.POPULATION, "生育 妇女 儿童 未成年人 托育"),
    (Topic.ETHNIC, "民族 宗教"),
    (Topic.DEFENCE, "国防 征兵 人民防空 退役军人"),
    (Topic.HONG_KONG, "台湾 香港 澳门 侨"),
    (Topic.FOREIGN, "外事 涉外"),
    (Topic.ECONOMY, "国有资产 国企 国民经济 重大项目 统计 发展规划 营商环境"),
    (Topic.GENERAL_AFFAIRS, "政务 信息公开 机构职能 值班 公文 会议 办公 督查 指南 审批"),
)
_TOPIC_OF_COLUMN = {
    "GUIDE": Topic.GENERAL_AFFAIRS,
    "SYSTEM": Topic.GENERAL_AFFAIRS,
    "REPORT": Topic.GENERAL_AFFAIRS,
    "A20_02": Topic.GENERAL_AFFAIRS,
    "A20_03": Topic.ECONOMY,
    "A20_04": Topic.ECONOMY,
    "A20_07": Topic.FINANCE,
    "A20_08": Topic.FINANCE,
    "A20_09": Topic.FINANCE,
    "A20_10": Topic.ECONOMY,
    "A20_12": Topic.MARKET,
    "A20_14": Topic.LABOUR,
    "A21C_01": Topic.CONSTRUCTION,
    "A21C_04": Topic.LAND_ENERGY,
    "A21C_05": Topic.CONSTRUCTION,
    "A21C_06": Topic.SECURITY,
    "A21C_07": Topic.CIVIL_AFFAIRS,
}


def topic_of(title: str, column: Column) -> str:
    """主题分类 by the words of the title, else by the column."""
    for topic, words in _TOPIC_WORDS:
        if any(word in title for word in words.split()):
            return topic.value
    found = next((_TOPIC_OF_COLUMN[code] for code in _codes(column) if code in _TOPIC_OF_COLUMN), Topic.OTHER)
    return found.value


def phase_of(column: Column) -> str:
    """五公开 of a column, or of the one above it."""
    return next((_PHASE_OF[code] for code in _codes(column) if code in _PHASE_OF), Phase.MANAGEMENT).value


def _codes(column: Column) -> list[str]:
    codes, place = [], column
    while place is not None:
        codes.append(place.code)
        place = place.parent
    return codes


_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")


def one_line(title: str) -> str:
    """A title without breaks of lines and signs that nobody sees: it goes into lists, files and other sites' pages."""
    return visible(_BREAKS.sub(" ", title)).strip()


def derived(facts: dict[str, Any]) -> dict[str, Any]:
    """The metadata with what was left blank filled in; what doesn't belong to the attribute chosen is emptied."""
    title, column = one_line(facts["title"]), facts["column"]
    made = {
        "title": title,
        "topic": facts.get("topic") or topic_of(title, column),
        "genre": facts.get("genre") or genre_of(title),
        "phase": facts.get("phase") or phase_of(column),
        "origin": facts.get("origin") or Origin.OWN,
        "docno": suggestion(facts.get("docno", "")) or facts.get("docno", ""),
    }
    if facts.get("openness", Openness.OPEN) == Openness.OPEN:
        made |= dict.fromkeys(("exemption", "openness_reason", "openness_article", "openness_note"), "")
    elif not facts.get("openness_article") and facts.get("exemption") in EXEMPTIONS:
        made["openness_article"] = EXEMPTIONS[facts["exemption"]].article
    return {**facts, **made}


def summary_of(facts: Facts, body: str) -> str:
    """内容概述: the corrected one, else the first words of the text."""
    return facts.summary or summary(body)


def responsible(facts: Facts, agency: Agency) -> Responsible:
    """Who is responsible for publishing it (条例第十条); a dispatched office acts in its own name."""
    unit = agency.name if agency.legal_kind == LegalKind.DISPATCHED_OFFICE else ""
    other = facts.origin_organ
    return responsible_organ(
        facts.origin, holder=agency.name, acting_unit=unit,
        maker=other or agency.name, lead=other if facts.origin == Origin.JOINT else "",
    )  # fmt: skip


def next_reassessment(facts: Facts, last: date) -> date | None:
    """When a document that is not open is looked at again (ORG-06); None for an open one."""
    return None if facts.openness == Openness.OPEN else reassess_on(last, REASSESS_MONTHS.value())
