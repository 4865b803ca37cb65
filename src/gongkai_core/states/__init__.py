"""State machines (状态机) as tables, and the small engine that reads them."""

from gongkai_core.states.cases import CASE
from gongkai_core.states.engine import Guard, Machine, MachineError, Row
from gongkai_core.states.filing_sheets import FILING_SHEET
from gongkai_core.states.gazette import GAZETTE_ISSUE
from gongkai_core.states.items import ITEM_VERSION, item_state
from gongkai_core.states.picture import to_mermaid
from gongkai_core.states.supply import SUPPLY_SHEET

__all__ = [
    "CASE",
    "FILING_SHEET",
    "GAZETTE_ISSUE",
    "ITEM_VERSION",
    "SUPPLY_SHEET",
    "Guard",
    "Machine",
    "MachineError",
    "Row",
    "item_state",
    "to_mermaid",
]
