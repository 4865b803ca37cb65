from gongkai.casework.models.applicant import Applicant, ApplicantKind, IdType
from gongkai.casework.models.applicant_paper import ApplicantPaper, ApplicantPaperKind
from gongkai.casework.models.case import (
    AnsweringBody,
    Case,
    Channel,
    Law,
    ProvideForm,
    ProvideRoute,
    Timely,
)
from gongkai.casework.models.clock_event import ClockEvent, EventType
from gongkai.casework.models.complaint import Complaint, ComplaintResult
from gongkai.casework.models.decision import Decision
from gongkai.casework.models.draft import ApplicationDraft, DraftFile
from gongkai.casework.models.duplicate import DuplicateJudgement, DuplicateVerdict
from gongkai.casework.models.envelope import Envelope, EnvelopeLine
from gongkai.casework.models.extension import Extension
from gongkai.casework.models.fee import FeeCharge, FeeMethod, FeeReceipt
from gongkai.casework.models.file import CaseFile, FileKind
from gongkai.casework.models.inquiry import Inquiry, Opinion, Party
from gongkai.casework.models.notice import Delivery, Method, Notice
from gongkai.casework.models.platform_entry import PlatformEntry
from gongkai.casework.models.remedy import (
    Lawsuit,
    LawsuitOutcome,
    ResultColumn,
    ReviewCase,
    ReviewOutcome,
    result_column,
)
from gongkai.casework.models.series import Series, SeriesMember
from gongkai.casework.models.suggestion import SuggestionCount

__all__ = [
    "AnsweringBody",
    "Applicant",
    "ApplicantKind",
    "ApplicantPaper",
    "ApplicantPaperKind",
    "ApplicationDraft",
    "Case",
    "CaseFile",
    "Channel",
    "ClockEvent",
    "Complaint",
    "ComplaintResult",
    "Decision",
    "Delivery",
    "DraftFile",
    "DuplicateJudgement",
    "DuplicateVerdict",
    "Envelope",
    "EnvelopeLine",
    "EventType",
    "Extension",
    "FeeCharge",
    "FeeMethod",
    "FeeReceipt",
    "FileKind",
    "IdType",
    "Inquiry",
    "Law",
    "Lawsuit",
    "LawsuitOutcome",
    "Method",
    "Notice",
    "Opinion",
    "Party",
    "PlatformEntry",
    "ProvideForm",
    "ProvideRoute",
    "ResultColumn",
    "ReviewCase",
    "ReviewOutcome",
    "Series",
    "SeriesMember",
    "SuggestionCount",
    "Timely",
    "result_column",
]
