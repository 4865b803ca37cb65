"""Making outgoing papers (文书): what a letter says of its case, its number, its text and its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongkai.agencies.models import Agency, Installation, LegalKind, User
from gongkai.casework import rules
from gongkai.casework.models import (
    Applicant,
    Case,
    Decision,
    Delivery,
    Holder,
    Method,
    Notice,
    Outgoing,
    ProvideRoute,
    RegisterPaper,
)
from gongkai.documents import layout, pdf, word
from gongkai.documents.blobs import read, store
from gongkai.documents.fonts import FontsMissing
from gongkai.documents.models import Blob, LetterTemplate, template_in_force
from gongkai.documents.numbering import take
from gongkai_core import letters
from gongkai_core.letters import Addition, Letter, RenderedLetter, Value
from gongkai_core.refusals import Refusal, Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
CHANNEL_WORDS = {
    "online": "网络",
    "in_person": "当面",
    "post_signed": "邮寄",
    "post_ordinary": "邮寄",
    "fax": "传真",
    "email": "电子邮件",
}
LAST_DAYS = ("reply_by", "amend_by", "extended_by", "third_by", "co_by", "reason_by", "pay_by", "delayed_by")
"""Variables that print a last day: kept with the notice, because a calendar may move them afterwards."""
COMMON = frozenset(
    {
        "organ",
        "title",
        "docno",
        "addressee",
        "received_on",
        "channel",
        "case_no",
        "request_text",
        "signed_on",
        "remedy",
        "remedy_withheld",
        "remedy_disclosed",
    }
)
"""Variables that the case, the number and the remedy table fill; the rest is for the handler."""


def answering_organ(case: Case) -> str:
    """落款: the organ, or its designated office in its own name (domain-spec §11.4 item 34)."""
    if case.answering_body == "designated_office":
        return f"{case.agency.name}政府信息公开办公室"
    return case.agency.name


def answering_body(case: Case) -> letters.AnsweringBody:
    """What review body and court follow from in a case."""
    return body_of(case.agency, case.answering_body)


def body_of(agency: Agency, answering: str = "organ") -> letters.AnsweringBody:
    """What review body and court follow from, with the names that this office has entered."""
    office = Installation.current()
    entered = rules.REVIEW_NAMES.value().get(agency.code, {})
    government = agency.government().name if agency.parent_id else (office.government.name if office else "")
    above = office.superior_government if office else ""
    if agency.legal_kind == LegalKind.GOVERNMENT and agency.parent_id and agency.parent:
        above = agency.parent.government().name
    names = {
        "own_government": government,
        "founding_government": government,
        "superior_government": above,
        "founding_department": agency.parent.name if agency.parent else "",
        "managing_body": agency.parent.name if agency.parent else "",
        "superior_justice": _justice_bureau_of(office.superior_government) if office else "",
        **entered,
    }
    return letters.AnsweringBody(
        organ_kind=agency.organ_kind,
        answering_body=answering,
        province=rules.PROVINCE.value(),
        review_names={key: value for key, value in names.items() if value},
        courts={"basic": office.court, "intermediate": office.superior_court} if office else {},
    )


def _justice_bureau_of(government: str) -> str:
    """上一级司法行政部门 bears its government's name: 江州市人民政府 → 江州市司法局; a province has a 司法厅."""
    place = government.removesuffix("人民政府")
    if place == government:
        return ""
    return f"{place}司法{'厅' if place.endswith(('省', '自治区')) else '局'}"


def planned_method(holder: Holder) -> str:
    """How the applicant asked to get the answer (条例第二十九条第三项); a paper of a register is posted."""
    if isinstance(holder, RegisterPaper):
        return Method.POST
    return {
        ProvideRoute.PICKUP: Method.IN_PERSON,
        ProvideRoute.POST: Method.POST,
        ProvideRoute.EMAIL: Method.EMAIL,
        ProvideRoute.ONLINE: Method.ONLINE,
    }[ProvideRoute(holder.provide_route)]


def compose(
    case: Case,
    code: str,
    variables: Mapping[str, Value | None],
    *,
    signed_on: date,
    number: str,
    addressee: str = "",
    outcome: str | None = None,
    remedy_choice: str | None = None,
    delivered_by: str | None = None,
    additions: Sequence[Addition] | None = None,
) -> RenderedLetter:
    """Fill a letter for a case, with the office's additions: by default those of its template in force.

    Raises Refused for whatever is missing or may not stand in it.
    """
    letter = letters.LETTERS[code]
    method = delivered_by or planned_method(case)
    remedy = letters.remedy_for_letter(
        letter,
        outcome,
        signed_on,
        answering_body(case),
        delivered_online=method in (Method.ONLINE, Method.EMAIL),
        review_url=rules.REVIEW_URL.value(),
        legal_review_choice=remedy_choice or None,
    )
    values = _common(case, letter, addressee) | {"docno": number, "signed_on": signed_on} | dict(variables)
    allowed = {*letter.printed, *letter.record, "title", "received_on"}
    rendered = letters.render(
        code,
        {name: value for name, value in values.items() if name in allowed},
        received_on=case.received_on,
        outcome=outcome,
        remedy=remedy,
        delivered_by=method,
        additions=_additions(template_in_force(code)) if additions is None else additions,
    )
    refuse_leaks(case, code, rendered.text)
    return rendered


def _additions(template: LetterTemplate | None) -> tuple[Addition, ...]:
    return template.additions if template else ()


