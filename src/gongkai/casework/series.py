"""系列案: which there are for a person, and what is one for all of them: acts, letters, the approval sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import User
from gongkai.casework import acts
from gongkai.casework.actions.propose_decision import active_decision
from gongkai.casework.actions.seal import ARTICLE as SCAN_ARTICLE
from gongkai.casework.models import Case, EnvelopeLine, Inquiry, Notice, Series, SignOff
from gongkai.casework.notices import CHANNEL_WORDS
from gongkai.casework.permissions import case_agencies
from gongkai.design.words import long_day
from gongkai.documents.blobs import read
from gongkai.documents.intake import Taken
from gongkai.documents.pages import cut
from gongkai.documents.redaction import count_pages
from gongkai_core import letters, outcomes
from gongkai_core.letters import Block, RenderedLetter
from gongkai_core.refusals import Refusal, Refused

ACTS = (
    "assign", "start_examination", "start_processing", "ask_sign_off", "sign_off", "ask_correction", "propose_extension", "agree_extension",
    "extend", "submit_draft", "back_to_processing", "approve", "pass_secrecy", "return_draft", "sign", "record_sealing",
    "seal_electronically", "return_scan", "accept_scan", "deliver", "archive",
)  # fmt: skip
"""What may be done to all members at once; each of them by the action itself, as if it were alone."""
CANDIDATES = 50


@dataclass(frozen=True)
class Offer:
    """An act on the series: whether the first member that it fits may be done."""

    name: str
    label: str
    refusal: Refusal | None
    fits: int
    """How many members are in a state that knows it."""


def series_for(user: User, *, on: date) -> QuerySet[Series]:
    """The series that exist for this person."""
    return Series.objects.filter(agency__in=case_agencies(user, on=on)).select_related("agency", "opened_by")


def members_of(series: Series) -> list[Case]:
    """Its cases in the order of their numbers."""
    found = Case.objects.filter(series_member__series=series).select_related("agency", "handler", "applicant")
    return list(found.order_by("pk"))


def offers(members: list[Case], *, by: User, today: date) -> list[Offer]:
    """What may be done now, in the order of the way."""
    known = {case.pk: possible(case) for case in members}
    found = []
    for name in ACTS:
        if fitting := [case for case in members if name in known[case.pk]]:
            refusal = acts.ACTS[name].can(target_of(fitting[0], name), by=by, today=today)
            found.append(Offer(name, acts.ACTS[name].label, refusal, len(fitting)))
    return found


def possible(case: Case) -> list[str]:
    """What fits a member: the acts of its state, and 呈签 of papers along the way, asked for or waiting to be signed."""
    names = acts.possible(case)
    if case.state in ("registered", "examining", "processing"):
        names.append("ask_sign_off")
    return [*names, "sign_off"] if _open_sign_off(case) else names


def target_of(case: Case, name: str) -> Case | SignOff:
    """What the act is done to in a member. Raises Refused where it is signed meanwhile."""
    if name != "sign_off":
        return case
    row = _open_sign_off(case)
    if row is None:
        raise Refused(Refusal("signed_already", "已经签发或者退回", "签发权限（内部规定）"))
    return row


def _open_sign_off(case: Case) -> SignOff | None:
    return case.sign_offs.filter(signed_by=None, returned_on=None).last()


def fitting_members(members: list[Case], name: str) -> list[Case]:
    """The members that an act fits; of papers put before their signer, those that say the same as the first."""
    found = [case for case in members if name in possible(case)]
    if name != "sign_off":
        return found
    rows = [(case, _open_sign_off(case)) for case in found]
    said = {case.pk: (row.kind, row.words) for case, row in rows if row}
    return [case for case in found if said[case.pk] == said[found[0].pk]]


def candidates(case: Case) -> list[Case]:
    """Open cases of the same organ that look like the same matter: equal texts, or the same envelope."""
    envelope = EnvelopeLine.objects.filter(case=case).values("envelope")
    same = Q(info_index=case.info_index) | Q(envelope_line__envelope__in=envelope)
    found = Case.objects.open().filter(same, agency=case.agency, series_member=None).exclude(pk=case.pk)
    return list(found.select_related("agency").defer("info_desc").order_by("pk")[:CANDIDATES])


def approval_sheet(members: list[Case]) -> RenderedLetter:
    """One 审批单 (L30) for all members, with a list of them below it. Raises Refused where there is no draft yet.

    It is internal, as the sheet of a single case: it names the applicant.
    """
    lead = next((case for case in members if active_decision(case) and case.reply_by), None)
    decision = active_decision(lead) if lead else None
    if lead is None or decision is None:
        raise Refused(Refusal("no_draft", "还没有拟办意见，不能打印审批单", "条例第三十六条"))
    last = min(case.reply_by for case in members if case.reply_by)
    many = f"等 {len(members)} 件（系列案，明细附后）"
    facts = {
        "case_no": f"{lead.number}{many}",
        "received_on": lead.received_on,
        "reply_by": last,
        "applicant": f"{lead.applicant.name}等 {len(members)} 人" if len(members) > 1 else lead.applicant.name,
        "channel": CHANNEL_WORDS[lead.channel],
        "request_text": lead.info_desc,
        "proposal": f"{decision.get_outcome_display()}。{decision.reason}".rstrip("。") + "。",
        "basis": "、".join(outcomes.article_text(ref) for ref in decision.rule.articles),
        "attachments": f"{letters.LETTERS[decision.rule.letters[0]].name}（拟稿）{len(members)} 份",
        "handler": lead.handler.name if lead.handler else "________",
    }
    sheet = letters.render("L30", facts, received_on=lead.received_on)
    lines = [Block("line", "附：系列案明细（登记号　申请人　收到日　答复期限）", 1)]
    lines += [Block("line", _line(place, case)) for place, case in enumerate(members, 1)]
    return RenderedLetter(sheet.code, sheet.name, sheet.kind, (*sheet.blocks, *lines), 0, sheet.record)


def _line(place: int, case: Case) -> str:
    days = "　".join(long_day(day) if day else "待定" for day in (case.received_on, case.reply_by))
    return f"{place}. {case.number}　{case.applicant.name}　{days}"


def joint_questions(members: list[Case]) -> list[Inquiry]:
    """The questions that were put once for several members, the newest first; each by the row its letter hangs on."""
    rows = Inquiry.objects.filter(case__in=members, together__isnull=False).distinct()
    return list(rows.select_related("notice").order_by("-pk"))


def group_of(first: Inquiry) -> list[Inquiry]:
    """All rows of a question that was put once: the one with the letter, and those asked with it."""
    rows = Inquiry.objects.filter(Q(pk=first.pk) | Q(asked_with=first)).select_related("case__agency")
    return list(rows.order_by("case_id"))


def letters_of(members: list[Case]) -> list[Notice]:
    """The signed answers of the members, in their order."""
    rows = Notice.objects.filter(case__in=members, decision__active=True, voided_on=None)
    return list(rows.select_related("case__agency", "case__applicant", "pdf").order_by("case_id"))


def parts_of_scan(cases: list[Case], scan: Taken) -> dict[int, Taken]:
    """The scan of a whole stack cut into each case's letter by its approved pages, in the order of the cases.

    Raises Refused where a letter has no PDF to count by, or the pages do not add up.
    """
    if scan.kind != "pdf":
        raise Refused(Refusal("kind", "整批扫描件须为一个 PDF", SCAN_ARTICLE))
    pages = {letter.case_id: _pages(letter) for letter in letters_of(cases)}
    found, wanted = count_pages(scan.data, "pdf"), sum(pages.values())
    if found != wanted:
        words = f"扫描件 {found} 页，勾选的 {len(pages)} 份文书共 {wanted} 页；按列表的顺序扫描，一页不多、一页不少"
        raise Refused(Refusal("pages", words, SCAN_ARTICLE))
    parts, after = {}, 0
    for key, count in pages.items():
        parts[key] = replace(scan, data=cut(scan.data, range(after + 1, after + count + 1)))
        after += count
    return parts


def _pages(letter: Notice) -> int:
    if letter.pdf is None:
        words = f"{letter.case.number} 的文书没有 PDF，不能按页切分，请逐件传回扫描件"
        raise Refused(Refusal("no_pdf", words, SCAN_ARTICLE))
    return count_pages(read(letter.pdf), "pdf")
