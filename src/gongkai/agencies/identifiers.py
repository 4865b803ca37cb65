"""Public ids: UUIDv7, so that an index in the order of ids is an index in the order of time."""

import uuid

from uuid6 import uuid7


def new_public_id() -> uuid.UUID:
    """A new id for a URL; serial keys never leave the database."""
    return uuid.UUID(int=uuid7().int)


def public_id_in(text: str) -> uuid.UUID | None:
    """The public id that a form or an address brought as text; None where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
