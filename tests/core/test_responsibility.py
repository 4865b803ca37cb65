"""Who is responsible for publishing (条例第十条): each case of the article."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai_core.responsibility import ORIGINS, needs_coordination, responsible_organ

HOLDER = "青禾县财政局"


@pytest.mark.parametrize(
    ("origin", "given", "organ", "article"),
    [
        ("own", {}, HOLDER, "条例第十条第一款"),
        ("persons", {}, HOLDER, "条例第十条第一款"),
        ("organs", {"maker": "青禾县教育局"}, "青禾县教育局", "条例第十条第一款"),
        ("joint", {"lead": "青禾县教育局"}, "青禾县教育局", "条例第十条第三款"),
        ("joint", {}, HOLDER, "条例第十条第三款"),
        ("own", {"acting_unit": "城关财政所"}, "城关财政所", "条例第十条第二款"),
        ("organs", {"maker": "青禾县教育局", "acting_unit": "城关财政所"}, "青禾县教育局", "条例第十条第一款"),
        ("own", {"by_other_rule": "青禾县统计局"}, "青禾县统计局", "条例第十条第一款"),
    ],
)
def test_each_case_of_the_article(origin: str, given: dict[str, Any], organ: str, article: str) -> None:
    found = responsible_organ(origin, holder=HOLDER, **given)
    assert (found.organ, found.article) == (organ, article)
    assert found.why


def test_what_cannot_be_decided_is_said() -> None:
    with pytest.raises(ValueError, match="not named"):
        responsible_organ("organs", holder=HOLDER)
    with pytest.raises(ValueError, match="no origin"):
        responsible_organ("found", holder=HOLDER)


def test_others_are_asked_where_they_have_a_part() -> None:
    assert {origin for origin in ORIGINS if needs_coordination(origin)} == {"organs", "joint"}
