"""What waits for whom in the registers after an answer, and which of their papers wait for a signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.casework import signing
from gongkai.casework.actions.register_papers import kind_of
from gongkai.casework.models import RecordCorrection, RegisterPaper
from gongkai.casework.register_rights import ROLES
from gongkai.casework.terms import Owed, owed

PRESSING = 2
"""Working days from which on the disclosure office sees every organ's."""


def tasks(user: User, *, on: date) -> list[Task]:
    """The registers' rows of the organs at which the person keeps them, and papers to sign."""
    return [*_owed(user, on), *_to_sign(user, on)]


def _owed(user: User, on: date) -> Iterator[Task]:
    posts = list(user.posts_on(on))
    own = {post.agency_id for post in posts if post.role in (*ROLES, Role.DISCLOSURE_OFFICE)}
    handles = {post.agency_id for post in posts if post.role == Role.HANDLER}
    office = is_disclosure_office(user, on=on)
    if not (own or handles):
        return
    agencies = Agency.objects.all() if office else Agency.objects.filter(pk__in=own | handles)
    for one in owed(agencies, on):
        mine = isinstance(one.source, RecordCorrection) and one.source.handler_id == user.pk
        pressing = office and one.days_left is not None and one.days_left <= PRESSING
        if mine or one.agency.pk in own or pressing:
            yield _task(one)


def _task(one: Owed) -> Task:
    return Task(
        kind=one.verb, title=one.title, agency=one.agency, url=one.url, since=one.since, due=one.due,
        days_left=one.days_left,
    )  # fmt: skip


def _to_sign(user: User, on: date) -> Iterator[Task]:
    organs = [post.agency_id for post in user.posts_on(on) if post.role == Role.SIGNATORY]
    waiting = RegisterPaper.objects.filter(signed_on=None, voided_on=None).exclude(drafted_by=user)
    if not is_disclosure_office(user, on=on):
        waiting = waiting.filter(agency__in=organs)
    for paper in waiting.select_related("agency").defer("values", "content"):
        level = signing.level_for(paper.agency, kind_of(paper.letter))
        if signing.signer_refusal(paper.agency, level, user, on=on) is None:
            yield Task(
                kind="签发文书", title=f"{paper.row} {paper.name}", agency=paper.agency, url=paper.get_absolute_url(),
                since=paper.drafted_on,
            )  # fmt: skip
