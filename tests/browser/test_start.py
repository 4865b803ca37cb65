"""The site as `make run` starts it: the first pages a visitor and a member of staff see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("path", ["/", "/desk/login/"])
def test_the_first_pages_open_say_that_this_is_a_demonstration_and_pass_axe(
    page: Page, axe: Callable[[Page], None], path: str
) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert "演示" in page.inner_text("body")
    axe(page)


def test_an_unknown_address_is_a_page_of_its_own(page: Page, axe: Callable[[Page], None]) -> None:
    answer = page.goto("/nothing-here/")
    assert answer is not None
    assert answer.status == 404
    axe(page)
