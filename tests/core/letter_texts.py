"""Whole letters as they leave the house, and remedies alone, as plain text: what the files in letters/ hold.

`python tests/core/letter_texts.py` (with src and tests/core on the path) writes them anew; read what changed before
it is committed: these are the words that people get and courts read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gongkai_core import outcomes
from gongkai_core.letters import (
    LEGAL_REVIEW_CHOICES,
    LETTERS,
    ORGAN_KINDS,
    AnsweringBody,
    Value,
    document_number,
    remedy_clause,
    render,
)
from gongkai_core.outcomes import OUTCOMES
from gongkai_core.refusals import Refused

FOLDER = Path(__file__).parent / "letters"
PERIODS = {"before_2024": (date(2023, 3, 1), date(2023, 3, 28)), "from_2024": (date(2026, 3, 2), date(2026, 3, 27))}
"""Period → the days of receipt and of signature."""
CHOSEN = "review_only"
"""What legal review chose in these letters, where the law leaves it open."""
NAMES = {
    "own_government": "清溪县人民政府", "superior_government": "澄江市人民政府", "superior_department": "澄江市住房和城乡建设局",
    "founding_government": "清溪县人民政府", "founding_department": "清溪县住房和城乡建设局", "superior_justice": "澄江市司法局",
    "managing_body": "清溪县住房和城乡建设局",
}  # fmt: skip
OTHER_NAMES = {
    "town_government": {"superior_government": "清溪县人民政府"},
    "justice_bureau": {"superior_department": "澄江市司法局"},
    "vertical": {"superior_department": "国家税务总局澄江市税务局"},
}
COURTS = {"basic": "清溪县人民法院", "intermediate": "澄江市中级人民法院"}
REVIEW_URL = "https://xzfy.example.gov.cn"

REASON = "该信息是本机关与有关部门就拆迁补偿标准往来讨论的内部意见，没有形成决定"
WORDS: dict[str, dict[str, Value]] = {
    "grant.already_public": {"access_path": "清溪县人民政府网站“政府信息公开”专栏“重大建设项目”，索引号 11990123MA/{last}-00317"},
    "grant.provide": {"provide_form": "电子数据", "pages": 3, "attachments": "《柳林路道路改造项目中标通知书》"},
    "partial": {
        "disclosed": "中标单位名称和中标金额", "provide_form": "电子数据", "withheld": "评标专家名单", "exemption": "内部事务信息",
        "article": "十六", "reason": "评标专家名单属于内部人事管理信息",
    },
    "refuse.state_secret": {
        "exemption": "国家秘密", "article": "十四", "reason": "该文件经原定密机关确定为秘密级国家秘密，保密期限未满",
    },
    "refuse.prohibited_by_law": {
        "exemption": "法律、行政法规禁止公开的信息", "article": "十四",
        "reason": "《中华人民共和国统计法》第九条规定，统计调查中获得的能够识别单个统计调查对象身份的资料应当予以保密",
    },
    "refuse.security_stability": {
        "exemption": "公开后可能危及社会稳定的信息", "article": "十四", "reason": "经本机关集体研究，公开后可能危及社会稳定",
    },
    "refuse.third_party": {
        "exemption": "涉及商业秘密的信息", "article": "十五", "reason": "经书面征求意见，第三方不同意公开，不公开也不会对公共利益造成重大影响",
    },
    "refuse.internal_affairs": {"exemption": "内部事务信息", "article": "十六", "reason": "该信息是本机关内部车辆调度的记录"},
    "refuse.process_info": {"exemption": "过程性信息", "article": "十六", "reason": REASON},
    "refuse.enforcement_file": {
        "exemption": "行政执法案卷信息", "article": "十六", "reason": "该信息存于尚未办结的行政处罚案卷",
    },
    "refuse.admin_query": {
        "kind": "不动产登记资料", "special_law": "《不动产登记暂行条例》", "query_place": "清溪县不动产登记中心",
    },
    "unable.not_held.not_exist": {
        "keywords": "柳林路 中标", "search_scope": "公文系统、综合档案室", "units": "工程股、办公室",
        "hint": "您（贵单位）可以向清溪县公共资源交易中心了解。",
    },
    "unable.not_held.not_this_organ": {
        "reason": "公路工程项目由交通运输主管部门管理", "other_organ": "清溪县交通运输局", "other_contact": "0990-1111111",
    },
    "unable.needs_creation": {"processing": "汇总统计"},
    "unable.still_unclear": {"amended_on": "{year}年3月10日", "unclear": "没有写明项目所在的道路和年度"},
    "decline.petition": {"nature": "投诉举报", "channel_hint": "12345 政务服务便民热线"},
    "decline.repeat": {"prev_on": "{last}年11月3日", "prev_docno": "清建公开告〔{last}〕31号"},
    "decline.publication": {"access_path": "《清溪年鉴（{last}）》由方志出版社出版，县新华书店有售"},
    "decline.excessive": {
        "period": "{year}年1月至2月", "count": 42, "reason_asked_on": "{year}年3月5日", "reason_reply": "于{year}年3月9日答复称用于课题研究",
    },
    "decline.reconfirm": {"prev_on": "{last}年11月3日", "prev_way": "邮寄", "demand": "在复印件上加盖印章重新出具"},
    "other.no_amend": {
        "fact": "您（贵单位）无正当理由逾期未补正，视为放弃申请", "basis": "《中华人民共和国政府信息公开条例》第三十条的规定",
    },
    "other.no_payment": {
        "fact": "您（贵单位）逾期未缴纳信息处理费，视为放弃申请", "basis": "《政府信息公开信息处理费管理办法》第六条的规定",
    },
    "other.withdrawn": {"fact": "您（贵单位）已书面撤回申请", "basis": "您（贵单位）的撤回书"},
    "other.not_gov_info": {
        "reason": "您（贵单位）要求对法律条款的含义作出解释，属于咨询", "hint": "您（贵单位）可以拨打 0990-7654321 咨询。",
    },
    "other.misc": {
        "finding": "您（贵单位）申请公开的信息已随同日提出的另一件申请一并答复", "basis": "《中华人民共和国政府信息公开条例》第三十三条的规定",
        "result": "本件不再另行提供",
    },
}  # fmt: skip
"""For each outcome what a careful handler would write; {year} and {last} are those of the letter and before it."""
SINCE = {  # 行政复议法 2024-01-01; courts: 法释〔2021〕5号 and the pilot of 2021 to 2023
    "2015年4月30日以前": (date(2015, 4, 30), ""),
    "2015年5月1日至2021年3月31日": (date(2021, 3, 31), ""),
    "2021年4月1日至2023年12月31日": (date(2023, 12, 31), ""),
    "试点省份2021年10月1日至2023年9月27日": (date(2021, 10, 1), "河南省"),
    "2024年1月1日以后": (date(2024, 1, 1), ""),
}
KINDS_OF_REMEDY = {
    "复议或者诉讼": ("grant.provide", None),
    "不予公开": ("refuse.internal_affairs", None),
    "部分公开": ("partial", None),
    **{f"法审选定：{choice}": ("decline.petition", choice) for choice in LEGAL_REVIEW_CHOICES},
}
"""What is said → an outcome that says it, and what legal review chose."""
NEW_LAW_ONLY = [name for name in KINDS_OF_REMEDY if name != "复议或者诉讼"]
"""Before 2024 every answer said the same: review or suit."""


def answering_body(kind: str, body: str, province: str = "") -> AnsweringBody:
    names = NAMES | OTHER_NAMES.get(kind, {})
    return AnsweringBody(kind, body, province=province, review_names=names, courts=COURTS)


def letter_text(outcome: str, period: str) -> str:
    """The whole answer of a county's bureau, delivered by post."""
    received_on, signed_on = PERIODS[period]
    letter = LETTERS[OUTCOMES[outcome].letters[0]]
    chosen = CHOSEN if outcomes.remedy_for(outcome, signed_on) == "legal_review" else None
    values: dict[str, Value | None] = {
        "organ": "清溪县住房和城乡建设局", "docno": document_number("清建公开", letter.docno_suffix, signed_on.year, 7),
        "addressee": "欧阳若水", "channel": "邮寄", "case_no": f"清建公开申〔{signed_on.year}〕12号",
        "request_text": "滨河镇柳林路{last}年道路改造项目的中标通知书", "signed_on": signed_on, **WORDS[outcome],
    }  # fmt: skip
    years = {"{year}": str(signed_on.year), "{last}": str(signed_on.year - 1)}
    values = {name: _in_years(value, years) for name, value in values.items()}
    paper = render(
        letter.code,
        values,
        received_on=received_on,
        outcome=outcome,
        remedy=remedy_clause(outcome, signed_on, answering_body("department", "organ"), legal_review_choice=chosen),
        delivered_by="post",
    )
    return paper.text.rstrip("\n") + "\n"


