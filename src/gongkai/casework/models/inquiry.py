from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.casework.models.case import Case
from gongkai.casework.models.notice import Notice
from gongkai.documents.cipher import SealedTextField


class Party(models.TextChoices):
    THIRD_PARTY = "third_party", "第三方"
    CO_MAKER = "co_maker", "共同制作机关"
    AGENCY = "agency", "其他机关"
    APPLICANT = "applicant", "申请人（说明理由）"


class Opinion(models.TextChoices):
    AGREE = "agree", "同意公开"
    PARTIAL = "partial", "部分同意"
    REFUSE = "refuse", "不同意公开"
    REASONABLE = "reasonable", "理由合理"
    UNREASONABLE = "unreasonable", "理由不合理"
    NONE = "none", "逾期未答"
    OTHER = "other", "其他意见"


class Inquiry(models.Model):
    """征求意见: a question put to somebody about a case, and its answer.

    Third party (条例第三十二条), co-maker (第三十四条), another organ (第十一条、第三十三条第三款), or the applicant asked
    for reasons (第三十五条). The clock knows the first three by events whose `ref` is this row's public id.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="inquiries")
    ref = models.CharField("序号", max_length=8, editable=False)
    """Which question of the case this is: ties the clock's question to its answer and stands in its sum."""
    party = models.CharField("征求对象", max_length=12, choices=Party.choices)
    name = SealedTextField("名称")
    contact = SealedTextField("联系方式", blank=True)
    basis = models.CharField("依据", max_length=100, blank=True)
    question = models.CharField("事项", max_length=300)
    """What is asked, without the applicant's data (domain-spec §11.6 item 40)."""
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, blank=True, related_name="inquiry")
    asked_with = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="together", verbose_name="一并征求"
    )
    """In a series one letter asks for all cases: the inquiry that the letter hangs on; each case has its own row."""
    sent_on = models.DateField("发出日")
    delivered_on = models.DateField("送达日", null=True, blank=True)
    answer_by = models.DateField("答复截止", null=True, blank=True)
    """Only where the letter sets a day itself (reasons); third parties' days are the clock's."""
    answered_on = models.DateField("收到日", null=True, blank=True)
    opinion = models.CharField("意见", max_length=12, choices=Opinion.choices, blank=True)
    words = SealedTextField("意见内容", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "征求意见"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], name="inquiry_ref_once"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=models.F("sent_on")),
                name="inquiry_answer_after_question",
            ),
        ]

    @property
    def letter(self) -> Notice | None:
        """The letter that asked, which may stand in another case of the series."""
        return self.asked_with.notice if self.asked_with else self.notice

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Number the questions of a case as they come; the case is locked by whoever asks."""
        if not self.ref:
            self.ref = str(Inquiry.objects.filter(case=self.case).count() + 1)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.sent_on}"
