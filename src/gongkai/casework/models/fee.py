from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.ledger import Record
from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Case
from gongkai.casework.models.notice import Notice

FEN_PER_WAN_YUAN = Decimal(1_000_000)


class FeeMethod(models.TextChoices):
    PER_CASE = "per_case", "按件"
    PER_PAGE = "per_page", "按量"


class FeeCharge(models.Model):
    """信息处理费: one charge per case, under one of the two tariffs (国办函〔2020〕109号第三条)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="fee")
    method = models.CharField("计费方式", max_length=10, choices=FeeMethod.choices)
    quantity = models.PositiveIntegerField("件次或者页数")
    """per_case: which case of the applicant's month this is; per_page: pages."""
    amount_fen = models.PositiveBigIntegerField("金额（分）")
    detail = models.CharField("计算明细", max_length=300)
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="fee")
    delivered_on = models.DateField("通知送达日")

    class Meta:
        verbose_name = "信息处理费"

    def __str__(self) -> str:
        return f"{self.case} {self.amount_fen}"

    def as_record(self) -> Record:
        return Record(
            date=self.delivered_on,
            title=f"{self.case.number} {self.case.title}（{self.get_method_display()}，{self.detail}）",
            agency=self.case.agency.short_name,
            url=self.case.get_absolute_url(),
            amount=Decimal(self.amount_fen) / FEN_PER_WAN_YUAN,
        )


class FeeReceipt(models.Model):
    """收费记录: money that came in, with its receipt (domain-spec §11.9 item 63)."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="fee_receipts", verbose_name="机关")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name="办件")
    amount_fen = models.PositiveBigIntegerField("金额（分）")
    paid_on = models.DateField("缴费日")
    collection_code = models.CharField("非税执收编码", max_length=40, blank=True)
    payment_number = models.CharField("缴款书号", max_length=40, blank=True)
    receipt_number = models.CharField("票据号", max_length=40, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "收费记录"
        indexes = [models.Index(fields=["agency", "paid_on"], name="fee_receipt_agency_paid")]
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="fee_receipt_positive")]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount_fen}"

    def get_absolute_url(self) -> str:
        return reverse("casework:fee_receipt", args=[self.public_id])

    def as_record(self) -> Record:
        return Record(
            date=self.paid_on,
            title=self.receipt_number or self.payment_number or "收费记录",
            agency=self.agency.short_name,
            url=self.get_absolute_url(),
            amount=Decimal(self.amount_fen) / FEN_PER_WAN_YUAN,
        )
