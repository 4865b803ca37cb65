"""Checks of texts: phrases beside a naive loop, phrases with privacy, and all checks, in MB of UTF-8 a second."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from statistics import median

from bench import ROOT, Row

sys.path.insert(0, str(ROOT / "tests" / "core"))
from check_pages import FORBIDDEN, clean, planted

from gongkai_core.checks import RULES, Checker, Kind, Lists, Material
from gongkai_core.checks.phrases import PhraseTable
from gongkai_core.checks.rules import forbidden_words
from gongkai_core.passages import Passage

ROUNDS = 5
PHRASES = 20_000
PAGES = 600


def run() -> list[Row]:
    """Return the three rows; the phrases' places are compared with the naive loop's first."""
    clean_pages = [clean(number).text for number in range(PAGES)]
    phrases = _phrases("\n".join(clean_pages))
    text = "\n".join(text for number, page in enumerate(clean_pages) for text in (page, planted(number).text))
    lists = Lists(forbidden=dict.fromkeys(phrases, ""))
    strict = [rule for rule in RULES if rule.kind in (Kind.PRIVACY, Kind.SECRECY)]
    return [
        _alone(text, phrases),
        _row("checks: phrases and privacy", text, Checker(lists, [*strict, forbidden_words.RULE]), "goal ≥10 MB/s"),
        _row("checks: all", text, Checker(lists.with_starters()), "goal ≥1 MB/s"),
    ]


def _phrases(clean_text: str) -> list[str]:
    """Twenty thousand wordings of the signs of the pages themselves, so that a bigram in twenty is that of a wording.

    None stands in a clean page: a list that finds something there could not keep the floor of false alarms.
    """
    rng = random.Random(20_000)
    signs = sorted(sign for sign in set(clean_text) if "\u4e00" <= sign <= "\u9fff")
    wordings = ["".join(rng.choice(signs) for _ in range(rng.randint(2, 6))) for _ in range(PHRASES + PHRASES // 4)]
    standing = {phrase for _, phrase in PhraseTable(wordings).occurrences(clean_text)}
    phrases = dict.fromkeys([*FORBIDDEN, *(wording for wording in wordings if wording not in standing)])
    return sorted(list(phrases)[:PHRASES])


def _alone(text: str, phrases: list[str]) -> Row:
    table = PhraseTable(phrases)
    few = text[:20_000]
    assert table.occurrences(few) == _naive(few, phrases), "the places of the phrases differ"
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(_rate(text, lambda: table.occurrences(text)))
        peer.append(_rate(few, lambda: _naive(few, phrases)))
    ratios = [mine / theirs for mine, theirs in zip(ours, peer, strict=True)]
    note = (
        f"{PHRASES:,} phrases, {len(text.encode()) / 1e6:.1f} MB; peer: str.find for each phrase; equal first; "
        f"goal ≥100×; ratio {min(ratios):,.0f}–{max(ratios):,.0f} in {ROUNDS} turns"
    )
    return {
        "name": "checks: phrases alone",
        "ours": median(ours),
        "peer": median(peer),
        "ratio": median(ratios),
        "unit": "MB/s",
        "note": note,
    }


def _naive(text: str, phrases: list[str]) -> list[tuple[int, str]]:
    found = []
    for phrase in phrases:
        place = text.find(phrase)
        while place >= 0:
            found.append((place, phrase))
            place = text.find(phrase, place + 1)
    return sorted(found, key=lambda one: (one[0], -len(one[1])))


def _row(name: str, text: str, checker: Checker, goal: str) -> Row:
    material = Material([Passage(text)])
    hits = len(checker.check(material))
    rates = [_rate(text, lambda: checker.check(material)) for _ in range(ROUNDS)]
    note = f"{PHRASES:,} phrases, {hits:,} hits told; {goal}; {min(rates):.1f}–{max(rates):.1f} in {ROUNDS} turns"
    return {"name": name, "ours": median(rates), "peer": None, "ratio": None, "unit": "MB/s", "note": note}


def _rate(text: str, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return len(text.encode()) / 1e6 / (time.perf_counter() - begun)
