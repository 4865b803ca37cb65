"""发稿 at the screen: from a file and from the clipboard, in few fields and clicks; and nothing in a text ever runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import office_samples as samples
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from xss_corpus import CORPUS

NEW = "/desk/publishing/new/"
COUNTING = """
addEventListener("click", event => {
  if (event.isTrusted && event.detail) sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0);
}, true);
"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body>
<h1 style='mso-pagination:none'>一、总体要求</h1><p class=MsoNormal style='text-indent:32pt'><span lang=EN-US>按时<b>办理</b>。</span><o:p></o:p></p>
<table class=MsoTableGrid><tr><td colspan=2>合计</td></tr><tr><td>甲</td><td>乙</td></tr></table><ul><li>点一</li></ul>
<img src=x onerror="window.__x=1"><script>window.__x=1</script></body></html>"""
PASTE = """html => {
  const board = new DataTransfer();
  board.setData("text/html", html);
  board.setData("text/plain", "plain");
  document.querySelector(".rich").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }));
}"""


def drafter(page: Page) -> Page:
    page.goto("/desk/login/")
    page.get_by_role("button", name=re.compile("^拟稿人.*县政府")).first.click()
    page.wait_for_url(re.compile("/desk/"))
    page.evaluate("sessionStorage.clicks = 0")
    page.goto(NEW)
    return page


def clicks(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.clicks || 0)"))


def choose_column(page: Page) -> int:
    """A select is opened and an entry taken: two clicks of a mouse."""
    page.locator("select[name=column]").select_option(label="规章和规范性文件")
    return 2


def test_a_file_becomes_a_text_under_review_in_four_clicks(
    visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = visitor()
    page.add_init_script(COUNTING)
    drafter(page)
    axe(page)
    notice = samples.docx(samples.NOTICE.replace("〔2026〕7号", "〔2026〕97号") + samples.p("一、按时办理。"))
    page.locator("input[name=source]").set_input_files(
        {"name": "通知.docx", "mimeType": "", "buffer": notice}
    )  # one click
    expect(page.locator("input[name=title]")).to_have_value("青禾县人民政府关于做好防汛工作的通知")
    assert page.locator("input[name=docno]").input_value() == "青政发〔2026〕97号"
    expect(page.locator(".rich p").first).to_have_text("各乡镇人民政府：")
    page.locator("input[name=formed_on]").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    done = 1 + choose_column(page)
    axe(page)
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.locator("main")).to_contain_text("待审核")
    assert done + clicks(page) <= 4
    expect(page.locator(".item-text")).to_contain_text("一、按时办理。")


def test_what_word_put_on_the_clipboard_keeps_its_structure(
    visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = visitor()
    page.add_init_script(COUNTING)
    drafter(page)
    page.locator("input[name=title]").fill("关于公布防汛安排的公告")  # the caret stands there already
    done = choose_column(page)
    page.locator(".rich").click()
    page.evaluate(PASTE, WORD)
    kept = page.locator("textarea[name=body]").input_value()
    assert not re.search("mso|style|class|script|onerror|font", kept, re.I), kept
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.locator("main")).to_contain_text("待审核")
    assert done + clicks(page) <= 4
    text = page.locator(".item-text")
    expect(text.locator("h2")).to_have_text("一、总体要求")
    expect(text.locator("td[colspan='2']")).to_have_text("合计")
    expect(text.locator("strong")).to_have_text("办理")
    expect(text.locator("li")).to_have_text("点一")
    assert page.evaluate("window.__x") is None
    page.set_viewport_size({"width": 390, "height": 800})
    axe(page)


def test_without_script_a_paste_is_plain_and_everything_still_works(visitor: Callable[..., Page]) -> None:
    page = visitor(java_script_enabled=False)
    page.goto("/desk/login/")
    page.get_by_role("button", name=re.compile("^拟稿人.*县政府")).first.click()
    page.goto(NEW)
    notice = samples.docx(samples.NOTICE)
    page.locator("input[name=source]").set_input_files({"name": "通知.docx", "mimeType": "", "buffer": notice})
    page.get_by_role("button", name="读入", exact=True).click()
    assert "<p>各乡镇人民政府：</p>" in page.locator("textarea[name=body]").input_value()
    book = samples.xlsx({"名单": ("visible", [["甲"]])})
    page.locator("input[name=attachments]").set_input_files({"name": "名单.xlsx", "mimeType": "", "buffer": book})
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_label("名称")).to_have_value("名单.xlsx")
    assert "各乡镇" in page.locator("textarea[name=body]").input_value()
    page.get_by_role("button", name=re.compile("移除.*名单")).click()
    assert page.get_by_label("名称").count() == 0


@pytest.fixture
def unwatched(chromium: Browser, live: str) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts that nobody watches: these pages ask for what isn't there on purpose, and get nothing from outside."""
    opened = []

    def enter(**options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=live, locale="zh-CN", **options)
        context.route(lambda url: not url.startswith(live), lambda route: route.abort())
        opened.append(context)
        return context

    yield enter
    for context in opened:
        context.close()


def poke(page: Page) -> None:
    """Do what a reader does: look, point, press."""
    page.wait_for_load_state("load")
    page.evaluate("""() => document.querySelectorAll("main *").forEach(node => {
      for (const kind of ["mouseover", "pointerenter", "focus", "toggle", "click", "animationstart"]) {
        if (kind !== "click" || !node.closest("form, a[href^='/']")) node.dispatchEvent(new Event(kind));
      }
    })""")


def test_with_no_policy_at_all_a_cleaned_text_runs_nothing(unwatched: Callable[..., BrowserContext]) -> None:
    """R26, first layer alone: the content security policy is switched off in this browser."""
    page = drafter(unwatched(bypass_csp=True).new_page())
    page.evaluate(
        "text => { document.querySelector('textarea[name=body]').value = text }",
        "\n".join(f"<div>{p}</div>" for p in CORPUS if "\0" not in p),
    )
    page.locator("input[name=title]").fill("甲<img src=x onerror=window.__x=1>")
    choose_column(page)
    page.get_by_role("button", name="存为草稿", exact=True).last.click()
    assert page.locator(".error-summary").count() == 0, page.locator(".error-summary").inner_text()
    expect(page.locator(".item-text")).to_contain_text("甲")
    poke(page)
    assert page.evaluate("window.__x") is None
    page.goto(page.url + "edit/")
    poke(page)
    assert page.evaluate("window.__x") is None
    page.locator(".rich").click()
    for payload in CORPUS[::7]:
        page.evaluate(PASTE, payload)
    poke(page)
    assert page.evaluate("window.__x") is None


def test_with_no_cleaning_at_all_the_policy_runs_nothing(unwatched: Callable[..., BrowserContext]) -> None:
    """R26, second layer alone: the raw payloads are put into the page on its way, the site's own headers stay."""

    def poisoned(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("</main>", "\n".join(f"<div>{p}</div>" for p in CORPUS) + "</main>", 1)
        route.fulfill(response=answer, body=body)

    for path in ("/disclosure/", "/desk/login/"):
        context = unwatched()
        page = context.new_page()
        page.route(re.compile(f"{re.escape(path)}$"), poisoned)
        page.goto(path, wait_until="domcontentloaded")
        assert page.locator("main img").count() > 10
        poke(page)
        assert page.evaluate("window.__x") is None
    # The same poison without the policy does run: the test can fail.
    page = unwatched(bypass_csp=True).new_page()
    page.route(re.compile("/disclosure/$"), poisoned)
    page.goto("/disclosure/", wait_until="domcontentloaded")
    poke(page)
    assert page.evaluate("window.__x") == 1
