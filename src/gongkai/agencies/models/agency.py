from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id


class LegalKind(models.TextChoices):
    """Legal kind of an organ (domain-spec §11.3 items 17 to 20)."""

    GOVERNMENT = "government", "政府"
    DEPARTMENT = "department", "部门"
    SUBDISTRICT = "subdistrict", "派出机关"
    DISPATCHED_OFFICE = "dispatched_office", "派出机构"
    AUTHORISED_ORG = "authorised_org", "授权组织"
    PARTY_BODY = "party_body", "党委机构"
    PUBLIC_INSTITUTION = "public_institution", "公共企事业"
    VERTICAL = "vertical", "垂管"
    VILLAGE = "village", "村居"


# 村（居）民委员会 is no administrative organ; party bodies and public institutions follow rules of their own (§55).
ANSWERS_APPLICATIONS = frozenset(
    {
        LegalKind.GOVERNMENT,
        LegalKind.DEPARTMENT,
        LegalKind.SUBDISTRICT,
        LegalKind.DISPATCHED_OFFICE,
        LegalKind.AUTHORISED_ORG,
    }
)


class AgencyQuerySet(models.QuerySet["Agency"]):
    def within(self, agency: Agency) -> AgencyQuerySet:
        """The organ and all below it."""
        return self.filter(path__startswith=agency.path)

    def existing(self, on: date) -> AgencyQuerySet:
        return self.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))

    def answering(self) -> AgencyQuerySet:
        """Organs that applications may be addressed to."""
        return self.filter(legal_kind__in=ANSWERS_APPLICATIONS)

    def rolled_up(self, on: date) -> AgencyQuerySet:
        """Organs whose figures roll up to the county's report as of a day."""
        lines = ReportingLine.objects.filter(reports_to=ReportsTo.COUNTY, valid_from__lte=on).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )
        return self.filter(pk__in=lines.values("agency"))


class Agency(models.Model):
    """An organ (机关) or a place under one (村居)."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    name = models.CharField("全称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=30)
    code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    document_prefix = models.CharField("机关代字", max_length=20)
    legal_kind = models.CharField("法律性质", max_length=20, choices=LegalKind.choices)
    is_justice_bureau = models.BooleanField("司法行政部门", default=False)
    """Its review body differs (复议法2023第二十八条)."""
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField(max_length=120, unique=True, editable=False)
    """Serial keys from the root down, each six digits and a dot: a prefix of it is the whole subtree."""
    position = models.PositiveIntegerField("排序", default=0)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    head = models.CharField("负责人", max_length=50, blank=True)
    valid_from = models.DateField("设立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入"
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "机关"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="agency_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(valid_to__isnull=False),
                name="agency_merged_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Derive the path, which needs the serial key of a new row."""
        if self.pk is None:
            self.path = str(self.public_id)
            super().save(*args, **kwargs)
            kwargs = {}
        above = self.parent.path if self.parent else ""
        self.path = f"{above}{self.pk:06d}."
        super().save()

    @property
    def organ_kind(self) -> str:
        """The kind by which letters and remedies know it (letters.json: bodies, courts)."""
        if self.is_justice_bureau:
            return "justice_bureau"
        if self.legal_kind == LegalKind.GOVERNMENT:
            return "town_government" if self.parent_id else "county_government"
        return str(self.legal_kind)

    @property
    def answers_applications(self) -> bool:
        return self.legal_kind in ANSWERS_APPLICATIONS

    def exists(self, on: date) -> bool:
        """Whether it is set up on that day and not yet dissolved; the queryset's `existing` asks the same."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)

    def government(self) -> Agency:
        """The nearest government at or above it (本级人民政府)."""
        organ = self
        while organ.legal_kind != LegalKind.GOVERNMENT and organ.parent:
            organ = organ.parent
        return organ


class ReportsTo(models.TextChoices):
    """Whom an organ reports its figures to (domain-spec §11.3 item 18)."""

    COUNTY = "county", "本县"
    SUPERIOR = "superior", "上级系统"
    NONE = "none", "不报送"


class ReportingLine(models.Model):
    """Whom an organ reports to, for a time; the roll-up of a year is that of its last day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reporting_lines", verbose_name="机关")
    reports_to = models.CharField("报送", max_length=10, choices=ReportsTo.choices)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to__isnull=True), name="agency_one_open_reporting_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} → {self.get_reports_to_display()}"
