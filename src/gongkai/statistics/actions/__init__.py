from gongkai.statistics.actions.correct import can_correct, correct, withdraw_correction
from gongkai.statistics.actions.explain import explain
from gongkai.statistics.actions.file import can_file, file
from gongkai.statistics.actions.freeze import can_freeze, freeze
from gongkai.statistics.actions.import_former import (
    can_import,
    can_import_ledger,
    can_import_table,
    can_withdraw_import,
    import_ledger,
    import_table,
    withdraw_import,
)

__all__ = [
    "can_correct",
    "can_file",
    "can_freeze",
    "can_import",
    "can_import_ledger",
    "can_import_table",
    "can_withdraw_import",
    "correct",
    "explain",
    "file",
    "freeze",
    "import_ledger",
    "import_table",
    "withdraw_correction",
    "withdraw_import",
]
