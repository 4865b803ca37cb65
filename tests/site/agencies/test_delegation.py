"""请假委托 (AB角): who may name a deputy, what the deputy may do, and that different persons stay different."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from county import LONG_AGO, County, build
from gongkai.agencies.actions import appoint, can_delegate, delegate, end_delegation, freeze
from gongkai.agencies.models import Delegation, Role, User
from gongkai.outbox.models import StationMessage
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
DAY, LAST = date(2026, 3, 2), date(2026, 3, 13)


@pytest.fixture
def county() -> County:
    return build()


@pytest.fixture
def people(county: County) -> tuple[User, User]:
    return county.person("财政局", Role.HANDLER), county.person("财政局", Role.CASE_REGISTRAR)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def give(county: County, person: User, deputy: User, **changes: Any) -> Delegation:
    facts = {"first": DAY, "last": LAST, "by": person, "today": DAY, **changes}
    return delegate(person, deputy, county.organs["财政局"], **facts)


def test_the_deputy_holds_the_posts_for_the_span_and_no_longer(county: County, people: tuple[User, User]) -> None:
    person, deputy = people
    organ = county.organs["财政局"]
    assert not deputy.holds(Role.HANDLER, organ, on=DAY)
    give(county, person, deputy)
    for day, holds in ((DAY, True), (LAST, True), (LAST + timedelta(days=1), False), (DAY - timedelta(days=1), False)):
        assert fresh(deputy).holds(Role.HANDLER, organ, on=day) is holds, day
    assert fresh(deputy).principals_on(DAY) == [person]
    assert fresh(deputy).posts_on(DAY)[0].user == deputy  # one's own post stands first
    assert not fresh(person).holds(Role.CASE_REGISTRAR, organ, on=DAY)  # the other way nothing passes
    assert StationMessage.objects.count() == 2 and Entry.objects.filter(verb="agencies.delegate").count() == 1


def test_posts_at_another_organ_and_posts_lent_to_the_person_do_not_pass(county: County, people: Any) -> None:
    person, deputy = people
    elsewhere = county.organs["教育局"]
    appoint(person, Role.HANDLER, elsewhere, by=None, on=LONG_AGO)
    third = county.person("财政局", Role.SIGNATORY)
    give(county, fresh(person), deputy)
    assert not fresh(deputy).holds(Role.HANDLER, elsewhere, on=DAY)
    with pytest.raises(Refused, match="也请假"):
        give(county, third, fresh(person))  # he is away himself
    assert not fresh(deputy).holds(Role.SIGNATORY, on=DAY)


def test_an_administrators_post_is_never_lent(county: County) -> None:
    admin, clerk = county.person("财政局", Role.SYSTEM_ADMIN), county.person("财政局", Role.HANDLER)
    for person, deputy in ((admin, clerk), (clerk, admin)):
        with pytest.raises(Refused, match="没有办理业务的岗位"):
            give(county, person, deputy)
    Delegation.objects.create(
        person=admin, deputy=clerk, agency=county.organs["财政局"], valid_from=DAY, valid_to=LAST, set_by=admin
    )
    assert not fresh(clerk).holds(Role.SYSTEM_ADMIN, on=DAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"first": DAY - timedelta(days=1)}, "bad_span"), ({"last": DAY - timedelta(days=1)}, "bad_span"),
        ({"last": DAY + timedelta(days=300)}, "bad_span"), ({"by": "other"}, "needs_role"), ({"deputy": "self"}, "same_person"),
        ({"deputy": "elsewhere"}, "no_post"), ({"deputy": "frozen"}, "no_post"),
    ],
)  # fmt: skip
def test_what_is_refused(county: County, people: Any, changes: dict[str, Any], code: str) -> None:
    person, deputy = people
    facts = {"first": DAY, "last": LAST, "by": person, "today": DAY, **changes}
    who = facts.pop("deputy", "")
    if who == "self":
        deputy = person
    elif who == "elsewhere":
        deputy = county.person("教育局", Role.HANDLER)
    elif who == "frozen":
        deputy.is_active = False
    if facts["by"] == "other":
        facts["by"] = deputy
    refusal = can_delegate(person, deputy, county.organs["财政局"], **facts)
    assert refusal is not None and refusal.code == code


def test_the_head_or_the_office_arranges_it_and_a_deputy_of_the_head_does_not(county: County, people: Any) -> None:
    person, deputy = people
    head, office = county.person("财政局", Role.SIGNATORY), county.person("县政府", Role.DISCLOSURE_OFFICE)
    row = give(county, person, deputy, by=head)
    end_delegation(row, by=office, today=DAY)
    other = county.person("财政局", Role.LEGAL_REVIEWER)
    give(county, head, other)
    with pytest.raises(Refused, match="委托由本人"):
        give(county, person, deputy, by=fresh(other))


def test_spans_of_one_person_do_not_overlap(county: County, people: Any) -> None:
    person, deputy = people
    row = give(county, person, deputy)
    other = county.person("财政局", Role.LEGAL_REVIEWER)
    with pytest.raises(Refused, match="已经有委托"):
        give(county, person, other, first=LAST, last=LAST)
    end_delegation(row, by=person, today=DAY)
    assert not fresh(deputy).holds(Role.HANDLER, on=DAY)
    with pytest.raises(Refused, match="已经结束"):
        end_delegation(row, by=person, today=DAY)
    give(county, person, other, first=LAST, last=LAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            person=person, deputy=person, agency=row.agency, valid_from=DAY, valid_to=LAST, set_by=person
        )


def test_a_frozen_account_lends_and_borrows_nothing(county: County, people: Any) -> None:
    person, deputy = people
    give(county, person, deputy)
    freeze(person, by=county.person("县政府", Role.DISCLOSURE_OFFICE), today=DAY)
    assert not fresh(deputy).holds(Role.HANDLER, on=DAY)


def test_on_screen(county: County, people: Any) -> None:
    person, deputy = people
    today = timezone.localdate()
    client, deputys = Client(), Client()
    client.force_login(person)
    deputys.force_login(deputy)
    url = reverse("desk:delegations")
    form = {
        "person": str(person.public_id), "deputy": str(deputy.public_id),
        "agency": str(county.organs["财政局"].public_id), "first": today.isoformat(), "last": today.isoformat(),
    }  # fmt: skip
    wrong = client.post(url, {**form, "last": "2001-01-01"})
    assert wrong.status_code == 422 and "起止日期不对" in wrong.content.decode()
    for field in ("deputy", "person", "agency"):
        assert client.post(url, {**form, field: "\0"}).status_code == 422
    elsewhere = county.person("教育局", Role.HANDLER)
    assert client.post(url, {**form, "person": str(elsewhere.public_id)}).status_code == 422
    assert client.post(url, form).status_code == 302
    home = deputys.get(reverse("desk:home")).content.decode()
    assert f"（代{person}）" in home
    row = Delegation.objects.get()
    end = reverse("desk:delegation-end", args=[row.public_id])
    stranger = Client()
    stranger.force_login(elsewhere)
    assert stranger.post(end).status_code == 404 and str(person) not in stranger.get(url).content.decode()
    deputys.post(end)
    assert Delegation.objects.filter(ended_at=None).exists()  # the deputy does not end it
    client.post(end)
    assert not Delegation.objects.filter(ended_at=None).exists()
    assert f"（代{person}）" not in deputys.get(reverse("desk:home")).content.decode()
