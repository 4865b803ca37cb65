"""A small county for tests, built by the real actions: one government, its office, two bureaus, people with posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.models import Agency, Installation, LegalKind, ReportsTo, Role, User
from gongkai_core.identity import valid_credit_code

LONG_AGO = date(2010, 1, 1)


def credit_code(serial: int) -> str:
    """A fictional 统一社会信用代码 with a valid check digit."""
    body = f"11999999{serial:09d}"
    return next(body + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(body + sign))


@dataclass
class County:
    """The organs by short name and the people by (organ, role)."""

    government: Agency
    organs: dict[str, Agency]
    people: dict[tuple[str, str], User] = field(default_factory=dict)

    def person(self, organ: str, role: str) -> User:
        """Who holds the role at the organ: one person a role, appointed on first use."""
        key = (organ, str(role))
        if key not in self.people:
            user = User.objects.create_user(
                f"{len(self.people):03d}-{role}", f"{organ}{Role(role).label}", "correct horse"
            )
            appoint(user, role, self.organs[organ], by=None, on=LONG_AGO)
            self.people[key] = user
        return self.people[key]


def build(*, demonstration: bool = False) -> County:
    """青禾县: its government, 财政局, 教育局, 司法局, 河口镇, and the tax bureau that reports elsewhere."""
    root = establish(
        by=None, on=LONG_AGO, parent=None, name="青禾县人民政府", short_name="县政府", code=credit_code(1),
        document_prefix="青政", legal_kind=LegalKind.GOVERNMENT, phone="0000-1234567",
    )  # fmt: skip
    county = County(root, {"县政府": root})
    for serial, (short, kind, prefix, line) in enumerate(
        [
            ("财政局", LegalKind.DEPARTMENT, "青财", ReportsTo.COUNTY),
            ("教育局", LegalKind.DEPARTMENT, "青教", ReportsTo.COUNTY),
            ("司法局", LegalKind.DEPARTMENT, "青司", ReportsTo.COUNTY),
            ("河口镇", LegalKind.GOVERNMENT, "青河", ReportsTo.COUNTY),
            ("税务局", LegalKind.VERTICAL, "青税", ReportsTo.SUPERIOR),
        ],
        start=2,
    ):
        name = "青禾县河口镇人民政府" if short == "河口镇" else f"青禾县{short}"
        county.organs[short] = establish(
            by=None, on=LONG_AGO, parent=root, reports_to=line, name=name, short_name=short, code=credit_code(serial),
            document_prefix=prefix, legal_kind=kind, is_justice_bureau=short == "司法局",
        )  # fmt: skip
    Installation.objects.create(
        government=root,
        demonstration=demonstration,
        superior_government="江州市人民政府",
        superior_court="江州市中级人民法院",
        court="青禾县人民法院",
    )
    return county
