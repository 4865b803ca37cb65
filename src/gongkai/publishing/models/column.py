from __future__ import annotations

from django.db import models


class Tab(models.TextChoices):
    """The four fixed parts of the 政府信息公开 page (国办公开办函〔2019〕61号)."""

    GUIDE = "guide", "政府信息公开指南"
    SYSTEM = "system", "政府信息公开制度"
    STATUTORY = "statutory", "法定主动公开内容"
    REPORT = "report", "政府信息公开年报"


class Column(models.Model):
    """A column (栏目) of the catalogue; the statutory skeleton is in `skeleton.py`.

    Public pages are numbered from the oldest: each item takes the next serial of its column when it first appears
    there, so a list needs neither COUNT nor OFFSET. `public_count` is a rollup kept in the same transaction.
    """

    code = models.CharField("编码", max_length=20, unique=True)
    slug = models.SlugField("地址", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60)
    tab = models.CharField("板块", max_length=10, choices=Tab.choices)
    article = models.CharField("依据", max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    position = models.PositiveSmallIntegerField("排序", default=0)
    last_serial = models.PositiveIntegerField(default=0, editable=False)
    public_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "栏目"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
