from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.design.words import BEIJING
from gongkai.publishing.models.facts import Facts
from gongkai.publishing.querysets import ItemQuerySet
from gongkai_core.states.items import STATES

ISOLATED = "（已隔离的条目）"
"""What stands for an item that is counted or listed while it is isolated."""


class ItemClass(models.TextChoices):
    """How many persons a text passes through (domain-spec §11.2 item 9)."""

    ORDINARY = "ordinary", "普通"
    IMPORTANT = "important", "重要"
    SENSITIVE = "sensitive", "敏感"


class Validity(models.TextChoices):
    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"


class InterpretationNeed(models.TextChoices):
    """Said by hand of one document; otherwise the office's rule goes by its kind (interpretation.py)."""

    REQUIRED = "required", "应当解读"
    EXEMPT = "exempt", "不需解读"


class WithdrawalKind(models.TextChoices):
    """公开说明的撤回 and 静默撤回 (domain-spec §11.2 item 13)."""

    OPEN = "open", "公开说明"
    SILENT = "silent", "静默"


class Item(Facts):
    """A public item (公开条目), or a document kept from being one with its reason.

    Its metadata are those of the public version; before the first publication, of the draft. `state` is the word
    derived from its versions (`gongkai_core.states.item_state`), kept in the transaction of each act.
    """

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="items", verbose_name="发布机构")
    index_no = models.CharField("索引号", max_length=40, blank=True, editable=False)
    item_class = models.CharField("条目类别", max_length=10, choices=ItemClass.choices, default=ItemClass.ORDINARY)
    state = models.CharField("状态", max_length=12, choices=list(STATES.items()), default="draft")

    validity = models.CharField("有效性", max_length=10, choices=Validity.choices, default=Validity.IN_FORCE)
    ended_on = models.DateField("失效（废止）日期", null=True, blank=True)
    """The first day on which it no longer holds."""
    review_by = models.DateField("复核日期", null=True, blank=True)
    interpretation_need = models.CharField(
        "解读要求", max_length=8, choices=InterpretationNeed.choices, blank=True, default=""
    )
    interpretation_reason = models.CharField("解读要求的理由", max_length=200, blank=True)

    first_published_at = models.DateTimeField("首次公开时间", null=True, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, editable=False)
    published_version = models.ForeignKey(
        "publishing.ItemVersion", models.PROTECT, null=True, related_name="+", editable=False
    )
    publish_by = models.DateField("公开期限", null=True, editable=False)
    """Its last day when it became public (条例第二十六条 and special periods); None without a day of formation."""
    shown_on = models.DateField("首次公开日", null=True, editable=False)
    """The first day in any statutory channel since it was formed or changed (PUB-02)."""
    column_serial = models.PositiveIntegerField("栏目内序号", null=True, editable=False)

    withdrawn_at = models.DateTimeField("撤回时间", null=True, editable=False)
    withdrawal_kind = models.CharField("撤回类别", max_length=6, choices=WithdrawalKind.choices, blank=True)
    withdrawal_reason = models.CharField("撤回理由", max_length=300, blank=True)

    reassess_on = models.DateField("下次评估日期", null=True, editable=False)
    """When a document that is not open is looked at again (条例第十八条); null for an open one."""

    isolated_at = models.DateTimeField("隔离时间", null=True, editable=False)
    """When a secret was found in it: from then on it exists for nobody but those who handle the leak."""

    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ItemQuerySet.as_manager()

    class Meta(Facts.Meta):
        abstract = False
        verbose_name = "公开条目"
        constraints = [
            *Facts.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "index_no"], condition=~Q(index_no=""), name="item_index_no_once"
            ),
            models.UniqueConstraint(fields=["column", "column_serial"], name="item_column_serial_once"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(
                    openness="open",
                    published_version__isnull=False,
                    published_at__isnull=False,
                    first_published_at__isnull=False,
                    column_serial__isnull=False,
                    withdrawn_at__isnull=True,
                )
                & ~Q(index_no=""),
                name="item_public_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_kind="") & ~Q(withdrawal_reason=""),
                name="item_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(validity__in=["in_force", "amended"], ended_on__isnull=True)
                | Q(validity__in=["expired", "repealed"], ended_on__isnull=False),
                name="item_ended_has_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(formed_on__isnull=True) | Q(ended_on__gte=F("formed_on")),
                name="item_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "reassess_on"],
                condition=Q(reassess_on__isnull=False),
                name="item_agency_reassess",
            ),
            # What the annual tables count is in these two indexes, so a year of a million items is read from them alone.
            models.Index(
                fields=["agency", "first_published_at", "normative_kind", "interprets", "column"], name="item_counted"
            ),
            models.Index(
                fields=[
                    "agency",
                    "normative_kind",
                    "formed_on",
                    "ended_on",
                    "valid_until",
                    "first_published_at",
                    "state",
                    "id",
                ],
                condition=~Q(normative_kind=""),
                name="item_agency_normative",
            ),
            models.Index(
                fields=["agency", "shown_on"], condition=Q(shown_on__gt=F("publish_by")), name="item_agency_late"
            ),
            models.Index(fields=["topic", "published_at"], condition=Q(state="published"), name="item_topic_newest"),
            models.Index(fields=["genre", "published_at"], condition=Q(state="published"), name="item_genre_newest"),
            models.Index(fields=["agency", "state", "public_id"], name="item_agency_state"),
            models.Index(fields=["agency", "public_id"], name="item_agency_public_id"),
            models.Index(
                fields=["agency", "published_at", "public_id"],
                condition=Q(state="published"),
                name="item_agency_newest",
            ),
            models.Index(fields=["published_at"], condition=Q(state="published"), name="item_newest"),
            # The home page's lists, however few of them there are among a million.
            models.Index(
                fields=["published_at"],
                condition=Q(state="published") & ~Q(normative_kind=""),
                name="item_newest_normative",
            ),
            models.Index(
                fields=["published_at"],
                condition=Q(state="published", interprets__isnull=False),
                name="item_newest_interpreting",
            ),
            models.Index(fields=["first_published_at"], name="item_first_published"),
            # Without the many that interpret nothing: asked for those, a planner would enter by it and sort them all.
            models.Index(fields=["interprets"], condition=Q(interprets__isnull=False), name="item_interprets"),
            # The desk's list of all organs by state, by column and by a word of the title.
            models.Index(fields=["state", "public_id"], condition=~Q(state="published"), name="item_not_public"),
            models.Index(fields=["column", "public_id"], name="item_column_public_id"),
            models.Index(fields=["public_id", "isolated_at", "title"], name="item_titles"),
            models.Index(fields=["isolated_at"], condition=Q(isolated_at__isnull=False), name="item_isolated"),
            models.Index(fields=["column", "published_at"], condition=Q(state="published"), name="item_column_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public address, for ever."""
        return reverse("publishing:item", args=[self.public_id])

    @property
    def is_public(self) -> bool:
        return self.state == "published"

    def as_record(self) -> Record:
        """This item as a line behind a figure."""
        day = self.first_published_at.astimezone(BEIJING).date() if self.first_published_at else self.formed_on
        title = f"{self.title}（{self.docno}）" if self.docno else self.title
        return Record(
            date=day or self.created_at.astimezone(BEIJING).date(),
            title=ISOLATED if self.isolated_at else title,
            agency=self.agency.short_name,
            url=reverse("publishing:desk_item", args=[self.public_id]),
        )
