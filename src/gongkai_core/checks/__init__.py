"""Checks (校核): what in a text must not be published as it is, or should not.

Make a `Checker` from `Lists` once, then `check` any `Material`. The law behind a rule stands in the rule's own file.
"""

from __future__ import annotations

from gongkai_core.checks.engine import Checker
from gongkai_core.checks.hits import Hit, Kind, Severity
from gongkai_core.checks.lists import Lists, Problem, read_block, titles
from gongkai_core.checks.markup import material_of_html
from gongkai_core.checks.material import Link, Material, Picture
from gongkai_core.checks.rule import Rule
from gongkai_core.checks.rules import RULES

__all__ = [
    "RULES",
    "Checker",
    "Hit",
    "Kind",
    "Link",
    "Lists",
    "Material",
    "Picture",
    "Problem",
    "Rule",
    "Severity",
    "material_of_html",
    "read_block",
    "titles",
]
