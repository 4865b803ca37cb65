"""Every answer and every remedy, word for word, as somebody has read it once (letters/)."""

from __future__ import annotations

import pytest
from letter_texts import FOLDER, PERIODS, WORDS, every_text

from gongkai_core.letters import ORGAN_KINDS
from gongkai_core.outcomes import OUTCOMES

TEXTS = every_text()


def test_there_is_a_text_for_each_outcome_in_both_periods_and_for_each_kind_of_organ() -> None:
    assert set(WORDS) == set(OUTCOMES)
    assert len(TEXTS) == len(OUTCOMES) * len(PERIODS) + len(ORGAN_KINDS)
    assert {path.name for path in FOLDER.glob("*.txt")} == set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_the_one_that_was_read(name: str) -> None:
    assert TEXTS[name] == (FOLDER / name).read_text("utf-8")
