"""Citizens apply without script and without account: five steps over HTTP."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from office_samples import docx, p, xlsx

from citizen import JPEG, PERSON, Citizen, picture
from gongkai.casework import application, drafts, rules, throttle
from gongkai.casework.models import ApplicationDraft, Case, CaseFile, DraftFile, FileKind
from gongkai.casework.throttle import Limit
from gongkai.documents.blobs import read, sweep
from gongkai.documents.intake import PAPERS, take
from gongkai.documents.models import Blob
from gongkai.trail.models import Entry

JPEG_FILE = picture().read()
BOOK = xlsx({"一": ("visible", [["a"]])})
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["shared"].clear()


@pytest.fixture
def citizen(world: Any) -> Citizen:
    return Citizen(world.bureau)


def test_the_entry_page_names_every_receiving_organ_and_sets_no_cookie(world: Any) -> None:
    answer = Client().get("/apply/")
    page = answer.content.decode()
    assert "清溪县住房和城乡建设局" in page and "0990-7654321" in page
    assert "20 个工作日" in page and "结果查询" in page and "收费与救济" in page
    assert not answer.cookies


def test_a_citizen_applies_and_gets_a_receipt(citizen: Citizen) -> None:
    receipt = citizen.apply()
    case = Case.objects.get()
    page = receipt.content.decode()
    assert case.number in page and "0990-7654321" in page
    assert re.search(r"[A-Z2-7]{6}(-[A-Z2-7]{6}){3}", page)
    assert "20 个工作日，不含补正、征求意见的时间" in page and "条例第三十三条" in page
    assert (case.channel, case.state, case.confirmed_on) == ("online", "received", timezone.localdate())
    assert case.applicant.name == PERSON["name"] and case.applicant.id_number == PERSON["id_number"].upper()
    assert case.info_desc == citizen.wish and case.received_on == timezone.localdate()


def test_the_papers_are_kept_sealed_under_neutral_names(citizen: Citizen) -> None:
    citizen.apply()
    rows = CaseFile.objects.order_by("pk")
    assert [row.kind for row in rows] == [FileKind.IDENTITY, FileKind.IDENTITY]
    assert {row.blob.name for row in rows} == {"身份证明1.jpg", "身份证明2.jpg"}
    assert all(row.blob.sealed and read(row.blob).startswith(JPEG) for row in rows)


def test_nothing_personal_stands_in_cookies_or_addresses(citizen: Citizen) -> None:
    citizen.apply()
    secrets = [PERSON["name"], PERSON["id_number"], "13812345678", citizen.wish]
    travelled = " ".join(citizen.addresses) + " ".join(str(cookie) for cookie in citizen.client.cookies.values())
    assert not [secret for secret in secrets if secret in travelled]
    (cookie,) = citizen.client.cookies.values()
    assert cookie["path"] == "/apply/" and cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]


def test_every_page_of_the_form_is_kept_by_no_cache(citizen: Citizen) -> None:
    citizen.until_confirm()
    for address in ("/apply/organ/", "/apply/notice/", "/apply/fill/identity/", "/apply/confirm/", "/apply/status/"):
        assert "no-store" in citizen.client.get(address).headers["Cache-Control"], address


def test_the_draft_is_sealed_and_empty_after_submission(citizen: Citizen) -> None:
    citizen.until_confirm()
    draft = ApplicationDraft.objects.get()
    stored = ApplicationDraft.objects.raw("SELECT * FROM casework_applicationdraft")[0]
    assert stored.pk == draft.pk and draft.files.count() == 2
    with pytest.MonkeyPatch.context() as patch:
        field = ApplicationDraft._meta.get_field("answers_sealed")
        patch.setattr(type(field), "from_db_value", lambda self, value, expression, connection: value)
        sealed = ApplicationDraft.objects.get().answers_sealed
    assert sealed.startswith("aesgcm$") and PERSON["name"] not in sealed
    citizen.submit()
    draft.refresh_from_db()
    assert draft.answers == {} and draft.case == Case.objects.get() and not DraftFile.objects.exists()


def test_going_back_keeps_what_was_typed_even_when_it_is_wrong(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.fill("kind", kind="natural_person")
    answer = citizen.fill("identity", name="欧阳若水", id_type="resident", id_number="123", go="back")
    assert answer.redirect_chain[-1][0] == "/apply/fill/kind/"
    page = citizen.client.get("/apply/fill/identity/").content.decode()
    assert "欧阳若水" in page and 'value="123"' in page


def test_errors_stand_on_top_and_nothing_is_lost_not_even_a_file(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.fill("kind", kind="natural_person")
    wrong = PERSON | {"id_number": PERSON["id_number"][:17] + "0"}
    page = citizen.fill("identity", **wrong, id_front=picture(), id_back=picture()).content.decode()
    assert "error-summary" in page and "校验位" in page and 'href="#f_id_number"' in page
    assert PERSON["name"] in page and wrong["id_number"] in page
    assert page.count("移除") == 2 and "须重新选择" not in page
    answer = citizen.fill("identity", **PERSON)
    assert answer.redirect_chain[-1][0] == "/apply/fill/contact/"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id_number": "11010119900307123"}, "居民身份证号码是 18 位，现在是 17 位"),
        ({"id_type": "passport", "id_number": "E1"}, "5 至 30 位"),
        ({"name": ""}, "请填写姓名"),
    ],
)
def test_wrong_identities_are_explained(citizen: Citizen, changes: dict[str, str], words: str) -> None:
    citizen.choose_organ()
    citizen.fill("kind", kind="natural_person")
    assert words in citizen.fill("identity", **PERSON | changes).content.decode()


def test_full_width_and_small_x_are_taken_as_meant(citizen: Citizen) -> None:
    form = application.question(citizen.draft_with(kind={"kind": "natural_person"}), "identity")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in PERSON["id_number"])
    bound = type(form)(
        PERSON | {"id_number": f" {wide.lower()} "}, {}, answers=form.answers, kept={"id_front": 1, "id_back": 1}
    )
    assert bound.is_valid(), bound.errors
    assert bound.cleaned_data["id_number"] == PERSON["id_number"]


def test_an_organisation_is_asked_for_its_code_and_licence(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.fill("kind", kind="business")
    facts = {"name": "清溪县某某商贸公司", "legal_representative": "甲", "contact_person": "乙"}
    page = citizen.fill("identity", **facts, id_number="911101080000000000").content.decode()
    assert "代码与校验位不符" in page and "请选择要上传的营业执照" in page
    answer = citizen.fill("identity", **facts, id_number=citizen.organ.code, licence=picture("证照.PNG", png=True))
    assert answer.redirect_chain[-1][0] == "/apply/fill/contact/"
    citizen.rest()
    citizen.submit()
    applicant = Case.objects.get().applicant
    assert (applicant.kind, applicant.id_type, applicant.contact_person) == ("business", "credit_code", "乙")


def test_an_agent_needs_an_authority(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.identify()
    citizen.fill("contact", phone="13812345678")
    answer = citizen.fill("agent", by_agent="yes")
    assert answer.redirect_chain[-1][0] == "/apply/fill/agent-details/"
    page = citizen.fill("agent-details", agent_name="律师甲", agent_id_number=PERSON["id_number"]).content.decode()
    assert "请选择要上传的委托书" in page
    citizen.fill("agent-details", agent_name="律师甲", agent_id_number=PERSON["id_number"], authority=picture())
    citizen.fill("content", info_desc=citizen.wish)
    citizen.fill("supply", provide_form="electronic", provide_route="online")
    citizen.submit()
    case = Case.objects.get()
    assert case.applicant.agent_name == "律师甲"
    assert case.files.filter(kind=FileKind.AUTHORITY).count() == 1


def test_phone_or_mail_is_enough_and_one_is_needed(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.identify()
    assert "电话和邮箱至少填一项" in citizen.fill("contact", address="清溪县滨河路1号").content.decode()
    assert citizen.fill("contact", email="ouyang@example.cn").redirect_chain[-1][0] == "/apply/fill/agent/"


def test_the_postal_route_asks_for_the_address_where_it_is_missing(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.identify()
    citizen.fill("contact", phone="13812345678")
    citizen.fill("agent", by_agent="no")
    citizen.fill("content", info_desc=citizen.wish)
    page = citizen.fill("supply", provide_form="paper", provide_route="post").content.decode()
    assert "请填写通信地址" in page and 'name="address"' in page
    answer = citizen.fill("supply", provide_form="paper", provide_route="post", address="清溪县滨河路1号")
    assert answer.redirect_chain[-1][0] == "/apply/confirm/"
    citizen.submit()
    assert Case.objects.get().applicant.address == "清溪县滨河路1号"


def test_paper_cannot_come_by_mail_box(citizen: Citizen) -> None:
    citizen.until_confirm()
    page = citizen.fill("supply", provide_form="paper", provide_route="online").content.decode()
    assert "纸质件只能邮寄或者当面领取" in page


def test_the_purpose_is_never_asked(citizen: Citizen) -> None:
    citizen.until_confirm()
    names = {
        field
        for name in application.NAMES
        for field in application.question(ApplicationDraft.objects.get(), name).fields
    }
    assert not {name for name in names if "purpose" in name or "use" in name}


def test_a_long_text_says_how_long_it_is_and_stays(citizen: Citizen) -> None:
    citizen.choose_organ()
    page = citizen.fill("content", info_desc="查" * 1001).content.decode()
    assert "最多 1000 字，现在是 1001 字" in page and "查" * 1001 in page
    lines = "\r\n".join(["查" * 99] * 10)
    answer = citizen.fill("content", info_desc=lines)
    assert answer.redirect_chain, "ten lines of 99 signs and their nine ends are 999"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.exe", b"MZ", "这是程序"),
        ("a.pdf", JPEG_FILE, "文件内容是图片，后缀却是 .pdf"),
        ("a.xlsx", BOOK, "这里不收Excel 表格"),
        ("a.pdf", b"", "空的"),
        ("a.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "超过了 10 MB"),
    ],
)
def test_files_are_told_by_their_bytes(citizen: Citizen, name: str, data: bytes, words: str) -> None:
    citizen.choose_organ()
    page = citizen.fill("content", info_desc=citizen.wish, attachment=picture(name, data=data)).content.decode()
    assert words in page and citizen.wish in page
    assert not DraftFile.objects.exists()


MARKED = docx(p("关于防汛的请示") + p("机密★10年"))


def test_a_paper_with_a_mark_is_not_kept_and_the_application_stands(citizen: Citizen) -> None:
    """domain-spec §11.1 item 2: time and number stay, the paper doesn't."""
    citizen.choose_organ()
    citizen.identify()
    citizen.rest()
    marked = picture("请示.docx", data=MARKED)
    citizen.fill("content", info_desc=citizen.wish, attachment=marked)
    page = citizen.client.get("/apply/fill/content/").content.decode()
    assert "有文件带有密级标志，本网站不能接收，没有保存" in page
    assert not DraftFile.objects.filter(slot="attachment").exists()
    citizen.submit()
    case = Case.objects.get()
    assert case.number and case.submitted_at and not case.files.filter(kind="attachment").exists()
    entry = Entry.objects.get(verb="casework.withhold_paper")
    assert entry.facts["digest"] == hashlib.sha256(MARKED).hexdigest()
    assert not Blob.objects.filter(digest=entry.facts["digest"]).exists()


