"""One application on its way, each step a page that somebody sends: filing by every channel, steps, answer, archive.

A step is a function of the walk and does what a kind of answer needs before its draft; it leaves the day on which it
ended in `walk.day`. What is asserted here holds in every story: the words on the applicant's page.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from office_samples import pdf

from citizen import PERSON, Citizen, picture
from freezing import on_day
from gongkai.agencies.models import User
from gongkai.casework import signing
from gongkai.casework.acts import EVENT_OF
from gongkai.casework.models import Assistance, Case, Inquiry, Law, Material, SigningLevel
from gongkai.trail.extract import faults

from . import over_http
from .conftest import ADDRESS, FACTS, NAME, PHONE, REASON, WISH, World
from .over_http import signed_in
from .test_envelope import grid
from .test_materials import EXPERT, INTERNAL, word
from .test_public_status import words

CODE = re.compile(r"[A-Z2-7]{6}(?:-[A-Z2-7]{6}){3}")
SUBJECT = "柳林路道路改造项目中标通知书"
COMPANY = {"name": "清溪县某某商贸公司", "legal_representative": "甲", "contact_person": "乙"}
NAMES = {"natural_person": {"name": NAME}}
"""Whoever is no natural person is the company, of whatever kind a story says it is."""
CONFIRMED_AT_ONCE = ("fax", "email")


def paper(words: str) -> SimpleUploadedFile:
    """A scan with these words."""
    return SimpleUploadedFile("扫描件.pdf", pdf([(90, 700, words)]), content_type="application/pdf")


class Walk:
    """One application of a world: its case, the applicant's query code, and the day on which it stands."""

    def __init__(self, world: World, *, filed: date) -> None:
        self.world, self.staff, self.day = world, world.staff, filed
        self.case, self.code = Case(), ""
        self.facts: dict[str, str] = {}
        """What a step found out that the draft's form asks for."""
        self.earlier: Case | None = None
        self.corrected = False
        self.entered_on: date | None = None
        """When it is typed in, where that is not the day on which it came."""

    def later(self, days: int) -> date:
        """So many days on; stories begin on Mondays."""
        self.day += timedelta(days=days)
        return self.day

    def act(self, user: User, verb: str, target: Any = None, /, **data: Any) -> None:
        over_http.act(user, self.case, verb, self.day, target, **data)

    def send(self, user: User, verb: str, /, **data: Any) -> Any:
        """Send an act's form, whatever comes of it."""
        return over_http.send(user, self.case, verb, self.day, **data)

    def letter(self, verb: str, **data: Any) -> None:
        """A letter along the way, sent by the handler on the day; its kind is signed first where a signer is asked."""
        kind = signing.kind_of_letter(signing.LETTER_OF.get(EVENT_OF.get(verb, verb), ""))
        if kind in signing.ALONG_THE_WAY and signing.level_for(self.world.bureau, kind) != SigningLevel.HANDLER:
            self.act(self.staff.handler, "ask_sign_off", kind=kind, words="请审签")
            self.act(self.staff.head, "sign_off", self.case.sign_offs.latest("pk").public_id, approve="1")
        self.act(self.staff.handler, verb, **{"method": "in_person", "sent_on": self.day.isoformat(), **data})

    def question(self) -> Inquiry:
        return self.case.inquiries.latest("pk")

    def post(self, user: User, name: str, /, *args: Any, **data: Any) -> Any:
        with on_day(self.day):
            return signed_in(user).post(reverse(f"casework:{name}", args=args), data)

    def get(self, user: User, name: str, /, *args: Any, **data: Any) -> Any:
        with on_day(self.day):
            return signed_in(user).get(reverse(f"casework:{name}", args=args), data)

    # Filing -------------------------------------------------------------------------------------------------------

    def file(self, channel: str, kind: str) -> None:
        """The application comes in by a channel, from a kind of applicant, and is registered."""
        file = {"online": self._online, "envelope": self._in_an_envelope}.get(channel)
        if file:
            file(kind)
        else:
            self._on_paper(channel, kind)
        assert self.case.state == "registered"
        if not self.entered_on:
            assert "已登记" in self.applicant_reads()

    def _online(self, kind: str) -> None:
        """Five steps at a browser, then the registrar."""
        caches["shared"].clear()  # limits per address: all stories come from one
        with on_day(self.day):
            citizen = Citizen(self.world.bureau)
            receipt = citizen.apply() if kind == "natural_person" else apply_as_company(citizen, kind)
        self._came_in(receipt.content.decode())
        assert "等待登记" in self.applicant_reads()
        self.later(1)
        self.act(self.staff.registrar, "register", subject=SUBJECT, answering_body="organ")

    def _on_paper(self, channel: str, kind: str) -> None:
        """A letter at the counter, by post, by fax, by e-mail; or a record of what was said (口头)."""
        oral = {"oral": "on", "oral_reason": "不识字"} if channel == "oral" else {}
        data: dict[str, Any] = {
            **self.says(channel, kind), **NAMES.get(kind, COMPANY), **oral,
            "key": f"paper-{Case.objects.count()}", "phone": PHONE, "id_type": "", "subject": SUBJECT, "info_desc": WISH,
        }  # fmt: skip
        if not oral:
            data["scan"] = paper("政府信息公开申请表")
        with on_day(self.entered_on or self.day):
            page = signed_in(self.staff.registrar).post(reverse("casework:paper"), data)
        self._came_in(page.content.decode())
        if channel == "post_ordinary":
            assert self.case.state == "received" and self.case.received_on is None
            self.later(1)
            self.act(self.staff.registrar, "register", subject=SUBJECT, answering_body="organ",
                     confirmed_on=self.day.isoformat())  # fmt: skip

    def _in_an_envelope(self, kind: str) -> None:
        """Two forms in one envelope; this story is that of the first."""
        lines = [{**NAMES.get(kind, COMPANY), "address": ADDRESS, "pages": "1"}, {"name": "村民乙", "address": ADDRESS}]
        lines = [{name: text for name, text in line.items() if name in ("name", "address", "pages")} for line in lines]
        shared = {**self.says("post_signed", kind), "scan": paper("政府信息公开申请表")}
        done = self.post(self.staff.registrar, "envelope", **{**grid(*lines, **shared), "then": "register"})
        self._came_in(done.content.decode(), number=Case.objects.order_by("pk")[0].number)

    def says(self, channel: str, kind: str) -> dict[str, str]:
        """What a letter's registration says of its channel and days."""
        data = {
            "channel": "in_person" if channel == "oral" else channel, "submitted_on": self.day.isoformat(), "kind": kind,
            "provide_form": "paper", "provide_route": "pickup", "answering_body": "organ", "agency": self.world.bureau.pk,
        }  # fmt: skip
        if channel == "post_signed":
            data["signed_on"] = self.day.isoformat()
        if channel in CONFIRMED_AT_ONCE:
            data["confirmed_on"] = self.day.isoformat()
        return data

    def _came_in(self, receipt: str, number: str = "") -> None:
        """The receipt names number and code, and nobody."""
        code = CODE.search(receipt)
        assert code, receipt
        self.code = code[0]
        self.case = Case.objects.get(number=number) if number else Case.objects.latest("pk")
        assert self.case.number in receipt and PHONE not in receipt

    # Work ---------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """分办 and 审查."""
        self.act(self.staff.registrar, "assign", handler=self.staff.handler.pk)
        self.act(self.staff.handler, "start_examination")
        assert "办理中" in self.applicant_reads()

    def draft(self, outcome: str, ground: str = "", grounds: tuple[str, ...] = ()) -> None:
        """拟办意见 with what its form asks for, sent up."""
        facts = {f"fact_{name}": value for name, value in (FACTS[outcome] | self.facts).items()}
        data = {"outcome": outcome, "reason": REASON, "ground": ground, "grounds": list(grounds), "submit_draft": "1"}
        sent = self.post(self.staff.handler, "decision", self.case.public_id, **data, **facts)
        assert sent.status_code == 302, sent.content.decode()
        self.case.refresh_from_db()
        assert self.case.state == "legal_review", sent.content.decode()

    def approve(self, remedy: str = "") -> None:
        """法审, which chooses the remedy where the law leaves it open, 保密审查 where something is given, 签发."""
        chosen = {"remedy": remedy, "remedy_reason": "参照司法解释"} if remedy else {}
        self.act(self.staff.lawyer, "approve", approve="1", opinion="同意", **chosen)
        if self.case.state == "secrecy_review":
            self.act(self.staff.secrecy, "pass_secrecy", approve="1", opinion="")
        self.act(self.staff.head, "sign")
        assert "已作出答复，等待送达" in self.applicant_reads()

    def deliver(self, method: str) -> None:
        """用印, 扫描回传, 发出 and the proof that it has arrived."""
        if self.case.law != Law.OLD:
            over_http.seal_over_http(self.case, self.world, self.day)
        sent: dict[str, Any] = {"method": method, "sent_on": self.day.isoformat()}
        if method == "post":
            sent["tracking"] = "EA123456789CN"
        if method == "in_person":
            sent |= {"receiver": "本人", "evidence": paper("送达回证")}
        self.act(self.staff.handler, "deliver", **sent)
        assert "已答复" in self.applicant_reads()
        if method in ("post", "email"):
            (delivery,) = self.case.notices.get(decision__active=True).deliveries.all()
            self.later(2)
            self.act(self.staff.registrar, "confirm_delivery", delivery.public_id,
                     delivered_on=self.day.isoformat(), receiver="本人", evidence=paper("送达凭证"))  # fmt: skip

    def archive(self) -> None:
        self.later(5)
        self.act(self.staff.registrar, "archive")
        assert self.case.state == "archived"

    # What is seen -------------------------------------------------------------------------------------------------

    def status(self) -> Any:
        with on_day(self.day):
            return Client().post("/apply/status/", {"number": self.case.number, "code": self.code})

    def applicant_reads(self) -> str:
        """The query page in words; it names nobody."""
        page = self.status()
        assert not [secret for secret in (NAME, PHONE, COMPANY["name"]) if secret in page.content.decode()]
        return words(page)

    def papers(self) -> list[bytes]:
        """What the applicant can take from the query page, each file as it comes."""
        tickets = re.findall(r'name="ticket" value="([^"]+)"', self.status().content.decode())
        with on_day(self.day):
            given = [Client().post("/apply/status/file/", {"ticket": ticket}) for ticket in tickets]
        return [answer.content for answer in given if "Content-Disposition" in answer.headers]

    def volume(self) -> dict[str, bytes]:
        """The volume's files: whole, listed with their digests, and the trail's extract proves itself."""
        given = self.post(self.staff.registrar, "volume", self.case.public_id, kind="archive", purpose="移交档案室")
        assert given["Content-Type"] == "application/zip", given.content.decode()
        with zipfile.ZipFile(io.BytesIO(given.content)) as archive:
            assert archive.testzip() is None
            files = {name: archive.read(name) for name in archive.namelist()}
        listed = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS.txt"].decode().splitlines())
        assert listed == {name: sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS.txt"}
        assert faults(json.loads(files["07-留痕/留痕摘录.json"])) == []
        return files


def apply_as_company(citizen: Citizen, kind: str) -> Any:
    citizen.choose_organ()
    citizen.fill("kind", kind=kind)
    citizen.fill("identity", **COMPANY, id_number=citizen.organ.code, licence=picture("证照.PNG", png=True))
    citizen.rest()
    return citizen.submit()


Step = Callable[[Walk], None]

# What some answers need ----------------------------------------------------------------------------------------------


def processed(walk: Walk) -> None:
    """审查 found nothing wanting."""
    walk.later(1)
    walk.act(walk.staff.handler, "start_processing")


def with_material(walk: Walk) -> None:
    """The file that is to be given, the experts' names in it blacked out and looked through."""
    processed(walk)
    upload = SimpleUploadedFile("中标通知书.docx", word("中标金额五百万元", f"{EXPERT}出席"))
    walk.post(walk.staff.handler, "materials", walk.case.public_id, paper=upload)
    material = Material.objects.get(case=walk.case)
    for do in (
        {"do": "words", "words": EXPERT, "ground": INTERNAL},
        {"do": "make"},
        {"do": "provide", "checked": "on"},
    ):
        assert walk.post(walk.staff.handler, "material", material.public_id, **do).status_code == 302, do


def corrected(walk: Walk) -> None:
    """补正 asked for, and sent in by the applicant on the query page."""
    asked_to_correct(walk)
    walk.later(6)
    sent = on_the_query_page(walk, "correct", info_desc="柳林路的那份材料")
    assert "补正已收到" in sent
    walk.case.refresh_from_db()
    assert walk.case.state == "examining" and "收到补正" in walk.applicant_reads()


def asked_to_correct(walk: Walk) -> None:
    walk.later(1)
    until = walk.day + timedelta(days=9)
    walk.letter("ask_correction", items="写明年度", guidance="可以写项目名称", return_by=until.isoformat())
    walk.corrected = True
    assert "等您补正" in walk.applicant_reads()


def never_corrected(walk: Walk) -> None:
    """The day passes and nothing comes: 视为放弃."""
    asked_to_correct(walk)
    walk.later(13)
    walk.act(walk.staff.handler, "abandon")
    assert "视为放弃申请" in walk.applicant_reads()


def never_paid(walk: Walk) -> None:
    processed(walk)
    walk.letter("notify_fee", tariff="per_page", pages=68, pay_method="县财政专户", delivered_on=walk.day.isoformat())
    assert "等您缴费" in walk.applicant_reads()
    walk.later(35)
    walk.act(walk.staff.handler, "abandon")


def paid(walk: Walk) -> None:
    """The fee is asked for and paid: the clock starts anew."""
    processed(walk)
    walk.letter("notify_fee", tariff="per_page", pages=68, pay_method="县财政专户", delivered_on=walk.day.isoformat())
    walk.later(7)
    walk.act(walk.staff.registrar, "fee_paid", on=walk.day.isoformat(), receipt_number="票 1 号")
    assert "已缴费" in walk.applicant_reads()


def third_party_refuses(walk: Walk) -> None:
    """征求第三方意见 by post; the letter's arrival and the answer are entered."""
    processed(walk)
    walk.letter("ask_third_party", name="某某建设有限公司", question="柳林路项目投标文件", method="post")
    walk.later(2)
    walk.act(walk.staff.handler, "question_delivered", walk.question().public_id, on=walk.day.isoformat())
    assert "等第三方意见" in walk.applicant_reads()
    walk.later(5)
    walk.act(walk.staff.handler, "answered", walk.question().public_id, on=walk.day.isoformat(), opinion="refuse",
             words="涉及商业秘密", paper=paper("第三方意见"))  # fmt: skip
    assert "第三方已答复" in walk.applicant_reads()


def co_maker_answers(walk: Walk) -> None:
    processed(walk)
    walk.letter("ask_co_maker", name="清溪县财政局", question="联合印发的请示稿", delivered_on=walk.day.isoformat())
    assert "等共同制作机关意见" in walk.applicant_reads()
    walk.later(6)
    walk.act(walk.staff.handler, "answered", walk.question().public_id, on=walk.day.isoformat(), opinion="refuse")


def secrecy_told(walk: Walk) -> None:
    """保密请示 to who may tell; the clock stands until the answer."""
    processed(walk)
    walk.letter(
        "refer_secrecy", to="competent", name="澄江市某局", question="某项目文件", answer_term="尽快", method="post"
    )
    assert "等其他机关意见" in walk.applicant_reads()
    walk.later(7)
    walk.act(walk.staff.handler, "answered", walk.question().public_id, on=walk.day.isoformat(), opinion="refuse",
             words="属于秘密级，期限十年")  # fmt: skip


def searched_by_others(walk: Walk) -> None:
    """协办: a colleague looks in the archive and tells so on the own page."""
    processed(walk)
    helper = walk.staff.drafter
    walk.letter(
        "ask_assistance", person=helper.pk, matter="柳林路中标通知书", due_on=(walk.day + timedelta(days=2)).isoformat()
    )
    row = Assistance.objects.get(case=walk.case)
    walk.later(1)
    form = {"on": walk.day.isoformat(), "held": "no", "words": "查了档案室和公文系统，没有"}
    assert walk.post(helper, "assistance", row.public_id, **form).status_code == 302


def extended(walk: Walk) -> None:
    """延期 put before the head, and told to the applicant within the term."""
    processed(walk)
    walk.later(14)
    walk.act(walk.staff.handler, "propose_extension", reason="数量较多")
    walk.act(walk.staff.head, "agree_extension")
    walk.letter("extend")
    assert "延长答复期限" in walk.applicant_reads()
    walk.later(21)


def over_new_year(walk: Walk) -> None:
    processed(walk)
    walk.later(14)


def lengthened_then(walk: Walk) -> None:
    """延期 under the 2007年条例: agreed and told then; no paper of today's is made of it."""
    walk.later(4)
    walk.act(walk.staff.handler, "propose_extension", reason="数量较多")
    walk.act(walk.staff.head, "agree_extension")
    walk.letter("extend")


def overdue(walk: Walk) -> None:
    processed(walk)
    walk.later(35)
    assert "已超过期限" in walk.applicant_reads()


def no_good_reason(walk: Walk) -> None:
    """条例第三十五条: asked why so many; what is told is not found reasonable."""
    _asked_why(walk)
    walk.act(walk.staff.handler, "reason_received", walk.question().public_id, on=walk.day.isoformat(), reasonable="0",
             words="研究需要")  # fmt: skip


def delay_agreed(walk: Walk) -> None:
    """… or is: a later day is agreed, and the answer leaves by that day, after the lawful one."""
    _asked_why(walk)
    walk.act(walk.staff.handler, "reason_received", walk.question().public_id, on=walk.day.isoformat(), reasonable="1",
             words="课题研究")  # fmt: skip
    walk.letter("agree_delay", delayed_by="2026-05-15")
    assert "延迟答复" in walk.applicant_reads()
    walk.later(35)
    assert "延迟答复，不晚于 2026年5月15日" in walk.applicant_reads()


def _asked_why(walk: Walk) -> None:
    walk.later(1)
    walk.letter("ask_reason", answer_by=(walk.day + timedelta(days=7)).isoformat())
    assert "等您说明理由" in walk.applicant_reads()
    walk.later(6)


def answered_before(walk: Walk) -> None:
    """The same person had the same answered last week; a person judges the two equal texts."""
    processed(walk)
    earlier = walk.case.duplicate_of
    assert earlier == walk.earlier
    judged = walk.post(walk.staff.handler, "duplicate", walk.case.public_id, verdict="repeat", reason="同一人同一内容")
    assert judged.status_code == 302
    notice = earlier.notices.get(decision__active=True)
    page = walk.get(walk.staff.handler, "decision", walk.case.public_id, outcome="decline.repeat").content.decode()
    assert notice.number in page, "the form knows the earlier answer"
    walk.facts = {"prev_on": notice.sent_on.isoformat(), "prev_docno": notice.number}


def withdrawn(walk: Walk) -> None:
    """Taken back by the applicant on the query page; the office says that the matter is at its end."""
    walk.begin()
    walk.later(2)
    receipt = on_the_query_page(walk, "withdraw", tail=PERSON["id_number"][-4:], sure="on")
    assert "申请已撤回" in receipt
    walk.case.refresh_from_db()
    walk.letter("notify_end", method="online")


def on_the_query_page(walk: Walk, name: str, **facts: Any) -> str:
    """What the applicant sends from the checked page, by its button; the receipt."""
    caches["shared"].clear()
    address = reverse(f"casework:apply_{name}")
    with on_day(walk.day):
        client = Client()
        page = client.post("/apply/status/", {"number": walk.case.number, "code": walk.code}).content.decode()
        button = re.search(rf'action="{address}"><input type="hidden" name="ticket" value="([^"]+)"', page)
        assert button, page
        form = client.post(address, {"ticket": button[1]}).content.decode()
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        return str(client.post(address, {**hidden, **facts}).content.decode())
