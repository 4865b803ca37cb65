"""By when a piece of information must be public (rules PUB-01 to PUB-03).

条例第二十六条: within 20 working days of its formation or change, unless a law or regulation says otherwise; those
cases are rows of data/publication-deadlines.json, each with its article, and a county's own rows go before them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from gongkai_core.disclosure.terms import GENERAL_WORKDAYS, Kind, Term, parse_term
from gongkai_core.workdays import Calendar

CONFIDENCE: Final = ("确", "可", "疑")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of special deadlines (特别期限表).

    It is for information of `columns` (codes of the statutory catalogue) whose title holds one of `words` (any title
    when there are none). `event` is `publish`, or `withdraw` for what must be taken down. `starts` says from what.
    """

    id: str
    label: str
    columns: tuple[str, ...]
    words: tuple[str, ...]
    term: Term
    starts: str
    article: str
    confidence: str
    event: str = "publish"

    def fits(self, column: str, title: str) -> bool:
        """Whether information of a column with this title falls under the rule."""
        return column in self.columns and (not self.words or any(word in title for word in self.words))

    @property
    def words_of_rule(self) -> str:
        """`预算、决算：批准（批复）之日起20日（预算法第十四条）`."""
        return f"{self.label}：{self.starts}之日起{self.term.words}（{self.article}）"


GENERAL: Final = Rule(
    "general", "一般信息", (), (), Term(Kind.WORKDAYS, GENERAL_WORKDAYS), "形成或者变更", "条例第二十六条", "确"
)


@cache
def deadline_rules() -> tuple[Rule, ...]:
    """The table shipped with the package, in the order in which it is searched."""
    text = (files("gongkai_core") / "data" / "publication-deadlines.json").read_text(encoding="utf-8")
    return tuple(
        Rule(
            **{
                **row,
                "columns": tuple(row["columns"]),
                "words": tuple(row["words"]),
                "term": Term.from_code(row["term"]),
            }
        )
        for row in json.loads(text)
    )


def rule_for(column: str, title: str, *, own: Iterable[Rule] = (), event: str = "publish") -> Rule:
    """The rule for information of a column with this title: the county's `own` rows first, then the table, then 第二十六条.

    Raises LookupError for an event other than publishing that no rule speaks of.
    """
    for rule in (*own, *deadline_rules()):
        if rule.event == event and rule.fits(column, title):
            return rule
    if event != "publish":
        raise LookupError(event)
    return GENERAL


_OWN_ROW: Final = re.compile(r"\s*(?P<column>[A-Z0-9_]+)\s*[/／]\s*(?P<words>[^/／]*?)\s*[/／]\s*(?P<term>[^/／]+?)\s*[/／]\s*(?P<article>[^/／]+?)\s*")  # fmt: skip


def parse_rules(text: str) -> tuple[Rule, ...]:
    """A county's own rows, `栏目编码/标题中的词/时限/依据`, separated by ；. ValueError names the row that is wrong.

    Words are separated by 、 and may be left out.
    """
    rules = []
    for number, row in enumerate(filter(str.strip, re.split(r"[;；\n]", text)), start=1):
        match = _OWN_ROW.fullmatch(row)
        term = parse_term(match["term"]) if match else None
        if match is None or term is None:
            raise ValueError(f"第 {number} 行“{row.strip()}”应写成：栏目编码/标题中的词/时限/依据")
        words = tuple(filter(None, match["words"].split("、")))
        rules.append(
            Rule(f"own-{number}", "本地规定", (match["column"],), words, term, GENERAL.starts, match["article"], "确")
        )
    return tuple(rules)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Where a piece of information stands against its last day: derived each time, never stored (PUB-02).

    `state` is ontime, late, pending or pending_overdue. `days` are working days: past the last day when late,
    left until it while pending (negative when overdue), 0 otherwise.
    """

    state: str
    days: int = 0

    @property
    def words(self) -> str:
        """The state in words for a list."""
        if self.state == "late":
            return f"逾期 {self.days} 个工作日公开" if self.days else "逾期不足 1 个工作日公开"
        if self.state == "pending_overdue":
            return f"已超期 {-self.days} 个工作日，未公开" if self.days else "已超期，未公开"
        return "按期公开" if self.state == "ontime" else f"剩 {self.days} 个工作日"


def timeliness(due: date, shown_on: date | None, *, today: date, calendar: Calendar) -> Timeliness:
    """Judge by `shown_on`, the day of the first publication in any statutory channel; None while there is none."""
    if shown_on is not None:
        late = shown_on > due
        return Timeliness("late", calendar.workdays_between(due, shown_on)) if late else Timeliness("ontime")
    left = calendar.workdays_between(today, due)
    return Timeliness("pending_overdue" if today > due else "pending", left)
