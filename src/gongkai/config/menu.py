"""The desk's menu and the portal's navigation: which app's page stands where, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.casework import superior
from gongkai.design.frames import Link
from gongkai.publishing.gazette import gazette_is_on
from gongkai.publishing.superior import is_superior

ADMINISTRATION = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
BUSINESS = set(Role) - ADMINISTRATION
OFFICE = {Role.DISCLOSURE_OFFICE}
WRITING = {Role.DRAFTER, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.PUBLISHER, *OFFICE}
ANSWERING = {Role.CASE_REGISTRAR, Role.HANDLER, Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER, Role.SIGNATORY, *OFFICE}
COUNTING = {Role.STATISTICIAN, Role.SIGNATORY, Role.SUPERVISOR, *OFFICE}


@dataclass(frozen=True)
class _Entry:
    name: str
    view: str
    key: str
    roles: set[Role]
    args: tuple[str, ...] = ()
    when: Callable[[], bool] = lambda: True
    """Whether the office has switched it on."""


def _december() -> bool:
    """年末自查 is asked for in December (domain-spec §11.4 item 31); its address answers all year."""
    return timezone.localdate().month == 12


GROUPS: tuple[tuple[str, tuple[_Entry, ...]], ...] = (
    ("", (_Entry("工作台", "desk:home", "home", set(Role)),)),
    (
        "主动公开",
        (
            _Entry("公开条目", "publishing:desk_items", "publishing", WRITING),
            _Entry("发稿", "publishing:desk_compose", "compose", {Role.DRAFTER}),
            _Entry("批量导入", "publishing:desk_import", "batch-import", {Role.DRAFTER}),
            _Entry("政策解读", "publishing:desk_interpretations", "interpretations", WRITING),
            _Entry("政府公报", "publishing:desk_gazettes", "gazette", WRITING, when=gazette_is_on),
            _Entry("回填清单", "publishing:desk_superior", "superior", WRITING, when=is_superior),
        ),
    ),
    (
        "目录与时限",
        (
            _Entry("公开目录", "publishing:desk_catalogues", "catalogue", WRITING),
            _Entry("栏目更新表", "publishing:desk_board", "board", {*WRITING, Role.SUPERVISOR}),
            _Entry("公开时限", "publishing:desk_deadlines", "deadlines", WRITING),
            _Entry("文件清理", "publishing:desk_clean_ups", "clean-ups", WRITING),
            _Entry("不公开条目", "publishing:desk_not_open", "not-open", WRITING),
            _Entry("文号连续性", "publishing:desk_docnos", "docnos", WRITING),
            _Entry("送交档案馆、图书馆", "publishing:desk_deposits", "deposits", WRITING),
        ),
    ),
    (
        "审查监督",
        (
            _Entry("补审补校", "publishing:desk_rechecks", "rechecks", WRITING),
            _Entry("事后抽查", "publishing:desk_samples", "samples", WRITING),
            _Entry("回扫提示", "publishing:desk_rescan", "rescan", WRITING),
            _Entry("校核词表", "publishing:desk_check_lists", "check-lists", OFFICE),
            _Entry("补登清单", "publishing:desk_backdated", "backdated", {Role.SUPERVISOR, *OFFICE}),
            _Entry(
                "涉密文件引用",
                "publishing:desk_secret_references",
                "secret-references",
                {Role.SECRECY_REVIEWER, *OFFICE},
            ),
            _Entry("泄露处置", "operations:spills", "spills", {Role.SECRECY_REVIEWER, *OFFICE}),
        ),
    ),
    (
        "依申请公开",
        (
            _Entry("办公室工作台", "casework:workbench", "workbench", ANSWERING),
            _Entry("申请", "casework:cases", "casework", ANSWERING),
            _Entry("协办", "casework:assistances", "assistance", BUSINESS),
            _Entry("系列案", "casework:series_list", "series", ANSWERING),
            _Entry("年末自查", "casework:year_end", "year-end", ANSWERING, when=_december),
        ),
    ),
    (
        "申请登记",
        (
            _Entry("登记来信", "casework:paper", "paper", {Role.CASE_REGISTRAR}),
            _Entry("成批登记", "casework:envelope", "envelope", {Role.CASE_REGISTRAR}),
            _Entry("导入台账", "casework:import", "case-import", {Role.CASE_REGISTRAR}),
            _Entry("申请回填清单", "casework:type_back", "type-back", ANSWERING, when=superior.is_superior),
            _Entry("检索提示", "casework:suggestions", "suggestions", OFFICE),
        ),
    ),
    (
        "答复以后",
        (
            _Entry("复议", "casework:reviews", "reviews", ANSWERING),
            _Entry("诉讼", "casework:lawsuits", "lawsuits", ANSWERING),
            _Entry("举报投诉", "casework:complaints", "complaints", ANSWERING),
            _Entry("更正申请", "casework:record_corrections", "record-corrections", ANSWERING),
            _Entry("主动公开建议", "casework:openness_suggestions", "openness-suggestions", ANSWERING),
            _Entry("收费", "casework:fee_receipts", "fee-receipts", ANSWERING),
            _Entry("收费情况", "casework:fees", "fees", ANSWERING),
        ),
    ),
    (
        "台账",
        (
            _Entry("登记台账", "registers:register", "registers", BUSINESS, ("training",)),
            _Entry("部门供数单", "registers:supply", "supply", BUSINESS),
            _Entry("三级责任人一览", "registers:three_levels", "three-levels", BUSINESS),
            _Entry("台账汇总", "registers:overview", "registers-overview", BUSINESS),
        ),
    ),
    (
        "统计与年报",
        (
            _Entry("统计表", "statistics:years", "statistics", COUNTING),
            _Entry("填报", "statistics:filing-now", "filing", {Role.STATISTICIAN, *OFFICE}),
            _Entry("填报轮次", "statistics:rounds", "rounds", OFFICE),
            _Entry("历史台账", "statistics:former", "former", OFFICE),
            _Entry("年度报告", "annualreport:desk_reports", "reports", COUNTING),
            _Entry("各单位年报", "annualreport:all_latest", "all-reports", {Role.DISCLOSURE_OFFICE}),
        ),
    ),
    (
        "全年工作",
        (
            _Entry("年度工作日历", "annualreport:plan_now", "work-plan", BUSINESS),
            _Entry("今年以来", "annualreport:year_so_far", "year-so-far", COUNTING),
            _Entry("网站年度报表", "annualreport:website_returns", "website-return", OFFICE),
        ),
    ),
    (
        "机关事务",
        (
            _Entry("代录批示", "desk:instructions", "instructions", BUSINESS),
            _Entry("请假委托", "desk:delegations", "delegations", BUSINESS),
            _Entry("工作交接", "desk:handovers", "handovers", {Role.SIGNATORY, *OFFICE}),
            _Entry("放假安排", "desk:calendar", "calendar", BUSINESS),
            _Entry("机关", "desk:agencies", "agencies", {Role.SYSTEM_ADMIN, *OFFICE}),
            _Entry("人员岗位", "desk:people", "people", {Role.SYSTEM_ADMIN}),
            _Entry("账号链接", "operations:accounts", "accounts", {Role.SYSTEM_ADMIN}),
            _Entry("导入机关人员", "operations:import", "import", {Role.SYSTEM_ADMIN}),
            _Entry("还要设置什么", "operations:setup", "setup", {Role.SYSTEM_ADMIN}),
            _Entry("留痕", "desk:trail", "trail", {Role.AUDIT_ADMIN}),
        ),
    ),
    (
        "规则和模板",
        (
            _Entry("审核链", "publishing:desk_chains", "chains", OFFICE),
            _Entry("签发权限", "casework:signing", "signing", OFFICE),
            _Entry("规则设置", "desk:settings", "settings", OFFICE),
            _Entry("索引号规则", "publishing:desk_numbering", "numbering", OFFICE),
            _Entry("文书模板", "casework:letter_templates", "letter-templates", OFFICE),
            _Entry("数字证书", "documents:certificates", "certificates", {Role.SYSTEM_ADMIN, *OFFICE}),
        ),
    ),
)


def public_nav() -> tuple[Link, ...]:
    return (
        Link("首页", reverse("website:home"), "home"),
        Link("政府信息公开", reverse("publishing:disclosure"), "disclosure"),
        Link("依申请公开", reverse("casework:apply"), "apply"),
        Link("申请结果查询", reverse("casework:apply_status"), "status"),
        Link("年度报告", reverse("annualreport:reports"), "reports"),
    )


def desk_menu(request: HttpRequest) -> tuple[Link, ...]:
    """The groups with something in them for the person's roles at the organ they work in now."""
    groups = []
    for name, entries in GROUPS:
        links = tuple(
            Link(entry.name, reverse(entry.view, args=entry.args), entry.key)
            for entry in entries
            if entry.roles & request.roles and entry.when()
        )
        if links:
            groups.append(links[0] if not name else Link(name, children=links))
    return tuple(groups)
