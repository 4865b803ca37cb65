"""案卷: everything of a case in one .zip, in the order of its index, with the trail's extract and a list of digests.

Made anew each time somebody asks for it and kept nowhere: it holds the applicant's data in the clear.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from django.template.loader import render_to_string

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import User
from gongkai.casework import clock, masking, notices, rules
from gongkai.casework.models import (
    Case,
    CaseFile,
    Decision,
    FileKind,
    Material,
    Notice,
    Outgoing,
    RegisterFile,
    RegisterPaper,
    RegisterRow,
    belongs_to,
)
from gongkai.casework.thread import thread
from gongkai.design.words import day
from gongkai.documents import blobs, pdf, word
from gongkai.documents.fonts import FontsMissing
from gongkai.documents.models import Blob
from gongkai.trail.extract import extract
from gongkai_core.letters import RenderedLetter
from gongkai_core.outcomes import article_text
from gongkai_core.refusals import Refusal, Refused

ARCHIVE, EVIDENCE = "archive", "evidence"
KINDS = {ARCHIVE: "案卷", EVIDENCE: "证据材料"}
_LOOK = Path(__file__).parent / "static" / "casework" / "volume.css"
LARGEST = 400 * 2**20
BY_HAND = "________"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"[^\w〔〕（）()《》·.-]+")
_INTAKE = (
    FileKind.APPLICATION, FileKind.ORAL_RECORD, FileKind.IDENTITY, FileKind.AUTHORITY, FileKind.ATTACHMENT,
    FileKind.CORRECTION,
)  # fmt: skip
_FOLDERS = {
    "01-申请": "申请的提出、收到和申请人身份",
    "02-办理": "依法审查、征求意见、审批",
    "03-文书": "作出的告知和答复",
    "04-提供的材料": "提供的信息和遮蔽的依据",
    "05-送达": "文书的发出和送达",
    "06-期限": "在法定期限内答复",
}
"""Folder → what its papers prove (证明内容)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the volume: its place, what the index calls it, its number and day, its bytes."""

    folder: str
    name: str
    ending: str
    data: bytes
    number: str = ""
    on: date | None = None

    @property
    def pages(self) -> int:
        """Pages that can be counted; none of what has no fixed pages."""
        if self.ending == "pdf":
            try:
                document = pypdfium2.PdfDocument(self.data)
            except pypdfium2.PdfiumError:
                return 0
            with document:
                return len(document)
        return 1 if self.ending in ("jpg", "png") else 0


@dataclass(frozen=True, slots=True)
class Volume:
    data: bytes
    digest: str
    papers: int


def make(case: Case, kind: str, *, by: User, today: date) -> Volume:
    """The volume as it stands today. Raises Refused (too_large)."""
    if sum(size for size in _sizes(case)) > LARGEST:
        raise Refused(Refusal("too_large", f"案卷超过 {LARGEST // 2**20} MB，请分别下载"))
    papers = list(_papers(case, kind, by=by, today=today))
    index = _index(case, kind, papers, by=by, today=today)
    return packed(index, papers, extract("casework.case", str(case.public_id)))


def packed(index: Iterable[tuple[str, bytes]], papers: list[Paper], trail: dict[str, Any]) -> Volume:
    """One .zip: index, papers in its order, the trail's extract with how to check it, and the digests of all files."""
    files = dict(index)
    for number, paper in enumerate(papers, 1):
        files[f"{paper.folder}/{number:02d}-{_safe(paper.name)}.{paper.ending}"] = paper.data
    files[_LOOK.name] = _LOOK.read_bytes()
    files["07-留痕/留痕摘录.json"] = _json(trail)
    files["07-留痕/校验方法.txt"] = _HOW.encode()
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    files["SHA256SUMS.txt"] = "".join(lines).encode()
    data = _zipped(files)
    return Volume(data, hashlib.sha256(data).hexdigest(), len(papers))


