"""Documents, interpretations and daily notices of every organ, through the review chain or in batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gongkai.agencies.models import Agency, Role
from gongkai.documents.intake import ATTACHMENTS, take
from gongkai.documents.sheets import list_sheet
from gongkai.operations.demonstration.organs import County, guide_of
from gongkai.publishing.actions import (
    approve_batch,
    approve_review,
    ask_organ,
    draft,
    import_batch,
    keep_secret_reference,
    publish_batch,
    return_,
    set_validity,
    sign_and_publish,
    submit,
    tick_channel,
    withdraw,
)
from gongkai.publishing.attachments import Brought, bring
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.models import Channel, Column, InterpretationForm, Item, ItemVersion, Validity, WithdrawalKind
from gongkai.publishing.skeleton import INTERPRETATION
from gongkai.publishing.vouched import ALL_GATES

PARAGRAPHS = (
    "为做好{subject}工作，根据有关法律、法规和上级部署，结合本地实际，现就有关事项通知如下。",
    "一、坚持依法办理。各有关单位要明确责任科室和责任人，按照职责分工抓好{subject}各项任务的落实。",
    "二、坚持公开透明。办理依据、条件、程序和结果通过县政府网站公布，接受社会监督。",
    "三、加强督促检查。{organ}将定期了解{subject}工作进展，发现问题及时督促整改。",
    "本通知自印发之日起施行。",
)
EXPLAINED = (
    "一、背景依据。近年来{subject}工作遇到一些新情况，原有规定需要细化，{organ}据此起草了本文件。",
    "二、主要内容。文件明确了{subject}的责任分工、办理程序和公开要求。",
    "三、涉及范围。全县范围内与{subject}有关的单位和个人适用本文件。",
    "四、注意事项。群众和企业在办理中有疑问的，可以在工作时间拨打{organ}的电话咨询。",
)
FORMS = (InterpretationForm.TEXT, InterpretationForm.QUESTIONS, InterpretationForm.PICTURE)
DOCUMENTS = ("关于做好{year}年{subject}工作的通知", "关于印发{subject}管理办法（{year}年修订）的通知")
DAILY: tuple[tuple[str, str], ...] = (
    ("A20_04", "{year}年{subject}统计信息（第{serial}期）"),
    ("A20_05", "{subject}事项办理结果公示（{year}年第{serial}批）"),
    ("A20_13", "{subject}监督检查情况（{year}年第{serial}期）"),
    ("A20_11", "{year}年{subject}工作进展（第{serial}期）"),
)
BATCH_SIZE = 10
"""Notices a batch, about: a smaller county has fewer batches, not smaller ones."""
STANDING: tuple[tuple[str, str, str], ...] = (
    (
        "SYS_REVIEW",
        "青禾县政府信息公开审查制度",
        "拟公开的政府信息，公开前依照保守国家秘密法以及其他法律、法规进行审查；未经审查不得公开。",
    ),
    ("A20_02", "青禾县人民政府机构职能", "机关职能、机构设置、办公地址、办公时间、联系方式和负责人姓名。"),
)


def build_items(county: County, years: list[int], daily: int) -> None:
    """Every organ's items of each year; `daily` is how many daily notices an organ publishes in a year."""
    columns = {column.code: column for column in Column.objects.all()}
    founding = date(years[0], 1, 6)
    guide = ("GUIDE", "青禾县人民政府信息公开指南", guide_of(county.government))
    for code, title, text in (guide, *STANDING):
        version = _draft(
            county,
            county.government,
            columns[code],
            title,
            text,
            founding,
        )
        _publish(county, version, founding)
    batches = max(1, daily // BATCH_SIZE)
    for year in years:
        for place, organ in enumerate((county.government, *county.organs.values())):
            _documents(county, organ, year, columns)
            kinds = [DAILY[(place + year + turn) % len(DAILY)] for turn in range(min(batches, len(DAILY)))]
            _daily(county, organ, year, kinds, columns, size=max(1, daily // len(kinds)))
    _with_a_file(county, columns)
    _unfinished(county, columns)
    _not_open(county, columns)
    _overdue(county, columns)
    _withdrawn(county)


def _overdue(county: County, columns: dict[str, Column]) -> None:
    """Drafts whose last day (条例第二十六条) is past or near."""
    for organ, days in zip(county.organs.values(), (29, 27, 24, 20), strict=False):
        made = county.today - timedelta(days=days)
        title = f"{county.subjects[organ.short_name]}专项检查情况通报"
        body = paragraphs(county, organ, PARAGRAPHS[1:4])
        _draft(county, organ, columns["A20_13"], title, body, county.today, formed_on=made)


def _days(county: County, year: int, count: int) -> list[date]:
    """Days of the year, not after today, in order."""
    first = date(year, 1, 8)
    last = min(date(year, 12, 25), county.today - timedelta(days=1))
    span = (last - first).days
    return sorted(first + timedelta(days=county.random.randrange(span)) for _ in range(count)) if span > 0 else []


def paragraphs(county: County, organ: Agency, texts: tuple[str, ...]) -> str:
    subject = county.subjects[organ.short_name]
    return "".join(f"<p>{text.format(subject=subject, organ=organ.short_name)}</p>" for text in texts)


def _draft(
    county: County, organ: Agency, column: Column, title: str, body: str, day: date, **facts: object
) -> ItemVersion:
    author = county.person(organ, Role.DRAFTER)
    return draft(organ, title=title, column=column, body=body, by=author, today=day, **facts)


def _publish(county: County, version: ItemVersion, day: date) -> Item:
    """Through the whole chain, each step by the person of the organ who holds its role, or by the disclosure office."""
    version = submit(version, by=version.author, today=day)
    while (step := version.current_step) and step.kind != "sign":
        version = approve_review(version, by=county.asked(version.agency, step.role), today=day, vouched=ALL_GATES)
    return sign_and_publish(version, by=county.person(version.agency, Role.PUBLISHER), today=day).item


def publish_item(
    county: County, organ: Agency, column: Column, title: str, body: str, day: date, **facts: object
) -> Item:
    """One item of the organ, drafted and through its chain."""
    return _publish(county, _draft(county, organ, column, title, body, day, **facts), day)


def _documents(county: County, organ: Agency, year: int, columns: dict[str, Column]) -> None:
    """Two normative documents a year, one with its interpretation; the older 办法 is repealed by the newer."""
    subject = county.subjects[organ.short_name]
    for serial, (day, template) in enumerate(zip(_days(county, year, 2), DOCUMENTS, strict=False), start=1):
        title = f"{organ.name}{template.format(year=year, subject=subject)}"
        version = _draft(
            county, organ, columns["A20_01"], title, paragraphs(county, organ, PARAGRAPHS), day, formed_on=day,
            docno=f"{organ.document_prefix}发〔{year}〕{serial}号", normative_kind="normdoc",
        )  # fmt: skip
        item = _publish(county, version, day)
        if serial == 2:
            _repeal_earlier(county, item, year, day)
            explained = _draft(
                county, organ, columns[INTERPRETATION], f"《{subject}管理办法》政策解读",
                paragraphs(county, organ, EXPLAINED), day, interprets=item, interpretation_form=FORMS[year % 3],
                interpreter=f"{organ.short_name}负责人",
            )  # fmt: skip
            _publish(county, explained, day)


def _repeal_earlier(county: County, item: Item, year: int, day: date) -> None:
    earlier = Item.objects.filter(
        agency=item.agency, docno=f"{item.agency.document_prefix}发〔{year - 1}〕2号", state="published"
    ).first()
    if earlier:
        by = county.person(item.agency, Role.PUBLISHER)
        set_validity(earlier, by=by, today=day, validity=Validity.REPEALED, since=day, document=item)


def _daily(
    county: County, organ: Agency, year: int, kinds: Sequence[tuple[str, str]], columns: dict[str, Column], *, size: int
) -> None:
    """Daily notices in a batch of each kind, approved as a whole; some also ticked for 微信 and 微博."""
    subject = county.subjects[organ.short_name]
    for day, (code, template) in zip(_days(county, year, len(kinds)), kinds, strict=False):
        rows = [
            BatchRow(
                template.format(year=year, subject=subject, serial=serial),
                paragraphs(county, organ, PARAGRAPHS[1:4]),
                formed_on=day - timedelta(days=3 + serial % 9),
            )
            for serial in range(1, size + 1)
        ]
        author = county.person(organ, Role.DRAFTER)
        batch = import_batch(
            organ, title=f"{year}年{subject}第{day.month}月批次", column=columns[code], rows=rows, by=author, today=day
        )
        while (step := batch.current_step) and step.kind != "sign":
            batch = approve_batch(batch, by=county.asked(organ, step.role), today=day, vouched=ALL_GATES)
        publish_batch(batch, by=county.person(organ, Role.PUBLISHER), today=day)
        if code == "A20_11":
            items = list(Item.objects.filter(versions__batch=batch))
            channel = county.random.choice((Channel.WECHAT, Channel.WEIBO))
            tick_channel(organ, items, channel=channel, on=day, by=author, today=day)


def _with_a_file(county: County, columns: dict[str, Column]) -> None:
    """Figures of the year as a text with the table as an attachment."""
    organ, day, year = county.government, county.today, county.today.year - 1
    rows = [
        ("地区生产总值（亿元）", "118.6"),
        ("一般公共预算收入（亿元）", "7.4"),
        ("城镇居民人均可支配收入（元）", "38652"),
    ]
    name = f"{year}年主要指标.xlsx"
    taken = take(list_sheet("主要指标", ("指标", "数值"), rows), name, ATTACHMENTS)
    row = bring(taken, by=county.person(organ, Role.DRAFTER))
    body = f"<p>现公布{year}年国民经济和社会发展主要指标，详见附件。</p><p>附件：{name}</p>"
    title = f"{year}年国民经济和社会发展主要指标"
    _publish(county, _draft(county, organ, columns["A20_04"], title, body, day, files=[Brought(row, name)]), day)


def _unfinished(county: County, columns: dict[str, Column]) -> None:
    """What is on its way today: a draft, one in review, one to be signed, one returned, in the busiest organs."""
    column, day = columns["A20_01"], county.today
    for organ in [*list(county.organs.values())[:6], county.government]:
        subject = county.subjects[organ.short_name]
        body = paragraphs(county, organ, PARAGRAPHS)
        versions = [
            _draft(
                county, organ, column, f"{organ.name}关于{subject}{title}", body, day, formed_on=day,
                docno=f"{organ.document_prefix}发〔{day.year}〕{serial}号", normative_kind="normdoc",
            )
            for serial, title in enumerate(("考核细则的通知", "公开目录的通知", "办事指南的通知", "责任清单的通知"), start=21)
        ]  # fmt: skip
        reviewer = county.person(organ, Role.REVIEWER)
        sent = [submit(version, by=version.author, today=day) for version in versions[1:]]
        approve_review(sent[1], by=reviewer, today=day, vouched=ALL_GATES)
        return_(sent[2], by=reviewer, today=day, remarks="第二条与上位文件不一致，请核对后再送。")


def _not_open(county: County, columns: dict[str, Column]) -> None:
    """What is kept from the public with its ground, one due for reassessment; one document that waits for another organ;
    a secret one by reference only."""
    organ, other = list(county.organs.values())[:2]
    by, day = county.person(organ, Role.DRAFTER), county.today
    grounds = (
        ("E16_1", "干部职工考勤办法", "本机关内部人员考勤和请销假的工作流程，不对外发生效力", "只涉及内部管理，公开没有公共利益上的需要"),
        ("E16_2", "年度工作要点（讨论稿）", "正在讨论、尚未定稿的过程性材料，公开会使公众误认为已经作出决定", "定稿后的正式文件将主动公开，讨论稿不必公开"),
    )  # fmt: skip
    for serial, ((exemption, name, reason, note), at) in enumerate(
        zip(grounds, (day - timedelta(days=380), day), strict=True), start=31
    ):
        _draft(
            county, organ, columns["A20_02"], f"{organ.name}{name}", f"<p>{name}全文。</p>", at, formed_on=at,
            docno=f"{organ.document_prefix}发〔{day.year}〕{serial}号", openness="closed", exemption=exemption,
            openness_reason=reason, openness_note=note,
        )  # fmt: skip
    joint = _draft(
        county, organ, columns["A20_01"], f"{organ.name}、{other.name}关于联合开展检查的通知",
        paragraphs(county, organ, PARAGRAPHS), day, origin="joint",
    )  # fmt: skip
    ask_organ(joint.item, organ=other.name, asked_on=day, by=by, today=day)
    keep_secret_reference(
        organ, alias="甲字1号", level="confidential", docno=f"{organ.document_prefix}发〔{day.year}〕33号",
        place="机要室 2 号柜", by=county.person(organ, Role.SECRECY_REVIEWER), today=day,
    )  # fmt: skip


def _withdrawn(county: County) -> None:
    """One open and one silent withdrawal (domain-spec §11.2 item 13)."""
    items = Item.objects.public().filter(column__code="A20_05").order_by("pk")[:2]
    for item, kind, reason in zip(
        items,
        (WithdrawalKind.OPEN, WithdrawalKind.SILENT),
        ("公示内容有误，更正后重新公布", "含有不宜公开的个人信息"),
        strict=False,
    ):
        by = county.person(item.agency, Role.PUBLISHER)
        withdraw(item, by=by, today=county.today, kind=kind, reason=reason)
