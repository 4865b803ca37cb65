"""拟提供的材料 on the desk: upload, mark, make, compare with the original, put with the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from PIL import Image

from gongkai.casework import actions, forms_materials, procedure
from gongkai.casework.models import Case, Material
from gongkai.casework.views import desk, papers
from gongkai.documents import blobs, redaction
from gongkai_core.reading.paper import Unreadable
from gongkai_core.refusals import Refused

_GROUND = "条例第三十七条；个人信息保护法第六条"
_TICKETS = signing.TimestampSigner(salt="gongkai.casework.material")
MINUTES = 30
"""How long the pictures of an opened page can be fetched; the opening itself is in the trail."""
ORIGINAL, REDACTED = "original", "redacted"
Act = Callable[[HttpRequest, Material, dict[str, Any]], str]


def find_material(request: HttpRequest, public_id: UUID) -> Material:
    """The material, or 404 when its case doesn't exist for this person or it is none of their business."""
    cases = Case.objects.for_user(request.user, on=request.today)
    found = Material.objects.filter(case__in=cases).select_related("case__agency", "original", "redacted", "checked_by")
    material = get_object_or_404(found, public_id=public_id)
    if actions.can_open_materials(material.case, by=request.user, today=request.today):
        raise Http404
    return material


@never_cache
@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The materials of a case, and the door for a further one."""
    row = desk.find_case(request, public_id)
    if refused := actions.can_open_materials(row, by=request.user, today=request.today):
        messages.error(request, str(refused))
        return redirect(row)
    form = forms_materials.MaterialForm(*desk.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            material = actions.add_material(row, paper=form.cleaned_data["paper"], by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "原件已加密保存，请标出要遮蔽的内容")
            return redirect(material)
    return desk.page(
        request, "materials", desk.case_crumb(row), ("拟提供的材料", ""), case=row, form=form,
        materials=row.materials.select_related("original", "redacted", "checked_by"),
        refusal=actions.can_prepare_materials(row, by=request.user, today=request.today),
        status=422 if form.errors else 200,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def material(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One material: its marks, and its pages beside those of the redacted file."""
    row = find_material(request, public_id)
    name = request.POST.get("do", "") if request.method == "POST" else ""
    form_class, act = ACTS.get(name, (None, None))
    bound = form_class(request.POST, **_looking(name)) if form_class else None
    hits = None
    if bound is not None and bound.is_valid():
        if name == "find":
            hits = _find(row, bound.cleaned_data["words"])
        elif act and (answer := _done(request, row, act, bound)):
            return answer
    elif request.method == "POST" and form_class is None:
        if act and (answer := _done(request, row, act, None)):
            return answer
        if act is None:
            messages.error(request, "没有这个操作")
    row = find_material(request, public_id)
    return _shown(request, row, {name: bound} if bound is not None else {}, hits)


def _looking(name: str) -> dict[str, bool]:
    return {"only_looking": True} if name == "find" else {}


def _done(request: HttpRequest, row: Material, act: Act, form: forms.Form | None) -> HttpResponse | None:
    """Carry the act out and go back to the page; nothing when it was refused, in words on the form."""
    try:
        words = act(request, row, form.cleaned_data if form else {})
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused.refusal))
        else:
            form.add_error(None, str(refused.refusal))
        return None
    except Unreadable as unreadable:
        messages.error(request, str(unreadable))
        return None
    messages.success(request, words)
    if not Material.objects.filter(pk=row.pk).exists():
        return redirect("casework:materials", row.case.public_id)
    return redirect(f"{row.get_absolute_url()}?page={_page_of(request, row)}")


def _find(row: Material, words: str) -> list[redaction.Hit]:
    try:
        return redaction.find(blobs.read(row.original), row.kind, words)
    except Unreadable:
        return []


def _shown(
    request: HttpRequest, row: Material, bound: dict[str, Any], hits: list[redaction.Hit] | None
) -> HttpResponse:
    by, today, page = request.user, request.today, _page_of(request, row)
    _opened(request, row, page=page)
    words = bound.get("words") or bound.get("find") or forms_materials.WordsForm()
    return desk.page(
        request,
        "material",
        desk.case_crumb(row.case),
        ("拟提供的材料", reverse("casework:materials", args=[row.case.public_id])),
        (row.name, ""),
        material=row,
        case=row.case,
        page_number=page,
        page_before=page - 1 if page > 1 else None,
        page_after=page + 1 if page < row.pages else None,
        pictures=_pictures(row, page),
        marks=list(row.marks.all()),
        hits=hits,
        words_form=words,
        box_form=bound.get("box") or forms_materials.BoxForm(initial={"page": page}),
        make_form=forms_materials.MakeForm(initial={"keep_pictures": row.keep_pictures}),
        checked_form=bound.get("provide") or forms_materials.CheckedForm(),
        refusal=actions.can_prepare_materials(row.case, by=by, today=today),
        provide_refusal=actions.can_provide_material(row, by=by, today=today),
        status=422 if any(form.errors for form in bound.values()) else 200,
    )


