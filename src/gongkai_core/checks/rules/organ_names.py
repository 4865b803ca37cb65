"""机关名称 against the local list: a name written with another sign of the same sound, or with a sign too few."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.lists import Lists
from gongkai_core.checks.rule import Phrase, Rule
from gongkai_core.checks.sounds import variants

SHORTEST = 5
_MAY_BE_LEFT_OUT = frozenset("省市县区旗镇乡和与的")


def phrases(lists: Lists) -> Iterator[Phrase]:
    for wrong, right in slips(lists.organs):
        yield Phrase(wrong, f"名录中是“{right}”")


def slips(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Ways of writing a listed name wrong, each with the right one; none that is itself a part of a listed name."""
    together = "\n".join(names)
    for name in names:
        if len(name) < SHORTEST:
            continue
        inner = range(1, len(name) - 1)
        shorter = [name[:place] + name[place + 1 :] for place in inner if name[place] not in _MAY_BE_LEFT_OUT]
        turned = [name[:place] + name[place + 1] + name[place] + name[place + 2 :] for place in inner]
        for wrong in dict.fromkeys([*variants(name), *shorter, *turned]):
            if wrong not in together:
                yield wrong, name


RULE = Rule(
    id="organ_names",
    name="机关名称",
    kind=Kind.NAME,
    severity=Severity.CLICK,
    article="本单位名录",
    phrases=phrases,
)
