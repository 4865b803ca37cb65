"""A citizen at a browser without script: fills pages, presses buttons, follows redirects."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from gongkai.agencies.models import Agency
from gongkai.casework import drafts
from gongkai.casework.models import ApplicationDraft

JPEG = b"\xff\xd8\xff"
PERSON = {"name": "欧阳若水", "id_type": "resident", "id_number": "11010119900307125X"}


def picture(name: str = "欧阳若水身份证.jpg", *, data: bytes | None = None, png: bool = False) -> SimpleUploadedFile:
    """A small picture, another for every name."""
    if data is None:
        output = io.BytesIO()
        colour = hashlib.sha256(name.encode()).digest()
        Image.new("RGB", (8, 8), (colour[0], colour[1], colour[2])).save(output, "PNG" if png else "JPEG")
        data = output.getvalue()
    return SimpleUploadedFile(name, data)


class Citizen:
    def __init__(self, organ: Agency) -> None:
        self.organ, self.client, self.addresses = organ, Client(), []
        self.wish = "滨河镇柳林路2025年道路改造项目的中标通知书"

    def post(self, address: str, data: dict[str, Any]) -> Any:
        answer = self.client.post(address, data, follow=True)
        self.addresses += [address, *(url for url, _ in answer.redirect_chain)]
        return answer

    def key(self) -> str:
        return str(ApplicationDraft.objects.order_by("-pk")[0].form_key)

    def draft_with(self, **answers: Any) -> ApplicationDraft:
        draft, _ = drafts.start()
        drafts.keep(draft, **answers)
        return draft

    def choose_organ(self) -> None:
        known = re.search(r'name="key" value="(\w+)"', self.client.get("/apply/organ/").content.decode())
        self.post("/apply/organ/", {"organ": str(self.organ.public_id), "key": known[1] if known else ""})
        self.post("/apply/notice/", {"read": "1", "key": self.key()})

    def fill(self, group: str, /, **facts: Any) -> Any:
        return self.post(f"/apply/fill/{group}/", facts | {"key": self.key()})

    def identify(self) -> None:
        self.fill("kind", kind="natural_person")
        self.fill("identity", **PERSON, id_front=picture(), id_back=picture("背面.jpg"))

    def rest(self) -> None:
        self.fill("contact", phone="13812345678")
        self.fill("agent", by_agent="no")
        self.fill("content", info_desc=self.wish)
        self.fill("supply", provide_form="electronic", provide_route="online")

    def until_confirm(self) -> None:
        self.choose_organ()
        self.identify()
        self.rest()

    def confirmation(self, answer: str = "") -> dict[str, str]:
        """What the last page sends; the question in words is answered as a person would."""
        self.client.get("/apply/confirm/")
        draft = ApplicationDraft.objects.order_by("-pk")[0]
        return {"key": draft.form_key, "answer": answer or draft.answers["challenge"][1], "promise": "on"}

    def submit(self, answer: str = "") -> Any:
        return self.post("/apply/confirm/", self.confirmation(answer))

    def apply(self) -> Any:
        self.until_confirm()
        return self.submit()
