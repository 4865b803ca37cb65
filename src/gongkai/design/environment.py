"""The Jinja2 environment of public pages.

``BACKEND: django.template.backends.jinja2.Jinja2``, ``OPTIONS: {"environment": "gongkai.design.environment.environment"}``.
The bake may call it itself: it holds no state of a request.
"""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from gongkai.design import components, words
from gongkai.design.frames import page_numbers


def environment(**options: Any) -> Environment:
    """An autoescaping environment with the components as globals and the written forms as filters."""
    options.setdefault("autoescape", True)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options["undefined"] = StrictUndefined  # a forgotten value is an error, not an empty line on a public page
    env = Environment(**options)  # noqa: S701 - autoescape is set above
    env.globals.update(
        static=static,
        url=reverse,
        page_numbers=page_numbers,
        icon=components.icon,
        lamp=components.lamp,
        legal_date=components.legal_date,
        print_button=components.print_button,
        field=components.field,
        form_grid=components.form_grid,
        error_summary=components.error_summary,
        facts=components.facts,
        timeline=components.timeline,
        keyset_pager=components.keyset_pager,
        empty_state=components.empty_state,
    )
    env.filters.update(
        day=words.day,
        short_day=words.short_day,
        minute=words.minute,
        long_day=words.long_day,
        file_size=words.file_size,
        file_kind=words.file_kind,
        grouped=words.grouped,
    )
    return env
