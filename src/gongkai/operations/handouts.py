"""The list of one-time links that the administrator hands out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

from django.utils import timezone

from gongkai.operations.actions.import_staff import Handout


def as_csv(handouts: Iterable[Handout], link_of: Callable[[Handout], str]) -> str:
    """One line per person: 机关、姓名、账号、链接、有效期至 (as a spreadsheet opens it)."""
    output = io.StringIO()
    rows = csv.writer(output)
    rows.writerow(["机关", "姓名", "账号", "链接", "有效期至"])
    for handout in handouts:
        until = timezone.localdate(handout.invitation.expires_at)
        row = [handout.organ, handout.user.name, handout.user.username, link_of(handout), until.isoformat()]
        rows.writerow([_plain(text) for text in row])
    return output.getvalue()


def _plain(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text
