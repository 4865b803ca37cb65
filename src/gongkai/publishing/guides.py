"""The guide (政府信息公开指南) of each organ: its statutory elements, and whether it still says what is so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency
from gongkai.design.words import BEIJING
from gongkai.publishing.content import plain_text
from gongkai.publishing.models import Item, ItemVersion
from gongkai.publishing.skeleton import GUIDE
from gongkai.trail.models import Entry
from gongkai_core.disclosure import check_guide
from gongkai_core.disclosure.guide import ARTICLE, outdated
from gongkai_core.refusals import Refusal

UPDATE_WORKDAYS = 20
"""PUB-04: a changed contact that the guide does not tell after 20 working days is an alarm."""

PARTICULARS = {
    "办公地址": "address",
    "办公时间": "office_hours",
    "联系电话": "phone",
    "传真号码": "fax",
    "电子邮箱": "email",
}


def guide_refusal(version: ItemVersion) -> Refusal | None:
    """A guide that lacks one of its nine statutory elements isn't sent for review."""
    if version.column.code != GUIDE:
        return None
    missing = [element.name for element in check_guide(plain_text(version.body)) if not element.found]
    if not missing:
        return None
    return Refusal("guide_incomplete", f"指南缺少法定要素：{'、'.join(missing)}", ARTICLE)


@dataclass(frozen=True)
class Outdated:
    """A guide in force that no longer tells the organ's present contacts."""

    item: Item
    fields: tuple[str, ...]
    since: date
    due: date
    days_left: int

    @property
    def alarm(self) -> bool:
        return self.days_left < 0

    @property
    def words(self) -> str:
        return f"指南中的{'、'.join(self.fields)}与现在登记的不一致（{self.since} 起）"


def guides_of(agencies: QuerySet[Agency]) -> dict[int, Item]:
    """Each organ's guide in force, by the organ's key."""
    guides = Item.objects.public().in_columns(GUIDE).filter(agency__in=agencies)
    return {
        item.agency_id: item for item in guides.select_related("published_version", "agency").order_by("published_at")
    }


def outdated_guides(agencies: QuerySet[Agency], *, today: date) -> list[Outdated]:
    """What organs' guides say otherwise than their particulars, since when, and until when it must be mended."""
    found = []
    for item in guides_of(agencies).values():
        now = {name: str(getattr(item.agency, attribute)) for name, attribute in PARTICULARS.items()}
        if fields := outdated(plain_text(item.published_version.body), now):
            found.append(_outdated(item, fields, today))
    return sorted(found, key=lambda each: each.due)


def _outdated(item: Item, fields: tuple[str, ...], today: date) -> Outdated:
    since = _changed_on(item, {PARTICULARS[name] for name in fields})
    calendar = office_calendar()
    due = calendar.add_workdays(since, UPDATE_WORKDAYS)
    return Outdated(item, fields, since, due, calendar.workdays_between(today, due))


def _changed_on(item: Item, attributes: set[str]) -> date:
    """When one of the particulars first changed after the guide was published, as the trail has it; a guide that was
    wrong from the beginning is so since that day."""
    published = item.published_at.astimezone(BEIJING).date()
    entries = Entry.objects.filter(
        object_type="agencies.agency",
        object_id=str(item.agency.public_id),
        verb="operations.change_particulars",
    )
    for day, facts in entries.order_by("id").values_list("legal_day", "facts"):
        if day > published and attributes & set(facts.get("fields", [])):
            return day
    return published
