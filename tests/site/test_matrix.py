"""Every address of the site against every kind of person: who is let in, who finds nothing, and that nothing breaks.

The addresses are those of the resolver itself. One that is not in `TABLE` fails the test: whoever adds a page says
here whose it is and which object it needs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from office_samples import png

import county as a_county
from citizen import Citizen
from demonstration import installed, undone
from freezing import on_day
from gongkai.agencies.actions import appoint
from gongkai.agencies.calendar import calendar_changed
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import ADMINISTRATORS, Role, Setting, User
from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.actions import (
    approve_website_return,
    enter_plan_entries,
    fill_website_return,
    open_website_return,
    publish_website_return,
)
from gongkai.annualreport.actions.enter_plan_entries import PlanFacts
from gongkai.annualreport.exports import FORMATS
from gongkai.annualreport.forms_website import FILED
from gongkai.annualreport.models import SuperiorTemplate
from gongkai.casework import actions as casework
from gongkai.casework.actions import disputes, openness, record_corrections, register_papers, remedies
from gongkai.casework.acts import ACTS, OF_PARTY, possible
from gongkai.casework.models import Case, Delivery, Party
from gongkai.casework.register_acts import ACTS as ROW_ACTS
from gongkai.casework.register_pages import REGISTERS as DESK_REGISTERS
from gongkai.desk.actions import hand_over
from gongkai.documents.actions import record_instruction
from gongkai.documents.blobs import store
from gongkai.documents.certificates import make_test_certificate
from gongkai.documents.intake import ATTACHMENTS, REDACTABLE, take
from gongkai.documents.models import Blob
from gongkai.documents.sheets import XLSX
from gongkai.operations.actions import handle_spill, invite
from gongkai.operations.models import StaffUpload
from gongkai.publishing import actions as publishing
from gongkai.publishing.attachments import Brought, bring
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.models import CatalogueEntry, Column, ItemVersion, Obligation
from gongkai.publishing.obligations import generate
from gongkai.publishing.skeleton import seed_columns, seed_duties
from gongkai.publishing.standard import Printed, book, read_book
from gongkai.publishing.vouched import ALL_GATES
from gongkai.registers.actions import ask, confirm, enter, fill
from gongkai.registers.actions.supply import Given
from gongkai.registers.models import REGISTERS
from gongkai.statistics import actions as statistics
from gongkai.statistics.former import read_sheet
from gongkai.statistics.models import FormerKind
from gongkai_core.returns import form_for
from gongkai_core.website_return import YES
from installation import furnish

from .annualreport.conftest import House
from .casework.walks import application, draft, review, sealed, signed_off
from .operations.conftest import CLERK, workbook
from .publishing.conftest import standard_row

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("matrix"), pytest.mark.slow]

OWN, FOREIGN = "财政局", "教育局"
MONDAY, TODAY, YEAR = date(2026, 3, 2), date(2026, 3, 20), 2025
MARK = "泽柳湾"
"""In every title, docket and subject of the first organ's records, and nowhere else."""
NOBODY = UUID("00000000-0000-7000-8000-000000000000")
BUSINESS = (
    Role.DRAFTER, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.PUBLISHER, Role.CASE_REGISTRAR, Role.HANDLER,
    Role.LEGAL_REVIEWER, Role.SIGNATORY, Role.STATISTICIAN,
)  # fmt: skip
"""Whoever works with records; the office, the supervisor and the three administrators apart."""

SWITCHED_ON = {
    "publishing.gazette": "办",
    "publishing.portal_mode": "上级平台",
    "publishing.superior_hosts": "www.example.gov.cn",
}
"""Settings without which some addresses would answer nobody."""

Arguments = dict[str, Any]


# The first organ's records, each by the act that makes it -----------------------------------------------------------


@dataclass
class World:
    county: a_county.County
    own: User
    """Holds every business role at the first organ."""
    foreign: User
    """Holds every business role at the second."""
    office: User
    administrators: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)
    walks: dict[User | None, list[Visit]] = field(default_factory=dict)


def clerk_of(county: a_county.County, organ: str) -> User:
    user = User.objects.create_user(f"clerk-{organ}", f"{organ}多面手", "correct horse battery")
    for role in BUSINESS:
        appoint(user, role, county.organs[organ], by=None, on=a_county.LONG_AGO)
    return user


def populate() -> World:
    seed_columns()
    for key, value in SWITCHED_ON.items():
        Setting.objects.create(key=key, value=value)
    county = a_county.build()
    world = World(
        county, clerk_of(county, OWN), clerk_of(county, FOREIGN), county.person("县政府", Role.DISCLOSURE_OFFICE),
        # Posted at the first organ itself: even there they have no business with its records.
        {role.value: county.person(OWN, role) for role in ADMINISTRATORS},
    )  # fmt: skip
    _items(world)
    _gazette(world)
    _catalogue(world)
    _cases(world)
    _remedies(world)
    _reports(world)
    _the_rest(world)
    return world


def _items(world: World) -> None:
    organ, person = world.county.organs[OWN], world.county.person
    column = Column.objects.get(code="A20_01")

    def submitted(title: str, column: Column = column, **more: Any) -> ItemVersion:
        given = {"title": title, "column": column, "body": "一、按时办理。", **more}
        drafter = person(OWN, Role.DRAFTER)
        version = publishing.draft(organ, by=drafter, today=TODAY, **given)
        return publishing.submit(version, by=drafter, today=TODAY)

    world.things["item"] = submitted(f"{MARK}待审通知").item
    sheet = bring(
        take(workbook(people=[CLERK | {"机关": OWN}]), "附表.xlsx", ATTACHMENTS), by=person(OWN, Role.DRAFTER)
    )
    published = publishing.approve_review(
        submitted(f"{MARK}已公开通知", files=[Brought(sheet, sheet.name)]),
        by=person(OWN, Role.REVIEWER),
        today=TODAY,
        vouched=ALL_GATES,
    )
    world.things["published"] = publishing.sign_and_publish(published, by=person(OWN, Role.PUBLISHER), today=TODAY).item
    spilled = submitted("另有一件待处置的通知").item
    world.things["spill"] = handle_spill.report_spill(spilled, by=person(OWN, Role.SECRECY_REVIEWER), today=TODAY)
    world.things["column"] = column
    _clean_up(world, column)
    _deposit(world, column)
    _withdrawn(world, submitted)
    who: dict[str, Any] = {"by": person(OWN, Role.DRAFTER), "today": TODAY}
    world.things["coordination"] = publishing.ask_organ(
        world.things["item"], organ="青禾县教育局", asked_on=TODAY, **who
    )
    world.things["secret"] = publishing.keep_secret_reference(
        organ, alias=f"{MARK}甲3", level="secret", docno="青财〔2026〕3号", place="机要室",
        by=person(OWN, Role.SECRECY_REVIEWER), today=TODAY,
    )  # fmt: skip
    rows = [BatchRow(f"{MARK}处罚决定第{n}号", f"第{n}件，罚款{n}百元。") for n in (1, 2)]
    (draw,) = publishing.draw_samples(month=date(2025, 12, 1), by=world.office, today=TODAY)
    world.things["sample"] = draw.samples.get()
    world.things["batch"] = publishing.import_batch(
        organ, title=f"{MARK}处罚决定", column=Column.objects.get(code="A20_06"), rows=rows,
        by=person(OWN, Role.DRAFTER), today=TODAY,
    )  # fmt: skip


