"""What a check finds: a hit (校核提示) with its rule, its place and what to do about it."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple


class Kind(Enum):
    """What a hit is about."""

    SECRECY = "涉密标志"
    PRIVACY = "个人信息"
    NAME = "名称职务"
    WORDING = "用语"
    FORMAT = "格式"
    LINK = "链接附件"
    HINT = "参考"


class Severity(Enum):
    """What it takes to leave a hit as it is."""

    REASON = "须写理由"
    CLICK = "可以忽略"
    HINT = "仅供参考"


class Found(NamedTuple):
    """What a rule says of one span of a text; the engine adds whose rule it is and where the text stands."""

    start: int
    end: int
    suggestion: str
    article: str = ""


class Hit(NamedTuple):
    """One finding. `found` is the very text, `shown` what may be put on a screen or in a log."""

    rule: str
    name: str
    kind: Kind
    severity: Severity
    where: str
    start: int
    end: int
    found: str
    shown: str
    suggestion: str
    article: str
    around: str = ""
    """The words before and after, with the finding masked, for people to find the place by."""

    def as_json(self) -> dict[str, Any]:
        """The hit for programs, with personal data masked."""
        return {
            "rule": self.rule,
            "name": self.name,
            "kind": self.kind.name.lower(),
            "kind_label": self.kind.value,
            "severity": self.severity.name.lower(),
            "where": self.where,
            "start": self.start,
            "end": self.end,
            "found": self.shown,
            "around": self.around,
            "suggestion": self.suggestion,
            "article": self.article,
        }
