"""Whoever holds a number and its query code: the one way to a case without an account.

An unknown number and a wrong code get the same answer, and take the same look-ups and the same comparison.
"""

from __future__ import annotations

from django.utils.crypto import constant_time_compare

from gongkai.casework.actions.receive import query_digest_of
from gongkai.casework.models import Case

NOBODY = "0" * 64
WRONG = "登记号或者查询码不对，请照回执核对"


def find(number: str, code: str) -> Case | None:
    """The case of this number if the code is its own."""
    known = Case.objects.filter(number=_brackets(number)).values_list("pk", "query_digest").first()
    key, digest = known or (0, NOBODY)
    if not constant_time_compare(query_digest_of(code), digest):
        return None
    return Case.objects.select_related("agency", "applicant").get(pk=key)


def _brackets(number: str) -> str:
    """A number as it was meant: 〔2026〕 is hard to type."""
    return number.replace(" ", "").translate(str.maketrans("[(【])】", "〔〔〔〕〕〕"))
