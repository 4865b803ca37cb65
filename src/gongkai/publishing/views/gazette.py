"""政府公报 on the desk: issues, composing one, approval, errata."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.models import Agency, Installation
from gongkai.documents.fonts import FontsMissing
from gongkai.publishing import actions
from gongkai.publishing.actions.open_gazette_issue import next_numbers
from gongkai.publishing.forms_gazette import (
    ErratumForm,
    GazetteDecisionForm,
    IssueForm,
    PickForm,
    SectionForm,
    TextForm,
)
from gongkai.publishing.gazette import (
    entries_on_desk,
    has_gazette,
    needs_gazette,
    organ_refusal,
    outdated,
    printing_shown,
)
from gongkai.publishing.gazette_pdf import set_issue
from gongkai.publishing.models import EntryKind, Erratum, GazetteEntry, GazetteIssue, Item
from gongkai.publishing.views.desk import page, thread, tried
from gongkai.publishing.views.paging import page_by_key
from gongkai_core.refusals import Refused

LIST = ("政府公报", "/desk/publishing/gazette/")
FOUND = 20


def find_issue(request: HttpRequest, public_id: UUID) -> GazetteIssue:
    needs_gazette()
    mine = GazetteIssue.objects.for_user(request.user, on=request.today)
    return get_object_or_404(mine.select_related("agency", "author", "approved_by"), public_id=public_id)


def find_entry(request: HttpRequest, public_id: UUID) -> GazetteEntry:
    needs_gazette()
    mine = GazetteIssue.objects.for_user(request.user, on=request.today)
    entries = GazetteEntry.objects.filter(issue__in=mine).select_related("issue__agency", "item")
    return get_object_or_404(entries, public_id=public_id)


def _government() -> Agency:
    installation = Installation.current()
    if installation is None:
        raise Http404
    return installation.government


def gazettes(request: HttpRequest) -> HttpResponse:
    """The issues, and the form for the next one; an organ that never has a gazette is told why."""
    needs_gazette()
    organ = request.organ or _government()
    if not has_gazette(organ) and not GazetteIssue.objects.for_user(request.user, on=request.today).exists():
        messages.error(request, str(organ_refusal(organ)))
        return redirect("publishing:desk_items")
    number, serial = next_numbers(organ, request.today.year)
    initial = {"year": request.today.year, "number": number, "serial": serial, "cover_date": request.today}
    form = IssueForm(request.POST or None, initial=initial)
    who = {"by": request.user, "today": request.today}
    if request.method == "POST" and form.is_valid():
        try:
            issue = actions.open_gazette_issue(organ, **form.cleaned_data, **who)
            return redirect("publishing:desk_gazette_issue", issue.public_id)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    found = GazetteIssue.objects.for_user(request.user, on=request.today).select_related("agency", "author")
    rows, newer, older = page_by_key(found, request)
    refusal = actions.can_open_gazette_issue(organ, **who)
    return _page(request, "gazettes", (LIST[0], ""), form=form, rows=rows, newer=newer, older=older, refusal=refusal)


def _page(request: HttpRequest, template: str, *crumbs: tuple[str, str], **context: Any) -> HttpResponse:
    return page(request, template, *crumbs, section="gazette", **context)


def _issue_url(issue: GazetteIssue) -> str:
    return reverse("publishing:desk_gazette_issue", args=[issue.public_id])


@require_safe
def gazette_issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One issue: its lines in their order, what may be added, and what can be done now."""
    issue = find_issue(request, public_id)
    who = {"by": request.user, "today": request.today}
    composing = actions.can_compose_gazette(issue, **who)
    pick = PickForm(request.GET or None)
    stale = set(outdated(issue).values_list("pk", flat=True)) if issue.state not in ("issued", "discarded") else set()
    entries = entries_on_desk(issue)
    printing = issue.printings.last()
    return _page(
        request, "gazette_plan", LIST, (issue.numbering, ""), issue=issue, composing=composing, pick=pick,
        found=_found(issue, pick) if not composing else [], picked=pick.is_bound, section_form=SectionForm(),
        rows=[(entry, entry.pk in stale, printing.pages.get(str(entry.public_id)) if printing else None) for entry in entries],
        errata=[(row, actions.can_publish_erratum(row, **who)) for row in issue.errata.select_related("author", "approved_by")],
        erratum_form=ErratumForm(), erratum_refusal=actions.can_enter_erratum(issue, **who), facts=_facts(issue),
        thread=thread(issue), acts=_acts(issue, who), printing=printing,
        withheld=printing is not None and printing_shown(issue) is None,
    )  # fmt: skip


