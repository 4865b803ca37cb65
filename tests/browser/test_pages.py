"""The main pages at the width of a desk and of a telephone: axe, no sideways scroll, the keyboard reaches the content."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from following import follow

WIDTHS = {"desk": {"width": 1366, "height": 768}, "telephone": {"width": 390, "height": 844}}
CASE = "/desk/casework/[0-9a-f-]{36}/$"
# Addresses by who opens them; `list -> pattern` is the first link of a list whose address fits the pattern.
VISITED: dict[str, list[str]] = {
    "": [
        "/",
        "/disclosure/",
        "/disclosure/ -> /disclosure/columns/[^/]+/$",
        "/disclosure/invalid/",
        "/disclosure/agencies/",
        "/disclosure/agencies/ -> /disclosure/agencies/[0-9a-f-]+/$",
        "/disclosure/fields/",
        "/disclosure/fields/social-assistance/",
        "/disclosure/topics/",
        "/disclosure/gazette/",
        "/disclosure/gazette/ -> /disclosure/gazette/[0-9a-f-]+[.]html$",
        "/ -> /disclosure/items/",
        "/apply/",
        "/apply/organ/",
        "/apply/status/",
        "/reports/",
        "/reports/ -> /reports/[0-9a-f-]+/$",
        "/reports/ -> /reports/website/[0-9a-f-]+/$",
        "/desk/login/",
    ],
    "拟稿人": [
        "/desk/",
        "/desk/publishing/",
        "/desk/publishing/new/",
        "/desk/publishing/ -> /desk/publishing/items/[0-9a-f-]+/$",
        "/desk/publishing/interpretations/",
        "/desk/publishing/import/",
        "/desk/publishing/batches/",
        "/desk/publishing/batches/ -> /desk/publishing/batches/[0-9a-f-]+/$",
        "/desk/publishing/gazette/",
        "/desk/publishing/gazette/ -> /desk/publishing/gazette/[0-9a-f-]+/$",
        "/desk/kept/",
    ],
    "审核人": ["/desk/", "/desk/ -> /review/$", "/desk/publishing/not-open/", "/desk/publishing/docnos/"],
    "保密审查员": ["/desk/operations/spills/", "/desk/publishing/secret-references/"],
    "承办人": [
        "/desk/casework/",
        "/desk/casework/workbench/",
        f"/desk/casework/ -> {CASE}",
        f"/desk/casework/ -> {CASE} -> /sheet/$",
        f"/desk/casework/ -> {CASE} -> /volume/$",
        f"/desk/casework/ -> {CASE} -> /duplicate/$",
        f"/desk/casework/?state=processing -> {CASE} -> /act/ask_assistance/$",
        f"/desk/casework/?state=processing -> {CASE} -> /act/ask_sign_off/$",
        f"/desk/casework/?state=processing -> {CASE} -> /decision/$",
        f"/desk/casework/?state=drafting -> {CASE} -> /decision/$",
        f"/desk/casework/?state=drafting -> {CASE} -> /materials/$ -> /desk/casework/material/[0-9a-f-]+/$",
        f"/desk/casework/?state=drafting -> {CASE} -> /materials/$ -> /material/[0-9a-f-]+/$ -> /grounds/$",
        f"/desk/casework/?show=closed -> {CASE} -> /desk/casework/notice/[0-9a-f-]+/$",
        "/desk/casework/assistance/",
        "/desk/messages/",
        "/desk/casework/reviews/",
        "/desk/casework/reviews/ -> /desk/casework/reviews/[0-9a-f-]+/$",
        "/desk/casework/fees/",
    ],
    "申请登记员": [
        "/desk/",
        "/desk/casework/new/",
        "/desk/casework/envelope/",
        "/desk/casework/import/",
        "/desk/casework/series/",
        "/desk/casework/posting/",
        "/desk/casework/type-back/",
        "/desk/casework/record-corrections/new/",
        "/desk/casework/openness-suggestions/new/",
        "/desk/casework/complaints/",
        "/desk/registers/training/",
        "/desk/registers/training/paste/",
        "/desk/registers/workrule/",
        "/desk/registers/disclosureplace/ -> /desk/registers/disclosureplace/[0-9a-f-]{36}/$ -> /replace/$",
    ],
    "政务公开办": [
        "/desk/",
        "/desk/website-return/",
        "/desk/website-return/ -> /desk/website-return/[0-9a-f-]+/$",
        "/desk/website-return/ -> /desk/website-return/[0-9a-f-]+/$ -> /cell/",
        "/desk/year-so-far/",
        "/desk/year-so-far/?scope=region -> /desk/year-so-far/items/$",
        "/desk/work-plan/",
        "/desk/work-plan/?view=wall",
        "/desk/work-plan/ -> /tasks/$",
        "/desk/work-plan/ -> /budgets/$",
        "/desk/work-plan/ -> /entries/[0-9a-f-]+/$",
        "/desk/publishing/not-open/",
        "/desk/publishing/numbering/",
        "/desk/publishing/docnos/",
        "/desk/publishing/secret-references/",
        "/desk/operations/spills/",
        "/desk/publishing/check-lists/",
        "/desk/publishing/check-lists/ -> /desk/publishing/check-lists/[a-z]+/$",
        "/desk/publishing/rescan/",
        "/desk/publishing/chains/",
        "/desk/publishing/chains/ -> /desk/publishing/chains/[a-z]+/[a-z]+/$",
        "/desk/publishing/rechecks/",
        "/desk/publishing/samples/",
        "/desk/publishing/samples/ -> /desk/publishing/samples/[0-9a-f-]+/$",
        "/desk/publishing/orders/",
        "/desk/publishing/backdated/",
        "/desk/publishing/interpretations/",
        "/desk/publishing/clean-ups/",
        "/desk/publishing/clean-ups/ -> /desk/publishing/clean-ups/[0-9a-f-]+/$",
        "/desk/publishing/deposits/",
        "/desk/publishing/deposits/ -> /desk/publishing/deposits/[0-9a-f-]+/$",
        "/desk/registers/channelmonth/",
        "/desk/registers/three-levels/",
        "/desk/registers/overview/?scope=region",
        "/desk/registers/supply/",
        "/desk/registers/supply/ask/",
        "/desk/registers/supply/?state=asked -> /desk/registers/supply/[0-9a-f-]{36}/$",
        "/desk/registers/supply/?state=confirmed -> /desk/registers/supply/[0-9a-f-]{36}/$",
        "/desk/publishing/board/",
        "/desk/publishing/board/?of=standard",
        "/desk/publishing/obligations/?state=unmet",
        "/desk/publishing/obligations/?state=unmet -> /desk/publishing/obligations/[0-9a-f-]+/$",
        "/desk/publishing/deadlines/",
        "/desk/publishing/catalogue/",
        "/desk/publishing/catalogue/ -> /desk/publishing/catalogue/entries/[0-9a-f-]+/$",
        "/desk/statistics/ -> /desk/statistics/[0-9]+/t3.r1.total/$",
        "/desk/statistics/",
        "/desk/statistics/filing/",
        "/desk/statistics/rounds/",
        "/desk/statistics/rounds/ -> /desk/statistics/rounds/[0-9a-f-]+/$",
        "/desk/statistics/rounds/ -> /desk/statistics/rounds/[0-9a-f-]+/$ -> /desk/statistics/sheets/[0-9a-f-]+/$",
        "/desk/reports/",
        "/desk/reports/ -> /desk/reports/[0-9a-f-]+/$",
        "/desk/casework/suggestions/",
        "/desk/casework/series/ -> /desk/casework/series/[0-9a-f-]+/$",
        "/desk/casework/series/ -> /series/[0-9a-f-]+/$ -> /act/assign/$",
        "/desk/casework/letter-templates/",
        "/desk/casework/letter-templates/ -> /letter-templates/[A-Za-z0-9]+/$",
        "/desk/casework/signing/",
        "/desk/casework/year-end/",
        "/desk/calendar/",
        "/desk/settings/",
        "/desk/instructions/",
    ],
    "监督员": ["/desk/publishing/board/", "/desk/publishing/backdated/"],
    "系统管理员": ["/desk/people/", "/desk/agencies/", "/desk/operations/setup/", "/desk/operations/accounts/"],
    "审计管理员": ["/desk/trail/"],
}


def enter(page: Page, role: str) -> None:
    """Log in by the demonstration's button of a role."""
    page.goto("/desk/login/")
    page.get_by_role("button", name=re.compile(f"^{role}.*县政府")).first.click()
    expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()


