from gongkai.annualreport.models.published_file import PublishedFile
from gongkai.annualreport.models.report import Report, ReportState
from gongkai.annualreport.models.section import Section

__all__ = ["PublishedFile", "Report", "ReportState", "Section"]
