"""初始化: an empty database becomes the installation of one government."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.models import Agency, Installation, LegalKind, Role, User
from gongkai.operations.passwords import wrong_password
from gongkai.publishing.skeleton import seed_columns
from gongkai.trail.chain import record
from gongkai_core.identity import valid_credit_code
from gongkai_core.refusals import Refusal, Refused


@dataclass(frozen=True)
class Founding:
    """What `gongkai site init` asks for."""

    name: str
    """Full name of the government (本级政府全称)."""
    code: str
    """统一社会信用代码."""
    document_prefix: str
    """机关代字."""
    username: str
    admin_name: str
    password: str
    short_name: str = ""
    """简称; empty: the full name with 人民政府 shortened to 政府."""

    @property
    def shortened(self) -> str:
        return self.short_name or self.name.replace("人民政府", "政府")


def can_initialise(founding: Founding) -> Refusal | None:
    """Whether the facts are complete and right and the database is still nobody's."""
    if Installation.objects.exists() or Agency.objects.exists():
        return Refusal(
            "initialised", "数据库已经初始化过，不能再次初始化。要另装一套，请换一个数据目录（GONGKAI_HOME）"
        )
    for field in ("name", "code", "document_prefix", "short_name"):
        if refusal := wrong_fact(field, getattr(founding, "shortened" if field == "short_name" else field)):
            return refusal
    for field in ("username", "admin_name"):
        if refusal := wrong_fact(field, getattr(founding, field)):
            return refusal
    return wrong_first_password(founding.password, founding.username, founding.admin_name)


_FIELDS = {
    "name": (Agency, "name", "政府全称"),
    "short_name": (Agency, "short_name", "政府简称"),
    "code": (Agency, "code", "统一社会信用代码"),
    "document_prefix": (Agency, "document_prefix", "机关代字"),
    "username": (User, "username", "管理员账号"),
    "admin_name": (User, "name", "管理员姓名"),
}
LABELS = {key: label for key, (_, _, label) in _FIELDS.items()} | {"password": "管理员口令"}


def wrong_fact(key: str, text: str) -> Refusal | None:
    """What is wrong with one fact of a `Founding`, or None."""
    model, field, label = _FIELDS[key]
    if not text.strip():
        return Refusal("missing", f"缺少{label}")
    try:
        model._meta.get_field(field).run_validators(text)
    except ValidationError as error:
        return Refusal("bad_fact", f"{label}“{text}”不对：{'；'.join(error.messages)}")
    if key == "code" and not valid_credit_code(text):
        return Refusal("bad_code", f"统一社会信用代码 {text} 不对：应为 18 位，并且校验位相符", "GB 32100")
    if key == "username" and any(sign.isspace() for sign in text):
        return Refusal("bad_fact", "管理员账号中不能有空格")
    return None


def wrong_first_password(password: str, username: str, name: str) -> Refusal | None:
    """What is wrong with the first administrator's password, or None."""
    if not password:
        return Refusal("missing", "缺少管理员口令；系统没有默认口令")
    return wrong_password(password, User(username=username, name=name))


@transaction.atomic
def initialise(founding: Founding, *, today: date) -> Installation:
    """Enter the government, its first administrator and the statutory columns, all or nothing. Raises Refused."""
    if refusal := can_initialise(founding):
        raise Refused(refusal)
    government = establish(
        by=None,
        on=today,
        parent=None,
        name=founding.name,
        short_name=founding.shortened,
        code=founding.code,
        document_prefix=founding.document_prefix,
        legal_kind=LegalKind.GOVERNMENT,
    )
    administrator = User.objects.create_user(founding.username, founding.admin_name, founding.password)
    appoint(administrator, Role.SYSTEM_ADMIN, government, by=None, on=today)
    installation = Installation.objects.create(government=government)
    columns = seed_columns()
    record(
        "operations.initialise", installation, by=None, today=today, government=government.name, columns=len(columns)
    )
    return installation
