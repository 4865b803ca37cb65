"""What is done once for a series beside its acts: the third party asked and heard, the letters posted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.casework import actions, acts, masking, notices, posting
from gongkai.casework import series as questions
from gongkai.casework.forms import AskForm
from gongkai.casework.forms_series import SeriesPostingForm
from gongkai.casework.models import Inquiry, Series
from gongkai.casework.views import desk
from gongkai.casework.views.series import LIST, attached, done_of, find_series, line_of, shown, ticked_of
from gongkai.documents.sheets import saved_as
from gongkai_core.refusals import Refusal, Refused

_OTHERWISE = Refusal("answered_twice", "这一次征求意见已有结果")


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """征求第三方意见 once: one letter for the members that are ticked."""
    row = find_series(request, public_id)
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    fitting = [case for case in questions.members_of(row) if "ask_third_party" in acts.possible(case)]
    if not fitting:
        messages.error(request, "没有办件处在能征求意见的环节")
        return redirect(row)
    form = AskForm(desk.posted(request)[0], case=fitting[0], today=request.today)
    ticked = ticked_of(request, fitting)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_together(ticked, **form.cleaned_data, **who)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, f"已向第三方一并征求 {len(asked)} 件的意见")
            return redirect(row)
    return _page(
        request, row, "征求第三方意见（一并）", form,
        rows=[line_of(request, case, None, case in ticked) for case in fitting],
        refusal=actions.can_ask_together(fitting, **who),
        hint="一份意见书列明勾选各件的登记号，不写申请人；各件的期限自发出次日起一并停止。",
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, public_id: UUID, inquiry: UUID, name: str) -> HttpResponse:
    """登记送达日、意见 or 逾期未答 of a question that was put once, in each case where it is still open."""
    row = find_series(request, public_id)
    first = get_object_or_404(
        Inquiry.objects.filter(case__in=questions.members_of(row), together__isnull=False).distinct(), public_id=inquiry
    )
    if name not in acts.OF_PARTY[first.party]:
        raise Http404
    found, group = acts.ACTS[name], questions.group_of(first)
    still = {one.case_id: one for one in group if not (one.answered_on or one.opinion)}
    cases = [one.case for one in group if one.case_id in still]
    made: Any = found.form
    form = made(*desk.posted(request), case=first.case, today=request.today) if made else None
    if request.method == "POST" and (form is None or form.is_valid()):
        facts = acts.kept_once(form.cleaned_data if form else {})
        who: dict[str, Any] = {"by": request.user, "today": request.today}
        results = actions.in_series(cases, lambda case: found.run(still[case.pk], **who, **facts))
        messages.success(request, f"{found.label}：{done_of(results)} 件已办理")
        return shown(request, row, results=results)
    refusal = found.can(still[cases[0].pk], by=request.user, today=request.today) if cases else _OTHERWISE
    return _page(
        request,
        row,
        found.label,
        form,
        refusal=refusal,
        cases=cases,
        hint=f"一次登记，用于一并征求的 {len(cases)} 件。",
    )


@never_cache
@require_http_methods(["GET", "POST"])
def post_letters(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """邮寄: the list, labels or envelopes for the letters of the members that are ticked; kept nowhere."""
    row = find_series(request, public_id)
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    letters = {letter.case_id: letter for letter in questions.letters_of(questions.members_of(row))}
    cases = [letter.case for letter in letters.values()]
    ticked = ticked_of(request, cases)
    form = SeriesPostingForm(desk.posted(request)[0])
    if request.method == "POST" and not ticked:
        messages.error(request, "还没有勾选办件")
    elif request.method == "POST" and form.is_valid():
        chosen = [letters[case.pk] for case in ticked]
        try:
            return _printed(request, row, form, chosen)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    lines = []
    for case in cases:
        missing = None if posting.recipient(letters[case.pk]).address else Refusal("no_address", "没有通信地址")
        refusal = actions.can_open_addresses([letters[case.pk]], **who) or missing
        lines.append(line_of(request, case, refusal, case in ticked))
    return _page(request, row, "邮寄（清单、标签、信封）", form, rows=lines, hint="一次最多 50 件。")


def _printed(request: HttpRequest, row: Series, form: SeriesPostingForm, chosen: list[Any]) -> HttpResponse:
    """Raises Refused."""
    which = form.cleaned_data["form"]
    if nameless := [letter.case.number for letter in chosen if not posting.recipient(letter).address]:
        raise Refused(Refusal("no_address", f"{'、'.join(nameless)} 没有通信地址"))
    data = b"" if which == "sheet" else posting.render_all(chosen, which)
    actions.open_addresses(chosen, purpose=form.cleaned_data["purpose"], by=request.user, today=request.today)
    if which == "sheet":
        return saved_as(f"系列案邮寄清单{request.today}", posting.sheet(chosen, request.today, any_day=True))
    return attached(data, f"{posting.FORMS[which].split('（')[0]}.pdf", notices.PDF)


def _page(
    request: HttpRequest, row: Series, title: str, form: Any, *, rows: Any = (), cases: Any = (), refusal: Any = None,
    hint: str = "",
) -> HttpResponse:  # fmt: skip
    return desk.page(
        request, "series_once", LIST, (row.title, row.get_absolute_url()), (title, ""), section="series", series=row,
        title=title, form=form, rows=rows, refusal=refusal, hint=hint,
        cases=[(case, masking.masked_name(case.applicant)) for case in cases],
        status=422 if form is not None and form.errors else 200,
    )  # fmt: skip
