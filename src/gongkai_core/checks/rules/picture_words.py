"""图片替代文本: a picture that says nothing to who can't see it (GB/T 37668—2019; 无障碍环境建设法第三十二条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_core.checks.hits import Kind, Severity
from gongkai_core.checks.material import Material
from gongkai_core.checks.rule import Placed, Rule

_SAYS_NOTHING = re.compile(
    r"\s*(?:图片?|image|img|picture|photo|截图|未命名)?[\s_\-0-9()（）]*(?:\.(?:png|jpe?g|gif|bmp|webp))?\s*", re.I
)


def judge(material: Material) -> Iterator[Placed]:
    for number, picture in enumerate(material.pictures, start=1):
        if _SAYS_NOTHING.fullmatch(picture.words[:200]):
            name = picture.source.rsplit("/", 1)[-1][:60] if not picture.source.startswith("data:") else ""
            yield Placed(
                picture.where, f"第 {number} 张图片{f'（{name}）' if name else ''}", "补写替代文本：图上有什么"
            )


RULE = Rule(
    id="picture_words",
    name="图片替代文本",
    kind=Kind.LINK,
    severity=Severity.CLICK,
    article="无障碍环境建设法第三十二条；GB/T 37668—2019",
    judge=judge,
)
