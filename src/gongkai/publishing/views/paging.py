"""Keyset paging: 上一页 and 下一页 without COUNT and without OFFSET."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

SIZE = 20


def page_by_key(
    queryset: QuerySet[Any], request: HttpRequest, *, order: str = "public_id", size: int = SIZE
) -> tuple[list[Any], str | None, str | None]:
    """Rows of one page, latest first, with the urls of the newer and the older page or None.

    `order` is the column that orders the list; equal ones go by public id, whose order is that of time (UUIDv7).
    The address names the last row seen by its public id.
    """
    after, before = (
        _place(queryset, request.GET.get("after"), order),
        _place(queryset, request.GET.get("before"), order),
    )
    keys = list(dict.fromkeys([order, "public_id"]))
    if after:
        rows = list(queryset.filter(_beyond("gt", order, *after)).order_by(*keys)[: size + 1])
        more_newer, more_older = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        if before:
            queryset = queryset.filter(_beyond("lt", order, *before))
        rows = list(queryset.order_by(*(f"-{key}" for key in keys))[: size + 1])
        more_newer, more_older = before is not None, len(rows) > size
        rows = rows[:size]
    if not rows:
        return [], None, None
    newer = _url(request, after=str(rows[0].public_id)) if more_newer else None
    older = _url(request, before=str(rows[-1].public_id)) if more_older else None
    return rows, newer, older


def page_by_place(
    rows: Sequence[Any], request: HttpRequest, *, size: int = SIZE
) -> tuple[Sequence[Any], str | None, str | None]:
    """The same for rows that are at hand because their order is computed; the address names the first by its place."""
    given = request.GET.get("from", "")
    start = min(int(given), len(rows)) if given.isdecimal() and len(given) < 10 else 0
    newer = _url(request, **{"from": str(max(start - size, 0))}) if start else None
    older = _url(request, **{"from": str(start + size)}) if start + size < len(rows) else None
    return rows[start : start + size], newer, older


def _place(queryset: QuerySet[Any], text: str | None, order: str) -> tuple[Any, UUID] | None:
    """The key of the row that an address names; None when it names none."""
    try:
        public_id = UUID(text) if text else None
    except ValueError:
        return None
    if public_id is None or order == "public_id":
        return (public_id, public_id) if public_id else None
    value = queryset.model._default_manager.filter(public_id=public_id).values_list(order, flat=True).first()
    return None if value is None else (value, public_id)


def _beyond(side: str, order: str, value: Any, public_id: UUID) -> Q:
    if order == "public_id":
        return Q(**{f"public_id__{side}": public_id})
    # The first condition lets the index be entered at the right place; the second breaks ties.
    return Q(**{f"{order}__{side}e": value}) & (
        Q(**{f"{order}__{side}": value}) | Q(**{f"public_id__{side}": public_id})
    )


def _url(request: HttpRequest, **place: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in ("before", "after", "from") and value}
    return f"{request.path}?{urlencode({**kept, **place})}"
