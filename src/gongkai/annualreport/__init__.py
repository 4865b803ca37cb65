"""年度报告: compile, narrative, sign, publish."""
