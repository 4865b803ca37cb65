from gongkai.agencies.models.agency import Agency, LegalKind, ReportingLine, ReportsTo
from gongkai.agencies.models.calendar import CalendarRange, CalendarYear, DayKind
from gongkai.agencies.models.delegation import Delegation
from gongkai.agencies.models.deputy_pair import DeputyPair
from gongkai.agencies.models.handover import WorkHandover, WorkHandoverLine
from gongkai.agencies.models.installation import Installation
from gongkai.agencies.models.person import ADMINISTRATORS, Appointment, Role, User
from gongkai.agencies.models.setting import Setting

__all__ = [
    "ADMINISTRATORS",
    "Agency",
    "Appointment",
    "CalendarRange",
    "CalendarYear",
    "DayKind",
    "Delegation",
    "DeputyPair",
    "Installation",
    "LegalKind",
    "ReportingLine",
    "ReportsTo",
    "Role",
    "Setting",
    "User",
    "WorkHandover",
    "WorkHandoverLine",
]
