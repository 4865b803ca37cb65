from gongkai.annualreport.models.budget_approval import BudgetApproval, BudgetKind
from gongkai.annualreport.models.bulk_run import BulkAct, BulkLine, BulkRun, LineState
from gongkai.annualreport.models.collection import Collection
from gongkai.annualreport.models.comment import Comment
from gongkai.annualreport.models.plan_entry import PlanEntry, PlanEntryKind
from gongkai.annualreport.models.published_file import PublishedFile
from gongkai.annualreport.models.published_version import PublishedVersion
from gongkai.annualreport.models.report import Report, ReportState
from gongkai.annualreport.models.revision import Revision
from gongkai.annualreport.models.section import Section
from gongkai.annualreport.models.superior_template import SuperiorTemplate
from gongkai.annualreport.models.website_return import (
    WebsiteCorrection,
    WebsiteReturn,
    WebsiteReturnFile,
    WebsiteReturnState,
)

__all__ = [
    "BudgetApproval",
    "BudgetKind",
    "BulkAct",
    "BulkLine",
    "BulkRun",
    "Collection",
    "Comment",
    "LineState",
    "PlanEntry",
    "PlanEntryKind",
    "PublishedFile",
    "PublishedVersion",
    "Report",
    "ReportState",
    "Revision",
    "Section",
    "SuperiorTemplate",
    "WebsiteCorrection",
    "WebsiteReturn",
    "WebsiteReturnFile",
    "WebsiteReturnState",
]
