from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q

from gongkai.agencies.identifiers import new_public_id
from gongkai.agencies.models.agency import Agency


class Role(models.TextChoices):
    """A role (角色): a named permission, held at an organ for a time."""

    DRAFTER = "drafter", "拟稿人"
    REVIEWER = "reviewer", "审核人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    PUBLISHER = "publisher", "签发人"
    CASE_REGISTRAR = "case_registrar", "申请登记员"
    HANDLER = "handler", "承办人"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核人"
    SIGNATORY = "signatory", "答复签发人"
    STATISTICIAN = "statistician", "统计员"
    DISCLOSURE_OFFICE = "disclosure_office", "政务公开办"
    SUPERVISOR = "supervisor", "监督员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, name: str, password: str | None = None, **fields: Any) -> User:
        """Create a person's one account; without a password it cannot log in."""
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person (人员) and their one account."""

    public_id = models.UUIDField("标识", default=new_public_id, unique=True, editable=False)
    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    is_active = models.BooleanField("可登录", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name

    def holds(self, role: str, agency: Agency | None = None, *, on: date) -> bool:
        """Whether this person holds the role on a day, at the organ itself (or, with None, anywhere)."""
        return any(post.role == role and (agency is None or post.agency_id == agency.pk) for post in self.posts_on(on))

    def posts_on(self, on: date) -> list[Appointment]:
        """The posts held on a day, one's own first, then those of whom one deputises for; read once per request."""
        cached = self.__dict__.setdefault("_posts", {})
        if on not in cached:
            lent = self.deputising.in_force(on)
            here = Exists(lent.filter(person=OuterRef("user"), agency=OuterRef("agency")))
            business = ~Q(role__in=[str(role) for role in ADMINISTRATORS])
            held = Q(user=self) | Q(user__in=lent.values("person")) & here & business
            found = Appointment.objects.on(on).filter(held).select_related("agency", "user")
            cached[on] = sorted(found.order_by("agency__path", "pk"), key=lambda post: post.user_id != self.pk)
        return list(cached[on])

    def own_posts_on(self, on: date) -> list[Appointment]:
        """The posts held on a day in one's own name."""
        return [post for post in self.posts_on(on) if post.user_id == self.pk]

    def principals_on(self, on: date) -> list[User]:
        """The people for whom this one acts on a day (代)."""
        return list({post.user: None for post in self.posts_on(on) if post.user_id != self.pk})

    def business_posts_on(self, on: date) -> list[Appointment]:
        """The posts in which this person handles business: the three administrators (三员) handle none."""
        return [post for post in self.posts_on(on) if post.role not in ADMINISTRATORS]


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def on(self, day: date) -> AppointmentQuerySet:
        """Posts held on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def held_on(self, day: date) -> AppointmentQuerySet:
        """Posts in force on a day of people whose account is open, with the person."""
        return self.on(day).filter(user__is_active=True).select_related("user").order_by("user__name", "pk")


class Appointment(models.Model):
    """A post (岗位): one person, one organ, one role, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="人员")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="appointments", verbose_name="机关")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    title = models.CharField("职务", max_length=40, blank=True)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(valid_to__isnull=True),
                name="appointment_held_once",
            ),
            # 三员分立: no account is two of the three administrators, whatever a screen allows.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=[str(role) for role in ADMINISTRATORS], valid_to__isnull=True),
                name="appointment_one_administration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.agency.short_name}{self.get_role_display()}"
