"""The computed entries of the annual work calendar (年度工作日历): what the law and the office's custom ask each year.

Each cites its article. Days that practice has not settled are settings, shown as unconfirmed (待核) until the office has
said its own. What a ledger knows is asked of it; only what no ledger can tell is said by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.urls import reverse

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import CalendarYear, Setting
from gongkai.agencies.office_settings import Declared, declare
from gongkai.annualreport import budgets
from gongkai.annualreport.models import (
    BudgetKind,
    PlanEntry,
    PlanEntryKind,
    WebsiteReturn,
    WebsiteReturnState,
)
from gongkai.annualreport.screens import SCREENS
from gongkai.casework.models import Case
from gongkai.design.words import BEIJING
from gongkai.publishing.clean_ups import GROUND as CLEAN_UP
from gongkai.publishing.deposits import GROUND as DEPOSIT
from gongkai.publishing.deposits import due_on as deposit_due
from gongkai.publishing.gazette import gazette_is_on
from gongkai.publishing.models import CleanUp, CleanUpEntry, Deposit, GazetteIssue, Obligation, Receiver
from gongkai.publishing.report_days import day_of_year
from gongkai.publishing.skeleton import REPORTS
from gongkai.registers.models import Training
from gongkai.statistics.models import Snapshot
from gongkai_core.states.gazette import GAZETTE
from gongkai_core.website_return import DOC as WEBSITE
from gongkai_core.workdays import Calendar

CUSTOM = "年度工作安排惯例（各地不一）"


def _by(name: str, label: str, default: str, source: str) -> Declared:
    return declare(
        Declared(f"annualreport.plan_{name}_by", f"年度工作日历：{label}（月-日）", default, source, parse=day_of_year)
    )


ASSESSMENT_BY = _by("assessment", "考核材料归集的期限", "01-31", CUSTOM)
BUDGET_BY = _by("budget", "没有录入批复日期时，预算公开的期限", "03-31", "预算法第十四条（批复后 20 日）")
ACCOUNTS_BY = _by("accounts", "没有录入批复日期时，决算公开的期限", "10-31", "预算法第十四条（批复后 20 日）")
KEY_TASKS_BY = _by("key_tasks", "年度要点分解到单位的期限", "05-31", CUSTOM)
TRAINING_BY = _by("training", "年度培训的期限", "06-30", "条例第四十八条（定期培训，月份惯例）")
CLEAN_UP_BY = _by("clean_up", "规范性文件清理的期限", "09-30", CLEAN_UP)
HOLIDAYS_BY = _by("holidays", "录入次年放假安排的期限", "11-30", "每年 11 月国务院办公厅通知")


@dataclass(frozen=True)
class Progress:
    """How far a computed entry is: in words, whether all is done, and on which day the last of it was."""

    words: str
    done: bool = False
    done_on: date | None = None
    due: tuple[date, str] | None = None
    """Another last day with its article, where facts have fixed one."""


@dataclass(frozen=True)
class Asked:
    """Whose calendar of which year; `scope` is the region for the office, one organ for others."""

    year: int
    scope: Scope
    today: date
    calendar: Calendar

    @property
    def period(self) -> Period:
        return Period.of_year(self.year)

    @cached_property
    def organs(self) -> list[int]:
        """The region's organs on the period's last day, or the one."""
        return list(self.scope.agencies(self.period).values_list("pk", flat=True))

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """Settings of which the office has said its own."""
        return frozenset(Setting.objects.filter(confirmed=True).values_list("key", flat=True))


@dataclass(frozen=True)
class PlanRule:
    """One computed entry. `progress` asks a ledger; without it a person says when it is done.

    `progress` giving None means that the entry does not concern the scope.
    """

    key: str
    title: str
    first: date
    due: date
    article: str
    screen: str
    url: str = ""
    progress: Callable[[Asked], Progress | None] | None = None
    setting: Declared | None = None
    settled: bool = True
    """False where the source itself leaves the day open and there is no setting."""
    of_region: bool = True
    """Whether it is the office's alone."""

    def confirmed(self, asked: Asked) -> bool:
        if self.setting is not None:
            return self.setting.confirmed or self.setting.key in asked.confirmed
        return self.settled

    @property
    def address(self) -> str:
        return self.url or SCREENS[self.screen].url


