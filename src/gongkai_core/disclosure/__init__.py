"""主动公开: what must be public by when, how often, and the papers that say so (条例第十二条、第十九条至第二十六条).

`terms` reads time limits, `deadlines` says by when a piece of information must be public, `occasions` spreads a
catalogue entry over a year, `guide` checks the statutory guide, `standard` reads the 26-field standard catalogue.
"""

from gongkai_core.disclosure.deadlines import (
    GENERAL,
    Rule,
    Timeliness,
    deadline_rules,
    parse_rules,
    rule_for,
    timeliness,
)
from gongkai_core.disclosure.guide import ELEMENTS, Element, check_guide
from gongkai_core.disclosure.occasions import Frequency, Occasion, occasions
from gongkai_core.disclosure.terms import Kind, Term, frequency_words, parse_term

__all__ = [
    "ELEMENTS",
    "GENERAL",
    "Element",
    "Frequency",
    "Kind",
    "Occasion",
    "Rule",
    "Term",
    "Timeliness",
    "check_guide",
    "deadline_rules",
    "frequency_words",
    "occasions",
    "parse_rules",
    "parse_term",
    "rule_for",
    "timeliness",
]
