from gongkai.desk.actions.enter_calendar import can_enter_calendar, enter_calendar

__all__ = ["can_enter_calendar", "enter_calendar"]