def test_a_required_paper_with_a_mark_holds_nothing_up(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.fill("kind", kind="natural_person")
    answer = citizen.fill("identity", **PERSON, id_front=picture("证件.docx", data=MARKED), id_back=picture())
    assert answer.request["PATH_INFO"] != "/apply/fill/identity/"
    citizen.rest()
    citizen.submit()
    assert Case.objects.get().number and not DraftFile.objects.exists()


def test_a_chosen_file_can_be_taken_away(citizen: Citizen) -> None:
    citizen.choose_organ()
    citizen.fill("content", info_desc=citizen.wish, attachment=picture())
    file = DraftFile.objects.get()
    citizen.fill("content", info_desc=citizen.wish, drop=str(file.pk))
    assert not DraftFile.objects.exists()


def test_a_wrong_answer_brings_another_question_and_no_case(citizen: Citizen) -> None:
    citizen.until_confirm()
    page = citizen.submit(answer="不知道").content.decode()
    assert "答得不对" in page and citizen.wish in page and not Case.objects.exists()
    citizen.submit()
    assert Case.objects.count() == 1


def test_the_same_transmission_is_one_case_with_one_number(citizen: Citizen) -> None:
    citizen.until_confirm()
    posted = citizen.confirmation()
    pages = [citizen.post("/apply/confirm/", posted).content.decode() for _ in range(5)]
    case = Case.objects.get()
    codes = {re.search(r"[A-Z2-7]{6}(-[A-Z2-7]{6}){3}", page)[0] for page in pages}
    assert len(codes) == 1 and all(case.number in page for page in pages)


def test_an_equal_text_sent_as_a_second_application_is_a_second_case(citizen: Citizen) -> None:
    citizen.apply()
    citizen.apply()
    first, second = Case.objects.order_by("pk")
    assert first.number != second.number and second.duplicate_of == first


def test_another_browser_sees_neither_draft_nor_receipt(citizen: Citizen) -> None:
    citizen.apply()
    other = Client()
    assert other.get("/apply/receipt/").url == "/apply/status/"
    assert other.get("/apply/receipt/file/").url == "/apply/status/"
    assert other.get("/apply/fill/identity/").url == "/apply/organ/"


def test_a_post_without_the_drafts_key_changes_nothing_and_loses_nothing(citizen: Citizen) -> None:
    citizen.choose_organ()
    before = ApplicationDraft.objects.get().answers
    page = citizen.post("/apply/fill/content/", {"info_desc": "别处来的", "key": "0" * 64}).content.decode()
    assert "别处来的" in page and "先前的另一份申请" in page
    assert ApplicationDraft.objects.get().answers == before


def test_a_post_from_another_site_is_refused(citizen: Citizen) -> None:
    answer = citizen.client.post("/apply/organ/", {"organ": "x"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403 and not ApplicationDraft.objects.exists()


def test_a_page_left_too_long_keeps_what_it_brings(citizen: Citizen) -> None:
    citizen.choose_organ()
    ApplicationDraft.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answer = citizen.fill("content", info_desc=citizen.wish)
    assert answer.redirect_chain[-1][0] == "/apply/organ/?late"
    assert "前面填的内容已经清除" in answer.content.decode()
    assert ApplicationDraft.objects.count() == 1, "the expired one is erased"
    citizen.choose_organ()
    assert citizen.wish in citizen.client.get("/apply/fill/content/").content.decode()


def test_the_receipt_is_seen_for_half_an_hour_only(citizen: Citizen) -> None:
    citizen.apply()
    draft = ApplicationDraft.objects.get()
    assert drafts.KEEP_RECEIPT - timedelta(minutes=1) < draft.expires_at - timezone.now() <= drafts.KEEP_RECEIPT
    ApplicationDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert citizen.client.get("/apply/receipt/").url == "/apply/status/"


def test_the_traces_can_be_cleared(citizen: Citizen) -> None:
    citizen.apply()
    citizen.post("/apply/forget/", {"key": citizen.key()})
    assert not ApplicationDraft.objects.exists() and not citizen.client.cookies["apply"].value
    assert Case.objects.count() == 1


def test_the_receipt_as_word(citizen: Citizen) -> None:
    citizen.apply()
    answer = citizen.client.get("/apply/receipt/file/")
    assert answer.content.startswith(b"PK") and "no-store" in answer.headers["Cache-Control"]


def test_the_blank_form_of_an_organ(world: Any) -> None:
    assert Client().get(f"/apply/form/{world.bureau.public_id}/").content.startswith(b"PK")
    assert Client().get("/apply/form/00000000-0000-7000-8000-000000000000/").status_code == 404


def test_where_the_office_confirms_by_hand_the_receipt_says_so(citizen: Citizen) -> None:
    rules.CONFIRM_MODE.change("manual", by=None)
    page = citizen.apply().content.decode()
    assert "期限从确认之日起算" in page and Case.objects.get().confirmed_on is None
    assert "下载回执" not in page and citizen.client.get("/apply/receipt/file/").url == "/apply/receipt/"


def test_an_organ_that_takes_no_applications_cannot_be_chosen(citizen: Citizen) -> None:
    citizen.organ.legal_kind = "vertical"
    citizen.organ.save()
    page = citizen.post("/apply/organ/", {"organ": str(citizen.organ.public_id)}).content.decode()
    assert "请选择一个受理机关" in page


def test_organs_are_found_by_name(citizen: Citizen) -> None:
    page = citizen.client.get("/apply/organ/", {"q": "水利"}).content.decode()
    assert "清溪县水利局" in page and "清溪县住房和城乡建设局" not in page
    assert "没有名称含“星际”的机关" in citizen.client.get("/apply/organ/", {"q": "星际"}).content.decode()


def test_too_many_submissions_from_one_address_wait_and_lose_nothing(citizen: Citizen, monkeypatch: Any) -> None:
    # The minute must not pass on a slow machine.
    monkeypatch.setattr(throttle, "SUBMISSIONS", Limit("submit", 6, 3600))
    for _ in range(6):
        citizen.apply()
    citizen.until_confirm()
    answer = citizen.submit()
    assert answer.status_code == 429 and citizen.wish in answer.content.decode()
    assert Case.objects.count() == 6
    caches["shared"].clear()
    citizen.submit()
    assert Case.objects.count() == 7


def test_skipping_steps_leads_back_to_what_is_missing(citizen: Citizen) -> None:
    assert citizen.client.get("/apply/confirm/").url == "/apply/organ/?late"
    citizen.choose_organ()
    citizen.identify()
    assert citizen.client.get("/apply/confirm/").url == "/apply/fill/contact/"
    assert citizen.client.get("/apply/fill/agent-details/").url == "/apply/organ/"
    assert citizen.client.get("/apply/fill/nothing/").status_code == 404


def test_changing_the_kind_asks_for_the_identity_again(citizen: Citizen) -> None:
    citizen.until_confirm()
    answer = citizen.post("/apply/fill/kind/?confirm", {"kind": "business", "key": citizen.key()})
    assert answer.redirect_chain[-1][0] == "/apply/fill/identity/"


def test_the_question_is_answered_in_any_digits(monkeypatch: Callable[..., Any]) -> None:
    from gongkai.casework import challenge

    for answer, given in (
        ("12", "十二"),
        ("12", " １２ "),
        ("9", "九。"),
        ("星期四", "周四"),
        ("星期日", "星期天"),
        ("政", "“政”"),
    ):
        assert challenge.matches(answer, given), (answer, given)
    for answer, given in (("12", "二"), ("12", ""), ("星期四", "星期五")):
        assert not challenge.matches(answer, given), (answer, given)
    for _ in range(200):
        words, answer = challenge.ask()
        assert words.endswith("？") and challenge.matches(answer, answer)


# A draft's papers lie on the disk from the moment they are chosen ---------------------------------------------------


def places() -> list[Path]:
    return [Path(default_storage.path(file.blob.location)) for file in DraftFile.objects.select_related("blob")]


@pytest.mark.parametrize("end", ["expires", "forgotten", "taken away", "replaced"])
def test_the_papers_of_a_draft_end_with_it(
    citizen: Citizen, end: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    citizen.choose_organ()
    citizen.identify()
    citizen.fill("content", info_desc=citizen.wish, attachment=picture(data=JPEG_FILE + b"1"))
    front, back, attached = places()
    assert all(JPEG not in place.read_bytes() for place in (front, back, attached)), "sealed"
    gone = [front, back, attached]
    with django_capture_on_commit_callbacks(execute=True):
        if end == "expires":
            drafts.purge(timezone.now() + drafts.KEEP + timedelta(minutes=1))
        elif end == "forgotten":
            citizen.post("/apply/forget/", {"key": citizen.key()})
        elif end == "taken away":
            gone = [attached]
            file = DraftFile.objects.get(slot="attachment")
            citizen.fill("content", info_desc=citizen.wish, drop=str(file.pk))
        else:
            gone = [front]
            citizen.fill("identity", **PERSON, id_front=picture(data=JPEG_FILE + b"2"))
            assert [row.blob.name for row in DraftFile.objects.filter(slot="id_front")] == ["身份证明1.jpg"]
    assert [place for place in (front, back, attached) if not place.exists()] == gone
    assert Blob.objects.count() == DraftFile.objects.count()


def test_a_paper_that_is_asked_no_longer_goes_when_the_application_is_in(
    citizen: Citizen, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """An authority was chosen, then the applicant said that there is no agent."""
    citizen.until_confirm()
    draft = ApplicationDraft.objects.get()
    drafts.keep_files(draft, "authority", [take(JPEG_FILE + b"3", "委托书.jpg", PAPERS)])
    unasked = Path(default_storage.path(DraftFile.objects.get(slot="authority").blob.location))
    with django_capture_on_commit_callbacks(execute=True):
        citizen.submit()
    case = Case.objects.get()
    assert [row.kind for row in case.files.all()] == [FileKind.IDENTITY, FileKind.IDENTITY]
    assert not unasked.exists() and all(read(row.blob).startswith(JPEG) for row in case.files.all())


def test_a_draft_that_was_changed_in_another_window_is_looked_at_again(citizen: Citizen, world: Any) -> None:
    citizen.until_confirm()
    seen = ApplicationDraft.objects.get()
    drafts.keep(ApplicationDraft.objects.get(), content={"info_desc": "另一份规划文件"})
    with pytest.raises(application.Changed):
        application.hand_in(seen, world.bureau, today=timezone.localdate())
    assert not Case.objects.exists() and DraftFile.objects.count() == 2, "nothing half done"
    citizen.submit()
    assert Case.objects.get().info_desc == "另一份规划文件"


def test_the_night_erases_papers_that_no_row_names(citizen: Citizen) -> None:
    """Left by a process that was killed between the end of the rows and that of the bytes."""
    citizen.until_confirm()
    front, back = places()
    DraftFile.objects.filter(slot="id_front").delete()
    Blob.objects.exclude(pk__in=DraftFile.objects.values("blob")).delete()
    sweep(before=timezone.now() - timedelta(days=1))
    assert front.exists(), "an act that is not done yet may still name it"
    sweep(before=timezone.now() + timedelta(minutes=1))
    assert not front.exists() and back.exists()