def _common(case: Case, letter: Letter, addressee: str) -> dict[str, Value | None]:
    return {
        "organ": answering_organ(case),
        # The text of a letter is given; its title says that it answers anew.
        **({"title": f"{letter.name}（重新答复）"} if case.redecided and letter.remedy == "by_outcome" else {}),
        "addressee": addressee or (case.applicant.name if letter.addressee == "applicant" else ""),
        "channel": CHANNEL_WORDS[case.channel],
        "case_no": case.number,
        "request_text": case.info_desc,
        "contact": case.agency.phone,
    }


def proof_of(delivery: Delivery, *, on: date) -> RenderedLetter:
    """送达回证 (L24) of one delivery: what is not known yet stays free for handwriting. Raises Refused."""
    paper = delivery.paper
    known = {
        "letter_name": paper.name,
        "letter_docno": paper.number or (paper.case.number if isinstance(paper, Notice) else str(paper.row)),
        "method": delivery.get_method_display(),
        "tracking": delivery.tracking,
        "served_on": delivery.delivered_on,
    }
    if isinstance(paper, Notice):
        addressee = paper.addressee or paper.case.applicant.name
        return compose(paper.case, "L24", known, signed_on=on, number="", addressee=addressee)
    return letters.render("L24", {"addressee": paper.drafted["addressee"], **known}, received_on=None)


def applicant_values(applicant: Applicant) -> dict[str, list[str]]:
    """What must not stand in a paper that goes to others (domain-spec §11.6 item 40)."""
    return {
        "name": [applicant.name, applicant.contact_person, applicant.agent_name],
        "id_number": [applicant.id_number, applicant.agent_id_number],
        "address": [applicant.address],
        "phone": [applicant.phone],
        "email": [applicant.email],
    }


def refuse_leaks(case: Case, code: str, text: str) -> None:
    """Raise Refused (no_applicant_data) when a paper for others names the applicant."""
    found = letters.leaks(code, text, applicant_values(case.applicant))
    if found:
        raise Refused(Refusal("no_applicant_data", found[0].message, "条例第十五条；个人信息保护法第二十三条"))


def issue(
    case: Case,
    code: str,
    variables: Mapping[str, Value | None],
    *,
    signed_on: date,
    signed_by: User | None,
    addressee: str = "",
    decision: Decision | None = None,
    outcome: str | None = None,
    delivered_by: str | None = None,
    files: bool = True,
) -> Notice:
    """Take the number, write the letter and render its files, inside the caller's transaction.

    `files` False leaves rendering to the first time somebody opens it. Raises Refused.
    """
    template = template_in_force(code)
    rendered = compose(
        case,
        code,
        variables,
        signed_on=signed_on,
        number=next_number(case, letters.LETTERS[code], signed_on.year),
        addressee=addressee,
        outcome=decision.outcome if decision else outcome,
        remedy_choice=decision.remedy if decision else None,
        delivered_by=delivered_by,
        additions=_additions(template),
    )
    notice = Notice(case=case, decision=decision, signed_on=signed_on, signed_by=signed_by, template=template)
    _write(notice, rendered, variables, addressee)
    if files:
        render_files(notice)
    notice.save()
    return notice


def _write(notice: Notice, rendered: RenderedLetter, variables: Mapping[str, Value | None], addressee: str) -> None:
    """What the paper says, to whom, and the last days that it names."""
    letter = letters.LETTERS[rendered.code]
    notice.letter, notice.number = rendered.code, rendered.number
    notice.addressee = notice.case.applicant.name if letter.addressee == "applicant" else addressee
    notice.remedy_text = "\n".join(rendered.remedy)
    notice.printed_dates = _printed_dates(letter, variables, rendered)
    notice.rendered = rendered


def next_number(case: Case, letter: Letter, year: int) -> str:
    """Take the next 文号 of the letter's class and year; nothing for forms that bear none."""
    return take_number(case.agency, letter, year) if letter.docno_suffix else ""


def take_number(agency: Agency, letter: Letter, year: int) -> str:
    """The next 文号 of the organ in the letter's class, plain where the class has no word; whoever prints it."""
    serial = take(f"notice:{agency.pk}:{letter.docno_suffix}:{year}")
    return letters.document_number(agency.document_prefix, letter.docno_suffix, year, serial)


def _printed_dates(
    letter: Letter, variables: Mapping[str, Value | None], rendered: RenderedLetter
) -> list[dict[str, str]]:
    """Every last day that really stands on the paper."""
    rows = []
    for name in LAST_DAYS:
        value = variables.get(name)
        if name in letter.printed and isinstance(value, date) and letters.chinese_date(value) in rendered.text:
            rows.append({"name": name, "date": value.isoformat()})
    return rows


def render_files(notice: Outgoing) -> None:
    """Make the .docx and, where a Chinese font is there, the .pdf; both sealed. The caller saves."""
    letter = notice.rendered
    if notice.docx is None:
        notice.docx = _sealed(_in_word(notice, letter), notice, "docx", DOCX)
    if notice.pdf is None:
        try:
            notice.pdf = _sealed(pdf.render(letter), notice, "pdf", PDF)
        except FontsMissing:
            notice.pdf = None


def _in_word(notice: Outgoing, letter: RenderedLetter) -> bytes:
    """In the office's own layout where the letter was made with its template."""
    if notice.template is None:
        return word.render(letter)
    return layout.render(letter, read(notice.template.file))


def _sealed(data: bytes, notice: Outgoing, ending: str, content_type: str) -> Blob:
    name = f"{notice.name} {notice.number}".strip()
    return store(data, name=f"{name}.{ending}", content_type=content_type, sealed=True)
