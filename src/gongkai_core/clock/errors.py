"""Why a case cannot be computed."""

from __future__ import annotations

from typing import Final, TypedDict

CODES: Final = frozenset(
    {
        "unknown_event",
        "unknown_law",
        "unknown_field",
        "bad_date",
        "no_receipt",
        "missing_field",
        "missing_ref",
        "reused_ref",
        "answer_without_question",
        "answered_twice",
        "dates_out_of_order",
        "event_before_receipt",
        "event_after_end",
        "today_before_receipt",
        "fee_not_in_force",
    }
)


class ErrorJSON(TypedDict):
    """A refusal as the contract prints it."""

    code: str
    message: str
    article: str | None


class ClockError(ValueError):
    """A case that cannot be computed: a code of `CODES`, a Chinese message, the article if there is one."""

    def __init__(self, code: str, message: str, article: str | None = None) -> None:
        assert code in CODES, code
        super().__init__(message)
        self.code = code
        self.message = message
        self.article = article

    def as_json(self) -> ErrorJSON:
        """Return the refusal as the contract prints it."""
        return {"code": self.code, "message": self.message, "article": self.article}
