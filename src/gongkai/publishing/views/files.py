"""Files of items: their one address, and what a writer brings to the page of 发稿."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.documents import baked, blobs
from gongkai.documents.intake import ATTACHMENTS, TEXTS, Taken, take, take_upload
from gongkai.publishing import attachments
from gongkai.publishing.attachments import Brought
from gongkai.publishing.models import Attachment, Item, ItemVersion, Openness
from gongkai.publishing.tasks import baked_file
from gongkai_core.reading import Picture, body_of
from gongkai_core.reading.markup import to_html
from gongkai_core.refusals import Refused

HARMLESS = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""What a file may do in a browser: nothing."""
_PASTED = re.compile(r'(<img\b[^>]*?\bsrc=")data:image/([a-z]{3,4});base64,([A-Za-z0-9+/=\s]+)(")', re.I)
_SOURCE_CHOICES = ("read", "attach")


@login_not_required
@require_safe
def file(request: HttpRequest, key: UUID, ending: str) -> HttpResponse:
    """The bytes of an attachment: for all while its text is public, for its organ's people before."""
    row = Attachment.objects.public().filter(key=key).select_related("blob").first()
    public = row is not None
    if row is None and request.user.is_authenticated:
        row = _seen_on_the_desk(request, key)
    if row is None or row.ending != ending:
        raise Http404
    response = HttpResponse(_bytes(row) if public else blobs.read(row.blob), content_type=row.blob.content_type)
    response["Content-Disposition"] = content_disposition_header(not row.is_picture, row.name) or "attachment"
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache" if public else "private, no-store"
    return response


def _seen_on_the_desk(request: HttpRequest, key: UUID) -> Attachment | None:
    """A file of an item that exists for this person, or one that the same person brought and has not saved yet."""
    rows = Attachment.objects.filter(key=key).select_related("blob").order_by("-pk")
    if waiting := rows.waiting().filter(brought_by=request.user).first():
        return waiting
    return rows.filter(version__item__in=Item.objects.for_user(request.user, on=request.today)).first()


def _bytes(row: Attachment) -> bytes:
    found = baked.read(baked_file(row.key, row.ending))
    return blobs.read(row.blob) if found is None else found  # published a moment ago


class BroughtFiles:
    """The files on a page of 发稿: those there before, those just chosen, and what was read out of one.

    Everything stands in the page's own fields, so that an error, another try or no script loses nothing.
    """

    attachments_accept, source_accept = ATTACHMENTS.accept, TEXTS.accept

    def __init__(self, request: HttpRequest, version: ItemVersion | None = None) -> None:
        self._by, self._version = request.user, version
        self.errors: list[str] = []
        self.told: list[str] = []
        self.data: Any = request.POST.copy() if request.method == "POST" else None
        self.rows: list[Brought] = []
        self.keep_source = False
        if self.data is None:
            self.rows = attachments.present(version) if version else []
            return
        self.keep_source = bool(self.data.get("keep_source"))
        self._listed()
        for upload in request.FILES.getlist("attachments"):
            if taken := self._taken(upload.name, lambda upload=upload: take_upload(upload, ATTACHMENTS)):
                self._add(taken)
        if source := request.FILES.get("source"):
            self._read(source)
        self._pasted_pictures()

    @property
    def asked(self) -> bool:
        """Whether the page was sent only to read, add or remove a file."""
        return self.data is not None and (self.data.get("then") in _SOURCE_CHOICES or "drop" in self.data)

    def _listed(self) -> None:
        keys = []
        for text in self.data.getlist("file"):
            try:
                keys.append(UUID(text))
            except ValueError:
                continue
        found = attachments.findable(self._by, keys, self._version)
        for key in dict.fromkeys(keys):
            if key in found and self.data.get("drop") != str(key):
                words = self.data.get(f"name-{key}", found[key].name), self.data.get(f"alt-{key}", found[key].alt)
                self.rows.append(Brought(found[key], *words))

    def _taken(self, name: str, take_it: Any) -> Taken | None:
        try:
            return take_it()  # type: ignore[no-any-return]
        except Refused as refused:
            self.errors.append(f"“{name}”：{refused.refusal}")
            return None

    def _add(self, taken: Taken, *, picture: bool = False) -> Attachment:
        row = attachments.bring(taken, by=self._by, picture=picture)
        self.rows.append(Brought(row, row.name, row.alt))
        return row

    def _read(self, upload: Any) -> None:
        """Fill in what the file says: 标题、文号、成文日期、正文, to be checked by the writer."""
        to_be_open = self.data.get("openness", Openness.OPEN) == Openness.OPEN
        taken = self._taken(upload.name, lambda: take_upload(upload, replace(TEXTS, to_be_open=to_be_open)))
        if taken is None:
            return
        paper = taken.paper
        if self.keep_source and taken.kind in ATTACHMENTS.kinds:
            self._add(taken)
        if not paper.text.strip():
            self.errors.append("这份文件没有文字层，是扫描件：请录入正文，或者作为附件添加")
            return
        blocks = body_of(paper)
        pictures = [block for block in blocks if isinstance(block, Picture) and block.data]
        rows, lost = attachments.bring_pictures(pictures, by=self._by)
        self.rows += [Brought(row, row.name, row.alt) for row in rows.values()]
        addresses = {id(pictures[place]): row.get_absolute_url() for place, row in rows.items()}
        self.data["body"] = to_html(blocks, place=lambda picture: addresses.get(id(picture), ""))
        self.data["title"] = paper.title[:200] or self.data.get("title", "")
        self.data["docno"] = paper.docno or self.data.get("docno", "")
        self.data["formed_on"] = paper.formed_on.isoformat() if paper.formed_on else self.data.get("formed_on", "")
        self.told.append(f"已读入“{taken.name}”，标题、文号、成文日期和正文请核对。")
        if lost:
            self.told.append(f"有 {lost} 张图片读不出来，没有带入。")

    def _pasted_pictures(self) -> None:
        """Pictures that came with a paste stand in the text itself: they become files as all others."""

        def filed(found: re.Match[str]) -> str:
            try:
                data = base64.b64decode(found[3], validate=False)
            except (binascii.Error, ValueError):
                return found[1] + found[4]
            name = f"粘贴的图片.{'jpg' if found[2].lower() == 'jpeg' else found[2].lower()}"
            taken = self._taken(name, lambda: take(data, name, ATTACHMENTS))
            return found[1] + (self._add(taken, picture=True).get_absolute_url() if taken else "") + found[4]

        if "data:image/" in self.data.get("body", ""):
            self.data["body"] = _PASTED.sub(filed, self.data["body"])
