"""工作台: home, to-do lists, calendar, search across."""
