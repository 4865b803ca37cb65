from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.case import Case
from gongkai.casework.models.file import CaseFile
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob
from gongkai.documents.redaction import Box
from gongkai_core.exemptions import EXEMPTIONS


class Material(models.Model):
    """拟提供的材料: a file that is to be given with an answer, its original and the one that was redacted (遮蔽).

    Both stay linked. The redacted one goes with whatever mark it was made of: a changed mark takes it back.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="materials")
    name = SealedTextField("文件名")
    kind = models.CharField("格式", max_length=8)
    pages = models.PositiveSmallIntegerField("页数")
    """That can be looked at: none of a .docx."""
    original = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="原件")
    keep_pictures = models.BooleanField("保留文中图片", default=False)
    redacted = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="遮蔽稿")
    as_pictures = models.BooleanField("全部转为图片", default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_on = models.DateField("生成日", null=True, blank=True)
    file = models.OneToOneField(CaseFile, models.PROTECT, null=True, blank=True, related_name="material")
    """The paper that goes to the applicant, once somebody has looked through every page."""
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    checked_on = models.DateField("核对日", null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_on = models.DateField("加入日")

    class Meta:
        verbose_name = "拟提供的材料"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(redacted__isnull=False, checked_by__isnull=False),
                name="material_given_is_checked",
            )
        ]

    def __str__(self) -> str:
        return f"拟提供的材料（{self.kind}）"  # never its name: this text reaches logs

    def get_absolute_url(self) -> str:
        return reverse("casework:material", args=[self.public_id])

    @property
    def state(self) -> str:
        if self.file_id:
            return "已核对，随答复提供"
        return "已生成，待核对" if self.redacted_id else "待遮蔽"


class RedactionMark(models.Model):
    """遮蔽处: words wherever they stand, or a rectangle on a page, with its ground in the 条例."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    material = models.ForeignKey(Material, models.CASCADE, related_name="marks")
    words = SealedTextField("文字", blank=True)
    places = models.PositiveIntegerField("处数", default=1)
    page = models.PositiveSmallIntegerField("页", null=True, blank=True)
    # Thousandths of the page's width and height, from its upper left corner.
    left = models.PositiveSmallIntegerField("左", null=True, blank=True)
    top = models.PositiveSmallIntegerField("上", null=True, blank=True)
    right = models.PositiveSmallIntegerField("右", null=True, blank=True)
    bottom = models.PositiveSmallIntegerField("下", null=True, blank=True)
    ground = models.CharField("依据", max_length=8)
    """Code of the exemption (`gongkai_core.exemptions`)."""
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "遮蔽处"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True, left__isnull=True, top__isnull=True, right__isnull=True)
                & Q(bottom__isnull=True)
                & ~Q(words="")
                | Q(words="", page__isnull=False, left__lt=models.F("right"), top__lt=models.F("bottom")),
                name="mark_words_or_box",
            ),
            models.CheckConstraint(condition=Q(ground__in=list(EXEMPTIONS)), name="mark_ground_known"),
        ]

    def __str__(self) -> str:
        return f"遮蔽处 {self.ground}"

    @property
    def box(self) -> Box | None:
        if self.page is None:
            return None
        assert self.left is not None and self.top is not None and self.right is not None and self.bottom is not None
        return Box(self.page, self.left, self.top, self.right, self.bottom)

    @property
    def ground_words(self) -> str:
        return EXEMPTIONS[self.ground].words

    @property
    def where(self) -> str:
        """Its place in words, without what it hides."""
        if self.page is None:
            return f"文字，{self.places} 处"
        sides = [value / 10 for value in (self.left, self.top, self.right, self.bottom) if value is not None]
        return f"第 {self.page} 页方框（左 {sides[0]:g}%，上 {sides[1]:g}%，右 {sides[2]:g}%，下 {sides[3]:g}%）"
