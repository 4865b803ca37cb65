from gongkai.casework.models.advice import Advice
from gongkai.casework.models.applicant import Applicant, ApplicantKind, IdType
from gongkai.casework.models.applicant_paper import ApplicantPaper, ApplicantPaperKind
from gongkai.casework.models.assignment import Assignment
from gongkai.casework.models.assistance import Assistance, Disclosable, Held
from gongkai.casework.models.case import AnsweringBody, Case, Channel, Law, ProvideForm, ProvideRoute, Timely
from gongkai.casework.models.clock_event import ClockEvent, EventType
from gongkai.casework.models.complaint import Complaint, ComplaintResult
from gongkai.casework.models.decision import Decision
from gongkai.casework.models.delivery import Delivery, Holder, Mailing, Outgoing, belongs_to_paper
from gongkai.casework.models.draft import ApplicationDraft, DraftFile
from gongkai.casework.models.duplicate import DuplicateJudgement, DuplicateVerdict
from gongkai.casework.models.electronic_sealing import ElectronicSealing
from gongkai.casework.models.envelope import Envelope, EnvelopeLine
from gongkai.casework.models.extension import Extension
from gongkai.casework.models.fee import FeeCharge, FeeMethod, FeeReceipt
from gongkai.casework.models.file import CaseFile, FileKind
from gongkai.casework.models.inquiry import Inquiry, Opinion, Party
from gongkai.casework.models.ledger_closing import LedgerClosing
from gongkai.casework.models.material import Material, RedactionMark
from gongkai.casework.models.note import CaseNote
from gongkai.casework.models.notice import Method, Notice, OutgoingPaper
from gongkai.casework.models.openness_suggestion import OpennessSuggestion, SuggestionResult
from gongkai.casework.models.platform_entry import PlatformEntry
from gongkai.casework.models.record_correction import CorrectionResult, RecordCorrection
from gongkai.casework.models.redecision import Redecision
from gongkai.casework.models.register_paper import RegisterFile, RegisterPaper, RegisterRow, belongs_to
from gongkai.casework.models.remedy import (
    Lawsuit,
    LawsuitOutcome,
    ResultColumn,
    ReviewCase,
    ReviewOutcome,
    result_column,
)
from gongkai.casework.models.reminder import CaseReminder
from gongkai.casework.models.sealing import Sealing
from gongkai.casework.models.series import Series, SeriesMember
from gongkai.casework.models.signing import PaperKind, SigningLevel, SigningRule, SignOff
from gongkai.casework.models.split import Split
from gongkai.casework.models.subject_sign import SubjectSign
from gongkai.casework.models.suggestion import SuggestionCount
from gongkai.casework.models.transfer import Transfer

__all__ = [
    "Advice",
    "AnsweringBody",
    "Applicant",
    "ApplicantKind",
    "ApplicantPaper",
    "ApplicantPaperKind",
    "ApplicationDraft",
    "Assignment",
    "Assistance",
    "Case",
    "CaseFile",
    "CaseNote",
    "CaseReminder",
    "Channel",
    "ClockEvent",
    "Complaint",
    "ComplaintResult",
    "CorrectionResult",
    "Decision",
    "Delivery",
    "Disclosable",
    "DraftFile",
    "DuplicateJudgement",
    "DuplicateVerdict",
    "ElectronicSealing",
    "Envelope",
    "EnvelopeLine",
    "EventType",
    "Extension",
    "FeeCharge",
    "FeeMethod",
    "FeeReceipt",
    "FileKind",
    "Held",
    "Holder",
    "IdType",
    "Inquiry",
    "Law",
    "Lawsuit",
    "LawsuitOutcome",
    "LedgerClosing",
    "Mailing",
    "Material",
    "Method",
    "Notice",
    "OpennessSuggestion",
    "Opinion",
    "Outgoing",
    "OutgoingPaper",
    "PaperKind",
    "Party",
    "PlatformEntry",
    "ProvideForm",
    "ProvideRoute",
    "RecordCorrection",
    "RedactionMark",
    "Redecision",
    "RegisterFile",
    "RegisterPaper",
    "RegisterRow",
    "ResultColumn",
    "ReviewCase",
    "ReviewOutcome",
    "Sealing",
    "Series",
    "SeriesMember",
    "SignOff",
    "SigningLevel",
    "SigningRule",
    "Split",
    "SubjectSign",
    "SuggestionCount",
    "SuggestionResult",
    "Timely",
    "Transfer",
    "belongs_to",
    "belongs_to_paper",
    "result_column",
]
