"""电子用印 on real files: where the seal stands, that the words stay, that changes are found."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.conf import LazySettings
from django.db import connection
from PIL import Image, ImageChops, ImageStat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from test_letters import LETTERS, rendered

import keys
from county import credit_code
from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.models import Agency, Role, User
from gongkai.documents import electronic_seal, fonts, pdf
from gongkai.documents.certificates import PICTURES, add_certificate, make_test_certificate, retire_certificate
from gongkai.documents.electronic_seal import Checked, mark, rsa
from gongkai.documents.electronic_seal.place import locate, what_it_says
from gongkai.documents.intake import Taken, take
from gongkai.documents.models import Blob, Certificate
from gongkai.trail.models import Entry
from gongkai_core.letters import Block, RenderedLetter
from gongkai_core.refusals import Refused

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine"),
]
DAY = date(2026, 3, 2)
ORGAN, SIGNED = "清溪县住房和城乡建设局", "2026年3月2日"
SEAL = "清溪县住房和城乡建设局政府信息公开专用章"


@pytest.fixture
def organ() -> Agency:
    return establish(
        by=None, on=date(2017, 1, 1), parent=None, name=ORGAN, short_name="住建局", code=credit_code(1),
        document_prefix="清建公开", legal_kind="department", phone="0990-1234567", head="局长",
    )  # fmt: skip


@pytest.fixture
def admin(organ: Agency) -> User:
    user = User.objects.create_user("admin", "系统管理员", "correct horse battery")
    appoint(user, Role.SYSTEM_ADMIN, organ, by=None, on=date(2017, 1, 1))
    return user


def add(organ: Agency, admin: User, **changes: Any) -> Certificate:
    facts: dict[str, Any] = {
        "kind": "seal", "name": SEAL, "file": keys.key_file(SEAL), "password": keys.PASSWORD, "basis": "清政办〔2026〕1号",
        "by": admin, "today": DAY,
    }  # fmt: skip
    return add_certificate(organ, **facts | changes)


@pytest.fixture
def seal(organ: Agency, admin: User) -> Certificate:
    return add(organ, admin)


def letter(pages: int = 1) -> RenderedLetter:
    given = rendered(LETTERS["L11"], LETTERS["L11"].printed)
    texts = {"signature": ORGAN, "date": SIGNED}
    blocks = [replace(row, text=texts.get(row.kind, row.text)) for row in given.blocks]
    place = next(number for number, row in enumerate(blocks) if row.kind == "signature")
    longer = [Block("paragraph", "经审查，本机关认为。" * 40, 0)] * (3 * (pages - 1))
    return replace(given, blocks=(*blocks[:place], *longer, *blocks[place:]))


def put(data: bytes, certificate: Certificate, **more: Any) -> bytes:
    return electronic_seal.sealed(data, certificate, organ=ORGAN, day=SIGNED, on=DAY, **more)


def pictures(data: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        return [page.render(scale=1, may_draw_forms=True).to_pil().convert("RGB") for page in document]


def changed_box(before: Image.Image, after: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(before, after).getbbox()


def refused_code(call: Any, *given: Any, **more: Any) -> str:
    with pytest.raises(Refused) as caught:
        call(*given, **more)
    return caught.value.refusal.code


def test_the_seal_stands_over_name_and_date_and_the_words_stay(seal: Certificate) -> None:
    data = pdf.render(letter())
    out = put(data, seal)
    assert out.startswith(data), "what was approved stays byte for byte"
    assert what_it_says(out) == what_it_says(data)
    box = changed_box(pictures(data)[0], pictures(out)[0])
    place, height = locate(data, ORGAN, SIGNED), pictures(data)[0].height
    assert box
    assert (box[0] + box[2]) / 2 == pytest.approx(place.x, abs=2)
    assert (box[1] + box[3]) / 2 == pytest.approx(height - place.y, abs=2)
    assert box[2] - box[0] == pytest.approx(42 * 72 / 25.4, abs=3), "as wide as the seal is"
    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        for words in (ORGAN, SIGNED):
            first, count = text.search(words).get_next()
            middle = [text.get_charbox(first + count // 2)[side] for side in (0, 1)]
            assert abs(middle[0] - place.x) < 40 and place.y - 40 < middle[1] < place.y + 10, "居中偏下"
    assert electronic_seal.checked(out, [seal], on=DAY) == Checked("valid", seal.serial)
    assert b"ETSI.CAdES.detached" in out


def test_any_name_can_be_drawn(organ: Agency, admin: User) -> None:
    odd = add(organ, admin, name='甲\x01<&>"' + "长" * 50)
    assert odd.name.startswith("甲<&>") and put(pdf.render(letter()), odd)


def test_the_last_name_and_date_are_the_ones_that_sign(seal: Certificate) -> None:
    data = pdf.render(letter(pages=2))
    assert len(what_it_says(data)) == locate(data, ORGAN, SIGNED).page + 1 > 1
    before, after = pictures(data), pictures(put(data, seal))
    assert changed_box(before[0], after[0]) is None and changed_box(before[-1], after[-1])


def test_a_paper_without_name_and_date_has_no_place(seal: Certificate) -> None:
    data = pdf.render(letter())
    for organ, day in (("别的机关", SIGNED), (ORGAN, "2026年3月9日"), ("", "")):
        assert refused_code(electronic_seal.sealed, data, seal, organ=organ, day=day, on=DAY) == "no_place"


def test_changed_bytes_are_found(seal: Certificate) -> None:
    out = put(pdf.render(letter()), seal)
    step = len(out) // 23
    for place in (*range(7, len(out), step), out.index(b"/Contents <") + 400, len(out) - 8):
        flipped = bytearray(out)
        flipped[place] ^= 1
        assert electronic_seal.checked(bytes(flipped), [seal], on=DAY).words == "文件在签章后被改动", place


def test_what_is_added_after_the_seal_is_found(seal: Certificate) -> None:
    out = put(pdf.render(letter()), seal)
    writer = IncrementalPdfFileWriter(io.BytesIO(out))
    writer.root["/Lang"] = writer.root["/Lang"].__class__("en")
    writer.update_root()
    written = io.BytesIO()
    writer.write(written)
    for data in (written.getvalue(), out + b"\n% more\n", out[:-20], b"", b"no pdf"):
        assert electronic_seal.checked(data, [seal], on=DAY).state == "changed"


def test_another_s_seal_and_none_are_told_apart(organ: Agency, admin: User, seal: Certificate) -> None:
    data = pdf.render(letter())
    other = add(organ, admin, file=keys.key_file(SEAL, of=keys.key("other")))
    assert electronic_seal.checked(put(data, other), [seal], on=DAY).state == "untrusted"
    assert electronic_seal.checked(data, [seal], on=DAY).state == "none"
    assert not electronic_seal.checked(data, [seal], on=DAY).valid


def test_a_test_certificate_prints_sample_on_every_page(organ: Agency, admin: User) -> None:
    trial = make_test_certificate(organ, by=admin, today=DAY)
    assert trial.is_test
    data = pdf.render(letter(pages=2))
    out = put(data, trial)
    assert what_it_says(out) == what_it_says(data) and out.startswith(data)
    for before, after in zip(pictures(data), pictures(out), strict=True):
        left, top, right, bottom = changed_box(before, after) or (0, 0, 0, 0)
        assert right - left > before.width / 3 and bottom - top > before.height / 3
        red, green, _ = ImageStat.Stat(after.crop((left, top, right, bottom))).mean
        assert red > green + 5
    assert electronic_seal.checked(out, [trial], on=DAY).valid


def test_what_cannot_be_used_says_why(organ: Agency, admin: User, seal: Certificate) -> None:
    data = pdf.render(letter())
    late = {"organ": ORGAN, "day": SIGNED}
    assert refused_code(electronic_seal.sealed, data, seal, on=date(2029, 1, 1), **late) == "expired"
    assert refused_code(electronic_seal.sealed, data, seal, on=date(2025, 12, 31), **late) == "not_yet_valid"
    assert seal.lamp(DAY)[0] == "green" and seal.lamp(date(2028, 12, 20)) == ("yellow", "有效至 2028-12-31（剩 11 天）")
    assert seal.lamp(date(2029, 1, 1))[0] == "red"
    out = put(data, seal)
    retired = retire_certificate(seal, reason="换发新章", by=admin, today=DAY)
    assert refused_code(put, data, retired) == "retired"
    assert retired.lamp(DAY)[0] == "off" and not retired.key_sealed, "its key is destroyed"
    assert electronic_seal.checked(out, [retired], on=DAY).valid, "what it sealed is still checked by it"
    assert refused_code(retire_certificate, retired, reason="再停", by=admin, today=DAY) == "retired"


@pytest.mark.parametrize(
    ("file", "changes", "code"),
    [
        (lambda: keys.key_file(SEAL), {"password": "别的口令"}, "unreadable"),
        (lambda: keys.key_file(SEAL), {"password": ""}, "unreadable"),
        (lambda: keys.key_file(SEAL), {"password": "\ud800\0"}, "unreadable"),
        (lambda: b"\0no key file", {}, "unreadable"),
        (lambda: b"", {}, "unreadable"),
        (lambda: b"0" * 70_000, {}, "too_large"),
        (lambda: keys.key_file(SEAL, of=keys.key("curve")), {}, "algorithm"),
        (lambda: keys.key_file(SEAL, of=keys.key("short", 1024)), {}, "algorithm"),
        (lambda: keys.key_file(SEAL, last=date(2026, 2, 1)), {}, "expired"),
        (lambda: keys.key_file(SEAL), {"basis": " "}, "no_basis"),
        (lambda: keys.key_file("甲"), {"kind": "signature"}, "no_holder"),
        (lambda: keys.key_file("甲", password=""), {"kind": "signature", "password": ""}, "no_password"),
        (lambda: keys.key_file(SEAL), {"at_service": True}, "no_seal_service"),
    ],
)
def test_a_certificate_that_will_not_do_is_refused(
    organ: Agency, admin: User, file: Any, changes: dict[str, Any], code: str
) -> None:
    assert refused_code(add, organ, admin, file=file(), **changes) == code
    assert not Certificate.objects.exists() and not Entry.objects.filter(verb__contains="certificate").exists()


def test_one_that_nobody_issued_is_a_test_certificate(organ: Agency, admin: User) -> None:
    own = add(organ, admin, file=keys.key_file(SEAL, by_itself=True), basis="")
    assert own.is_test


def test_the_same_one_is_entered_once(organ: Agency, admin: User) -> None:
    file = keys.key_file(SEAL)
    first = add(organ, admin, file=file)
    assert refused_code(add, organ, admin, file=file) == "known"
    retire_certificate(first, reason="误停", by=admin, today=DAY)
    assert add(organ, admin, file=file).serial == first.serial


def test_only_the_administrator_and_the_office_keep_certificates(organ: Agency, admin: User) -> None:
    head = User.objects.create_user("head", "局长", "correct horse battery")
    appoint(head, Role.SIGNATORY, organ, by=None, on=date(2017, 1, 1))
    certificate = add(organ, admin)
    assert refused_code(add, organ, head) == "needs_role"
    assert refused_code(make_test_certificate, organ, by=head, today=DAY) == "needs_role"
    assert refused_code(retire_certificate, certificate, reason="停", by=head, today=DAY) == "needs_role"


def test_neither_key_nor_password_is_anywhere_in_the_clear(organ: Agency, admin: User) -> None:
    seal = add(organ, admin)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_certificate")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT facts FROM trail_entry WHERE verb = 'documents.add_certificate'")
        noted = str(cursor.fetchall())
    assert "aesgcm$" in stored and seal.key_sealed not in stored
    number = str(keys.key().private_numbers().p)
    for text in (stored, noted):
        assert keys.PASSWORD not in text and number not in text and seal.key_sealed[:60] not in text
    assert seal.serial in noted


def test_a_picture_of_the_seal_becomes_see_through(organ: Agency, admin: User) -> None:
    scan = Image.new("RGB", (300, 300), "white")
    scan.paste((200, 16, 46), (100, 100, 200, 200))
    written = io.BytesIO()
    scan.save(written, "JPEG")
    taken: Taken = take(written.getvalue(), "印模.jpg", PICTURES)
    seal = add(organ, admin, picture=taken, width_mm=30)
    assert Blob.objects.get(pk=seal.picture_id).sealed
    shown = mark.of(seal, locate(pdf.render(letter()), ORGAN, SIGNED))
    picture = Image.open(io.BytesIO(shown.picture))
    assert picture.mode == "RGBA" and picture.getpixel((5, 5))[3] == 0 and picture.getpixel((150, 150))[3] > 200
    data = pdf.render(letter())
    box = changed_box(pictures(data)[0], pictures(put(data, seal))[0])
    assert box and box[2] - box[0] == pytest.approx(30 / 3 * 72 / 25.4, abs=3)


def test_a_person_s_signature_is_unseen_and_wants_the_password_each_time(organ: Agency, admin: User) -> None:
    signature = add(organ, admin, kind="signature", name="局长签名", holder=admin, file=keys.key_file("局长"))
    data = pdf.render(letter())
    assert refused_code(put, data, signature) == "wrong_password"
    for wrong in ("别的", "\0", "\ud800"):
        assert refused_code(put, data, signature, password=wrong) == "wrong_password"
    signed = put(data, signature, password=keys.PASSWORD)
    assert changed_box(pictures(data)[0], pictures(signed)[0]) is None
    seal = add(organ, admin)
    both = put(signed, seal)
    assert electronic_seal.checked(both, [signature, seal], on=DAY).valid
    assert electronic_seal.checked(both, [seal], on=DAY).state == "untrusted"
    assert electronic_seal.checked(signed, [signature], on=DAY).valid


class ElsewhereSealer(rsa.RsaSealer):
    """A seal service as a province would connect one: it keeps the key itself."""

    algorithm = "ELSEWHERE"

    def seal(self, pdf: bytes, certificate: Certificate, mark: Any, *, password: str = "") -> bytes:
        certificate.pkcs12 = keys.key_file(SEAL, password="")
        return super().seal(pdf, certificate, mark)

    def check(self, pdf: bytes, certificates: list[Certificate], *, on: date) -> Checked:
        return Checked("valid", "elsewhere") if b"ETSI.CAdES" in pdf else Checked("none")


class ForgingSealer(ElsewhereSealer):
    """One that gives back another paper."""

    def seal(self, pdf_: bytes, certificate: Certificate, mark: Any, *, password: str = "") -> bytes:
        return pdf.render(replace(letter(), blocks=letter().blocks[:-2]))


def at_service(organ: Agency, admin: User, settings: LazySettings, sealer: type) -> Certificate:
    settings.SEAL_SERVICE = f"{__name__}.{sealer.__name__}"
    file = keys.issued(SEAL).public_bytes(keys.serialization.Encoding.PEM)
    return add(organ, admin, at_service=True, file=file, password="")


def test_a_seal_service_that_was_set_up_is_used(organ: Agency, admin: User, settings: LazySettings) -> None:
    seal = at_service(organ, admin, settings, ElsewhereSealer)
    assert seal.algorithm == "ELSEWHERE" and not seal.key_sealed
    out = put(pdf.render(letter()), seal)
    assert electronic_seal.checked(out, [seal], on=DAY).serial == "elsewhere"
    settings.SEAL_SERVICE = ""
    assert refused_code(put, pdf.render(letter()), seal) == "no_seal_service"
    assert refused_code(electronic_seal.checked, out, [seal], on=DAY) == "no_seal_service"


def test_a_paper_that_comes_back_otherwise_is_not_taken(organ: Agency, admin: User, settings: LazySettings) -> None:
    seal = at_service(organ, admin, settings, ForgingSealer)
    assert refused_code(put, pdf.render(letter()), seal) == "text_changed"
