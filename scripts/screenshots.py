"""`make screenshots`: photograph the pages of a running demonstration (`make run`) into docs/screenshots.

Each page at the width of a desk (name.png) and of a telephone (name-390.png). `ADDRESS=` says where it runs,
`ONLY=` takes one page.
"""

from __future__ import annotations

import argparse
import re
import sys

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import house

sys.path.append(str(house.ROOT / "tests"))
from following import follow

FOLDER = house.ROOT / "docs" / "screenshots"
TALLEST = 2400
"""Pixels; the rest of a long list says nothing new."""
COLOURS = 128
WIDTHS = {"": (1366, 900), "-390": (390, 844)}
CASE = "^/desk/casework/[0-9a-f-]{36}/$"
# Who opens what: a name, and an address or `list -> pattern`, the first link of a list whose address fits.
PAGES: dict[str, dict[str, str]] = {
    "": {
        "home": "/",
        "disclosure": "/disclosure/",
        "item": "/ -> ^/disclosure/items/",
        "column": "/disclosure/ -> ^/disclosure/columns/[^/]+/$",
        "invalid": "/disclosure/invalid/",
        "gazette-issue": r"/disclosure/gazette/ -> ^/disclosure/gazette/[0-9a-f-]+\.html$",
        "apply": "/apply/",
        "report": "/reports/ -> ^/reports/[0-9a-f-]+/$",
        "login": "/desk/login/",
    },
    "拟稿人": {
        "desk-home": "/desk/",
        "compose": "/desk/publishing/new/",
        "import": "/desk/publishing/import/",
        "gazette": "/desk/publishing/gazette/ -> ^/desk/publishing/gazette/[0-9a-f-]+/$",
        "desk-item": "/desk/publishing/?state=published -> ^/desk/publishing/items/[0-9a-f-]+/$",
    },
    "审核人": {"review": "/desk/ -> /review/$"},
    "承办人": {
        "case": f"/desk/casework/?state=drafting -> {CASE}",
        "materials": f"/desk/casework/?state=drafting -> {CASE} -> /materials/$ -> ^/desk/casework/material/[0-9a-f-]+/$",
    },
    "申请登记员": {"envelope": "/desk/casework/envelope/"},
    "政务公开办": {
        "workbench": "/desk/casework/workbench/",
        "supply-sheets": "/desk/registers/supply/",
        "supply-sheet": "/desk/registers/supply/ -> ^/desk/registers/supply/[0-9a-f-]{36}/$",
        "three-levels": "/desk/registers/three-levels/",
        "registers-overview": "/desk/registers/overview/",
        "series": "/desk/casework/series/ -> ^/desk/casework/series/[0-9a-f-]+/$",
        "statistics": "/desk/statistics/ -> ^/desk/statistics/[0-9]+/$",
        "drill-down": "/desk/statistics/ -> ^/desk/statistics/[0-9]+/t3.r1.natural_person/$",
        "filing-round": "/desk/statistics/rounds/ -> ^/desk/statistics/rounds/[0-9a-f-]+/$",
        "filing-sheet": "/desk/statistics/rounds/ -> ^/desk/statistics/rounds/[0-9a-f-]+/$ -> ^/desk/statistics/sheets/",
        "calendar": "/desk/calendar/",
        "website-return": "/desk/website-return/ -> ^/desk/website-return/[0-9a-f-]{36}/$",
        "year-so-far": "/desk/year-so-far/?scope=region",
        "work-plan": "/desk/work-plan/",
        "budgets": "/desk/work-plan/ -> /budgets/$",
        "board": "/desk/publishing/board/",
        "obligations": "/desk/publishing/obligations/",
        "deadlines": "/desk/publishing/deadlines/",
        "catalogue": "/desk/publishing/catalogue/",
        "chains": "/desk/publishing/chains/",
        "rechecks": "/desk/publishing/rechecks/",
        "samples": "/desk/publishing/samples/",
        "check-lists": "/desk/publishing/check-lists/",
        "interpretations": "/desk/publishing/interpretations/",
        "clean-up": "/desk/publishing/clean-ups/ -> ^/desk/publishing/clean-ups/[0-9a-f-]+/$",
        "deposits": "/desk/publishing/deposits/",
        "not-open": "/desk/publishing/not-open/",
        "docnos": "/desk/publishing/docnos/",
        "numbering": "/desk/publishing/numbering/",
    },
}


def find(page: Page, address: str, where: str) -> None:
    """Open `where`; a page that isn't there, or a list without such a link, ends the run with its name."""
    answer = follow(page, where, origin=address)
    if answer is None:
        house.stop(f"从首页走不到：{where}")
    if answer.status != 200:
        house.stop(f"{page.url} 打不开")


def photograph(browser: Browser, address: str, role: str, pages: dict[str, str]) -> None:
    for suffix, (width, height) in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        if role:
            page.goto(f"{address}/desk/login/")
            page.get_by_role("button", name=re.compile(f"^{role}")).first.click()
        for name, where in pages.items():
            find(page, address, where)
            file = FOLDER / f"{name}{suffix}.png"
            top = {"x": 0, "y": 0, "width": width, "height": min(page.evaluate("document.body.scrollHeight"), TALLEST)}
            page.screenshot(path=file, full_page=True, clip=top)
            with Image.open(file) as picture:  # a page has few colours; a palette is a third of the bytes
                picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
            house.say(file.name)
        page.close()


def main() -> None:
    names = [name for pages in PAGES.values() for name in pages]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--only", choices=names, help="one page")
    options = parser.parse_args()
    program = house.ensure_chromium()
    if program is None:
        house.stop("没有安装 Chromium：apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for role, pages in PAGES.items():
            wanted = {name: where for name, where in pages.items() if options.only in (None, name)}
            if wanted:
                photograph(browser, options.address.rstrip("/"), role, wanted)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
