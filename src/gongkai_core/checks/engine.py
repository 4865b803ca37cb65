"""The engine: rules and lists made ready once, then any number of texts looked through.

What lies within a white-listed wording is left alone, marks of secrecy excepted; a wording within what the lists say is
right is no finding either (建设部 in 住房和城乡建设部). Of wordings the leftmost counts, there the longest, and none
overlaps another. Of two findings of personal data that overlap the rule named first counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from gongkai_core.checks.hits import Found, Hit, Kind
from gongkai_core.checks.lists import Lists
from gongkai_core.checks.material import Material
from gongkai_core.checks.page import Page
from gongkai_core.checks.phrases import PhraseTable, Spans, longest_first
from gongkai_core.checks.rule import Phrase, Placed, Rule
from gongkai_core.checks.rules import RULES
from gongkai_core.passages import Passage

_AROUND = 14
_LONGEST_SHOWN = 60

Finding = tuple[Rule, Found]


class Checker:
    """The rules and one state of the lists. Building it costs about as much as checking a book; keep it."""

    def __init__(self, lists: Lists | None = None, rules: Sequence[Rule] = RULES) -> None:
        self._lists = Lists().with_starters() if lists is None else lists
        made = ((rule, rule.prepare(self._lists) if rule.prepare else rule.look) for rule in rules)
        self._lookers = [(rule, look) for rule, look in made if look]
        self._judges = [(rule, rule.judge) for rule in rules if rule.judge]
        self._meanings: dict[str, list[tuple[Rule, Phrase]]] = {}
        for rule in rules:
            for phrase in rule.phrases(self._lists) if rule.phrases else ():
                self._meanings.setdefault(phrase.text, []).append((rule, phrase))
        self._white, self._spared = self._lists.white, self._lists.spared
        self._table = PhraseTable([*self._meanings, *self._spared])

    def check(self, material: Material) -> list[Hit]:
        """All hits, in the order of the passages and of their places; then links, pictures and attachments."""
        hits = [hit for passage in material.passages for hit in self._in_passage(passage, material)]
        for rule, judge in self._judges:
            hits += [_placed_hit(rule, placed) for placed in judge(material)]
        return hits

    def check_text(self, text: str) -> list[Hit]:
        """Check a bare text."""
        return self.check(Material([Passage(text)]))

    def _in_passage(self, passage: Passage, material: Material) -> list[Hit]:
        page = Page(passage, material.today, to_be_open=material.to_be_open)
        occurrences = self._table.occurrences(page.text)
        found = [
            *self._wordings(page, occurrences, _spans(occurrences, self._spared)),
            *self._looked(page, _spans(occurrences, self._white)),
        ]
        found.sort(key=lambda one: (one[1].start, one[1].end))
        return list(_hits(page, found))

    def _wordings(self, page: Page, occurrences: Sequence[tuple[int, str]], spared: Spans) -> Iterator[Finding]:
        meant: dict[tuple[int, str], Finding] = {}
        for start, text in occurrences:
            end = start + len(text)
            if text in self._meanings and not spared.cover(start, end):
                for rule, phrase in self._meanings[text]:
                    if phrase.holds is None or phrase.holds(page, start, end):
                        meant[start, text] = rule, Found(start, end, phrase.suggestion, phrase.article)
                        break
        return (meant[key] for key in longest_first(list(meant)))

    def _looked(self, page: Page, spared: Spans) -> Iterator[Finding]:
        taken = _Taken()
        text = page.text
        for rule, look in self._lookers:
            if rule.needs and not any(sign in text for sign in rule.needs):
                continue
            for found in look(page):
                if rule.kind is not Kind.SECRECY and spared.cover(found.start, found.end):
                    continue
                if rule.kind is not Kind.PRIVACY or taken.take(found.start, found.end):
                    yield rule, found


def _spans(occurrences: Iterable[tuple[int, str]], wordings: frozenset[str]) -> Spans:
    return Spans((start, start + len(text)) for start, text in occurrences if text in wordings)


class _Taken:
    """Stretches of a text that are spoken for."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take a stretch unless a part of it is taken."""
        place = bisect_left(self._starts, start)
        if (place and self._ends[place - 1] > start) or (place < len(self._starts) and self._starts[place] < end):
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True


def _hits(page: Page, found: Sequence[Finding]) -> Iterator[Hit]:
    hidden = _hidden(page.text, (one for rule, one in found if rule.kind is Kind.PRIVACY))
    for rule, one in found:
        text = page.text[one.start : one.end]
        shown = _shown(rule.mask, text)
        article, around = one.article or rule.article, _around(hidden, one, shown)
        # In the order of its fields: named ones take twice as long, and a text may have thousands.
        yield Hit(
            *(rule.id, rule.name, rule.kind, rule.severity, page.where, one.start, one.end),
            *(text, shown, one.suggestion, article, around),
        )


def _shown(mask: Callable[[str], str] | None, text: str) -> str:
    if mask:
        return mask(text)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _hidden(text: str, private: Iterable[Found]) -> str:
    """The text with all personal data starred out, sign for sign, so that no finding shows another's."""
    pieces, done = [], 0
    for one in private:
        pieces += [text[done : one.start], "*" * (one.end - one.start)]
        done = one.end
    return "".join([*pieces, text[done:]]).replace("\t", " ")


def _around(hidden: str, one: Found, shown: str) -> str:
    before = hidden[max(0, one.start - _AROUND) : one.start].rpartition("\n")[2]
    after = hidden[one.end : one.end + _AROUND].partition("\n")[0]
    return f"{before}【{shown}】{after}"


def _placed_hit(rule: Rule, placed: Placed) -> Hit:
    return Hit(
        rule=rule.id,
        name=rule.name,
        kind=rule.kind,
        severity=rule.severity,
        where=placed.where,
        start=0,
        end=0,
        found=placed.found,
        shown=_shown(None, placed.found),
        suggestion=placed.suggestion,
        article=rule.article,
        around=_shown(None, placed.found),
    )