def open_page(page: Page, where: str) -> None:
    answer = follow(page, where)
    assert answer is not None, f"there is no way {where}"
    assert answer.status == 200, page.url


def keyboard_reaches_the_content(page: Page) -> None:
    """A page puts the cursor where one writes, or its first stop leads past the head and the menu to the content."""
    inside = "document.querySelector('#content').contains(document.activeElement)"
    if page.evaluate(inside):
        return
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", f"{page.url}: the first stop is no skip link"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    stops = "document.querySelectorAll('#content a[href], #content button, #content input, #content select').length"
    assert page.evaluate(inside) or not page.evaluate(stops), (
        f"{page.url}: past the skip link the content is not reached"
    )


def fits(page: Page) -> None:
    scroll, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert scroll <= room, f"{page.url}: {scroll} px in a window of {room}"


@pytest.mark.parametrize("role", VISITED)
def test_main_pages_for(visitor: Callable[..., Page], axe: Callable[[Page], None], role: str) -> None:
    page = visitor(viewport=WIDTHS["desk"])
    if role:
        enter(page, role)
    faults = []
    for where in VISITED[role]:
        page.set_viewport_size(WIDTHS["desk"])
        open_page(page, where)
        try:
            keyboard_reaches_the_content(page)
            for width in WIDTHS.values():
                page.set_viewport_size(width)
                fits(page)
                axe(page)
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n".join(faults)
