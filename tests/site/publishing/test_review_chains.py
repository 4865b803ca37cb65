"""Review as data: chains per organ and class, steps in their order, returns, the short chain, samples, the paper."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from county import LONG_AGO
from gongkai.agencies.actions import appoint
from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Role, Setting, User
from gongkai.documents.actions import record_instruction
from gongkai.publishing import actions
from gongkai.publishing.models import Approval, Draw, Item, ItemVersion, ReviewChain, Sample
from gongkai.publishing.queues import tasks
from gongkai.publishing.review_chains import chain_in_force
from gongkai.publishing.samples import candidates, drawn_again, month_of
from gongkai.publishing.vouched import ALL_GATES, NO_GATES, Vouched
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused
from gongkai_core.review_chain import GATES, SIX, THREE_REVIEWS, Chain, Step

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LONGER = Chain(
    (
        Step("first_review", "reviewer", "初审", ("wording",), distinct=True),
        Step("secrecy_review", "secrecy_reviewer", gates=("secrecy",), distinct=True),
        Step("legal_review", "legal_reviewer", gates=("law", "policy", "political", "direction")),
        Step("sign", "publisher", distinct=True),
    )
)


def refused(act, *args, **facts):
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.refusal


def address(name, item):
    return reverse(f"publishing:{name}", args=[item.public_id])


def post_to(finance, *roles):
    """A new person of the organ in these posts."""
    user = User.objects.create_user(f"new-{User.objects.count()}", f"同事{User.objects.count()}")
    for role in roles:
        appoint(user, role, finance.agency, by=None, on=LONG_AGO)
    return user


@pytest.fixture
def office(county):
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


@pytest.fixture
def longer(finance, office, today):
    """财政局's own chain of four steps, and the people for it."""
    actions.set_chain(finance.agency, item_class="ordinary", chain=LONGER, by=office, today=today)
    return {"secrecy": post_to(finance, Role.SECRECY_REVIEWER), "legal": post_to(finance, Role.LEGAL_REVIEWER)}


def walked(version, *people, today):
    for person in people:
        version = actions.approve_review(version, by=person, today=today, vouched=ALL_GATES)
    return version


def test_each_step_of_an_organs_own_chain_waits_for_its_role(finance, education, longer, today):
    version = finance.submitted()
    seen = []
    for person in (finance.reviewer, longer["secrecy"], longer["legal"]):
        (task,) = tasks(person, on=today)
        seen.append((version.state, task.kind))
        for other in {finance.reviewer, longer["secrecy"], longer["legal"], finance.publisher} - {person}:
            assert tasks(other, on=today) == []
            assert (
                refused(actions.approve_review, version, by=other, today=today, vouched=ALL_GATES).code == "wrong_role"
            )
        assert refused(actions.sign_and_publish, version, by=finance.publisher, today=today).code == "wrong_state"
        version = walked(version, person, today=today)
    assert seen == [("in_review", "初审"), ("in_review", "保密审查"), ("in_review", "法律审核")]
    assert version.state == "in_signing" and version.secrecy_by == longer["secrecy"]
    assert actions.sign_and_publish(version, by=finance.publisher, today=today).state == "published"
    assert [row.name for row in Approval.objects.all()] == ["初审", "保密审查", "法律审核", "签发"]
    assert education.submitted().steps[0].label == "审核", "the other organ keeps the default"


def test_three_reviews_take_three_different_persons(finance, office, today):
    actions.set_chain(None, item_class="important", chain=THREE_REVIEWS, by=office, today=today)
    appoint(finance.reviewer, Role.PUBLISHER, finance.agency, by=None, on=LONG_AGO)
    version = walked(finance.submitted(item_class="important"), finance.reviewer, today=today)
    assert refused(actions.approve_review, version, by=finance.reviewer, today=today, vouched=ALL_GATES).code == (
        "another_person"
    )
    assert tasks(finance.reviewer, on=today) == []
    second = post_to(finance, Role.REVIEWER)
    version = walked(version, second, today=today)
    assert refused(actions.sign_and_publish, version, by=finance.reviewer, today=today, vouched=ALL_GATES).code == (
        "another_person"
    )
    actions.sign_and_publish(version, by=finance.publisher, today=today, vouched=ALL_GATES)
    persons = {row.reviewer for row in Approval.objects.all()}
    assert persons == {finance.reviewer, second, finance.publisher}
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(step=1).update(reviewer=finance.reviewer)


