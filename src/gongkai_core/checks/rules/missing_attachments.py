"""缺附件: an attachment that the text names and that didn't come with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.material import Material
from gongkai_core.checks.rule import Placed, Rule
from gongkai_core.passages import BODY

_HEAD = re.compile(r"^[ \t\u3000]{0,40}附件?[ \u3000]{0,2}[：:](.{1,300})$", re.M)
_NEXT = re.compile(r"\n[ \t\u3000\n]{0,40}([0-9]{1,2}[.．、][^\n]{1,200})")
_SERIAL = re.compile(r"(?:^|(?<=[\s；;，,]))[0-9]{1,2}[.．、]")
_ENDING = re.compile(r"\.(?:docx?|xlsx?|pdf|ofd|wps|et|zip|rar|jpe?g|png|txt|csv|pptx?)$", re.I)
_LONGEST = 200
_PLAIN = re.compile(r"[\s《》“”\"'（）()\[\]〔〕：:；;，,。.．、\-－_—\d]")


def judge(material: Material) -> Iterator[Placed]:
    if material.attachments is None:
        return
    there = [plain for name in material.attachments if (plain := _plain(name))]
    whole = "\n".join(passage.text for passage in material.passages if passage.where == BODY)
    listed = list(_listed(whole))
    if not listed:
        return
    # An attachment may be printed under the text: then its title stands on a line once more than in the list.
    lines = Counter(_plain(line) for line in whole.split("\n") if len(line) <= _LONGEST)
    lines.subtract(Counter(_plain(name) for name, on_own_line in listed if on_own_line))
    for name, _ in listed:
        plain = _plain(name)
        if plain and lines[plain] <= 0 and not any(plain in other or other in plain for other in there):
            yield Placed(BODY, name, "文中列了这个附件，但没有上传")


def _listed(text: str) -> Iterator[tuple[str, bool]]:
    """The attachments that a text lists (附件：1.…… 2.……), and whether the entry has a line for itself."""
    for head in _HEAD.finditer(text):
        yield from ((name, False) for name in _names(head.group(1)))
        place = head.end()
        while following := _NEXT.match(text, place):
            yield from ((name, True) for name in _names(following.group(1)))
            place = following.end()


def _names(line: str) -> Iterator[str]:
    for part in re.split(r"[\n；;]", _SERIAL.sub("\n", line)):
        if name := part.strip(" \t\u3000。"):
            yield name


def _plain(name: str) -> str:
    return _PLAIN.sub("", _ENDING.sub("", name.strip()))


RULE = Rule(
    id="missing_attachments",
    name="缺附件",
    kind=Kind.LINK,
    severity=Severity.CLICK,
    article="国办秘函〔2019〕19号（政府网站与政务新媒体检查指标）",
    judge=judge,
)
