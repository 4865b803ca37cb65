"""Batches on the desk: import with a pre-check, one screen, one approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.publishing import actions
from gongkai.publishing.actions.import_batch import row_refusal
from gongkai.publishing.backdating import DAYS
from gongkai.publishing.batches import BatchRow, Precheck, live_versions, precheck
from gongkai.publishing.checks import is_name_list
from gongkai.publishing.content import clean_body
from gongkai.publishing.forms import DecisionForm, ImportForm, SubmitBatchForm
from gongkai.publishing.hits import Group, checker, row_hits
from gongkai.publishing.models import Batch, Dismissal
from gongkai.publishing.permissions import batches_for
from gongkai.publishing.views.desk import page, thread, tried
from gongkai.publishing.views.files import BroughtFiles
from gongkai.publishing.views.item import steps_done
from gongkai.publishing.views.paging import page_by_key
from gongkai_core.refusals import Refusal, Refused

SAMPLE = 20
DISMISSALS = 100
LIST = ("批次", "/desk/publishing/batches/")


def find_batch(request: HttpRequest, public_id: UUID) -> Batch:
    found = batches_for(request.user, on=request.today).select_related("agency", "column", "author")
    return get_object_or_404(found, public_id=public_id)


def batches(request: HttpRequest) -> HttpResponse:
    found = batches_for(request.user, on=request.today).select_related("agency", "column", "author")
    rows, newer, older = page_by_key(found, request)
    return page(request, "batches", (LIST[0], ""), rows=rows, newer=newer, older=older)


def import_table(request: HttpRequest) -> HttpResponse:
    """A block pasted from Excel, or a file (.xlsx, CSV, JSON): checked first, wrong rows in a table, then imported."""
    if request.organ is None:
        return redirect("publishing:desk_items")
    if refusal := actions.can_import_batch(request.organ, by=request.user, today=request.today):
        messages.error(request, str(refusal))
        return redirect("publishing:desk_items")
    files = BroughtFiles(request)
    form = ImportForm(files.data, request.FILES or None)
    checked: Precheck | None = None
    hits: list[tuple[str, Group]] = []
    for error in files.errors:
        messages.error(request, error)
    if files.asked:
        form = _with_what_was_typed(form, files)
    elif request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        table = given["table"]  # an error on the field would take it out of the form's data
        late_after, name_list = DAYS.value(), is_name_list(given["column"])
        judge, reason = checker(), given["hits_reason"].strip()

        def check(row: BatchRow) -> Refusal | None:
            body = clean_body(row.body)
            found = row_hits(judge, row.title, body, today=request.today, files=[file.row for file in row.files])
            hits.extend((row.title, group) for group in found if not group.is_hint)
            facts = {"late_after": late_after, "name_list": name_list, "found": () if reason else found}
            return row_refusal(row, body, today=request.today, **facts)

        checked = precheck(table, check=check, column=given["column"].name, files=files.rows)
        if checked.problem:
            form.add_error("table", checked.problem)
        wanted = request.POST.get("then") == "import" and checked.good
        if wanted and (batch := _imported(request, form, checked)):
            return redirect("publishing:desk_batch", batch.public_id)
        # What was read from a file stands in the text area from now on: nothing has to be chosen again.
        form.data = form.data.copy()
        form.data["table"] = table
    shown = {"form": form, "checked": checked, "hits": hits, "files": files}
    return page(request, "import", LIST, ("批量导入", ""), section="batch-import", **shown)


def _with_what_was_typed(form: ImportForm, files: BroughtFiles) -> ImportForm:
    """The page after only a file was added or removed: nothing is checked yet, and nothing has to be chosen again."""
    form.is_valid()
    table = form.cleaned_data.get("table") or files.data.get("table", "")
    return ImportForm(initial={**files.data.dict(), "table": table})


def _imported(request: HttpRequest, form: ImportForm, checked: Precheck) -> Batch | None:
    given = form.cleaned_data
    try:
        batch = actions.import_batch(
            request.organ,
            title=given["title"],
            column=given["column"],
            rows=checked.good,
            hits_reason=given["hits_reason"],
            urgent_reason=given["urgent_reason"],
            by=request.user,
            today=request.today,
        )
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return None
    left = f"，{len(checked.wrong)} 行有错没有导入" if checked.wrong else ""
    messages.success(request, f"已导入 {batch.size} 条并送审{left}。")
    return batch


def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One screen: what the batch is, a sample or a page of it, the thread of acts and what can be done now."""
    row = find_batch(request, public_id)
    return page(request, "batch", LIST, (row.title, ""), acts=_acts(request, row), **_shown(request, row))


