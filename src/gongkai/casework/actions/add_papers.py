"""Papers that come after the application: the signed 笔录, a late proof of identity, an authority, further pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Role, User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.models import Case, CaseFile, FileKind
from gongkai.casework.papers import Withheld, record_withheld
from gongkai.documents.intake import Taken, keep
from gongkai_core.refusals import Refusal

ARTICLE = "条例第二十九条"
ADDED_KINDS = (
    FileKind.ORAL_RECORD, FileKind.IDENTITY, FileKind.AUTHORITY, FileKind.APPLICATION, FileKind.ATTACHMENT,
    FileKind.ANSWER, FileKind.OTHER,
)  # fmt: skip
"""What comes in by itself; a correction, a withdrawal or an opinion has an act of its own, which moves the clock."""
_KEEPERS = frozenset({Role.CASE_REGISTRAR, Role.HANDLER, Role.DISCLOSURE_OFFICE})


def can_add_papers(case: Case, *, by: User, today: date) -> Refusal | None:
    """The registrar, the one to whom the case was given, and the disclosure office; until the volume is archived.

    What an old ledger tells was archived on paper: its scans may come when there is time.
    """
    if not procedure.roles_of(case, by, today=today) & _KEEPERS:
        return Refusal("needs_role", "材料由登记人、承办人添加", ARTICLE)
    if case.state == "archived" and not case.from_ledger:
        return Refusal("wrong_state", "已经归档，不能再加材料", "档案法第十三条")
    return None


@transaction.atomic
def add_papers(
    case: Case, *, kind: str, papers: Sequence[Taken | Withheld], received_on: date, by: User, today: date
) -> list[CaseFile]:
    """Put papers that came later into the case's file, sealed. No day of the clock moves. Raises Refused.

    One with a classification mark is not kept; its digest stays in the trail (domain-spec §11.1 item 2).
    """
    case = locked(case)
    procedure.allow(can_add_papers(case, by=by, today=today))
    procedure.allow(_unfit(case, kind, received_on))
    clock.refuse_future(received_on, today)
    record_withheld(case, [paper.digest for paper in papers if isinstance(paper, Withheld)], by=by, today=today)
    return [_added(case, kind, paper, received_on, by=by, today=today) for paper in papers if isinstance(paper, Taken)]


def _unfit(case: Case, kind: str, received_on: date) -> Refusal | None:
    if kind not in ADDED_KINDS:
        return Refusal("kind", "没有这种材料")
    if kind == FileKind.ORAL_RECORD and not case.oral:
        return Refusal("not_oral", "这件不是口头申请，没有笔录", "条例第二十九条第一款")
    if kind == FileKind.ANSWER and not case.from_ledger:
        return Refusal("not_from_ledger", "答复原件随用印、送达保存；只有按台账登记的办件在这里补存")
    if received_on < case.submitted_on:
        return Refusal("dates_out_of_order", f"收到日早于提交日 {case.submitted_on}")
    return None


def _added(case: Case, kind: str, paper: Taken, received_on: date, *, by: User, today: date) -> CaseFile:
    blob = keep(paper, sealed=True, name=f"材料.{paper.kind}")
    if case.files.filter(kind=kind, blob__digest=blob.digest).exists():
        procedure.allow(Refusal("twice", f"{FileKind(kind).label}里已经有内容相同的一份"))
    file = CaseFile.objects.create(case=case, kind=kind, blob=blob, received_on=received_on, added_by=by)
    procedure.note(
        "add_paper", case, by=by, today=today, ground=ARTICLE, kind=kind, received_on=received_on, digest=blob.digest
    )
    return file
