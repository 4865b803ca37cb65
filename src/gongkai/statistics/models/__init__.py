from gongkai.statistics.models.correction import Correction
from gongkai.statistics.models.explanation import Explanation
from gongkai.statistics.models.filing import Filing
from gongkai.statistics.models.former import FormerKind, FormerLedger, FormerRow, FormerTable
from gongkai.statistics.models.rollup import OrganYear, RollupMark
from gongkai.statistics.models.snapshot import Snapshot

__all__ = [
    "Correction",
    "Explanation",
    "Filing",
    "FormerKind",
    "FormerLedger",
    "FormerRow",
    "FormerTable",
    "OrganYear",
    "RollupMark",
    "Snapshot",
]
