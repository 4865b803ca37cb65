"""Press conferences, meetings and trainings of each year."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.models import Role
from gongkai.operations.demonstration.organs import County
from gongkai.registers.actions import enter, strike_out
from gongkai.registers.models import ChannelMonth, Meeting, PressConference, Training


def build_registers(county: County, years: list[int]) -> None:
    """Each organ's meetings and trainings, the government's press conferences; one wrong row struck out."""
    for year in years:
        last = min(date(year, 12, 20), county.today)
        for organ in (county.government, *county.organs.values()):
            by = county.person(organ, Role.STATISTICIAN)
            for day in _days(county, year, last, county.random.randint(1, 3)):
                enter(Meeting, organ, by=by, today=day, held_on=day, title=f"{organ.short_name}政务公开工作会议")
            for day in _days(county, year, last, county.random.randint(0, 2)):
                enter(
                    Training, organ, by=by, today=day, held_on=day, title=f"{year}年政府信息公开业务培训",
                    attendance=county.random.randint(8, 60),
                )  # fmt: skip
        _channel_months(county, year)
        by = county.person(county.government, Role.STATISTICIAN)
        for day in _days(county, year, last, 4):
            enter(
                PressConference, county.government, by=by, today=day, held_on=day,
                title=f"青禾县{county.random.choice(['民生实事', '重点项目', '营商环境', '防汛备汛'])}新闻发布会",
                principal_attended=county.random.random() < 0.5,
            )  # fmt: skip
    wrong = Training.objects.order_by("pk").last()
    if wrong:
        by = county.person(wrong.agency, Role.STATISTICIAN)
        strike_out(wrong, by=by, today=county.today, reason="与上一场重复登记")


def _channel_months(county: County, year: int) -> None:
    """The government's numbers by channel for each quarter's first month that is over."""
    by = county.person(county.government, Role.STATISTICIAN)
    for month in (1, 4, 7, 10):
        last = date(year, month + 1, 1) - timedelta(days=1)
        if last < county.today:
            numbers = {name: county.random.randint(4, 40) for name in ChannelMonth.CHANNELS[:4]}
            title = f"{year}年{month}月渠道发布数"
            enter(ChannelMonth, county.government, by=by, today=county.today, held_on=last, title=title, **numbers)


def _days(county: County, year: int, last: date, count: int) -> list[date]:
    first = date(year, 1, 8)
    span = (last - first).days
    if span <= 0:
        return []
    return sorted(first + timedelta(days=county.random.randrange(span)) for _ in range(count))
