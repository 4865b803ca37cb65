"""The screens that an entry of the work calendar may open: where its work is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Screen:
    label: str
    view: str
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.view, args=self.args)


SCREENS: Mapping[str, Screen] = {
    "reports": Screen("年度报告", "annualreport:desk_reports"),
    "website": Screen("网站年度报表", "annualreport:website_returns"),
    "year": Screen("今年以来", "annualreport:year_so_far"),
    "statistics": Screen("统计表", "statistics:years"),
    "filing": Screen("填报", "statistics:filing-now"),
    "items": Screen("公开条目", "publishing:desk_items"),
    "compose": Screen("发稿", "publishing:desk_compose"),
    "board": Screen("栏目更新表", "publishing:desk_board"),
    "obligations": Screen("公开义务", "publishing:desk_obligations"),
    "deadlines": Screen("公开时限", "publishing:desk_deadlines"),
    "interpretations": Screen("政策解读", "publishing:desk_interpretations"),
    "gazette": Screen("政府公报", "publishing:desk_gazettes"),
    "deposits": Screen("送交档案馆、图书馆", "publishing:desk_deposits"),
    "clean_ups": Screen("文件清理", "publishing:desk_clean_ups"),
    "samples": Screen("事后抽查", "publishing:desk_samples"),
    "cases": Screen("申请", "casework:cases"),
    "year_end": Screen("年末自查", "casework:year_end"),
    "meetings": Screen("工作会议", "registers:register", ("meeting",)),
    "training": Screen("培训", "registers:register", ("training",)),
    "holidays": Screen("放假安排", "desk:calendar"),
}