def test_the_chain_in_force_at_submission_holds_for_that_round(finance, office, longer, today):
    version = finance.submitted()
    actions.set_chain(finance.agency, item_class="ordinary", chain=None, by=office, today=today)
    assert chain_in_force(finance.agency, "ordinary").steps[0].label == "审核"
    version = walked(version, finance.reviewer, longer["secrecy"], today=today)
    version = actions.return_(version, by=longer["legal"], today=today, remarks="重拟")
    version = actions.submit(version, by=finance.drafter, today=today)
    assert [step.label for step in version.steps] == ["审核", "签发"]


def test_a_return_to_an_earlier_step_keeps_what_was_approved_before_it(finance, longer, today, enter):
    version = walked(finance.submitted(), finance.reviewer, longer["secrecy"], longer["legal"], today=today)
    page = enter(finance.publisher).get(address("desk_sign", version.item)).content.decode()
    assert "退回给" in page and "初审" in page
    verdict = {"seen": version.digest, "step": 3, "verdict": "return", "to": "1", "remarks": "请再核对密点"}
    enter(finance.publisher).post(address("desk_sign", version.item), verdict)
    version.refresh_from_db()
    assert (version.state, version.position, version.secrecy_by) == ("in_review", 1, None)
    assert [(row.step, row.valid) for row in Approval.objects.order_by("step")] == [(0, True), (1, False), (2, False)]
    assert tasks(longer["secrecy"], on=today)[0].kind == "保密审查"
    assert "退回给保密审查" in enter(finance.drafter).get(address("desk_item", version.item)).content.decode()
    version = walked(version, longer["secrecy"], longer["legal"], today=today)
    actions.sign_and_publish(version, by=finance.publisher, today=today)
    assert Approval.objects.filter(valid=True).count() == 4 and Approval.objects.count() == 6
    assert refused(
        actions.return_, finance.submitted(title="另一篇"), by=finance.reviewer, today=today, to=0, remarks="退"
    )


def test_a_stale_page_does_not_pass_the_next_step(finance, office, today, enter):
    actions.set_chain(None, item_class="ordinary", chain=THREE_REVIEWS, by=office, today=today)
    second = post_to(finance, Role.REVIEWER)
    version = finance.submitted()
    form = {"seen": version.digest, "step": 0, "verdict": "approve", "passed": "on"}
    enter(finance.reviewer).post(address("desk_review", version.item), form)
    text = enter(second).post(address("desk_review", version.item), form).content.decode()
    assert f"{finance.reviewer.name}已于" in text and "已经办过" in text
    assert Approval.objects.count() == 1


def test_six_gates_in_one_line_for_ordinary_items_and_singly_for_sensitive_ones(finance, today, office, enter):
    reviewer = enter(finance.reviewer)
    ordinary = finance.submitted()
    text = reviewer.get(address("desk_review", ordinary.item)).content.decode()
    assert "已过政治、导向、法律、政策、保密、文字关" in text and 'name="passed"' in text and 'name="gates"' not in text
    sensitive = finance.submitted(title="关于征地补偿的公告", item_class="sensitive")
    url = address("desk_review", sensitive.item)
    assert reviewer.get(url).content.decode().count('name="gates"') == 6
    form = {"seen": sensitive.digest, "step": 0, "verdict": "approve"}
    without = [gate for gate in GATES if gate != "law"]
    assert "六关还没有勾全" in reviewer.post(url, {**form, "gates": without}).content.decode()
    assert "还没有通过保密审查" in reviewer.post(url, {**form, "gates": ["law"]}).content.decode()
    reviewer.post(url, {**form, "gates": list(GATES)})
    assert set(Approval.objects.get().gates) == SIX
    # Sensitive items pass the disclosure office too before they are signed.
    sensitive.refresh_from_db()
    assert [task.kind for task in tasks(office, on=today)] == ["政务公开办审核"]
    assert "没有保密审查" not in enter(office).get(url).content.decode()
    sensitive = actions.approve_review(sensitive, by=office, today=today, vouched=NO_GATES)
    assert sensitive.state == "in_signing"


