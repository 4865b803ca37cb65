"""What applications of the tests say, and how they walk through the real actions; the people are in `conftest`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from typing import Any

from office_samples import pdf

from gongkai.agencies.models import Agency, User
from gongkai.casework import actions, outgoing
from gongkai.casework.actions.legal_review import must_choose_remedy
from gongkai.casework.models import Case, Holder
from gongkai.documents.blobs import read, store
from gongkai_core.identity import valid_credit_code

BEGIN = date(2017, 1, 1)
MONDAY = date(2026, 3, 2)
NAME, ID_NUMBER, PHONE = "欧阳若水", "110101199003071233", "13812345678"
ADDRESS, EMAIL = "清溪县滨河镇柳林路18号", "ouyang@example.cn"
WISH = "滨河镇柳林路2025年道路改造项目的中标通知书"
_keys = itertools.count(1)


def credit_code(serial: int) -> str:
    """A code of a fictional organ with its check character."""
    base = f"11990123MA{serial:07d}"
    return next(code for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(code := base + sign))


@dataclass
class Staff:
    registrar: User
    handler: User
    lawyer: User
    secrecy: User
    head: User
    statistician: User
    drafter: User


@dataclass
class World:
    county: Agency
    bureau: Agency
    office: User
    foreign: User
    staff: Staff


def application(**changes: Any) -> dict[str, Any]:
    """What `receive` is given for a natural person's online application."""
    applicant = {
        "kind": "natural_person", "name": NAME, "id_type": "resident", "id_number": ID_NUMBER, "phone": PHONE,
        "address": ADDRESS, "email": EMAIL, "postcode": "341600", **changes.pop("applicant", {}),
    }  # fmt: skip
    return {
        "key": f"key-{next(_keys)}", "applicant": applicant, "info_desc": WISH, "channel": "online",
        "provide_form": "electronic", "provide_route": "online", "by": None, "today": MONDAY, **changes,
    }  # fmt: skip


FACTS: dict[str, dict[str, Any]] = {
    "grant.already_public": {"access_path": "县政府网站“重大项目”栏目", "access_checked": True},
    "grant.provide": {"provide_form": "电子数据", "pages": 3, "attachments": "中标通知书"},
    "partial": {
        "disclosed": "中标单位和金额", "provide_form": "电子数据", "withheld": "评标专家名单",
        "exemption": "内部事务信息", "article": "十六", "disclosure_rule_checked": True, "discretion": "已核对，没有应当公开的规定",
    },
    "refuse.state_secret": {
        "exemption": "国家秘密", "article": "十四", "secret_basis": "某领域国家秘密范围规定", "secret_level": "confidential",
        "secret_until": "2036-01-01", "secret_organ": "澄江市某局",
    },
    "refuse.prohibited_by_law": {
        "exemption": "法律、行政法规禁止公开的信息", "article": "十四", "law_name": "《统计法》", "law_article": "第九条",
        "law_level": "law",
    },
    "refuse.security_stability": {
        "exemption": "公开后可能危及社会稳定的信息", "article": "十四", "meeting_on": "2026-03-05", "attendees": "班子成员",
        "conclusion": "一致同意不予公开",
    },
    "refuse.third_party": {"exemption": "涉及商业秘密的信息", "article": "十五"},
    "refuse.internal_affairs": {
        "exemption": "内部事务信息", "article": "十六", "disclosure_rule_checked": True, "discretion": "不涉及公共利益",
    },
    "refuse.process_info": {
        "exemption": "过程性信息", "article": "十六", "disclosure_rule_checked": True, "discretion": "尚在讨论",
    },
    "refuse.enforcement_file": {
        "exemption": "行政执法案卷信息", "article": "十六", "disclosure_rule_checked": True, "discretion": "案卷未结",
    },
    "refuse.admin_query": {"kind": "不动产登记资料", "special_law": "《不动产登记暂行条例》", "query_place": "县不动产登记中心"},
    "unable.not_held.not_exist": {
        "keywords": "柳林路 中标", "search_scope": "公文系统、档案室", "units": "工程股", "searched_on": "2026-03-04", "searcher": "李",
    },
    "unable.not_held.not_this_organ": {"other_organ": "清溪县交通运输局", "other_contact": "0990-1111111"},
    "unable.needs_creation": {"processing": "汇总", "not_severable": "没有现成的汇总，不属于区分处理"},
    "unable.still_unclear": {"amended_on": "2026-03-10", "unclear": "未写明年度"},
    "decline.petition": {"nature": "投诉"},
    "decline.repeat": {"prev_on": "2025-11-03", "prev_docno": "清建公开告〔2025〕3号"},
    "decline.publication": {"access_path": "县新华书店有售", "access_checked": True},
    "decline.excessive": {
        "period": "2026年1月至2月", "count": 42, "reason_asked_on": "2026-03-03", "reason_reply": "答称研究需要",
    },
    "decline.reconfirm": {"prev_on": "2025-11-03", "prev_way": "邮寄", "demand": "加盖印章重新出具"},
    "other.no_amend": {
        "fact": "您逾期未补正", "basis": "《中华人民共和国政府信息公开条例》第三十条的规定", "no_good_reason": "电话核实，没有理由",
    },
    "other.no_payment": {"fact": "您逾期未缴纳信息处理费", "basis": "《政府信息公开信息处理费管理办法》第六条的规定"},
    "other.not_gov_info": {},
    "other.misc": {"finding": "所申请内容已在另案处理", "basis": "有关规定", "result": "予以告知"},
}  # fmt: skip
"""For each outcome what a handler enters so that its guards hold (rows apart)."""
REASON = "经审查核实，理由如上"


