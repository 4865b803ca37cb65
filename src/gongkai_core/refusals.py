"""The one way this product says no: a code, a Chinese sentence and the article it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done now.

    `code` is for programs and tests, `message` a whole Chinese sentence for people, `article` the legal
    ground or the rule's source (empty where the reason is plain order, such as a missing field).
    `can_<verb>` returns it, `<verb>` raises it inside `Refused`, so a greyed button and the server agree.
    """

    code: str
    message: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.message}（依据：{self.article}）" if self.article else self.message


class Refused(Exception):
    """Raised by an action that may not be done; carries its `Refusal`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal

    def __str__(self) -> str:
        return str(self.refusal)
