"""What the case page shows beside the course of the case: how often its applicant asks, answers given anew."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai.casework.frequency import frequency
from gongkai.casework.models import Case


def context(request: HttpRequest, row: Case) -> dict[str, Any]:
    """Further context of the case page, each for a template of its own."""
    return {
        "frequency": frequency(row, request.today),
        "redecisions": row.redecisions.select_related("review", "lawsuit"),
    }
