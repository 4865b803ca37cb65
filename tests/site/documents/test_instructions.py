"""代录批示: entered by another, counted as the leader's, confirmed by the leader or the office."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from county import build
from gongkai.agencies.models import Role
from gongkai.documents.actions import can_confirm_instruction, confirm_instruction, record_instruction
from gongkai.documents.models import RecordedInstruction
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def county():
    return build()


def enter(county, *, by, leader=None):
    leader = leader or county.person("财政局", Role.PUBLISHER)
    return record_instruction(
        county.organs["财政局"], leader=leader, channel="telephone", given_at=timezone.now(),
        words="同意公开", by=by, today=TODAY,
    )  # fmt: skip


def test_it_waits_for_the_leaders_confirmation(county):
    clerk, leader = county.person("财政局", Role.DRAFTER), county.person("财政局", Role.PUBLISHER)
    row = enter(county, by=clerk)
    assert can_confirm_instruction(row, by=clerk, today=TODAY).code == "own_entry"
    assert can_confirm_instruction(row, by=county.person("教育局", Role.PUBLISHER), today=TODAY).code == "not_leader"
    confirm_instruction(row, by=leader, today=TODAY)
    row.refresh_from_db()
    assert row.confirmed_by == leader
    with pytest.raises(Refused, match="已确认"):
        confirm_instruction(row, by=leader, today=TODAY)


def test_a_leader_does_not_enter_his_own_word(county):
    leader = county.person("财政局", Role.PUBLISHER)
    with pytest.raises(Refused, match="直接办理"):
        enter(county, by=leader, leader=leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordedInstruction.objects.create(
            agency=county.organs["财政局"], leader=leader, channel="paper", given_at=timezone.now(),
            words="同意", entered_by=leader,
        )  # fmt: skip


def test_another_organs_clerk_cannot_enter_one(county):
    with pytest.raises(Refused, match="财政局或者政务公开办"):
        enter(county, by=county.person("教育局", Role.DRAFTER))
    assert enter(county, by=county.person("县政府", Role.DISCLOSURE_OFFICE)).confirmed_at is None