_HOW = """校验方法

一、SHA256SUMS.txt 列出每个文件的 SHA-256 摘要；可用 sha256sum -c SHA256SUMS.txt 核对。
二、留痕摘录.json：entries 是本件的全部留痕；links 是链上从本件第一条到最后一条的全部环节（他件的只有事实的摘要）。
    每一环节的 digest = SHA-256(按顺序的数组 [algorithm, previous, at, legal_day, actor_id, verb, object_type,
    object_id, ground, facts_digest])；facts_digest = SHA-256(facts)。JSON 不加空格、键按字母顺序、汉字不转义、UTF-8。
三、每一环节的 previous 等于上一环节的 digest；head 是摘录时的链头，可与本机关另存的链头核对。
"""


def _sizes(case: Case) -> Iterator[int]:
    yield from case.files.values_list("blob__size", flat=True)
    yield from case.materials.values_list("original__size", flat=True)
    for name in ("docx", "pdf", "scan"):
        yield from (size or 0 for size in case.notices.values_list(f"{name}__size", flat=True))


def _papers(case: Case, kind: str, *, by: User, today: date) -> Iterator[Paper]:
    """Every paper in the order of the index."""
    yield Paper(
        "01-申请", "申请登记情况", "html", _page("application", case, today=today), case.number, case.received_on
    )
    files = list(case.files.select_related("blob"))
    for file in files:
        if file.kind in _INTAKE:
            yield _of_file("01-申请", file)
    yield from _handling(case, by=by, today=today)
    for file in files:
        if file.kind not in (*_INTAKE, FileKind.PROVIDED):
            yield _of_file("03-文书" if file.kind == FileKind.ANSWER else "02-办理", file)
    for notice in case.notices.select_related("docx", "pdf", "scan", "case__agency", "case__applicant"):
        yield from _of_notice(notice)
    for inquiry in case.inquiries.exclude(asked_with=None).select_related("asked_with__notice"):
        if inquiry.letter:  # one letter for the whole series, without any applicant's data
            yield from _of_notice(inquiry.letter)
    yield from _materials(case, files, kind)
    for notice in case.notices.all():
        yield from _deliveries(notice)
    if case.received_on:
        yield Paper("06-期限", "期限计算单", "html", _page("clock", case, today=today), "", today)
    if kind == ARCHIVE:
        yield from _disputes(case)


def _disputes(case: Case) -> Iterator[Paper]:
    """What was said and what came in about a review or a suit: the organ's own file, never evidence."""
    for row in (*case.reviews.all(), *case.lawsuits.all()):
        yield from of_register(row, dict.fromkeys(("sent", "delivered", "received"), "08-复议诉讼"), number=row.docket)


def of_register(row: RegisterRow, folders: Mapping[str, str], *, number: str) -> Iterator[Paper]:
    """What was `sent`, how it was `delivered`, what was `received` about one row of a register, in these folders."""
    own = belongs_to(row)
    signed = RegisterPaper.objects.filter(**own, voided_on=None).exclude(signed_on=None)
    for paper in signed.select_related("docx", "pdf", "scan"):
        if paper.pdf or paper.scan:
            for words, blob in (("", paper.pdf), ("（用印扫描件）", paper.scan)):
                if blob:
                    name = f"{paper.name}{words}"
                    yield of_blob(folders["sent"], name, blob, number=paper.number or number, on=paper.signed_on)
        else:
            data, ending = rendered(paper.rendered)
            yield Paper(folders["sent"], paper.name, ending, data, paper.number or number, paper.signed_on)
        yield from _deliveries(paper, folders["delivered"])
    for file in RegisterFile.objects.filter(**own).select_related("blob"):
        yield of_blob(folders["received"], file.name, file.blob, number=number, on=file.added_on)


def _handling(case: Case, *, by: User, today: date) -> Iterator[Paper]:
    """审批单, search log, collective record, and what was recorded of each step."""
    decision = case.decisions.order_by("-active", "-pk").first()
    if decision and not case.from_ledger:
        yield from _printed(case, "L30", _approval(case, decision), decision.drafted_on, today=today)
        if decision.facts.get("search_scope"):
            yield from _printed(case, "L31", _search(case, decision), decision.drafted_on, today=today)
        if decision.facts.get("conclusion"):
            yield from _printed(case, "L32", _meeting(case, decision, by), decision.drafted_on, today=today)
    yield Paper("02-办理", "办理记录", "html", _page("record", case, today=today), "", today)


