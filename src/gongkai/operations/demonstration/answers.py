"""What a handler writes for each outcome: reasons and the facts that its guards want. All of it invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

REASONS: dict[str, str] = {
    "partial": "所申请的会议材料中，决定事项可以公开；讨论过程属于过程性信息，区分处理后不予公开。",
    "refuse.state_secret": "所申请的信息经定密机关确定为国家秘密，仍在保密期限内。",
    "refuse.prohibited_by_law": "所申请的信息属于法律明确禁止公开的信息。",
    "refuse.security_stability": "公开所申请的应急设施点位信息可能危及公共安全。",
    "refuse.third_party": "所申请的信息涉及第三方商业秘密，第三方不同意公开且理由合理，不公开不会对公共利益造成重大影响。",
    "refuse.internal_affairs": "所申请的信息是本机关内部人事管理方面的信息，不对外产生效力。",
    "refuse.process_info": "所申请的信息是本机关在履行职责过程中形成的讨论记录和过程稿。",
    "refuse.enforcement_file": "所申请的信息属于行政执法案卷信息，可以依照有关规定查阅。",
    "refuse.admin_query": "所申请的信息属于不动产登记资料，查询办法另有规定。",
    "unable.not_held.not_exist": "经充分、合理检索，本机关没有制作、获取所申请的信息。",
    "unable.not_held.not_this_organ": "所申请的信息不由本机关制作，也没有保存。",
    "unable.needs_creation": "所申请的分类汇总没有现成信息，需要对多年数据重新统计、分析。",
    "unable.still_unclear": "补正后仍没有指明信息的名称、文号或者其他可供查找的特征。",
    "decline.petition": "所提内容是对拆迁安置的意见和诉求，属于信访事项。",
    "decline.repeat": "本机关此前已就相同内容作出答复。",
    "decline.publication": "所申请的统计年鉴是公开出版物。",
    "decline.excessive": "申请的数量、频次明显超过合理范围，所说明的理由不合理。",
    "decline.reconfirm": "所申请的内容是要求确认已经获取的信息。",
    "other.no_amend": "补正期限届满，没有收到补正，也没有说明正当理由。",
    "other.no_payment": "缴费期限届满，没有缴纳信息处理费。",
    "other.not_gov_info": "所申请的内容是对政策的咨询，不是以一定形式记录、保存的信息。",
    "other.misc": "所申请的内容由本机关另行当面说明。",
}

_FACTS: dict[str, Any] = {
    "access_path": "县政府网站“政府信息公开”专栏（www.qinghe.example）",
    "access_checked": True,
    "provide_form": "电子数据",
    "pages": 12,
    "attachments": "所申请文件的复制件",
    "disclosed": "会议决定事项和印发的文件",
    "withheld": "会议讨论记录和征求意见稿",
    "exemption": "过程性信息",
    "article": "十六",
    "disclosure_rule_checked": True,
    "discretion": "公开后可能影响今后内部讨论的坦率充分，且不影响申请人了解最终决定。",
    "secret_basis": "有关定密事项范围的规定",
    "secret_level": "confidential",
    "secret_organ": "江州市国家保密局",
    "law_name": "中华人民共和国档案法",
    "law_article": "有关条款",
    "law_level": "law",
    "attendees": "分管领导、政务公开办、法制科、业务科室",
    "conclusion": "经集体研究，公开该信息可能危及公共安全，决定不予公开。",
    "kind": "不动产登记资料",
    "special_law": "《不动产登记暂行条例》",
    "query_place": "县不动产登记中心查询窗口",
    "keywords": "项目名称、文号、年份",
    "search_scope": "办公自动化系统、档案室",
    "units": "办公室、业务科室",
    "searcher": "经办科室档案管理员",
    "other_organ": "江州市青禾县自然资源局",
    "other_contact": "0990-2100010",
    "processing": "按村分年度汇总补贴数额",
    "not_severable": "没有按所申请口径形成的信息，也不是对已有信息的区分处理。",
    "unclear": "没有写明文件名称、时间或者事项",
    "nature": "信访事项",
    "channel_hint": "县信访局接访大厅",
    "prev_docno": "青政告〔2024〕1号",
    "prev_way": "当面领取",
    "period": "近三个月",
    "count": 36,
    "reason_reply": "没有说明理由",
    "demand": "在原答复上加盖印章确认",
    "hint": "可以向有关主管部门咨询。",
    "no_good_reason": "经电话联系，申请人没有说明逾期的理由。",
    "finding": "所提事项不属于答复书可以处理的情形",
    "basis": "《中华人民共和国政府信息公开条例》的有关规定",
    "result": "另行当面说明",
}


def facts_for(fields: list[str], known: dict[str, Any], today: date) -> dict[str, Any]:
    """Values for a decision's fields: what the records say first, then the invented ones."""
    days = {
        "secret_until": today + timedelta(days=3650),
        "meeting_on": today,
        "searched_on": today,
        "prev_on": today - timedelta(days=200),
        "amended_on": today,
        "reason_asked_on": today,
    }
    values = {**_FACTS, **{name: day.isoformat() for name, day in days.items()}}
    return {name: known.get(name) or values[name] for name in fields if name in known or name in values}
