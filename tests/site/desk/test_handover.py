"""一键交接: everything moves or nothing, three persons, the account frozen, and what the successor finds."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from county import LONG_AGO, County, build
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role, User, WorkHandover
from gongkai.casework import actions as casework
from gongkai.casework.models import Case
from gongkai.desk import handover, kept_forms
from gongkai.desk.actions import hand_over
from gongkai.desk.models import KeptForm, KeptReason
from gongkai.documents.fonts import available
from gongkai.publishing import actions as publishing
from gongkai.publishing.models import Column, ItemVersion
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import ALL_GATES
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
APPLICANT, PHONE = "李慕白", "19900000000"


@pytest.fixture(autouse=True)
def forget() -> None:
    caches["shared"].clear()


class Scene:
    """One who leaves with a case, a draft and an unsent form; one who can take over; one who witnesses."""

    def __init__(self, county: County) -> None:
        self.county, self.today = county, timezone.localdate()
        self.organ = county.organs["财政局"]
        self.leaving, self.successor = self.person("leaving", "张离任"), self.person("successor", "王接任")
        self.office = county.person("县政府", Role.DISCLOSURE_OFFICE)
        self.case = self.new_case()
        draft = {"title": "财政专项通知", "column": Column.objects.get(code="A20_01"), "body": "一、按时办理。"}
        self.version = publishing.draft(self.organ, by=self.leaving, today=self.today, **draft)
        self.kept = kept_forms.keep(
            self.leaving, page=self.case.get_absolute_url(), target=f"{self.case.get_absolute_url()}decision/",
            reason=KeptReason.AUTOSAVE, data=QueryDict("reason=拟同意公开", mutable=True),
        )  # fmt: skip

    def person(self, username: str, name: str) -> User:
        user = User.objects.create_user(username, name, "correct horse battery")
        for role in (Role.HANDLER, Role.DRAFTER):
            appoint(user, role, self.organ, by=None, on=LONG_AGO)
        return user

    def new_case(self) -> Case:
        registrar = self.county.person("财政局", Role.CASE_REGISTRAR)
        case = casework.receive(
            self.organ, key=f"k{Case.objects.count()}", applicant={"kind": "natural_person", "name": APPLICANT, "phone": PHONE},
            info_desc="申请公开某文件", channel="in_person", provide_form="paper", provide_route="pickup", by=registrar,
            today=self.today, submitted_on=self.today,
        ).case  # fmt: skip
        case = casework.register(case, subject="某文件", by=registrar, today=self.today)
        case = casework.assign(case, handler=self.leaving, by=registrar, today=self.today)
        return casework.start_examination(case, by=self.leaving, today=self.today)

    def move(self, **changes: Any) -> WorkHandover:
        facts = {"successor": self.successor, "by": self.office, "today": self.today, **changes}
        return hand_over(User.objects.get(pk=self.leaving.pk), **facts)


@pytest.fixture
def scene() -> Scene:
    seed_columns()
    return Scene(build())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_all_of_it_moves_over_http_and_the_account_is_frozen(scene: Scene) -> None:
    leavers, office = signed_in(scene.leaving), signed_in(scene.office)
    assert leavers.get(reverse("desk:home")).status_code == 200
    assert "移交张离任的工作" in office.get(reverse("desk:handovers")).content.decode()
    new = reverse("desk:handover-new", args=[scene.leaving.public_id])
    page = office.get(new, {"to": str(scene.successor.public_id)}).content.decode()
    for words in ("未结申请　1 项", scene.case.number, "稿件　1 项", "财政专项通知", "未提交的填写　1 项"):
        assert words in page, words
    assert APPLICANT not in page and PHONE not in page
    done = office.post(new, {"to": str(scene.successor.public_id)})
    row = WorkHandover.objects.get()
    assert done.headers["Location"] == reverse("desk:handover", args=[row.public_id])

    scene.case.refresh_from_db(), scene.version.refresh_from_db(), scene.kept.refresh_from_db()
    assert scene.case.handler == scene.version.author == scene.kept.person == scene.successor
    scene.leaving.refresh_from_db()
    assert not scene.leaving.is_active
    assert leavers.get(reverse("desk:home")).status_code == 302
    assert not Client().login(username="leaving", password="correct horse battery")
    theirs = [one for one in Session.objects.all() if one.get_decoded().get("_auth_user_id") == str(scene.leaving.pk)]
    assert theirs == []
    assert (
        Entry.objects.filter(verb="desk.hand_over").count() == Entry.objects.filter(verb="agencies.freeze").count() == 1
    )
    assert Entry.objects.filter(verb="casework.hand_over").count() == 1 and verify().holds

    paper = office.get(reverse("desk:handover", args=[row.public_id])).content.decode()
    for words in ("移交人（签名）", "接收人（签名）", "监交人（签名）", scene.case.number, "财政专项通知", "共 3 项"):
        assert words in paper, words
    assert APPLICANT not in paper and PHONE not in paper
    if available():
        printed = office.get(reverse("desk:handover-pdf", args=[row.public_id]))
        assert printed.content.startswith(b"%PDF")


def test_the_successor_finds_what_was_taken_over_until_it_is_dismissed(scene: Scene) -> None:
    row = scene.move()
    client = signed_in(User.objects.get(pk=scene.successor.pk))
    home = client.get(reverse("desk:home")).content.decode()
    assert "你接手的工作：张离任移交 3 项" in home and scene.case.number in home
    page = client.get(reverse("desk:taken-over")).content.decode()
    assert f'href="{scene.case.get_absolute_url()}"' in page and "财政专项通知" in page
    dismiss = reverse("desk:handover-dismiss", args=[row.public_id])
    assert signed_in(scene.office).post(dismiss).status_code == 404
    assert client.post(dismiss).status_code == 302
    assert "你接手的工作" not in client.get(reverse("desk:home")).content.decode()
    assert client.get(reverse("desk:handover", args=[row.public_id])).status_code == 200
    assert client.get(reverse("desk:handovers")).status_code == 200


def test_the_successor_can_go_on_with_each_of_them(scene: Scene) -> None:
    scene.move()
    successor = User.objects.get(pk=scene.successor.pk)
    scene.case.refresh_from_db()
    casework.start_processing(scene.case, by=successor, today=scene.today)
    publishing.submit(ItemVersion.objects.get(pk=scene.version.pk), by=successor, today=scene.today)
    client = signed_in(successor)
    assert "拟同意公开" in client.get(reverse("desk:kept")).content.decode()


def test_nothing_moves_when_one_thing_cannot(scene: Scene) -> None:
    unfit = User.objects.create_user("unfit", "赵无岗", "correct horse battery")
    appoint(unfit, Role.HANDLER, scene.organ, by=None, on=LONG_AGO)  # but drafts nothing there
    new = reverse("desk:handover-new", args=[scene.leaving.public_id])
    page = signed_in(scene.office).post(new, {"to": str(unfit.public_id)}).content.decode()
    assert "赵无岗不是财政局的拟稿人" in page
    scene.case.refresh_from_db(), scene.leaving.refresh_from_db()
    assert scene.case.handler == scene.leaving and scene.leaving.is_active and not WorkHandover.objects.exists()


def test_three_persons(scene: Scene) -> None:
    for changes in ({"successor": scene.leaving}, {"successor": scene.office}, {"by": scene.leaving}):
        with pytest.raises(Refused):
            scene.move(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkHandover.objects.create(
            person=scene.leaving, successor=scene.successor, witness=scene.successor, on=scene.today
        )


def test_who_may_witness(scene: Scene) -> None:
    head, foreign = scene.county.person("财政局", Role.SIGNATORY), scene.county.person("教育局", Role.SIGNATORY)
    clerk = scene.county.person("财政局", Role.CASE_REGISTRAR)
    new = reverse("desk:handover-new", args=[scene.leaving.public_id])
    for user, status in ((head, 200), (foreign, 404), (clerk, 404), (scene.leaving, 404)):
        assert signed_in(user).get(new).status_code == status, user
        with_refusal = handover.may_hand_over(scene.leaving, by=user, today=scene.today)
        assert (with_refusal is None) == (status == 200)
    row = scene.move(by=head)
    detail = reverse("desk:handover", args=[row.public_id])
    for user, status in ((head, 200), (scene.office, 200), (foreign, 404), (clerk, 404)):
        assert signed_in(user).get(detail).status_code == status, user


def test_an_administrators_work_is_not_handed_over(scene: Scene) -> None:
    admin = scene.county.person("财政局", Role.SYSTEM_ADMIN)
    assert handover.may_hand_over(admin, by=scene.office, today=scene.today) is not None
    assert signed_in(admin).get(reverse("desk:handovers")).status_code == 404


def test_who_reviewed_a_text_does_not_become_its_author(scene: Scene) -> None:
    appoint(scene.successor, Role.REVIEWER, scene.organ, by=None, on=LONG_AGO)
    version = publishing.submit(scene.version, by=scene.leaving, today=scene.today)
    publishing.approve_review(
        version, by=User.objects.get(pk=scene.successor.pk), today=scene.today, vouched=ALL_GATES
    )  # fmt: skip
    with pytest.raises(Refused, match="不能接任拟稿人"):
        scene.move()


def test_an_unsent_form_of_the_successors_own_stays(scene: Scene) -> None:
    mine = kept_forms.keep(
        scene.successor, page=scene.kept.page, target=scene.kept.target, reason=KeptReason.AUTOSAVE,
        data=QueryDict("reason=我自己的", mutable=True),
    )  # fmt: skip
    scene.move()
    mine.refresh_from_db()
    assert mine.values == [("reason", "我自己的")]
    assert KeptForm.objects.filter(person=scene.leaving).count() == 1


def test_an_account_is_unfrozen_by_the_administrator_without_password_and_posts(scene: Scene) -> None:
    scene.move()
    admin = signed_in(scene.county.person("县政府", Role.SYSTEM_ADMIN))
    assert "张离任" in admin.get(reverse("desk:people")).content.decode()
    url = reverse("desk:unfreeze", args=[scene.leaving.public_id])
    assert signed_in(scene.office).post(url).status_code == 404
    assert admin.post(url).status_code == 302
    scene.leaving.refresh_from_db()
    assert scene.leaving.is_active and not scene.leaving.has_usable_password()
    tomorrow = scene.today.replace(year=scene.today.year + 1)
    assert User.objects.get(pk=scene.leaving.pk).posts_on(tomorrow) == []


@pytest.mark.parametrize("junk", ["", "x", "\0", "00000000-0000-7000-8000-000000000000"])
def test_a_successor_that_is_none_is_asked_for_again(scene: Scene, junk: str) -> None:
    new = reverse("desk:handover-new", args=[scene.leaving.public_id])
    assert signed_in(scene.office).post(new, {"to": junk}).status_code == 200
    assert not WorkHandover.objects.exists()
