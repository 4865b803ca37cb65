"""How often the same applicant has asked (条例第三十五条): in view of whoever judges, and never judged by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.casework import rules
from gongkai.casework.models import Case


@dataclass(frozen=True)
class Frequency:
    """Applications of one applicant to one organ, by the legal day of receipt."""

    month: int
    year: int
    threshold: int

    @property
    def high(self) -> bool:
        return self.month > self.threshold

    @property
    def words(self) -> str:
        said = f"同一申请人向本机关申请：本月 {self.month} 件，本年 {self.year} 件"
        if not self.high:
            return said
        return f"{said}。本月超过 {self.threshold} 件，可以要求说明理由（条例第三十五条）；是否超过合理范围由人判断"


def frequency(case: Case, today: date) -> Frequency:
    """This month's and this year's count, the case among them; cases not yet confirmed count by their submission."""
    same = Case.objects.filter(agency_id=case.agency_id, applicant__in=case.applicant.same_person())
    days = [received or submitted for received, submitted in same.values_list("received_on", "submitted_on")]
    year = [day for day in days if day.year == today.year]
    return Frequency(sum(day.month == today.month for day in year), len(year), rules.EXCESSIVE_HINT_AT.value())