def _withdrawn(world: World, submitted: Callable[..., ItemVersion]) -> None:
    """A penalty decision that is public, and one that was withdrawn without a word."""
    person = world.county.person
    for name in ("penalty", "silenced"):
        version = submitted(f"{MARK}处罚决定", column=Column.objects.get(code="A20_06"))
        version = publishing.approve_review(version, by=person(OWN, Role.REVIEWER), today=TODAY, vouched=ALL_GATES)
        signed = publishing.sign_and_publish(version, by=person(OWN, Role.PUBLISHER), today=TODAY)
        world.things[name] = signed.item
    publishing.withdraw(
        world.things["silenced"], by=person(OWN, Role.PUBLISHER), today=TODAY, kind="silent", reason="个人隐私"
    )


def _clean_up(world: World, column: Column) -> None:
    """A round in which the first organ alone has a document."""
    organ, person = world.county.organs[OWN], world.county.person
    drafter, facts = person(OWN, Role.DRAFTER), {"docno": f"{MARK}发〔2026〕1号", "formed_on": MONDAY}
    version = publishing.draft(
        organ, title=f"{MARK}办法", column=column, body="一、办法。", by=drafter, today=TODAY, normative_kind="normdoc",
        **facts,
    )  # fmt: skip
    version = publishing.submit(version, by=drafter, today=TODAY)
    version = publishing.approve_review(version, by=person(OWN, Role.REVIEWER), today=TODAY, vouched=ALL_GATES)
    publishing.sign_and_publish(version, by=person(OWN, Role.PUBLISHER), today=TODAY)
    world.things["clean_up"] = publishing.open_clean_up(
        title="文件清理", as_of=TODAY, due_on=date(2026, 12, 31), by=world.office, today=TODAY
    )
    world.things["judged"] = world.things["clean_up"].entries.get()


def _gazette(world: World) -> None:
    """An issue that is out, with a text of its own and an erratum."""
    government, person = world.county.government, world.county.person
    editor: Arguments = {"by": person("县政府", Role.DRAFTER), "today": TODAY}
    leader: Arguments = {"by": person("县政府", Role.PUBLISHER), "today": TODAY}
    issue = publishing.open_gazette_issue(government, year=2026, number=1, serial=1, cover_date=TODAY, **editor)
    publishing.write_gazette_text(issue, "大事记", "三月一日，开工。", **editor)
    issue = publishing.submit_gazette(issue, **editor)
    issue = publishing.approve_gazette(issue, secrecy_passed=True, **leader)
    issue = publishing.issue_gazette(issue, **leader)
    world.things |= {"gazette": issue, "gazette_entry": issue.entries.get()}
    world.things["erratum"] = publishing.enter_erratum(issue, place="第1页", wrong="甲", right="乙", **editor)


def _deposit(world: World, column: Column) -> None:
    organ, person, on = world.county.organs[OWN], world.county.person, date(2025, 12, 1)
    drafter = person(OWN, Role.DRAFTER)
    version = publishing.draft(organ, title=f"{MARK}去年的通知", column=column, body="一、办理。", by=drafter, today=on)
    version = publishing.submit(version, by=drafter, today=on)
    version = publishing.approve_review(version, by=person(OWN, Role.REVIEWER), today=on, vouched=ALL_GATES)
    publishing.sign_and_publish(version, by=person(OWN, Role.PUBLISHER), today=on)
    world.things["deposit"] = publishing.make_deposit(
        Scope(organ, whole_region=False), year=2025, quarter=4, by=drafter, today=TODAY
    )


def _catalogue(world: World) -> None:
    """An obligation of the first organ with a paper in its folder, an order to meet it, a standard catalogue."""
    organ = world.county.organs[OWN]
    seed_duties(MONDAY)
    generate(TODAY)
    entry = CatalogueEntry.objects.get(column__code="A20_07", catalogue=None)
    obligation = Obligation.objects.get(agency=organ, entry=entry, period="2026H1")
    paper = store(b"photo", name=f"{MARK}.txt", content_type="text/plain")
    who: dict[str, Any] = {"by": world.county.person(OWN, Role.DRAFTER), "today": TODAY}
    world.things["evidence"] = publishing.add_evidence(obligation, blob=paper, note=f"{MARK}公示照片", **who)
    world.things["order"] = publishing.supervise(organ, by=world.office, today=TODAY)
    world.things["obligation"], world.things["entry"] = obligation, entry
    file = book([Printed("社会救助", "社会救助领域基层政务公开标准目录", [standard_row(OWN)])])
    kept = store(file, name="目录.xlsx", content_type=XLSX)
    world.things["catalogue"] = publishing.import_catalogue(
        read_book(file)[0], level="county", source=kept, by=world.office, today=TODAY
    )
    world.things["standard_entry"] = world.things["catalogue"].entries.get()


def _in_hand(world: World, handler: User, scan: Blob | None = None) -> Case:
    """A case of the first organ that is being worked on."""
    organ, registrar = world.county.organs[OWN], world.county.person(OWN, Role.CASE_REGISTRAR)
    files = [("application", scan)] if scan else []
    case = casework.receive(organ, **application(today=MONDAY, files=files)).case
    case = casework.register(case, subject=f"{MARK}道路改造", by=registrar, today=MONDAY)
    case = casework.assign(case, handler=handler, by=registrar, today=MONDAY)
    case = casework.start_examination(case, by=handler, today=MONDAY)
    return casework.start_processing(case, by=handler, today=MONDAY)


def _cases(world: World) -> None:
    """One case that waits for a third party, one that is answered."""
    person = world.county.person
    staff = SimpleNamespace(
        handler=person(OWN, Role.HANDLER), lawyer=person(OWN, Role.LEGAL_REVIEWER), head=person(OWN, Role.SIGNATORY),
        secrecy=person(OWN, Role.SECRECY_REVIEWER),
    )  # fmt: skip
    asked = _in_hand(world, staff.handler)
    signed_off(asked, SimpleNamespace(staff=staff), "opinion", on=MONDAY)
    world.things["inquiry"] = casework.ask(
        asked, Party.THIRD_PARTY, name="某公司", question="投标文件", method="post", by=staff.handler, today=MONDAY,
        files=False,
    )  # fmt: skip
    world.things["assistance"] = casework.ask_assistance(
        asked, person=world.own, matter=f"{MARK}中标通知书", due_on=TODAY, by=staff.handler, today=MONDAY
    )
    world.things["sign_off"] = casework.ask_sign_off(
        asked, kind="correction", words=f"{MARK}补正事项", by=staff.handler, today=MONDAY
    )
    world.things["case"] = asked
    world.things["material"] = casework.add_material(
        asked, paper=take(png(), f"{MARK}.png", REDACTABLE), by=staff.handler, today=MONDAY
    )
    scan = store(b"%PDF-1.7 letter", name="letter.pdf", content_type="application/pdf", sealed=True)
    answered = _in_hand(world, staff.handler, scan)
    answered = draft(answered, SimpleNamespace(staff=staff), "grant.provide", today=MONDAY)
    answered = review(answered, SimpleNamespace(staff=staff), today=MONDAY)
    world.things["notice"] = casework.sign(answered, by=staff.head, today=MONDAY)
    answered = sealed(answered, SimpleNamespace(staff=staff), on=MONDAY)
    casework.deliver(answered, method="post", tracking="1234567890123", by=staff.handler, today=MONDAY)
    world.things["answered"] = answered
    together = [_in_hand(world, staff.handler) for _ in range(3)]
    world.things["series"] = casework.open_series(together, title=f"{MARK}系列", by=staff.handler, today=MONDAY)
    signed_off(together[0], SimpleNamespace(staff=staff), "opinion", on=MONDAY)
    world.things["asked_once"], _ = casework.ask_together(
        together[:2], name="某公司", question="投标文件", method="post", by=staff.handler, today=MONDAY, files=False
    )
    world.things["repeated"] = _in_hand(world, staff.handler)
    world.things["spoken"] = casework.receive(
        world.county.organs[OWN], **application(today=MONDAY, channel="in_person", oral=True)
    ).case
    world.things["delivery"] = Delivery.objects.get(notice=world.things["notice"])
    world.things["file"] = answered.files.get()


