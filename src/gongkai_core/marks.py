"""Classification marks (密级标志) and notes against publication, looked for before anything is stored.

Only marks count, not the words: a line of its own, or one with a star (domain-spec §11.1 item 2).
"""

from __future__ import annotations

import re

from gongkai_core.refusals import Refusal

ARTICLE = "保守国家秘密法第三十一条、第三十五条；条例第十四条、第十七条"

_STARRED = re.compile(r"(?:绝密|机密|秘密)\s*[★☆]|[★☆]\s*(?:绝密|机密|秘密)")
_ALONE = re.compile(
    r"(?:绝密|机密|秘密|内部资料|注意保存|不得翻印|工作秘密)(?:级)?(?:[，、 　]*(?:注意保存|不得翻印))?"
)
MARGIN = " \t\u3000\r。"
"""What may stand around a mark on its line."""
_NOTE = re.compile(r"[（(]?\s*此件(?:不公开|依申请公开|不予公开)(?:发布)?\s*[）)]?")


def is_mark(line: str) -> bool:
    """Whether a line is a mark or carries one."""
    return _STARRED.search(line) is not None or _ALONE.fullmatch(line.strip(MARGIN)) is not None


def find_mark(text: str, *, to_be_open: bool = True) -> Refusal | None:
    """The refusal for a text that carries a mark, or None. The text is one line per paragraph.

    A note such as 此件不公开 contradicts only a document that is to be open.
    """
    for line in text.split("\n"):
        bare = line.strip(MARGIN)
        if is_mark(line):
            return Refusal(
                "no_secrecy_mark",
                f"内容带有密级标志或者内部标注“{bare[:20]}”。本系统是非涉密系统，没有保存；请转保密员线下处理。",
                ARTICLE,
            )
        if to_be_open and _NOTE.fullmatch(bare):
            return Refusal(
                "not_for_publication",
                f"文末有附注“{bare[:20]}”，与公开属性“主动公开”不符，没有保存；请核对公开属性。",
                ARTICLE,
            )
    return None
