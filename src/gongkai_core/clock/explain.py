"""The words of the clock: every line of a computation and every warning, in Chinese, with its article.

Rule ids are those of the domain specification (APP 收到, AMD 补正, TP 第三方, CO 共同制作, RPY 答复期限, FEE 收费);
END-01 is the applicant's withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from gongkai_core.clock.facts import Law, Line, Question, Warning

PERIODS = "民法典第二百零一条"
FEE_RULES = "国办函〔2020〕109号"

# Articles of 条例 by law: the time for the reply and its extension, and what is not counted.
REPLY: Final[dict[Law, str]] = {"711": "条例第三十三条第二款", "492": "2007年条例第二十四条第二款"}
NOT_COUNTED: Final[dict[Law, str]] = {"711": "条例第三十三条第三款", "492": "2007年条例第二十四条第三款"}

QUESTION_NAMES: Final[dict[Question, str]] = {
    "third_party": "征求第三方意见",
    "co_maker": "征求共同制作机关意见",
    "agency": "征求其他机关意见",
}
OPINIONS: Final[dict[str, tuple[str, str]]] = {
    "third_party": ("TP-01", "条例第三十二条"),
    "co_maker": ("CO-01", "条例第三十四条"),
}
# How the time for a question ends.
ANSWERED = "收到意见之日"
SILENT = "期满未答复之日"
LAST_DAY = "答复意见的最后一日（推算）"
TODAY = "今日（尚未收到意见，按今日收到推算）"
LATEST = "最后一项记录之日（尚未收到意见）"
FROZEN = "等待补正或者缴费开始之日"
ENDED = "办结之日"


class _Written(dict[date, tuple[str, str]]):
    """Dates as JSON and as a letter write them: 2021-03-01, 2021年3月1日. Kept, because lines are most of the work."""

    LIMIT = 65536

    def __init__(self, days_later: int) -> None:
        super().__init__()
        self.later = timedelta(days=days_later)

    def __missing__(self, day: date) -> tuple[str, str]:
        if len(self) >= self.LIMIT:
            self.clear()
        written = day + self.later
        self[day] = written.isoformat(), f"{written.year}年{written.month}月{written.day}日"
        return self[day]


ON: Final = _Written(0)
AFTER: Final = _Written(1)  # the day after


def iso(day: date) -> str:
    """Return a date as JSON writes it."""
    return ON[day][0]


def words(day: date) -> str:
    """Return a date as a letter writes it: 2021年3月1日."""
    return ON[day][1]


def received(day: date) -> Line:
    """The day of receipt, which is not counted."""
    on, on_words = ON[day]
    return {
        "from": on,
        "to": on,
        "working_days": 0,
        "rule": "APP-05",
        "article": f"条例第三十一条；{PERIODS}",
        "text": f"{on_words}收到申请，当日不计入，次一工作日为第1日",
    }


def correction_window(received_on: date, notice_by: date, count: int) -> Line:
    """Until when a 补正告知 resets the clock."""
    end, end_words = ON[notice_by]
    return {
        "from": AFTER[received_on][0],
        "to": end,
        "working_days": count,
        "rule": "AMD-01",
        "article": "条例第三十条",
        "text": f"需要补正的，应当在收到之日起{count}个工作日内告知，不晚于{end_words}（含当日）",
    }


def counted(after: date, up_to: date, count: int, total: int, law: Law) -> Line:
    """A stretch of days that count."""
    start, start_words = AFTER[after]
    end, end_words = ON[up_to]
    return {
        "from": start,
        "to": end,
        "working_days": count,
        "rule": "RPY-01",
        "article": REPLY[law],
        "text": f"{start_words}至{end_words}计入{count}个工作日，累计{total}个",
    }


def stopped(after: date, up_to: date, count: int, kind: Question, ref: str, sent_on: date, ends: str, law: Law) -> Line:
    """A stretch of days that do not count, because a question is out."""
    start, start_words = AFTER[after]
    end, end_words = ON[up_to]
    return {
        "from": start,
        "to": end,
        "working_days": count,
        "rule": "RPY-02",
        "article": NOT_COUNTED[law],
        "text": (
            f"{QUESTION_NAMES[kind]}（{ref}）{words(sent_on)}发出，次日起停止计算至{ends}："
            f"{start_words}至{end_words}的{count}个工作日不计入"
        ),
    }


def opinion_by(kind: Question, ref: str, delivered_on: date, last: date, count: int) -> Line:
    """The last day on which a third party or a co-maker may answer."""
    rule, article = OPINIONS[kind]
    end, end_words = ON[last]
    return {
        "from": AFTER[delivered_on][0],
        "to": end,
        "working_days": count,
        "rule": rule,
        "article": article,
        "text": (
            f"{QUESTION_NAMES[kind]}（{ref}）{words(delivered_on)}送达，"
            f"应当在{count}个工作日内答复，不晚于{end_words}（含当日）"
        ),
    }


def correction_asked(on: date, return_by: date, by: date, count: int) -> Line:
    """A 补正告知 in time: the clock waits for the corrected application."""
    moved = "" if by == return_by else f"（补正期限{words(return_by)}逢休息日，顺延）"
    return {
        "from": iso(on),
        "to": iso(by),
        "working_days": count,
        "rule": "AMD-01",
        "article": "条例第三十条；民法典第二百零三条",
        "text": f"{words(on)}告知补正，等待补正至{words(by)}{moved}，期间不计算答复期限",
    }


def correction_received(on: date, limit: int) -> Line:
    """A corrected application came back: the clock starts anew."""
    day, day_words = ON[on]
    return {
        "from": day,
        "to": day,
        "working_days": 0,
        "rule": "AMD-02",
        "article": "条例第三十条",
        "text": f"{day_words}收到补正，答复期限自次一工作日起重新计算{limit}个工作日，此前已用和延长的不再计",
    }


def fee_notified(on: date, by: date, count: int) -> Line:
    """A fee notice: the clock waits for payment."""
    end, end_words = ON[by]
    return {
        "from": AFTER[on][0],
        "to": end,
        "working_days": count,
        "rule": "FEE-01",
        "article": FEE_RULES,
        "text": f"{words(on)}送达收费通知，应当在{count}个工作日内缴费，不晚于{end_words}（含当日），期间不计算答复期限",
    }


def fee_paid(on: date, limit: int) -> Line:
    """The fee was paid: the clock starts anew."""
    day, day_words = ON[on]
    return {
        "from": day,
        "to": day,
        "working_days": 0,
        "rule": "FEE-01",
        "article": FEE_RULES,
        "text": f"{day_words}缴费，答复期限自次一工作日起重新计算{limit}个工作日，此前已用和延长的不再计",
    }


def extended(on: date, count: int, law: Law) -> Line:
    """An extension in time."""
    day, day_words = ON[on]
    return {
        "from": day,
        "to": day,
        "working_days": count,
        "rule": "RPY-03",
        "article": REPLY[law],
        "text": f"{day_words}告知延长答复期限，增加{count}个工作日",
    }


def abandoned(kind: str, asked_on: date, by: date) -> Line:
    """Neither corrected nor paid in time: the application counts as given up."""
    correction = kind == "correction"
    what = "未补正，视为放弃申请" if correction else "未缴费，视为放弃申请"
    return {
        "from": iso(asked_on),
        "to": iso(by),
        "working_days": 0,
        "rule": "AMD-04" if correction else "FEE-01",
        "article": "条例第三十条" if correction else FEE_RULES,
        "text": f"至{words(by)}{what}，不再计算答复期限",
    }


def withdrawn(on: date) -> Line:
    """The applicant withdrew."""
    return {
        "from": iso(on),
        "to": iso(on),
        "working_days": 0,
        "rule": "END-01",
        "article": "条例第二十七条",
        "text": f"{words(on)}申请人撤回申请，不再计算答复期限",
    }


def reply_by(base: date, by: date, count: int, law: Law, *, projected: bool) -> Line:
    """The day the reply is due."""
    so_far = "（按尚未收到的意见推算）" if projected else ""
    end, end_words = ON[by]
    return {
        "from": AFTER[base][0],
        "to": end,
        "working_days": count,
        "rule": "RPY-01",
        "article": f"{REPLY[law]}；{PERIODS}",
        "text": f"答复期限{count}个工作日，不晚于{end_words}（含当日）答复{so_far}",
    }


def longest(base: date, by: date, count: int, law: Law) -> Line:
    """The day the reply would be due with the longest lawful extension."""
    end, end_words = ON[by]
    return {
        "from": AFTER[base][0],
        "to": end,
        "working_days": count,
        "rule": "RPY-03",
        "article": REPLY[law],
        "text": f"依法延长的，连同延长共{count}个工作日，最长至{end_words}（含当日）",
    }


def replied(on: date, by: date, law: Law) -> Line:
    """The reply, and whether it came in time."""
    return {
        "from": iso(on),
        "to": iso(on),
        "working_days": 0,
        "rule": "RPY-01",
        "article": REPLY[law],
        "text": f"{words(on)}答复，{'逾期' if on > by else '未逾期'}",
    }


def replied_while_waiting(on: date, law: Law) -> Line:
    """The reply, although a correction or a payment was still waited for: no day was due."""
    day, day_words = ON[on]
    return {
        "from": day,
        "to": day,
        "working_days": 0,
        "rule": "RPY-01",
        "article": REPLY[law],
        "text": f"{day_words}答复，当时仍在等待补正或者缴费，没有届满之日",
    }


def late_correction_notice(on: date, notice_by: date) -> Warning:
    """A 补正告知 after the 7 working days."""
    return {
        "code": "late_correction_notice",
        "message": f"{words(on)}的补正告知超过7个工作日（应不晚于{words(notice_by)}），答复期限不重新计算",
        "article": "条例第三十条",
    }


def correction_only_once(on: date) -> Warning:
    """A second 补正告知."""
    return {
        "code": "correction_only_once",
        "message": f"补正应当一次性告知，{words(on)}再次告知不影响答复期限",
        "article": "条例第三十条",
    }


def question_after_due(on: date, kind: Question, ref: str, law: Law) -> Warning:
    """A question on or after the day the reply is due."""
    return {
        "code": "asked_after_due",
        "message": f"{words(on)}{QUESTION_NAMES[kind]}（{ref}）时答复期限已经届满，不停止计算",
        "article": NOT_COUNTED[law],
    }


def fee_after_due(on: date, due: date) -> Warning:
    """A fee notice after the day the reply was due."""
    return {
        "code": "asked_after_due",
        "message": f"{words(on)}送达的收费通知在答复期限（{words(due)}）届满之后，不影响答复期限",
        "article": FEE_RULES,
    }


def fee_only_once(on: date) -> Warning:
    """A second fee notice."""
    return {
        "code": "fee_only_once",
        "message": f"已经发出过收费通知，{words(on)}送达的收费通知不影响答复期限",
        "article": FEE_RULES,
    }


def late_extension(on: date, due: date, law: Law) -> Warning:
    """An extension after the day the reply was due."""
    return {
        "code": "late_extension",
        "message": f"{words(on)}的延长告知在答复期限（{words(due)}）届满之后，不发生延长",
        "article": REPLY[law],
    }


def second_extension(on: date, law: Law) -> Warning:
    """A second extension."""
    return {
        "code": "second_extension",
        "message": f"答复期限只能延长一次，{words(on)}再次告知延长不发生延长",
        "article": REPLY[law],
    }


def not_excluded_under_492(on: date, kind: Question, ref: str) -> Warning:
    """A question under the old 条例 that does not stop the clock."""
    return {
        "code": "not_excluded_under_492",
        "message": f"旧条例只扣除征求第三方意见的时间，{words(on)}{QUESTION_NAMES[kind]}（{ref}）不停止计算",
        "article": NOT_COUNTED["492"],
    }


def receipt_not_confirmed(on: date) -> Warning:
    """The day of submission stands in for the day of confirmation."""
    return {
        "code": "receipt_not_confirmed",
        "message": f"没有双方确认之日，暂以提交之日{words(on)}为收到之日",
        "article": "条例第三十一条",
    }


def future_event(on: date, name: str) -> Warning:
    """An event after today."""
    return {
        "code": "future_event",
        "message": f"{words(on)}的{name}在今日之后，没有计入",
        "article": None,
    }


def provisional_calendar(years: Iterable[int]) -> Warning:
    """Dates of years whose arrangement of holidays is not known."""
    return {
        "code": "provisional_calendar",
        "message": f"{'、'.join(map(str, years))}年的放假安排没有公布或者没有录入，暂按周一至周五计算",
        "article": "全国年节及纪念日放假办法",
    }
