"""`gongkai clock`: cases as JSON on standard input, their dates as JSON (or a table) on standard output."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import IO, Any, Final

from gongkai_core.cli.arguments import Subparsers
from gongkai_core.cli.inputs import parse_json, read_stream, read_text
from gongkai_core.clock import ClockError, compute
from gongkai_core.errors import InputError
from gongkai_core.workdays import Calendar

STATES: Final = {
    "running": "办理中",
    "waiting_correction": "等待补正",
    "waiting_third_party": "等待第三方意见",
    "waiting_co_maker": "等待共同制作机关意见",
    "waiting_agency": "等待其他机关意见",
    "waiting_fee": "等待缴费",
    "replied": "已答复",
    "withdrawn": "已撤回",
    "abandoned_correction": "逾期未补正，视为放弃",
    "abandoned_fee": "逾期未缴费，视为放弃",
}
LAWS: Final = {"711": "条例（国务院令第711号）", "492": "2007年条例（国务院令第492号）"}
DATES: Final = (
    ("received_on", "收到日"),
    ("correction_notice_by", "补正告知最后一日"),
    ("reply_by", "答复最后一日"),
    ("reply_by_original", "不计延长的最后一日"),
    ("longest_reply_by", "延长后最长至"),
    ("fee_pay_by", "缴费最后一日"),
)


def register(subparsers: Subparsers) -> None:
    """Add `gongkai clock`."""
    parser = subparsers.add_parser(
        "clock",
        help="计算依申请公开的期限",
        description=(
            "从标准输入读一件或者一组申请（JSON，UTF-8），输出期限、状态和逐条依据。"
            "算不出的申请在原处给出错误，其余照算，退出码为 1。"
        ),
    )
    parser.add_argument("--table", action="store_true", help="输出便于阅读的中文表（默认输出 JSON）")
    parser.add_argument(
        "--calendar", metavar="文件", help="叠加的放假安排，JSON，格式同 cn-workdays.json，同一年份以此为准"
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace, stdin: IO[str], stdout: IO[str]) -> int:
    """Compute every case of standard input; return 1 when one of them cannot be computed."""
    calendar = _calendar(args.calendar)
    data = parse_json(read_stream(stdin), "标准输入")
    if not isinstance(data, (dict, list)):
        raise InputError("标准输入应为一件申请（JSON 对象）或者一组申请（JSON 列表）")
    results = [_compute(case, calendar) for case in (data if isinstance(data, list) else [data])]
    if args.table and not args.json:
        for number, result in enumerate(results, 1):
            stdout.write("\n".join(_table(result, number)) + "\n\n")
    elif isinstance(data, list):
        lines = ",\n".join(json.dumps(result, ensure_ascii=False) for result in results)
        stdout.write(f"[\n{lines}\n]\n" if lines else "[]\n")
    else:
        stdout.write(json.dumps(results[0], ensure_ascii=False) + "\n")
    return 1 if any("error" in result for result in results) else 0


def _calendar(path: str | None) -> Calendar:
    if path is None:
        return Calendar.default()
    try:
        return Calendar.default().with_json(parse_json(read_text(path), f"{path} "))
    except ValueError as error:
        raise InputError(f"{path} 不是放假安排：{error}") from error


def _compute(case: Any, calendar: Calendar) -> dict[str, Any]:
    try:
        return compute(case, calendar)
    except ClockError as error:
        return {"error": error.as_json()}


def _table(result: dict[str, Any], number: int) -> Iterator[str]:
    """Yield the lines of one result for people."""
    if "error" in result:
        error = result["error"]
        yield f"第 {number} 件　不能计算：{error['message']}{_source(error)}"
        return
    name = f"　{result['id']}" if result["id"] is not None else ""
    yield f"第 {number} 件{name}　{STATES[result['state']]}{_lateness(result)}"
    yield f"  适用　{LAWS[result['law']]}"
    for key, label in DATES:
        if result[key] is not None:
            yield f"  {label}　{result[key]}"
    for key, label in (("third_party_answer_by", "第三方"), ("co_maker_answer_by", "共同制作机关")):
        for ref, day in result[key].items():
            yield f"  {label}（{ref}）答复意见最后一日　{day or '没有末日'}"
    if result["working_days_used"] is not None:
        yield f"  已用工作日　{result['working_days_used']}"
    if result["projected"]:
        yield "  以上按尚未收到的意见推算"
    for warning in result["warnings"]:
        yield f"  注意：{warning['message']}{_source(warning)}"
    yield "  计算依据"
    for place, line in enumerate(result["explanation"], 1):
        yield f"  {place:>3}. {line['text']}〔{line['rule']}　{line['article']}〕"


def _lateness(result: dict[str, Any]) -> str:
    left = result["days_left"]
    if left is None:
        return ""
    if result["state"] == "replied":
        return "（逾期）" if result["overdue"] else "（未逾期）"
    return f"（已逾期 {-left} 个工作日）" if result["overdue"] else f"（剩 {left} 个工作日）"


def _source(notice: dict[str, Any]) -> str:
    return f"〔{notice['article']}〕" if notice["article"] else ""
