"""What is public already, shown while the wish is typed: after a pause, said aloud once, nothing without script."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Visitor = Callable[..., Page]


def a_public_title(page: Page) -> str:
    """The title of some item on the home page."""
    page.goto("/")
    title = page.locator("main a[href*='/item']").first.inner_text()
    return title.strip()


def at_the_wish(page: Page) -> None:
    page.goto("/apply/organ/")
    page.locator("input[name=organ]").first.check()
    page.locator("main form button[type=submit].btn-primary").click()
    page.locator("input[type=checkbox]").first.check()
    page.locator("main form button[type=submit].btn-primary").click()
    page.goto("/apply/fill/content/")


def test_what_is_public_appears_under_the_field(visitor: Visitor, axe: Callable[[Page], None]) -> None:
    page = visitor()
    title = a_public_title(page)
    at_the_wish(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "typing/" in request.url else None)
    field, said = page.locator("textarea[name=info_desc]"), page.locator("[data-typing-said]")
    expect(said).to_have_attribute("aria-live", "polite")
    field.press_sequentially(title[:30], delay=5)
    expect(said).to_have_text(re.compile("^找到 [1-3] 条已经公开的相近信息"))
    expect(page.locator("[data-typing-found]")).to_contain_text(title)
    assert len(asked) <= 2 and not any("text" in url for url in asked), (
        "one question for many keys, never in an address"
    )
    axe(page)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name=title).press("Enter")
    expect(opened.value.locator("h1")).to_contain_text(title)
    expect(field).to_have_value(title[:30])  # nothing typed is lost
    field.fill("")
    expect(page.locator("[data-typing-found]")).to_be_empty()
    expect(said).to_be_empty()
    field.fill(title)
    page.get_by_role("button", name="我已找到，不再申请").click()
    expect(page.locator("main")).to_contain_text("没有提交申请")


def test_without_script_nothing_is_there(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False)
    title = a_public_title(page)
    at_the_wish(page)
    expect(page.locator("[data-typing]")).to_be_hidden()
    page.locator("textarea[name=info_desc]").fill(title)
    page.locator("main form button[type=submit].btn-primary").first.click()
    expect(page.locator("h1")).to_have_text("这些信息已经公开，是您要的吗")
