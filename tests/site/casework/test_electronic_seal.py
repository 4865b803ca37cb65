"""电子用印: a signed answer is sealed at the screen, delivered sealed, and every change to it is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import keys
from gongkai.agencies.models import User
from gongkai.casework import actions, electronic_seals
from gongkai.casework.acts import possible
from gongkai.casework.models import Case, ElectronicSealing, Notice
from gongkai.casework.progress import sent_notices
from gongkai.casework.views.public_status import _paper
from gongkai.documents import electronic_seal, fonts
from gongkai.documents.blobs import read
from gongkai.documents.certificates import add_certificate, make_test_certificate, retire_certificate
from gongkai.documents.electronic_seal.place import what_it_says
from gongkai.documents.models import Certificate
from gongkai.trail.models import Entry
from gongkai_core.letters import LETTERS

from .conftest import MONDAY, NAME, World, draft, refused, review
from .test_desk import act, signed_in, today
from .test_sealing import SEAL, signed

__all__ = ["signed", "today"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine"),
]
NAMED = "清溪县住房和城乡建设局政府信息公开专用章"


def entered(world: World, **changes: Any) -> Certificate:
    facts: dict[str, Any] = {
        "kind": "seal", "name": NAMED, "file": keys.key_file(NAMED), "password": keys.PASSWORD,
        "basis": "清政办〔2026〕1号", "by": world.office, "today": MONDAY,
    }  # fmt: skip
    return add_certificate(world.bureau, **facts | changes)


def put(client: Client, case: Case, certificate: Certificate) -> Any:
    url = reverse("casework:act", args=[case.public_id, "seal_electronically"])
    return client.post(url, {"certificate": certificate.public_id}, follow=True)


def flip(notice: Notice, place: int = 400) -> None:
    """Change one bit of the file as it lies in the store."""
    assert notice.pdf
    path = Path(default_storage.path(notice.pdf.location))
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(data))


def test_a_signed_answer_is_sealed_delivered_and_checked_at_the_screen(world: World, signed: Case, today: Any) -> None:
    seal, handler = entered(world), signed_in(world.staff.handler)
    notice = signed.notices.get()
    approved = notice.pdf
    assert approved
    with refused("not_sealed"):
        actions.deliver(signed, method="online", by=world.staff.handler, today=MONDAY)
    assert "电子用印" in handler.get(signed.get_absolute_url()).content.decode()
    form = handler.get(reverse("casework:act", args=[signed.public_id, "seal_electronically"])).content.decode()
    assert NAMED in form and "有效至 2028-12-31" in form
    act(handler, signed, "seal_electronically", certificate=str(seal.public_id))
    notice.refresh_from_db()
    sealing = ElectronicSealing.objects.get()
    assert notice.pdf == sealing.after != approved == sealing.before and notice.pdf.sealed
    assert what_it_says(read(notice.pdf)) == what_it_says(read(approved))
    assert read(notice.pdf).startswith(read(approved))
    page = handler.get(notice.get_absolute_url()).content.decode()
    assert "签章有效" in page and seal.serial in page and notice.pdf.digest in page
    file = handler.get(reverse("casework:notice_file", args=[notice.public_id, "pdf"]))
    assert file.content == read(sealing.after)
    act(handler, signed, "deliver", method="online", sent_on="2026-03-02")
    assert signed.state == "closed"
    sent = sent_notices(signed, MONDAY)[0]
    assert [words for words, _ in _paper(sent)["files"]] == ["PDF（电子签章）"]
    note = Entry.objects.get(verb="casework.seal_electronically")
    assert note.facts["serial"] == seal.serial and note.facts["digest"] == notice.pdf.digest
    assert note.facts["approved"] == approved.digest and NAME not in str(note.facts)


def test_a_changed_file_is_told_and_does_not_leave(world: World, signed: Case, today: Any) -> None:
    seal, handler = entered(world), signed_in(world.staff.handler)
    put(handler, signed, seal)
    notice = signed.notices.get()
    flip(notice)
    assert "文件在签章后被改动" in handler.get(notice.get_absolute_url()).content.decode()
    with refused("seal_broken"):
        actions.deliver(signed, method="online", by=world.staff.handler, today=MONDAY)


def check(client: Client, notice: Notice, data: bytes, name: str = "告知书.pdf") -> str:
    url = reverse("casework:notice_check", args=[notice.public_id])
    return str(client.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True).content.decode())


def test_a_file_that_somebody_brings_is_checked(world: World, signed: Case, today: Any) -> None:
    handler, notice = signed_in(world.staff.handler), signed.notices.get()
    assert notice.pdf
    plain = read(notice.pdf)
    assert "没有电子签章，不能核验" in check(handler, notice, plain)
    put(handler, signed, entered(world))
    notice.refresh_from_db()
    data = read(notice.pdf)
    assert "带来的文件：签章有效" in check(handler, notice, data)
    assert "带来的文件：文件没有签章" in check(handler, notice, plain)
    free = data.index(b">", data.index(b"/Contents <")) - 5  # after the signature, which doesn't fill its room
    for place in (*range(20, len(data), len(data) // 9), free, len(data) - 8):
        flipped = bytearray(data)
        flipped[place] ^= 1
        assert "带来的文件：文件在签章后被改动" in check(handler, notice, bytes(flipped)), place
    assert "选的文件是空的" in check(handler, notice, b"")
    assert "选的不是 PDF 文件" in check(handler, notice, b"plain text", "甲.txt")
    url = reverse("casework:notice_check", args=[notice.public_id])
    assert "请选择要核验的 PDF 文件" in handler.post(url, follow=True).content.decode()
    other = signed_in(world.foreign).post(reverse("casework:notice_check", args=[notice.public_id]))
    assert other.status_code == 404


def test_a_test_certificate_makes_a_sample_that_is_never_sent(world: World, signed: Case, today: Any) -> None:
    trial = make_test_certificate(world.bureau, by=world.office, today=MONDAY)
    handler, notice = signed_in(world.staff.handler), signed.notices.get()
    before = notice.pdf
    put(handler, signed, trial)
    notice.refresh_from_db()
    assert notice.pdf == before and ElectronicSealing.objects.get().is_sample
    page = handler.get(notice.get_absolute_url()).content.decode()
    assert "样张 无效" in page and "打开样张" in page and "签章有效" not in page
    sample = handler.get(reverse("casework:notice_file", args=[notice.public_id, "sample"]))
    assert sample.content.startswith(read(before)) and len(sample.content) > len(read(before))
    with refused("sample"):
        actions.deliver(signed, method="online", by=world.staff.handler, today=MONDAY)
    put(handler, signed, trial)  # as often as one likes
    put(handler, signed, entered(world))
    act(handler, signed, "deliver", method="online", sent_on="2026-03-02")
    notice.refresh_from_db()
    assert signed.state == "closed" and electronic_seals.is_sealed(notice)


def test_paper_after_a_sample_goes_as_paper(world: World, signed: Case, today: Any) -> None:
    trial = make_test_certificate(world.bureau, by=world.office, today=MONDAY)
    handler, notice = signed_in(world.staff.handler), signed.notices.get()
    put(handler, signed, trial)
    act(handler, signed, "record_sealing", **SEAL)
    url = reverse("casework:act", args=[signed.public_id, "return_scan"])
    handler.post(url, {"scan": SimpleUploadedFile("扫描.pdf", read(notice.pdf))})
    act(handler, signed, "deliver", method="online", sent_on="2026-03-02")
    assert signed.state == "closed"


def test_expired_retired_and_other_organs_seals_are_refused(world: World, signed: Case, today: Any) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    handler = signed_in(world.staff.handler)
    with refused("no_certificate"):
        actions.seal_electronically(signed, certificate=None, **who)  # type: ignore[arg-type]
    assert "seal_electronically" not in possible(signed)
    seal = entered(world, file=keys.key_file(NAMED, last=date(2026, 3, 2)))
    with refused("expired"):
        actions.seal_electronically(signed, certificate=seal, by=world.staff.handler, today=date(2026, 3, 3))
    today(date(2026, 3, 3))
    assert "2026-03-02 到期" in put(handler, signed, seal).content.decode()
    today(MONDAY)
    retired = retire_certificate(entered(world), reason="换发", by=world.office, today=MONDAY)
    with refused("retired"):
        actions.seal_electronically(signed, certificate=retired, **who)
    assert (
        "不在可选范围" in (page := put(handler, signed, retired).content.decode())
        or "有效选项" in page
        or "选择" in page
    )
    foreign = make_test_certificate(world.county, by=world.office, today=MONDAY)
    with refused("foreign_certificate"):
        actions.seal_electronically(signed, certificate=foreign, **who)
    assert not ElectronicSealing.objects.exists()
    for user in (world.staff.head, world.staff.lawyer, world.foreign):
        with refused("wrong_role"):
            actions.seal_electronically(signed, certificate=seal, by=user, today=MONDAY)


def test_one_way_of_sealing_rules_out_the_other(world: World, signed: Case, today: Any) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    seal = entered(world)
    assert {"record_sealing", "seal_electronically"} <= set(possible(signed))
    actions.seal_electronically(signed, certificate=seal, **who)
    assert not {"record_sealing", "return_scan", "accept_scan", "seal_electronically"} & set(possible(signed))
    with refused("sealed"):
        actions.seal_electronically(signed, certificate=seal, **who)
    with refused("sealed"):
        actions.record_sealing(signed, **{**SEAL, "sealed_on": MONDAY, "copies": 1}, **who)


def test_a_paper_that_was_stamped_is_not_sealed_again(world: World, signed: Case, today: Any) -> None:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    seal = entered(world)
    actions.record_sealing(signed, **{**SEAL, "sealed_on": MONDAY, "copies": 1}, **who)
    with refused("sealed"):
        actions.seal_electronically(signed, certificate=seal, **who)


def test_a_recalled_answer_is_sealed_anew(world: World, signed: Case, today: Any) -> None:
    seal, handler = entered(world), signed_in(world.staff.handler)
    put(handler, signed, seal)
    first = signed.notices.get()
    case = actions.return_draft(signed, remarks="文字有误", by=world.staff.head, today=MONDAY)
    case = review(draft(case, world, "refuse.internal_affairs", today=MONDAY), world, today=MONDAY)
    actions.sign(case, by=world.staff.head, today=MONDAY)
    case.refresh_from_db()
    second = case.notices.get(voided_on=None)
    assert second.pk != first.pk and not electronic_seals.is_sealed(second)
    put(handler, case, seal)
    assert ElectronicSealing.objects.count() == 2 and electronic_seals.is_sealed(second)
    page = handler.get(first.get_absolute_url()).content.decode()
    assert "作废" in page and "签章有效" in page


def test_without_a_seal_service_its_certificates_are_refused_in_words(
    world: World, signed: Case, settings: LazySettings, today: Any
) -> None:
    settings.SEAL_SERVICE = electronic_seal.RSA  # any that is there
    file = keys.issued(NAMED).public_bytes(keys.serialization.Encoding.DER)
    seal = entered(world, at_service=True, file=file, password="")
    settings.SEAL_SERVICE = ""
    page = put(signed_in(world.staff.handler), signed, seal).content.decode()
    assert "没有接入统一电子印章系统" in page and not ElectronicSealing.objects.exists()


def signature_of(world: World, person: User) -> Certificate:
    return entered(world, kind="signature", name=f"{person.name}签名", holder=person, file=keys.key_file(person.name))


def test_the_signatory_signs_with_a_password_of_their_own(world: World, signed: Case, today: Any) -> None:
    head, handler = signed_in(world.staff.head), signed_in(world.staff.handler)
    own = signature_of(world, world.staff.head)
    assert "sign_electronically" in possible(signed)
    url = reverse("casework:act", args=[signed.public_id, "sign_electronically"])
    wrong = head.post(url, {"certificate": own.public_id, "password": "不是口令"}).content.decode()
    assert "证书口令不对" in wrong and "不是口令" not in wrong
    with refused("not_signatory"):
        actions.sign_electronically(
            signed, certificate=own, password=keys.PASSWORD, by=world.staff.handler, today=MONDAY
        )
    act(head, signed, "sign_electronically", certificate=str(own.public_id), password=keys.PASSWORD)
    with refused("signed"):
        actions.sign_electronically(signed, certificate=own, password=keys.PASSWORD, by=world.staff.head, today=MONDAY)
    act(handler, signed, "seal_electronically", certificate=str(entered(world).public_id))
    notice = signed.notices.get()
    page = handler.get(notice.get_absolute_url()).content.decode()
    assert "签章有效" in page and "局长甲签名" in page and ElectronicSealing.objects.count() == 2
    assert actions.deliver(signed, method="online", by=world.staff.handler, today=MONDAY).state == "closed"
    assert keys.PASSWORD not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_another_s_signature_is_nobody_s(world: World, signed: Case) -> None:
    signature_of(world, world.staff.head)
    other = signature_of(world, world.staff.lawyer)
    with refused("foreign_certificate"):
        actions.sign_electronically(
            signed, certificate=other, password=keys.PASSWORD, by=world.staff.head, today=MONDAY
        )


@pytest.mark.parametrize("code", sorted(code for code, row in LETTERS.items() if row.remedy == "by_outcome"))
def test_every_letter_of_an_answer_has_a_place_for_the_seal(code: str) -> None:
    from test_letters import rendered

    from gongkai.documents import pdf
    from gongkai.documents.electronic_seal.place import locate

    letter = rendered(LETTERS[code], LETTERS[code].printed)
    assert locate(pdf.render(letter), letter.signature, letter.signed_on)
