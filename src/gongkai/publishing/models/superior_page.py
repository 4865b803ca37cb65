from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.publishing.models.item import Item
from gongkai.publishing.models.version import ItemVersion


class Shown(models.TextChoices):
    """What our own page shows of the superior's, once its address is back."""

    NOTHING = "nothing", "不显示"
    BESIDE = "beside", "同时显示"
    INSTEAD = "instead", "只显示链接"


class Verdict(models.TextChoices):
    """What a look at the address said."""

    SAME = "same", "标题相符"
    OTHER = "other", "标题不符"
    UNREACHED = "unreached", "打不开"


class SuperiorPage(models.Model):
    """An item's page on the superior's platform (上级平台网页): awaited, then filled back with address and time.

    Exists for items published while `portal_mode` is 上级平台 (domain-spec §11.7 item 46). A new version of the item
    makes it awaited again.
    """

    item = models.OneToOneField(Item, models.PROTECT, related_name="superior_page", verbose_name="条目")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="发布机构")
    """The item's, repeated so that an organ's list is one range of an index."""
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name="版本")
    awaited_since = models.DateTimeField("发布时间")
    url = models.CharField("网址", max_length=500, blank=True)
    posted_at = models.DateTimeField("上级平台发布时间", null=True)
    filled_at = models.DateTimeField("回填时间", null=True)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="回填人"
    )
    shown = models.CharField("本站显示", max_length=10, choices=Shown.choices, default=Shown.BESIDE)
    """The office's setting as it was followed last: a page depends on rows alone."""
    verdict = models.CharField("核对", max_length=10, choices=Verdict.choices, blank=True)
    verdict_note = models.CharField("核对说明", max_length=200, blank=True)
    verdict_at = models.DateTimeField("核对时间", null=True)

    class Meta:
        verbose_name = "上级平台网页"
        constraints = [
            models.UniqueConstraint(fields=["url"], condition=~Q(url=""), name="superior_page_url_once"),
            models.CheckConstraint(
                condition=Q(filled_at__isnull=True)
                | ~Q(url="") & Q(posted_at__isnull=False) & Q(filled_by__isnull=False),
                name="superior_page_filled_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "awaited_since"], condition=Q(filled_at__isnull=True), name="superior_page_awaited"
            ),
            models.Index(fields=["agency", "awaited_since", "item"], name="superior_page_agency"),
        ]

    def __str__(self) -> str:
        return self.url or "待回填"

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def is_linked(self) -> bool:
        """Whether our page leads to it."""
        return self.filled_at is not None and self.shown != Shown.NOTHING