def _remedies(world: World) -> None:
    organ = world.county.organs[OWN]
    who: dict[str, Any] = {"by": world.county.person(OWN, Role.CASE_REGISTRAR), "today": TODAY}
    world.things["review"] = remedies.enter_review(
        organ, docket=f"{MARK}复〔2026〕7号", review_body="青禾县人民政府", filed_on=TODAY, **who
    )
    world.things["lawsuit"] = remedies.enter_lawsuit(
        organ, docket=f"（2026）{MARK}行初3号", court="青禾县人民法院", filed_on=TODAY, **who
    )
    world.things["complaint"] = remedies.enter_complaint(
        organ, source="来信", subject=f"{MARK}逾期未答复", matter="反映逾期未答复", received_on=TODAY, **who
    )
    world.things["register_paper"] = register_papers.draft_register_paper(world.things["review"], letter="L37", **who)
    world.things["register_file"] = disputes.add_register_file(
        world.things["review"], name=f"{MARK}复议申请书", paper=store(b"%PDF-1.7", name="a.pdf", content_type="application/pdf"),
        **who,
    )  # fmt: skip
    person = {"kind": "natural_person", "name": "王某", "phone": "13800000000"}
    world.things["record_correction"] = record_corrections.enter_record_correction(
        organ, applicant=person, channel="in_person", received_on=TODAY, subject=f"{MARK}地址有误", record_words="登记的地址",
        wanted="改为二号", **who,
    )  # fmt: skip
    world.things["openness_suggestion"] = openness.enter_suggestion(
        organ, source="来信", subject=f"{MARK}中标通知书", words="中标通知书", received_on=TODAY, **who
    )
    world.things["fee_receipt"] = remedies.enter_fee_receipt(
        organ, amount_fen=38000, paid_on=TODAY, receipt_number=f"{MARK}0012345", **who
    )


def _reports(world: World) -> None:
    """One report that is public and one that is being written."""
    house = House(world.county, OWN)
    world.things["published_report"] = house.published(YEAR - 1)
    world.things["report"] = house.compiled(YEAR, today=TODAY)
    world.things["bulk"] = annualreport.start_batch("check", YEAR, by=world.office, today=TODAY)
    world.things["superior_template"] = SuperiorTemplate.objects.create(
        name="市局汇总表", edition="2021", source=store(b"", name="表.xlsx", content_type=XLSX), sheet="表",
        head=[["单位名称"]], columns=[["单位名称", "organ"]], brought_by=world.office, brought_on=TODAY,
    )  # fmt: skip
    world.things["remark"] = annualreport.comment(
        world.things["report"], "1.4", f"{MARK}的查阅点要写全。", by=house.signatory, today=TODAY
    )
    _year(world)
    world.things["snapshot"] = world.things["report"].snapshot
    _filings(world, house)


def _registers(world: World) -> None:
    """A row in each register, and a confirmed 供数单 with its evidence."""
    organ, by = world.county.organs[OWN], world.county.person(OWN, Role.STATISTICIAN)
    scan = store(png(), name="制度.png", content_type="image/png")
    facts: dict[str, Arguments] = {
        "training": {"attendance": 20}, "disclosureplace": {"kind": "board", "site": "organ"},
        "placevisits": {"visits": 9, "held_on": date(2026, 2, 28)}, "staffmember": {"capacity": "full_time"},
        "fund": {"amount_fen": 100}, "leadinggroup": {"basis": "某文", "leader": "某某"},
        "responsibleperson": {"level": "head"}, "workrule": {"file": scan}, "rulerevision": {"kind": "amended"},
        "channelmonth": {"held_on": date(2026, 2, 28)},
    }  # fmt: skip
    for name, model in REGISTERS.items():
        hanging = {"placevisits": ("place", "disclosureplace"), "rulerevision": ("rule", "workrule")}.get(name)
        on = {hanging[0]: world.things[hanging[1]]} if hanging else {}
        given = {"held_on": date(2026, 2, 2), "title": f"{MARK}{model._meta.verbose_name}"} | facts.get(name, {}) | on
        world.things[name] = enter(model, organ, by=by, today=TODAY, **given)
    who: dict[str, Any] = {"by": world.office, "today": TODAY}
    year = Period.of_year(YEAR)
    (sheet,) = ask([organ], ["t2.license.decided"], year, due_on=TODAY, words=f"{MARK}许可", **who)
    given = {"t2.license.decided": Given(Decimal(1), "件")}
    world.things["supply"] = confirm(fill(sheet, given, by=by, today=TODAY, file=scan), **who)
    world.things["supplied"] = sheet.figures.get()


def _year(world: World) -> None:
    """The website's returns, one that is public and one that is being filled in; a key task of the first organ."""
    office, organ = world.office, world.county.organs[OWN]
    signing: Arguments = {"by": world.county.person("县政府", Role.SIGNATORY), "today": TODAY}
    values = {cell.id: Decimal(0) if cell.is_number else YES for cell in FILED if not cell.optional}
    row = open_website_return(world.county.government, YEAR - 1, by=office, today=TODAY)
    row = fill_website_return(
        row,
        values,
        evidence={},
        site_name="青禾县人民政府",
        head="县长",
        phone="",
        version=row.version,
        by=office,
        today=TODAY,
    )
    world.things["published_website_return"] = publish_website_return(approve_website_return(row, **signing), **signing)
    world.things["website_return"] = open_website_return(world.county.government, YEAR, by=office, today=TODAY)
    task = PlanFacts(f"{MARK}公开清单", organ, MONDAY, TODAY)
    (world.things["plan_entry"],) = enter_plan_entries(
        Scope(world.county.government, whole_region=True), [task], kind="key_task", by=office, today=TODAY
    )


def _filings(world: World, house: House) -> None:
    """A quarter's round for the first organ alone, its sheet stamped and sent up, and a corrected figure."""
    organ = world.county.organs[OWN]
    scan = store(b"stamped", name=f"{MARK}盖章件.pdf", content_type="application/pdf")
    world.things["round"] = statistics.open_round(
        year=YEAR, period="Q4", groups=["department"], due_on=date(2026, 4, 1), by=world.office, today=TODAY
    )
    sheet = world.things["round"].sheets.get(agency=organ)
    author: Arguments = {"by": house.author, "today": TODAY}
    sheet = statistics.zero_report(sheet, **author)
    sheet = statistics.hand_to_sign(sheet, names={"filler": "甲", "reviewer": "乙", "head": "丙"}, **author)
    world.things["sheet"] = statistics.scan_back(sheet, scan=scan, **author)
    world.things["correction"] = statistics.correct(
        YEAR + 1, Scope(organ, whole_region=False), "t3.r1.ngo", 1, reason="纸质台账", paper=scan, **author
    )


def _former_years(world: World) -> None:
    """An old ledger and an old table of the first organ's."""
    organ, form = world.county.organs[OWN], form_for(2020)
    who: dict[str, Any] = {"by": world.office, "today": TODAY}
    text = f"会议名称\t召开日期\n{MARK}会议\t2017-03-01"
    read = read_sheet("meeting", text, default=organ, channel="website", today=TODAY)
    world.things["former_ledger"] = statistics.import_ledger(organ, read, file_name="旧台账.xlsx", **who)
    world.things["former_table"] = statistics.import_table(
        Scope(organ, whole_region=False), 2020, form, dict.fromkeys(form.cell_ids, 0), as_printed={},
        file_name="年报.docx", digest="", evidence=f"{MARK}档案", **who,
    )  # fmt: skip


