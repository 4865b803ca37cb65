"""The guards (守卫) of the case machine: G1–G21 of `gongkai_core.outcomes`, and named ones.

`decisions.json` binds G2–G5 and G8–G21 to outcomes; the machine asks for them all by `outcome_guards`, and
the caller refuses with the guard that failed. Guards marked `to_verify` are 【疑】 or mere advice: settings.
"""

from __future__ import annotations

from gongkai_core import outcomes
from gongkai_core.states.engine import Guard

_SECRECY = "条例第十七条；保密法第三十五条"

_NUMBERED = tuple(
    Guard(guard.id, f"须先满足：{guard.text}。", guard.article, to_verify=guard.confidence == "疑")
    for guard in outcomes.GUARDS.values()
)

_NAMED = (
    Guard("split_reason", "拆分须写明理由并告知申请人。", "信息处理费管理办法第四条"),
    Guard("named_another", "只有申请书写明由其他机关受理、误送到本机关的，才能转交；写明本机关的由本机关答复，"
          "不属于本机关负责的依第三十六条第（五）项告知。", "条例第三十六条第（五）项"),
    Guard("assignment_waits", "没有等待接收的分办。", "条例第四条"),
    Guard("registrable", "登记须填写收到日、渠道、申请人类型和答复主体。", "条例第二十九条、第三十一条"),
    Guard("answered_then", "按台账登记的，须写明当时的办理结果和答复日。", "条例第五十条"),
    Guard("correction_once", "补正只能告知一次。", "条例第三十条"),
    Guard("correction_asked", "没有发出过补正告知。", "条例第三十条"),
    Guard("correction_in_time", "补正期限已过，申请视为放弃。", "条例第三十条"),
    Guard("return_by_given", "补正告知须写明补正的截止日。", "条例第三十条"),
    Guard("reason_accepted", "延迟答复须先收到理由并认为合理。", "条例第三十五条"),
    Guard("reason_term_over", "说明理由的期限还没有届满。", "条例第三十五条"),
    Guard("fee_in_force", "2021年1月1日前和旧条例案件不收取信息处理费。", "国办函〔2020〕109号"),
    Guard("fee_once", "收费通知只能发出一次。", "信息处理费管理办法第六条"),
    Guard("fee_in_time", "缴费期限已过，申请视为放弃。", "信息处理费管理办法第六条"),
    Guard("no_applicant_data", "发给申请人以外者的文书和附件含有申请人的信息。",
          "条例第十五条；个人信息保护法第二十三条"),
    Guard("agency_basis", "征求其他机关意见须选定依据的条款。", "条例第十一条、第三十三条第三款"),
    Guard("opinion_term_over", "征求意见的15个工作日还没有届满。", "条例第三十二条、第三十四条"),
    Guard("resume_reason", "不再等候须写明理由。", "条例第三十三条", to_verify=True),
    Guard("head_agreed", "延长答复期限须经政府信息公开工作机构负责人同意。", "条例第三十三条第二款"),
    Guard("extension_in_time", "延期告知须在答复期限届满之日或者之前发出。", "条例第三十三条第二款"),
    Guard("extension_once", "答复期限已经延长过一次。", "条例第三十三条第二款"),
    Guard("outcome_guards", "所选答复结果的条件还没有满足。", "条例第三十六条至第三十九条"),
    Guard("remedy_chosen", "救济途径须由法审选定并写明理由。", "行政复议法第二十三条"),
    Guard("reviewer_not_handler", "法审人不得是本件的承办人。", "职责分离", to_verify=True),
    Guard("secrecy_not_handler", "保密审查人不得是本件的承办人。", _SECRECY),
    Guard("signatory_not_handler", "签发人不得是本件的承办人。", "职责分离", to_verify=True),
    Guard("signatory_not_registrar", "签发人不得是本件的登记人。", "职责分离", to_verify=True),
    Guard("remarks", "退回须写明意见。", "职责分离：退回须说明理由"),
    Guard("ordered_to_redo", "重新答复须有复议决定、判决或者自行纠正的依据。",
          "行政复议法第六十四条；行政诉讼法第七十条"),
)  # fmt: skip

GUARDS = {guard.id: guard for guard in (*_NUMBERED, *_NAMED)}
