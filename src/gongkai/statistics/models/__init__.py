from gongkai.statistics.models.correction import Correction
from gongkai.statistics.models.explanation import Explanation
from gongkai.statistics.models.filing import Filing
from gongkai.statistics.models.filing_round import (
    OWED,
    SENT_UP,
    FilingRound,
    FilingSheet,
    OrganGroup,
    SheetMark,
    SheetSignature,
    SheetState,
    SignPlace,
    SignWay,
)
from gongkai.statistics.models.former import FormerKind, FormerLedger, FormerRow, FormerTable
from gongkai.statistics.models.rollup import OrganYear, RollupMark
from gongkai.statistics.models.snapshot import Occasion, Snapshot

__all__ = [
    "OWED",
    "SENT_UP",
    "Correction",
    "Explanation",
    "Filing",
    "FilingRound",
    "FilingSheet",
    "FormerKind",
    "FormerLedger",
    "FormerRow",
    "FormerTable",
    "Occasion",
    "OrganGroup",
    "OrganYear",
    "RollupMark",
    "SheetMark",
    "SheetSignature",
    "SheetState",
    "SignPlace",
    "SignWay",
    "Snapshot",
]
