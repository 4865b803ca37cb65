from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.case import Case
from gongkai.casework.models.notice import Method, Notice
from gongkai.casework.models.register_paper import RegisterPaper
from gongkai.documents.cipher import SealedTextField
from gongkai.documents.models import Blob

Outgoing = Notice | RegisterPaper
"""Any paper that leaves the house; between signature and arrival both kinds go the same way."""
Holder = Case | RegisterPaper
"""Whose paper waits to be sent: a case its answer, a paper of a register itself."""


def belongs_to_paper(paper: Outgoing) -> dict[str, Outgoing]:
    """The paper a row belongs to, as a keyword for making or finding it."""
    return {"notice" if isinstance(paper, Notice) else "register_paper": paper}


def of_one_paper(name: str) -> models.CheckConstraint:
    """Either a paper of a case or one of a register."""
    return models.CheckConstraint(
        condition=Q(notice__isnull=False, register_paper__isnull=True)
        | Q(notice__isnull=True, register_paper__isnull=False),
        name=name,
    )


class OfPaper(models.Model):
    """What belongs to one outgoing paper, of a case or of a register."""

    notice: Notice | None
    register_paper: RegisterPaper | None

    class Meta:
        abstract = True

    @property
    def paper(self) -> Outgoing:
        found = self.notice or self.register_paper
        assert found is not None  # the table's constraint
        return found

    @property
    def holder(self) -> Holder:
        """Whose rules and whose thread it goes by."""
        paper = self.paper
        return paper.case if isinstance(paper, Notice) else paper


class Mailing(models.TextChoices):
    WAITING = "waiting", "等待发送"
    SENT = "sent", "邮件服务器已收下"
    REFUSED = "refused", "没有发出"


class Delivery(OfPaper):
    """送达: when a paper left the house, and the proof that it arrived.

    The day that counts for the reply is the day it is sent, posted or handed over (domain-spec §1.5.2).
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="deliveries")
    register_paper = models.ForeignKey(
        RegisterPaper, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name="台账文书"
    )
    method = models.CharField("送达方式", max_length=12, choices=Method.choices)
    sent_on = models.DateField("发出日")
    delivered_on = models.DateField("送达日", null=True, blank=True)
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    receiver = SealedTextField("签收人", blank=True)
    evidence = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送达凭证")
    failed = models.CharField("退回原因", max_length=100, blank=True)
    mailing = models.CharField("电子邮件", max_length=8, choices=Mailing.choices, blank=True)
    """Only where this system sends the e-mail itself."""
    mailed_at = models.DateTimeField("邮件服务器收下的时间", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "送达"
        ordering = ["pk"]
        indexes = [models.Index(fields=["sent_on"], name="delivery_sent")]
        constraints = [
            of_one_paper("delivery_of_one_paper"),
            models.CheckConstraint(condition=Q(mailing="") | Q(method=Method.EMAIL), name="delivery_mailed_is_email"),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | Q(delivered_on__gte=models.F("sent_on")),
                name="delivery_after_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.sent_on}"

    @property
    def failed_words(self) -> str:
        """Why it did not arrive: it came back, or never left the mail server."""
        return self.failed if self.mailing == Mailing.REFUSED or not self.failed else f"退回：{self.failed}"
