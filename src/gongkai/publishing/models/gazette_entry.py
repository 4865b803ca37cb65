from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.publishing.models.gazette_issue import GazetteIssue
from gongkai.publishing.models.item import Item
from gongkai.publishing.models.version import ItemVersion


class EntryKind(models.TextChoices):
    """What stands on a line of an issue's plan."""

    SECTION = "section", "栏目标题"
    ITEM = "item", "文件"
    TEXT = "text", "自编文字"
    """The gazette's own: 大事记, pages of data."""


class GazetteEntry(models.Model):
    """One line of an issue (公报篇目): the heading of a section, a published item as it stood, or own text."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    issue = models.ForeignKey(GazetteIssue, models.PROTECT, related_name="entries", verbose_name="公报")
    position = models.PositiveIntegerField("次序")
    kind = models.CharField("类别", max_length=10, choices=EntryKind.choices)
    title = models.CharField("标题", max_length=200)
    docno = models.CharField("发文字号", max_length=60, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="gazette_entries", verbose_name="条目")
    version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="+", verbose_name="版本")
    """What is printed: the text that was public when the issue was composed."""
    body = models.TextField("正文", blank=True)
    """Own text, sanitised HTML; an item's is its version's."""

    class Meta:
        verbose_name = "公报篇目"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "item"], name="gazette_entry_item_once"),
            models.CheckConstraint(
                condition=Q(kind="item", item__isnull=False, version__isnull=False, body="")
                | Q(kind__in=["section", "text"], item__isnull=True, version__isnull=True),
                name="gazette_entry_is_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["issue", "position"], name="gazette_entry_order")]

    def __str__(self) -> str:
        return self.title
