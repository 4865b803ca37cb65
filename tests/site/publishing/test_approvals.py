"""The author never approves, the secrecy review comes first, the digest approved is the one published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from county import LONG_AGO
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Agency, Role, User
from gongkai.documents.actions import record_instruction
from gongkai.documents.models import RecordedInstruction
from gongkai.publishing import actions
from gongkai.publishing.forms import DecisionForm
from gongkai.publishing.models import Approval, Item, ItemVersion
from gongkai.publishing.vouched import ALL_GATES, NO_GATES, Vouched
from gongkai_core.refusals import Refused
from gongkai_core.review_chain import SIX
from gongkai_core.states import ITEM_VERSION

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def refused(act, *args, **facts):
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    assert caught.value.refusal.message
    return caught.value.refusal


def test_the_author_may_not_review_or_sign_even_in_both_posts(finance, today):
    for role in (Role.REVIEWER, Role.PUBLISHER):
        appoint(finance.drafter, role, finance.agency, by=None, on=LONG_AGO)
    version = finance.submitted()
    refusal = refused(actions.approve_review, version, by=finance.drafter, today=today, vouched=ALL_GATES)
    assert refusal.code == "not_author" and "第十七条" in refusal.article
    version = actions.approve_review(version, by=finance.reviewer, today=today, vouched=ALL_GATES)
    assert refused(actions.sign_and_publish, version, by=finance.drafter, today=today).code == "not_author"
    assert refused(actions.return_, version, by=finance.drafter, today=today, remarks="改").code == "not_author"


def test_the_database_refuses_an_approval_by_the_author(finance):
    version = finance.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            version=version,
            round=1,
            step=0,
            kind="review",
            digest=version.digest,
            reviewer=finance.drafter,
            author=finance.drafter,
            secrecy_passed=True,
            at=timezone.now(),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(secrecy_by=finance.drafter)


def test_the_database_refuses_a_review_without_the_secrecy_review(finance):
    version = finance.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            version=version,
            round=1,
            step=0,
            kind="secrecy_review",
            digest=version.digest,
            reviewer=finance.reviewer,
            author=finance.drafter,
            at=timezone.now(),
        )


@pytest.mark.parametrize(
    "missing",
    [
        {"secrecy_by": None},
        {"signed_by": None},
        {"secrecy_passed_at": None},
        {"approved_digest": ""},
        {"approved_digest": "0" * 64},
        {"digest": "0" * 64},
        {"openness": "on_request", "openness_reason": "理由", "openness_article": "依据"},
    ],
)
def test_the_database_refuses_a_public_version_without_approvals(finance, missing):
    version = finance.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(**missing)


def test_the_database_refuses_secrecy_passed_after_publication(finance):
    version = finance.published()
    late = version.published_at + timedelta(seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(secrecy_passed_at=late)


@pytest.mark.parametrize("missing", [{"index_no": ""}, {"published_version": None}, {"column_serial": None}])
def test_the_database_refuses_a_public_item_that_is_incomplete(finance, missing):
    item = finance.published().item
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**missing)


def test_the_database_refuses_a_closed_item_without_ground(finance):
    version = finance.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=version.item_id).update(openness="closed")


def test_the_review_says_that_secrecy_was_reviewed(finance, today):
    version = finance.submitted()
    refusal = refused(actions.approve_review, version, by=finance.reviewer, today=today, vouched=NO_GATES)
    assert refusal.code == "secrecy_reviewed" and "保密法第三十五条" in refusal.article


def test_of_two_reviewers_one_wins_and_the_other_is_told_who_when(finance, today, county):
    second = User.objects.create_user("second", "另一审核人")
    appoint(second, Role.REVIEWER, finance.agency, by=None, on=LONG_AGO)
    version = finance.submitted()
    seen_by_second = ItemVersion.objects.select_related("item").get(pk=version.pk)
    actions.approve_review(version, by=finance.reviewer, today=today, vouched=ALL_GATES)
    refusal = refused(actions.approve_review, seen_by_second, by=second, today=today, vouched=ALL_GATES)
    assert refusal.code == "wrong_state"
    assert f"{finance.reviewer.name}已于 {timezone.localtime():%Y-%m-%d}" in refusal.message
    assert "审核通过" in refusal.message
    assert Approval.objects.count() == 1


def test_the_database_has_one_approval_a_stage_and_round(finance):
    version = finance.reviewed()
    approval = Approval.objects.get()
    approval.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        approval.save(force_insert=True)
    assert version.approvals.count() == 1


def test_an_approval_is_for_what_was_read(finance, today):
    version = finance.submitted()
    refusal = refused(
        actions.approve_review, version, by=finance.reviewer, today=today, vouched=Vouched(SIX, seen="0" * 64)
    )
    assert refusal.code == "content_moved"


def test_content_that_moved_behind_the_digest_is_not_published(finance, today):
    version = finance.reviewed()
    ItemVersion.objects.filter(pk=version.pk).update(body="<p>换过的正文</p>")
    assert refused(actions.sign_and_publish, version, by=finance.publisher, today=today).code == "digest_approved"
    assert not Item.objects.public().exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "另一个标题"),
        ("docno", "青财〔2020〕8号"),
        ("topic", "04"),
        ("genre", "letter"),
        ("normative_kind", "normdoc"),
    ],
)
def test_the_digest_covers_whatever_is_shown(finance, today, field, value):
    version = finance.draft(docno="青财〔2020〕7号", formed_on=LONG_AGO)
    before = version.digest
    edited = actions.edit(version, by=finance.drafter, today=today, body=version.body, **{field: value})
    assert edited.digest != before


def test_an_important_item_takes_three_persons(finance, today):
    appoint(finance.reviewer, Role.PUBLISHER, finance.agency, by=None, on=LONG_AGO)
    important = finance.reviewed(item_class="important")
    assert refused(actions.sign_and_publish, important, by=finance.reviewer, today=today).code == "another_person"
    ordinary = finance.reviewed(title="关于放假的通知")
    assert actions.sign_and_publish(ordinary, by=finance.reviewer, today=today).state == "published"


@pytest.fixture
def word_of(finance, county):
    """The reviewer's word by telephone, entered by somebody of the organ."""

    def enter(entered_by, leader=None):
        return record_instruction(
            finance.agency,
            leader=leader or finance.reviewer,
            channel="telephone",
            given_at=timezone.now(),
            words="同意公开。",
            by=entered_by,
            today=timezone.localdate(),
        )

    return enter


