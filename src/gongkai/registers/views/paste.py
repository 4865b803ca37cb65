"""粘贴登记: a block of Excel cells, previewed with what is wrong at each cell, then entered as a whole or not at all."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.agencies.models import Agency
from gongkai.registers.actions import can_enter, can_enter_block, enter_block
from gongkai.registers.forms import FORMS, MOST_ROWS, BlockForm
from gongkai.registers.models import REGISTERS
from gongkai.registers.pasting import MOST_FIXES, Block, Reader
from gongkai.registers.views.desk import find_register, frame
from gongkai_core.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, name: str) -> HttpResponse:
    """The text area; then the preview, where wrong cells are mended; then all rows at once."""
    find_register(name)
    organ = request.organ
    if organ is None:
        raise Http404
    reader = Reader(FORMS[name], organ)
    form = BlockForm(request.POST if request.method == "POST" else None)
    block: Block | None = None
    if request.method == "POST" and form.is_valid():
        block = reader.read(form.cleaned_data["block"], request.POST.dict())
        if request.POST.get("then") == "again":  # back to the text area, with what was mended
            form, block = BlockForm(initial={"block": block.text}), None
        elif block.problem:
            form.add_error("block", block.problem)
            block = None
        else:
            _rehearse(request, name, organ, block)
            if request.POST.get("then") == "enter" and not block.wrong and _entered(request, name, organ, block):
                return redirect("registers:register", name)
    context = frame(name) | {
        "form": form,
        "pasted": block,
        "labels": list(reader.labels.values()),
        "fixes": _mendable(block) if block else set(),
        "most": MOST_ROWS,
        "refusal": can_enter(organ, by=request.user, today=request.today),
    }
    status = 422 if form.errors or (block and block.wrong) else 200
    return render(request, "registers/paste.html", context, status=status)


def _mendable(block: Block) -> set[str]:
    """Cells that are offered for mending: the first so many wrong ones."""
    wrong = [cell.place for row in block.rows for cell in row.cells if cell.place and (cell.error or row.error)]
    return set(wrong[:MOST_FIXES])


def _rehearse(request: HttpRequest, name: str, organ: Agency, block: Block) -> None:
    """Say of each row that is well written whether the register would take it."""
    right = [row for row in block.rows if not row.wrong]
    facts = [row.facts for row in right]
    refused = can_enter_block(REGISTERS[name], organ, facts, by=request.user, today=request.today)
    for place, refusal in refused.items():
        right[place].error = refusal.message


def _entered(request: HttpRequest, name: str, organ: Agency, block: Block) -> bool:
    """Enter all rows; if somebody was quicker, nothing is entered and the page says why."""
    try:
        rows = [row.facts for row in block.rows]
        written = enter_block(REGISTERS[name], organ, rows, by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, f"一行也没有登记：{refused}")
        return False
    messages.success(request, f"已登记 {len(written)} 行")
    return True
