from __future__ import annotations

from typing import Any

from django.db import models

from gongkai.agencies.identifiers import new_public_id
from gongkai.documents.cipher import SealedTextField, blind_index


class ApplicantKind(models.TextChoices):
    """The columns of table three (国办公开办函〔2021〕30号)."""

    NATURAL_PERSON = "natural_person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    NGO = "ngo", "社会公益组织"
    LEGAL = "legal", "法律服务机构"
    OTHER = "other", "其他"


class IdType(models.TextChoices):
    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    MAINLAND_PERMIT = "mainland_permit", "港澳台居民来往内地（大陆）通行证"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    OTHER = "other", "其他证明"


class Applicant(models.Model):
    """申请人, as stated in one application: a later application brings a row of its own.

    Everything that names a person is sealed; equal persons are found by keyed digests (`same_person`).
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    kind = models.CharField("申请人类型", max_length=16, choices=ApplicantKind.choices)
    name = SealedTextField("姓名或者名称", blank=True)
    id_type = models.CharField("证件类型", max_length=16, choices=IdType.choices, blank=True)
    id_number = SealedTextField("证件号码", blank=True)
    legal_representative = SealedTextField("法定代表人", blank=True)
    contact_person = SealedTextField("联系人", blank=True)
    phone = SealedTextField("联系电话", blank=True)
    email = SealedTextField("电子邮箱", blank=True)
    fax = SealedTextField("传真", blank=True)
    address = SealedTextField("通信地址", blank=True)
    postcode = SealedTextField("邮政编码", blank=True)
    agent_name = SealedTextField("受托人", blank=True)
    agent_id_number = SealedTextField("受托人证件号码", blank=True)
    name_index = models.CharField(max_length=64, editable=False)
    id_index = models.CharField(max_length=64, blank=True, editable=False)
    """Keyed digests (HMAC-SHA256 with the index key); empty where no number was given."""

    class Meta:
        verbose_name = "申请人"
        indexes = [
            models.Index(fields=["id_index"], name="applicant_id_index"),
            models.Index(fields=["name_index"], name="applicant_name_index"),
            # The annual tables join a year's cases with the kind alone; the rows are wide with sealed texts.
            models.Index(fields=["id", "kind"], name="applicant_kind"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ApplicantKind.values), name="applicant_kind_known")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()  # never a name: this text reaches logs

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.index()
        super().save(*args, **kwargs)

    def index(self) -> None:
        """Refresh the keyed digests; `bulk_create` does not call `save`, so who uses it calls this."""
        self.name_index = blind_index(self.name) if self.name else ""
        self.id_index = blind_index(self.id_number) if self.id_number else ""

    @property
    def is_person(self) -> bool:
        return self.kind == ApplicantKind.NATURAL_PERSON

    def same_person(self) -> models.QuerySet[Applicant]:
        """Applications of the same applicant."""
        known = self.known_by()
        return Applicant.objects.filter(**known) if known else Applicant.objects.filter(pk=self.pk)

    def known_by(self) -> dict[str, str]:
        """What an applicant is known by: the number where there is one, else the name (domain-spec F-04)."""
        if self.id_index:
            return {"id_index": self.id_index}
        return {"name_index": self.name_index} if self.name_index else {}
