"""The towns' round of the quarter that ended last: one sheet in every state."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.models import Role
from gongkai.operations.demonstration.organs import County
from gongkai.statistics import actions
from gongkai.statistics.models import FilingSheet, OrganGroup
from gongkai.statistics.numbers import Number
from gongkai.statistics.periods import period_of
from gongkai.statistics.sheets import cells_of

TOLD = "河口镇"
ZERO = "枫林镇"
RETURNED = "石桥镇"
SIGNING = "城关街道办"
GRACE = timedelta(days=4)


def build_filing_round(county: County) -> None:
    """Two towns are late, one was told by telephone, one reported zero, one came back, one waits for its head."""
    year, code = _last_quarter(county.today)
    opened = period_of(year, code).last + timedelta(days=1)
    due = max(opened, county.today - GRACE)
    row = actions.open_round(
        year=year, period=code, groups=[OrganGroup.TOWN], due_on=due, by=county.office, today=opened
    )
    sheets = {sheet.agency.short_name: sheet for sheet in row.sheets.select_related("agency")}
    office = {"by": county.office, "today": due}
    actions.lock_sheet(actions.accept_sheet(_signed(county, sheets[ZERO], due, zero=True), **office), **office)
    told = actions.enter_by_telephone(
        sheets[TOLD], _figures(county, sheets[TOLD]), told_by="镇党政办", told_on=due, **office
    )
    actions.accept_sheet(told, **office)
    returned = _signed(county, sheets[RETURNED], due)
    marks = {"t2.penalty.decided": "与综合执法队报表不一致"}
    actions.return_sheet(returned, reason="请核对处罚决定数", marks=marks, **office)
    _signed(county, sheets[SIGNING], due, by_head=False)


def _last_quarter(today: date) -> tuple[int, str]:
    quarter = (today.month - 1) // 3
    return (today.year, f"Q{quarter}") if quarter else (today.year - 1, "Q4")


def _figures(county: County, sheet: FilingSheet) -> dict[str, Number]:
    return {cell.id: county.random.randint(0, 20) for cell in cells_of(sheet)}


def _signed(county: County, sheet: FilingSheet, on: date, *, zero: bool = False, by_head: bool = True) -> FilingSheet:
    """Filled in by the organ's clerk and confirmed by its office and its head, or by the office alone."""
    clerk = county.person(sheet.agency, Role.STATISTICIAN)
    reviewer, head = (county.person(sheet.agency, role) for role in (Role.REVIEWER, Role.SIGNATORY))
    if zero:
        sheet = actions.zero_report(sheet, by=clerk, today=on)
    else:
        sheet = actions.fill_sheet(sheet, _figures(county, sheet), evidence="综合执法台账", by=clerk, today=on)
    sheet = actions.hand_to_sign(sheet, reviewer=reviewer, head=head, by=clerk, today=on)
    sheet = actions.sign_sheet(sheet, by=reviewer, today=on)
    return actions.sign_sheet(sheet, by=head, today=on) if by_head else sheet