def _approval(case: Case, decision: Decision) -> dict[str, Any]:
    reason = f"。{decision.reason}" if decision.reason else ""
    return {
        "reply_by": case.reply_by or case.counted_on,
        "applicant": case.applicant.name,
        "proposal": f"{decision.get_outcome_display()}{reason}",
        "basis": "、".join(article_text(article) for article in decision.rule.articles),
        "attachments": "见卷内目录",
        "handler": decision.drafted_by.name,
    }


def _search(case: Case, decision: Decision) -> dict[str, Any]:
    facts = decision.facts
    kept = {name: facts.get(name) or BY_HAND for name in ("search_scope", "keywords", "searcher", "units")}
    return {
        "info_desc": case.title,
        "result": decision.get_outcome_display(),
        "searched_on": _day(facts.get("searched_on")),
        **kept,
    }


def _meeting(case: Case, decision: Decision, by: User) -> dict[str, Any]:
    facts = decision.facts
    return {
        "matter": case.title,
        "meeting_on": _day(facts.get("meeting_on")),
        "attendees": facts.get("attendees") or BY_HAND,
        "conclusion": facts["conclusion"],
        **dict.fromkeys(("place", "chair", "opinions", "recorder"), BY_HAND),
    }


def _day(value: Any) -> date | str:
    return date.fromisoformat(value) if value else BY_HAND


def _printed(case: Case, code: str, values: dict[str, Any], on: date, *, today: date) -> Iterator[Paper]:
    """A paper of letters.json; nothing under the old 条例, whose papers are not made."""
    try:
        letter = notices.compose(case, code, values, signed_on=today, number="")
    except Refused:
        return
    data, ending = rendered(letter)
    yield Paper("02-办理", letter.name, ending, data, "", on)


def rendered(letter: RenderedLetter) -> tuple[bytes, str]:
    """As PDF, or as .docx where this machine has no Chinese font."""
    try:
        return pdf.render(letter), "pdf"
    except FontsMissing:
        return word.render(letter), "docx"


def _of_file(folder: str, file: CaseFile) -> Paper:
    return of_blob(folder, file.get_kind_display(), file.blob, on=file.on)


def of_blob(folder: str, name: str, blob: Blob, *, number: str = "", on: date | None = None) -> Paper:
    ending = blob.name.rpartition(".")[2].lower()[:5] if "." in blob.name else "bin"
    return Paper(folder, name, _safe(ending), blobs.read(blob), number, on)


def _of_notice(notice: Notice) -> Iterator[Paper]:
    void = "（作废）" if notice.voided_on else ""
    if notice.content and notice.docx is None:
        data, ending = rendered(notice.rendered)
        yield Paper("03-文书", f"{notice.name}{void}", ending, data, notice.number, notice.signed_on)
    for words, blob in (("", notice.pdf), ("（Word）", notice.docx), ("（用印扫描件）", notice.scan)):
        if blob:
            yield of_blob(
                "03-文书", f"{notice.name}{words}{void}", blob, number=notice.number, on=notice.signed_on
            )  # fmt: skip


def _materials(case: Case, files: list[CaseFile], kind: str) -> Iterator[Paper]:
    """What was given; the originals go to the archive, never into a pack for others."""
    folder = "04-提供的材料"
    for file in files:
        if file.kind == FileKind.PROVIDED:
            yield _of_file(folder, file)
    for material in case.materials.select_related("original", "redacted"):
        if material.marks.exists():
            page = render_to_string("casework/volume/grounds.html", _grounds(material, kind))
            yield Paper(folder, "遮蔽清单", "html", page.encode(), "", material.made_on)
        if kind == ARCHIVE:
            yield of_blob(folder, "遮蔽前的原件", material.original, on=material.added_on)


def _grounds(material: Material, kind: str) -> dict[str, Any]:
    return {
        "material": material,
        "marks": material.marks.select_related("added_by"),
        "with_words": kind == ARCHIVE,
        "case": material.case,
    }


