"""案卷 on the desk: one file with everything of a case, for a stated purpose."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.casework import actions, volume
from gongkai.casework.actions.open_register_volume import can_open_register_volume, open_register_volume
from gongkai.casework.forms import PurposeForm, text_field
from gongkai.casework.register_pages import REGISTERS
from gongkai.casework.views import desk
from gongkai.casework.views.remedies import find_row
from gongkai_core.refusals import Refused


class VolumeForm(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=list(volume.KINDS.items()))
    purpose = text_field("目的", max_length=200, help_text="每次导出都留痕")


@never_cache
@require_http_methods(["GET", "POST"])
def case_volume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks for kind and purpose, then gives the file; it is kept nowhere."""
    row = desk.find_case(request, public_id)
    form = VolumeForm(desk.posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_volume(row, **form.cleaned_data, by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            return _zip(made.data, f"{volume.KINDS[form.cleaned_data['kind']]} {row.number}.zip")
    return desk.page(
        request, "volume", desk.case_crumb(row), ("导出案卷", ""), case=row, form=form,
        refusal=actions.can_open_volume(row, by=request.user, today=request.today),
        status=422 if form.errors else 200,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def record_correction_volume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same of a request for correction."""
    row = find_row(request, REGISTERS["record-corrections"], public_id)
    form = PurposeForm(desk.posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            made = open_register_volume(row, **form.cleaned_data, by=request.user, today=request.today)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            return _zip(made.data, f"更正案卷 {row.number}.zip")
    return desk.page(
        request, "correction_volume", ("更正申请", reverse("casework:record_corrections")),
        (row.number, row.get_absolute_url()), ("导出案卷", ""), section="record-corrections", row=row, form=form,
        refusal=can_open_register_volume(row, by=request.user, today=request.today),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _zip(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
