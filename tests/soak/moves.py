"""What a step of the walk is, and the register of the ways to try each action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from soak.publishing_oracle import Act


@dataclass
class Try:
    """A step about to be taken: what the oracle is told, and the call."""

    act: Act
    call: Callable[[], Any]


@dataclass
class Copy:
    """An object read at some time, with what stood in it then."""

    row: Any
    content: Any


MOVES: dict[str, tuple[int, Callable[[Any], Try | None]]] = {}


def move(weight: int) -> Callable[[Any], Any]:
    """Make a method the walk's way to try the action of its name; the weight says how often."""

    def keep(make: Callable[[Any], Try | None]) -> Callable[[Any], Try | None]:
        MOVES[make.__name__] = (weight, make)
        return make

    return keep
