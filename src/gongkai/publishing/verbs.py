"""The words of the acts on items, batches and gazettes, for threads and for telling a second person who was first."""

from __future__ import annotations

from gongkai.trail.models import Entry

VERBS = {
    "publishing.draft": "拟稿",
    "publishing.edit": "修改",
    "publishing.submit": "送审",
    "publishing.dismiss": "忽略校核提示",
    "publishing.approve_review": "审核通过",
    "publishing.return": "退回",
    "publishing.sign_and_publish": "签发并发布",
    "publishing.review_afterwards": "补审补校",
    "publishing.revise": "开始修订",
    "publishing.check_sample": "事后抽查",
    "publishing.answer_finding": "整改",
    "publishing.withdraw": "撤回",
    "publishing.add_takedown": "列入提请撤下清单",
    "publishing.settle_takedown": "核实撤下",
    "publishing.report_penalty_change": "登记处罚决定变更",
    "publishing.lapse": "公示期满，自动撤下",
    "publishing.take_package": "下载粘贴包",
    "publishing.fill_back": "回填上级平台网址",
    "publishing.discard": "作废",
    "publishing.pass_on": "交接给接任者",
    "publishing.set_validity": "变更有效性",
    "publishing.set_interpretation_need": "定解读要求",
    "publishing.open_clean_up": "发起文件清理",
    "publishing.judge_document": "提出清理意见",
    "publishing.conclude_clean_up": "起草清理结果",
    "publishing.make_deposit": "编制送交目录",
    "publishing.hand_over": "登记交接",
    "publishing.set_review_day": "定下次评估日期",
    "publishing.tick_channel": "登记公开渠道",
    "publishing.hang": "挂接目录事项",
    "publishing.import_batch": "导入并送审",
    "publishing.take_out": "剔出一条",
    "publishing.submit_batch": "再次送审",
    "publishing.approve_batch": "整批审核通过",
    "publishing.return_batch": "整批退回",
    "publishing.publish_batch": "整批签发并发布",
    "publishing.discard_batch": "整批作废",
    "publishing.open_gazette_issue": "新建公报",
    "publishing.compose_gazette": "编排公报",
    "publishing.submit_gazette": "公报送批",
    "publishing.approve_gazette": "批准公报（含保密审查）",
    "publishing.return_gazette": "退回公报",
    "publishing.issue_gazette": "公报出刊",
    "publishing.reprint_gazette": "重印公报",
    "publishing.discard_gazette": "作废公报",
    "publishing.enter_erratum": "登记勘误",
    "publishing.publish_erratum": "公布勘误",
}


def said(entry: Entry) -> str:
    """The words of an act in a thread: with the step it was, and whom it went back to."""
    words, step, to = VERBS.get(entry.verb, entry.verb), entry.facts.get("step", ""), entry.facts.get("to", "")
    if to:
        return f"{words}给{to}（{step}）"
    return words if step in words else f"{words}（{step}）"
