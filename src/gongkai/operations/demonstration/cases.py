"""Two hundred applications: every outcome closed in the years before, every state and every lamp open today."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency, Role, User
from gongkai.casework import actions, evidence
from gongkai.casework.actions.legal_review import must_choose_remedy
from gongkai.casework.clock import recompute
from gongkai.casework.models import Case
from gongkai.documents.blobs import store
from gongkai.documents.models import Blob
from gongkai.operations.demonstration.answers import REASONS, facts_for
from gongkai.operations.demonstration.organs import County

CHANNELS = ("online", "online", "online", "post_signed", "in_person", "email", "post_ordinary", "fax")
KINDS = ("natural_person",) * 7 + ("business", "business", "legal", "ngo", "research", "other")
NAMES = ("安泰", "宏远", "永兴", "瑞丰", "春晖", "同心")
BODIES = {
    "business": "商贸有限公司",
    "research": "研究所",
    "ngo": "志愿者协会",
    "legal": "律师事务所",
    "other": "合作社",
}
ASKED = (
    "{year}年{place}{subject}专项资金安排情况",
    "{place}{subject}项目的立项批复和招标结果",
    "{year}年关于{place}{subject}的会议纪要",
    "{year}年{place}{subject}补助对象名单和发放标准",
    "{year}年{place}{subject}监督检查情况",
    "{place}{subject}实施方案及其起草说明",
)
PLACES = ("城关街道", "河口镇", "枫林镇", "石桥镇", "白鹭乡", "云岭乡", "")
"""With the six questions above they repeat after forty-two: some ask for the same, most don't."""
# How often each outcome was given in the years before; all of them at least once.
ANSWERED: tuple[tuple[str, int], ...] = (
    ("grant.provide", 34), ("grant.already_public", 22), ("partial", 12), ("unable.not_held.not_exist", 14),
    ("unable.not_held.not_this_organ", 12), ("refuse.third_party", 5), ("refuse.process_info", 4),
    ("refuse.internal_affairs", 4), ("refuse.enforcement_file", 3), ("refuse.state_secret", 1),
    ("refuse.prohibited_by_law", 1), ("refuse.security_stability", 2), ("refuse.admin_query", 5),
    ("unable.needs_creation", 4), ("unable.still_unclear", 3), ("decline.petition", 6), ("decline.repeat", 3),
    ("decline.publication", 2), ("decline.excessive", 2), ("decline.reconfirm", 2), ("other.no_amend", 4),
    ("other.no_payment", 2), ("other.withdrawn", 5), ("other.not_gov_info", 3), ("other.misc", 1),
)  # fmt: skip
# Open today: (working days since receipt, how far it has come). 20 working days are the limit (条例第三十三条).
OPEN: tuple[tuple[int, str], ...] = (
    (0, "received"), (1, "received"), (2, "registered"), (3, "registered"), (4, "examining"), (5, "examining"),
    (6, "waiting_correction"), (9, "waiting_correction"), (8, "waiting_reason"), (7, "processing"), (10, "processing"),
    (12, "waiting_third_party"), (16, "waiting_third_party"), (13, "waiting_agency"), (11, "waiting_co_maker"),
    (14, "waiting_fee"), (15, "drafting"), (16, "drafting"), (17, "legal_review"), (18, "secrecy_review"),
    (19, "signing"), (20, "delivering"), (20, "processing"), (21, "processing"), (23, "drafting"), (27, "legal_review"),
    (34, "processing"), (24, "extended"), (30, "extended"), (26, "abandoned"),
)  # fmt: skip


def build_cases(county: County, years: list[int], count: int) -> None:
    """The closed ones through the years, then the open ones as of today."""
    outcomes = [outcome for outcome, weight in ANSWERED for _ in range(weight)]
    closed = max(len(ANSWERED), count - len(OPEN))
    # Every outcome once, then by weight: a small county still has them all.
    wanted = [outcome for outcome, _ in ANSWERED] + county.random.choices(outcomes, k=closed - len(ANSWERED))
    organs = county.answering()
    for serial, outcome in enumerate(wanted):
        organ = organs[serial % 3] if serial % 2 else county.random.choice(organs)
        Story(county, organ, serial, _past_day(county, years)).close(outcome)
    for serial, (age, state) in enumerate(OPEN):
        organ = county.government if serial % 2 else organs[1 + serial % 6]
        Story(county, organ, 1000 + serial, workday(county.today, -age)).bring_to(state)


def settle(county: County) -> None:
    """Projections as of today: cases that nobody touched since stand where they were last touched."""
    recompute(Case.objects.open(), today=county.today, reason="演示县建成")