def test_a_leaders_word_counts_as_the_leaders(finance, today, word_of):
    version = finance.submitted()
    word = word_of(finance.publisher)
    version = actions.approve_review(version, by=finance.publisher, today=today, vouched=Vouched(SIX, instruction=word))
    approval = Approval.objects.get()
    assert (approval.reviewer, approval.instruction) == (finance.reviewer, word)
    assert version.secrecy_by == finance.reviewer


def test_the_author_may_not_enter_the_word_instead(finance, today, word_of):
    version = finance.submitted()
    word = word_of(finance.drafter)
    for by in (finance.drafter, finance.publisher):
        refusal = refused(actions.approve_review, version, by=by, today=today, vouched=Vouched(SIX, instruction=word))
        assert refusal.code == "author_recorded"


def test_a_word_of_another_organ_does_not_count(finance, education, today, county):
    word = record_instruction(
        education.agency,
        leader=education.reviewer,
        channel="paper",
        given_at=timezone.now(),
        words="同意。",
        by=education.publisher,
        today=today,
    )
    refusal = refused(
        actions.approve_review,
        finance.submitted(),
        by=finance.publisher,
        today=today,
        vouched=Vouched(SIX, instruction=word),
    )
    assert refusal.code == "foreign_instruction"


def test_a_word_counts_for_one_text_and_one_round_of_it(finance, county, today, word_of):
    version = finance.submitted()
    word = word_of(finance.publisher)
    given = {"by": finance.publisher, "today": today, "vouched": Vouched(SIX, instruction=word)}
    version = actions.approve_review(version, **given)
    version = actions.return_(version, by=county.person("财政局", Role.PUBLISHER), today=today, remarks="改")
    version = actions.submit(version, by=finance.drafter, today=today)
    assert refused(actions.approve_review, version, **given).code == "used_word"
    other = finance.submitted(title="关于放假的通知")
    RecordedInstruction.objects.filter(pk=word.pk).update(given_at=timezone.now())
    word.refresh_from_db()
    assert refused(actions.approve_review, other, **given).code == "used_word"
    assert word not in getattr(DecisionForm(other).fields.get("instruction"), "queryset", ())


