"""文书模板 on the desk: every letter with the template in force; taken away, edited in Word or WPS, brought back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.casework.forms import PaperField
from gongkai.casework.notices import DOCX
from gongkai.casework.views.desk import page, posted
from gongkai.casework.views.public import download
from gongkai.documents import layout
from gongkai.documents.blobs import read
from gongkai.documents.letter_templates import (
    TEMPLATES,
    can_set_letter_template,
    drop_letter_template,
    set_letter_template,
)
from gongkai.documents.models import LetterTemplate, template_in_force
from gongkai_core.letters import KINDS, LETTERS, VARIABLE_LABELS, Letter, given_lines
from gongkai_core.refusals import Refused

LIST = ("文书模板", "/desk/casework/letter-templates/")


class TemplateForm(forms.Form):
    file = PaperField("改好的模板", door=TEMPLATES, help_text="Word 文件（.docx）")


@require_GET
def letter_templates(request: HttpRequest) -> HttpResponse:
    """The list of all letters, with whose template each is printed by."""
    _office_only(request)
    own = {row.letter: row for row in LetterTemplate.objects.filter(retired_on=None).select_related("uploaded_by")}
    rows = [{"letter": letter, "kind": KINDS[letter.kind], "own": own.get(letter.code)} for letter in LETTERS.values()]
    return page(request, "letter_templates", (LIST[0], ""), rows=rows, section="letter-templates")


@require_http_methods(["GET", "POST"])
def letter_template(request: HttpRequest, code: str) -> HttpResponse:
    """One letter: its given lines, what the office added, its variables; the edited file is brought back here."""
    letter = _letter(request, code)
    form = TemplateForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = set_letter_template(code, form.cleaned_data["file"], by=request.user, today=request.today)
        except Refused as refused:
            form.add_error("file", str(refused.refusal))
        else:
            messages.success(request, f"{letter.name}改用新的模板，增加了 {len(row.added)} 段。")
            return redirect("casework:letter_template", code)
    row = template_in_force(code)
    return page(
        request, "letter_template", LIST, (letter.name, ""), section="letter-templates", letter=letter, row=row, form=form,
        lines=_lines(letter, row), status=422 if form.errors else 200,
        variables=[(f"{{{name}}}", VARIABLE_LABELS[name], name in letter.optional) for name in letter.printed],
        before=LetterTemplate.objects.filter(letter=code).exclude(retired_on=None).select_related("uploaded_by"),
    )  # fmt: skip


def _lines(letter: Letter, row: LetterTemplate | None) -> list[tuple[str, bool]]:
    """The letter's lines in order, each with whether the office added it."""
    added = row.additions if row else ()
    found: list[tuple[str, bool]] = []
    for number, text in enumerate(given_lines(letter), start=1):
        found.append((text, False))
        found += [(one.text, True) for one in added if one.after == number]
    return found


@require_GET
def letter_template_file(request: HttpRequest, code: str) -> HttpResponse:
    """The template in force as .docx: the office's own, else the given one made ready to be edited."""
    letter, row = _letter(request, code), template_in_force(code)
    data = read(row.file) if row else layout.blank(letter)
    return download(data, f"{letter.code} {letter.name}模板.docx", DOCX)


@require_POST
def letter_template_drop(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the given letter."""
    letter = _letter(request, code)
    try:
        drop_letter_template(code, by=request.user, today=request.today)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    else:
        messages.success(request, f"{letter.name}恢复为规定的模板。")
    return redirect("casework:letter_template", code)


def _letter(request: HttpRequest, code: str) -> Letter:
    _office_only(request)
    if code not in LETTERS:
        raise Http404
    return LETTERS[code]


def _office_only(request: Any) -> None:
    if can_set_letter_template(by=request.user, today=request.today):
        raise Http404