def workday(day: date, count: int) -> date:
    """The working day `count` working days away (backwards when negative); the day itself or the one before for 0."""
    calendar = office_calendar()
    return calendar.day_of_rank(calendar.rank(day) + count)


def _past_day(county: County, years: list[int]) -> date:
    """A day of receipt long enough ago that the case can be closed by now."""
    first = date(years[0], 1, 8)
    last = county.today - timedelta(days=75)
    return workday(first + timedelta(days=county.random.randrange((last - first).days)), 0)


class Story:
    """One application's life, told act by act on working days after its receipt."""

    def __init__(
        self,
        county: County,
        organ: Agency,
        serial: int,
        received: date,
        *,
        applicant: dict[str, str] | None = None,
        wanted: str = "",
    ) -> None:
        self.county, self.organ, self.received = county, organ, received
        self.applicant = applicant or an_applicant(county)
        self.day = received
        # Files are made for the last months; what lies further back is repetition.
        self.files = (county.today - received).days < 60
        subject = county.subjects[organ.short_name]
        self.wanted = wanted or ASKED[serial % len(ASKED)].format(
            year=received.year, place=PLACES[serial % len(PLACES)], subject=subject
        )
        self.channel = CHANNELS[serial % len(CHANNELS)] if serial < 1000 else "online"
        self.serial = serial
        self.case = self._receive(serial)

    def who(self, role: str) -> User:
        return self.county.person(self.organ, role)

    def _receive(self, serial: int) -> Case:
        by = None if self.channel == "online" else self.who(Role.CASE_REGISTRAR)
        days = {
            "post_signed": "signed_on",
            "post_ordinary": "confirmed_on",
            "fax": "confirmed_on",
            "email": "confirmed_on",
        }
        known = {days[self.channel]: self.received} if self.channel in days else {}
        received = actions.receive(
            self.organ, key=f"demonstration-{serial}", applicant=self.applicant, info_desc=self.wanted,
            channel=self.channel, provide_form="electronic", provide_route="post" if by else "online", by=by,
            today=self.received, submitted_on=self.received,
            submitted_at=timezone.make_aware(datetime.combine(self.received, time(9, 30))), **known,
        )  # fmt: skip
        return received.case

    def go(self, verb: str, **facts: Any) -> Any:
        """One act by whoever does it, today."""
        return getattr(actions, verb)(self.case, by=self.who(_BY[verb]), today=self.day, **facts)

    def later(self, count: int) -> None:
        self.day = min(workday(self.day, count), self.county.today)

    def _refresh(self) -> None:
        self.case.refresh_from_db()

    # The way of an application ---------------------------------------------------------------------------------

    def register(self) -> None:
        self.later(1)
        self.go("register", subject=self.wanted)
        self.go("assign", handler=self.who(Role.HANDLER))

    def examine(self) -> None:
        self.go("start_examination")

    def process(self) -> None:
        self.later(1)
        self.go("start_processing")

    def sign_off(self, kind: str, words: str) -> None:
        """呈签: the head of the work signs what is about to be sent."""
        row = self.go("ask_sign_off", kind=kind, words=words)
        actions.sign_off(row, approve=True, by=self.who(Role.SIGNATORY), today=self.day)

    def ask_correction(self, *, days: int = 10) -> None:
        self.sign_off("correction", "请申请人补正所需信息的名称、文号或者其他特征。")
        self.go(
            "ask_correction", items="请写明所需信息的名称、文号或者其他特征。", guidance="可以参考县政府网站目录。",
            return_by=workday(self.day, days), method="post", files=self.files,
        )  # fmt: skip

    def correct(self) -> None:
        self.later(4)
        self.go("correction_received", on=self.day, info_desc=f"{self.wanted}（本年度）")

    def ask(self, party: str) -> Any:
        names = {"third_party": "青禾县宏达建设有限公司", "co_maker": "青禾县财政局", "agency": "江州市国家保密局"}
        self.sign_off("opinion", f"拟征求{names[party]}的意见。")
        return self.go(
            "ask", party=party, name=names[party], question=f"是否同意公开{self.wanted}", method="post",
            basis="条例第十一条" if party == "agency" else "", delivered_on=self.day, files=self.files,
        )  # fmt: skip

    def draft(self, outcome: str) -> None:
        grounds = ["refuse.process_info"] if outcome == "partial" else []
        fields = [field.name for field in evidence.fields_for(outcome, grounds) if field.name != "no_known_organ"]
        known = evidence.suggested(self.case, outcome)
        facts = facts_for(fields, {name: _text(value) for name, value in known.items()}, self.day)
        ground = "trade_secret" if outcome == "refuse.third_party" else ""
        self.go(
            "propose_decision",
            outcome=outcome,
            reason=REASONS.get(outcome, ""),
            ground=ground,
            grounds=grounds,
            facts=facts,
        )

    def review(self) -> None:
        self.go("submit_draft")

    def approve(self) -> None:
        decision = self.case.decisions.get(active=True)
        remedy = (
            {"remedy": "choice", "remedy_reason": "按可以复议或者诉讼告知"}
            if must_choose_remedy(decision, self.day)
            else {}
        )
        self.go("legal_review", approve=True, opinion="同意", **remedy)

    def sign(self) -> None:
        self._refresh()
        if self.case.state == "secrecy_review":
            self.secrecy()
        self.go("sign", files=self.files)

    def seal(self) -> None:
        """用印, and the scan that came back, compared by whoever sends the letter."""
        self._refresh()
        self.go("record_sealing", seal=f"{self.organ.name}信息公开专用章"[:60], sealed_on=self.day, sealed_by="印章管理员",
                copies=2)  # fmt: skip
        (notice,) = self.case.notices.filter(decision__active=True, voided_on=None)
        sealing = self.go("return_scan", scan=notice.pdf or _page_without_words())
        if not sealing.done:
            self.go("accept_scan", remarks="与纸质件逐页比对一致")

    def deliver(self) -> None:
        self.seal()
        self.go("deliver", method="post", tracking=f"DM{self.serial:09d}CN")
        self._refresh()

    def answer(self, outcome: str) -> None:
        self.draft(outcome)
        self.review()
        self.later(1)
        self.approve()
        self.later(1)
        self.sign()
        self.deliver()

    # Closed ones -----------------------------------------------------------------------------------------------

    def close(self, outcome: str) -> None:
        """Take the application to its end with this outcome, on the way that the outcome asks for."""
        self.register()
        if outcome == "other.withdrawn":
            self.later(2)
            paper = store("撤回书".encode(), name="撤回书.txt", content_type="text/plain", sealed=True)
            self.go("withdraw", paper=paper)
            return
        self.examine()
        getattr(self, _WAYS.get(outcome, "_straight"))()
        self.answer(outcome)
        if self.serial % 3 == 0:
            self._confirm_and_archive()

    def _straight(self) -> None:
        """Most are answered in time; some with an extension, a few late."""
        self.process()
        if self.serial % 12 == 1:
            self._extend()
        elif self.serial % 24 == 2:
            self.later(23)
        else:
            self.later(self.county.random.randint(3, 12))

    def _extend(self) -> None:
        self.later(14)
        self.go("propose_extension", reason="需要核查多年档案")
        self.go("agree_extension")
        self.go("extend", method="post", files=self.files)
        self.later(self.county.random.randint(6, 15))

    def _by_third_party(self) -> None:
        self.process()
        self.later(3)
        inquiry = self.ask("third_party")
        self.later(6)
        actions.answered(
            inquiry,
            on=self.day,
            opinion="refuse",
            by=self.who(Role.HANDLER),
            today=self.day,
            words="涉及商业秘密，不同意公开",
        )
        self._refresh()
        self.later(2)

    def _by_correction(self) -> None:
        self.ask_correction()
        self.correct()
        self._refresh()
        self.process()
        self.later(3)

    def _by_reason(self) -> None:
        inquiry = self.go("ask_reason", answer_by=workday(self.day, 5), method="post", files=self.files)
        self.later(4)
        actions.reason_received(
            inquiry, on=self.day, reasonable=False, words="没有说明具体用途", by=self.who(Role.HANDLER), today=self.day
        )
        self._refresh()
        self.process()

    def _by_silence(self) -> None:
        """The correction never comes back (条例第三十条)."""
        self.ask_correction(days=5)
        self.later(7)
        self.go("abandon")
        self._refresh()

    def _by_not_paying(self) -> None:
        """The fee is never paid (信息处理费管理办法第六条)."""
        self.process()
        self.sign_off("fee", "按量计收信息处理费，68 页。")
        self.go(
            "notify_fee", tariff="per_page", pages=68, pay_method="到县政府服务大厅缴费窗口缴纳", method="in_person",
            delivered_on=self.day, files=self.files,
        )  # fmt: skip
        self.later(22)
        self.go("abandon")
        self._refresh()

    def _confirm_and_archive(self) -> None:
        """The letter has arrived; the volume is put away unless a paper is missing."""
        for delivery in self.case.notices.latest("pk").deliveries.all():
            actions.confirm_delivery(
                delivery, by=self.who(Role.HANDLER), today=self.day, delivered_on=delivery.sent_on, receiver="本人签收"
            )
        self._refresh()
        if actions.can_archive(self.case, by=self.who(Role.HANDLER), today=self.day) is None:
            self.go("archive")

    # Open ones -------------------------------------------------------------------------------------------------

    def bring_to(self, state: str) -> None:
        """Leave the application where it stands today."""
        for step in _STEPS[state]:
            getattr(self, step)()

    def third_party(self) -> None:
        self.later(3)
        self.ask("third_party")

    def co_maker(self) -> None:
        self.later(3)
        self.ask("co_maker")

    def agency(self) -> None:
        self.later(3)
        self.ask("agency")

    def reason(self) -> None:
        self.go("ask_reason", answer_by=workday(self.day, 15), method="post", files=self.files)

    def fee(self) -> None:
        self.sign_off("fee", "按量计收信息处理费，46 页。")
        self.go(
            "notify_fee", tariff="per_page", pages=46, pay_method="到县政府服务大厅缴费窗口缴纳", method="in_person",
            delivered_on=self.day, files=self.files,
        )  # fmt: skip

    def correction(self) -> None:
        self.ask_correction(days=15)

    def silence(self) -> None:
        self.ask_correction(days=5)
        self.later(8)
        self.go("abandon")
        self._refresh()

    def extension(self) -> None:
        self.later(12)
        self.go("propose_extension", reason="需要核查多年档案")
        self.go("agree_extension")
        self.go("extend", method="post", files=self.files)

    def secrecy(self) -> None:
        self._refresh()
        self.go("pass_secrecy", approve=True, opinion="不涉密，可以提供")

    def drafted(self) -> None:
        self.later(3)
        self.draft("grant.provide")


