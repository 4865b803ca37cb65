from gongkai.statistics.actions.correct import can_correct, correct, withdraw_correction
from gongkai.statistics.actions.explain import explain
from gongkai.statistics.actions.file import can_file, file
from gongkai.statistics.actions.freeze import can_freeze, freeze

__all__ = [
    "can_correct",
    "can_file",
    "can_freeze",
    "correct",
    "explain",
    "file",
    "freeze",
    "withdraw_correction",
]
