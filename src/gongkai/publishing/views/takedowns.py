"""The list of copies held elsewhere (提请撤下清单), as the page of a silently withdrawn item shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai.publishing import actions
from gongkai.publishing.forms_withdrawal import TakedownForm
from gongkai.publishing.models import Item, WithdrawalKind


def takedowns_of(request: HttpRequest, row: Item) -> dict[str, Any]:
    """What the item's page needs of its list: rows with the refusal of their mark, and the form for one more."""
    if row.withdrawal_kind != WithdrawalKind.SILENT:
        return {"takedowns": None}
    who = {"by": request.user, "today": request.today}
    rows = row.takedowns.select_related("item__agency", "gone_by")
    return {
        "takedowns": [(copy, actions.can_settle_takedown(copy, **who)) for copy in rows],
        "takedown_form": TakedownForm(),
        "adding_refusal": actions.can_add_takedown(row, **who),
    }
