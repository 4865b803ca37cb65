"""An item over HTTP: written, reviewed with its secrecy review, signed, read by the public, and nobody else's."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from county import LONG_AGO
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, User
from gongkai.documents.actions import record_instruction
from gongkai.publishing import actions
from gongkai.publishing.models import Approval, Item, ItemVersion, Publication
from gongkai.publishing.tasks import read_baked
from gongkai.publishing.vouched import ALL_GATES
from gongkai.trail.chain import verify

pytestmark = pytest.mark.django_db

POST = {
    "title": "青禾县财政局关于编制预算的通知",
    "openness": "open",
    "docno": "青财〔2020〕7号",
    "formed_on": "2020-04-02",
    "backdated_reason": "档案补录",
    "body": "各单位：\n现将预算编制事项通知如下。\n一、按时报送。<附件另行印发>",
    "item_class": "ordinary",
    "topic": "04",
}


@pytest.fixture
def typed(finance):
    return {**POST, "column": finance.column().pk}


def address(name, item):
    return reverse(f"publishing:{name}", args=[item.public_id])


def digest(item):
    return item.versions.order_by("-number").first().digest


def test_written_reviewed_signed_and_read_by_everyone(
    finance, typed, enter, client, django_capture_on_commit_callbacks
):
    clerk, reviewer, publisher = map(enter, (finance.drafter, finance.reviewer, finance.publisher))
    assert "发布机构" in clerk.get(reverse("publishing:desk_compose")).content.decode()
    response = clerk.post(reverse("publishing:desk_compose"), {**typed, "then": "submit"}, follow=True)
    item = Item.objects.get()
    assert "待审核" in response.content.decode()
    assert client.get(item.get_absolute_url()).status_code == 404

    assert POST["title"] in reviewer.get(address("desk_review", item)).content.decode()
    verdict = {"seen": digest(item), "step": 0, "verdict": "approve", "passed": "on"}
    assert "待签发" in reviewer.post(address("desk_review", item), verdict, follow=True).content.decode()
    assert client.get(item.get_absolute_url()).status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        response = publisher.post(
            address("desk_sign", item), {"seen": digest(item), "step": 1, "verdict": "approve"}, follow=True
        )
    assert "已签发" in response.content.decode()

    item = Item.objects.get()
    version = item.published_version
    page = client.get(item.get_absolute_url())
    assert page.status_code == 200
    assert page.content == read_baked(item.public_id)
    text = page.content.decode()
    assert version.body in text
    assert "&lt;附件另行印发&gt;" in text
    for shown in (POST["title"], POST["docno"], item.index_no, "财政、金融、审计", "2020-04-02", "通知"):
        assert shown in text
    for tag in ("ArticleTitle", "PubDate", "ContentSource", "ColumnName", "SiteName", "Url"):
        assert f'<meta name="{tag}"' in text
    assert not page.cookies
    assert "csrf" not in text
    assert Publication.objects.get().channel == "website"
    assert {approval.digest for approval in Approval.objects.all()} == {version.digest}
    assert finance.drafter.pk not in Approval.objects.values_list("reviewer", flat=True)
    assert Approval.objects.get(kind="review").secrecy_passed
    assert verify().holds


def test_a_draft_keeps_what_was_typed_when_something_is_missing(finance, typed, enter):
    clerk = enter(finance.drafter)
    response = clerk.post(reverse("publishing:desk_compose"), {**typed, "formed_on": "", "then": "submit"})
    assert response.status_code == 200
    text = response.content.decode()
    assert "有发文字号的公文须填成文日期" in text
    assert POST["title"] in text and "一、按时报送。" in text
    assert not Item.objects.exists()


def test_a_marked_text_is_not_stored(finance, typed, enter):
    clerk = enter(finance.drafter)
    for mark in ("机密★10年", "秘密", "此件不公开", "（此件依申请公开）"):
        response = clerk.post(reverse("publishing:desk_compose"), {**typed, "body": f"{mark}\n正文。", "then": "keep"})
        assert "没有保存" in response.content.decode()
    assert not ItemVersion.objects.exists()


def test_a_word_of_secrecy_in_a_sentence_is_no_mark(finance, typed, enter):
    clerk = enter(finance.drafter)
    body = "各单位：\n要遵守保密规定，不得泄露国家秘密和商业秘密。"
    clerk.post(reverse("publishing:desk_compose"), {**typed, "body": body, "then": "keep"})
    assert ItemVersion.objects.count() == 1


def test_what_is_not_open_needs_a_ground_and_never_goes_for_review(finance, typed, enter):
    clerk = enter(finance.drafter)
    closed = {**typed, "openness": "closed"}
    response = clerk.post(reverse("publishing:desk_compose"), {**closed, "then": "keep"})
    assert "须写明理由" in response.content.decode()
    closed |= {"exemption": "E16_1", "openness_note": "只涉及本机关内部流转，不影响他人权利"}
    closed |= {"openness_reason": "人员考勤的内部工作流程，属内部事务信息，不对外发生效力"}
    clerk.post(reverse("publishing:desk_compose"), {**closed, "then": "keep"})
    item = Item.objects.get()
    clerk.post(address("desk_submit", item))
    item.refresh_from_db()
    assert item.state == "draft"


def test_the_author_is_shown_greyed_buttons_and_may_not_approve(finance, county, enter):
    for role in (Role.REVIEWER, Role.PUBLISHER):
        appoint(finance.drafter, role, finance.agency, by=None, on=LONG_AGO)
    version = finance.submitted()
    clerk = enter(finance.drafter)
    text = clerk.get(address("desk_item", version.item)).content.decode()
    assert "拟稿人不得审核、签发自己拟的稿件" in text and "条例第十七条" in text
    verdict = {"seen": version.digest, "step": 0, "verdict": "approve", "passed": "on"}
    response = clerk.post(address("desk_review", version.item), verdict)
    assert "拟稿人不得审核、签发自己拟的稿件" in response.content.decode()
    version.refresh_from_db()
    assert version.state == "in_review" and not Approval.objects.exists()


def test_returned_mended_and_sent_again(finance, enter):
    version = finance.reviewed()
    item = version.item
    publisher, clerk = enter(finance.publisher), enter(finance.drafter)
    no_words = publisher.post(address("desk_sign", item), {"seen": version.digest, "step": 1, "verdict": "return"})
    assert "须写明意见" in no_words.content.decode()
    publisher.post(
        address("desk_sign", item), {"seen": version.digest, "step": 1, "verdict": "return", "remarks": "日期有误"}
    )
    assert "日期有误" in clerk.get(address("desk_edit", item)).content.decode()
    typed = {**POST, "column": version.column_id, "seen": version.digest, "then": "submit"}
    clerk.post(address("desk_edit", item), typed)
    version.refresh_from_db()
    assert (version.state, version.round, version.title) == ("in_review", 2, POST["title"])
    assert version.secrecy_by is None
    item.refresh_from_db()
    assert item.title == POST["title"]
    # The old review is on record but is not this round's.
    assert Approval.objects.get().round == 1


def test_a_second_window_does_not_overwrite_the_first(finance, enter):
    version = finance.draft()
    clerk = enter(finance.drafter)
    typed = {**POST, "column": version.column_id, "seen": version.digest, "then": "keep"}
    clerk.post(address("desk_edit", version.item), typed)
    response = clerk.post(address("desk_edit", version.item), {**typed, "body": "旧窗口里的文字"})
    assert "已在别的窗口保存过" in response.content.decode()
    assert "旧窗口里的文字" in response.content.decode()
    version.refresh_from_db()
    assert "预算编制事项" in version.body


def test_a_revision_leaves_the_old_text_public_until_it_is_signed(finance, enter, client):
    version = finance.published()
    item = version.item
    clerk = enter(finance.drafter)
    before = client.get(item.get_absolute_url()).content
    clerk.post(address("desk_revise", item))
    typed = {**POST, "column": version.column_id, "then": "submit"}
    clerk.post(address("desk_edit", item), typed)
    assert client.get(item.get_absolute_url()).content == before
    second = item.versions.get(number=2)
    day = version.published_at.date()
    with finance.capture(execute=True):
        second = actions.approve_review(second, by=finance.reviewer, today=day, vouched=ALL_GATES)
        actions.sign_and_publish(second, by=finance.publisher, today=day)
    after = client.get(item.get_absolute_url()).content.decode()
    assert POST["title"] in after and "关于做好防汛工作的通知" not in after
    version.refresh_from_db()
    item.refresh_from_db()
    assert (version.state, item.state, item.column_serial) == ("superseded", "published", 1)
    assert item.index_no == version.item.index_no
    assert Publication.objects.filter(item=item).count() == 1


def test_every_foreign_address_is_a_404(finance, education, enter):
    version = finance.submitted()
    stranger = enter(education.drafter)
    names = ["item", "edit", "submit", "discard", "revise", "review", "sign", "withdraw", "validity", "channel"]
    for name in names:
        url = address(f"desk_{name}", version.item)
        assert stranger.get(url).status_code in ((405,) if name in ("submit", "discard", "revise") else (404,)), name
        assert stranger.post(url).status_code == 404, name
    assert version.title not in stranger.get(reverse("publishing:desk_items")).content.decode()
    version.refresh_from_db()
    assert version.state == "in_review"


def test_the_desk_asks_for_a_login(finance, client):
    version = finance.draft()
    for name in ("desk_items", "desk_compose", "desk_import", "desk_batches"):
        response = client.get(reverse(f"publishing:{name}"))
        assert response.status_code == 302 and reverse("desk:login") in response["Location"]
    assert client.get(address("desk_item", version.item)).status_code == 302
    assert client.post(address("desk_submit", version.item)).status_code == 302


def test_a_leaders_word_is_entered_over_http_by_a_colleague_not_the_author(finance, county, enter, today):
    version = finance.submitted()
    colleague = User.objects.create_user("colleague", "同事")
    appoint(colleague, Role.DRAFTER, finance.agency, by=None, on=LONG_AGO)
    url = address("desk_review", version.item)
    verdict = {"seen": version.digest, "step": 0, "verdict": "approve", "passed": "on"}
    assert "“审核”由财政局的审核人办理" in enter(colleague).post(url, verdict).content.decode()
    word = record_instruction(
        finance.agency,
        leader=finance.reviewer,
        channel="telephone",
        given_at=timezone.now(),
        words="同意公开。",
        by=colleague,
        today=today,
    )
    assert "审核（代录批示）" in enter(colleague).get(address("desk_item", version.item)).content.decode()
    assert "审核（代录批示）" not in enter(finance.drafter).get(address("desk_item", version.item)).content.decode()
    by_author = enter(finance.drafter).post(url, {**verdict, "instruction": word.pk})
    assert "拟稿人不得以代录批示代替" in by_author.content.decode()
    enter(colleague).post(url, {**verdict, "instruction": word.pk})
    approval = Approval.objects.get()
    assert (approval.reviewer, approval.instruction) == (finance.reviewer, word)


def test_after_a_refusal_the_next_decision_is_about_what_is_shown(finance, enter):
    version = finance.submitted()
    url = address("desk_review", version.item)
    verdict = {"seen": "0" * 64, "step": 0, "verdict": "approve", "passed": "on"}
    text = enter(finance.reviewer).post(url, verdict).content.decode()
    assert "内容有了改动" in text and version.digest in text


def test_the_disclosure_office_sees_every_organ_and_filters(finance, education, county, enter):
    finance.draft(title="财政的稿子")
    education.draft(title="教育的稿子")
    office = enter(county.person("县政府", Role.DISCLOSURE_OFFICE))
    url = reverse("publishing:desk_items")
    text = office.get(url).content.decode()
    assert "财政的稿子" in text and "教育的稿子" in text
    text = office.get(url, {"agency": finance.agency.public_id, "state": "draft", "q": "稿子"}).content.decode()
    assert "财政的稿子" in text and "教育的稿子" not in text
    # Another organ's key typed into the address is no way in.
    assert "教育的稿子" not in enter(finance.drafter).get(url, {"agency": education.agency.public_id}).content.decode()
