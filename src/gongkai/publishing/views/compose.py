"""发稿 on the desk: one page for a new text and for a draft or a returned one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.publishing import actions
from gongkai.publishing.derivation import derived
from gongkai.publishing.forms import ComposeForm
from gongkai.publishing.forms_interpretation import key_of
from gongkai.publishing.forms_metadata import metadata_initial
from gongkai.publishing.models import (
    Column,
    InterpretationForm,
    ItemClass,
    ItemVersion,
    Openness,
)
from gongkai.publishing.review_chains import chain_in_force
from gongkai.publishing.skeleton import INTERPRETATION
from gongkai.publishing.views.checking import Checking
from gongkai.publishing.views.desk import (
    compose_refusal,
    find_item,
    newest_version,
    page,
    visible_items,
)
from gongkai.publishing.views.files import BroughtFiles
from gongkai_core.refusals import Refused


def compose(request: HttpRequest) -> HttpResponse:
    """发稿: one page, at most five fields and the text, saved or sent for review at once."""
    if refusal := compose_refusal(request):
        messages.error(request, str(refusal))
        return redirect("publishing:desk_items")
    files = BroughtFiles(request)
    checking = Checking(request, files)
    form = _compose_form(request, files, initial=_explaining(request))
    if form.is_bound and form.is_valid() and not checking.asked:

        def write() -> ItemVersion:
            given = {**form.cleaned_data, "files": files.rows}
            urgent = given.pop("urgent_reason")
            version = actions.draft(request.organ, by=request.user, today=request.today, **given)
            return _perhaps_submit(request, checking, version, urgent)

        if version := _written(request, form, write):
            return redirect("publishing:desk_item", version.item.public_id)
    shown = {"form": form, "files": files, "checking": checking, "organ_name": request.organ.name, "version": None}
    shown["chain"] = chain_in_force(request.organ, ItemClass.ORDINARY)
    return page(request, "compose", ("发稿", ""), section="compose", **shown)


def _compose_form(request: HttpRequest, files: BroughtFiles, **given: Any) -> ComposeForm:
    """The form as sent; or as filled in, unjudged, when the page was only sent to read or add a file."""
    if not files.asked:
        form = ComposeForm(files.data, **given)
        form.documents = visible_items(request)
        for error in files.errors:
            form.add_error(None, error)
        return form
    for error in files.errors:
        messages.error(request, error)
    for words in files.told:
        messages.info(request, words)
    form = ComposeForm(**{**given, "initial": files.data.dict()})
    form.documents = visible_items(request)
    return form


def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same page for a draft or a returned text."""
    row = find_item(request, public_id)
    version = newest_version(row)
    if refusal := actions.can_edit(version, by=request.user, today=request.today):
        messages.error(request, str(refusal))
        return redirect("publishing:desk_item", public_id)
    revising = row.first_published_at is not None
    files = BroughtFiles(request, version)
    checking = Checking(request, files, version)
    form = _compose_form(request, files, initial=_initial(version), revising=revising)
    if form.is_bound and form.is_valid() and not checking.asked:

        def write() -> ItemVersion:
            seen = request.POST.get("seen", version.digest)
            given = {**form.cleaned_data, "files": files.rows}
            urgent = given.pop("urgent_reason")
            edited = actions.edit(version, by=request.user, today=request.today, seen=seen, **given)
            return _perhaps_submit(request, checking, edited, urgent)

        if _written(request, form, write):
            return redirect("publishing:desk_item", public_id)
    crumbs = (row.title, reverse("publishing:desk_item", args=[public_id])), ("修改", "")
    seen = request.POST.get("seen", version.digest)
    shown = {"form": form, "files": files, "checking": checking, "version": version, "seen": seen}
    shown |= {"organ_name": row.agency.name, "chain": chain_in_force(row.agency, row.item_class)}
    return page(request, "compose", *crumbs, **shown)


def _explaining(request: HttpRequest) -> dict[str, Any]:
    """What is filled in already where a document's interpretation is begun."""
    if "interprets" not in request.GET:
        return {}
    try:
        document = find_item(request, UUID(request.GET["interprets"]))
    except ValueError:
        raise Http404 from None
    column = Column.objects.filter(code=INTERPRETATION).first()
    return {
        "title": f"《{document.title}》政策解读"[:200],
        "column": column.pk if column else None,
        "interprets": key_of(document),
        "interpretation_form": InterpretationForm.TEXT,
        "interpreter_phone": document.agency.phone,
        "topic": document.topic,
        "openness": Openness.OPEN,
        "item_class": document.item_class,
    }


def _initial(version: ItemVersion) -> dict[str, Any]:
    interpreted = key_of(version.interprets) if version.interprets else ""
    facts = version.facts()
    fresh = derived({**facts, **dict.fromkeys(("topic", "genre", "phase"), "")})
    return {
        **metadata_initial(facts, fresh, version.body),
        "body": version.body,
        "item_class": version.item.item_class,
        "interprets": interpreted,
        "correction": version.correction,
        "backdated_reason": version.backdated_reason,
        "urgent_reason": version.urgent_reason,
    }


def _perhaps_submit(request: HttpRequest, checking: Checking, version: ItemVersion, urgent_reason: str) -> ItemVersion:
    checking.settle(version)
    if request.POST.get("then") != "submit":
        return version
    return actions.submit(version, by=request.user, today=request.today, urgent_reason=urgent_reason)


def _written(request: HttpRequest, form: ComposeForm, write: Callable[[], ItemVersion]) -> ItemVersion | None:
    """Save (and send) in one transaction; a refusal is shown on the form with all that was typed."""
    try:
        with transaction.atomic():
            version = write()
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return None
    words = "已送审，等审核人办理。" if version.state == "in_review" else "已保存为草稿。"
    messages.success(request, words)
    return version
