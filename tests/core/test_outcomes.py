"""Outcomes: each counted in one cell per edition, with the remedy of its day and guards that exist."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from gongkai_core.errors import InputError
from gongkai_core.outcomes import (
    EDITIONS,
    GROUNDS,
    GUARDS,
    OUTCOMES,
    article_text,
    cell_for,
    guard,
    outcome,
    remedy_for,
    remedy_parts_for,
    remedy_period,
)
from gongkai_core.returns import FORMS

OLD, MIDDLE, NEW = date(2014, 6, 3), date(2019, 6, 3), date(2024, 6, 3)


def test_there_are_twenty_five_outcomes_and_twenty_one_guards() -> None:
    assert len(OUTCOMES) == 25
    assert list(GUARDS) == [f"G{number}" for number in range(1, 22)]


def test_the_rows_are_those_of_the_domain(shared: Path) -> None:
    rows = json.loads((shared / "domain" / "decisions.json").read_text("utf-8"))
    assert list(OUTCOMES) == [row["code"] for row in rows]
    for row in rows:
        ours = outcome(row["code"])
        assert (ours.label, ours.note, ours.confidence) == (row["label"], row["note"], row["confidence"])
        assert list(ours.letters) == row["letters"]
        assert list(ours.guards) == row["guards"]


@pytest.mark.parametrize("code", OUTCOMES)
def test_every_outcome_names_guards_and_articles_that_exist(code: str) -> None:
    assert all(guard(guard_id).text for guard_id in outcome(code).guards)
    assert all(article_text(reference).endswith(("条", "款", "项")) for reference in outcome(code).articles)


@pytest.mark.parametrize("code", OUTCOMES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_outcome_is_counted_in_a_cell_of_the_form_or_nowhere(code: str, edition: str) -> None:
    form = FORMS[edition]
    for ground in outcome(code).cells_by_ground or (None,):
        place = cell_for(code, edition, ground)
        if edition == "2014":
            assert place is None or place in form.by_id
        else:
            assert f"t3.{place}.total" in form.by_id


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_forms_rows_and_the_outcomes_tell_the_same(edition: str) -> None:
    """Two files of the domain say which outcomes a row counts; they must agree."""
    for cell in FORMS[edition].cells:
        if match := re.search(r"counted_outcome in \((.*)\)", cell.calc):
            counted = {code for code in OUTCOMES if cell_for(code, edition) == cell.row}
            assert counted == set(match[1].split(", "))


@pytest.mark.parametrize(
    ("code", "edition", "ground", "place"),
    [
        ("grant.provide", "2014", None, "t14.3_3_2"),
        ("partial", "2021", None, "r3_2"),
        ("refuse.third_party", "2014", "trade_secret", "t14.3_3_4_b"),
        ("refuse.third_party", "2014", "privacy", "t14.3_3_4_c"),
        ("refuse.third_party", "2014", "other", "t14.3_3_4_f"),
        ("refuse.third_party", "2019", None, "r3_3_4"),
        ("other.no_payment", "2019", None, "r3_6"),
        ("other.no_payment", "2021", None, "r3_6_2"),
        ("other.withdrawn", "2014", None, None),
    ],
)
def test_the_cell_of_an_outcome(code: str, edition: str, ground: str | None, place: str | None) -> None:
    assert cell_for(code, edition, ground) == place


@pytest.mark.parametrize("ground", [None, "nonsense"])
def test_the_2014_form_wants_to_know_the_ground(ground: str | None) -> None:
    with pytest.raises(InputError, match="按理由选一格"):
        cell_for("refuse.third_party", "2014", ground)


def test_the_grounds_are_those_of_the_2014_form() -> None:
    assert set(outcome("refuse.third_party").cells_by_ground) == set(GROUNDS)


@pytest.mark.parametrize(
    ("signed_on", "period"),
    [
        (date(2015, 4, 30), "before_2015_05"),
        (date(2015, 5, 1), "before_2024"),
        (date(2023, 12, 31), "before_2024"),
        (date(2024, 1, 1), "from_2024"),
    ],
)
def test_the_period_changes_on_the_day_the_law_did(signed_on: date, period: str) -> None:
    assert remedy_period(signed_on) == period


@pytest.mark.parametrize(
    ("code", "signed_on", "remedy"),
    [
        ("refuse.state_secret", MIDDLE, "choice"),
        ("refuse.state_secret", NEW, "review_first"),  # 行政复议法2023第二十三条
        ("refuse.admin_query", NEW, "legal_review"),
        ("decline.excessive", OLD, None),  # the old 条例 knew no such outcome
        ("other.withdrawn", NEW, "none"),
        ("grant.provide", OLD, "choice"),
    ],
)
def test_the_remedy_of_the_day(code: str, signed_on: date, remedy: str | None) -> None:
    assert remedy_for(code, signed_on) == remedy


def test_a_partial_grant_states_two_remedies_since_2024() -> None:
    assert remedy_parts_for("partial", NEW) == {
        "withheld": "review_first",
        "disclosed": "choice",
        "other": "choice",
    }
    assert remedy_parts_for("partial", MIDDLE) == {}
    assert remedy_parts_for("grant.provide", NEW) == {}


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("36(一)", "条例第三十六条第（一）项"),
        ("16②", "条例第十六条第二款"),
        ("10", "条例第十条"),
        ("2", "条例第二条"),
        ("30", "条例第三十条"),
        ("109号6", "《政府信息公开信息处理费管理办法》第六条"),
    ],
)
def test_short_references_are_written_in_full(reference: str, text: str) -> None:
    assert article_text(reference) == text


@pytest.mark.parametrize("reference", ["", "abc", "36(一", "0", "100"])
def test_a_reference_that_is_none_is_refused(reference: str) -> None:
    with pytest.raises(InputError, match="看不懂"):
        article_text(reference)


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="没有这种办理结果"):
        outcome("refuse.everything")
    with pytest.raises(InputError, match="没有这个守卫"):
        guard("G22")
    with pytest.raises(InputError, match="没有这一版统计表"):
        cell_for("partial", "2015")
