"""Errors that end a command."""

from __future__ import annotations


class InputError(Exception):
    """Input that cannot be used at all: the command prints the Chinese message and ends with status 2.

    For one case or file among several that cannot be computed, report it in its place instead
    and end with status 1.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
