"""Old ledgers and old tables come in whole, and go again whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import is_disclosure_office, locked
from gongkai.casework.models import Lawsuit, ReviewCase
from gongkai.statistics.actions.file import file
from gongkai.statistics.former import Filed, Read
from gongkai.statistics.models import Filing, FormerKind, FormerLedger, FormerRow, FormerTable
from gongkai.trail.chain import record
from gongkai_core.refusals import Refusal, Refused
from gongkai_core.returns import Form

GROUND = "条例第四十九条、第五十条"
CHUNK = 500


def can_import(*, by: User, today: date) -> Refusal | None:
    """Only the disclosure office: what comes in counts in every organ's old figures."""
    if is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", "历史台账由政务公开办导入", "条例第三条、第四十九条")


def can_import_ledger(agency: Agency, read: Read, *, by: User, today: date) -> Refusal | None:
    """Why a sheet that was read does not come in: a fault anywhere keeps all of it out."""
    if refused := can_import(by=by, today=today):
        return refused
    if read.problem or read.faults or not read.size:
        return Refusal("faults", read.problem or f"有 {len(read.faults)} 格有错，改正后再导入；一行也没有导入", GROUND)
    before = FormerLedger.objects.filter(agency=agency, kind=read.kind, digest=read.digest, withdrawn="").first()
    if before:
        return Refusal("twice", f"这份台账已于 {before.imported_on} 导入过（{before.file_name}），没有再导入", GROUND)
    return _docket_known(read) or _figure_known(read.figures)


def _docket_known(read: Read) -> Refusal | None:
    """A docket counts once: neither one of this site's registers nor one of an earlier import comes in again."""
    model = {FormerKind.REVIEW: ReviewCase, FormerKind.LAWSUIT: Lawsuit}.get(FormerKind(read.kind))
    if model is None:
        return None
    places = {row.number: row.place for row in read.rows}
    known = set(FormerRow.objects.counted(read.kind).filter(number__in=places).values_list("number", flat=True))
    known |= set(model.objects.filter(docket__in=places).values_list("docket", flat=True))
    if not known:
        return None
    words = "、".join(f"第 {places[docket]} 行 {docket}" for docket in sorted(known, key=places.__getitem__)[:10])
    return Refusal(
        "docket", f"同一案号只计一次，{len(known)} 个案号已经登记或者导入：{words}", "forms.json table4_notes"
    )


def _figure_known(figures: Iterable[Filed]) -> Refusal | None:
    """A figure that was filed is not overwritten by a sheet."""
    given = {(row.agency.pk, row.year, row.cell): row for row in figures}
    years = {row.year for row in given.values()}
    filed = Filing.objects.filter(year__in=years).values_list("agency", "year", "cell")
    if known := [given[key] for key in filed if key in given]:
        words = "、".join(f"第 {row.place} 行 {row.agency.short_name} {row.year} {row.cell}" for row in known[:10])
        return Refusal("filed", f"{len(known)} 个数已经填报，不由导入改写：{words}", GROUND)
    return None


@transaction.atomic
def import_ledger(agency: Agency, read: Read, *, file_name: str, by: User, today: date) -> FormerLedger:
    """Take in an old ledger, all rows or none; each row keeps its file and place. Raises Refused."""
    if refused := can_import_ledger(agency, read, by=by, today=today):
        raise Refused(refused)
    ledger = FormerLedger.objects.create(
        agency=agency, kind=read.kind, file_name=file_name, digest=read.digest, size=read.size, imported_by=by,
        imported_on=today,
    )  # fmt: skip
    for row in read.figures:
        evidence = f"{file_name}第 {row.place} 行{'；' if row.evidence else ''}{row.evidence}"[:200]
        file(row.agency, row.year, {row.cell: row.value}, by=by, today=today, evidence=evidence)
    rows = [*read.rows, *(_figure_row(row) for row in read.figures)]
    for one in rows:
        one.ledger = ledger
    FormerRow.objects.bulk_create(rows, batch_size=CHUNK)
    record(
        "statistics.import_ledger", ledger, by=by, today=today, ground=GROUND, kind=read.kind, size=read.size,
        file_name=file_name, digest=read.digest, years=dict(read.by_year),
    )  # fmt: skip
    return ledger