def _the_rest(world: World) -> None:
    organ, person = world.county.organs[OWN], world.county.person
    _former_years(world)
    _registers(world)
    world.things["certificate"] = make_test_certificate(organ, by=world.office, today=TODAY)
    world.things["instruction"] = record_instruction(
        organ, leader=person(OWN, Role.PUBLISHER), channel="telephone", given_at=timezone.now(), words=f"{MARK}同意公开",
        by=person(OWN, Role.DRAFTER), today=TODAY,
    )  # fmt: skip
    leaving, gone = (User.objects.create_user(name, f"{name}某") for name in ("leaving", "gone"))
    for user in (leaving, gone):
        appoint(user, Role.DRAFTER, organ, by=None, on=a_county.LONG_AGO)
    world.things["leaving"] = leaving
    world.things["handover"] = hand_over(gone, successor=world.own, by=world.office, today=TODAY)
    invited = User.objects.create_user("invited", "新来者")
    _, world.things["token"] = invite(invited, by=None, today=TODAY)
    admin = Client()
    admin.force_login(world.administrators[Role.SYSTEM_ADMIN])
    sheet = SimpleUploadedFile("staff.xlsx", workbook(people=[CLERK | {"机关": OWN}]))
    answer = admin.post(reverse("operations:import"), {"file": sheet})
    assert answer.status_code == 302
    world.things["upload"] = StaffUpload.objects.get()


# The table ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One address: whose it is, how its arguments are made, and what it does."""

    audience: str
    """public; desk: whoever is logged in; record: whoever may see the record it names; or names of roles (`a|b`)."""
    arguments: Callable[[World], Iterable[Arguments]] = lambda world: [{}]
    only: str = ""
    """The one method it takes: GET or POST."""
    answer: int = 200
    """To GET by those it is for (0: a form, or back to the record's page)."""
    office: int | None = None
    """To the disclosure office's GET, where the step is the organ's own and the office is sent back."""


def of(thing: str, **more: Any) -> Callable[[World], Iterable[Arguments]]:
    return lambda world: [{"public_id": world.things[thing].public_id, **more}]


def record(thing: str, *, only: str = "", answer: int = 200, office: int | None = None, **more: Any) -> Row:
    return Row("record", of(thing, **more), only, 405 if only == "POST" else answer, office)


def asked_once(world: World) -> Iterable[Arguments]:
    """The question that was put once for two cases of the series."""
    things = world.things
    return [{"public_id": things["series"].public_id, "inquiry": things["asked_once"].public_id, "name": "answered"}]


def acts_on_case(world: World) -> Iterable[Arguments]:
    """Every act a case can be asked for, refused or not, and those that an answered one still takes."""
    names = [name for name, act in ACTS.items() if act.target == "case"]
    asked, answered = world.things["case"], world.things["answered"]
    return [
        *({"public_id": asked.public_id, "name": name} for name in names),
        *({"public_id": answered.public_id, "name": name} for name in possible(answered)),
    ]


def acts_on_part(world: World) -> Iterable[Arguments]:
    things = world.things
    asked = [
        {"public_id": things["case"].public_id, "name": name, "target": things["inquiry"].public_id}
        for name in OF_PARTY[Party.THIRD_PARTY]
    ]
    helped = {"public_id": things["case"].public_id, "target": things["assistance"].public_id}
    sent = {"public_id": things["answered"].public_id, "target": things["delivery"].public_id}
    return [
        *asked,
        {**helped, "name": "answer_assistance"},
        {**helped, "name": "cancel_assistance"},
        {"public_id": things["case"].public_id, "name": "sign_off", "target": things["sign_off"].public_id},
        *({**sent, "name": name} for name in ("confirm_delivery", "deliver_again")),
    ]


def register_urls() -> list[str]:
    return [slug.replace("-", "_") for slug in DESK_REGISTERS]


def register_acts(thing: str, slug: str) -> Callable[[World], Iterable[Arguments]]:
    return lambda world: [{"public_id": world.things[thing].public_id, "name": name} for name in ROW_ACTS[slug]]


def take_out(world: World) -> Iterable[Arguments]:
    batch = world.things["batch"]
    return [{"public_id": batch.public_id, "version_id": version.public_id} for version in batch.versions.all()[:1]]


def attached(world: World) -> Iterable[Arguments]:
    return [
        {"key": row.key, "ending": row.ending} for row in world.things["published"].published_version.attachments.all()
    ]


def takedown(world: World) -> Iterable[Arguments]:
    return [{"public_id": row.public_id} for row in world.things["silenced"].takedowns.all()[:1]]


def coordination(world: World) -> Iterable[Arguments]:
    row = world.things["coordination"]
    return [{"public_id": row.item.public_id, "coordination_id": row.public_id}]


def exported_lists(world: World) -> Iterable[Arguments]:
    return [{"kind": "xlsx"}, {"kind": "json"}]


def exported(world: World) -> Iterable[Arguments]:
    return [{"public_id": world.things["report"].public_id, "kind": kind} for kind in FORMATS]


def case_file(world: World) -> Iterable[Arguments]:
    things = world.things
    return [{"public_id": things["answered"].public_id, "file_id": things["file"].public_id}]


def published_files(world: World) -> Iterable[Arguments]:
    report = world.things["published_report"]
    return [{"public_id": report.public_id, "name": row.name} for row in report.current.files.all()]


def published_version_files(world: World) -> Iterable[Arguments]:
    return [{**one, "number": 1} for one in published_files(world)]


def remark(world: World) -> Iterable[Arguments]:
    things = world.things
    return [{"public_id": things["report"].public_id, "comment_id": things["remark"].public_id}]


def published_website_files(world: World) -> Iterable[Arguments]:
    row = world.things["published_website_return"]
    return [{"public_id": row.public_id, "kind": file.kind} for file in row.files.all()]


def agency(name: str = "public_id") -> Callable[[World], Iterable[Arguments]]:
    return lambda world: [{name: world.county.organs[OWN].public_id}]


def organ_columns(world: World) -> Iterable[Arguments]:
    organ = world.county.organs[OWN].public_id
    return [{"public_id": organ, "slug": slug} for slug in ("policy-documents", "guide", "budgets-and-accounts")]


def account(world: World) -> Iterable[Arguments]:
    return [{"public_id": world.own.public_id}]


def questions(world: World) -> Iterable[Arguments]:
    return [{"name": name} for name in ("kind", "identity", "contact", "agent", "content", "supply")]


def registers(world: World) -> Iterable[Arguments]:
    return [{"name": name} for name in REGISTERS]


def register_rows(world: World) -> Iterable[Arguments]:
    return [{"name": name, "public_id": world.things[name].public_id} for name in REGISTERS]


def column(**more: int) -> Callable[[World], Iterable[Arguments]]:
    return lambda world: [{"slug": world.things["column"].slug, **more}]


def this(**arguments: Any) -> Callable[[World], Iterable[Arguments]]:
    return lambda world: [arguments]


