"""Nothing typed is lost, in a real browser: autosaved while typing, kept when the log-in expires, back afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Visitor = Callable[..., Page]
TITLE, LINE = "关于公布夜间停车泊位的通知", "一、泊位自下月一日起启用。"


def as_drafter(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^拟稿人.*县政府")).first.click()


def test_typing_survives_a_closed_page_and_an_expired_log_in(visitor: Visitor, axe: Callable[[Page], None]) -> None:
    page = visitor()
    page.clock.install()
    page.goto("/desk/login/")
    as_drafter(page)
    expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()
    page.goto("/desk/publishing/new/")
    page.locator("input[name=title]").fill(TITLE)
    page.locator(".rich").fill(LINE)
    page.clock.fast_forward(9000)
    expect(page.locator("[data-autosave-status]")).to_contain_text("已自动保存")
    # The page is left without a word; next time it opens with what was typed.
    page.goto("/desk/")
    expect(page.get_by_text("份填写还没有提交")).to_be_visible()
    page.goto("/desk/publishing/new/")
    expect(page.locator("input[name=title]")).to_have_value(TITLE)
    expect(page.get_by_text("自动保存、还没有提交的内容")).to_be_visible()
    axe(page)
    # What cannot be saved is told, and stays in the page.
    page.locator(".rich").fill(f"机密★10年\n{LINE}")
    page.clock.fast_forward(9000)
    expect(page.locator("[data-autosave-status]")).to_contain_text("非涉密系统")
    page.locator(".rich").fill(f"{LINE}\n二、按序停放。")
    page.context.clear_cookies(name="sessionid")
    page.clock.fast_forward(9000)
    expect(page.locator("[data-autosave-status]")).to_contain_text("登录已过期")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("您填写的内容已保留")).to_be_visible()
    as_drafter(page)
    expect(page.locator("input[name=title]")).to_have_value(TITLE)
    expect(page.get_by_text("登录过期时提交的内容已放回")).to_be_visible()
    assert "按序停放" in page.locator("textarea[name=body]").input_value()


def test_the_expired_log_in_needs_no_script(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False)
    page.goto("/desk/login/")
    as_drafter(page)
    expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()
    page.goto("/desk/publishing/new/")
    page.locator("input[name=title]").fill(TITLE)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="存为草稿").click()
    as_drafter(page)
    expect(page.locator("input[name=title]")).to_have_value(TITLE)