_BY: dict[str, str] = {
    "register": Role.CASE_REGISTRAR,
    "assign": Role.CASE_REGISTRAR,
    "legal_review": Role.LEGAL_REVIEWER,
    "pass_secrecy": Role.SECRECY_REVIEWER,
    "agree_extension": Role.SIGNATORY,
    "sign": Role.SIGNATORY,
    **dict.fromkeys(
        (
            "start_examination", "start_processing", "ask_correction", "correction_received", "ask", "ask_reason",
            "propose_extension", "extend", "notify_fee", "propose_decision", "submit_draft", "deliver", "withdraw",
            "abandon", "archive", "agree_delay", "judge_duplicate", "reopen", "ask_sign_off", "record_sealing", "return_scan",
            "accept_scan",
        ),
        Role.HANDLER,
    ),
}  # fmt: skip
_WAYS = {
    "refuse.third_party": "_by_third_party",
    "unable.still_unclear": "_by_correction",
    "decline.excessive": "_by_reason",
    "other.no_amend": "_by_silence",
    "other.no_payment": "_by_not_paying",
}
_STEPS: dict[str, tuple[str, ...]] = {
    "received": (),
    "registered": ("register",),
    "examining": ("register", "examine"),
    "waiting_correction": ("register", "examine", "correction"),
    "waiting_reason": ("register", "examine", "reason"),
    "processing": ("register", "examine", "process"),
    "waiting_third_party": ("register", "examine", "process", "third_party"),
    "waiting_co_maker": ("register", "examine", "process", "co_maker"),
    "waiting_agency": ("register", "examine", "process", "agency"),
    "waiting_fee": ("register", "examine", "process", "fee"),
    "extended": ("register", "examine", "process", "extension"),
    "abandoned": ("register", "examine", "silence"),
    "drafting": ("register", "examine", "process", "drafted"),
    "legal_review": ("register", "examine", "process", "drafted", "review"),
    "secrecy_review": ("register", "examine", "process", "drafted", "review", "approve"),
    "signing": ("register", "examine", "process", "drafted", "review", "approve", "secrecy"),
    "delivering": ("register", "examine", "process", "drafted", "review", "approve", "sign"),
}


def _page_without_words() -> Blob:
    """The scan of a letter of long ago: a picture of a page."""
    written = io.BytesIO()
    Image.new("L", (620, 877), "white").save(written, "PDF")
    return store(written.getvalue(), name="用印扫描件.pdf", content_type="application/pdf", sealed=True)


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def an_applicant(county: County, kind: str = "") -> dict[str, str]:
    """An invented applicant, of a kind or of any."""
    kind = kind or county.random.choice(KINDS)
    serial = county.random.randrange(10**8)
    person = county.name()
    name = person if kind == "natural_person" else f"青禾县{county.random.choice(NAMES)}{BODIES[kind]}"
    return {
        "kind": kind,
        "name": name,
        "phone": f"199{serial:08d}",
        "email": f"applicant{serial}@mail.example",
        "address": f"江州市青禾县城关街道文昌路{serial % 300 + 1}号",
    }
