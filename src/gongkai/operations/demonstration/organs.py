"""青禾县: thirty organs and their people. The county, its people and all it says are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from gongkai.agencies.actions import appoint, establish
from gongkai.agencies.models import Agency, Installation, LegalKind, ReportsTo, Role, User
from gongkai_core.identity import valid_credit_code

DEPARTMENT, TOWN, SUBDISTRICT = LegalKind.DEPARTMENT, LegalKind.GOVERNMENT, LegalKind.SUBDISTRICT

# Short name, what its documents are about, 机关代字, legal kind, whom it reports to.
ORGANS: tuple[tuple[str, str, str, str, str], ...] = (
    ("发展改革委", "重大项目", "青发改", DEPARTMENT, ReportsTo.COUNTY),
    ("教育局", "义务教育", "青教", DEPARTMENT, ReportsTo.COUNTY),
    ("科技局", "科技创新", "青科", DEPARTMENT, ReportsTo.COUNTY),
    ("公安局", "户籍", "青公", DEPARTMENT, ReportsTo.COUNTY),
    ("民政局", "社会救助", "青民", DEPARTMENT, ReportsTo.COUNTY),
    ("司法局", "公共法律服务", "青司", DEPARTMENT, ReportsTo.COUNTY),
    ("财政局", "财政预决算", "青财", DEPARTMENT, ReportsTo.COUNTY),
    ("人力资源社会保障局", "就业创业", "青人社", DEPARTMENT, ReportsTo.COUNTY),
    ("自然资源局", "土地征收", "青自然资", DEPARTMENT, ReportsTo.COUNTY),
    ("生态环境分局", "生态环境", "青环", LegalKind.DISPATCHED_OFFICE, ReportsTo.SUPERIOR),
    ("住房城乡建设局", "保障性住房", "青建", DEPARTMENT, ReportsTo.COUNTY),
    ("交通运输局", "农村公路", "青交", DEPARTMENT, ReportsTo.COUNTY),
    ("水利局", "农田水利", "青水", DEPARTMENT, ReportsTo.COUNTY),
    ("农业农村局", "涉农补贴", "青农", DEPARTMENT, ReportsTo.COUNTY),
    ("商务局", "商贸流通", "青商", DEPARTMENT, ReportsTo.COUNTY),
    ("文化旅游局", "公共文化服务", "青文旅", DEPARTMENT, ReportsTo.COUNTY),
    ("卫生健康局", "医疗卫生", "青卫", DEPARTMENT, ReportsTo.COUNTY),
    ("应急管理局", "安全生产", "青应急", DEPARTMENT, ReportsTo.COUNTY),
    ("审计局", "审计结果", "青审", DEPARTMENT, ReportsTo.COUNTY),
    ("市场监督管理局", "食品药品监管", "青市监", DEPARTMENT, ReportsTo.COUNTY),
    ("城市管理局", "市政服务", "青城管", DEPARTMENT, ReportsTo.COUNTY),
    ("医疗保障局", "医疗保障", "青医保", DEPARTMENT, ReportsTo.COUNTY),
    ("税务局", "税收", "青税", LegalKind.VERTICAL, ReportsTo.SUPERIOR),
    ("城关街道办", "社区服务", "青城街", SUBDISTRICT, ReportsTo.COUNTY),
    ("河口镇", "宅基地审核", "青河", TOWN, ReportsTo.COUNTY),
    ("枫林镇", "筹资筹劳", "青枫", TOWN, ReportsTo.COUNTY),
    ("石桥镇", "农田建设", "青石", TOWN, ReportsTo.COUNTY),
    ("白鹭乡", "土地流转", "青白", TOWN, ReportsTo.COUNTY),
    ("云岭乡", "乡村振兴", "青云", TOWN, ReportsTo.COUNTY),
)

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "明华建国志强晓丽海燕春梅文斌立军秀英永平雪松佳怡子涵浩然思远静雯国栋玉兰宏伟欣然俊杰淑芬振东慧敏长青月华世杰红霞新民锦程"

# What one person of an organ does; four people an organ, so that nobody passes what he wrote himself.
STAFF: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("办公室科员", (Role.DRAFTER, Role.HANDLER)),
    ("办公室主任", (Role.REVIEWER, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER)),
    ("负责人", (Role.PUBLISHER, Role.SIGNATORY)),
    ("信息公开专员", (Role.CASE_REGISTRAR, Role.STATISTICIAN)),
)
OFFICE_STAFF: tuple[tuple[str, str], ...] = (
    ("政务公开办主任", Role.DISCLOSURE_OFFICE),
    ("监督员", Role.SUPERVISOR),
    ("系统管理员", Role.SYSTEM_ADMIN),
    ("安全管理员", Role.SECURITY_ADMIN),
    ("审计管理员", Role.AUDIT_ADMIN),
)


@dataclass
class County:
    """The county under construction: who can do what where."""

    government: Agency
    today: date
    random: Random
    organs: dict[str, Agency] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    staff: dict[tuple[int, str], User] = field(default_factory=dict)

    def person(self, agency: Agency, role: str) -> User:
        """The organ's person who holds the role."""
        return self.staff[agency.pk, str(role)]

    @property
    def office(self) -> User:
        """The head of the disclosure office (政务公开办主任)."""
        return self.person(self.government, Role.DISCLOSURE_OFFICE)

    def asked(self, agency: Agency, role: str) -> User:
        """Who does a step of a review chain at the organ."""
        return self.office if role == Role.DISCLOSURE_OFFICE else self.person(agency, role)

    def answering(self) -> list[Agency]:
        """Organs that are asked for information, the government first."""
        return [self.government, *(organ for organ in self.organs.values() if organ.answers_applications)]

    def no_later(self, day: date) -> date:
        """The day, or today when it lies ahead."""
        return min(day, self.today)

    def name(self) -> str:
        """A person's invented name."""
        given = "".join(self.random.sample(GIVEN, self.random.choice((1, 2))))
        return self.random.choice(SURNAMES) + given


