"""`python -m gongkai_core.states > docs/states.md` draws the page of the state machines."""

import sys

from gongkai_core.states import CASE, FILING_SHEET, GAZETTE_ISSUE, ITEM_VERSION, SUPPLY_SHEET
from gongkai_core.states.picture import to_document

if __name__ == "__main__":
    sys.stdout.write(to_document(ITEM_VERSION, GAZETTE_ISSUE, CASE, FILING_SHEET, SUPPLY_SHEET))
