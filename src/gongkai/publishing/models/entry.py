from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.documents.models import Blob
from gongkai.publishing.models.column import Column
from gongkai_core.disclosure import Frequency, Term
from gongkai_core.disclosure.standard import FIELDS, StandardRow

FREQUENCIES = [
    (Frequency.STANDING.value, "长期公开"),
    (Frequency.YEARLY.value, "每年"),
    (Frequency.HALF_YEARLY.value, "每半年"),
    (Frequency.QUARTERLY.value, "每季度"),
    (Frequency.MONTHLY.value, "每月"),
]


class Level(models.TextChoices):
    """公开层级: whose catalogue it is."""

    COUNTY = "county", "县级"
    TOWN = "town", "乡级"


class StandardCatalogue(models.Model):
    """One version of the standard catalogue (基层政务公开标准目录) of one of the 26 fields, for one level.

    A new version replaces the one before it, which stays as it was, with the file it came in.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    field_code = models.CharField("领域", max_length=30, choices=[(code, names[0]) for code, names in FIELDS.items()])
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    version = models.PositiveSmallIntegerField("版次")
    size = models.PositiveIntegerField("事项数")
    source = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="原件")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    imported_on = models.DateField("导入日期")
    replaced_on = models.DateField("停用日期", null=True)

    class Meta:
        verbose_name = "标准目录"
        ordering = ["field_code", "level", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["field_code", "level", "version"], name="standardcatalogue_version_once"),
            models.UniqueConstraint(
                fields=["field_code", "level"],
                condition=Q(replaced_on__isnull=True),
                name="standardcatalogue_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_code_display()}领域基层政务公开标准目录（{self.get_level_display()}，第 {self.version} 版）"


class CatalogueEntry(models.Model):
    """What the catalogue asks to be public (目录事项): a statutory column (条例第二十、二十一条), or a row of a standard one.

    `frequency` and `after` (a term after each period's end) say when it is owed; `term` by when each piece of
    information must be out. Rows of the official table keep its words.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    column = models.ForeignKey(Column, models.PROTECT, related_name="entries", verbose_name="栏目")
    catalogue = models.ForeignKey(
        StandardCatalogue, models.PROTECT, null=True, related_name="entries", verbose_name="标准目录"
    )
    position = models.PositiveIntegerField("序号", default=0)
    matter = models.CharField("一级事项", max_length=200)
    submatter = models.CharField("二级事项", max_length=200, blank=True)
    content = models.TextField("公开内容（要素）", blank=True)
    ground = models.TextField("公开依据", blank=True)
    term_text = models.CharField("公开时限", max_length=300, blank=True)
    term = models.CharField(max_length=20, default="workdays:20")
    organ = models.CharField("公开主体", max_length=300, blank=True)
    channels = models.JSONField("公开渠道和载体", default=list)
    other_channel = models.CharField("其他渠道", max_length=100, blank=True)
    group = models.CharField("特定群体", max_length=200, blank=True)
    active = models.BooleanField("主动", default=True)
    on_request = models.BooleanField("依申请", default=False)
    county = models.BooleanField("县级", default=True)
    town = models.BooleanField("乡级", default=False)
    frequency = models.CharField("更新频次", max_length=12, choices=FREQUENCIES, default=Frequency.YEARLY.value)
    after = models.CharField("期满后多久公开", max_length=20, blank=True)
    retired_on = models.DateField("停用日期", null=True)

    class Meta:
        verbose_name = "目录事项"
        ordering = ["column", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["column"], condition=Q(catalogue__isnull=True), name="entry_one_statutory_per_column"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return f"{self.matter} · {self.submatter}" if self.submatter else self.matter

    @property
    def when(self) -> tuple[Frequency, Term | None]:
        return Frequency(self.frequency), Term.from_code(self.after) if self.after else None

    @property
    def when_words(self) -> str:
        words = str(self.get_frequency_display())
        return f"{words}，期满后{Term.from_code(self.after).words}内" if self.after else words

    def as_row(self) -> StandardRow:
        """The entry as a row of the official table."""
        return StandardRow(
            line=self.position,
            matter=self.matter,
            submatter=self.submatter,
            content=self.content,
            ground=self.ground,
            term_text=self.term_text,
            term=Term.from_code(self.term),
            organ=self.organ,
            channels=tuple(self.channels),
            other_channel=self.other_channel,
            group=self.group,
            active=self.active,
            on_request=self.on_request,
            county=self.county,
            town=self.town,
        )


class Duty(models.Model):
    """An organ answers for an entry (责任单位), from a day until it is relieved.

    `items` and `last_on` are rollups of what it has public there: kept by publishing and recounted every night.
    """

    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="duties", verbose_name="目录事项")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="duties", verbose_name="机关")
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    items = models.PositiveIntegerField("公开条数", default=0, editable=False)
    last_on = models.DateField("最近公开", null=True, editable=False)

    class Meta:
        verbose_name = "责任单位"
        constraints = [
            models.UniqueConstraint(fields=["entry", "agency"], condition=Q(until__isnull=True), name="duty_held_once")
        ]
        indexes = [models.Index(fields=["agency"], condition=Q(until__isnull=True), name="duty_of_agency")]

    def __str__(self) -> str:
        return f"{self.agency.short_name}：{self.entry}"


class Hanging(models.Model):
    """An item hangs on a row of a standard catalogue (挂接): by its column alone, or as a person said.

    On statutory entries an item hangs by its column, which needs no row.
    """

    item = models.ForeignKey("publishing.Item", models.PROTECT, related_name="hangings", verbose_name="条目")
    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="hangings", verbose_name="目录事项")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Who said so; nobody where it followed from the column."""

    class Meta:
        verbose_name = "挂接"
        constraints = [models.UniqueConstraint(fields=["item", "entry"], name="hanging_once")]

    def __str__(self) -> str:
        return f"{self.item} → {self.entry}"