def _found(issue: GazetteIssue, pick: PickForm) -> list[Item]:
    """Published items that could be taken up: what was searched for, or the latest documents."""
    items = Item.objects.public().exclude(gazette_entries__issue=issue).select_related("agency")
    words = pick.cleaned_data["q"].strip() if pick.is_valid() else ""
    fitting = Q(title__icontains=words) | Q(docno__icontains=words) if words else ~Q(docno="")
    return list(items.filter(fitting).newest(FOUND))


def _facts(issue: GazetteIssue) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [
        ("状态", issue.get_state_display()),
        ("主办机关", issue.agency.name),
        ("封面日期", issue.cover_date),
        ("编辑人", issue.author.name),
    ]
    if issue.approved_by:
        rows.append(("批准人", f"{issue.approved_by.name}（{issue.approved_digest[:12]}）"))
    if issue.issued_at:
        rows.append(("出刊时间", issue.issued_at))
    if issue.remarks and issue.state == "composing":
        rows.append(("退回意见", issue.remarks))
    return rows


_ACTS: dict[str, tuple[tuple[str, str, str, Callable[..., Any], bool], ...]] = {
    "composing": (
        ("送批", "desk_gazette_submit", "primary", actions.can_submit_gazette, True),
        ("作废", "desk_gazette_discard", "quiet", actions.can_discard_gazette, True),
    ),
    "waiting": (("批准", "desk_gazette_decide", "primary", actions.can_approve_gazette, False),),
    "approved": (
        ("出刊", "desk_gazette_publish", "primary", actions.can_issue_gazette, True),
        ("退回", "desk_gazette_decide", "quiet", actions.can_return_gazette, False),
    ),
    "issued": (("重印", "desk_gazette_reprint", "quiet", actions.can_reprint_gazette, True),),
}


def _acts(issue: GazetteIssue, who: dict[str, Any]) -> list[dict[str, Any]]:
    """What the state allows, each with the refusal its action would raise."""
    found: list[dict[str, Any]] = [
        {"label": label, "url": name, "kind": kind, "post": post, "refusal": can(issue, **who)}
        for label, name, kind, can, post in _ACTS.get(issue.state, ())
    ]
    if issue.state == "waiting" and issue.author_id != who["by"].pk and GazetteDecisionForm(issue).for_leader:
        found[0] |= {"label": "批准（代录批示）", "refusal": None}
    if issue.state == "issued" and found[0]["refusal"]:
        found = []  # offered only where there is a reason to
    return [{**act, "url": reverse(f"publishing:{act['url']}", args=[issue.public_id])} for act in found]


@require_POST
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take up an item, or put a heading."""
    issue = find_issue(request, public_id)
    who = {"by": request.user, "today": request.today}
    if "item" in request.POST:
        item = get_object_or_404(Item.objects.public(), public_id=_key(request.POST["item"]))
        tried(request, lambda: actions.add_to_gazette(issue, item, **who), f"已收入：{item.title}")
    else:
        title = request.POST.get("title", "")
        tried(request, lambda: actions.add_gazette_section(issue, title, **who), "已加栏目标题。")
    words = request.POST.get("q", "")
    return redirect(f"{_issue_url(issue)}?q={words}#pick" if words else f"{_issue_url(issue)}#plan")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def text(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """New own text: 大事记, a page of data."""
    return _write(request, find_issue(request, public_id), None)


def entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change own text or a heading."""
    row = find_entry(request, public_id)
    if row.kind == EntryKind.ITEM:
        raise Http404
    return _write(request, row.issue, row)


