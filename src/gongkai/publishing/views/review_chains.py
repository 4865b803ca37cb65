"""审核链: which steps the texts of a class pass, for all organs and for one; set by the disclosure office."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.agencies.models import Agency, LegalKind
from gongkai.publishing import actions
from gongkai.publishing.forms_review import SinglyForm, StepFormSet, steps_of
from gongkai.publishing.models import ItemClass, ReviewChain
from gongkai.publishing.review_chains import chain_in_force, default_chain, unstaffed
from gongkai.publishing.views.desk import page
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused
from gongkai_core.review_chain import GATES, ROLES, TEMPLATES, Chain

LIST = ("审核链", "/desk/publishing/chains/")
HISTORY = 30
EDITED = "publishing.set_chain"


def chains(request: HttpRequest) -> HttpResponse:
    """Every class with the chain that holds for all, the organs' own ones, and what was changed."""
    _only_the_office(request)
    rows = {(row.agency_id, row.item_class, row.urgent): row for row in ReviewChain.objects.select_related("agency")}
    for_all = [
        _line(None, item_class, urgent, rows.get((None, item_class, urgent)))
        for urgent in (False, True)
        for item_class in ItemClass
    ]
    own = [_line(row.agency, row.item_class, row.urgent, row) for key, row in sorted(rows.items(), key=str) if key[0]]
    organs = Agency.objects.existing(request.today).exclude(legal_kind=LegalKind.VILLAGE).order_by("path")
    entries = Entry.objects.filter(verb=EDITED).select_related("actor").order_by("-id")[:HISTORY]
    return page(
        request,
        "chains",
        (LIST[0], ""),
        section="chains",
        for_all=for_all,
        own=own,
        organs=organs,
        unstaffed=list(unstaffed(organs, on=request.today)),
        classes=ItemClass.choices,
        history=[_changed(entry) for entry in entries],
    )


def _only_the_office(request: HttpRequest) -> None:
    if actions.can_set_chain(None, by=request.user, today=request.today):
        raise Http404


def _line(agency: Agency | None, item_class: str, urgent: bool, row: ReviewChain | None) -> dict[str, Any]:
    chain = row.chain if row else default_chain(item_class, urgent=urgent)
    return {
        "agency": agency,
        "words": f"{ItemClass(item_class).label}{'（紧急）' if urgent else ''}",
        "chain": chain,
        "steps": [words_of_step(step) for step in chain.steps],
        "few": item_class != ItemClass.ORDINARY and chain.persons < 3,
        "set": row,
        "url": _address(agency, item_class, urgent),
    }


def words_of_step(step: Any) -> str:
    """复审、二校（审核人，专人；政治、法律）"""
    marks = [ROLES[step.role], *(["专人"] if step.distinct else []), *(["公开后补"] if step.deferred else [])]
    gates = "六关" if len(step.gates) == len(GATES) else "、".join(GATES[gate] for gate in step.gates)
    return f"{step.label}（{'，'.join(marks)}{f'；{gates}' if gates else ''}）"


def _address(agency: Agency | None, item_class: str, urgent: bool) -> str:
    url = reverse("publishing:desk_chain", args=[item_class, "urgent" if urgent else "ordinary"])
    return f"{url}?organ={agency.public_id}" if agency else url


def _changed(entry: Entry) -> dict[str, Any]:
    facts = entry.facts
    organ = Agency.objects.filter(public_id=entry.object_id).first() if entry.object_id else None
    return {
        "at": entry.at,
        "by": entry.actor.name if entry.actor else "系统",
        "what": f"{organ.short_name if organ else '全县'}　{ItemClass(facts['item_class']).label}"
        f"{'（紧急）' if facts['urgent'] else ''}",
        "before": _steps_in_words(facts["before"]),
        "after": _steps_in_words(facts["after"]),
    }


def _steps_in_words(data: Any) -> str:
    return " → ".join(step.label for step in Chain.from_data(data).steps) if data else "默认"


def chain(request: HttpRequest, item_class: str, pace: str) -> HttpResponse:
    """One chain: its steps row by row, from what holds now or from a template; or back to the default."""
    _only_the_office(request)
    if item_class not in ItemClass.values or pace not in ("ordinary", "urgent"):
        raise Http404
    urgent, organ = pace == "urgent", _organ(request)
    shown = _start(request, organ, item_class, urgent)
    posted = request.POST if request.method == "POST" else None
    forms = StepFormSet(posted, initial=steps_of(shown), prefix="step")
    singly = SinglyForm(posted, initial={"singly": shown.singly})
    problem = ""
    if posted is not None:
        wanted = None
        if request.POST.get("then") != "default" and forms.is_valid() and singly.is_valid():
            steps = tuple(form.step for form in forms if form.step)
            wanted = Chain(steps, singly.cleaned_data["singly"])
        if wanted or request.POST.get("then") == "default":
            try:
                actions.set_chain(
                    organ, item_class=item_class, urgent=urgent, chain=wanted, by=request.user, today=request.today
                )
            except Refused as refused:
                problem = str(refused.refusal)
            else:
                messages.success(request, "已改定；已送审的稿件仍按送审时的审核链办理。")
                return redirect("publishing:desk_chains")
    name = f"{organ.short_name if organ else '全县'}　{ItemClass(item_class).label}{'（紧急）' if urgent else ''}"
    return page(
        request,
        "chain",
        LIST,
        (name, ""),
        section="chains",
        name=name,
        forms=forms,
        singly=singly,
        problem=problem,
        templates=[(key, words) for key, (words, chain) in TEMPLATES.items() if chain.problem(urgent=urgent) is None],
        its_organ=organ,
        is_set=ReviewChain.objects.filter(agency=organ, item_class=item_class, urgent=urgent).exists(),
    )


def _organ(request: HttpRequest) -> Agency | None:
    """The organ that the address names; none for all."""
    given = request.GET.get("organ", "")
    if not given:
        return None
    try:
        return get_object_or_404(Agency, public_id=UUID(given))
    except ValueError:
        raise Http404 from None


def _start(request: HttpRequest, organ: Agency | None, item_class: str, urgent: bool) -> Chain:
    """What the rows begin with: a template that was asked for, else what holds now."""
    template = TEMPLATES.get(request.GET.get("template", ""))
    if template:
        return template[1]
    if organ:
        return chain_in_force(organ, item_class, urgent=urgent)
    row = ReviewChain.objects.filter(agency=None, item_class=item_class, urgent=urgent).first()
    return row.chain if row else default_chain(item_class, urgent=urgent)


def start(request: HttpRequest) -> HttpResponse:
    """From the list: the organ and class for which a chain of their own is to be set."""
    _only_the_office(request)
    item_class, organ = request.GET.get("item_class", ""), request.GET.get("organ", "")
    if item_class not in ItemClass.values:
        raise Http404
    pace = "urgent" if request.GET.get("urgent") else "ordinary"
    url = reverse("publishing:desk_chain", args=[item_class, pace])
    return redirect(f"{url}?organ={organ}" if organ else url)
