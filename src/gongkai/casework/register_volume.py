"""更正案卷: everything of a request for correction (条例第四十一条) in one .zip, as of a case; made anew, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.template.loader import render_to_string

from gongkai.agencies.models import User
from gongkai.casework import masking, rules, volume
from gongkai.casework.models import RecordCorrection
from gongkai.casework.terms import correction_term
from gongkai.casework.thread import thread
from gongkai.casework.volume import ARCHIVE, Paper, Volume
from gongkai.trail.extract import extract
from gongkai_core import letters

_FOLDERS = {"received": "01-申请", "sent": "03-文书", "delivered": "05-送达"}


def make(row: RecordCorrection, *, by: User, today: date) -> Volume:
    """The volume as it stands today."""
    papers = [
        Paper("01-申请", "更正申请登记情况", "html", _page(row, "correction"), row.number, row.received_on),
        *volume.of_register(row, _FOLDERS, number=row.number),
        Paper("02-办理", "办理记录", "html", _page(row, "correction_record"), "", today),
    ]
    papers.sort(key=lambda paper: paper.folder)
    trail = extract("casework.recordcorrection", str(row.public_id))
    return volume.packed(_index(row, papers, by=by, today=today), papers, trail)


def _page(row: RecordCorrection, name: str) -> bytes:
    context = {
        "row": row,
        "applicant_rows": masking.plain_rows(row.applicant),
        "due": correction_term(row),
        "thread": thread(row),
    }
    return render_to_string(f"casework/volume/{name}.html", context).encode()


def _index(row: RecordCorrection, papers: list[Paper], *, by: User, today: date) -> Iterator[tuple[str, bytes]]:
    """卷内目录 (L33)."""
    rows, pages = volume.lines_of(row.agency.name, ARCHIVE, papers)
    values: dict[str, letters.Value | None] = {
        "organ": row.agency.name,
        "volume_title": f"更正申请：{row.subject}",
        "case_no": row.number,
        "archived_on": row.archived_on or today,
        "retention": rules.RETENTION.value(),
        "archivist": by.name,
        "items": "\n".join(rows),
        "pages": pages,
    }
    printed = letters.LETTERS["L33"].printed
    index = letters.render("L33", {name: value for name, value in values.items() if name in printed}, received_on=None)
    data, ending = volume.rendered(index)
    yield f"00-卷内目录.{ending}", data
