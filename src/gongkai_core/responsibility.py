"""Who is responsible for publishing an information (条例第十条), and when others must agree first (第十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ARTICLE: Final = "条例第十条"
COORDINATION: Final = "条例第十一条"

ORIGINS: Final = {
    "own": "本机关制作",
    "persons": "从公民、法人和其他组织获取",
    "organs": "从其他行政机关获取",
    "joint": "与其他行政机关共同制作",
}


@dataclass(frozen=True, slots=True)
class Responsible:
    """The responsible organ and why, in the article's words."""

    organ: str
    article: str
    why: str


def responsible_organ(
    origin: str, *, holder: str, maker: str = "", lead: str = "", acting_unit: str = "", by_other_rule: str = ""
) -> Responsible:
    """The organ responsible for an information of the given origin.

    `holder` is the organ that keeps it; `maker` who made it or got it first (origin organs); `lead` who led the making
    (origin joint; empty: the holder itself). `acting_unit` is a dispatched or internal unit that acts in its own name
    by law; `by_other_rule` an organ that a law or regulation names. Raises ValueError for what can't be decided.
    """
    if origin not in ORIGINS:
        raise ValueError(f"no origin {origin!r}")
    if by_other_rule:
        return Responsible(by_other_rule, f"{ARTICLE}第一款", "法律、法规对公开的权限另有规定，从其规定")
    if acting_unit and origin in ("own", "persons"):
        return Responsible(acting_unit, f"{ARTICLE}第二款", "以自己名义履行行政管理职能的派出机构、内设机构")
    if origin == "organs":
        if not maker:
            raise ValueError("who made it, or got it first, is not named")
        return Responsible(maker, f"{ARTICLE}第一款", "由制作或者最初获取该信息的行政机关负责")
    if origin == "joint":
        return Responsible(lead or holder, f"{ARTICLE}第三款", "共同制作的，由牵头制作的行政机关负责")
    why = "由制作该信息的行政机关负责" if origin == "own" else "由保存该信息的行政机关负责"
    return Responsible(holder, f"{ARTICLE}第一款", why)


def needs_coordination(origin: str) -> bool:
    """Whether another organ has a part in it, so that it must be asked and agree before publication (第十一条)."""
    return origin in ("organs", "joint")
