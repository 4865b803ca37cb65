"""What a rule is: its words and grounds, and how it looks. One file of `rules` holds one rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.lists import Lists
from gongkai_core.checks.material import Material
from gongkai_core.checks.page import Page


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording to be looked for. `holds` is asked about each place where it stands; None: everywhere."""

    text: str
    suggestion: str
    article: str = ""
    holds: Callable[[Page, int, int], bool] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding about something that is no span of a passage: a link, a picture, an attachment."""

    where: str
    found: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule has one way to look: through a page (with or without the lists), for phrases, or at the whole material."""

    id: str
    name: str
    kind: Kind
    severity: Severity
    article: str = ""
    look: Callable[[Page], Iterable[Found]] | None = None
    prepare: Callable[[Lists], Callable[[Page], Iterable[Found]]] | None = None
    """Makes the way to look from the lists."""
    phrases: Callable[[Lists], Iterable[Phrase]] | None = None
    judge: Callable[[Material], Iterator[Placed]] | None = None
    mask: Callable[[str], str] | None = None
    needs: tuple[str, ...] = ()
    """A page without any of these signs has nothing for the rule; empty: always looked through."""
