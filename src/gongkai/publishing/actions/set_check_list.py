from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.publishing.models import CheckList, ListKind
from gongkai.trail.chain import record
from gongkai_core.checks import Problem, read_block
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第十七条（本单位审查制度）"
TOLD = 200
"""More changed lines than this are counted, not told."""


def can_set_check_list(*, by: User, today: date) -> Refusal | None:
    """The disclosure office keeps the lists for the whole county (条例第三条)."""
    if by.holds(Role.DISCLOSURE_OFFICE, on=today):
        return None
    return Refusal("needs_role", "校核词表由政务公开办维护", GROUND)


@transaction.atomic
def set_check_list(kind: str, *, text: str, seen: int, by: User, today: date) -> CheckList:
    """Replace a list by a pasted block. Raises Refused, for a line that can't be used too.

    `seen` is the state that the office began from: a second window's older block doesn't overwrite a newer one.
    """
    if refusal := can_set_check_list(by=by, today=today):
        raise Refused(refusal)
    entries, problems = read_list(kind, text)
    if problems:
        first = problems[0]
        message = f"第 {first.number} 行“{first.line}”：{first.message}（共 {len(problems)} 行有错，没有保存）"
        raise Refused(Refusal("wrong_lines", message))
    row, _ = CheckList.objects.select_for_update().get_or_create(kind=kind, defaults={"row_version": 0})
    if row.row_version != seen:
        raise Refused(Refusal("list_moved", "词表已在别的窗口保存过，您的内容还在本页，请核对后再保存"))
    before, _ = read_list(kind, row.text)
    added = [_line(word, entries[word]) for word in entries if before.get(word) != entries[word]]
    removed = [_line(word, before[word]) for word in before if entries.get(word) != before[word]]
    row.text, row.changed_by = text.replace("\r\n", "\n").strip("\n"), by
    row.row_version += 1
    row.save()
    record(
        "publishing.set_check_list",
        row,
        by=by,
        today=today,
        ground=GROUND,
        size=len(entries),
        added=added[:TOLD],
        removed=removed[:TOLD],
        counts=[len(added), len(removed)],
    )
    return row


def read_list(kind: str, text: str) -> tuple[dict[str, str], list[Problem]]:
    """The entries of a block for a list of this kind."""
    return read_block(text, right_side="职务" if kind == ListKind.LEADERS else "")


def _line(wording: str, right: str) -> str:
    return f"{wording} → {right}" if right else wording