def test_the_office_reviews_the_governments_documents_and_what_the_setting_names(county, finance, office, today):
    from_government = {"docno": "青政发〔2026〕1号", "formed_on": today}
    chain = type(finance)(county, "县政府", finance.capture)
    labels = [step.label for step in chain.submitted(**from_government).steps]
    assert labels == ["审核", "政务公开办审核", "签发"]
    assert "政务公开办审核" not in [step.label for step in chain.submitted(title="关于停水的公告").steps]
    Setting.objects.create(key="publishing.office_reviews", value="home")
    Setting.objects.create(key="publishing.home_columns", value="A20_04")
    assert len(chain.submitted(title="二", docno="青政发〔2026〕2号", formed_on=today).steps) == 2
    assert len(finance.submitted(title="统计信息", column=finance.column("A20_04")).steps) == 3


def test_what_cannot_be_configured_is_refused(finance, office, today):
    secrecy, sign = Step("review", "reviewer", gates=tuple(GATES)), Step("sign", "publisher")
    late = Step("secrecy_review", "reviewer", gates=("secrecy",), deferred=True)
    but_secrecy = Step("review", "reviewer", gates=tuple(gate for gate in GATES if gate != "secrecy"))
    for chain, urgent, code in (
        (Chain((secrecy,)), False, "length"),
        (Chain((secrecy, secrecy)), False, "one_signature"),
        (Chain((sign, secrecy)), False, "deferred_order"),
        (Chain((but_secrecy, sign, late)), True, "secrecy_first"),
        (Chain((but_secrecy, sign)), False, "secrecy_first"),
        (Chain((secrecy, sign, Step("proof", "reviewer", deferred=True))), False, "deferred_urgent"),
        (Chain((secrecy, Step("sign", "reviewer"))), False, "sign_role"),
        (Chain((Step("secrecy_review", "reviewer", gates=("secrecy",)), sign)), False, "six_gates"),
        (Chain((Step("secrecy_review", "reviewer"), secrecy, sign)), False, "secrecy_gate"),
    ):
        given = {"item_class": "ordinary", "chain": chain, "urgent": urgent, "by": office, "today": today}
        assert refused(actions.set_chain, finance.agency, **given).code == code
    given = {"item_class": "ordinary", "chain": LONGER, "by": finance.publisher, "today": today}
    assert refused(actions.set_chain, finance.agency, **given).code == "needs_role"
    assert not ReviewChain.objects.exists()


def test_the_office_edits_a_chain_on_the_desk_and_its_history_stays(finance, office, enter):
    clerk = enter(office)
    assert enter(finance.publisher).get(reverse("publishing:desk_chains")).status_code == 404
    url = reverse("publishing:desk_chain", args=["important", "ordinary"])
    page = clerk.get(f"{url}?organ={finance.agency.public_id}&template=three_reviews").content.decode()
    assert "初审、一校" in page and "终审、三校" in page
    rows = [
        ("review", "复核", "reviewer", list(GATES), "on"),
        ("sign", "", "publisher", [], "on"),
        ("", "", "", [], ""),
    ]
    typed = {"step-TOTAL_FORMS": "3", "step-INITIAL_FORMS": "3", "singly": "on"}
    for number, (kind, name, role, gates, distinct) in enumerate(rows):
        typed |= {f"step-{number}-kind": kind, f"step-{number}-name": name, f"step-{number}-role": role}
        typed |= {f"step-{number}-gates": gates, **({f"step-{number}-distinct": "on"} if distinct else {})}
    without_secrecy = {**typed, "step-0-gates": ["law"]}
    text = clerk.post(f"{url}?organ={finance.agency.public_id}", without_secrecy).content.decode()
    assert "签发之前须有保密审查" in text and "复核" in text, "nothing typed is lost"
    assert clerk.post(f"{url}?organ={finance.agency.public_id}", typed).status_code == 302
    chain = chain_in_force(finance.agency, "important")
    assert [step.label for step in chain.steps] == ["复核", "签发"] and chain.singly and chain.persons == 3
    listed = clerk.get(reverse("publishing:desk_chains")).content.decode()
    assert "复核 → 签发" in listed and "财政局" in listed
    assert Entry.objects.get(verb="publishing.set_chain").facts["before"] is None
    clerk.post(f"{url}?organ={finance.agency.public_id}", {**typed, "then": "default"})
    assert not ReviewChain.objects.exists()
    assert clerk.get(reverse("publishing:desk_chain", args=["unknown", "ordinary"])).status_code == 404


