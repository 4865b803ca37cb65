from gongkai.desk.actions.enter_calendar import can_enter_calendar, enter_calendar
from gongkai.desk.actions.hand_over import can_hand_over, dismiss_handover, hand_over

__all__ = ["can_enter_calendar", "can_hand_over", "dismiss_handover", "enter_calendar", "hand_over"]