PUBLIC, DESK = Row("public"), Row("desk")
SYSTEM, OFFICE = Role.SYSTEM_ADMIN.value, Role.DISCLOSURE_OFFICE.value
TABLE: dict[str, Row] = {
    "website:home": PUBLIC,
    "publishing:disclosure": PUBLIC,
    "publishing:column": Row("public", column()),
    "publishing:column_page": Row("public", column(page=1)),
    "publishing:agencies": PUBLIC,
    "publishing:agency": Row("public", agency()),
    "publishing:agency_column": Row("public", organ_columns),
    "publishing:agency_catalogue": Row("public", agency()),
    "publishing:fields": PUBLIC,
    "publishing:field": Row("public", this(slug="social-assistance")),
    "publishing:field_sheet": Row("public", this(slug="social-assistance"), only="GET"),
    "publishing:entry": Row("public", of("standard_entry")),
    "publishing:topics": PUBLIC,
    "publishing:topic": Row("public", this(value="02")),
    "publishing:genres": PUBLIC,
    "publishing:genre": Row("public", this(value="circular")),
    "publishing:item": Row("public", of("published")),
    "publishing:file": Row("public", attached),
    "publishing:invalid": PUBLIC,
    "publishing:invalid_sheet": PUBLIC,
    "publishing:gazette": PUBLIC,
    "publishing:gazette_issue": Row("public", of("gazette")),
    "publishing:gazette_file": Row("public", of("gazette")),
    "publishing:desk_gazettes": DESK,
    "publishing:desk_gazette_issue": Row(OFFICE, of("gazette"), only="GET"),
    "publishing:desk_gazette_add": Row(OFFICE, of("gazette"), only="POST", answer=405),
    "publishing:desk_gazette_text": Row(OFFICE, of("gazette"), answer=302),
    "publishing:desk_gazette_submit": Row(OFFICE, of("gazette"), only="POST", answer=405),
    "publishing:desk_gazette_discard": Row(OFFICE, of("gazette"), only="POST", answer=405),
    "publishing:desk_gazette_decide": Row(OFFICE, of("gazette")),
    "publishing:desk_gazette_publish": Row(OFFICE, of("gazette"), only="POST", answer=405),
    "publishing:desk_gazette_reprint": Row(OFFICE, of("gazette"), only="POST", answer=405),
    "publishing:desk_gazette_preview": Row(OFFICE, of("gazette"), only="GET"),
    "publishing:desk_gazette_errata": Row(OFFICE, of("gazette"), answer=302),
    "publishing:desk_gazette_entry": Row(OFFICE, of("gazette_entry"), answer=302),
    "publishing:desk_gazette_move": Row(OFFICE, of("gazette_entry"), only="POST", answer=405),
    "publishing:desk_erratum": Row(OFFICE, of("erratum"), only="POST", answer=405),
    "publishing:desk_items": DESK,
    "publishing:desk_compose": DESK,
    "publishing:desk_item": record("item"),
    "publishing:desk_edit": record("item", answer=302),  # in review nobody edits
    "publishing:desk_submit": record("item", only="POST"),
    "publishing:desk_discard": record("item", only="POST"),
    "publishing:desk_revise": record("published", only="POST"),
    "publishing:desk_review": record("item"),
    "publishing:desk_sign": record("item"),
    "publishing:desk_withdraw": record("published"),
    "publishing:desk_validity": record("published", answer=302),
    "publishing:desk_review_day": record("published", office=302, answer=302),
    "publishing:desk_submit_together": record("item", only="POST"),
    "publishing:desk_sign_together": record("item"),
    "publishing:desk_interpretation_need": record("published", office=302),
    "publishing:desk_interpretations": DESK,
    "publishing:desk_deposits": DESK,
    "publishing:desk_wording": record("published", only="GET"),
    "publishing:desk_deposit": record("deposit"),
    "publishing:desk_deposit_file": record("deposit", only="GET", kind="xlsx"),
    "publishing:desk_clean_ups": DESK,
    "publishing:desk_clean_up": record("clean_up", only="GET"),
    "publishing:desk_clean_up_conclude": record("clean_up", only="POST"),
    "publishing:desk_judge": record("judged", office=302),
    "publishing:desk_channel": record("published", office=302),
    "publishing:desk_penalty": record("penalty"),
    "publishing:desk_takedowns": record("silenced"),
    "publishing:desk_takedown": Row("record", takedown),
    "publishing:desk_superior": DESK,
    "publishing:desk_superior_page": record("published"),
    "publishing:desk_package": record("published", only="GET"),
    "publishing:desk_backdated": Row(f"{Role.SUPERVISOR.value}|{Role.DISCLOSURE_OFFICE.value}", only="GET"),
    "publishing:desk_reassess": record("item", answer=302, office=302),  # it is open
    "publishing:desk_coordination": record("item"),
    "publishing:desk_coordination_answer": Row("record", coordination, office=302),
    "publishing:desk_not_open": DESK,
    "publishing:desk_numbering": Row(Role.DISCLOSURE_OFFICE.value),
    "publishing:desk_drop_numbering": Row(Role.DISCLOSURE_OFFICE.value, agency(), only="POST", answer=405),
    "publishing:desk_secret_references": DESK,  # 404 but for secrecy reviewers and the office
    "publishing:desk_strike_out_reference": record("secret", only="POST"),
    "publishing:desk_dismiss": record("item", only="POST"),
    "publishing:desk_rescan": Row("desk", only="GET"),
    "publishing:desk_check_lists": Row(Role.DISCLOSURE_OFFICE.value, only="GET"),
    "publishing:desk_check_list": Row(Role.DISCLOSURE_OFFICE.value, this(kind="white")),
    "publishing:desk_docnos": DESK,
    "publishing:desk_explain_gap": Row("desk", only="POST"),
    "publishing:desk_docnos_sheet": DESK,
    "publishing:desk_export": Row("desk", exported_lists, only="GET"),
    "publishing:desk_review_sheet": record("item", only="GET"),
    "publishing:desk_batch_review_sheet": record("batch", only="GET"),
    "publishing:desk_chains": Row(Role.DISCLOSURE_OFFICE.value),
    "publishing:desk_chain_start": Row(Role.DISCLOSURE_OFFICE.value, answer=404),  # it asks for a class
    "publishing:desk_chain": Row(Role.DISCLOSURE_OFFICE.value, this(item_class="sensitive", pace="urgent")),
    "publishing:desk_rechecks": DESK,
    "publishing:desk_samples": DESK,
    "publishing:desk_sample": record("sample"),
    "publishing:desk_hang": record("published"),
    "publishing:desk_board": Row("desk", only="GET"),
    "publishing:desk_remind": Row(OFFICE, agency(), only="POST", answer=405),
    "publishing:desk_supervise": Row(OFFICE, agency(), only="POST", answer=405),
    "publishing:desk_orders": Row("desk", only="GET"),
    "publishing:desk_order": record("order", only="GET"),
    "publishing:desk_obligations": Row("desk", only="GET"),
    "publishing:desk_obligation": record("obligation"),
    "publishing:desk_evidence": record("evidence", only="GET"),
    "publishing:desk_deadlines": Row("desk", only="GET"),
    "publishing:desk_catalogues": Row("desk", only="GET"),
    "publishing:desk_catalogue_import": DESK,
    "publishing:desk_catalogue": Row("desk", of("catalogue"), only="GET"),
    "publishing:desk_entry": Row("desk", of("entry")),
    "publishing:desk_import": DESK,
    "publishing:desk_batches": DESK,
    "publishing:desk_batch": record("batch"),
    "publishing:desk_batch_review": record("batch"),
    "publishing:desk_batch_sign": record("batch"),
    "publishing:desk_batch_submit": record("batch"),
    "publishing:desk_batch_discard": record("batch", only="POST"),
    "publishing:desk_take_out": Row("record", take_out, only="POST", answer=405),
    "casework:cases": DESK,
    "casework:cases_export": Row("desk", only="GET"),
    "casework:workbench": Row("desk", only="GET"),
    "casework:year_end": Row("desk", only="GET"),
    "casework:year_end_export": Row("desk", only="GET"),
    "casework:bulk": Row("desk", only="POST"),
    "casework:paper": DESK,
    "casework:envelope": DESK,
    "casework:import": DESK,
    "casework:type_back": DESK,
    "casework:type_back_sheet": Row("desk", only="GET"),
    "casework:suggestions": Row(OFFICE, only="GET"),
    "casework:series_list": DESK,
    "casework:series": record("series"),
    "casework:series_act": record("series", name="assign"),
    "casework:series_decision": record("series"),
    "casework:series_letters": record("series", only="GET"),
    "casework:series_letters_pdf": record("series", only="GET", answer=0),
    "casework:series_ask": record("series"),
    "casework:series_question": Row("record", asked_once, "", 200, None),
    "casework:series_posting": record("series"),
    "casework:series_sheet": record("series", only="GET", answer=0),
    "casework:series_link": record("case"),
    "casework:duplicate": record("repeated"),
    "casework:case_papers": record("case"),
    "casework:oral_record": record("spoken", only="GET"),
    "casework:case": record("case", only="GET"),
    "casework:act": Row("record", acts_on_case, answer=0),
    "casework:act_on": Row("record", acts_on_part, answer=0),
    "casework:split": record("case"),
    "casework:note": record("case", only="POST"),
    "casework:sheet_file": record("case", only="GET"),
    "casework:signing": Row(OFFICE),
    "casework:assistances": Row("desk", only="GET"),
    "casework:assistance": record("assistance", office=404),  # of whoever is asked, and of nobody else
    "casework:applicant": record("case", only="POST"),
    "casework:sheet": record("case", only="GET"),
    "casework:decision": record("case"),
    "casework:case_file": Row("record", case_file, only="GET"),
    "casework:letter_templates": Row(Role.DISCLOSURE_OFFICE.value, only="GET"),
    "casework:letter_template": Row(Role.DISCLOSURE_OFFICE.value, this(code="L02")),
    "casework:letter_template_file": Row(Role.DISCLOSURE_OFFICE.value, this(code="L02"), only="GET"),
    "casework:letter_template_drop": Row(Role.DISCLOSURE_OFFICE.value, this(code="L02"), only="POST", answer=405),
    "casework:materials": record("case"),
    "casework:material": record("material"),
    "casework:material_page": record("material", only="GET", answer=404, ticket="none"),  # a page gives the tickets out
    "casework:material_grounds": record("material", only="GET"),
    "casework:material_file": record("material", only="GET", which="original"),
    "casework:volume": record("case"),
    "casework:posting": Row("desk"),
    "casework:delivery_proof": record("delivery", only="GET", kind="docx"),
    "casework:notice_address": record("notice", only="POST"),
    "casework:notice": record("notice", only="GET"),
    "casework:notice_check": record("notice", only="POST"),
    "casework:notice_file": record("notice", only="GET", kind="docx"),
    "casework:apply": PUBLIC,
    "casework:apply_organ": PUBLIC,
    "casework:apply_notice": Row("public", answer=302),
    "casework:apply_question": Row("public", questions, answer=302),
    "casework:apply_confirm": Row("public", answer=302),
    "casework:apply_suggest": Row("public", answer=302),
    "casework:apply_typing": Row("public", only="POST", answer=405),
    "casework:apply_receipt": Row("public", answer=302),
    "casework:apply_receipt_file": Row("public", answer=302),
    "casework:apply_forget": Row("public", only="POST", answer=405),
    "casework:apply_form": Row("public", agency("organ")),
    "casework:apply_status": PUBLIC,
    "casework:apply_correct": Row("public", answer=302),
    "casework:apply_withdraw": Row("public", answer=302),
    "casework:apply_status_file": Row("public", only="POST", answer=405),
    "casework:reviews": DESK,
    "casework:review_new": DESK,
    "casework:review": record("review"),
    "casework:lawsuits": DESK,
    "casework:lawsuit_new": DESK,
    "casework:lawsuit": record("lawsuit"),
    "casework:complaints": DESK,
    "casework:complaint_new": DESK,
    "casework:complaint": record("complaint"),
    "casework:fee_receipts": DESK,
    "casework:fee_receipt_new": DESK,
    "casework:fee_receipt": record("fee_receipt"),
    "casework:review_act": Row("record", register_acts("review", "reviews"), answer=0),
    "casework:lawsuit_act": Row("record", register_acts("lawsuit", "lawsuits"), answer=0),
    "casework:complaint_act": Row("record", register_acts("complaint", "complaints"), answer=0),
    "casework:record_correction_act": Row("record", register_acts("record_correction", "record-corrections"), answer=0),
    "casework:openness_suggestion_act": Row(
        "record", register_acts("openness_suggestion", "openness-suggestions"), answer=0
    ),
    "casework:review_draft": record("review", only="POST"),
    "casework:lawsuit_draft": record("lawsuit", only="POST"),
    "casework:complaint_draft": record("complaint", only="POST"),
    "casework:record_correction_draft": record("record_correction", only="POST"),
    "casework:record_corrections": DESK,
    "casework:record_correction_new": DESK,
    "casework:record_correction": record("record_correction"),
    "casework:record_correction_volume": record("record_correction"),
    "casework:record_correction_applicant": record("record_correction", only="POST"),
    "casework:openness_suggestions": DESK,
    "casework:openness_suggestion_new": DESK,
    "casework:openness_suggestion": record("openness_suggestion"),
    "casework:register_paper": record("register_paper"),
    "casework:register_paper_file": record("register_paper", only="GET", answer=404, kind="docx"),  # not signed yet
    "casework:register_paper_address": record("register_paper", only="POST"),
    "casework:register_paper_check": record("register_paper", only="POST"),
    "casework:register_file": record("register_file", only="GET"),
    **{f"casework:{name}_export": Row("desk", only="GET") for name in register_urls()},
    "casework:fees": Row("desk", only="GET"),
    "casework:fees_export": Row("desk", only="GET"),
    "annualreport:reports": PUBLIC,
    "annualreport:report": Row("public", of("published_report")),
    "annualreport:file": Row("public", published_files),
    "annualreport:desk_reports": DESK,
    "annualreport:desk_compile": DESK,
    "annualreport:desk_report": record("report"),
    "annualreport:desk_preview": record("report", only="GET"),
    "annualreport:desk_picture": record("report", only="GET", number=1),
    "annualreport:desk_export": Row("record", exported, only="GET"),
    "annualreport:desk_sign": record("report", only="POST"),
    "annualreport:desk_return": record("report", only="POST"),
    "annualreport:desk_publish": record("report", only="POST"),
    "annualreport:publication": Row("public", of("published_report", number=1)),
    "annualreport:tables": Row("public", of("published_report", number=1)),
    "annualreport:version_file": Row("public", published_version_files),
    "annualreport:all_latest": Row(OFFICE, only="GET", answer=302),
    "annualreport:all": Row(OFFICE, this(year=YEAR), only="GET"),
    "annualreport:batch_start": Row(OFFICE, this(year=YEAR), only="POST", answer=405),
    "annualreport:batch": Row(OFFICE, of("bulk"), only="GET"),
    "annualreport:digest": Row(OFFICE, this(year=YEAR), only="GET"),
    "annualreport:digest_file": Row(OFFICE, this(year=YEAR), only="GET"),
    "annualreport:circular": Row(OFFICE, this(year=YEAR), only="GET"),
    "annualreport:archive": Row(OFFICE, this(year=YEAR), only="GET", answer=302),  # nothing was collected
    "annualreport:templates": Row(OFFICE),
    "annualreport:template": Row(OFFICE, of("superior_template")),
    "annualreport:template_figures": Row(OFFICE, of("superior_template", year=YEAR), only="GET"),
    "annualreport:desk_tables": record("report", only="GET"),
    "annualreport:desk_correct": record("report", only="POST"),
    "annualreport:desk_drop_correction": record("report", only="POST"),
    "annualreport:desk_revisions": record("report", only="GET"),
    "annualreport:desk_revision": record("report", only="GET", number=1),
    "annualreport:desk_comment": record("report", only="POST"),
    "annualreport:desk_comment_answer": Row("record", remark, only="POST", answer=405),
    "annualreport:desk_comment_close": Row("record", remark, only="POST", answer=405),
    "annualreport:website_return": Row("public", of("published_website_return")),
    "annualreport:website_return_file": Row("public", published_website_files),
    "annualreport:website_returns": Row(OFFICE),
    "annualreport:desk_website_return": Row(OFFICE, of("website_return")),
    "annualreport:website_cell": Row(OFFICE, of("website_return", cell_id="w.info.catalogue")),
    "annualreport:website_export": Row(OFFICE, of("website_return", kind="xlsx"), only="GET"),
    "annualreport:website_act": Row(OFFICE, of("website_return", verb="approve"), only="POST", answer=405),
    "annualreport:year_so_far": Row("desk", only="GET"),
    "annualreport:year_records": Row("desk", this(key="items"), only="GET"),
    "annualreport:plan_now": Row("desk", only="GET"),
    "annualreport:plan": Row("desk", this(year=YEAR + 1), only="GET"),
    "annualreport:plan_file": Row("desk", this(year=YEAR + 1), only="GET"),
    "annualreport:plan_mark": Row("desk", this(year=YEAR + 1, key="assessment"), only="POST"),
    "annualreport:plan_tasks": Row("desk", this(year=YEAR + 1)),
    "annualreport:plan_budgets": Row("desk", this(year=YEAR + 1)),
    "annualreport:plan_entry": record("plan_entry"),
    "statistics:years": DESK,
    "statistics:filing-now": DESK,
    "statistics:rounds": Row(OFFICE),
    "statistics:round": Row(OFFICE, of("round")),
    "statistics:late-list": Row(OFFICE, of("round"), only="GET"),
    "statistics:sheet": record("sheet"),
    "statistics:sheet-paper": record("sheet", only="GET"),
    "statistics:sheet-scan": record("sheet", only="GET"),
    "statistics:snapshot": record("snapshot", only="GET"),
    "statistics:correction-paper": record("correction", only="GET"),
    "statistics:year": Row("desk", this(year=YEAR + 1)),
    "statistics:filing": Row("desk", this(year=YEAR + 1)),
    "statistics:cell": Row("desk", this(year=YEAR + 1, cell_id="t3.r1.natural_person")),
    "statistics:former": Row(OFFICE, only="GET"),
    "statistics:import_sheet": Row(OFFICE, lambda world: [{"kind": kind} for kind in FormerKind.values]),
    "statistics:import_tables": Row(OFFICE),
    "statistics:former_ledger": Row(OFFICE, of("former_ledger")),
    "statistics:former_table": Row(OFFICE, of("former_table")),
    "documents:certificates": Row(f"{SYSTEM}|{OFFICE}", only="GET"),
    "documents:certificate_new": Row(f"{SYSTEM}|{OFFICE}"),
    "documents:certificate_test": Row(f"{SYSTEM}|{OFFICE}", only="POST", answer=405),
    "documents:certificate": Row(f"{SYSTEM}|{OFFICE}", of("certificate")),
    "documents:certificate_picture": Row(f"{SYSTEM}|{OFFICE}", of("certificate"), only="GET", answer=404),
    "registers:register": Row("desk", registers),
    "registers:paste": Row("desk", registers),
    "registers:export": Row("desk", registers, only="GET"),
    "registers:three_levels": Row("desk", only="GET"),
    "registers:overview": Row("desk", only="GET"),
    "registers:entry": Row("record", register_rows),
    "registers:replace": Row("record", register_rows, office=302),  # by the organ alone
    "registers:entry_file": record("workrule", only="GET", name="workrule"),
    "registers:supply": Row("desk", only="GET"),
    "registers:supply_ask": Row(OFFICE),
    "registers:supply_sheet": record("supply"),
    "registers:supply_file": record("supply", only="GET"),
    "registers:supply_figure": record("supplied", answer=302, office=200),  # struck out by the office alone
    "desk:home": DESK,
    "desk:choose-organ": DESK,
    "desk:kept": DESK,
    "desk:autosave": Row("desk", only="POST"),
    "desk:kept-drop": Row("desk", this(public_id=NOBODY), only="POST"),
    "desk:login": PUBLIC,
    "desk:logout": DESK,
    "desk:enter-demonstration": Row("public", account, only="POST", answer=405),
    "desk:calendar": DESK,
    "desk:agencies": Row(f"{SYSTEM}|{Role.DISCLOSURE_OFFICE.value}"),
    "desk:people": Row(SYSTEM),
    "desk:instructions": DESK,
    "desk:confirm-instruction": record("instruction", only="POST"),
    "desk:messages": Row("desk", only="GET"),
    "desk:messages-read": Row("desk", only="POST"),
    "desk:message-open": Row("desk", this(public_id=NOBODY), only="POST"),
    "desk:me": DESK,
    "desk:delegations": DESK,
    "desk:deputy-pairs": DESK,
    "desk:deputy-pair-away": Row("desk", this(public_id=NOBODY), answer=404),
    "desk:deputy-pair-end": Row("desk", this(public_id=NOBODY), only="POST"),
    "desk:delegation-end": Row("desk", this(public_id=NOBODY), only="POST"),
    "desk:handovers": Row("desk", only="GET"),  # 404 but for heads of organs, the office and those who took part
    "desk:handover-new": record("leaving"),
    "desk:handover": record("handover", only="GET"),
    "desk:handover-pdf": record("handover", only="GET"),
    "desk:taken-over": Row("desk", only="GET"),
    "desk:handover-dismiss": Row("desk", of("handover"), only="POST"),
    "desk:unfreeze": Row(SYSTEM, account, only="POST", answer=405),
    "desk:settings": Row(Role.DISCLOSURE_OFFICE.value),
    "desk:trail": Row(Role.AUDIT_ADMIN.value),
    "operations:setup": Row(SYSTEM),
    "operations:import": Row(SYSTEM),
    "operations:import-template": Row(SYSTEM),
    "operations:import-check": Row(SYSTEM, of("upload")),
    "operations:accounts": Row(SYSTEM),
    "operations:issue-all": Row(SYSTEM, only="POST", answer=405),
    "operations:issue": Row(SYSTEM, account, only="POST", answer=405),
    "operations:contacts": Row(SYSTEM, agency()),
    "operations:site": Row(SYSTEM),
    "operations:spills": DESK,  # 404 but for secrecy reviewers and the office
    "operations:spill": Row("record", of("spill")),
    "operations:spill-report": record("spill", only="GET", answer=404),  # not before the second person's word
    "operations:choose-password": Row("public", lambda world: [{"token": world.things["token"]}]),
    "design:gallery": DESK,
    "design:sample": Row("desk", this(name="confirm")),
}


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def test_the_table_has_every_address_and_no_other() -> None:
    found = list(addresses(get_resolver()))
    assert len(found) == len(set(found)), "two patterns of one name: the table could only hold one of them"
    assert set(found) - set(TABLE) == set(), "addresses that nobody has placed: say in TABLE whose they are"
    assert set(TABLE) - set(found) == set(), "rows of addresses that no longer exist"


