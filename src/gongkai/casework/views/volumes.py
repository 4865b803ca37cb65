"""案卷 on the desk: one file with everything of a case, for a stated purpose."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.casework import actions, volume
from gongkai.casework.forms import text_field
from gongkai.casework.views import desk
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
            response = HttpResponse(made.data, content_type="application/zip")
            name = f"{volume.KINDS[form.cleaned_data['kind']]} {row.number}.zip"
            response["Content-Disposition"] = content_disposition_header(True, name)
            response["X-Content-Type-Options"] = "nosniff"
            return response
    return desk.page(
        request, "volume", desk.case_crumb(row), ("导出案卷", ""), case=row, form=form,
        refusal=actions.can_open_volume(row, by=request.user, today=request.today),
        status=422 if form.errors else 200,
    )  # fmt: skip
