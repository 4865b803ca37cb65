"""政府公报: its switch, who may have one, what an issue's digest covers, which of it the public still sees.

Only the government itself has a gazette; departments, towns and subdistricts never (国办发〔2018〕22号). A county may
have one, so it is switched off until the office wants it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from gongkai.agencies.ledger import Task
from gongkai.agencies.models import Agency, LegalKind, Role, User
from gongkai.agencies.office_settings import Declared, declare, one_of
from gongkai.design.words import BEIJING
from gongkai.publishing.models import ISOLATED, EntryKind, GazetteEntry, GazetteIssue, GazettePrinting
from gongkai.publishing.permissions import roles_at
from gongkai_core.refusals import Refusal
from gongkai_core.states import GAZETTE_ISSUE
from gongkai_core.states.gazette import GAZETTE

ON, OFF = "办", "不办"


SWITCH = declare(Declared("publishing.gazette", f"政府公报（{ON}、{OFF}）", OFF, GAZETTE, parse=one_of(ON, OFF)))


def gazette_is_on() -> bool:
    return bool(SWITCH.value() == ON)


def needs_gazette() -> None:
    """Switched off, nothing of it exists."""
    if not gazette_is_on():
        raise Http404


def has_gazette(agency: Agency) -> bool:
    """The government itself, and no organ below it."""
    return agency.legal_kind == LegalKind.GOVERNMENT and agency.parent_id is None


def organ_refusal(agency: Agency) -> Refusal | None:
    if has_gazette(agency):
        return None
    return Refusal(
        "no_gazette", f"{agency.short_name}不办公报：公报由县级以上人民政府主办，部门、乡镇、街道不办", GAZETTE
    )


def gazette_refusal(
    issue: GazetteIssue, event: str, *, by: User, today: date, failed: Collection[str] = ()
) -> Refusal | None:
    """Why `by` may not do `event` to an issue now, or None."""
    roles = roles_at(by, issue.agency, on=today)
    return GAZETTE_ISSUE.refusal(issue.state, event, roles=roles, failed=failed)


def issue_digest(issue: GazetteIssue) -> str:
    """The digest over all that will be printed: numbers, cover, and every line with its text."""
    entries = issue.entries.select_related("version")
    shown = {
        "agency": issue.agency.code,
        "numbering": [issue.year, issue.number, issue.serial],
        "cover_date": issue.cover_date.isoformat(),
        "entries": [
            [entry.kind, entry.title, entry.docno, entry.version.digest if entry.version else entry.body]
            for entry in entries
        ],
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(issue.algorithm, text.encode()).hexdigest()


def unfinished(issue: GazetteIssue) -> bool:
    """Whether there is nothing in it to read, or own text without words."""
    texts = issue.entries.exclude(kind=EntryKind.SECTION)
    return not texts.exists() or texts.filter(kind=EntryKind.TEXT, body="").exists()


def outdated(issue: GazetteIssue) -> QuerySet[GazetteEntry]:
    """Entries whose item is no longer public in the text that was taken up."""
    entries = issue.entries.filter(kind=EntryKind.ITEM)
    current = Q(item__state="published", item__published_version=F("version"))
    return entries.exclude(current)


def vanished() -> Q:
    """Entries of which the public is to see nothing at all: their text was withdrawn silently, for ever."""
    return Q(version__withdrawn_silently=True)


def public_entries(issue: GazetteIssue) -> QuerySet[GazetteEntry]:
    return issue.entries.exclude(vanished()).select_related("item")


def entries_on_desk(issue: GazetteIssue) -> list[GazetteEntry]:
    """The lines as the desk shows them: of an isolated item its place alone, so that it can be taken out."""
    entries = list(issue.entries.select_related("item", "version"))
    for entry in entries:
        if entry.item and entry.item.isolated_at:
            entry.title, entry.docno, entry.version = ISOLATED, "", None
    return entries


def printing_shown(issue: GazetteIssue) -> GazettePrinting | None:
    """The latest printing, unless it holds what was withdrawn silently."""
    printing = issue.printings.select_related("blob").last()
    gone = {str(key) for key in issue.entries.filter(vanished()).values_list("public_id", flat=True)}
    return printing if printing and not gone & printing.pages.keys() else None


def tasks(user: User, *, on: date) -> Iterator[Task]:
    """Issues to be approved or issued, returned ones, errata to be passed."""
    posts = user.posts_on(on)
    publishing = {post.agency_id for post in posts if post.role == Role.PUBLISHER and has_gazette(post.agency)}
    drafting = {post.agency_id for post in posts if post.role == Role.DRAFTER and has_gazette(post.agency)}
    if not (publishing or drafting) or not gazette_is_on():
        return
    mine = GazetteIssue.objects.filter(state="composing", round__gte=1, author=user, agency__in=drafting)
    waiting = GazetteIssue.objects.filter(state__in=["waiting", "approved"], agency__in=publishing).exclude(author=user)
    for issue in mine.select_related("agency"):
        yield _task("修改", issue, issue.remarks)
    for issue in waiting.select_related("agency", "author"):
        yield _task("出刊" if issue.state == "approved" else "批准", issue, issue.author.name)
    errata = GazetteIssue.objects.filter(errata__approved_at=None, errata__isnull=False, agency__in=publishing)
    for issue in errata.exclude(errata__author=user).select_related("agency").distinct():
        yield _task("公布勘误", issue, "")


def _task(kind: str, issue: GazetteIssue, note: str) -> Task:
    since = (issue.submitted_at or issue.created_at).astimezone(BEIJING).date()
    url = reverse("publishing:desk_gazette_issue", args=[issue.public_id])
    return Task(kind, issue.numbering, issue.agency, url, since, note=note)
