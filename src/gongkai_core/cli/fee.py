"""`gongkai fee`: the information handling fee (信息处理费) with its computation."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import IO, Any

from gongkai_core.cli.arguments import Parser
from gongkai_core.cli.columns import aligned
from gongkai_core.errors import InputError
from gongkai_core.fees import IN_FORCE_FROM, PAY_WITHIN_WORKDAYS, REGULATION, Quote, quote

_NOTES = {
    "per_case": (
        "同一申请人向同一答复机关一个自然月内提出的申请，按法定收到日累计。",
        "申请人撤回、逾期未补正的件是否计入累计各地不一，默认不计入（待核）。",
    ),
    "per_page": (
        "以单件计页，不跨件累计，A4 纸单面为 1 页（待核）。",
        "已主动公开、只告知获取方式和途径的，不按量收费（待核）。",
    ),
}
_COMMON_NOTES = (
    "每件申请只能选按件或者按量之一，不得重复计算（第三条）。",
    f"申请人自收到收费通知次日起 {PAY_WITHIN_WORKDAYS} 个工作日内缴纳，逾期视为放弃申请（第六条，待核）。",
)


def register(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the sub-command."""
    parser = subparsers.add_parser(
        "fee", help="信息处理费", description=f"按{REGULATION}计算信息处理费，{IN_FORCE_FROM} 起施行。"
    )
    quantity = parser.add_mutually_exclusive_group(required=True)
    quantity.add_argument("--cases", type=int, metavar="件数", help="按件：一个月内的申请件数，算当月合计")
    quantity.add_argument("--nth", type=int, metavar="第几件", help="按件：当月第几件，只算这一件")
    quantity.add_argument("--pages", type=int, metavar="页数", help="按量：一件申请提供的页数")
    parser.add_argument("--on", metavar="日期", help="作出收费决定的日期，如 2024-05-06；早于施行日的不收")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace, stdin: IO[str], stdout: IO[str]) -> int:
    """Print the fee; InputError for a quantity or date that cannot be charged."""
    result = quote(cases=args.cases, nth=args.nth, pages=args.pages, on=_date(args.on))
    if args.json:
        json.dump(_as_json(result), stdout, ensure_ascii=False, indent=1)
    else:
        stdout.write(_as_table(result))
    stdout.write("\n")
    return 0


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"不是日期：{text}（写成 2024-05-06）") from None


def _notes(result: Quote) -> tuple[str, ...]:
    return _NOTES[result.method] + _COMMON_NOTES


def _as_json(result: Quote) -> dict[str, Any]:
    return {
        "regulation": REGULATION,
        "method": result.method,
        "method_label": result.method_label,
        "lines": [
            {
                "label": line.label,
                "first": line.first,
                "last": line.last,
                "quantity": line.quantity,
                "rate": line.rate,
                "amount": line.amount,
                "article": line.article,
            }
            for line in result.lines
        ],
        "total": result.total,
        "unit": "元",
        "detail": result.detail,
        "notes": list(_notes(result)),
    }


def _as_table(result: Quote) -> str:
    rows = [("档次", "数量", "单价（元）", "金额（元）", "依据")]
    rows += [
        (line.label, str(line.quantity), str(line.rate), str(line.amount), f"收费办法{line.article}")
        for line in result.lines
    ]
    rows.append(("合计", "", "", str(result.total), ""))
    return "\n".join(
        [
            f"信息处理费（{result.method_label}）",
            f"依据：{REGULATION}，条例第四十二条",
            "",
            aligned(rows, right=(1, 2, 3)),
            "",
            f"计算：{result.detail}",
            *(f"注：{note}" for note in _notes(result)),
        ]
    )