def test_the_office_is_told_which_steps_of_an_organ_nobody_can_do(finance, county, office, enter, today):
    """A text sent up there would wait for ever; one's own text is no work for oneself."""
    url = reverse("publishing:desk_chains")
    assert finance.reviewer and finance.publisher
    page = enter(office).get(url).content.decode()
    assert "没有人办的单位" not in page
    actions.set_chain(finance.agency, item_class="ordinary", chain=LONGER, by=office, today=today)
    county.person("教育局", Role.DRAFTER)
    page = enter(office).get(url).content.decode()
    told = page.partition("没有人办的单位")[2].partition("改动记录")[0]
    assert "教育局" in told
    assert "财政局" in told
    county.person("财政局", Role.LEGAL_REVIEWER)
    county.person("财政局", Role.SECRECY_REVIEWER)
    told = enter(office).get(url).content.decode().partition("没有人办的单位")[2].partition("改动记录")[0]
    assert "财政局" not in told


def test_an_urgent_text_is_public_after_two_and_reviewed_in_full_afterwards(finance, office, enter, client):
    monday = date(2026, 3, 2)
    version = actions.submit(finance.draft(today=monday), by=finance.drafter, today=monday, urgent_reason="汛情紧急")
    version = walked(version, finance.reviewer, today=monday)
    assert version.state == "in_signing"
    with finance.capture(execute=True):
        version = actions.sign_and_publish(version, by=finance.publisher, today=monday)
    assert client.get(version.item.get_absolute_url()).status_code == 200
    assert version.recheck_by == date(2026, 3, 3) and version.standing == "已公开（待二校）"
    (task,) = tasks(finance.reviewer, on=date(2026, 3, 5))
    assert (task.kind, task.due, task.days_left) == ("二校", date(2026, 3, 3), -2)
    page = enter(office).get(reverse("publishing:desk_rechecks")).content.decode()
    assert "已超期 1 件" in page and "lamp-red" in page and "汛情紧急" in page
    assert (
        refused(actions.review_afterwards, version, by=finance.drafter, today=monday, vouched=ALL_GATES).code
        == "wrong_role"
    )
    reviewer, url = enter(finance.reviewer), address("desk_review", version.item)
    form = {"seen": version.digest, "step": 2, "verdict": "return"}
    assert "须写明意见" in reviewer.post(url, form).content.decode()
    reviewer.post(url, {**form, "remarks": "第一条有错字"})
    assert [(task.kind, task.note) for task in tasks(finance.drafter, on=monday)] == [("补审意见", "第一条有错字")]
    for step in (2, 3):
        reviewer.post(url, {**form, "step": step, "verdict": "approve", "passed": "on"})
    version.refresh_from_db()
    assert (version.recheck_by, version.waits_for, version.remarks) == (None, "", "")
    assert tasks(finance.drafter, on=monday) == [] and version.state == "published"
    assert set().union(*Approval.objects.values_list("gates", flat=True)) == SIX
    assert refused(actions.review_afterwards, version, by=finance.reviewer, today=monday).code == "steps_deferred"


def test_urgency_is_asked_for_on_the_page_where_the_text_is_written(finance, enter):
    typed = {"title": "关于转移群众的通告", "column": finance.column().pk, "openness": "open", "body": "立即转移。"}
    typed |= {"item_class": "ordinary", "topic": "02", "urgent_reason": "山洪预警", "then": "submit"}
    enter(finance.drafter).post(reverse("publishing:desk_compose"), typed)
    version = ItemVersion.objects.get()
    assert [step.label for step in version.steps][:2] == ["保密审查", "签发"] and version.urgent_reason == "山洪预警"


