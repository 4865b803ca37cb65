"""数字证书 on the desk: entered, seen with a lamp, retired; the password stays nowhere."""

from __future__ import annotations

import io
import logging
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

import keys
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Agency, Role, User
from gongkai.desk.models import KeptForm
from gongkai.documents.models import Certificate
from gongkai.trail.models import Entry

from .test_electronic_seal import DAY, SEAL, admin, organ

__all__ = ["admin", "organ"]
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("today")]
NEW, LIST = "/desk/certificates/new/", "/desk/certificates/"


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    localdate = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda *given, **named: localdate(*given, **named) if given else DAY)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (80, 80), (200, 16, 46)).save(written, "PNG")
    return written.getvalue()


def filled(organ: Agency, **changes: Any) -> dict[str, Any]:
    return {
        "agency": str(organ.public_id), "kind": "seal", "name": SEAL, "basis": "清政办〔2026〕1号",
        "file": SimpleUploadedFile("印章.pfx", keys.key_file(SEAL)), "password": keys.PASSWORD, "width_mm": "42",
        **changes,
    }  # fmt: skip


def test_a_seal_is_entered_shown_and_retired(organ: Agency, admin: User) -> None:
    client = signed_in(admin)
    assert "数字证书" in client.get("/desk/").content.decode(), "it stands in the menu"
    sent = client.post(NEW, filled(organ, picture=SimpleUploadedFile("印模.png", picture())), follow=True)
    page = sent.content.decode()
    seal = Certificate.objects.get()
    assert seal.serial in page and "本系统加密保管" in page and "lamp-green" in page
    assert client.get(reverse("documents:certificate_picture", args=[seal.public_id]))["Content-Type"] == "image/png"
    assert "有效至 2028-12-31" in client.get(LIST).content.decode()
    empty = client.post(seal_url(seal), {"reason": ""})
    assert empty.status_code == 422
    page = client.post(seal_url(seal), {"reason": "换发新章"}, follow=True).content.decode()
    assert "密钥已销毁" in page and "已销毁" in page and "换发新章" in page
    again = client.post(seal_url(seal), {"reason": "再停"}, follow=True).content.decode()
    assert "已于 2026-03-02 停用" in again
    verbs = list(Entry.objects.filter(verb__contains="certificate").values_list("verb", flat=True))
    assert verbs == ["documents.add_certificate", "documents.retire_certificate"]


def seal_url(seal: Certificate) -> str:
    return reverse("documents:certificate", args=[seal.public_id])


def test_a_wrong_password_loses_nothing_typed_and_shows_no_password(
    organ: Agency, admin: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = signed_in(admin).post(NEW, filled(organ, password="秘密口令甲"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "口令不对" in page and SEAL in page and "清政办〔2026〕1号" in page
    assert "秘密口令甲" not in page and "秘密口令甲" not in caplog.text and not Certificate.objects.exists()


def test_odd_input_is_refused_in_words(organ: Agency, admin: User) -> None:
    client = signed_in(admin)
    for changes in (
        {"name": "甲\0乙"}, {"password": "\0"}, {"agency": "1"}, {"agency": "\0"},
        {"kind": "other"}, {"width_mm": "9999"}, {"file": SimpleUploadedFile("甲.pfx", b"0" * 70_000)},
        {"picture": SimpleUploadedFile("甲.png", b"no picture")}, {"name": "长" * 61}, {"file": ""},
        {"kind": "signature"}, {"at_service": "on"}, {"basis": ""},
    ):  # fmt: skip
        answer = client.post(NEW, filled(organ, **changes))
        assert answer.status_code == 422 and "notice" in answer.content.decode(), changes
    assert not Certificate.objects.exists()


def test_what_comes_after_the_log_in_expired_is_kept_without_the_password(organ: Agency, admin: User) -> None:
    client = signed_in(admin)
    client.get(NEW)
    client.cookies.pop("sessionid")
    client.post(NEW, filled(organ), HTTP_REFERER=f"http://testserver{NEW}")
    kept = str(KeptForm.objects.get().values)
    assert SEAL in kept and keys.PASSWORD not in kept


def test_a_test_certificate_at_a_press(organ: Agency, admin: User) -> None:
    client = signed_in(admin)
    page = client.post(f"{LIST}test/", {"agency": str(organ.public_id)}, follow=True).content.decode()
    trial = Certificate.objects.get()
    assert trial.is_test and "样张 无效" in page
    assert trial.first_day == DAY and trial.last_day == date(2027, 3, 2)
    page = client.post(f"{LIST}test/", {"agency": "x"}, follow=True).content.decode()
    assert "请选择机关" in page and Certificate.objects.count() == 1


def test_a_signature_belongs_to_a_signatory(organ: Agency, admin: User) -> None:
    head = User.objects.create_user("head", "局长甲", "correct horse battery")
    appoint(head, Role.SIGNATORY, organ, by=None, on=date(2017, 1, 1))
    file = SimpleUploadedFile("签名.p12", keys.key_file("局长甲"))
    data = filled(organ, kind="signature", name="局长甲签名", holder=str(head.public_id), file=file, basis="")
    page = signed_in(admin).post(NEW, data, follow=True).content.decode()
    assert Certificate.objects.get().holder == head and "由签名人的口令打开" in page
    other = filled(organ, kind="signature", holder=str(admin.public_id))
    assert signed_in(admin).post(NEW, other).status_code == 422


def test_the_page_is_nobody_else_s(organ: Agency, admin: User) -> None:
    for role in (Role.SIGNATORY, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.HANDLER):
        user = User.objects.create_user(f"user-{role}", "某某", "correct horse battery")
        appoint(user, role, organ, by=None, on=date(2017, 1, 1))
        client = signed_in(user)
        assert client.get(LIST).status_code == client.get(NEW).status_code == 404
        assert client.post(f"{LIST}test/", {"agency": str(organ.public_id)}).status_code == 404
    office = User.objects.create_user("office", "公开办", "correct horse battery")
    appoint(office, Role.DISCLOSURE_OFFICE, organ, by=None, on=date(2017, 1, 1))
    assert signed_in(office).get(LIST).status_code == 200
