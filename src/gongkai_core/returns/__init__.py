"""Statistical returns (统计报表): the forms of 2014, 2019 and 2021, their declared equations, derived cells.

Start with `form_for(year)`, then `check(form, values)` and `derive(form, values)`.
"""

from gongkai_core.returns.cells import Cell
from gongkai_core.returns.checks import GOVERNMENT_LEVELS, Finding, Report, Skipped, Value, check, derive
from gongkai_core.returns.forms import FORMS, Form, Rule, edition_for, form_for, form_of
from gongkai_core.returns.layout import Box, Table

__all__ = [
    "FORMS",
    "GOVERNMENT_LEVELS",
    "Box",
    "Cell",
    "Finding",
    "Form",
    "Report",
    "Rule",
    "Skipped",
    "Table",
    "Value",
    "check",
    "derive",
    "edition_for",
    "form_for",
    "form_of",
]