def _figure_row(row: Filed) -> FormerRow:
    return FormerRow(
        place=row.place, kind=FormerKind.FIGURE, agency=row.agency, day=Period.of_year(row.year).last, number=row.cell,
        amount=row.value,
    )  # fmt: skip


def can_withdraw_import(imported: FormerLedger | FormerTable, *, by: User, today: date) -> Refusal | None:
    if refused := can_import(by=by, today=today):
        return refused
    if imported.withdrawn:
        return Refusal("withdrawn", "这次导入已经撤销", GROUND)
    return None


@transaction.atomic
def withdraw_import(
    imported: FormerLedger | FormerTable, *, reason: str, by: User, today: date
) -> FormerLedger | FormerTable:
    """Take an import out of the count; it stays to be seen, with the reason. Raises Refused."""
    imported = locked(imported)
    if refused := can_withdraw_import(imported, by=by, today=today):
        raise Refused(refused)
    if not reason.strip():
        raise Refused(Refusal("no_reason", "撤销须写明理由", GROUND))
    if isinstance(imported, FormerLedger) and imported.kind == FormerKind.FIGURE:
        for row in imported.rows.select_related("agency"):
            if Filing.objects.filter(agency=row.agency, year=row.day.year, cell=row.number, value=row.amount).exists():
                file(row.agency, row.day.year, {row.number: None}, by=by, today=today)
    imported.withdrawn = reason.strip()
    imported.save(update_fields=["withdrawn"])
    record("statistics.withdraw_import", imported, by=by, today=today, ground=GROUND, reason=imported.withdrawn)
    return imported


# Whole tables --------------------------------------------------------------------------------------------------------


def can_import_table(scope: Scope, year: int, *, by: User, today: date) -> Refusal | None:
    if refused := can_import(by=by, today=today):
        return refused
    if today <= Period.of_year(year).last:
        return Refusal("year_open", f"{year} 年度还没有过完，没有原表可以导入", GROUND)
    before = FormerTable.objects.filter(
        agency=scope.agency, whole_region=scope.whole_region, year=year, withdrawn=""
    ).first()
    if before:
        return Refusal("twice", f"{before}已于 {before.imported_on} 导入；要改的，先撤销那一次导入", GROUND)
    return None


@transaction.atomic
def import_table(
    scope: Scope,
    year: int,
    form: Form,
    values: Mapping[str, Any],
    *,
    as_printed: Mapping[str, str],
    file_name: str,
    digest: str,
    evidence: str,
    by: User,
    today: date,
) -> FormerTable:
    """Take in a former year's tables as they were printed (domain-spec §11.8 item 60). Raises Refused.

    `as_printed`: why cells stand although they are blank, unreadable or contradict others; `evidence`: where the
    original is.
    """
    if refused := can_import_table(scope, year, by=by, today=today):
        raise Refused(refused)
    if not evidence.strip():
        raise Refused(Refusal("no_evidence", "须写明原件在哪里（佐证）", GROUND))
    if any(not reason.strip() for reason in as_printed.values()):
        raise Refused(Refusal("as_printed", "自相矛盾、没有读到的格照原件入库，须写明理由", "domain-spec §11.8"))
    plain = {cell: str(value) if isinstance(value, float | Decimal) else value for cell, value in values.items()}
    table = FormerTable.objects.create(
        agency=scope.agency, whole_region=scope.whole_region, year=year, edition=form.edition,
        values={cell: plain.get(cell) for cell in form.cell_ids}, as_printed=dict(as_printed), file_name=file_name,
        digest=digest, evidence=evidence.strip(), imported_by=by, imported_on=today,
    )  # fmt: skip
    record(
        "statistics.import_table", table, by=by, today=today, ground=GROUND, year=year, whole_region=scope.whole_region,
        edition=form.edition, file_name=file_name, digest=digest, as_printed=sorted(as_printed),
    )  # fmt: skip
    return table