def draft(case: Case, world: World, outcome: str, *, today: date, **changes: Any) -> Case:
    """Propose with everything the form asks for, and send up."""
    given: dict[str, Any] = {"reason": REASON, "facts": FACTS[outcome]}
    if outcome == "partial":
        given["grounds"] = ["refuse.internal_affairs"]
    if outcome == "refuse.third_party":
        given["ground"] = "privacy"
    actions.propose_decision(case, outcome=outcome, by=world.staff.handler, today=today, **{**given, **changes})
    return actions.submit_draft(case, by=world.staff.handler, today=today)


def review(case: Case, world: World, *, today: date) -> Case:
    """Legal review, with the remedy where it must choose, and the secrecy review where something is disclosed."""
    chosen = {}
    if must_choose_remedy(case.decisions.get(active=True), today):
        chosen = {"remedy": "review_only", "remedy_reason": "参照司法解释"}
    case = actions.legal_review(case, approve=True, opinion="同意", by=world.staff.lawyer, today=today, **chosen)
    if case.state == "secrecy_review":
        case = actions.pass_secrecy(case, by=world.staff.secrecy, today=today)
    return case


ON_THE_WAY = ("correction", "opinion", "fee")
"""Kinds of papers that the head signs before they leave (domain-spec §11.3 item 24)."""


def signed_off(case: Case, world: World, kind: str, *, on: date) -> Case:
    """A paper along the way, put before the head and signed: the next letter of its kind may leave (呈签)."""
    row = actions.ask_sign_off(case, kind=kind, words="呈签的内容", by=world.staff.handler, today=on)
    actions.sign_off(row, approve=True, by=world.staff.head, today=on)
    return case


SEALED: dict[str, Any] = {"seal": "信息公开专用章", "sealed_by": "印管员", "copies": 2}


def scan_of(holder: Holder) -> bytes:
    """What the scanner makes of the signed paper: the paper itself, or its words on a page where it has no files."""
    paper = outgoing.waiting(holder)
    assert paper
    if paper.pdf:
        return read(paper.pdf)
    return pdf([(90, 800 - 18 * place, line) for place, line in enumerate(paper.rendered.text.splitlines())])


def sealed(case: Case, world: World, *, on: date) -> Case:
    """The signed answer stamped, scanned back and compared: from here it may leave (用印登记)."""
    who: dict[str, Any] = {"by": world.staff.handler, "today": on}
    actions.record_sealing(case, sealed_on=on, **SEALED, **who)
    scan = store(scan_of(case), name="扫描.pdf", content_type="application/pdf", sealed=True)
    if not actions.return_scan(case, scan=scan, **who).done:
        actions.accept_scan(case, remarks="逐页比对一致", **who)
    return Case.objects.get(pk=case.pk)