def rules(asked: Asked) -> list[PlanRule]:
    """The computed entries of a year that concern a scope, by their last day."""
    found = [rule for rule in _rules(asked.year) if asked.scope.whole_region or not rule.of_region]
    return sorted(found, key=lambda rule: (rule.due, rule.key))


def _rules(year: int) -> Iterator[PlanRule]:
    yield from _winter(year)
    yield from _money(year)
    yield from _middle(year)
    yield from _quarters(year)
    yield from _end(year)


def _until(setting: Declared, year: int) -> date:
    return date.fromisoformat(f"{year}-{setting.value()}")


def _winter(year: int) -> Iterator[PlanRule]:
    """January to March: the annual-report season."""
    first, january = date(year, 1, 1), date(year, 1, 31)
    yield PlanRule(
        "reports", "部门、乡镇（街道）年度报告公布", first, january, "条例第四十九条第一款", "reports",
        progress=_reports, of_region=False,
    )  # fmt: skip
    yield PlanRule(
        "government_report", "县政府年度报告公布", first, date(year, 3, 31), "条例第四十九条第二款", "reports",
        progress=_government_report, of_region=False,
    )  # fmt: skip
    yield PlanRule("website_return", "政府网站工作年度报表公布", first, january, WEBSITE, "website", progress=_website)
    yield PlanRule(
        "assessment", "上年度考核材料归集", first, _until(ASSESSMENT_BY, year), ASSESSMENT_BY.source, "year",
        setting=ASSESSMENT_BY,
    )  # fmt: skip


def _money(year: int) -> Iterator[PlanRule]:
    """预决算: twenty days from approval, and until approvals are entered the season's end."""
    chart = reverse("annualreport:plan_budgets", args=[year])
    seasons = ((BudgetKind.BUDGET, 1, BUDGET_BY), (BudgetKind.ACCOUNTS, 8, ACCOUNTS_BY))
    for kind, month, setting in seasons:
        due = _until(setting, year)
        yield PlanRule(
            str(kind), f"{kind.label}公开", min(date(year, month, 1), due), due, setting.source, "", url=chart,
            progress=_budgets(kind), setting=setting, of_region=False,
        )  # fmt: skip


def _middle(year: int) -> Iterator[PlanRule]:
    """April to September: tasks, training, documents looked through."""
    for key, title, month, setting, screen, progress in (
        ("key_tasks", "年度要点分解到单位", 4, KEY_TASKS_BY, "", _key_tasks),
        ("training", "政府信息公开培训", 5, TRAINING_BY, "training", _training),
        ("clean_up", "规范性文件清理", 9, CLEAN_UP_BY, "clean_ups", _clean_up),
    ):
        due = _until(setting, year)
        url = "" if screen else reverse("annualreport:plan_tasks", args=[year])
        yield PlanRule(
            key, title, min(date(year, month, 1), due), due, setting.source, screen, url=url, progress=progress,
            setting=setting, of_region=key != "clean_up",
        )  # fmt: skip


def _quarters(year: int) -> Iterator[PlanRule]:
    for quarter in range(1, 5):
        first, last = date(year, 3 * quarter - 2, 1), _last_of(year, quarter)
        yield PlanRule(
            f"inspection_{quarter}", f"第{_NAMES[quarter]}季度网站抽查", first, last, "国办发〔2017〕47号（按季抽查）", "board",
            settled=False,
        )  # fmt: skip
        if gazette_is_on():
            yield PlanRule(
                f"gazette_{quarter}", f"第{_NAMES[quarter]}季度政府公报出刊", first, last, GAZETTE, "gazette",
                progress=_gazette(first, last), settled=False,
            )  # fmt: skip
    for of_year, quarter in ((year - 1, 4), (year, 1), (year, 2), (year, 3), (year, 4)):
        due = deposit_due(of_year, quarter)
        if due.year == year:
            yield PlanRule(
                f"deposit_{of_year}_{quarter}", f"{of_year} 年第{_NAMES[quarter]}季度信息送交档案馆、图书馆",
                max(_last_of(of_year, quarter), date(year, 1, 1)), due, DEPOSIT, "deposits",
                progress=_deposit(of_year, quarter), settled=False,
            )  # fmt: skip


