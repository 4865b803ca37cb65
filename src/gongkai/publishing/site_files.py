"""Files and pictures of an older site's articles: fetched as politely as its pages, through the same door as any upload.

What can't be had, or may not come in, is told; its address then stays in the text, so that nothing is lost unseen.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from gongkai.agencies.models import User
from gongkai.documents.intake import ATTACHMENTS, take
from gongkai.publishing.attachments import MOST, Brought, bring
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.fetching import Answer, Unfetched
from gongkai_core.refusals import Refused

Ask = Callable[[str], Answer]
"""Asks the site for a file by its address. Raises Unfetched."""


def mention(name: str, address: str) -> str:
    """The line of a text that says where a file lay."""
    return f"\n<p>原附件：{html.escape(name)}（{html.escape(address)}）</p>"


def with_files(
    drafted: BatchRow, found: dict[str, Any], ask: Ask, *, by: User, tell: Callable[[str], object]
) -> BatchRow:
    """The row with its pictures and files, its text showing them under their new addresses."""
    body, files = drafted.body, []
    pictures = {address: alt for alt, address in found.get("pictures", ())}  # one that is shown twice comes once
    for number, (address, alt) in enumerate(list(pictures.items())[:MOST], start=1):
        words = alt or f"{drafted.title}插图{number}"
        if brought := _brought(address, f"图片{number}", ask, by=by, tell=tell, alt=words):
            body = body.replace(f'src="{html.escape(address)}"', f'src="{brought.row.get_absolute_url()}"')
            files.append(brought)
    others = {address: name for name, address in found.get("files", ())}
    for address, name in list(others.items())[: MOST - len(files)]:
        if brought := _brought(address, name, ask, by=by, tell=tell):
            body = body.replace(mention(name, address), "")
            body = body.replace(f'href="{html.escape(address)}"', f'href="{brought.row.get_absolute_url()}"')
            files.append(brought)
    return replace(drafted, body=body, files=tuple(files))


def _brought(
    address: str, name: str, ask: Ask, *, by: User, tell: Callable[[str], object], alt: str = ""
) -> Brought | None:
    ending = PurePosixPath(unquote(urlsplit(address).path)).suffix
    named = name if ending and name.lower().endswith(ending.lower()) else f"{name}{ending}"
    try:
        taken = take(ask(address).data, named, ATTACHMENTS)
    except (Unfetched, Refused) as reason:
        tell(f"{address} 没有取来：{reason}")
        return None
    return Brought(bring(taken, by=by, picture=bool(alt), alt=alt), taken.name, alt)