def _page_of(request: HttpRequest, row: Material) -> int:
    """The page that is asked for, within the file."""
    given = request.POST.get("page") or request.GET.get("page") or "1"
    return min(max(int(given), 1), max(row.pages, 1)) if given.isdecimal() and len(given) < 6 else 1


def _pictures(row: Material, page: int) -> list[dict[str, str]]:
    """Addresses of the pages' pictures, good for half an hour after the page was opened."""
    if not row.pages:
        return []
    which = [(ORIGINAL, "原件")] + ([(REDACTED, "遮蔽稿")] if row.redacted_id else [])
    return [
        {
            "label": f"{words}第 {page} 页",
            "which": name,
            "url": reverse("casework:material_page", args=[row.public_id, _ticket(row, page, name)]),
        }
        for name, words in which
    ]


def _ticket(row: Material, page: int, which: str) -> str:
    return _TICKETS.sign(f"{row.public_id}.{page}.{which}")


# What can be done ---------------------------------------------------------------------------------------------------


def _words(request: HttpRequest, row: Material, data: dict[str, Any]) -> str:
    mark = actions.mark_words(row, **data, by=request.user, today=request.today)
    return f"已标出，共 {mark.places} 处"


def _box(request: HttpRequest, row: Material, data: dict[str, Any]) -> str:
    mark = actions.mark_box(row, **data, by=request.user, today=request.today)
    return f"已标出第 {mark.page} 页的方框"


def _drop(request: HttpRequest, row: Material, data: dict[str, Any]) -> str:
    given = request.POST.get("mark", "")
    mark = next((mark for mark in row.marks.all() if str(mark.public_id) == given), None)
    if mark is None:
        raise Http404
    actions.drop_mark(mark, by=request.user, today=request.today)
    return "已取消这处遮蔽"


def _make(request: HttpRequest, row: Material, data: dict[str, Any]) -> str:
    made = actions.make_redacted(row, **data, by=request.user, today=request.today)
    pictures = "；为免字体泄露遮去的字，整份文件转成了图片，没有遮的字仍可朗读、检索" if made.as_pictures else ""
    return f"遮蔽稿已生成并检验{pictures}。请逐页核对"


def _provide(request: HttpRequest, row: Material, data: dict[str, Any]) -> str:
    actions.provide_material(row, by=request.user, today=request.today)
    return "已列入拟提供的材料，答复发出后申请人可以下载"


def _remove(request: HttpRequest, row: Material, data: dict[str, Any]) -> str:
    actions.drop_material(row, by=request.user, today=request.today)
    return "已移出，原件和遮蔽稿都已删除"


ACTS: dict[str, tuple[type[forms.Form] | None, Act | None]] = {
    "find": (forms_materials.WordsForm, None),
    "words": (forms_materials.WordsForm, _words),
    "box": (forms_materials.BoxForm, _box),
    "drop": (None, _drop),
    "make": (forms_materials.MakeForm, _make),
    "provide": (forms_materials.CheckedForm, _provide),
    "remove": (None, _remove),
}


# Files and pictures -------------------------------------------------------------------------------------------------


@never_cache
@require_GET
def material_page(request: HttpRequest, public_id: UUID, ticket: str) -> HttpResponse:
    """A page as a picture, by the ticket of the page that was opened; with the marks drawn on the original."""
    row = find_material(request, public_id)
    try:
        whose, page, which = _TICKETS.unsign(ticket, max_age=MINUTES * 60).split(".")
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    blob = row.original if which == ORIGINAL else row.redacted
    if whose != str(row.public_id) or blob is None:
        raise Http404
    try:
        outlined = _outlines(row, int(page)) if which == ORIGINAL else []
        shown = redaction.look(blobs.read(blob), row.kind, int(page), outlined=outlined)
    except (LookupError, Unreadable, Image.DecompressionBombError):
        raise Http404 from None
    return HttpResponse(shown, content_type="image/png")


def _outlines(row: Material, page: int) -> list[redaction.Box]:
    boxes = [box for mark in row.marks.all() if (box := mark.box)]
    boxes += [box for mark in row.marks.exclude(words="") for hit in _find(row, mark.words) for box in hit.boxes]
    return [box for box in boxes if box.page == page]


@never_cache
@require_GET
def material_file(request: HttpRequest, public_id: UUID, which: str) -> HttpResponse:
    """The original or the redacted file."""
    row = find_material(request, public_id)
    blob = {ORIGINAL: row.original, REDACTED: row.redacted}.get(which)
    if blob is None:
        raise Http404
    _opened(request, row, file=which)
    return papers.file_response(blob)


@never_cache
@require_GET
def grounds(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """遮蔽清单: every place with its ground, to be printed and filed."""
    row = find_material(request, public_id)
    _opened(request, row)
    return desk.page(
        request, "grounds", desk.case_crumb(row.case), (row.name, row.get_absolute_url()), ("遮蔽清单", ""),
        material=row, case=row.case, marks=list(row.marks.select_related("added_by")),
    )  # fmt: skip


@transaction.atomic
def _opened(request: HttpRequest, row: Material, **facts: Any) -> None:
    procedure.note(
        "open_material", row.case, by=request.user, today=request.today, ground=_GROUND,
        material=str(row.public_id), **facts,
    )  # fmt: skip
