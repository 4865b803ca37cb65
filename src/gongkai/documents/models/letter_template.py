from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.documents.models.blob import Blob
from gongkai_core.letters import LETTERS, Addition


class LetterTemplate(models.Model):
    """文书模板: the office's own Word file for a letter, with the paragraphs it adds to the given ones.

    One is in force for a letter; without one the letter is printed as it is given. Those before it stay, since
    letters were made with them.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    letter = models.CharField("文书", max_length=8, choices=[(code, row.name) for code, row in LETTERS.items()])
    file = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="模板文件")
    added = models.JSONField("增加的段落", default=list)
    """[[after, text]]: see `additions`."""
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_on = models.DateField("上传日期")
    retired_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "文书模板"
        ordering = ["letter", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(retired_on__isnull=True), name="lettertemplate_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{LETTERS[self.letter].name}模板"

    @property
    def additions(self) -> tuple[Addition, ...]:
        return tuple(Addition(after, text) for after, text in self.added)

    @additions.setter
    def additions(self, rows: tuple[Addition, ...]) -> None:
        self.added: list[Any] = [[row.after, row.text] for row in rows]


def template_in_force(letter: str) -> LetterTemplate | None:
    """The office's template of a letter, or None."""
    return LetterTemplate.objects.filter(letter=letter, retired_on=None).select_related("file").first()
