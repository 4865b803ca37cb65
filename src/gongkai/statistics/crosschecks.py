"""Cross-checks beyond the form's own equations: the year before, the shorter periods, the organs below.

Each gives the same `Finding` as `gongkai_core.returns.check`, so that every screen shows them side by side. None of
them can be an error: each has a lawful explanation, which is what they ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from gongkai.agencies.office_settings import Declared, declare, whole
from gongkai.statistics.models import Filing, FilingSheet
from gongkai.statistics.numbers import Number, plain
from gongkai.statistics.periods import label_of, parts_of
from gongkai_core.returns import Finding

if TYPE_CHECKING:
    from gongkai.statistics.compilation import Compilation

JUMP_PERCENT = declare(
    Declared(
        "statistics.jump_percent",
        "比上年增减超过百分之多少的须说明",
        50,
        "年际核对没有统一比例；domain-spec §9 年际",
        parse=whole(10, 1000),
    )
)
JUMP_LEAST = declare(
    Declared("statistics.jump_least", "增减不到多少的不作年际核对", 10, "年际核对没有统一比例；domain-spec §9 年际")
)
CARRY_OVER = frozenset({"R19-T3-d", "R21-T3-d"})
"""上年结转 against last year's 结转下年度, column by column."""
REGION = "国办公开办函〔2021〕30号；条例第四十九条：县级汇总含本级、部门和乡镇"


def findings(compilation: Compilation) -> tuple[Finding, ...]:
    """What neighbours say of these figures, apart from cells with a written explanation."""
    found = (*_jumps(compilation), *_shorter_periods(compilation), *_organs(compilation))
    return tuple(finding for finding in found if finding.cells[0] not in compilation.explanations)


def unexplained_carry_over(compilation: Compilation) -> list[Finding]:
    """上年结转 that differs from last year's 结转下年度 without a word of why; the total's word stands for all."""
    explained = compilation.explanations
    carried = [finding for finding in compilation.declared.findings if finding.rule in CARRY_OVER]
    if any(finding.cells[0].endswith(".total") and finding.cells[0] in explained for finding in carried):
        return []
    return [finding for finding in carried if finding.cells[0] not in explained]


def _finding(rule: str, cell: str, left: Number, right: Number, detail: str, *, why: str, src: str) -> Finding:
    return Finding(
        rule=rule, type="suspicious", level="warning", cells=(cell,), left=left, right=right, expected=str(right),
        found=str(left), detail=detail, why=why, src=src,
    )  # fmt: skip


def _jumps(compilation: Compilation) -> Iterator[Finding]:
    """Cells that rose or fell by more than the office's per cent since last year's frozen figure (`yoy`)."""
    previous = compilation.previous
    if previous is None or previous.edition != compilation.form.edition:
        return
    percent, least = Decimal(JUMP_PERCENT.value()), JUMP_LEAST.value()
    before = previous.figures
    for cell in compilation.form.cells:
        old, new = before.get(cell.id), compilation.cells[cell.id].value
        if old is None or new is None or abs(new - old) < least or abs(new - old) * 100 <= percent * abs(old):
            continue
        change = f"{'增' if new > old else '减'} {plain(Decimal(abs(new - old)))}"
        ratio = f"（{abs(new - old) * 100 / abs(old):.0f}%）" if old else "（上年为 0）"
        yield _finding(
            "yoy.jump", cell.id, new, old, f"“{cell.short}”本年 {new}，上年 {old}，{change}{ratio}",
            why=f"比上年增减超过 {percent}% 的须核实并说明", src="本单位规定：年际核对",
        )  # fmt: skip


def _shorter_periods(compilation: Compilation) -> Iterator[Finding]:
    """Filed figures against the sum of the months or quarters that were all filed."""
    ways = parts_of(compilation.code)
    if not ways:
        return
    organs = compilation.scope.agencies(compilation.period)
    rows = Filing.objects.filter(
        agency__in=organs, year=compilation.period.year, period__in={c for w in ways for c in w}
    )
    sums: dict[tuple[str, str], Number] = {
        (row["cell"], row["period"]): row["total"]
        for row in rows.order_by().values("cell", "period").annotate(total=Sum("value"))
    }
    for cell in compilation.form.cells:
        value = compilation.cells[cell.id].value
        if not cell.manual or value is None or cell.id.endswith(".prev"):
            continue
        for way in ways:
            parts = [sums[cell.id, code] for code in way if (cell.id, code) in sums]
            total = plain(sum((Decimal(part) for part in parts if part is not None), Decimal(0)))
            if len(parts) == len(way) and total != value:
                names = f"{label_of(compilation.period.year, way[0])}至{label_of(compilation.period.year, way[-1])}"
                yield _finding(
                    "sum.periods", cell.id, value, total,
                    f"“{cell.short}”填 {value}，而{names}已报各期合计 {total}",
                    why="各期之和与全期数不一致的须核实并说明", src="本单位规定：分期数与全期数核对",
                )  # fmt: skip


def _organs(compilation: Compilation) -> Iterator[Finding]:
    """The region's figure against the sum of what its organs signed, once all of them have sent up their sheets."""
    if not compilation.scope.whole_region:
        return
    signed = organs_signed(compilation)
    if signed is None:
        return
    for cell in compilation.form.cells:
        value = compilation.cells[cell.id].value
        parts = [figures[cell.id] for figures in signed.values() if figures.get(cell.id) is not None]
        total = plain(sum((Decimal(part) for part in parts if part is not None), Decimal(0)))
        if (value or 0) != total:
            yield _finding(
                "sum.organs", cell.id, value, total, f"“{cell.short}”全域 {value or 0}，而各单位所报合计 {total}",
                why="同一案号在汇总中只计一次，或者上报后台账有变动的，可以不等，须说明", src=REGION,
            )  # fmt: skip


def organs_signed(compilation: Compilation) -> Mapping[int, Mapping[str, Number]] | None:
    """What each organ signed, by the organ's key; None until every organ that answers applications has sent up."""
    organs = compilation.scope.agencies(compilation.period)
    sheets = FilingSheet.objects.sent_up().filter(
        agency__in=organs, year=compilation.period.year, period=compilation.code
    )
    signed = {row.agency_id: row.as_signed for row in sheets.only("agency_id", "figures")}
    if not signed or set(organs.answering().values_list("pk", flat=True)) - signed.keys():
        return None
    return signed
