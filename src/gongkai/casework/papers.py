"""Which files are taken about an application, and what becomes of one that carries a classification mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile

from gongkai.agencies.models import User
from gongkai.casework.models import Case
from gongkai.casework.procedure import note
from gongkai.documents.intake import MARK, PAPERS, Taken, digest_of, take_upload
from gongkai_core.marks import ARTICLE
from gongkai_core.refusals import Refused

LARGEST_REQUEST = 40 * 1024 * 1024
ACCEPT = PAPERS.accept
PAPER_HINT = "PDF、图片（JPG、PNG）、Word、WPS 或者 OFD，每个不超过 10 MB。手机拍照即可。"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A paper with a classification mark: not kept. The application stands all the same (domain-spec §11.1 item 2)."""

    digest: str


def take_paper(upload: UploadedFile) -> Taken | Withheld:
    """Take in a paper that came from an applicant. Raises Refused for any fault but a classification mark."""
    try:
        return take_upload(upload, PAPERS)
    except Refused as refused:
        if refused.refusal.code != MARK:
            raise
        return Withheld(digest_of(upload))


def record_withheld(case: Case, digests: Iterable[str], *, by: User | None, today: date) -> None:
    """The time and number of the application stay; of each paper turned away, its digest. 保密员 goes on outside."""
    for digest in digests:
        note("withhold_paper", case, by=by, today=today, ground=ARTICLE, digest=digest)