def test_what_a_newer_version_replaced_is_not_reviewed_afterwards(finance, today):
    version = actions.submit(finance.draft(), by=finance.drafter, today=today, urgent_reason="汛情")
    version = actions.sign_and_publish(
        walked(version, finance.reviewer, today=today), by=finance.publisher, today=today
    )
    newer = actions.revise(version.item, by=finance.drafter, today=today)
    newer = actions.edit(newer, by=finance.drafter, today=today, body="改过的正文")
    actions.sign_and_publish(finance.reviewed(newer), by=finance.publisher, today=today)
    version.refresh_from_db()
    assert (version.state, version.recheck_by, version.waits_for) == ("superseded", None, "")


def test_a_batch_walks_a_longer_chain_with_one_digest(finance, longer, today):
    batch = finance.imported()
    batch = actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=ALL_GATES)
    batch = actions.approve_batch(batch, by=longer["secrecy"], today=today, vouched=ALL_GATES)
    batch = actions.return_batch(batch, by=longer["legal"], today=today, remarks="再看一遍", to=0)
    assert (batch.state, batch.position) == ("in_review", 0)
    assert set(batch.versions.values_list("secrecy_by", "state")) == {(None, "in_review")}
    for person in (finance.reviewer, longer["secrecy"], longer["legal"]):
        batch = actions.approve_batch(batch, by=person, today=today, vouched=ALL_GATES)
    actions.publish_batch(batch, by=finance.publisher, today=today)
    assert Item.objects.public().count() == 3
    assert set(Approval.objects.values_list("digest", flat=True)) == {batch.digest}


@pytest.mark.parametrize("missing", [{"position": 2}, {"position": 1}, {"sign_at": None}, {"secrecy_by": None}])
def test_the_database_refuses_a_public_version_that_left_a_step_out(finance, longer, today, missing):
    version = walked(finance.submitted(), finance.reviewer, longer["secrecy"], longer["legal"], today=today)
    version = actions.sign_and_publish(version, by=finance.publisher, today=today)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(**missing)


def test_a_revision_is_shown_against_the_last_public_version(finance, today, enter):
    version = finance.published(
        body="一、补助每户1500元。\n二、由县财政局负责解释。", docno=f"青财〔{today.year}〕7号", formed_on=today
    )
    newer = actions.revise(version.item, by=finance.drafter, today=today)
    body = "一、补助每户1800元。\n二、由县财政局负责解释。\n三、自印发之日起施行。"
    newer = actions.edit(newer, by=finance.drafter, today=today, body=body, docno=f"青财〔{today.year}〕8号")
    finance.submitted(newer)
    text = enter(finance.reviewer).get(address("desk_review", version.item)).content.decode()
    assert "与第 1 版（已公开）对照" in text
    assert '<del><span class="visually-hidden">［删除：</span>1500元' in text
    assert '<ins><span class="visually-hidden">［新增：</span>1800元' in text
    assert "发文字号" in text and "［新增：</span>三、自印发之日起施行。" in text
    first = finance.submitted(title="第一次公开的")
    assert "对照" not in enter(finance.reviewer).get(address("desk_review", first.item)).content.decode()


