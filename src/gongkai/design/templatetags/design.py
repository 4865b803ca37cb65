"""``{% load design %}``: the components of ``gongkai.design.components`` as tags, and the written forms of dates."""

from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from gongkai.design import components, words

register = template.Library()

for component in (
    components.icon,
    components.lamp,
    components.legal_date,
    components.print_button,
    components.field,
    components.form_grid,
    components.error_summary,
    components.facts,
    components.timeline,
    components.day_line,
    components.keyset_pager,
    components.empty_state,
    components.cell,
):
    register.simple_tag(component)

for written in (words.day, words.minute, words.long_day, words.file_size, words.file_kind, words.grouped):
    register.filter(written.__name__, written)


@register.simple_tag(takes_context=True)
def act(
    context: template.Context,
    label: str,
    url: str,
    refusal: components.Refusal | None = None,
    *,
    kind: str = "quiet",
    post: bool = False,
    name: str = "",
    value: str = "",
    symbol: str = "",
) -> SafeString:
    """``{% act "签发" url refusal post=True %}``; ``name``/``value`` add one hidden field to the POST."""
    return components.act(
        label,
        url,
        refusal,
        kind=kind,
        post=post,
        csrf_token=str(context.get("csrf_token", "")),
        fields={name: value} if name else None,
        symbol=symbol,
    )


@register.simple_tag(takes_context=True)
def acts(context: template.Context, offers: Any) -> SafeString:
    """``{% acts offers %}``: all acts of a page, each refusal said once."""
    return components.acts(offers, csrf_token=str(context.get("csrf_token", "")))


@register.simple_tag(takes_context=True)
def is_current(context: template.Context, link: Any) -> bool:
    """Whether a menu link is where one is: its key equals the page's ``section``."""
    return bool(link.key) and link.key == context.get("section")


@register.simple_tag(takes_context=True)
def repeat_block(context: template.Context, name: str) -> SafeString:
    """The content of a block once more: the tab's title is the page's heading unless a page says otherwise."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    if blocks is None:  # the frame rendered by itself, as no page does
        return SafeString("")
    return SafeString(blocks.get_block(name).render(context).strip())
