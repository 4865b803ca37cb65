from gongkai.publishing.models.approval import Approval, Stage
from gongkai.publishing.models.batch import Batch
from gongkai.publishing.models.clean_up import CleanUp, CleanUpEntry, CleanUpVerdict
from gongkai.publishing.models.column import Column, Tab
from gongkai.publishing.models.facts import FACTS, Facts, Genre, InterpretationForm, NormativeKind, Openness, Topic
from gongkai.publishing.models.item import InterpretationNeed, Item, ItemClass, Validity, WithdrawalKind
from gongkai.publishing.models.penalty_change import Change, PenaltyChange
from gongkai.publishing.models.publication import Channel, Publication
from gongkai.publishing.models.superior_page import Shown, SuperiorPage, Verdict
from gongkai.publishing.models.takedown import Takedown
from gongkai.publishing.models.validity import ValidityChange
from gongkai.publishing.models.version import ItemVersion

__all__ = [
    "FACTS",
    "Approval",
    "Batch",
    "Change",
    "Channel",
    "CleanUp",
    "CleanUpEntry",
    "CleanUpVerdict",
    "Column",
    "Facts",
    "Genre",
    "InterpretationForm",
    "InterpretationNeed",
    "Item",
    "ItemClass",
    "ItemVersion",
    "NormativeKind",
    "Openness",
    "PenaltyChange",
    "Publication",
    "Shown",
    "Stage",
    "SuperiorPage",
    "Tab",
    "Takedown",
    "Topic",
    "Validity",
    "ValidityChange",
    "Verdict",
    "WithdrawalKind",
]
