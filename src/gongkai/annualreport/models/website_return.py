from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import visible_agencies
from gongkai.documents.models import Blob
from gongkai_core.website_return import CELLS, DOC, TITLE, Value


class WebsiteReturnQuerySet(models.QuerySet["WebsiteReturn"]):
    def for_user(self, user: User, *, on: date) -> WebsiteReturnQuerySet:
        """The returns the person may open; all others don't exist for them."""
        return self.filter(agency__in=visible_agencies(user, on=on))

    def public(self) -> WebsiteReturnQuerySet:
        return self.filter(state=WebsiteReturnState.PUBLISHED)


class WebsiteReturnState(models.TextChoices):
    FILLING = "filling", "填报中"
    APPROVED = "approved", "已审核"
    PUBLISHED = "published", "已公布"


class WebsiteReturn(models.Model):
    """政府网站工作年度报表: what a website did in a year, published on it by 31 January (国办函〔2018〕12号).

    Until approval the counted cells are counted anew each time; approval freezes all of them in `frozen`.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="website_returns", verbose_name="主办单位")
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField(
        "状态", max_length=10, choices=WebsiteReturnState.choices, default=WebsiteReturnState.FILLING
    )
    filed = models.JSONField("填报数", default=dict)
    """Cell id → value as text, of the cells that no ledger knows; a blank cell is not there."""
    evidence = models.JSONField("佐证", default=dict)
    """Section → whose figures they are and what proves them."""
    site_name = models.CharField("网站名称", max_length=60)
    head = models.CharField("单位负责人", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    frozen = models.JSONField("核定数", default=dict)
    """Cell id → [value as text or null, origin], and under `site` the facts of the site, as approved."""
    hands = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="填报过的人")
    """Whoever has put a hand to it: none of them approves it."""
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填报人")
    filled_on = models.DateField("填报日期")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    approved_on = models.DateField("审核日期", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="公布人"
    )
    published_at = models.DateTimeField("公布时间", null=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    """Counts changes, so that two editors never overwrite each other unseen."""

    objects = WebsiteReturnQuerySet.as_manager()

    class Meta:
        verbose_name = TITLE
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="websitereturn_once_a_year"),
            models.CheckConstraint(condition=~Q(approved_by=F("filled_by")), name="websitereturn_approved_by_another"),
            models.CheckConstraint(
                condition=Q(state="filling", approved_by__isnull=True, approved_on__isnull=True)
                | Q(state__in=["approved", "published"], approved_by__isnull=False, approved_on__isnull=False),
                name="websitereturn_approved_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_by__isnull=False, published_at__isnull=False)
                | (~Q(state="published") & Q(published_by__isnull=True, published_at__isnull=True)),
                name="websitereturn_published_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_name}{self.year}年{TITLE}"

    def get_absolute_url(self) -> str:
        """Its public address, for ever."""
        return reverse("annualreport:website_return", args=[self.public_id])

    @property
    def due_on(self) -> date:
        """By when it is published (国办函〔2018〕12号)."""
        return date(self.year + 1, 1, 31)

    due_article = DOC

    @property
    def filed_values(self) -> dict[str, Value]:
        """What persons filed, as values."""
        return {cell: typed(cell, text) for cell, text in self.filed.items() if cell in CELLS}


def typed(cell_id: str, text: str | None) -> Value:
    """A kept text as its cell's value."""
    return text if text is None or not CELLS[cell_id].is_number else Decimal(text)


class WebsiteCorrection(models.Model):
    """A counted or added figure of a website's return corrected by hand: the counted one stays beside it."""

    website_return = models.ForeignKey(
        WebsiteReturn, models.CASCADE, related_name="corrections", verbose_name="网站年度报表"
    )
    cell = models.CharField("单元格", max_length=40)
    computed = models.DecimalField("台账数", max_digits=15, decimal_places=1, null=True)
    corrected = models.DecimalField("更正为", max_digits=15, decimal_places=1)
    reason = models.CharField("理由", max_length=300)
    evidence = models.CharField("佐证", max_length=200)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更正人")
    corrected_on = models.DateField("更正日期")

    class Meta:
        verbose_name = "网站报表更正"
        constraints = [
            models.UniqueConstraint(fields=["website_return", "cell"], name="websitecorrection_once"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(evidence=""), name="websitecorrection_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.cell}: {self.computed} → {self.corrected}"


class WebsiteReturnFile(models.Model):
    """A file of a published return: made once, at publication, and served unchanged ever after."""

    website_return = models.ForeignKey(WebsiteReturn, models.PROTECT, related_name="files", verbose_name="网站年度报表")
    kind = models.CharField("格式", max_length=5)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = "网站报表文件"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["website_return", "kind"], name="websitereturnfile_once")]

    def __str__(self) -> str:
        return f"{self.website_return_id} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("annualreport:website_return_file", args=[self.website_return.public_id, self.kind])
