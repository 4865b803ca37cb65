"""Letters (文书): templates, remedy clauses, numbers, and the check on the applicant's data."""

from gongkai_core.letters.additions import Addition, check_additions, given_lines
from gongkai_core.letters.catalogue import ADDRESSEES, FIRST_DAY, KINDS, LETTERS, Letter, letters_for
from gongkai_core.letters.numbers import document_number, is_document_number
from gongkai_core.letters.privacy import Leak, leaks
from gongkai_core.letters.remedy import (
    LEGAL_REVIEW_CHOICES,
    ORGAN_KINDS,
    AnsweringBody,
    Court,
    court_for,
    remedy_by_choice,
    remedy_clause,
    remedy_for_letter,
    review_bodies,
)
from gongkai_core.letters.rendering import Block, RenderedLetter, render
from gongkai_core.letters.template import Value, chinese_date
from gongkai_core.letters.variables import VARIABLE_LABELS

__all__ = [
    "ADDRESSEES",
    "FIRST_DAY",
    "KINDS",
    "LEGAL_REVIEW_CHOICES",
    "LETTERS",
    "ORGAN_KINDS",
    "VARIABLE_LABELS",
    "Addition",
    "AnsweringBody",
    "Block",
    "Court",
    "Leak",
    "Letter",
    "RenderedLetter",
    "Value",
    "check_additions",
    "chinese_date",
    "court_for",
    "document_number",
    "given_lines",
    "is_document_number",
    "leaks",
    "letters_for",
    "remedy_by_choice",
    "remedy_clause",
    "remedy_for_letter",
    "render",
    "review_bodies",
]
