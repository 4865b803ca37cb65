from gongkai.annualreport.models.batch import Batch, BatchAct, BatchLine, LineState
from gongkai.annualreport.models.collection import Collection
from gongkai.annualreport.models.comment import Comment
from gongkai.annualreport.models.publication import Publication
from gongkai.annualreport.models.published_file import PublishedFile
from gongkai.annualreport.models.report import Report, ReportState
from gongkai.annualreport.models.revision import Revision
from gongkai.annualreport.models.section import Section
from gongkai.annualreport.models.superior_template import SuperiorTemplate

__all__ = [
    "Batch",
    "BatchAct",
    "BatchLine",
    "Collection",
    "Comment",
    "LineState",
    "Publication",
    "PublishedFile",
    "Report",
    "ReportState",
    "Revision",
    "Section",
    "SuperiorTemplate",
]
