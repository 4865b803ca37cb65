"""AB角: a standing pair lends nothing; while the A is away the B acts, for a day on his own word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from county import County, build
from gongkai.agencies.actions import can_pair_up, delegate, freeze, pair_up, unpair
from gongkai.agencies.models import Delegation, DeputyPair, Role, User
from gongkai.outbox.models import StationMessage
from gongkai.trail.models import Entry
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
URL = reverse("desk:deputy-pairs")


@pytest.fixture
def county() -> County:
    return build()


@pytest.fixture
def people(county: County) -> tuple[User, User]:
    return county.person("财政局", Role.HANDLER), county.person("财政局", Role.CASE_REGISTRAR)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def paired(county: County, people: tuple[User, User], **changes: Any) -> DeputyPair:
    person, deputy = people
    return pair_up(person, deputy, county.organs["财政局"], **{"by": person, "today": DAY, **changes})


def test_a_pair_lends_nothing_until_the_a_is_away(county: County, people: Any) -> None:
    person, deputy = people
    organ = county.organs["财政局"]
    paired(county, people)
    assert not fresh(deputy).holds(Role.HANDLER, organ, on=DAY)
    assert StationMessage.objects.count() == 2 and Entry.objects.filter(verb="agencies.pair_up").count() == 1
    delegate(person, deputy, organ, first=DAY, last=DAY, by=fresh(deputy), today=DAY)
    assert fresh(deputy).holds(Role.HANDLER, organ, on=DAY)
    assert not fresh(deputy).holds(Role.HANDLER, organ, on=DAY + timedelta(days=1))


@pytest.mark.parametrize("days", [(0, 1), (1, 1)])
def test_the_b_himself_begins_it_for_today_alone(county: County, people: Any, days: tuple[int, int]) -> None:
    person, deputy = people
    paired(county, people)
    first, last = (DAY + timedelta(days=n) for n in days)
    with pytest.raises(Refused, match="委托由本人"):
        delegate(person, deputy, county.organs["财政局"], first=first, last=last, by=deputy, today=DAY)


def test_who_is_no_b_begins_nothing(county: County, people: Any) -> None:
    person, deputy = people
    pair = paired(county, people)
    other = county.person("财政局", Role.LEGAL_REVIEWER)
    for by, to in ((other, other), (other, deputy)):
        with pytest.raises(Refused, match="委托由本人"):
            delegate(person, to, pair.agency, first=DAY, last=DAY, by=by, today=DAY)
    unpair(pair, by=person, today=DAY)
    with pytest.raises(Refused, match="委托由本人"):
        delegate(person, deputy, pair.agency, first=DAY, last=DAY, by=deputy, today=DAY)
    with pytest.raises(Refused, match="已经结束"):
        unpair(pair, by=person, today=DAY)


def test_who_may_pair_whom(county: County, people: Any) -> None:
    person, deputy = people
    organ, elsewhere = county.organs["财政局"], county.person("教育局", Role.HANDLER)
    for a, b, by, code in (
        (person, deputy, deputy, "needs_role"), (person, person, person, "same_person"), (person, elsewhere, person, "no_post"),
    ):  # fmt: skip
        refusal = can_pair_up(a, b, organ, by=by, today=DAY)
        assert refusal is not None and refusal.code == code
    pair = paired(county, people, by=county.person("财政局", Role.SIGNATORY))
    with pytest.raises(Refused, match="已经有 B 角"):
        paired(county, people)
    with pytest.raises(Refused, match="由本人"):
        unpair(pair, by=deputy, today=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeputyPair.objects.create(person=person, deputy=deputy, agency=organ, set_by=person)
    freeze(deputy, by=county.person("县政府", Role.DISCLOSURE_OFFICE), today=DAY)
    assert not DeputyPair.objects.standing().exists()


def test_on_screen(county: County, people: Any) -> None:
    person, deputy = people
    today = timezone.localdate()
    a, b, stranger = Client(), Client(), Client()
    for client, user in ((a, person), (b, deputy), (stranger, county.person("教育局", Role.HANDLER))):
        client.force_login(user)
    organ = str(county.organs["财政局"].public_id)
    form = {"person": str(person.public_id), "deputy": str(deputy.public_id), "agency": organ}
    for field in form:
        assert a.post(URL, {**form, field: "\0"}).status_code == 422
    assert a.post(URL, form).status_code == 302
    pair = DeputyPair.objects.get()
    away, end = (
        reverse("desk:deputy-pair-away", args=[pair.public_id]),
        reverse("desk:deputy-pair-end", args=[pair.public_id]),
    )
    assert stranger.get(away).status_code == 404 and stranger.post(end).status_code == 404
    assert str(deputy) not in stranger.get(URL).content.decode()
    assert "B 角自己只能登记当天" in b.get(away).content.decode()
    long = b.post(away, {"first": today.isoformat(), "last": (today + timedelta(days=3)).isoformat()})
    assert long.status_code == 422 and "委托由本人" in long.content.decode()
    assert b.post(away, {"first": today.isoformat(), "last": today.isoformat()}).status_code == 302
    assert Delegation.objects.get().set_by == deputy
    assert f"（代{person}）" in b.get(reverse("desk:home")).content.decode()
    assert b.post(end, follow=True).status_code == 200 and DeputyPair.objects.standing().exists()
    a.post(end)
    assert not DeputyPair.objects.standing().exists()