_NAMES = "零一二三四"


def _last_of(year: int, quarter: int) -> date:
    return date(year, 3 * quarter, 30 if quarter in (2, 3) else 31)


def _end(year: int) -> Iterator[PlanRule]:
    """November and December: the next year's holidays, open cases looked at, the year frozen."""
    due = _until(HOLIDAYS_BY, year)
    yield PlanRule(
        "holidays", f"录入 {year + 1} 年放假安排", min(date(year, 11, 1), due), due, HOLIDAYS_BY.source, "holidays",
        progress=_holidays, setting=HOLIDAYS_BY,
    )  # fmt: skip
    last = date(year, 12, 31)
    yield PlanRule(
        "year_end_check", "未结申请年末自查", date(year, 12, 20), last, "domain-spec §11.4 第31条（年底前自查）", "year_end",
        settled=False, of_region=False,
    )  # fmt: skip
    yield PlanRule(
        "freeze", "冻结本年度统计数和结转数", last, last, "条例第四十九条、第五十条", "",
        url=reverse("statistics:year", args=[year]), progress=_freeze, of_region=False,
    )  # fmt: skip


# What the ledgers say ------------------------------------------------------------------------------------------------


def _reports(asked: Asked) -> Progress | None:
    return _published(asked, government=False)


def _government_report(asked: Asked) -> Progress | None:
    return _published(asked, government=True)


def _published(asked: Asked, *, government: bool) -> Progress | None:
    """From the obligations under the column of annual reports, which the reports themselves serve."""
    county = Q(agency__parent=None, agency__legal_kind="government")
    owed = Obligation.objects.filter(
        county if government else ~county,
        entry__column__code=REPORTS, entry__catalogue=None, year=asked.year, agency__in=asked.organs,
    )  # fmt: skip
    days = list(owed.values_list("due_on", "served_on"))
    if not days:
        return None
    out = [served for _, served in days if served]
    late = sum(1 for due, served in days if not served and asked.today > due)
    words = f"已公布 {len(out)}/{len(days)} 个单位" + (f"，逾期未公布 {late} 个" if late else "")
    return Progress(words, len(out) == len(days), max(out, default=None) if len(out) == len(days) else None)


def _website(asked: Asked) -> Progress:
    row = WebsiteReturn.objects.filter(agency=asked.scope.agency, year=asked.year - 1).first()
    if row is None:
        return Progress("还没有开始填报")
    if row.state != WebsiteReturnState.PUBLISHED or row.published_at is None:
        return Progress(row.get_state_display())
    return Progress("已公布", True, row.published_at.astimezone(BEIJING).date())


def _budgets(kind: BudgetKind) -> Callable[[Asked], Progress | None]:
    def progress(asked: Asked) -> Progress | None:
        rows = budgets.chart(asked.year, asked.organs, today=asked.today)
        if not rows:
            return None
        counts, cells = budgets.tally(rows, kind), [row.cell(kind) for row in rows]
        words = f"已公开 {counts['public']}/{counts['total']} 个单位"
        words += f"，逾期 {counts['overdue']} 个" if counts["overdue"] else ""
        words += f"，{counts['unknown']} 个未录批复日期" if counts["unknown"] else ""
        done = counts["public"] == counts["total"]
        latest = max((cell.public_on for cell in cells if cell.public_on), default=None)
        last = max((cell.due_on for cell in cells if cell.due_on), default=None)
        due = (last, "预算法第十四条") if last and last.year == asked.year else None
        return Progress(words, done, latest if done else None, due)

    return progress


