"""After publication: the steps that a short chain deferred (补审补校), and the office's samples (抽查)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.agencies.permissions import is_disclosure_office, visible_agencies
from gongkai.publishing import actions
from gongkai.publishing.forms_review import AnswerForm, DrawForm, SampleForm
from gongkai.publishing.models import Batch, Draw, ItemVersion, Sample
from gongkai.publishing.querysets import seen
from gongkai.publishing.queues import days_left
from gongkai.publishing.samples import SIZE, drawn_again
from gongkai.publishing.views.desk import page
from gongkai.publishing.views.paging import page_by_key
from gongkai_core.refusals import Refused

MOST = 200
"""Of each kind; a list longer than this is a county in a flood."""
SAMPLES = ("事后抽查", "/desk/publishing/samples/")


def rechecks(request: HttpRequest) -> HttpResponse:
    """What is public and still to be reviewed in full, the most overdue first."""
    organs = visible_agencies(request.user, on=request.today)
    versions = ItemVersion.objects.filter(recheck_by__isnull=False, batch=None, item__agency__in=organs)
    batches = Batch.objects.filter(recheck_by__isnull=False, agency__in=organs)
    found: list[Any] = [
        *versions.select_related("item__agency", "author").order_by("recheck_by", "pk")[:MOST],
        *batches.select_related("agency", "author").order_by("recheck_by", "pk")[:MOST],
    ]
    rows = [
        {
            "subject": subject,
            "step": subject.current_step,
            "left": days_left(subject.recheck_by, request.today),
            "url": reverse("publishing:desk_batch", args=[subject.public_id])
            if isinstance(subject, Batch)
            else reverse("publishing:desk_item", args=[subject.item.public_id]),
        }
        for subject in sorted(found, key=lambda subject: subject.recheck_by)
    ]
    overdue = sum(row["left"] < 0 for row in rows)
    return page(
        request, "rechecks", ("补审补校", ""), section="rechecks", rows=rows, overdue=overdue, today=request.today
    )


def visible_samples(request: HttpRequest) -> QuerySet[Sample]:
    organs = visible_agencies(request.user, on=request.today)
    return Sample.objects.filter(seen("version__item"), draw__agency__in=organs).select_related(
        "draw__agency", "version__item", "checked_by", "answered_by"
    )


def samples(request: HttpRequest) -> HttpResponse:
    """All samples, newest first; the office draws a month from here."""
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draws = actions.draw_samples(month=form.cleaned_data["month"], by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            count = sum(draw.samples.count() for draw in draws)
            messages.success(request, f"已在 {len(draws)} 个单位抽取 {count} 条。")
            return redirect("publishing:desk_samples")
    rows, newer, older = page_by_key(visible_samples(request), request)
    return page(
        request,
        "samples",
        (SAMPLES[0], ""),
        section="samples",
        form=form,
        drawing=is_disclosure_office(request.user, on=request.today),
        size=SIZE.value(),
        rows=rows,
        newer=newer,
        older=older,
    )


def sample(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One sample: how it was drawn, the text, and what the office or the organ says."""
    row = get_object_or_404(visible_samples(request), public_id=public_id)
    who = {"by": request.user, "today": request.today}
    checking = actions.can_check_sample(row, **who) is None
    answering = actions.can_answer_finding(row, **who) is None
    form = (SampleForm if checking else AnswerForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.check_sample if "verdict" in form.fields else actions.answer_finding
        try:
            act(row, **who, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "已记录。")
            return redirect("publishing:desk_sample", public_id)
    return page(
        request,
        "sample",
        SAMPLES,
        (row.version.title, ""),
        section="samples",
        sample=row,
        version=row.version,
        facts=_facts(row.draw, row),
        form=form if checking or answering else None,
    )


def _facts(draw: Draw, row: Sample) -> list[tuple[str, Any]]:
    again = row.version.public_id in drawn_again(draw)
    facts: list[tuple[str, Any]] = [
        ("机关", draw.agency.name),
        ("月份", f"{draw.month:%Y年%m月}"),
        ("备选条数", draw.candidates),
        ("抽取", f"{draw.drawn_by.name}，种子 {draw.seed[:16]}（{'重算相符' if again else '重算不符'}）"),
        ("结果", row.get_verdict_display() or "还没有查看"),
    ]
    if row.checked_by:
        facts.append(("抽查人", row.checked_by.name))
    if row.remarks:
        facts.append(("问题", row.remarks))
    if row.answered_by:
        facts.append(("整改情况", f"{row.answer}（{row.answered_by.name}）"))
    return facts
