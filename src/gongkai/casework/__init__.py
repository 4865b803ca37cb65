"""依申请公开: cases, clock events, decisions, notices, remedies, complaints, fees."""
