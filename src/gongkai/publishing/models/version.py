from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models import Agency
from gongkai.publishing.models.batch import Batch
from gongkai.publishing.models.facts import Facts
from gongkai.publishing.models.item import Item
from gongkai.publishing.models.walk import EVER_PUBLIC, Walk
from gongkai_core.states.items import UNDER_WAY


class ItemVersion(Facts, Walk):
    """One text of an item with its metadata; what is approved and published is the digest of all of it.

    `secrecy_by` … `approved_digest` repeat the approvals of the current round, so that the database itself refuses, for
    any chain, a public version that nobody else reviewed for secrecy and signed or whose content moved (条例第十七条；
    保密法第三十五条). The frozen chain of an item that came in a batch is the batch's.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", verbose_name="条目")
    number = models.PositiveSmallIntegerField("版次", default=1)
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, db_index=False, related_name="versions", verbose_name="批次"
    )
    batch_position = models.PositiveIntegerField("批内序号", null=True)
    body = models.TextField("正文")
    """Sanitised HTML."""
    imported_from = models.CharField("原网址和日期", max_length=400, blank=True)
    """Of what was imported from an older site; for the desk alone."""
    correction = models.CharField("更正说明", max_length=500, blank=True)
    """What was wrong in the text that was public before; shown on the page and digested with the text (条例第六条)."""
    backdated_reason = models.CharField("补登说明", max_length=300, blank=True)
    """Why a document enters long after its day (`backdating`); internal, listed for the supervisor."""
    created_at = models.DateTimeField(auto_now_add=True)

    secrecy_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    secrecy_passed_at = models.DateTimeField(null=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField("发布时间", null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    """When this version stopped being public other than by a newer one."""
    withdrawn_silently = models.BooleanField(default=False)
    """Public once, and not to be seen again: its item was withdrawn silently, whatever was published of it later."""

    class Meta(Facts.Meta, Walk.Meta):
        abstract = False
        verbose_name = "条目版本"
        ordering = ["item", "number"]
        constraints = [
            *Facts.Meta.constraints,
            *Walk.Meta.constraints,
            models.UniqueConstraint(fields=["item", "number"], name="itemversion_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=sorted(UNDER_WAY)), name="itemversion_one_under_way"
            ),
            models.UniqueConstraint(fields=["item"], condition=Q(state="published"), name="itemversion_one_published"),
            models.CheckConstraint(
                condition=~Q(state__in=EVER_PUBLIC)
                | Q(
                    openness="open",
                    secrecy_by__isnull=False,
                    signed_by__isnull=False,
                    secrecy_passed_at__isnull=False,
                    approved_digest=F("digest"),
                    published_at__gte=F("secrecy_passed_at"),
                ),
                name="itemversion_public_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="itemversion_withdrawn_has_moment"
            ),
            models.CheckConstraint(
                condition=(Q(secrecy_by__isnull=True) | ~Q(secrecy_by=F("author")))
                & (Q(signed_by__isnull=True) | ~Q(signed_by=F("author"))),
                name="itemversion_approved_by_others",
            ),
        ]
        indexes = [
            # Only of those that are in a batch, or interpret something: see Item.
            models.Index(
                fields=["batch", "batch_position"], condition=Q(batch__isnull=False), name="itemversion_batch"
            ),
            models.Index(fields=["interprets"], condition=Q(interprets__isnull=False), name="itemversion_interprets"),
            models.Index(
                fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False), name="itemversion_withdrawn"
            ),
            models.Index(
                fields=["state", "submitted_at"], condition=Q(published_at__isnull=True), name="itemversion_not_public"
            ),
            models.Index(fields=["public_id"], condition=~Q(backdated_reason=""), name="itemversion_backdated"),
            models.Index(fields=["waits_for", "submitted_at"], condition=~Q(waits_for=""), name="itemversion_waiting"),
            models.Index(fields=["recheck_by"], condition=Q(recheck_by__isnull=False), name="itemversion_recheck"),
        ]

    @property
    def agency(self) -> Agency:
        return self.item.agency

    @property
    def item_class(self) -> str:
        return self.item.item_class

    def __str__(self) -> str:
        return f"{self.title}（第 {self.number} 版）"