def _shown(request: HttpRequest, row: Batch) -> dict[str, Any]:
    found = row.versions.order_by("batch_position") if row.state == "discarded" else live_versions(row)
    found = found.prefetch_related("attachments")
    start = request.GET.get("from", "")
    if start.isdecimal():
        rows = list(found.filter(batch_position__gte=int(start))[: SAMPLE + 1])
        following = rows[SAMPLE].batch_position if len(rows) > SAMPLE else None
        rows = rows[:SAMPLE]
    else:
        stride = max(1, -(-row.size // SAMPLE))
        positions = range(1, row.size * 2, stride)
        rows, following = list(found.filter(batch_position__in=positions[: SAMPLE * 2])[:SAMPLE]), None
    return {
        "batch": row,
        "facts": [
            ("状态", row.standing),
            ("机关", row.agency.name),
            ("栏目", row.column.name),
            ("条数", row.size),
            ("导入人", row.author.name),
            ("整批摘要", row.digest[:16]),
            *([("退回意见", row.remarks)] if row.remarks and row.state == "returned" else []),
        ],
        "rows": [(version, actions.can_take_out(version, by=request.user, today=request.today)) for version in rows],
        "sampled": not start.isdecimal() and row.size > SAMPLE,
        "older": f"?from={following}" if following else None,
        "thread": thread(row),
        "steps": steps_done(row),
        "dismissals": Dismissal.objects.filter(item__versions__batch=row).select_related("item")[:DISMISSALS],
    }


def _step_name(row: Batch) -> str:
    return row.current_step.label if row.current_step else ""


def _acts(request: HttpRequest, row: Batch) -> list[dict[str, Any]]:
    who = {"by": request.user, "today": request.today}
    by_state: dict[str, list[tuple[str, str, Callable[..., Any], bool]]] = {
        "in_review": [(_step_name(row), "desk_batch_review", actions.can_approve_batch, False)],
        "in_signing": [(_step_name(row), "desk_batch_sign", actions.can_publish_batch, False)],
        "published": [(_step_name(row), "desk_batch_review", actions.can_review_afterwards, False)]
        if row.waits_for
        else [],
        "draft": [
            ("送审", "desk_batch_submit", actions.can_submit_batch, False),
            ("整批作废", "desk_batch_discard", actions.can_discard_batch, True),
        ],
        "returned": [
            ("再次送审", "desk_batch_submit", actions.can_submit_batch, False),
            ("整批作废", "desk_batch_discard", actions.can_discard_batch, True),
        ],
    }
    return [
        {
            "label": label,
            "url": reverse(f"publishing:{name}", args=[row.public_id]),
            "kind": "primary" if position == 0 else "quiet",
            "post": post,
            "refusal": can(row, **who),
        }
        for position, (label, name, can, post) in enumerate(by_state.get(row.state, []))
    ]


def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The waiting review step of the whole batch."""
    row = find_batch(request, public_id)
    act, can = (
        (actions.review_afterwards, actions.can_review_afterwards)
        if row.state == "published"
        else (actions.approve_batch, actions.can_approve_batch)
    )
    return _decide(request, row, act, can, label="整批通过", done="整批通过。")


def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_batch(request, public_id)
    return _decide(
        request,
        row,
        actions.publish_batch,
        actions.can_publish_batch,
        label="整批签发并发布",
        done="已签发，网页随即生成。",
    )


def _decide(
    request: HttpRequest,
    row: Batch,
    act: Callable[..., object],
    can: Callable[..., Any],
    *,
    label: str,
    done: str,
) -> HttpResponse:
    form = DecisionForm(row, request.POST or None)
    step = row.current_step
    if request.method == "POST" and form.is_valid():
        who = {"by": request.user, "today": request.today}
        try:
            if request.POST.get("verdict") != "return":
                act(row, **who, vouched=form.decision)
            elif row.state == "published":
                actions.review_afterwards(row, **who, vouched=form.decision, passed=False)
                done = "已转导入人办理。"
            else:
                actions.return_batch(row, **who, **form.way_back)
                done = "已整批退回。"
        except Refused as refused:
            row.refresh_from_db()
            form.refuse(refused, row)
        else:
            messages.success(request, done)
            return redirect("publishing:desk_batch", row.public_id)
    name = step.label if step else label
    crumbs = (row.title, reverse("publishing:desk_batch", args=[row.public_id])), (name, "")
    return page(
        request,
        "batch_review",
        LIST,
        *crumbs,
        form=form,
        refusal=can(row, by=request.user, today=request.today),
        step=name,
        label=label,
        back_label="提出问题" if row.state == "published" else "整批退回",
        **_shown(request, row),
    )


def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a batch for review, for the first time or again, by the ordinary chain or the short one."""
    row = find_batch(request, public_id)
    given = request.POST if request.method == "POST" else None
    form = SubmitBatchForm(given, initial={"urgent_reason": row.urgent_reason})
    who = {"by": request.user, "today": request.today}
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit_batch(row, **who, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "已送审。")
            return redirect("publishing:desk_batch", public_id)
    label = "再次送审" if row.round else "送审"
    crumbs = (row.title, reverse("publishing:desk_batch", args=[public_id])), (label, "")
    refusal = actions.can_submit_batch(row, **who)
    return page(request, "batch_submit", LIST, *crumbs, batch=row, form=form, label=label, refusal=refusal)


@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = find_batch(request, public_id)
    tried(request, lambda: actions.discard_batch(row, by=request.user, today=request.today), "整批已作废，记录保留。")
    return redirect("publishing:desk_batch", public_id)


@require_POST
def take_out(request: HttpRequest, public_id: UUID, version_id: UUID) -> HttpResponse:
    version = get_object_or_404(find_batch(request, public_id).versions.select_related("item"), public_id=version_id)
    tried(request, lambda: actions.take_out(version, by=request.user, today=request.today), "已剔出，其余不受影响。")
    return redirect("publishing:desk_batch", public_id)
