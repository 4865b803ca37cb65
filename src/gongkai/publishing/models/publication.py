from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.publishing.models.item import Item


class Channel(models.TextChoices):
    """Where an item was made public (条例第二十三条); the same item in several channels counts once."""

    GAZETTE = "gazette", "政府公报"
    WEBSITE = "website", "政府网站"
    WEIBO = "weibo", "政务微博"
    WECHAT = "wechat", "政务微信"
    OTHER = "other", "其他方式"


class Publication(models.Model):
    """One item in one channel, on a legal day; ticks beyond the website are optional (domain-spec §11.8 item 53)."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="publications", verbose_name="条目")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="发布机构")
    """The item's, repeated so that a year of one organ is one range of an index."""
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    published_on = models.DateField("公开日期")

    class Meta:
        verbose_name = "公开渠道"
        constraints = [models.UniqueConstraint(fields=["item", "channel"], name="publication_once_per_channel")]
        indexes = [models.Index(fields=["agency", "published_on", "channel"], name="publication_agency_day")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.published_on}"
