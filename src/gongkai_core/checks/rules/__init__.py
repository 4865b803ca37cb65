"""The rules, in the order in which one gives way to another that stands before it."""

from __future__ import annotations

from gongkai_core.checks.rule import Rule
from gongkai_core.checks.rules import (
    address,
    bank_card,
    closing_note,
    dates,
    dead_links,
    document_numbers,
    doubled_marks,
    doubled_words,
    email,
    forbidden_words,
    homophones,
    identity_card,
    law_names,
    leader_names,
    missing_attachments,
    obsolete_words,
    organ_names,
    phone,
    picture_words,
    plate,
    secrecy_mark,
)

RULES: tuple[Rule, ...] = (
    secrecy_mark.RULE,
    closing_note.RULE,
    identity_card.RULE,
    bank_card.RULE,
    phone.RULE,
    email.RULE,
    plate.RULE,
    address.RULE,
    leader_names.RULE,
    organ_names.RULE,
    law_names.RULE,
    forbidden_words.RULE,
    obsolete_words.RULE,
    document_numbers.RULE,
    dates.RULE,
    doubled_words.RULE,
    doubled_marks.RULE,
    dead_links.RULE,
    missing_attachments.RULE,
    picture_words.RULE,
    homophones.RULE,
)
