from gongkai.annualreport.models.budget_approval import BudgetApproval, BudgetKind
from gongkai.annualreport.models.plan_entry import PlanEntry, PlanEntryKind
from gongkai.annualreport.models.published_file import PublishedFile
from gongkai.annualreport.models.report import Report, ReportState
from gongkai.annualreport.models.section import Section
from gongkai.annualreport.models.website_return import (
    WebsiteCorrection,
    WebsiteReturn,
    WebsiteReturnFile,
    WebsiteReturnState,
)

__all__ = [
    "BudgetApproval",
    "BudgetKind",
    "PlanEntry",
    "PlanEntryKind",
    "PublishedFile",
    "Report",
    "ReportState",
    "Section",
    "WebsiteCorrection",
    "WebsiteReturn",
    "WebsiteReturnFile",
    "WebsiteReturnState",
]
