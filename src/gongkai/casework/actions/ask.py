"""Questions to others that stop the clock: a third party, a co-maker, another organ."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import locked
from gongkai.casework import clock, procedure
from gongkai.casework.actions.send import send_notice
from gongkai.casework.models import Case, CaseFile, EventType, FileKind, Inquiry, Opinion, Party
from gongkai.documents.models import Blob
from gongkai_core.letters import LETTERS, Value
from gongkai_core.refusals import Refusal

LETTER = {Party.THIRD_PARTY: "L04", Party.CO_MAKER: "L07", Party.AGENCY: "L39"}
ASKED = {
    Party.THIRD_PARTY: EventType.THIRD_PARTY_ASKED,
    Party.CO_MAKER: EventType.CO_MAKER_ASKED,
    Party.AGENCY: EventType.AGENCY_CONSULTED,
}
ANSWERED = {
    Party.THIRD_PARTY: EventType.THIRD_PARTY_ANSWERED,
    Party.CO_MAKER: EventType.CO_MAKER_ANSWERED,
    Party.AGENCY: EventType.AGENCY_ANSWERED,
}
AGENCY_BASES = ("条例第十一条", "条例第十七条第三款", "条例第三十三条第三款")
"""Only these stop the clock; an ordinary request for help never does (domain-spec §11.5 item 35)."""


def can_ask(case: Case, party: str, *, by: User, today: date, basis: str | None = None) -> Refusal | None:
    """Whether the question may be put; `basis` None while it has not been chosen yet."""
    wrong = party == Party.AGENCY and basis is not None and basis not in AGENCY_BASES
    failed = ["agency_basis"] if wrong else []
    return procedure.refusal(case, f"ask_{party}", by=by, today=today, failed=failed)


@transaction.atomic
def ask(
    case: Case,
    party: str,
    *,
    name: str,
    question: str,
    method: str,
    by: User,
    today: date,
    contact: str = "",
    basis: str = "",
    answer_term: str = "尽快",
    asks: str = "是否可以公开的问题",
    sent_on: date | None = None,
    delivered_on: date | None = None,
    files: bool = True,
) -> Inquiry:
    """Send the question (L04, L07, L39) to one party; the clock stands from the day after. Raises Refused.

    `question` is the information at stake, without the applicant's data; it is searched for it before it leaves.
    `asks` is what another organ is asked about it, as its letter prints it.
    """
    case = locked(case)
    sent_on = sent_on or today
    procedure.allow(can_ask(case, party, by=by, today=today, basis=basis))
    clock.refuse_future(delivered_on, today)
    inquiry = Inquiry(
        case=case, party=party, name=name, contact=contact, basis=basis, question=question,
        sent_on=sent_on, delivered_on=delivered_on, asked_by=by,
    )  # fmt: skip
    variables: dict[str, Value | None] = {
        "info_desc": question, "basis": _cited(basis), "question": asks, "answer_term": answer_term,
    }  # fmt: skip
    inquiry.notice = send_notice(
        case, LETTER[Party(party)], _declared(LETTER[Party(party)], variables), method=method, sent_on=sent_on, by=by,
        addressee=name, delivered_on=delivered_on, files=files,
    )  # fmt: skip
    inquiry.save()
    delivered = {} if party == Party.AGENCY else {"delivered_on": delivered_on}
    clock.add(case, ASKED[Party(party)], by=by, today=today, ref=inquiry.ref, sent_on=sent_on, **delivered)
    article = procedure.advance(case, f"ask_{party}")
    procedure.keep(case, today=today)
    procedure.note(f"ask_{party}", case, by=by, today=today, ground=article, sent_on=sent_on, inquiry=inquiry.ref)
    return inquiry


def _cited(basis: str) -> str:
    return basis.replace("条例", "《中华人民共和国政府信息公开条例》", 1)


def _declared(code: str, variables: dict[str, Value | None]) -> dict[str, Value | None]:
    return {name: value for name, value in variables.items() if name in LETTERS[code].printed}


def can_question_delivered(inquiry: Inquiry, *, by: User, today: date) -> Refusal | None:
    """Who may enter the answer may enter that the question has arrived."""
    if inquiry.delivered_on or inquiry.answered_on:
        return Refusal("delivered", "送达日已经登记")
    return procedure.refusal(inquiry.case, f"{inquiry.party}_answered", by=by, today=today)


@transaction.atomic
def question_delivered(inquiry: Inquiry, *, on: date, by: User, today: date) -> Inquiry:
    """The letter has reached the party: from this day its fifteen working days run. Raises Refused."""
    case = locked(inquiry.case)
    inquiry = locked(inquiry)
    procedure.allow(can_question_delivered(inquiry, by=by, today=today))
    clock.refuse_future(on, today)
    inquiry.delivered_on = on
    inquiry.save(update_fields=["delivered_on"])
    if inquiry.notice:
        inquiry.notice.deliveries.update(delivered_on=on)
    if inquiry.party in (Party.THIRD_PARTY, Party.CO_MAKER):
        asked = case.clock_events.in_force().get(type=ASKED[Party(inquiry.party)], ref=inquiry.ref)
        clock.correct(asked, by=by, today=today, delivered_on=on)
    procedure.keep(case, today=today)
    procedure.note(
        "question_delivered", case, by=by, today=today, ground="条例第三十二条、第三十四条", on=on, inquiry=inquiry.ref
    )
    return inquiry


def can_answered(inquiry: Inquiry, *, by: User, today: date) -> Refusal | None:
    if inquiry.answered_on or inquiry.opinion:
        return Refusal("answered_twice", "这一次征求意见已有结果")
    return procedure.refusal(inquiry.case, f"{inquiry.party}_answered", by=by, today=today)


@transaction.atomic
def answered(
    inquiry: Inquiry, *, on: date, opinion: str, by: User, today: date, words: str = "", paper: Blob | None = None
) -> Inquiry:
    """The party's answer is in: the clock goes on with the next working day. Raises Refused."""
    case = locked(inquiry.case)
    inquiry = locked(inquiry)
    procedure.allow(can_answered(inquiry, by=by, today=today))
    clock.add(case, ANSWERED[Party(inquiry.party)], by=by, today=today, ref=inquiry.ref, on=on)
    inquiry.answered_on, inquiry.opinion, inquiry.words = on, opinion, words
    inquiry.save(update_fields=["answered_on", "opinion", "words"])
    if paper:
        CaseFile.objects.create(case=case, kind=FileKind.OPINION, blob=paper, added_by=by)
    return _ended(case, inquiry, "answered", by=by, today=today, on=on, opinion=opinion)