def _write(request: HttpRequest, issue: GazetteIssue, row: GazetteEntry | None) -> HttpResponse:
    who = {"by": request.user, "today": request.today}
    if refusal := actions.can_compose_gazette(issue, **who):
        messages.error(request, str(refusal))
        return redirect(_issue_url(issue))
    initial = {"title": row.title, "body": row.body} if row else None
    heading = row is not None and row.kind == EntryKind.SECTION
    form = (SectionForm if heading else TextForm)(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if heading:
                actions.rename_gazette_section(issue, row, given["title"], **who)
            else:
                actions.write_gazette_text(issue, given["title"], given["body"], row, **who)
            messages.success(request, "已保存。")
            return redirect(f"{_issue_url(issue)}#plan")
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    crumbs = (issue.numbering, _issue_url(issue)), ("栏目标题" if heading else "自编文字", "")
    return _page(request, "gazette_text", LIST, *crumbs, form=form, heading=heading, cancel_url=_issue_url(issue))


@require_POST
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Up, down, out, or on to the newer text; the page comes back with the same button in focus reach."""
    row = find_entry(request, public_id)
    issue, who = row.issue, {"by": request.user, "today": request.today}
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "up": (lambda: actions.move_gazette_entry(issue, row, True, **who), "已上移。"),
        "down": (lambda: actions.move_gazette_entry(issue, row, False, **who), "已下移。"),
        "out": (lambda: actions.remove_gazette_entry(issue, row, **who), "已移出本期。"),
        "refresh": (lambda: actions.refresh_gazette_entry(issue, row, **who), "已换成新版。"),
    }
    if request.POST.get("step") not in steps:
        raise Http404
    tried(request, *steps[request.POST["step"]])
    return redirect(f"{_issue_url(issue)}#e-{row.public_id}")


def _step(act: Callable[..., object], done: str) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A one-press act on an issue."""

    @require_POST
    def view(request: HttpRequest, public_id: UUID) -> HttpResponse:
        issue = find_issue(request, public_id)
        try:
            tried(request, lambda: act(issue, by=request.user, today=request.today), done)
        except FontsMissing as missing:
            messages.error(request, str(missing))
        return redirect(_issue_url(issue))

    return view


submit = _step(actions.submit_gazette, "已送批。")
discard = _step(actions.discard_gazette, "已作废，期号可以再用。")
publish = _step(actions.issue_gazette, "已出刊，公报页面已公开。")
reprint = _step(actions.reprint_gazette, "已重印，公报页面恢复下载。")


def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """批准 with the secrecy review, or 退回; the texts stand before the decision."""
    issue = find_issue(request, public_id)
    who = {"by": request.user, "today": request.today}
    form = GazetteDecisionForm(issue, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            if request.POST.get("verdict") == "return":
                actions.return_gazette(issue, remarks=given["remarks"], **who)
            else:
                actions.approve_gazette(issue, **given, **who)
            messages.success(
                request, "已退回编辑人。" if request.POST.get("verdict") == "return" else "已批准，可以出刊。"
            )
            return redirect(_issue_url(issue))
        except Refused as refused:
            form.refuse(refused, issue.digest)
    refusal = actions.can_approve_gazette(issue, **who)
    entries = entries_on_desk(issue)
    crumbs = (issue.numbering, _issue_url(issue)), ("批准", "")
    return _page(
        request, "gazette_decide", LIST, *crumbs, issue=issue, form=form, refusal=refusal, entries=entries,
        facts=_facts(issue), thread=thread(issue),
    )  # fmt: skip


@require_safe
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The PDF as it would be printed now, or as it was printed last."""
    issue = find_issue(request, public_id)
    try:
        content, _ = set_issue(issue)
    except FontsMissing as missing:
        messages.error(request, str(missing))
        return redirect(_issue_url(issue))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{issue.numbering}.pdf") or ""
    return response


def errata(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write an erratum down."""
    issue = find_issue(request, public_id)
    who = {"by": request.user, "today": request.today}
    if refusal := actions.can_enter_erratum(issue, **who):
        messages.error(request, str(refusal))
        return redirect(_issue_url(issue))
    form = ErratumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_erratum(issue, **form.cleaned_data, **who)
            messages.success(request, "已登记，等签发人公布。")
            return redirect(f"{_issue_url(issue)}#errata")
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    crumbs = (issue.numbering, _issue_url(issue)), ("勘误", "")
    return _page(request, "gazette_text", LIST, *crumbs, form=form, heading=False, cancel_url=_issue_url(issue))


@require_POST
def publish_erratum(request: HttpRequest, public_id: UUID) -> HttpResponse:
    needs_gazette()
    mine = GazetteIssue.objects.for_user(request.user, on=request.today)
    row = get_object_or_404(Erratum.objects.filter(issue__in=mine).select_related("issue__agency"), public_id=public_id)
    tried(request, lambda: actions.publish_erratum(row, by=request.user, today=request.today), "勘误已公布。")
    return redirect(f"{_issue_url(row.issue)}#errata")
