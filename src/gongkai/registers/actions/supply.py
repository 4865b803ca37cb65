"""部门供数单: asked for by the disclosure office, filled in, confirmed by another person, returned, cancelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.ledger import Period
from gongkai.agencies.models import Agency, Appointment, Installation, Role, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.documents.models import Blob
from gongkai.outbox.station import Line, tell
from gongkai.registers.models import SuppliedFigure, SupplySheet
from gongkai.registers.supply_kinds import BY_CODE
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import SUPPLY_SHEET
from gongkai_core.states.supply import GROUND


@dataclass(frozen=True)
class Given:
    """What was written on one line of a sheet; without a value the words say why there is none."""

    value: Decimal | None
    unit: str
    approximate: bool = False
    evidence: str = ""


def _roles(agency: Agency, by: User, today: date) -> set[str]:
    roles = {"office"} if is_disclosure_office(by, on=today) else set()
    at_organ = any(post.agency_id == agency.pk for post in by.business_posts_on(today))
    return roles | ({"organ"} if at_organ else set())


def _refusal(sheet: SupplySheet, event: str, *, by: User, today: date, failed: Collection[str] = ()) -> Refusal | None:
    facts = ("on_behalf",) if sheet.on_behalf and sheet.state == "filled" else ()
    roles = _roles(sheet.agency, by, today)
    return SUPPLY_SHEET.refusal(sheet.state, event, roles=roles, facts=facts, failed=failed)


def _advance(sheet: SupplySheet, event: str, *, by: User, today: date, **facts: object) -> None:
    """Move a sheet along the table, save it, write the trail."""
    row = SUPPLY_SHEET.next(sheet.state, event)
    sheet.state = row.next
    sheet.version += 1
    sheet.save()
    record(f"registers.supply_{event}", sheet, by=by, today=today, ground=row.article, state=sheet.state, **facts)


# Asking ------------------------------------------------------------------------------------------------------------


def can_ask(
    *, by: User, today: date, organs: Sequence[Agency] = (), due_on: date | None = None, period: Period | None = None
) -> Refusal | None:
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "供数单由政务公开办发起", GROUND)
    if due_on and due_on < today:
        return Refusal("past_due", f"报送期限 {due_on} 已经过了")
    if gone := [organ.short_name for organ in organs if period and not organ.exists(period.last)]:
        return Refusal("no_organ", f"{'、'.join(gone)}在这一时期末已经撤销或者还没有设立")
    return None


@transaction.atomic
def ask(
    organs: Sequence[Agency],
    kinds: Iterable[str],
    period: Period,
    *,
    due_on: date,
    by: User,
    today: date,
    words: str = "",
) -> list[SupplySheet]:
    """Ask each organ for these figures of a period, on one sheet each. Raises Refused."""
    if refusal := can_ask(by=by, today=today, organs=organs, due_on=due_on, period=period):
        raise Refused(refusal)
    asked = [BY_CODE[code] for code in dict.fromkeys(kinds)]
    if not asked or not organs:
        raise Refused(Refusal("nothing", "请选择供数单位和要供的数"))
    open_already = SuppliedFigure.objects.filter(
        sheet__agency__in=organs, sheet__state__in=("asked", "filled", "returned"), kind__in=[kind.code for kind in asked],
        first=period.first, last=period.last, struck_out="",
    )  # fmt: skip
    if twin := open_already.select_related("sheet__agency").first():
        words = f"“{twin.declared.label}”已经向{twin.sheet.agency.short_name}要过，供数单还没有办完"
        raise Refused(Refusal("asked_already", words))
    installation = Installation.current()
    sheets = []
    for organ in organs:
        facts = {"words": words, "asked_by": by, "asked_on": today, "due_on": due_on}
        sheet = SupplySheet.objects.create(agency=organ, first=period.first, last=period.last, **facts)
        SuppliedFigure.objects.bulk_create(
            SuppliedFigure(
                sheet=sheet, agency=installation.government if kind.whole_region and installation else organ,
                whole_region=kind.whole_region, kind=kind.code, first=period.first, last=period.last, unit=kind.unit,
            )
            for kind in asked
        )  # fmt: skip
        codes = [kind.code for kind in asked]
        record("registers.supply_ask", sheet, by=by, today=today, ground=GROUND, kinds=codes, due_on=due_on)
        sheets.append(sheet)
    _tell_organs(sheets, "请填报")
    return sheets


def _tell_organs(sheets: Sequence[SupplySheet], what: str) -> None:
    """The statisticians of the organs, once for each turn of a sheet."""
    organs = {sheet.agency_id: sheet for sheet in sheets}
    posts = Appointment.objects.held_on(timezone.localdate()).filter(agency__in=organs, role=Role.STATISTICIAN)
    tell(
        Line(
            post.user_id, f"supply:{sheet.public_id}:{sheet.version}", f"{what}：{sheet}，{sheet.due_on} 前报送",
            sheet.get_absolute_url(),
        )
        for post in posts
        for sheet in [organs[post.agency_id]]
    )  # fmt: skip


# Filling in --------------------------------------------------------------------------------------------------------


def can_fill(sheet: SupplySheet, *, by: User, today: date) -> Refusal | None:
    return _refusal(sheet, "fill", by=by, today=today)


def _lacking(sheet: SupplySheet, figures: Mapping[str, Given], file: Blob | None) -> set[str]:
    """Guards that fail: zero is not blank, and every number comes from somewhere."""
    lines = [figures.get(row.kind) for row in sheet.figures.all() if not row.struck_out]
    failed = set()
    if any(given is None or (given.value is None and not given.evidence.strip()) for given in lines):
        failed.add("complete")
    if not file and any(given and given.value is not None and not given.evidence.strip() for given in lines):
        failed.add("evidence")
    return failed


@transaction.atomic
def fill(
    sheet: SupplySheet, figures: Mapping[str, Given], *, by: User, today: date, file: Blob | None = None
) -> SupplySheet:
    """Write the figures on a sheet, by kind; by the organ itself, or by the office for it (代填). Raises Refused."""
    sheet = locked(sheet)
    file = file or sheet.file
    if refusal := _refusal(sheet, "fill", by=by, today=today, failed=_lacking(sheet, figures, file)):
        raise Refused(refusal)
    rows = [row for row in sheet.figures.all() if not row.struck_out]
    for row in rows:
        _write(row, figures[row.kind])
    sheet.on_behalf = "organ" not in _roles(sheet.agency, by, today)
    sheet.filled_by, sheet.filled_on, sheet.file, sheet.reason = by, today, file, ""
    values = {row.kind: row.words for row in rows}
    _advance(sheet, "fill", by=by, today=today, on_behalf=sheet.on_behalf, values=values)
    return sheet


def _write(row: SuppliedFigure, given: Given) -> None:
    kind = row.declared
    if given.unit not in kind.units:
        raise Refused(Refusal("unit", f"“{kind.label}”的单位是{'、'.join(kind.units)}，不能用“{given.unit}”"))
    if given.value is not None:
        if given.value < 0 and not kind.signed:
            raise Refused(Refusal("negative", f"“{kind.label}”不能小于 0"))
        if kind.whole and given.value != given.value.to_integral_value():
            raise Refused(Refusal("whole", f"“{kind.label}”须是整数"))
        if kind.unit == "%" and given.value > 100:
            raise Refused(Refusal("percent", f"“{kind.label}”不能超过 100%"))
    row.value, row.unit, row.approximate, row.evidence = (
        given.value, given.unit, given.approximate, given.evidence.strip(),
    )  # fmt: skip
    row.save(update_fields=["value", "unit", "approximate", "evidence"])


# Confirming, returning, cancelling ---------------------------------------------------------------------------------


def can_confirm(sheet: SupplySheet, *, by: User, today: date) -> Refusal | None:
    """By the office, or by the organ where the office filled it in; never by who filled it in."""
    failed = {"not_filler"} if sheet.filled_by_id == by.pk else set()
    if sheet.state == "filled" and _counted_already(sheet):
        failed.add("counted_once")
    return _refusal(sheet, "confirm", by=by, today=today, failed=failed)


def _counted_already(sheet: SupplySheet) -> bool:
    """Whether a figure of this sheet is confirmed already for days that it covers; a standing number, for its day."""

    def twins(row: SuppliedFigure) -> Q:
        same = Q(agency=row.agency_id, whole_region=row.whole_region, kind=row.kind)
        return same & (Q(last=row.last) if row.declared.stock else Q(first__lte=row.last, last__gte=row.first))

    lines = sheet.figures.filter(struck_out="", value__isnull=False)
    return any(SuppliedFigure.objects.filter(twins(row), counted=True).exists() for row in lines)


@transaction.atomic
def confirm(sheet: SupplySheet, *, by: User, today: date) -> SupplySheet:
    """From now on the figures count. Raises Refused."""
    for pk in sorted(set(sheet.figures.values_list("agency_id", flat=True))):
        Agency.objects.select_for_update(no_key=True).get(pk=pk)  # nobody confirms the same figure of theirs beside us
    sheet = locked(sheet)
    if refusal := can_confirm(sheet, by=by, today=today):
        raise Refused(refusal)
    sheet.confirmed_by, sheet.confirmed_on = by, today
    sheet.figures.filter(struck_out="", value__isnull=False).update(counted=True)
    _advance(sheet, "confirm", by=by, today=today)
    return sheet


def can_return(sheet: SupplySheet, *, by: User, today: date) -> Refusal | None:
    return _refusal(sheet, "return", by=by, today=today)


@transaction.atomic
def return_(sheet: SupplySheet, *, reason: str, by: User, today: date) -> SupplySheet:
    """Give a sheet back to be filled in again; what was written stays on it. Raises Refused."""
    sheet = locked(sheet)
    failed = () if reason.strip() else ("reason",)
    if refusal := _refusal(sheet, "return", by=by, today=today, failed=failed):
        raise Refused(refusal)
    sheet.reason = reason.strip()
    _advance(sheet, "return", by=by, today=today, reason=sheet.reason)
    _tell_organs([sheet], "供数单已退回")
    return sheet


def can_cancel(sheet: SupplySheet, *, by: User, today: date) -> Refusal | None:
    return _refusal(sheet, "cancel", by=by, today=today)


@transaction.atomic
def cancel(sheet: SupplySheet, *, reason: str, by: User, today: date) -> SupplySheet:
    """A sheet that is not wanted any more; it stays in the list. Raises Refused."""
    sheet = locked(sheet)
    failed = () if reason.strip() else ("reason",)
    if refusal := _refusal(sheet, "cancel", by=by, today=today, failed=failed):
        raise Refused(refusal)
    sheet.reason = reason.strip()
    _advance(sheet, "cancel", by=by, today=today, reason=sheet.reason)
    return sheet


def can_strike_out_figure(figure: SuppliedFigure, *, by: User, today: date) -> Refusal | None:
    """A confirmed figure that is wrong leaves the count; the right one is asked for anew."""
    if figure.struck_out:
        return Refusal("struck_out", "这个数已划去")
    if not figure.counted:
        return Refusal("not_counted", "还没有确认的数，退回重填")
    if not is_disclosure_office(by, on=today):
        return Refusal("needs_role", "已确认的数由政务公开办划去", GROUND)
    return None


@transaction.atomic
def strike_out_figure(figure: SuppliedFigure, *, reason: str, by: User, today: date) -> SuppliedFigure:
    """Take a confirmed figure out of the count; it stays on its sheet with the reason. Raises Refused."""
    figure = locked(figure)
    if refusal := can_strike_out_figure(figure, by=by, today=today):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(Refusal("no_reason", "划去须写明理由"))
    figure.counted, figure.struck_out = False, reason.strip()
    figure.struck_out_by, figure.struck_out_at = by, timezone.now()
    figure.save(update_fields=["counted", "struck_out", "struck_out_by", "struck_out_at"])
    record(
        "registers.strike_out_figure", figure, by=by, today=today, ground=GROUND, sheet=str(figure.sheet.public_id),
        kind=figure.kind, value=figure.words, reason=figure.struck_out,
    )  # fmt: skip
    return figure
