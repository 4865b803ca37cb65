from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.documents.models import Blob


class SuperiorTemplate(models.Model):
    """The table a superior wants filled (上级报表模板): its head as given, and what each column means.

    `columns` has one [heading, meaning] a column; a meaning is a cell id, or one of `superior.WORDS` (序号, 机关名称…),
    or "-" for a column that is left blank, or "" while nobody has said it.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    name = models.CharField("名称", max_length=100)
    edition = models.CharField("表式", max_length=4)
    source = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="原件")
    sheet = models.CharField("工作表", max_length=31)
    head: Any = models.JSONField("表头", default=list)
    """The rows above the figures, as text, as the file has them."""
    columns: Any = models.JSONField("各列", default=list)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    brought_on = models.DateField("上传日期")

    class Meta:
        verbose_name = "上级报表模板"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def open_columns(self) -> int:
        """How many columns nobody has said the meaning of."""
        return sum(not meaning for _, meaning in self.columns)