# Walking through it -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The county, built once and gone after the last test; what a test does to it is undone each time."""
    folder = tmp_path_factory.mktemp("matrix") / "home"
    furnish(folder)
    with django_db_blocker.unblock(), installed(folder), on_day(TODAY), undone():
        calendar_changed()
        with TestCase.captureOnCommitCallbacks(execute=True):
            built = populate()
        logging.disable(logging.WARNING)  # thousands of 404 and 405 are what is asked for here
        yield built
        logging.disable(logging.NOTSET)
    calendar_changed()


@pytest.fixture(autouse=True)
def home(world: World) -> Path:
    """The county's folder, in place of each test's own."""
    from django.conf import settings

    return Path(settings.HOME)


@dataclass(frozen=True)
class Visit:
    name: str
    row: Row
    url: str
    method: str
    status: int
    location: str
    cookies: tuple[str, ...]
    marked: bool
    """Whether a word of the first organ's records stands in it."""

    def __str__(self) -> str:
        return f"{self.method} {self.url} ({self.name}) → {self.status}"


def walk(world: World, user: User | None) -> list[Visit]:
    """Every address by GET and by POST as this person; what a visit does is undone, so that one walk serves all."""
    if user not in world.walks:
        door = Client(raise_request_exception=False)
        if user:
            door.force_login(user)
        badge = deepcopy(door.cookies)
        found = [
            _visit(door, badge, name, row, reverse(name, kwargs=arguments), method)
            for name, row in TABLE.items()
            for arguments in row.arguments(world)
            for method in ("GET", "POST")
        ]
        assert {visit.name for visit in found} == set(TABLE), "an address was never visited: it has no arguments"
        world.walks[user] = found
    return world.walks[user]


