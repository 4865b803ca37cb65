"""还要设置什么: what an office still has to enter before its work can be lawful and its pages true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Agency, Appointment, Installation, LegalKind, Role, Setting, User
from gongkai.agencies.models.person import ADMINISTRATORS
from gongkai.agencies.office_settings import DECLARED
from gongkai.documents import fonts
from gongkai.operations.backup import MAX_AGE, last_made_at

ANSWERING = (Role.CASE_REGISTRAR, Role.HANDLER, Role.LEGAL_REVIEWER, Role.SIGNATORY)
PUBLISHING = (Role.DRAFTER, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.PUBLISHER)
GUIDE = "条例第十二条第二款"
_COMMAND_LINE = "服务器命令行"


@dataclass(frozen=True)
class Part:
    """One missing part of an item, with the page where it is entered."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Item:
    """One thing to be set: its name, why, what is missing (nothing: it is done), and where it is entered.

    Without `url` the place is not one that the system administrator's browser opens.
    """

    name: str
    why: str
    missing: tuple[Part, ...]
    url: str
    where: str

    @property
    def done(self) -> bool:
        return not self.missing


def items(*, today: date) -> list[Item]:
    """Every item, those not done first, each group in the order in which an office does them."""
    installation = Installation.current()
    if installation is None:
        return []
    made = [build(installation, today) for build in _BUILDERS]
    return sorted(made, key=lambda item: item.done)


Builder = Callable[[Installation, date], Item]


def _item(name: str, why: str, missing: Iterable[Part | str], link: tuple[str, str]) -> Item:
    parts = tuple(Part(part) if isinstance(part, str) else part for part in missing)
    return Item(name, why, parts, link[1], link[0])


def _page(words: str, view: str, *args: object) -> tuple[str, str]:
    return words, reverse(view, args=args)


def organs(installation: Installation, today: date) -> Item:
    """Nobody but the government itself: the sheet has not been imported."""
    alone = not Agency.objects.exclude(pk=installation.government_id).exists()
    missing = ["只有本级政府，还没有部门和乡镇"] if alone else []
    return _item("机关和人员", "条例第四条", missing, _page("导入机关人员", "operations:import"))


def administrators(installation: Installation, today: date) -> Item:
    held = set(_posts(today).filter(role__in=ADMINISTRATORS).values_list("role", flat=True))
    missing = [f"没有{role.label}" for role in ADMINISTRATORS if role not in held]
    return _item("系统、安全、审计三员", "三员分立", missing, _page("人员岗位", "desk:people"))


def disclosure_office(installation: Installation, today: date) -> Item:
    appointed = _posts(today).filter(role=Role.DISCLOSURE_OFFICE).exists()
    missing = [] if appointed else ["没有人担任“政务公开办”角色"]
    return _item("政府信息公开工作主管部门", "条例第三条、第四条", missing, _page("人员岗位", "desk:people"))


def posts(installation: Installation, today: date) -> Item:
    """Organs in which a step would find nobody."""
    held: dict[int, set[str]] = defaultdict(set)
    for agency, role in _posts(today).values_list("agency_id", "role"):
        held[agency].add(role)
    missing = []
    for agency in Agency.objects.existing(today).exclude(legal_kind=LegalKind.VILLAGE):
        needed = (*(ANSWERING if agency.answers_applications else ()), *PUBLISHING)
        if lacking := [str(role.label) for role in needed if role not in held[agency.pk]]:
            missing.append(Part(f"{agency.short_name}：缺{'、'.join(lacking)}"))
    return _item("各机关的岗位", "条例第四条、第十七条", missing, _page("人员岗位", "desk:people"))


def passwords(installation: Installation, today: date) -> Item:
    waiting = sum(not person.has_usable_password() for person in User.objects.filter(is_active=True))
    missing = [f"{waiting} 人还没有设置口令，登录不了"] if waiting else []
    return _item("账号口令", "", missing, _page("账号链接", "operations:accounts"))


def contacts(installation: Installation, today: date) -> Item:
    """Telephone and hours stand in the guide, the receipt and every notice."""
    missing = []
    for agency in Agency.objects.existing(today).answering():
        lacking = [
            label
            for label, text in (
                ("办公地址", agency.address),
                ("联系电话", agency.phone),
                ("办公时间", agency.office_hours),
            )
            if not text
        ]
        if lacking:
            url = reverse("operations:contacts", args=[agency.public_id])
            missing.append(Part(f"{agency.short_name}：缺{'、'.join(lacking)}", url))
    link = _page("本级政府联系方式", "operations:contacts", installation.government.public_id)
    return _item("地址、电话和办公时间", GUIDE, missing, link)


def remedies(installation: Installation, today: date) -> Item:
    """Whom an applicant may turn to is printed in every refusal."""
    missing = _empty(installation, "superior_government", "court", "superior_court")
    return _item(
        "救济告知中的复议机关和法院", "行政复议法；行政诉讼法", missing, _page("网站和救济", "operations:site")
    )


def site_codes(installation: Installation, today: date) -> Item:
    missing = _empty(installation, "domain", "site_code", "icp_number", "police_number")
    return _item("网站标识", "政府网站发展指引（国办发〔2017〕47号）", missing, _page("网站和救济", "operations:site"))


def calendar(installation: Installation, today: date) -> Item:
    published = office_calendar().published
    missing = [f"{year} 年放假安排没有录入" for year in (today.year, today.year + 1) if not published(year)]
    return _item("放假安排", "期限按工作日计算；由政务公开办录入", missing, _page("放假安排", "desk:calendar"))


def rules(installation: Installation, today: date) -> Item:
    """Rules that practice has not settled, still at their default."""
    confirmed = set(Setting.objects.filter(confirmed=True).values_list("key", flat=True))
    open_rules = [rule for rule in DECLARED.values() if not rule.confirmed and rule.key not in confirmed]
    missing = [f"{rule.label}：默认 {rule.default}（{rule.source}）" for rule in open_rules]
    why = f"各地做法不一，待核 {len(open_rules)} 项；由政务公开办核定"
    return _item("规则设置", why, missing, ("政务公开办的“规则设置”", ""))


def typefaces(installation: Installation, today: date) -> Item:
    missing = [] if fonts.available() else [f"没有中文字体，不能生成 PDF：apt-get install {fonts.PACKAGE}"]
    return _item("字体", "", missing, (_COMMAND_LINE, ""))


def backup(installation: Installation, today: date) -> Item:
    made_at = last_made_at()
    missing = []
    if made_at is None:
        missing.append("没有做过备份：gongkai site backup --to 另一块盘")
    elif timezone.now() - made_at > MAX_AGE:
        missing.append(f"最近一次是 {timezone.localdate(made_at).isoformat()}，已超过 {MAX_AGE.days} 天")
    return _item("备份", "", missing, (_COMMAND_LINE, ""))


def _posts(today: date) -> QuerySet[Appointment]:
    return Appointment.objects.on(today).filter(user__is_active=True)


def _empty(installation: Installation, *names: str) -> list[str]:
    fields = [installation._meta.get_field(name) for name in names if not getattr(installation, name)]
    return [f"没有填{field.verbose_name}" for field in fields]


_BUILDERS: tuple[Builder, ...] = (
    organs,
    administrators,
    disclosure_office,
    passwords,
    posts,
    contacts,
    remedies,
    site_codes,
    calendar,
    rules,
    typefaces,
    backup,
)
