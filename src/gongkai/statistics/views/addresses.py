"""What the pages of statistics have in common: whose figures, of which period, and how a link says it again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from gongkai.agencies.ledger import Scope
from gongkai.statistics.compilation import Compilation
from gongkai.statistics.forms import field_name
from gongkai.statistics.periods import CODES, YEAR
from gongkai.statistics.permissions import scope_for, scope_of_organ
from gongkai.statistics.tables import squares
from gongkai_core.errors import InputError
from gongkai_core.returns import Finding, Form, Report, form_for


def scope_asked(request: HttpRequest) -> Scope:
    """The scope an address names (`scope=region`, `organ=`), or one's own organ; 404 for what one may not see."""
    if "organ" in request.GET:
        scope = scope_of_organ(request.user, request.GET["organ"], on=request.today)
    else:
        whole_region = request.GET.get("scope") == "region"
        scope = scope_for(request.user, request.organ, whole_region=whole_region, on=request.today)
    if scope is None:
        raise Http404
    return scope


def period_asked(request: HttpRequest) -> str:
    code = request.GET.get("period", YEAR)
    if code not in CODES:
        raise Http404
    return code


def form_asked(year: int) -> Form:
    try:
        return form_for(year)
    except InputError as problem:
        raise Http404(str(problem)) from None


def query_of(request: HttpRequest, scope: Scope, code: str = YEAR) -> str:
    """The part of an address that says whose figures, of which period."""
    asked: dict[str, str] = {}
    if scope.whole_region:
        asked["scope"] = "region"
    elif scope.agency != request.organ:
        asked["organ"] = str(scope.agency.public_id)
    if code != YEAR:
        asked["period"] = code
    return f"?{urlencode(asked)}" if asked else ""


def scope_note(scope: Scope) -> str:
    """Printed under each table: 本级 and 全域 are never mixed (domain-spec §11.8 item 56)."""
    if scope.whole_region:
        return f"口径：全域（{scope.agency.name}本级，以及向本县报送的部门、乡镇、街道逐级汇总）"
    return f"口径：本级（{scope.agency.name}）"


@dataclass(frozen=True)
class Shown:
    """A finding with the names of its cells, for a list that links to them."""

    finding: Finding
    cells: list[tuple[str, str]]
    field: str = ""
    """The field on the same page in which its first cell is filled in, if it is."""


def shown(compilation: Compilation, findings: tuple[Finding, ...], filled_here: Collection[str] = ()) -> list[Shown]:
    """Each finding with the cells it names, as (id, label); of a long sum the first few."""
    by_id = compilation.form.by_id
    return [
        Shown(
            finding,
            [(cell, by_id[cell].short) for cell in finding.cells[:MOST_CELLS] if cell in by_id],
            field_name(finding.cells[0]) if finding.cells[0] in filled_here else "",
        )
        for finding in findings
    ]


MOST_CELLS = 6


def tables_of(compilation: Compilation, report: Report, previous: Any = None) -> list[Any]:
    return squares(compilation.form, compilation.values, report.findings, previous)