def _visit(door: Client, badge: Any, name: str, row: Row, url: str, method: str) -> Visit:
    door.cookies = deepcopy(badge)  # a log-out, or a draft begun, is of one visit only
    with undone():
        answer = door.generic(method, url, **_form(method))
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    location = answer.headers.get("Location", "")
    return Visit(name, row, url, method, answer.status_code, location, tuple(answer.cookies), MARK in text)


def visits_to(world: World, user: User | None, audience: str, method: str = "") -> list[Visit]:
    return [v for v in walk(world, user) if v.row.audience == audience and v.method in (method or v.method)]


def _form(method: str) -> dict[str, Any]:
    return {"content_type": "application/x-www-form-urlencoded"} if method == "POST" else {}


def expect(visits: Iterable[Visit], fits: Callable[[Visit], bool]) -> None:
    """Every visit went as it should; the others are named, all of them."""
    wrong = [str(visit) for visit in visits if not fits(visit)]
    assert not wrong, "\n".join(wrong)


def nothing_there(visit: Visit) -> bool:
    """404; or 405 where the address takes the other method from anybody, whether the record exists or not."""
    return visit.status == (405 if visit.row.only not in ("", visit.method) else 404)


def test_a_passer_by_is_asked_to_log_in_at_every_desk_address(world: World) -> None:
    visits = [visit for visit in walk(world, None) if visit.row.audience != "public"]
    expect(visits, lambda visit: visit.status == 302 and visit.location.startswith("/desk/login/"))


