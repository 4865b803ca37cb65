from gongkai.casework.models.applicant import Applicant, ApplicantKind, IdType
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
from gongkai.casework.models.extension import Extension
from gongkai.casework.models.fee import FeeCharge, FeeMethod, FeeReceipt
from gongkai.casework.models.file import CaseFile, FileKind
from gongkai.casework.models.inquiry import Inquiry, Opinion, Party
from gongkai.casework.models.notice import Delivery, Method, Notice
from gongkai.casework.models.remedy import (
    Lawsuit,
    LawsuitOutcome,
    ResultColumn,
    ReviewCase,
    ReviewOutcome,
    result_column,
)
from gongkai.casework.models.reminder import CaseReminder
from gongkai.casework.models.subject_sign import SubjectSign

__all__ = [
    "AnsweringBody",
    "Applicant",
    "ApplicantKind",
    "ApplicationDraft",
    "Case",
    "CaseFile",
    "CaseReminder",
    "Channel",
    "ClockEvent",
    "Complaint",
    "ComplaintResult",
    "Decision",
    "Delivery",
    "DraftFile",
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
    "ProvideForm",
    "ProvideRoute",
    "ResultColumn",
    "ReviewCase",
    "ReviewOutcome",
    "SubjectSign",
    "Timely",
    "result_column",
]
