from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import locked
from gongkai.documents.models import Blob
from gongkai.outbox import station
from gongkai.statistics import sheets
from gongkai.statistics.actions.file import write_filings
from gongkai.statistics.actions.fill_sheet import put_figures
from gongkai.statistics.compilation import Compilation
from gongkai.statistics.models import FilingSheet, SheetSignature, SheetState, SignPlace, SignWay
from gongkai.statistics.numbers import Number, to_json
from gongkai.statistics.procedure import advance, allow, note, refusal, signature_of
from gongkai_core.refusals import Refusal

PLACES = (SignPlace.FILLER, SignPlace.REVIEWER, SignPlace.HEAD)


def _failed(sheet: FilingSheet, today: date, compilation: Compilation | None = None) -> Iterator[str]:
    """Guards on sending up that don't hold; `compilation` where the form is at hand already."""
    if sheets.blank_cells(sheet):
        yield "complete"
    if today < sheet.days.last:
        yield "period_over"
    if not sheet.remarks and sheets.judged(sheet, compilation or sheets.compiled(sheet)).errors:
        yield "explained"


def can_hand_to_sign(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    refused = refusal(sheet, "hand_to_sign", by=by, today=today)
    return refused or refusal(sheet, "hand_to_sign", by=by, today=today, failed=list(_failed(sheet, today)))


@transaction.atomic
def hand_to_sign(
    sheet: FilingSheet, *, by: User, today: date, names: Mapping[str, str] | None = None,
    reviewer: User | None = None, head: User | None = None,
) -> FilingSheet:  # fmt: skip
    """Fix the figures and have three names put under them.

    With `names` (by place) on paper: print, stamp, scan back. With `reviewer` and `head` each confirms by logging in;
    who hands it over signs as 填报人 thereby. Raises Refused.
    """
    sheet = locked(sheet)
    allow(can_hand_to_sign(sheet, by=by, today=today))
    people: dict[str, User | None] = {SignPlace.FILLER: by, SignPlace.REVIEWER: reviewer, SignPlace.HEAD: head}
    if names is None:
        names = {place: person.name for place, person in people.items() if person}
        three = len({person.pk for person in people.values() if person}) == len(PLACES)
        sheet.way = SignWay.LOGIN
        if reviewer and head:
            _work_there(sheet.agency, reviewer, head, today)
    else:
        names = {place: " ".join(names.get(place, "").split()) for place in PLACES}
        three = all(names.values()) and len(set(names.values())) == len(PLACES)
        sheet.way, people = SignWay.PAPER, {}
    if not three:
        allow(refusal(sheet, "hand_to_sign", by=by, today=today, failed=["three_persons"]))
    _fix(sheet, sheets.compiled(sheet))
    ground = advance(sheet, "hand_to_sign")
    sheet.save()
    _put_names(sheet, names, people, by)
    _tell_signers(sheet)
    note("hand_to_sign", sheet, by=by, today=today, ground=ground, way=sheet.way, digest=sheet.digest)
    return sheet


def _work_there(agency: Agency, reviewer: User, head: User, today: date) -> None:
    for person in (reviewer, head):
        if not any(post.agency_id == agency.pk for post in person.business_posts_on(today)):
            allow(Refusal("not_here", f"{person.name}不是{agency.short_name}的人员，不能签这张表", "条例第五十条"))


def _fix(sheet: FilingSheet, compilation: Compilation) -> None:
    """The whole form as it stands is what is signed."""
    sheet.figures = to_json(compilation.values)
    sheet.digest = sheet.digest_now()
    sheet.version += 1


def _put_names(sheet: FilingSheet, names: Mapping[str, str], people: Mapping[str, User | None], by: User) -> None:
    sheet.signatures.all().delete()
    now = timezone.now()
    for place in PLACES:
        signs = people.get(place) == by and place == SignPlace.FILLER
        SheetSignature.objects.create(
            sheet=sheet, place=place, name=names[place][:40], person=people.get(place),
            signed_by=by if signs else None, signed_at=now if signs else None,
        )  # fmt: skip


def _tell_signers(sheet: FilingSheet) -> None:
    waiting = sheet.signatures.filter(person__isnull=False, signed_at=None).order_by("-place")
    station.tell(
        station.Line(
            row.person_id or 0, f"sheet:{sheet.public_id}:sign:{sheet.digest[:16]}",
            f"请以{row.get_place_display()}签名确认：{sheet}", sheet.get_absolute_url(),
        )
        for row in waiting
    )  # fmt: skip


def can_sign_sheet(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    failed = []
    mine = signature_of(sheet, by, today=today) if sheet.state == SheetState.SIGNING else None
    if mine is None or (mine.place == SignPlace.HEAD and _unsigned(sheet, SignPlace.REVIEWER)):
        failed.append("own_turn")
    if sheet.digest != sheet.digest_now():
        failed.append("unchanged")
    return refusal(sheet, "sign", by=by, today=today, failed=failed)


def _unsigned(sheet: FilingSheet, place: str) -> bool:
    return sheet.signatures.filter(place=place, signed_at=None).exists()


@transaction.atomic
def sign_sheet(sheet: FilingSheet, *, by: User, today: date) -> FilingSheet:
    """Confirm by logging in, the reviewer before the head; the last signature sends the sheet up. Raises Refused."""
    sheet = locked(sheet)
    allow(can_sign_sheet(sheet, by=by, today=today))
    mine = signature_of(sheet, by, today=today)
    assert mine
    mine.signed_by, mine.signed_at = by, timezone.now()
    mine.save(update_fields=["signed_by", "signed_at"])
    last = not sheet.signatures.filter(signed_at=None).exists()
    ground = advance(sheet, "sign", facts=["last_signature"] if last else [])
    if last:
        _send_up(sheet, by=by, today=today)
    sheet.version += 1
    sheet.save()
    note("sign_sheet", sheet, by=by, today=today, ground=ground, place=mine.place, digest=sheet.digest)
    return sheet


def can_take_back(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    return refusal(sheet, "take_back", by=by, today=today)


@transaction.atomic
def take_back(sheet: FilingSheet, *, reason: str, by: User, today: date) -> FilingSheet:
    """Back to be filled in: the statistician's own wish, or a signer's objection. Raises Refused without a reason."""
    sheet = locked(sheet)
    failed = [] if reason.strip() else ["remarks"]
    allow(refusal(sheet, "take_back", by=by, today=today, failed=failed))
    ground = advance(sheet, "take_back")
    sheet.signatures.all().delete()
    sheet.way, sheet.figures, sheet.digest = "", {}, ""
    sheet.version += 1
    sheet.save()
    note("take_back_sheet", sheet, by=by, today=today, ground=ground, reason=reason.strip()[:200])
    return sheet


def can_scan_back(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    failed = ["wants_scan"] if sheet.way == SignWay.LOGIN or (sheet.filed_now and not sheet.on_behalf) else []
    return refusal(sheet, "scan_back", by=by, today=today, failed=failed)


@transaction.atomic
def scan_back(sheet: FilingSheet, *, scan: Blob, by: User, today: date) -> FilingSheet:
    """Keep the scan of the stamped paper, which sends the sheet up; for a telephone sheet it comes afterwards.

    Raises Refused.
    """
    sheet = locked(sheet)
    allow(can_scan_back(sheet, by=by, today=today))
    first = sheet.state == SheetState.SIGNING
    ground = advance(sheet, "scan_back")
    sheet.scan = scan
    if first:
        _send_up(sheet, by=by, today=today)
    sheet.version += 1
    sheet.save()
    note("scan_back_sheet", sheet, by=by, today=today, ground=ground, scan=scan.digest, digest=sheet.digest)
    return sheet


def can_enter_by_telephone(sheet: FilingSheet, *, by: User, today: date) -> Refusal | None:
    """Whether the office may enter figures told by telephone at all; what is typed is judged when it is entered."""
    failed = ["period_over"] if today < sheet.days.last else []
    return refusal(sheet, "enter_by_telephone", by=by, today=today, failed=failed)


@transaction.atomic
def enter_by_telephone(
    sheet: FilingSheet, values: Mapping[str, Number], *, told_by: str, told_on: date, evidence: str = "",
    remarks: str = "", by: User, today: date,
) -> FilingSheet:  # fmt: skip
    """代填 (domain-spec §11.8 item 52): the office enters what an organ told by telephone, marked as such. Raises Refused."""
    sheet = locked(sheet)
    allow(can_enter_by_telephone(sheet, by=by, today=today))
    if not told_by.strip():
        allow(Refusal("nobody", "请填写报数人", "条例第五十条"))
    if told_on > today:
        allow(Refusal("future", "来电日期不能晚于今天", "条例第五十条"))
    sheet.signatures.all().delete()
    drafted = FilingSheet(round=sheet.round, agency=sheet.agency, year=sheet.year, period=sheet.period, state="open")
    compilation = put_figures(drafted, values, evidence=evidence, remarks=remarks, by=by)
    allow(refusal(sheet, "enter_by_telephone", by=by, today=today, failed=list(_failed(drafted, today, compilation))))
    _fix(drafted, compilation)
    for name in ("values", "evidence", "remarks", "filled_by", "errors", "warnings", "figures", "digest"):
        setattr(sheet, name, getattr(drafted, name))
    sheet.way, sheet.told_by, sheet.told_on, sheet.zero = SignWay.TELEPHONE, told_by.strip(), told_on, False
    sheet.scan = None
    ground = advance(sheet, "enter_by_telephone")
    _send_up(sheet, by=by, today=today)
    sheet.version += 1
    sheet.save()
    note(
        "enter_by_telephone", sheet, by=by, today=today, ground=ground, told_by=sheet.told_by, told_on=told_on,
        values=sheet.values,
    )  # fmt: skip
    return sheet


def _send_up(sheet: FilingSheet, *, by: User, today: date) -> None:
    """What was signed becomes the organ's filing; marks of an earlier return are done."""
    sheet.filed_on = today
    sheet.first_filed_on = sheet.first_filed_on or today
    sheet.return_reason = ""
    sheet.marks.filter(done_on=None).update(done_on=today)
    write_filings(
        sheet.agency, sheet.year, sheet.period, sheet.filled, by=sheet.filled_by or by, evidence=sheet.evidence,
        on_behalf=sheet.on_behalf,
    )  # fmt: skip