def test_public_pages_answer_a_passer_by_and_plain_ones_set_no_cookie(world: World) -> None:
    visits = visits_to(world, None, "public")
    expect(visits, lambda visit: visit.method == "POST" or visit.status == visit.row.answer)
    plain = [visit for visit in visits if not visit.url.startswith(("/apply/", "/desk/"))]
    assert {visit.name for visit in plain} >= {"website:home", "publishing:item", "annualreport:report"}
    expect(plain, lambda visit: not visit.cookies)


def test_a_citizen_in_the_middle_of_an_application_breaks_nothing(world: World) -> None:
    citizen = Citizen(world.county.organs[OWN])
    citizen.until_confirm()
    citizen.client.raise_request_exception = False
    badge = deepcopy(citizen.client.cookies)
    for name in (name for name in TABLE if name.startswith("casework:apply")):
        for arguments in TABLE[name].arguments(world):
            for method in ("GET", "POST"):
                visit = _visit(citizen.client, badge, name, TABLE[name], reverse(name, kwargs=arguments), method)
                assert visit.status < 500, visit


@pytest.mark.parametrize("who", ["nobody", "own", "foreign", "office", *(role.value for role in ADMINISTRATORS)])
def test_nothing_breaks_whoever_asks(world: World, who: str) -> None:
    user = world.administrators.get(who) or getattr(world, who, None)
    assert (user is None) == (who == "nobody")
    expect(walk(world, user), lambda visit: visit.status < 500)


def test_for_a_clerk_of_another_organ_its_records_do_not_exist(world: World) -> None:
    expect(visits_to(world, world.foreign, "record"), nothing_there)
    expect(visits_to(world, world.foreign, "desk"), lambda visit: not visit.marked)
    client = Client()
    client.force_login(world.foreign)
    filing, year = (reverse(f"statistics:{name}", args=[YEAR + 1]) for name in ("filing", "year"))
    assert client.get(filing, {"organ": world.county.organs[OWN].public_id}).status_code == 404
    assert client.get(year, {"scope": "region"}).status_code == 404


@pytest.mark.parametrize("role", [role.value for role in ADMINISTRATORS])
def test_for_an_administrator_no_record_of_business_exists(world: World, role: str) -> None:
    user = world.administrators[role]
    expect(visits_to(world, user, "record"), nothing_there)
    expect(visits_to(world, user, "desk"), lambda visit: not visit.marked)


@pytest.mark.parametrize("who", ["own", "office", *(role.value for role in ADMINISTRATORS)])
def test_pages_of_an_administrator_or_of_the_office_are_theirs_alone(world: World, who: str) -> None:
    user = world.administrators.get(who) or getattr(world, who, None)
    role = {"own": "", "office": Role.DISCLOSURE_OFFICE.value}.get(who, who)

    def fits(visit: Visit) -> bool:
        if role in visit.row.audience.split("|"):
            return visit.method == "POST" or visit.status == visit.row.answer
        return visit.status == 404 or nothing_there(visit)

    visits = [visit for visit in walk(world, user) if visit.row.audience not in ("public", "desk", "record")]
    assert len(visits) > 20
    expect(visits, fits)


@pytest.mark.parametrize("who", ["office", "own"])
def test_records_open_for_those_who_may_see_them(world: World, who: str) -> None:
    visits = visits_to(world, getattr(world, who), "record", "GET")

    def fits(visit: Visit) -> bool:
        answer = visit.row.office if who == "office" and visit.row.office else visit.row.answer
        return visit.status in ((answer,) if answer else (200, 302))

    expect(visits, fits)
    assert {visit.name for visit in visits if visit.marked} > {"publishing:desk_item", "casework:case"}


def test_lists_show_the_first_organs_records_to_those_who_may_see_them(world: World) -> None:
    """The word that others must not find is really there to be found."""
    lists = {
        "publishing:desk_items", "publishing:desk_batches", "casework:cases", "casework:reviews", "casework:lawsuits",
        "casework:complaints", "casework:fee_receipts", "casework:record_corrections", "casework:openness_suggestions",
        "casework:series_list", "registers:register", "desk:instructions",
    }  # fmt: skip
    for user in (world.own, world.office):
        assert lists - {visit.name for visit in visits_to(world, user, "desk", "GET") if visit.marked} == set()


def test_an_identity_that_nobody_has_is_answered_as_a_foreign_one(world: World) -> None:
    """A clerk who tries addresses learns nothing from the answer, not even that something is there."""
    client = Client(raise_request_exception=False)
    client.force_login(world.foreign)
    answers = {(visit.name, visit.method): visit.status for visit in visits_to(world, world.foreign, "record")}
    for (name, method), status in answers.items():
        arguments = next(iter(TABLE[name].arguments(world)))
        made_up = client.generic(method, reverse(name, kwargs={**arguments, "public_id": NOBODY}), **_form(method))
        assert made_up.status_code == status, (name, method)