def credit_code(serial: int) -> str:
    """An invented 统一社会信用代码 whose check digit is right."""
    body = f"11990100{serial:09d}"
    return next(body + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid_credit_code(body + sign))


def build_organs(today: date, founded: date, random: Random) -> County:
    """Establish the county's organs and appoint its people, from `founded` on."""
    government = establish(
        by=None, on=founded, parent=None, name="青禾县人民政府", short_name="县政府", code=credit_code(1),
        document_prefix="青政", legal_kind=LegalKind.GOVERNMENT, address="江州市青禾县城关街道文昌路1号",
        postcode="990100", phone="0990-2100001", fax="0990-2100002", email="office@qinghe.example",
        office_hours="工作日 8:30—12:00，14:30—17:30",
    )  # fmt: skip
    Installation.objects.create(
        government=government,
        demonstration=True,
        domain="www.qinghe.example",
        site_code="9901000001",
        icp_number="演示ICP备00000000号",
        police_number="演示公网安备00000000号",
        superior_government="江州市人民政府",
        superior_court="江州市中级人民法院",
        court="青禾县人民法院",
    )
    county = County(government, today, random, {}, {})
    county.subjects["县政府"] = "民生实事"
    for serial, (short, subject, prefix, kind, line) in enumerate(ORGANS, start=2):
        county.organs[short] = _organ(county, serial, short, prefix, kind, line, founded)
        county.subjects[short] = subject
    for agency in (government, *county.organs.values()):
        for title, roles in STAFF:
            _appoint(county, agency, title, roles, founded)
        agency.head = county.person(agency, Role.SIGNATORY).name
        agency.save()
    for title, role in OFFICE_STAFF:
        _appoint(county, government, title, (role,), founded)
    return county


def _organ(county: County, serial: int, short: str, prefix: str, kind: str, line: str, founded: date) -> Agency:
    county_name = "青禾县"
    if kind == TOWN:
        name = f"{county_name}{short}人民政府"
    elif kind == SUBDISTRICT:
        name = f"{county_name}城关街道办事处"
    elif kind == LegalKind.DISPATCHED_OFFICE:
        name = f"江州市生态环境局{county_name}分局"
    elif kind == LegalKind.VERTICAL:
        name = f"国家税务总局{county_name}税务局"
    else:
        name = county_name + short
    return establish(
        by=None, on=founded, parent=county.government, reports_to=line, name=name, short_name=short,
        code=credit_code(serial), document_prefix=prefix, legal_kind=kind, is_justice_bureau=short == "司法局",
        address=f"江州市青禾县政务大道{serial}号", postcode="990100", phone=f"0990-21{serial:05d}",
        email=f"organ{serial:02d}@qinghe.example", office_hours="工作日 8:30—12:00，14:30—17:30",
        position=serial,
    )  # fmt: skip


def _appoint(county: County, agency: Agency, title: str, roles: tuple[str, ...], founded: date) -> None:
    number = User.objects.count() + 1
    user = User.objects.create_user(f"u{number:04d}", county.name(), phone=f"{agency.phone} 转 8{number:03d}")
    for role in roles:
        appoint(user, role, agency, by=None, on=founded, title=title)
        county.staff[agency.pk, str(role)] = user


def guide_of(agency: Agency) -> str:
    """A guide with its nine elements, as the organ's particulars are now."""
    lines = (
        "一、政府信息的分类和编排体系",
        "本机关公开的政府信息按照条例第二十条、第二十一条分类；编排体系由索引号、名称、内容概述、生成日期组成。",
        "二、获取方式",
        "公众可以在县政府网站政府信息公开专栏查阅，也可以到县档案馆、县图书馆和政务服务中心查阅点查阅；没有主动公开的，可以依法申请公开。",
        "三、政府信息公开工作机构",
        f"工作机构名称：{agency.name}办公室",
        f"办公地址：{agency.address}",
        f"办公时间：{agency.office_hours}",
        f"联系电话：{agency.phone}",
        f"传真号码：{agency.fax or agency.phone}",
        f"电子邮箱：{agency.email}",
    )
    return "\n".join(lines)