def can_lapsed(inquiry: Inquiry, *, by: User | None, today: date) -> Refusal | None:
    """Silence ends with the fifteenth working day after delivery; an organ's has no last day."""
    if inquiry.answered_on or inquiry.opinion:
        return Refusal("answered_twice", "这一次征求意见已有结果")
    last = last_day(inquiry, today)
    over = last is not None and today > last
    failed = [] if over else ["opinion_term_over"]
    return procedure.refusal(inquiry.case, f"{inquiry.party}_lapsed", by=by, today=today, failed=failed)


@transaction.atomic
def lapsed(inquiry: Inquiry, *, by: User | None, today: date) -> Inquiry:
    """Nobody answered in time: the organ decides on its own (条例第三十二条), a co-maker is taken to agree (第三十四条)."""
    case = locked(inquiry.case)
    inquiry = locked(inquiry)
    procedure.allow(can_lapsed(inquiry, by=by, today=today))
    inquiry.opinion = Opinion.AGREE if inquiry.party == Party.CO_MAKER else Opinion.NONE
    inquiry.save(update_fields=["opinion"])
    return _ended(case, inquiry, "lapsed", by=by, today=today)


def last_day(inquiry: Inquiry, today: date) -> date | None:
    result = clock.replay(inquiry.case, today)
    return {**result.third_party_answer_by, **result.co_maker_answer_by}.get(inquiry.ref)


def _ended(case: Case, inquiry: Inquiry, how: str, *, by: User | None, today: date, **facts: object) -> Inquiry:
    event = f"{inquiry.party}_{how}"
    article = procedure.advance(case, event, facts=procedure.open_questions(case))
    procedure.keep(case, today=today)
    procedure.note(event, case, by=by, today=today, ground=article, inquiry=inquiry.ref, **facts)
    return inquiry