def _deliveries(letter: Outgoing, folder: str = "05-送达") -> Iterator[Paper]:
    for delivery in letter.deliveries.select_related("evidence"):
        try:
            proof = None if _is_ledgers(letter) else notices.proof_of(delivery, on=delivery.sent_on)
        except Refused:
            proof = None  # a paper under the old 条例
        if proof:
            data, ending = rendered(proof)
            yield Paper(folder, f"送达回证（{letter.name}）", ending, data, letter.number, delivery.sent_on)
        if delivery.evidence:
            yield of_blob(
                folder, f"送达凭证（{letter.name}）", delivery.evidence, number=letter.number,
                on=delivery.delivered_on or delivery.sent_on,
            )  # fmt: skip


def _is_ledgers(letter: Outgoing) -> bool:
    """Whether it was sent before this site: what proved its delivery then is on paper."""
    return isinstance(letter, Notice) and letter.case.from_ledger


def _page(name: str, case: Case, *, today: date) -> bytes:
    """A plain page that any browser opens by itself."""
    context: dict[str, Any] = {"case": case, "today": today}
    if name == "application":
        context["rows"] = masking.plain_rows(case.applicant)
    elif name == "record":
        context |= {
            "thread": thread(case),
            "decisions": case.decisions.select_related(
                "drafted_by", "legal_reviewed_by", "secrecy_reviewed_by", "signed_by"
            ),
            "inquiries": case.inquiries.all(),
        }
    else:
        context |= {"result": clock.replay(case, today), "calendar_version": office_calendar().version}
    return render_to_string(f"casework/volume/{name}.html", context).encode()


def _index(case: Case, kind: str, papers: list[Paper], *, by: User, today: date) -> Iterator[tuple[str, bytes]]:
    """卷内目录 (L33), or 证据清单 (L35) once there is a review or a suit."""
    rows, pages = lines_of(notices.answering_organ(case), kind, papers)
    code, values = _index_values(case, kind, by=by, today=today)
    values |= {"items": "\n".join(rows)}
    if code == "L33":
        values["pages"] = pages
    try:
        data, ending = rendered(notices.compose(case, code, values, signed_on=today, number=""))
    except Refused:
        data, ending = "\n".join(["卷内目录", case.number, *rows, ""]).encode(), "txt"
    yield f"00-{'证据清单' if code == 'L35' else '卷内目录'}.{ending}", data


def lines_of(organ: str, kind: str, papers: list[Paper], *, after: int = 0, pages: int = 0) -> tuple[list[str], int]:
    """The lines of an index, numbered on from `after`, paged on from `pages`; and the pages there are by then."""
    rows = []
    for number, paper in enumerate(papers, after + 1):
        place = str(pages + 1) if paper.pages else "电子"
        pages += paper.pages
        cells = [str(number), paper.name, paper.number or "—", day(paper.on) or "—", place]
        if kind == EVIDENCE:
            cells = [str(number), paper.name, organ, _FOLDERS[paper.folder], place]
        rows.append("　".join(cells))
    return rows, pages


def evidence_list(cases: Iterable[Case], *, by: User, today: date) -> tuple[list[str], int]:
    """The lines of one 证据清单 over all the cases of a proceeding, and how many pages the evidence has."""
    rows: list[str] = []
    pages = 0
    for case in cases:
        papers = list(_papers(case, EVIDENCE, by=by, today=today))
        more, pages = lines_of(notices.answering_organ(case), EVIDENCE, papers, after=len(rows), pages=pages)
        rows += more
    return rows, pages


def _index_values(case: Case, kind: str, *, by: User, today: date) -> tuple[str, dict[str, Any]]:
    dispute = case.lawsuits.last() or case.reviews.last()
    if kind == EVIDENCE and dispute:
        return "L35", {"dispute_no": dispute.docket, "submitter": by.name}
    return "L33", {
        "volume_title": case.title,
        "archived_on": case.archived_on or today,
        "retention": rules.RETENTION.value(),
        "archivist": by.name,
    }


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name)[:60] or "_"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    """Equal files give equal bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return written.getvalue()
