"""Components as functions from values to HTML, so that Django templates and Jinja2 share one rendering.

Django templates get them as tags (``templatetags/design.py``), Jinja2 as globals (``environment.py``).
The markup is in ``templates/design/parts/``.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.design.lamp import lamp as lamp_of
from gongkai.design.words import long_day

SPRITE = "vendor/bootstrap-icons-1.13.2/sprite.svg"

DEFAULT_REQUIRED = forms.Field.default_error_messages["required"]

_serial = itertools.count(1)  # ids that tie an explanation to its control must be unique on a page


class Refusal(Protocol):
    """Why an act is not possible now: the same object its action would raise."""

    message: str
    article: str


def icon(name: str) -> SafeString:
    """A line icon of the vendored set; decoration only, the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false" width="16" height="16"><use href="{}#{}"></use></svg>',
        static(SPRITE),
        name,
    )


def lamp(days_left: int | None, due: date | None = None, today: date | None = None) -> SafeString:
    """灯 with its words; see ``gongkai.design.lamp.lamp`` for the rule."""
    shown = lamp_of(days_left, due, today)
    return format_html(
        '<span class="lamp lamp-{}"><span class="lamp-dot" aria-hidden="true"></span>{}</span>',
        shown.colour,
        shown.words,
    )


def legal_date(day: date, article: str, words: str = "") -> SafeString:
    """A date that the law made: its article shows on hover and focus, and in print as a note."""
    return format_html(
        '<span class="legal-date" tabindex="0">{}<span class="legal-note">{}</span></span>',
        words or long_day(day),
        article,
    )


def print_button(label: str = "打印") -> SafeString:
    """Prints the page; hidden until ``print.js`` shows it, because without script it would do nothing."""
    return format_html(
        '<button type="button" class="btn btn-quiet" data-print hidden>{} {}</button>', icon("printer"), label
    )


def _control_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""  # a group would carry the class too; its inputs are styled through .choices
    if isinstance(widget, forms.CheckboxInput):
        return "choice-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    if isinstance(widget, forms.FileInput):
        return "form-file"
    return "form-control"


def _errors(bound: BoundField) -> list[str]:
    """The field's errors; Django's bland "required" says instead what to do, by the field's own name."""
    return [
        _please(bound) if error.code == "required" and error.message == DEFAULT_REQUIRED else str(words)
        for error, words in zip(bound.errors.as_data(), bound.errors, strict=True)
    ]


def _please(bound: BoundField) -> str:
    widget, label = bound.field.widget, bound.label
    if isinstance(widget, forms.CheckboxInput):
        return f"请勾选“{label}”"
    if isinstance(widget, forms.FileInput):
        return f"请选择要上传的{label}"
    return f"请选择{label}" if isinstance(widget, forms.Select | forms.RadioSelect) else f"请填写{label}"


_LONG_LABEL = 24


def field(bound: BoundField, *, hint: str = "", wide: bool = False) -> SafeString:
    """A form field: label, hint, errors and control, tied together for assistive technology.

    ``hint`` replaces the form's help text; ``wide`` makes it span both columns of a form grid (text areas, groups
    of choices and a tick beside a long sentence always do). A hidden field renders as its bare input.
    """
    if bound.is_hidden:
        return bound.as_widget()
    widget = bound.field.widget
    classes = f"{widget.attrs.get('class', '')} {_control_class(widget)}".strip()
    attrs: dict[str, str] = {"class": classes} if classes else {}
    hint = hint or bound.help_text
    describing = [f"{bound.auto_id}_{part}" for part, there in (("helptext", hint), ("error", bound.errors)) if there]
    if describing and not bound.use_fieldset:
        attrs["aria-describedby"] = " ".join(describing)
    single_check, long = isinstance(widget, forms.CheckboxInput), len(bound.label) > _LONG_LABEL
    context = {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "label": bound.label,
        "errors": _errors(bound),
        "hint": hint,
        "describing": " ".join(describing),
        "required": bound.field.required,
        "group": bound.use_fieldset,
        "single_check": single_check,
        "wide": wide or bound.use_fieldset or isinstance(widget, forms.Textarea) or (single_check and long),
    }
    return render_to_string("design/parts/field.html", context)


def form_grid(form: forms.BaseForm) -> SafeString:
    """All visible fields of a clerk's form in two dense columns, keyboard order top to bottom by rows."""
    return render_to_string(
        "design/parts/form_grid.html",
        {"fields": [field(bound) for bound in form.visible_fields()], "hidden": form.hidden_fields()},
    )