def _key_tasks(asked: Asked) -> Progress:
    rows = PlanEntry.objects.standing().filter(kind=PlanEntryKind.KEY_TASK, year=asked.year, agency=asked.scope.agency)
    days = list(rows.values_list("entered_on", flat=True))
    return Progress(f"已分解 {len(days)} 项" if days else "还没有分解", bool(days), min(days, default=None))


def _training(asked: Asked) -> Progress:
    held = Training.objects.counted().filter(
        agency__in=asked.organs, held_on__range=(asked.period.first, asked.period.last)
    )
    counted = held.aggregate(count=Count("pk"), people=Sum("attendance"))
    first = held.order_by("held_on").values_list("held_on", flat=True).first()
    words = f"已办 {counted['count']} 期、{counted['people']} 人次" if first else "还没有登记培训"
    return Progress(words, first is not None, first)


def _clean_up(asked: Asked) -> Progress | None:
    row = CleanUp.objects.filter(as_of__year=asked.year).select_related("result").first()
    if row is None:
        return Progress("还没有发起") if asked.scope.whole_region else None
    entries = CleanUpEntry.objects.filter(clean_up=row)
    if not asked.scope.whole_region:
        entries = entries.filter(agency__in=asked.organs)
    total, judged = entries.count(), entries.exclude(verdict="").count()
    words = f"已提意见 {judged}/{total} 件"
    if not asked.scope.whole_region:
        last = entries.order_by("-judged_at").values_list("judged_at", flat=True).first() if total == judged else None
        return Progress(words, total == judged, last.astimezone(BEIJING).date() if last else None) if total else None
    out = row.result.first_published_at if row.result else None
    return Progress(words, out is not None, out.astimezone(BEIJING).date() if out else None)


def _gazette(first: date, last: date) -> Callable[[Asked], Progress]:
    def progress(asked: Asked) -> Progress:
        issues = GazetteIssue.objects.issued().filter(agency=asked.scope.agency, cover_date__range=(first, last))
        days = [at.astimezone(BEIJING).date() for at in issues.values_list("issued_at", flat=True) if at]
        return Progress(f"已出 {len(days)} 期" if days else "还没有出刊", bool(days), min(days, default=None))

    return progress


def _deposit(year: int, quarter: int) -> Callable[[Asked], Progress]:
    def progress(asked: Asked) -> Progress:
        row = Deposit.objects.filter(agency=asked.scope.agency, whole_region=True, year=year, quarter=quarter).first()
        if row is None:
            return Progress("还没有编目")
        days = list(row.handovers.values_list("on", flat=True))
        done = len(days) == len(Receiver.values)
        return Progress(f"已编目 {row.size} 件，已交接 {len(days)} 家", done, max(days) if done else None)

    return progress


def _holidays(asked: Asked) -> Progress:
    entered = CalendarYear.objects.filter(year=asked.year + 1, local=False).first()
    if entered:
        return Progress("已录入", True, entered.entered_at.astimezone(BEIJING).date())
    known = asked.calendar.published(asked.year + 1)
    return Progress("系统自带" if known else "还没有录入", known)


def _freeze(asked: Asked) -> Progress:
    rows = Snapshot.objects.filter(agency=asked.scope.agency, year=asked.year, whole_region=asked.scope.whole_region)
    first = rows.order_by("frozen_at").values_list("frozen_at", flat=True).first()
    return Progress(
        "已冻结" if first else "还没有冻结", first is not None, first.astimezone(BEIJING).date() if first else None
    )


def open_cases(asked: Asked) -> str:
    """What stands beside the year's-end check while the year runs."""
    if asked.year != asked.today.year:
        return ""
    return f"现有未结 {Case.objects.open().filter(agency__in=asked.organs).count()} 件"
