"""Registers of what stands from a day until a day: places, people, groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.db import models

from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.registers.models.entry import RegisterEntry, StandingEntry
from gongkai_core.refusals import Refusal


class PlaceKind(models.TextChoices):
    """Where the public can look information up (条例第二十五条)."""

    READING_POINT = "reading_point", "查阅点"
    BOARD = "board", "公开栏"
    ZONE = "zone", "政务公开专区"


class PlaceSite(models.TextChoices):
    """In whose house it is; the first three are those that the law names."""

    ARCHIVE = "archive", "国家档案馆"
    LIBRARY = "library", "公共图书馆"
    SERVICE_HALL = "service_hall", "政务服务场所"
    ORGAN = "organ", "本机关"
    VILLAGE = "village", "村（居）"
    OTHER = "other", "其他"


class DisclosurePlace(StandingEntry):
    """公开场所: a reading point, a board or a zone. Those of villages stand under their town (domain-spec §11.3 item 17)."""

    title = models.CharField("名称", max_length=100)
    kind = models.CharField("种类", max_length=15, choices=PlaceKind.choices)
    site = models.CharField("设在", max_length=15, choices=PlaceSite.choices)
    address = models.CharField("地址", max_length=200, blank=True)

    FEEDS = "年报“设置政府信息公开查阅点数”（年末在用的查阅点）"

    class Meta(StandingEntry.Meta):
        verbose_name = "公开场所"

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        if cls.overlapping(agency, facts).filter(kind=facts["kind"], title=facts["title"]).exists():
            return Refusal("twice", f"“{facts['title']}”已经登记，还在用；确是另一处的，名称要分得开", "条例第二十五条")
        return None

    def strike_refusal(self) -> Refusal | None:
        if PlaceVisits.objects.counted().filter(place=self).exists():
            return Refusal("visited", "这处场所登记了接待人次：改登会把它们转过去；要划去，先划去接待人次")
        return None

    def hand_on(self, to: Self) -> None:
        PlaceVisits.objects.filter(place=self).update(place=to)

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("种类", self.get_kind_display()), ("设在", self.get_site_display())]

    @property
    def details(self) -> list[tuple[str, Any]]:
        return [("地址", self.address)]


class PlaceVisits(RegisterEntry):
    """接待人次: how many people a place received in a month."""

    place = models.ForeignKey(DisclosurePlace, models.PROTECT, related_name="+", verbose_name="场所")
    visits = models.PositiveIntegerField("接待人次")
    approximate = models.BooleanField("约数", default=False)

    FEEDS = "年报正文的接待查阅人次"

    class Meta(RegisterEntry.Meta):
        verbose_name = "接待人次"
        verbose_name_plural = "接待人次"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "held_on"], condition=models.Q(struck_out=""), name="placevisits_once_a_month"
            )
        ]

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        place, last = facts["place"], facts["held_on"]
        if place.agency_id != agency.pk or place.struck_out:
            return Refusal("foreign_place", f"“{place.title}”不是{agency.short_name}在册的场所")
        if place.held_on > last or (place.ended_on and place.ended_on < last.replace(day=1)):
            return Refusal("not_standing", f"“{place.title}”这个月不在用")
        if cls.objects.counted().filter(place=place, held_on=last).exists():
            return Refusal("twice", f"“{place.title}”{last.year}年{last.month}月已经填报；有误的，先划去再填")
        return None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("接待人次", f"{'约 ' if self.approximate else ''}{self.visits}")]

    def as_record(self) -> Record:
        record = super().as_record()
        return Record(record.date, record.title, record.agency, record.url, self.visits)


class Capacity(models.TextChoices):
    FULL_TIME = "full_time", "专职"
    PART_TIME = "part_time", "兼职"


class StaffWork(models.TextChoices):
    """What a member of the staff works on; the table leaves out the last two (forms.json t14.8_3_1)."""

    DISCLOSURE = "disclosure", "政府信息公开"
    GAZETTE = "gazette", "政府公报"
    WEBSITE = "website", "政府网站"


class StaffMember(StandingEntry):
    """工作人员, full or part time."""

    title = models.CharField("姓名", max_length=50)
    capacity = models.CharField("专兼职", max_length=10, choices=Capacity.choices)
    work = models.CharField("从事", max_length=10, choices=StaffWork.choices, default=StaffWork.DISCLOSURE)
    position = models.CharField("科室、职务", max_length=60, blank=True)

    FEEDS = "年报“专职人员数”“兼职人员数”（年末在岗；从事政府公报、政府网站的不计）"
    ENDING = "离岗"
    OF_PEOPLE = True

    class Meta(StandingEntry.Meta):
        verbose_name = "工作人员"

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        if cls.overlapping(agency, facts).filter(title=facts["title"], position=facts.get("position", "")).exists():
            return Refusal("twice", f"{facts['title']}已经在册；专兼职有变的，先登记离岗；同名的，写明科室、职务")
        return None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [
            ("专兼职", self.get_capacity_display()),
            ("从事", self.get_work_display()),
            ("科室、职务", self.position),
        ]


class LeadingGroup(StandingEntry):
    """领导小组: who leads, which organs are in it, on which paper it rests."""

    basis = models.CharField("成立依据", max_length=100, help_text="文件名称或者文号")
    leader = models.CharField("组长", max_length=60, help_text="姓名和职务")
    deputies = models.CharField("副组长", max_length=200, blank=True)
    office = models.CharField("办公室设在", max_length=60, blank=True)
    members = models.CharField("成员单位", max_length=1000, blank=True)

    FEEDS = "年报正文的组织领导；成员、依据有调整的，先停用原来的一行，再登记新的"
    ENDING = "停用"

    class Meta(StandingEntry.Meta):
        verbose_name = "领导小组"

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        if cls.overlapping(agency, facts).filter(title=facts["title"]).exists():
            return Refusal("twice", f"“{facts['title']}”已经登记；有调整的，先写明原来一行的止日")
        return None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("组长", self.leader), ("成立依据", self.basis)]

    @property
    def details(self) -> list[tuple[str, Any]]:
        return [("副组长", self.deputies), ("办公室设在", self.office), ("成员单位", self.members)]


class Level(models.TextChoices):
    """三级责任人."""

    LEADER = "leader", "分管领导"
    HEAD = "head", "科室负责人"
    CLERK = "clerk", "具体经办"


class ResponsiblePerson(StandingEntry):
    """责任人: who answers for openness at an organ, on three levels. Each level but the last has one person at a time."""

    title = models.CharField("姓名", max_length=50)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    position = models.CharField("科室、职务", max_length=60, blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)

    FEEDS = "三级责任人一览；人员变动的，先写明前任的止日"
    ENDING = "卸任"
    OF_PEOPLE = True

    class Meta(StandingEntry.Meta):
        verbose_name = "责任人"

    @classmethod
    def entry_refusal(cls, agency: Agency, facts: Mapping[str, Any]) -> Refusal | None:
        rows = cls.overlapping(agency, facts).filter(level=facts["level"])
        if facts["level"] == Level.CLERK:
            rows = rows.filter(title=facts["title"])
        if before := rows.first():
            until = f"任到 {before.ended_on}" if before.ended_on else "还没有写明止日"
            return Refusal("held", f"这段时间的{Level(facts['level']).label}是{before.title}，{until}；先登记其卸任")
        return None

    @property
    def counts(self) -> list[tuple[str, Any]]:
        return [("层级", self.get_level_display()), ("科室、职务", self.position), ("办公电话", self.phone)]
