"""What the page of any outgoing paper shows between signature and arrival: seals, deliveries, the address."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from gongkai.casework import electronic_seals, notices
from gongkai.casework.forms_delivery import AddressForm
from gongkai.casework.forms_seal import CheckForm
from gongkai.casework.models import Notice, Outgoing, Sealing, belongs_to_paper
from gongkai.documents.fonts import available
from gongkai.documents.models import Blob
from gongkai_core.refusals import Refused

FILES = ("docx", "pdf", "scan", "sample")


def parts(paper: Outgoing) -> dict[str, Any]:
    """Context for `notice_electronic.html` and `notice_delivery.html`."""
    name = "notice" if isinstance(paper, Notice) else "register_paper"
    return {
        "paper": paper,
        "fonts": available(),
        "sealing": sealing_of(paper),
        "deliveries": list(paper.deliveries.all()),
        "address_form": AddressForm(),
        "electronic": _electronic(paper),
        "links": {kind: reverse(f"casework:{name}_file", args=[paper.public_id, kind]) for kind in FILES}
        | {kind: reverse(f"casework:{name}_{kind}", args=[paper.public_id]) for kind in ("address", "check")},
    }


def sealing_of(paper: Outgoing) -> Sealing | None:
    return Sealing.objects.filter(**belongs_to_paper(paper)).select_related("accepted_by", "scan").first()


def _electronic(paper: Outgoing) -> dict[str, Any]:
    """The seals and signatures on it, and what their check found today."""
    rows = list(paper.electronic_sealings.select_related("certificate", "after", "sealed_by"))
    shown: dict[str, Any] = {"rows": rows, "sample": any(one.is_sample for one in rows), "form": CheckForm()}
    try:
        return shown | {"found": electronic_seals.check(paper)}
    except Refused as refused:
        return shown | {"unknown": refused.refusal.message}


def file_of(paper: Outgoing, kind: str) -> Blob | None:
    """One of its `FILES`; one that could not be made before is made now."""
    if paper.content and kind in ("docx", "pdf") and getattr(paper, kind) is None:
        notices.render_files(paper)
        paper.save(update_fields=["docx", "pdf"])
    found: Blob | None = electronic_seals.sample_of(paper) if kind == "sample" else getattr(paper, kind)
    if found is None and kind == "scan" and (sealing := sealing_of(paper)):
        return sealing.scan  # not compared yet: whoever compares it must see it
    return found


def missing_words(kind: str) -> str:
    return "服务器上没有中文字体，不能生成 PDF；请先下载 Word 文件" if kind == "pdf" else "没有这个文件"
