"""Find a page of the demonstration by where its links stand: nobody knows the address of a case beforehand."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Response


def follow(page: Page, where: str, *, origin: str = "") -> Response | None:
    """Open `start -> pattern -> …`: from a page the first link whose address fits, on to one that leads to the end.

    None when there is no such way.
    """
    start, *patterns = where.split(" -> ")
    answer = page.goto(origin + start)
    if not patterns:
        return answer
    links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    for link in dict.fromkeys(links):
        plain = link.partition("?")[0]
        if re.search(patterns[0], plain) and not plain.endswith("/new/"):
            found = follow(page, " -> ".join([link, *patterns[1:]]), origin=origin)
            if found:
                return found
    return None
