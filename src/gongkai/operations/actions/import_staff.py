"""机关人员导入: all rows or none, by the ordinary actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.models import Agency, Role, User
from gongkai.operations import engines
from gongkai.operations.actions.invite import invite
from gongkai.operations.models import Invitation
from gongkai.operations.staff_sheet import AGENCIES, PEOPLE, AgencyRow, Fault, PersonRow, StaffSheet
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused


@dataclass(frozen=True)
class Handout:
    """What is handed to one new person: their link's token, shown once."""

    user: User
    organ: str
    invitation: Invitation
    token: str


@dataclass
class Imported:
    """What an import made; `handouts` are in the order of the sheet."""

    agencies: list[Agency] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    posts: int = 0
    handouts: list[Handout] = field(default_factory=list)


def can_import_staff(*, by: User | None, today: date) -> Refusal | None:
    """The system administrator's; `by` None is the command line."""
    if Agency._meta.db_table not in engines.tables() or not Agency.objects.filter(parent=None).exists():
        return Refusal("not_initialised", "还没有初始化：先运行 gongkai site init")
    if by is not None and not by.holds(Role.SYSTEM_ADMIN, on=today):
        return Refusal("needs_role", "机关和人员由系统管理员导入")
    return None


def rehearse(sheet: StaffSheet, *, by: User | None, today: date) -> tuple[Imported, list[Fault]]:
    """The pre-check (预检): carry the import out and undo it. What it finds is what the import would find.

    Returns what would be made, and every fault, of the form first. Raises Refused when nobody may import.
    """
    if refusal := can_import_staff(by=by, today=today):
        raise Refused(refusal)
    with transaction.atomic():
        run = _Import(sheet, by, today)
        run.carry_out()
        transaction.set_rollback(True)
    return run.made, sorted(sheet.faults + run.faults, key=lambda fault: (fault.sheet != AGENCIES, fault.row))


@transaction.atomic
def import_staff(sheet: StaffSheet, *, by: User | None, today: date, source: str) -> Imported:
    """Enter every organ, person and post of the sheet, and a one-time link for each new person, or nothing.

    `source` is the file's digest. Raises Refused when any row is wrong.
    """
    if refusal := can_import_staff(by=by, today=today):
        raise Refused(refusal)
    run = _Import(sheet, by, today)
    run.carry_out()
    if faults := sheet.faults + run.faults:
        raise Refused(Refusal("wrong_rows", f"表中有 {len(faults)} 处错误，一行也没有导入。第一处：{faults[0]}"))
    for user, organ in run.newcomers:
        invitation, token = invite(user, by=by, today=today)
        run.made.handouts.append(Handout(user, organ, invitation, token))
    made = run.made
    record(
        "operations.import_staff",
        None,
        by=by,
        today=today,
        source=source,
        agencies=len(made.agencies),
        people=len(made.people),
        posts=made.posts,
    )
    return made


class _Import:
    """One pass over a sheet inside a transaction that the caller keeps or undoes."""

    def __init__(self, sheet: StaffSheet, by: User | None, today: date) -> None:
        self.sheet, self.by, self.today = sheet, by, today
        self.made, self.faults = Imported(), list[Fault]()
        self.newcomers: list[tuple[User, str]] = []
        self.root = Agency.objects.get(parent=None)
        self.organs: dict[str, list[Agency]] = {}
        self.codes: set[str] = set()
        self.users = {user.username: user for user in User.objects.all()}
        self.wrong = set(sheet.wrong_names)
        for organ in Agency.objects.all():
            self._know(organ)

    def carry_out(self) -> None:
        for row in self._parents_first():
            self._agency(row)
        for person in self.sheet.people:
            self._person(person)

    def _know(self, organ: Agency) -> None:
        for name in {organ.name, organ.short_name}:
            self.organs.setdefault(name, []).append(organ)
        self.codes.add(organ.code)

    def _parents_first(self) -> list[AgencyRow]:
        """Rows in the sheet's order, but none before its superior; a ring of superiors comes last and finds none."""
        waiting, ordered = list(self.sheet.agencies), list[AgencyRow]()
        while waiting:
            ahead = {name for row in waiting for name in (row.facts["name"], row.facts["short_name"])}
            free = [row for row in waiting if row.parent not in ahead] or waiting
            ordered += free
            waiting = [row for row in waiting if row not in free]
        return ordered

    def _agency(self, row: AgencyRow) -> None:
        parent = self._organ(row.parent, AGENCIES, row.row, "上级机关") if row.parent else self.root
        taken = [
            (heading, row.facts[key])
            for heading, key, there in (
                ("全称", "name", row.facts["name"] in {organ.name for organ in self._named(row.facts["name"])}),
                ("统一社会信用代码", "code", row.facts["code"] in self.codes),
            )
            if there
        ]
        for heading, text in taken:
            self._fault(AGENCIES, row.row, heading, f"“{text}”已有（系统中或者本表上面）")
        if taken or parent is None:
            self.wrong |= {row.facts["name"], row.facts["short_name"]}
            return
        try:
            organ = establish(by=self.by, on=self.today, parent=parent, reports_to=row.reports_to, **row.facts)
        except Refused as refused:
            self._fault(AGENCIES, row.row, "", refused.refusal.message)
            return
        self._know(organ)
        self.made.agencies.append(organ)

    def _person(self, row: PersonRow) -> None:
        organ = self._organ(row.agency, PEOPLE, row.row, "机关")
        user = self.users.get(row.username)
        if user is not None and user.name != row.name:
            self._fault(PEOPLE, row.row, "姓名", f"账号 {row.username} 已是{user.name}的；一人一个账号")
            return
        if organ is None:
            return
        if user is None:
            user = User.objects.create_user(row.username, row.name, phone=row.phone)
            self.users[row.username] = user
            self.made.people.append(user)
            self.newcomers.append((user, organ.short_name))
        for role in row.roles:
            self._appoint(user, role, organ, row)

    def _appoint(self, user: User, role: str, organ: Agency, row: PersonRow) -> None:
        if user.holds(role, organ, on=self.today):
            self._fault(PEOPLE, row.row, "角色", f"{user.name}在{organ.short_name}已有“{Role(role).label}”岗位")
            return
        try:
            appoint(user, role, organ, by=self.by, on=self.today, title=row.title)
            self.made.posts += 1
        except Refused as refused:
            self._fault(PEOPLE, row.row, "角色", refused.refusal.message)

    def _named(self, name: str) -> list[Agency]:
        return self.organs.get(name, [])

    def _organ(self, name: str, sheet: str, row: int, column: str) -> Agency | None:
        """The organ of this full or short name; None, with a fault unless one was already reported for it."""
        found = self._named(name)
        exact = [organ for organ in found if organ.name == name] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            self._fault(sheet, row, column, f"“{name}”有 {len(exact)} 个，请写全称")
        elif name not in self.wrong:
            self._fault(sheet, row, column, f"没有“{name}”这个机关（系统中和机关表中都没有）")
        return None

    def _fault(self, sheet: str, row: int, column: str, what: str) -> None:
        self.faults.append(Fault(sheet, row, column, what))
