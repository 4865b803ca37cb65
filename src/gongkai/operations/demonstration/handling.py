"""Casework beside the plain way, each kind once, so that a newcomer sees it: an envelope that is a series, help from
others, notes, urging, an agreed delay, blackened material, two equal texts judged, an answer given anew."""

from __future__ import annotations

import io
from typing import Any

from docx import Document

from gongkai.agencies.models import Role
from gongkai.casework import actions
from gongkai.casework.actions.remedies import decide_review, enter_review
from gongkai.documents.intake import REDACTABLE, Taken, take
from gongkai.operations.demonstration.cases import Story, an_applicant, workday
from gongkai.operations.demonstration.organs import County

FIRST = 2000
"""Serial numbers of these stories: away from those of the plain ones."""
ENVELOPE_AT, HELPER = "自然资源局", "财政局"
VILLAGERS = 4
EXPERTS = "评审专家：司马青、欧阳若谷"
MINUTES = ("中标单位：青禾县宏达建设有限公司，中标金额 486.2 万元。", EXPERTS, "联系电话：0990-2100031。")


def build_handling(county: County) -> None:
    _envelope(county)
    _helped(county)
    _delayed(county)
    _blackened(county)
    _asked_twice(county)
    _answered_anew(county)


def _envelope(county: County) -> None:
    """Villagers of one group ask for the same in one envelope: one series, examined as one."""
    organ, day = county.organs[ENVELOPE_AT], workday(county.today, -4)
    registrar, handler = county.person(organ, Role.CASE_REGISTRAR), county.person(organ, Role.HANDLER)
    wanted = "城关街道文昌路片区征地补偿安置方案及其公告"
    forms = [
        actions.EnvelopeForm(place, an_applicant(county, "natural_person"), wanted) for place in range(1, VILLAGERS + 1)
    ]
    received = actions.register_envelope(
        organ,
        forms,
        key="demonstration-envelope",
        common={
            "channel": "post_signed", "submitted_on": day, "signed_on": day, "provide_form": "paper",
            "provide_route": "post",
        },
        subject=wanted,
        series_title="文昌路片区征地补偿",
        by=registrar,
        today=day,
    ).received  # fmt: skip
    day = workday(day, 1)
    for row in received:
        case = actions.assign(row.case, handler=handler, words="并案审查", by=registrar, today=day)
        actions.start_examination(case, by=handler, today=day)


def _helped(county: County) -> None:
    """协办 of an organ and of a colleague, notes of two, and the office urges."""
    story = _working(county, 0, days=9)
    who: dict[str, Any] = {"by": story.who(Role.HANDLER), "today": story.day}
    matter, due_on = story.wanted, workday(story.day, 5)
    organ = county.organs[HELPER]
    asked = actions.ask_assistance(story.case, agency=organ, matter=matter, due_on=due_on, **who, files=False)
    colleague = story.who(Role.REVIEWER)
    actions.ask_assistance(story.case, person=colleague, matter=matter, due_on=due_on, **who, files=False)
    actions.write_note(story.case, words="拨款文件可能由财政局制作，已请求协办。", **who)
    story.later(2)
    actions.answer_assistance(
        asked, held="no", words="检索了预算指标系统和档案，没有制作、保存。", by=county.person(organ, Role.HANDLER),
        today=story.day,
    )  # fmt: skip
    actions.write_note(story.case, words="请注意答复期限，周五前拿出初稿。", by=county.office, today=story.day)
    actions.remind(story.case, by=county.office, today=county.today)


def _delayed(county: County) -> None:
    """条例第三十五条: many applications, good reasons, a later day agreed; the lawful one has passed."""
    story = _registered(county, 1, days=24)
    story.examine()
    inquiry = story.go("ask_reason", answer_by=workday(story.day, 5), method="post", files=False)
    story.later(3)
    handler = story.who(Role.HANDLER)
    actions.reason_received(
        inquiry, on=story.day, reasonable=True, words="承担课题研究，需要历年数据", by=handler, today=story.day
    )
    story.case.refresh_from_db()
    story.go("agree_delay", delayed_by=workday(county.today, 12), method="post", files=False)


def _blackened(county: County) -> None:
    """拟提供的材料: the experts blackened, looked through, put with a draft of 部分公开."""
    story = _working(county, 2, days=8)
    who: dict[str, Any] = {"by": story.who(Role.HANDLER), "today": story.day}
    material = actions.add_material(story.case, paper=_minutes(), **who)
    for words in ("司马青", "欧阳若谷"):
        actions.mark_words(material, words=words, ground="E16_1", **who)
    material.refresh_from_db()
    actions.provide_material(actions.make_redacted(material, keep_pictures=False, **who), **who)
    story.case.refresh_from_db()
    story.draft("partial")


def _minutes() -> Taken:
    document = Document()
    document.add_heading("青禾县惠民工程评标结果", 1)
    for line in MINUTES:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return take(written.getvalue(), "评标结果.docx", REDACTABLE)


def _asked_twice(county: County) -> None:
    """The same person asks for the same again; a person judges that it was answered."""
    applicant = an_applicant(county, "natural_person")
    first = _registered(county, 3, days=40, applicant=applicant)
    first.examine()
    first.process()
    first.later(5)
    first.files = False
    first.answer("grant.provide")
    again = _registered(county, 4, days=5, applicant=applicant, wanted=first.wanted)
    again.examine()
    again.go("judge_duplicate", verdict="repeat", reason="同一人、同一内容，前次已经提供")


def _answered_anew(county: County) -> None:
    """行政复议 sets an answer aside; the new one is being worked on."""
    story = _registered(county, 5, days=70)
    story.examine()
    story.process()
    story.later(6)
    story.answer("refuse.process_info")
    lawyer = story.who(Role.LEGAL_REVIEWER)
    filed_on, closed_on = workday(county.today, -50), workday(county.today, -10)
    review = enter_review(
        story.organ, docket=f"演政复〔{filed_on.year}〕31号", review_body="江州市人民政府", filed_on=filed_on,
        cases=[story.case], claimant=story.case.applicant.name, by=lawyer, today=filed_on,
    )  # fmt: skip
    review = decide_review(review, outcome="revoked", closed_on=closed_on, by=lawyer, today=closed_on)
    story.day = workday(county.today, -7)
    story.go("reopen", order=review, received_on=story.day, reason="撤销原答复，责令重新作出")


def _registered(county: County, place: int, *, days: int, **told: Any) -> Story:
    """A story of the government, received so many working days ago and given to its handler."""
    story = Story(county, county.government, FIRST + place, workday(county.today, -days), **told)
    story.register()
    return story


def _working(county: County, place: int, *, days: int) -> Story:
    story = _registered(county, place, days=days)
    story.examine()
    story.process()
    return story
