"""Checks against the labelled set: what is put in is found, what is clean is left alone.

Half of the pages come from seeds by which the rules were written, half from seeds nobody looks at while writing them:
of those only counts are told.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random

import office_samples as samples
import pytest
from check_pages import (
    FORBIDDEN,
    LEADERS,
    NUMBERS,
    ORGANS,
    TODAY,
    WORDINGS,
    LabelledPage,
    card,
    clean,
    credit_code,
    document_number,
    identity,
    mobile,
    person,
    planted,
)
from PIL import Image

from gongkai_core.checks import Checker, Hit, Lists, Material, titles
from gongkai_core.passages import Passage
from gongkai_core.reading import read

PAGES = Path(__file__).parent / "pages"
LOOKED_AT, HELD_BACK = 0, 20_260_427
LABEL = re.compile(r"⟦(\w+)\|(.+?)⟧")


@cache
def checker() -> Checker:
    leaders = {name: titles(words) for name, words in LEADERS.items()}
    return Checker(Lists(forbidden=FORBIDDEN, leaders=leaders, organs=ORGANS).with_starters())


def hits_of(text: str) -> list[Hit]:
    return checker().check(Material([Passage(text)], today=TODAY))


def by_hand(file: Path) -> LabelledPage:
    """A hand-written page, what is to be found marked ⟦rule|text⟧."""
    pieces, things, done, length = [], [], 0, 0
    source = file.read_text(encoding="utf-8")
    for label in LABEL.finditer(source):
        pieces += [source[done : label.start()], label.group(2)]
        length += label.start() - done
        things.append((label.group(1), length, length + len(label.group(2))))
        length += len(label.group(2))
        done = label.end()
    return LabelledPage("".join([*pieces, source[done:]]), things)


def judged(pages: Iterable[LabelledPage]) -> tuple[Counter[str], Counter[str], int]:
    """How many things of each rule were put in, how many of them found, and how many hits answer to nothing."""
    there, found, alarms = Counter[str](), Counter[str](), 0
    for page in pages:
        hits, answered = hits_of(page.text), set[int]()
        for rule, start, end in page.planted:
            right = [n for n, hit in enumerate(hits) if hit.rule == rule and hit.start < end and hit.end > start]
            there[rule] += 1
            found[rule] += bool(right)
            answered.update(right)
        alarms += len(hits) - len(answered)
    return there, found, alarms


@pytest.mark.parametrize("first", [LOOKED_AT, HELD_BACK], ids=["looked at", "held back"])
def test_what_is_put_in_is_found(first: int, budget: Callable[..., int]) -> None:
    count = budget(test=600, soak=20_000)
    there, found, alarms = judged(planted(first + n) for n in range(count))
    assert sum(found[rule] for rule in NUMBERS) >= 0.999 * sum(there[rule] for rule in NUMBERS)
    assert sum(found[rule] for rule in WORDINGS) >= 0.99 * sum(there[rule] for rule in WORDINGS)
    assert found["address"] >= 0.95 * there["address"]
    assert all(found[rule] >= 0.98 * number for rule, number in there.items()), (there, found)
    assert len(there) == 16
    assert alarms <= count / 100


@pytest.mark.parametrize("first", [LOOKED_AT, HELD_BACK], ids=["looked at", "held back"])
def test_clean_pages_are_left_alone(first: int, budget: Callable[..., int]) -> None:
    """At most one false alarm, hints among them, in a hundred pages full of numbers that only look like a person's."""
    count = budget(test=600, soak=20_000)
    assert sum(len(hits_of(clean(first + n).text)) for n in range(count)) <= count / 100


@pytest.mark.parametrize("file", sorted((PAGES / "clean").glob("*.txt")), ids=lambda file: file.stem)
def test_clean_pages_written_by_hand(file: Path) -> None:
    assert [hit.around for hit in hits_of(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("file", sorted((PAGES / "planted").glob("*.txt")), ids=lambda file: file.stem)
def test_planted_pages_written_by_hand(file: Path) -> None:
    page = by_hand(file)
    assert [(hit.rule, hit.found) for hit in hits_of(page.text)] == [
        (rule, page.text[start:end]) for rule, start, end in page.planted
    ]


def photograph(words: str) -> bytes:
    """A JPEG whose description (EXIF) says something."""
    exif, output = Image.Exif(), io.BytesIO()
    exif[0x010E] = words.encode()
    Image.new("RGB", (4, 4)).save(output, "JPEG", exif=exif)
    return output.getvalue()


def hidden_in_files(seed: int) -> list[tuple[str, bytes, str, str]]:
    """Files with a person's number where a reader of the page doesn't see it: name, bytes, rule, number."""
    rng = Random(f"hidden {seed}")
    rule, number = rng.choice((("identity_card", identity(rng)), ("bank_card", card(rng)), ("phone", mobile(rng))))
    words = f"{person(rng)} {number} 核对"
    note = f"<w:comments {samples.W}><w:comment>{samples.p(words)}</w:comment></w:comments>"
    struck = f"<w:p><w:del><w:r><w:delText>{words}</w:delText></w:r></w:del></w:p>"
    decoys = [[credit_code(rng), f"{number[:6]}{rng.randint(0, 999)}", document_number(rng)] for _ in range(3)]
    return [
        ("a.xlsx", samples.xlsx({"表": ("visible", decoys), "底册": ("hidden", [[words]])}), rule, number),
        ("b.docx", samples.docx(samples.p("正文"), links=[("c", "comments", "comments.xml")], word__comments_xml=note), rule, number),
        ("c.docx", samples.docx(samples.p("正文") + struck), rule, number),
        ("d.png", samples.png(text=words), rule, number),
        ("f.pdf", samples.pdf([(60, 700, words)], boxes=[(50, 690, 500, 30)]), rule, number),
        ("g.jpg", photograph(words), rule, number),
        ("e.xlsx", samples.xlsx({"表": ("visible", decoys)}), "", ""),
    ]  # fmt: skip


def test_numbers_hidden_in_files_are_found(budget: Callable[..., int]) -> None:
    """Hidden sheets, comments, struck text, properties of pictures, text under a black box; nothing where decoys alone are."""
    for seed in range(budget(test=40, soak=2_000)):
        for name, data, rule, number in hidden_in_files(seed):
            hits = checker().check(Material(read(data, name).passages, today=TODAY))
            assert [(hit.rule, hit.found) for hit in hits] == ([(rule, number)] if rule else []), (name, seed)
