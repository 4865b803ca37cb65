from gongkai.statistics.models.correction import Correction
from gongkai.statistics.models.explanation import Explanation
from gongkai.statistics.models.filing import Filing
from gongkai.statistics.models.snapshot import Snapshot

__all__ = ["Correction", "Explanation", "Filing", "Snapshot"]