def test_no_word_is_entered_before_it_is_given(finance, today):
    with pytest.raises(Refused, match="批示时间"):
        record_instruction(
            finance.agency, leader=finance.reviewer, channel="paper", given_at=timezone.now() + timedelta(days=2),
            words="同意。", by=finance.publisher, today=today,
        )  # fmt: skip


def acts(version, by, today):
    who = {"by": by, "today": today}
    return {
        "edit": lambda: actions.edit(version, body="<p>文</p>", **who),
        "submit": lambda: actions.submit(version, **who),
        "discard": lambda: actions.discard(version, **who),
        "approve_review": lambda: actions.approve_review(version, vouched=ALL_GATES, **who),
        "return": lambda: actions.return_(version, remarks="请改", **who),
        "sign_and_publish": lambda: actions.sign_and_publish(version, **who),
        "revise": lambda: actions.revise(version.item, **who),
        "withdraw": lambda: actions.withdraw(version.item, kind="open", reason="失效", **who),
    }


STATES = {
    "draft": lambda chain: chain.draft(),
    "in_review": lambda chain: chain.submitted(),
    "in_signing": lambda chain: chain.reviewed(),
    "returned": lambda chain: actions.return_(
        chain.submitted(), by=chain.reviewer, today=timezone.localdate(), remarks="请改"
    ),
    "published": lambda chain: chain.published(),
    "discarded": lambda chain: actions.discard(chain.draft(), by=chain.drafter, today=timezone.localdate()),
}


OF_A_STEP = ("approve_review", "return", "sign_and_publish")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["drafter", "reviewer", "publisher"])
def test_every_state_every_act_every_role_as_the_table_says(finance, today, state, role):
    """A person may exactly what the state table gives the role in that state."""
    for name in acts(None, None, None):
        version = STATES[state](finance)
        assert version.state == state
        allowed = ITEM_VERSION.refusal(state, name, roles=[role]) is None
        # Of those whom the table lets do a step, its frozen chain asks for one role.
        allowed = allowed and (name not in OF_A_STEP or role == version.waits_for)
        with transaction.atomic():
            if allowed:
                acts(version, getattr(finance, role), today)[name]()
            else:
                before = ItemVersion.objects.values().get(pk=version.pk)
                refusal = refused(acts(version, getattr(finance, role), today)[name])
                assert refusal.code in ("wrong_state", "wrong_role"), (state, name, refusal)
                assert ItemVersion.objects.values().get(pk=version.pk) == before


def test_a_foreign_organs_people_may_nothing(finance, education, today):
    for state, make in STATES.items():
        for person in (education.drafter, education.reviewer, education.publisher):
            for name in acts(None, None, None):
                refusal = refused(acts(make(finance), person, today)[name])
                assert refusal.code in ("wrong_state", "wrong_role"), (state, name)


def test_a_village_has_no_items(county, finance, today):
    Agency.objects.filter(pk=finance.agency.pk).update(legal_kind="village")
    finance.agency.refresh_from_db()
    assert (
        refused(
            actions.draft,
            finance.agency,
            title="通知",
            column=finance.column(),
            body="文",
            by=finance.drafter,
            today=today,
        ).code
        == "no_organ"
    )
