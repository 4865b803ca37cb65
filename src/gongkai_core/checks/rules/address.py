"""住址 of persons: what is said to be somebody's home down to the house, and what reads like a flat or a farmstead.

Where an organ or a firm sits (办公地址, 开标地点, 经营场所) is public and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters

from gongkai_core.checks.hits import Found, Kind, Severity
from gongkai_core.checks.page import Page, places_of
from gongkai_core.checks.rule import Rule
from gongkai_core.identity import mask_address

_HOME = re.compile(
    r"(?:家庭(?:详细)?(?:住址|地址)|现住址|现住地址?|住址|户籍(?:所在地|地址|地)|居住地址?|常住地址?|身份证地址|家住|租住于|居住于|住在)"
)
_AFTER_LABEL = re.compile(r"[\s:：为是（(]{0,3}")
_WORDS = re.compile(r"[\u4e00-\u9fff〇0-9A-Za-z０-９\-－—#＃]{4,60}")
_PLACE = re.compile(r"[省市县区旗镇乡村街路道巷弄里屯寨湾组]|小区|社区|花园|家园")
_HOUSE = re.compile(
    r"[0-9０-９一二三四五六七八九十]{1,6}(?:附[0-9]{1,3})?[号组栋幢座室户楼单]|[0-9０-９]{1,6}[-－—][0-9０-９]"
)
_NUMERALS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十")
_NUMERAL = "0-9０-９一二三四五六七八九十"
# A flat is looked for by the sign of the building, a farmstead by that of the hamlet; both are rarer than a numeral.
_BUILDING = "栋幢座号"
_AFTER_BUILDING = frozenset(f"楼 \u3000\t{''.join(_NUMERALS)}") | frozenset(ascii_letters)
_FLAT = re.compile(
    rf"(?:号楼|栋|幢|座|号)\s?[{_NUMERAL}A-Za-z]{{1,3}}(?:单元|栋|幢|座|号楼|门)\s?[0-9０-９]{{1,4}}(?:室|号|户|房)?"
)
_IN_AN_ESTATE = re.compile(r"(?:号楼|栋|幢|座)\s?[0-9０-９]{2,4}(?:室|号|户|房)")
_ESTATE = re.compile(
    r"(?:小区|花园|家园|花苑|新村|公寓|佳苑|名苑|雅苑|华府|豪庭|新城|家属院|宿舍)[A-Za-z]?"
    rf"[{_NUMERAL}]{{1,4}}\Z"
)
_LONGEST_ESTATE = 8
_GROUP = "组屯队"
_FARM = re.compile(rf"[{_GROUP}]\s?[{_NUMERAL}]{{1,4}}(?:附[0-9]{{1,2}})?号")
_HAMLET = re.compile(rf"(?:村|社区|居委会)[\u4e00-\u9fff]{{0,6}}?第?[{_NUMERAL}]{{0,3}}(?:村民小组|小组|[{_GROUP}])\Z")
_LONGEST_HAMLET = 17
_HEAD = re.compile(r"[\u4e00-\u9fff〇0-9A-Za-z０-９]")
_LONGEST_HEAD = 34
_OFFICIAL = re.compile(
    r"办公|办事|地点|公司|单位|机关|营业|经营|注册地|店|厂|所在位置|项目|工程|施工|坐落|座落|开标|报名|政府|局|大厅|服务"
    r"|中心|拍卖|标的|查封|抵押|不动产|房产|房屋|征收|机构"
)
_ADVICE = "删去，或者只写到县（市、区）一级"


def look(page: Page) -> Iterator[Found]:
    text, free = page.text, 0
    for start, end in sorted([*_labelled(text), *_recognised(page)]):
        if start >= free:
            yield Found(start, end, _ADVICE)
            free = end


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    for label in _HOME.finditer(text):
        gap = _AFTER_LABEL.match(text, label.end())
        words = _WORDS.match(text, gap.end() if gap else label.end())
        if words and _PLACE.search(words.group()) and _HOUSE.search(words.group()):
            yield words.span()


def _recognised(page: Page) -> Iterator[tuple[int, int]]:
    text = page.text
    for found, end in _flats(text):
        start = found
        while start > 0 and found - start < _LONGEST_HEAD and _HEAD.match(text[start - 1]):
            start -= 1
        if not _OFFICIAL.search(page.before(end, end - start + 12)):
            yield start, end


def _flats(text: str) -> Iterator[tuple[int, int]]:
    """Where a flat or a farmstead is named, from the building's, the estate's or the village's sign on."""
    for place in places_of(_BUILDING, text):
        if text[place + 1 : place + 2] not in _AFTER_BUILDING or text[place - 1 : place] not in _NUMERALS:
            continue
        if flat := _FLAT.match(text, place):
            yield place, flat.end()
            continue
        begin = max(0, place - _LONGEST_ESTATE)
        flat, estate = _IN_AN_ESTATE.match(text, place), _ESTATE.search(text[begin:place])
        if flat and estate:
            yield begin + estate.start(), flat.end()
    for place in places_of(_GROUP, text):
        if farm := _FARM.match(text, place):
            begin = max(0, place + 1 - _LONGEST_HAMLET)
            if hamlet := _HAMLET.search(text[begin : place + 1]):
                yield begin + hamlet.start(), farm.end()


RULE = Rule(
    id="address",
    name="住址",
    kind=Kind.PRIVACY,
    severity=Severity.REASON,
    article="条例第十五条；个人信息保护法第四条、第三十四条",
    look=look,
    mask=mask_address,
)
