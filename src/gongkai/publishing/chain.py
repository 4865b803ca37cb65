"""The default chain (拟稿 → 审核含保密审查 → 签发), for a version and for a batch alike.

What can't be configured: the author never approves, the secrecy review stands before anything is public, what is
published is the digest that was approved (domain-spec §11.2 item 8). How many persons a text passes is a setting.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from gongkai.agencies.models import User
from gongkai.agencies.office_settings import Declared, declare
from gongkai.design.words import minute
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing.models import Approval, Batch, ItemClass, ItemVersion, Stage
from gongkai.publishing.moments import moment
from gongkai.publishing.permissions import roles_at
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refusal
from gongkai_core.states import ITEM_VERSION
from gongkai_core.states.items import OTHERS

Subject = ItemVersion | Batch

PERSONS = {
    item_class: declare(
        Declared(
            f"publishing.persons.{item_class.value}",
            f"{item_class.label}条目至少经手人数（含拟稿人）",
            count,
            "条例第十七条（审查机制由各单位建立）",
        )
    )
    for item_class, count in ((ItemClass.ORDINARY, 2), (ItemClass.IMPORTANT, 3), (ItemClass.SENSITIVE, 3))
}

VERBS = {
    "publishing.draft": "拟稿",
    "publishing.edit": "修改",
    "publishing.submit": "送审",
    "publishing.approve_review": "审核通过（含保密审查）",
    "publishing.return": "退回修改",
    "publishing.sign_and_publish": "签发并发布",
    "publishing.revise": "开始修订",
    "publishing.withdraw": "撤回",
    "publishing.add_takedown": "列入提请撤下清单",
    "publishing.settle_takedown": "核实撤下",
    "publishing.report_penalty_change": "登记处罚决定变更",
    "publishing.lapse": "公示期满，自动撤下",
    "publishing.take_package": "下载粘贴包",
    "publishing.fill_back": "回填上级平台网址",
    "publishing.discard": "作废",
    "publishing.set_validity": "变更有效性",
    "publishing.set_interpretation_need": "定解读要求",
    "publishing.open_clean_up": "发起文件清理",
    "publishing.judge_document": "提出清理意见",
    "publishing.conclude_clean_up": "起草清理结果",
    "publishing.set_review_day": "定下次评估日期",
    "publishing.tick_channel": "登记公开渠道",
    "publishing.import_batch": "导入并送审",
    "publishing.take_out": "剔出一条",
    "publishing.submit_batch": "再次送审",
    "publishing.approve_batch": "整批审核通过（含保密审查）",
    "publishing.return_batch": "整批退回",
    "publishing.publish_batch": "整批签发并发布",
    "publishing.discard_batch": "整批作废",
}
"""Words of the acts, for threads and for telling a second person who was first."""


def trail_object(subject: Subject) -> ItemVersion | Batch:
    """Whose thread an act on the subject belongs to: the item's, or the batch's."""
    return subject if isinstance(subject, Batch) else subject.item


def step_refusal(
    subject: Subject, event: str, *, by: User, today: date, failed: Collection[str] = ()
) -> Refusal | None:
    """Why `by` may not do `event` to a version or batch now, or None; a lost race names the winner."""
    roles = roles_at(by, subject.agency, on=today)
    refusal = ITEM_VERSION.refusal(subject.state, event, roles=roles, failed=failed)
    if refusal and refusal.code == "wrong_state" and (last := last_act(subject)):
        return Refusal(refusal.code, f"{last}{refusal.message}", refusal.article)
    return refusal


def last_act(subject: Subject) -> str:
    """“张三已于 2026-04-06 16:34 审核通过。” or nothing."""
    thing = trail_object(subject)
    entries = Entry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.public_id))
    entry = entries.order_by("-id").select_related("actor").first()
    if entry is None or entry.verb not in VERBS:
        return ""
    return f"{entry.actor.name if entry.actor else '系统'}已于 {minute(entry.at)} {VERBS[entry.verb]}。"


def approver(by: User, instruction: RecordedInstruction | None) -> User:
    """Whose approval it is: the leader's whose word was entered, else the person's who acts."""
    return instruction.leader if instruction else by


def instruction_refusal(subject: Subject, instruction: RecordedInstruction, *, by: User) -> Refusal | None:
    """A recorded word (代录批示) belongs to the organ and was entered by somebody other than the author."""
    if instruction.agency_id != subject.agency.pk:
        return Refusal("foreign_instruction", "这条批示不属于本条目的发布机构", OTHERS)
    if subject.author_id in (instruction.entered_by_id, by.pk):
        return Refusal("author_recorded", "拟稿人不得以代录批示代替审核人、签发人", OTHERS)
    return None


def approval_refusal(
    subject: Subject,
    stage: Stage,
    *,
    by: User,
    today: date,
    seen: str,
    secrecy_passed: bool = True,
    instruction: RecordedInstruction | None = None,
) -> Refusal | None:
    """Why this approval may not be given; `seen` is the digest of what the approver had before them."""
    if instruction and (refusal := instruction_refusal(subject, instruction, by=by)):
        return refusal
    person = approver(by, instruction)
    failed = [] if subject.author_id != person.pk else ["not_author"]
    if stage == Stage.REVIEW:
        event = "approve_review"
        failed += [] if secrecy_passed else ["secrecy_reviewed"]
    else:
        event = "sign_and_publish"
        review = review_of(subject)
        failed += [] if review else ["secrecy_reviewed"]
        failed += [] if review and review.digest == subject.digest else ["digest_approved"]
    if refusal := step_refusal(subject, event, by=person, today=today, failed=failed):
        return refusal
    if seen != subject.digest:
        return Refusal("content_moved", "您打开之后内容有了改动，请重新看过再办", OTHERS)
    if stage == Stage.SIGN and review and review.reviewer_id == person.pk:
        return _persons_refusal(subject)
    return None


def _persons_refusal(subject: Subject) -> Refusal | None:
    """The reviewer may sign too, unless the class asks for a third person."""
    if PERSONS[ItemClass(subject.item_class)].value() <= 2:
        return None
    words = ItemClass(subject.item_class).label
    return Refusal("third_person", f"{words}条目的审核人和签发人须是两个人", "条例第十七条；本单位审查制度")


def review_of(subject: Subject) -> Approval | None:
    """The review of the current round."""
    return subject.approvals.filter(round=subject.round, stage=Stage.REVIEW).first()


def approve(
    subject: Subject,
    stage: Stage,
    *,
    by: User,
    today: date,
    remarks: str = "",
    instruction: RecordedInstruction | None = None,
) -> Approval:
    """Write the approval of the subject's present digest; the caller has asked `approval_refusal`."""
    return Approval.objects.create(
        version=subject if isinstance(subject, ItemVersion) else None,
        batch=subject if isinstance(subject, Batch) else None,
        round=subject.round,
        stage=stage,
        algorithm=subject.algorithm,
        digest=subject.digest,
        reviewer=approver(by, instruction),
        author_id=subject.author_id,
        secrecy_passed=stage == Stage.REVIEW,
        remarks=remarks,
        instruction=instruction,
        at=moment(today),
    )