def test_samples_are_drawn_by_a_seed_nobody_chose_and_findings_go_to_the_organ(finance, education, office, enter):
    march = date(2026, 3, 10)
    for number in range(8):
        finance.published(title=f"关于第{number}号事项的通知", today=march)
    education.published(title="教育局的通知", today=march)
    april, clerk = date(2026, 4, 2), enter(office)
    assert refused(actions.draw_samples, month=march, by=office, today=march).code == "month_not_over"
    for month, code in (("9999-12", "还没有结束"), ("0001-01", "没有可抽的条目")):
        assert code in enter(office).post(reverse("publishing:desk_samples"), {"month": month}).content.decode()
    assert refused(actions.draw_samples, month=march, by=finance.publisher, today=april).code == "needs_role"
    clerk.post(reverse("publishing:desk_samples"), {"month": "2026-03"})
    draw = Draw.objects.get(agency=finance.agency)
    assert (draw.candidates, draw.samples.count()) == (8, 5)
    assert Draw.objects.get(agency=education.agency).samples.count() == 1
    keys = [row.version.public_id for row in draw.samples.select_related("version").order_by("pk")]
    assert drawn_again(draw) == keys and len(candidates(finance.agency, month_of(march))) == 8
    draw.seed = "0" * 64
    assert drawn_again(draw) != keys, "another seed draws otherwise"
    assert refused(actions.draw_samples, month=march, by=office, today=april).code == "nothing_to_draw"
    sample = draw.samples.first()
    url = address("desk_sample", sample)
    assert "请选择结果；有问题的写明问题" in clerk.post(url, {"verdict": "finding"}).content.decode()
    clerk.post(url, {"verdict": "finding", "remarks": "附件打不开"})
    assert ("整改", "附件打不开") in [(task.kind, task.note) for task in tasks(finance.drafter, on=april)]
    assert enter(education.drafter).get(url).status_code == 404
    enter(finance.drafter).post(url, {"answer": "已补传附件"})
    sample.refresh_from_db()
    assert (sample.answer, sample.answered_by) == ("已补传附件", finance.drafter)
    assert "整改" not in [task.kind for task in tasks(finance.drafter, on=april)]
    assert len([task for task in tasks(office, on=april) if task.kind == "抽查"]) == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.filter(pk=sample.pk).update(remarks="")


def test_what_the_office_reviewed_before_is_not_drawn(finance, office, today):
    last_month = today.replace(day=1) - timedelta(days=3)
    version = walked(
        finance.submitted(item_class="sensitive", today=last_month), finance.reviewer, office, today=last_month
    )
    actions.sign_and_publish(version, by=finance.publisher, today=last_month)
    assert candidates(finance.agency, month_of(last_month)) == []
    assert refused(actions.draw_samples, month=last_month, by=office, today=today).code == "nothing_to_draw"


def pdf_text(content):
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_review_sheet_is_a_paper_by_itself(finance, longer, today, enter):
    draft = finance.draft()
    clerk = enter(finance.drafter)
    assert clerk.get(address("desk_review_sheet", draft.item)).status_code == 404
    version = walked(finance.submitted(draft), finance.reviewer, today=today)
    version = actions.return_(version, by=longer["secrecy"], today=today, remarks="请删去内部电话")
    version = actions.submit(version, by=finance.drafter, today=today)
    word = record_instruction(
        finance.agency, leader=finance.reviewer, channel="telephone", given_at=timezone.now(), words="同意公开",
        by=finance.publisher, today=today,
    )  # fmt: skip
    version = actions.approve_review(version, by=finance.publisher, today=today, vouched=Vouched(SIX, instruction=word))
    version = walked(version, longer["secrecy"], longer["legal"], today=today)
    assert "审核表" in clerk.get(address("desk_item", version.item)).content.decode()
    answer = clerk.get(address("desk_review_sheet", version.item))
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(pdf_text(answer.content).split())
    for words in (
        "政府信息公开审核表", version.title, finance.drafter.name, finance.reviewer.name, longer["secrecy"].name,
        "初审", "保密审查", "法律审核", "未办", "尚未签发", "代录批示", "尚未确认", "请删去内部电话", version.digest[:32], "第2次",
        *GATES.values(),
    ):  # fmt: skip
        assert words in text, words
    batch = finance.imported()
    assert enter(finance.reviewer).get(address("desk_batch_review_sheet", batch)).content.startswith(b"%PDF")


def test_the_last_day_of_the_review_afterwards_is_a_setting_in_working_days(finance, today):
    Setting.objects.create(key="publishing.recheck_days", value=3)
    version = actions.submit(finance.draft(), by=finance.drafter, today=today, urgent_reason="汛情")
    version = actions.sign_and_publish(
        walked(version, finance.reviewer, today=today), by=finance.publisher, today=today
    )
    assert version.recheck_by == office_calendar().add_workdays(today, 3)
