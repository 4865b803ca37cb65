"""What is meant for one sheet of paper fills one when the browser prints it."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import Page

A4 = (595, 842)


@pytest.mark.parametrize(
    ("address", "size"),
    [
        ("/desk/year-so-far/?scope=region", A4),
        (f"/desk/work-plan/{date.today().year}/?view=wall", A4[::-1]),
    ],
)
def test_it_prints_on_one_a4_sheet(live: str, page: Page, address: str, size: tuple[int, int]) -> None:
    page.goto(f"{live}/desk/login/")
    page.get_by_role("button", name=re.compile("^政务公开办")).first.click()
    page.goto(live + address)
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper) == 1
        assert tuple(round(side) for side in paper[0].get_size()) == size
