from gongkai.publishing.models.approval import Approval
from gongkai.publishing.models.attachment import Attachment, AttachmentKind
from gongkai.publishing.models.batch import Batch
from gongkai.publishing.models.check_list import CheckList, ListKind
from gongkai.publishing.models.clean_up import CleanUp, CleanUpEntry, CleanUpVerdict
from gongkai.publishing.models.column import Column, Tab
from gongkai.publishing.models.coordination import CONFIRMED, Coordination, CoordinationResult
from gongkai.publishing.models.deposit import Deposit, DepositItem, Handover, Receiver
from gongkai.publishing.models.dismissal import Dismissal
from gongkai.publishing.models.entry import FREQUENCIES, CatalogueEntry, Duty, Hanging, Level, StandardCatalogue
from gongkai.publishing.models.erratum import Erratum
from gongkai.publishing.models.facts import (
    FACTS,
    Facts,
    Genre,
    InterpretationForm,
    NormativeKind,
    Openness,
    Origin,
    Phase,
    Topic,
)
from gongkai.publishing.models.gap_explanation import GapExplanation
from gongkai.publishing.models.gazette_entry import EntryKind, GazetteEntry
from gongkai.publishing.models.gazette_issue import GazetteIssue
from gongkai.publishing.models.gazette_printing import GazettePrinting
from gongkai.publishing.models.item import ISOLATED, InterpretationNeed, Item, ItemClass, Validity, WithdrawalKind
from gongkai.publishing.models.numbering import Numbering
from gongkai.publishing.models.obligation import Evidence, NoMatterStatement, Obligation, Reminder, SupervisionOrder
from gongkai.publishing.models.penalty_change import Change, PenaltyChange
from gongkai.publishing.models.publication import Channel, Publication
from gongkai.publishing.models.reassessment import Conclusion, Reassessment
from gongkai.publishing.models.rescan_hit import RescanHit
from gongkai.publishing.models.review_chain import ReviewChain
from gongkai.publishing.models.sample import Draw, Sample, SampleVerdict
from gongkai.publishing.models.secret_reference import SecrecyLevel, SecretReference
from gongkai.publishing.models.spill import Spill, SpillState
from gongkai.publishing.models.superior_page import Shown, SuperiorPage, Verdict
from gongkai.publishing.models.takedown import Takedown
from gongkai.publishing.models.validity import ValidityChange
from gongkai.publishing.models.version import ItemVersion

__all__ = [
    "CONFIRMED",
    "FACTS",
    "FREQUENCIES",
    "ISOLATED",
    "Approval",
    "Attachment",
    "AttachmentKind",
    "Batch",
    "CatalogueEntry",
    "Change",
    "Channel",
    "CheckList",
    "CleanUp",
    "CleanUpEntry",
    "CleanUpVerdict",
    "Column",
    "Conclusion",
    "Coordination",
    "CoordinationResult",
    "Deposit",
    "DepositItem",
    "Dismissal",
    "Draw",
    "Duty",
    "EntryKind",
    "Erratum",
    "Evidence",
    "Facts",
    "GapExplanation",
    "GazetteEntry",
    "GazetteIssue",
    "GazettePrinting",
    "Genre",
    "Handover",
    "Hanging",
    "InterpretationForm",
    "InterpretationNeed",
    "Item",
    "ItemClass",
    "ItemVersion",
    "Level",
    "ListKind",
    "NoMatterStatement",
    "NormativeKind",
    "Numbering",
    "Obligation",
    "Openness",
    "Origin",
    "PenaltyChange",
    "Phase",
    "Publication",
    "Reassessment",
    "Receiver",
    "Reminder",
    "RescanHit",
    "ReviewChain",
    "Sample",
    "SampleVerdict",
    "SecrecyLevel",
    "SecretReference",
    "Shown",
    "Spill",
    "SpillState",
    "StandardCatalogue",
    "SuperiorPage",
    "SupervisionOrder",
    "Tab",
    "Takedown",
    "Topic",
    "Validity",
    "ValidityChange",
    "Verdict",
    "WithdrawalKind",
]