def _in_years(value: Value | None, years: dict[str, str]) -> Value | None:
    if isinstance(value, str):
        for place, year in years.items():
            value = value.replace(place, year)
    return value


def remedies_text(kind: str) -> str:
    """Every remedy of a kind of organ, for both answering bodies, by the day of the letter."""
    parts = [f"{ORGAN_KINDS[kind]}\n"]
    for body, name in (("organ", "本机关答复"), ("designated_office", "指定机构以自己名义答复")):
        parts.append(f"\n\n{name}\n")
        for when, (signed_on, province) in SINCE.items():
            parts.append(f"\n{when}\n")
            parts += _sentences(answering_body(kind, body, province), signed_on)
    return "".join(parts)


def _sentences(body: AnsweringBody, signed_on: date) -> Iterator[str]:
    for name, (outcome, choice) in KINDS_OF_REMEDY.items():
        new_law = signed_on >= date(2024, 1, 1)
        if name in NEW_LAW_ONLY and not new_law:
            continue
        for way in ("", "（网上送达）") if new_law else ("",):
            if way and choice == "none":
                continue
            try:
                said = remedy_clause(
                    outcome, signed_on, body, delivered_online=bool(way), review_url=REVIEW_URL if way else "",
                    legal_review_choice=choice,
                )  # fmt: skip
            except Refused as refused:
                said = [f"不能签发：{refused.refusal.message}"]
            yield f"  {name}{way}\n" + "".join(f"    {sentence}\n" for sentence in said or ["（不写）"])


def every_text() -> dict[str, str]:
    """File name → its text."""
    letters = {f"{outcome}.{period}.txt": letter_text(outcome, period) for outcome in OUTCOMES for period in PERIODS}
    return letters | {f"remedy.{kind}.txt": remedies_text(kind) for kind in ORGAN_KINDS}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name, text in every_text().items():
        (FOLDER / name).write_text(text, "utf-8")
