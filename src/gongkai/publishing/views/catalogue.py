"""标准目录 on the desk: versions, import with a pre-check, entries and who answers for them, an item's place in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency, Installation, LegalKind
from gongkai.documents.blobs import read
from gongkai.documents.intake import SHEETS, keep, take_upload
from gongkai.documents.models import Blob
from gongkai.documents.sheets import saved_as
from gongkai.publishing import actions
from gongkai.publishing.forms_catalogue import CatalogueImportForm, EntryForm, HangForm
from gongkai.publishing.models import CatalogueEntry, Level, Obligation, StandardCatalogue, Tab
from gongkai.publishing.obligations import standing_of
from gongkai.publishing.standard import FieldSheet, book, printed, read_book, unknown_organs
from gongkai.publishing.views.decisions import confirm_page
from gongkai.publishing.views.desk import find_item, page
from gongkai_core.disclosure.guide import ELEMENTS
from gongkai_core.refusals import Refused

LIST = ("目录", "/desk/publishing/catalogue/")
KEPT = "catalogue-upload"
"""Where the session keeps which file was pre-checked."""
FAULTS = 200


@require_safe
def catalogues(request: HttpRequest) -> HttpResponse:
    """The statutory entries, and the versions in force of the 26 fields."""
    rows = StandardCatalogue.objects.filter(replaced_on=None).select_related("imported_by")
    rows = rows.annotate(
        owed=Count("entries", filter=Q(entries__duties__until=None, entries__duties__isnull=False), distinct=True),
        served=Count("entries", filter=Q(entries__duties__items__gt=0), distinct=True),
    )
    if request.GET.get("format") == "xlsx":
        return saved_as("基层政务公开标准目录", book(printed(rows.order_by("field_code", "level"), _county())))
    statutory = CatalogueEntry.objects.filter(catalogue=None, retired_on=None).select_related("column")
    statutory = statutory.annotate(organs=Count("duties", filter=Q(duties__until=None)))
    refusal = actions.can_import_catalogue(by=request.user, today=request.today)
    return page(
        request, "catalogues", (LIST[0], ""), section="catalogue", rows=rows, statutory=statutory.order_by("position"),
        refusal=refusal, total=sum(row.size for row in rows),
    )  # fmt: skip


def _county() -> str:
    installation = Installation.objects.select_related("government").first()
    return installation.government.name.removesuffix("人民政府") if installation else ""


def import_file(request: HttpRequest) -> HttpResponse:
    """First the pre-check with its table of wrong rows, then the import of what is right, without choosing again."""
    if refusal := actions.can_import_catalogue(by=request.user, today=request.today):
        messages.error(request, str(refusal))
        return redirect("publishing:desk_catalogues")
    form = CatalogueImportForm(request.POST or None, request.FILES or None)
    kept, level, expected = _kept(request), "", None
    if request.method == "POST" and request.POST.get("then") == "import" and kept:
        return _imported(request, *kept)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, form.cleaned_data)
            expected = form.cleaned_data["expected"]
        except Refused as refused:
            kept = None
            form.add_error("file", str(refused))
    elif request.method == "GET":
        kept = None
    found: list[FieldSheet] = []
    if kept:
        blob, level = kept
        found = read_book(read(blob))
    return page(request, "catalogue_import", LIST, ("导入", ""), section="catalogue", form=form, **_checked(found, level, expected))  # fmt: skip


def _keep(request: HttpRequest, given: dict[str, Any]) -> tuple[Blob, str]:
    taken = take_upload(given["file"], SHEETS)
    read_book(taken.data)  # what can't be read is not kept
    blob = keep(taken)
    request.session[KEPT] = [str(blob.public_id), given["level"]]
    return blob, given["level"]


def _kept(request: HttpRequest) -> tuple[Blob, str] | None:
    public_id, level = request.session.get(KEPT) or (None, "")
    blob = Blob.objects.filter(public_id=public_id).first() if public_id else None
    return (blob, level) if blob else None


def _checked(found: list[FieldSheet], level: str, expected: int | None) -> dict[str, Any]:
    """What the pre-check says: sheets, wrong rows, organs nobody knows, whether the count is the expected one (CAT-04)."""
    rows = sum(len(each.sheet.rows) for each in found)
    organs = list(Agency.objects.exclude(legal_kind=LegalKind.VILLAGE))
    return {
        "found": found,
        "level": Level(level).label if level else "",
        "rows": rows,
        "faults": [(each, fault) for each in found for fault in each.sheet.faults][:FAULTS],
        "good": [each for each in found if each.whole],
        "unknown": unknown_organs(found, organs, level=level) if found else [],
        "off": expected is not None and expected != rows,
        "expected": expected,
    }


def _imported(request: HttpRequest, blob: Blob, level: str) -> HttpResponse:
    made, same = [], []
    try:
        with transaction.atomic():
            for each in read_book(read(blob)):
                if each.whole:
                    catalogue = actions.import_catalogue(
                        each, level=level, source=blob, by=request.user, today=request.today
                    )
                    (made if catalogue else same).append(each.field_name)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("publishing:desk_catalogue_import")
    request.session.pop(KEPT, None)
    if made:
        messages.success(request, f"已导入：{'、'.join(made)}。")
    if same:
        messages.info(request, f"与现行版本相同，没有变动：{'、'.join(same)}。")
    return redirect("publishing:desk_catalogues")


@require_safe
def catalogue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One version: its entries with who answers and what is public; the version as Excel or the file it came in."""
    row = get_object_or_404(StandardCatalogue.objects.select_related("source", "imported_by"), public_id=public_id)
    if request.GET.get("format") == "xlsx":
        return saved_as(str(row), book(printed([row], _county())))
    if request.GET.get("format") == "source":
        return saved_as(f"{row}（原件）", read(row.source))
    entries = row.entries.select_related("column").prefetch_related("duties__agency").order_by("position")
    versions = StandardCatalogue.objects.filter(field_code=row.field_code, level=row.level).order_by("-version")
    listed = [(entry, [duty for duty in entry.duties.all() if duty.until is None]) for entry in entries]
    return page(
        request, "catalogue", LIST, (str(row), ""), section="catalogue", row=row, entries=listed, versions=versions
    )


def entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One entry: what it asks, who answers for it and when, where they stand this year."""
    row = get_object_or_404(CatalogueEntry.objects.select_related("column", "catalogue"), public_id=public_id)
    who = {"by": request.user, "today": request.today}
    refusal = actions.can_assign_duties(row, **who)
    form = EntryForm(row, request.today, request.POST or None) if not refusal else None
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                when = {"column": given["column"], "frequency": given["frequency"], "after": given["after"]}
                row = actions.adjust_entry(row, **when, **who)
                actions.assign_duties(row, given["agencies"], **who)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, "已保存，公开义务随之更新。")
            return redirect("publishing:desk_entry", public_id)
    found = Obligation.objects.for_user(request.user, on=request.today).with_statements()
    found = (
        found.filter(entry=row, year=request.today.year).select_related("agency").order_by("agency__position", "due_on")
    )
    calendar = office_calendar()
    standings = [(one, standing_of(one, today=request.today, calendar=calendar)) for one in found]
    crumbs = [(str(row.catalogue), reverse("publishing:desk_catalogue", args=[row.catalogue.public_id]))] if row.catalogue else []  # fmt: skip
    return page(
        request, "entry", LIST, *crumbs, (row.title, ""), section="catalogue", row=row, form=form, refusal=refusal,
        facts=_facts(row), standings=standings, today=request.today, elements=list(ELEMENTS) if row.column.tab == Tab.GUIDE else [],
    )  # fmt: skip


def _facts(row: CatalogueEntry) -> list[tuple[str, Any]]:
    if not row.catalogue:
        return [("栏目", row.column.name), ("依据", row.ground), ("频次", row.when_words)]
    audience = f"特定群体：{row.group}" if row.group else "全社会"
    ways = [word for word, held in (("主动", row.active), ("依申请", row.on_request)) if held]
    levels = [word for word, held in (("县级", row.county), ("乡级", row.town)) if held]
    return [
        ("标准目录", str(row.catalogue)),
        ("公开内容（要素）", row.content),
        ("公开依据", row.ground),
        ("公开时限", row.term_text),
        ("公开主体", row.organ),
        ("公开渠道和载体", "、".join(row.channels)),
        ("公开对象", audience),
        ("公开方式", "、".join(ways)),
        ("公开层级", "、".join(levels)),
        ("栏目", row.column.name),
        ("频次", row.when_words),
    ]


def hang(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """On which rows of the standard catalogues an item hangs, in place of what its column told."""
    row = find_item(request, public_id)
    who = {"by": request.user, "today": request.today}
    return confirm_page(
        request,
        row,
        HangForm(row, request.POST if request.method == "POST" else None),
        lambda given: actions.hang(row, list(given["entries"]), **who),
        refusal=actions.can_hang(row, **who),
        question=f"“{row.title}”属于标准目录的哪一事项",
        confirm_label="挂接",
        consequences=["法定栏目随条目的栏目而定，不用另选", "本单位承担的事项列在下面；没有要选的就都不勾"],
        done="已挂接，覆盖率随之更新。",
    )