def _error_rows(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(href, words) per error: form-wide ones first, without an address."""
    rows = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        if not bound.errors:
            continue
        target = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label or bound.auto_id
        rows += [
            (f"#{target}", words if str(bound.label) in words else f"{bound.label}：{words}")
            for words in _errors(bound)
        ]
    return rows


def error_summary(*forms_with_errors: Any, focus: bool = True) -> SafeString:
    """What went wrong, on top of the page, each line leading to its field; empty when nothing did.

    Takes forms and formsets; unbound ones have no errors. Says what was kept: typed text always,
    chosen files never (a browser forgets them).
    """
    single: list[forms.BaseForm] = []
    formset_errors: list[tuple[str, str]] = []
    for given in forms_with_errors:
        if isinstance(given, forms.BaseFormSet):
            single += given.forms
            if given.is_bound:
                formset_errors += [("", str(error)) for error in given.non_form_errors()]
        elif given is not None:
            single.append(given)
    rows = formset_errors + [row for form in single if form.is_bound for row in _error_rows(form)]
    if not rows:
        return SafeString("")
    context = {
        "rows": rows,
        "focus": focus,
        "files": any(form.is_multipart() for form in single),
        "heading_id": f"error-summary-{next(_serial)}",
    }
    return render_to_string("design/parts/error_summary.html", context)


def facts(rows: Iterable[tuple[str, Any]]) -> SafeString:
    """A definition list of (label, value); an empty value shows as 未填."""
    return render_to_string("design/parts/facts.html", {"rows": list(rows)})


def timeline(acts: Sequence[Any]) -> SafeString:
    """The thread of acts, oldest first or as given.

    Each act (object or mapping) has ``at`` (instant, date or words) and ``words``; it may have ``by``, ``note``,
    ``article``, ``state`` (done, now, next, stop) and ``links`` (name, url).
    """
    return render_to_string("design/parts/timeline.html", {"acts": acts})


WEEKDAYS = "一二三四五六日"
LONG_LINE = 14  # days: beyond this only the day's number is written


def day_line(days: Iterable[Any]) -> SafeString:
    """A line of days: the organ's week, or a case from receipt to its last day.

    Each day (object or mapping) has ``day`` and ``state`` (one or more of work, rest, stop, ahead, today, due, late,
    parted by blanks); it may have ``words`` ("今天", "到期", "3 件到期") and ``url``.
    """
    rows = [_day_row(given) for given in days]
    return render_to_string("design/parts/day_line.html", {"days": rows, "long": len(rows) > LONG_LINE})


def _day_row(given: Any) -> dict[str, Any]:
    def value(name: str) -> Any:
        return given.get(name, "") if isinstance(given, Mapping) else getattr(given, name, "")

    day, states = value("day"), str(value("state")).split()
    return {
        "day": day,
        "weekday": WEEKDAYS[day.weekday()],
        "classes": " ".join(f"day-{state}" for state in states),
        "today": "today" in states,
        "words": value("words"),
        "url": value("url"),
    }


def keyset_pager(previous: str | None, following: str | None) -> SafeString:
    """上一页 / 下一页 of a dynamic list; nothing when there is only one page."""
    if not previous and not following:
        return SafeString("")
    return render_to_string("design/parts/keyset_pager.html", {"previous": previous, "following": following})


def empty_state(what: str, how: str = "") -> SafeString:
    """What will appear here, and how it comes to appear."""
    return render_to_string("design/parts/empty_state.html", {"what": what, "how": how})


def act(
    label: str,
    url: str,
    refusal: Refusal | None = None,
    *,
    kind: str = "quiet",
    post: bool = False,
    csrf_token: str = "",
    fields: Mapping[str, str] | None = None,
    symbol: str = "",
) -> SafeString:
    """An act on an object: a link to its form, a one-press POST, or greyed with the reason.

    A greyed one stays reachable by keyboard and is described by its reason and article, the same refusal that
    the action itself would raise.
    """
    context = {
        "label": label,
        "url": url,
        "refusal": refusal,
        "kind": kind,
        "post": post,
        "csrf_token": csrf_token,
        "fields": fields or {},
        "symbol": icon(symbol) if symbol else "",
        "why_id": f"why-{next(_serial)}",
    }
    return render_to_string("design/parts/act.html", context)


@dataclass(frozen=True, slots=True)
class Offer:
    """One act of several on a page, for `acts`; `name` and `value` add one hidden field to its POST."""

    label: str
    url: str
    refusal: Refusal | None = None
    kind: str = "quiet"
    post: bool = False
    name: str = ""
    value: str = ""


def acts(offers: Iterable[Offer], csrf_token: str = "") -> SafeString:
    """The acts of a page: what may be done first; what is refused for one reason together, the reason said once."""
    possible: list[SafeString] = []
    refused: dict[tuple[str, str], list[Offer]] = {}
    for offer in offers:
        if offer.refusal:
            refused.setdefault((offer.refusal.message, offer.refusal.article), []).append(offer)
            continue
        fields = {offer.name: offer.value} if offer.name else None
        possible.append(
            act(offer.label, offer.url, kind=offer.kind, post=offer.post, csrf_token=csrf_token, fields=fields)
        )
    groups = [
        {"offers": same, "refusal": same[0].refusal, "why_id": f"why-{next(_serial)}"} for same in refused.values()
    ]
    return render_to_string("design/parts/acts.html", {"possible": possible, "groups": groups})


def cell(
    value: Any,
    *,
    url: str = "",
    failing: str = "",
    previous: Any = None,
    label: str = "",
    cell_id: str = "",
    colspan: int = 1,
) -> SafeString:
    """One figure of a statistical table, as a ``<td>``.

    ``url`` opens its records; ``failing`` is the sum that does not hold, written beside the figure; ``previous``
    is last year's value; ``value`` None is a blank cell (not zero). ``label`` names it at telephone width;
    ``colspan`` stretches it where the form does.
    """
    context = {
        "value": value,
        "url": url,
        "failing": failing,
        "previous": previous,
        "label": label,
        "cell_id": cell_id,
        "colspan": colspan,
    }
    return render_to_string("design/parts/cell.html", context)
