"""The library of exemptions (不予公开库): 条例第十四条至第十六条, what each demands, and when a "no" is looked at again.

A document that is not published proactively says why and on which article (国办发〔2016〕80号). `Exemption.strength`
tells "shall not" (第十四、十五条) from "may not" (第十六条), where the organ owes its discretion an explanation.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai_core.refusals import Refusal

SHORTEST_REASON: Final = 20
SHORTEST_NOTE: Final = 10
REASSESSMENT: Final = "条例第十八条"
ATTRIBUTE: Final = "国办发〔2016〕80号；条例第十三条至第十六条"

_LAW: Final = re.compile(r"《[^《》]{2,60}》[^《》]*第[一二三四五六七八九十百零〇\d]+条")


@dataclass(frozen=True, slots=True)
class Exemption:
    """One ground for not publishing: its article, whether it binds, and the note it demands beside the reason."""

    code: str
    article: str
    strength: str
    """must: the information shall not be published; may: the organ may decide not to."""
    label: str
    content: str
    note: str = ""
    """What must be explained beside the reason; empty when nothing."""

    @property
    def words(self) -> str:
        return f"{self.article}：{self.label}（{'不得公开' if self.strength == 'must' else '可以不予公开'}）"


_DISCRETION: Final = "裁量说明"
EXEMPTIONS: Final = {
    exemption.code: exemption
    for exemption in (
        Exemption("E14_1", "条例第十四条", "must", "国家秘密", "依法确定为国家秘密的政府信息"),
        Exemption(
            "E14_2",
            "条例第十四条",
            "must",
            "法律、行政法规禁止公开",
            "法律、行政法规禁止公开的政府信息，须写明法名和条",
        ),
        Exemption(
            "E14_3",
            "条例第十四条",
            "must",
            "三安全一稳定",
            "公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息",
        ),
        Exemption(
            "E15",
            "条例第十五条",
            "must",
            "商业秘密、个人隐私",
            "公开会对第三方合法权益造成损害；第三方同意公开或者不公开会对公共利益造成重大影响的，予以公开",
            "第三方意见或者公共利益的说明",
        ),
        Exemption(
            "E16_1",
            "条例第十六条第一款",
            "may",
            "内部事务信息",
            "人事管理、后勤管理、内部工作流程等方面的信息",
            _DISCRETION,
        ),
        Exemption(
            "E16_2",
            "条例第十六条第二款",
            "may",
            "过程性信息",
            "讨论记录、过程稿、磋商信函、请示报告等；法律、法规、规章规定应当公开的，从其规定",
            _DISCRETION,
        ),
        Exemption(
            "E16_3",
            "条例第十六条第二款",
            "may",
            "行政执法案卷信息",
            "行政执法案卷；法律、法规、规章规定应当公开的，从其规定",
            _DISCRETION,
        ),
    )
}


def exemption_refusal(code: str, *, reason: str, basis: str, note: str) -> Refusal | None:
    """Why this ground is not stated well enough (EX-01), or None.

    `basis` is the legal basis, `note` what the exemption demands beside the reason. Secrets are not for this system:
    they are entered by reference only.
    """
    exemption = EXEMPTIONS.get(code)
    if exemption is None:
        return Refusal("no_exemption", "不予公开的，须从不予公开库中选定情形", ATTRIBUTE)
    if code == "E14_1":
        return Refusal(
            "secret_by_reference",
            "国家秘密不得在本系统处理：请保密员在“涉密文件引用”中只登记代称、密级、文号和存放处",
            "保守国家秘密法第三十一条；条例第十四条",
        )
    if len(reason.strip()) < SHORTEST_REASON:
        return Refusal(
            "short_reason",
            f"不予公开的理由只有 {len(reason.strip())} 字，至少写 {SHORTEST_REASON} 字，说明是什么信息、为什么不公开",
            exemption.article,
        )
    if not basis.strip():
        return Refusal("no_basis", "不予公开须写明法律依据", exemption.article)
    if code == "E14_2" and not _LAW.search(basis):
        return Refusal("no_law", "法律、行政法规禁止公开的，依据须写明法名和条，如《…法》第几条", exemption.article)
    if exemption.note and len(note.strip()) < SHORTEST_NOTE:
        return Refusal(
            "no_note", f"{exemption.label}须有{exemption.note}（至少 {SHORTEST_NOTE} 字）", exemption.article
        )
    return None


def reassess_on(last: date, months: int) -> date:
    """The day on which a "no" is to be looked at again (定期评估), `months` after the last look (条例第十八条)."""
    year, month = divmod(last.month - 1 + months, 12)
    year, month = last.year + year, month + 1
    return date(year, month, min(last.day, calendar.monthrange(year, month)[1]))
