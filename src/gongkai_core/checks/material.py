"""What is looked through: passages of text, and the links, pictures and attachments that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai_core.passages import BODY, Passage


@dataclass(frozen=True, slots=True)
class Link:
    """A link (链接) and the words it is set on."""

    address: str
    words: str = ""
    where: str = BODY


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (图片) and its 替代文本."""

    source: str
    words: str = ""
    where: str = BODY


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is known of one text. What is None is unknown, and rules about it say nothing."""

    passages: Sequence[Passage]
    links: Sequence[Link] = ()
    pictures: Sequence[Picture] = ()
    attachments: Collection[str] | None = None
    """Names of the files that come with the text."""
    address_exists: Callable[[str], bool | None] | None = None
    """Whether an address is there; None where that can't be told without a network."""
    today: date | None = None
    to_be_open: bool = field(default=True)
    """Whether the text is meant for the public, which a closing note may contradict."""
