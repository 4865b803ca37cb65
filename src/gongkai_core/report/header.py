"""Whose report it is and of which year: from the title, then the period, the addresses and the signature.

条例第四十九条: each organ publishes its own yearly report, so the title names organ (机关) and year.
"""

import re
from collections import Counter

_CHINESE_DIGITS = dict(zip("〇○ОO零一二三四五六七八九", "00000123456789", strict=True))
_YEAR = r"(?:20[0-3]\d|二[〇○ОO零][〇○ОO零一二三][〇○ОO零一二三四五六七八九])"
_ORGAN = r"(?<!\d)[\u4e00-\u9fff·()]{2,40}?"
_SUBJECT = r"(?:政府|政务)?信息公开(?:工作)?"
_KIND = r"(?:(?:年度|年)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:报告|年报))"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<organ>{_ORGAN})(?:{_YEAR}[-—–~至]+)?(?P<year>{_YEAR})(?:学年度?|年度|年)?{_SUBJECT}{_KIND}",
        rf"(?P<year>{_YEAR})(?:年度|年)(?P<organ>(?!政府信息|信息公开|政务){_ORGAN}){_SUBJECT}{_KIND}",
        rf"(?P<organ>{_ORGAN}){_SUBJECT}\(?(?P<year>{_YEAR})(?:年度|年)?\)?{_KIND}",
        rf"(?P<organ>{_ORGAN}){_SUBJECT}{_KIND}\(?(?P<year>{_YEAR})(?:年度|年)?\)?",
        rf"(?P<year>{_YEAR})(?:年度|年)?{_SUBJECT}{_KIND}",
    )
)
_PERIOD = re.compile(rf"({_YEAR})年(?:度)?1月1日(?:起)?(?:,)?(?:至|到|-+|—+|~)(?:({_YEAR})年)?(?:度)?12月31日")
_LEAD = re.compile(
    r"^(?:.*[>》]|关于|报送|印发|公布|发布|公开|编制|现将|附件\d*|标题|名称|题名|来源|当前位置|首页|《)+"
)
_NOT_AN_ORGAN = re.compile(
    r"^(?:我|本|全|该|各|其|年|上|下|和|的|与|及|为)|报告|年报|依据|根据|条例|通知|要求|工作|情况"
)
_TYPED = (
    "人民政府办公室|人民政府办公厅|人民政府|街道办事处|办事处|管理委员会|管委会|委员会|办公室|办公厅|政府|"
    "局|厅|委|办|中心|总队|支队|大队|公司|大学|学院|学校|中学|小学|幼儿园|医院|银行|海关|院|站|所|处|队|馆|会|部|署"
)
_PLACE = "省|自治区|市|县|区|旗|盟|自治州|州|乡|镇|街道|地区|林区|新区|垦殖场|农场"
_NAME = re.compile(rf"^[\u4e00-\u9fff·()]{{1,36}}(?:{_TYPED}|{_PLACE})$")
_SEAT = re.compile(r"(?:省|自治区|市|县|区|旗|盟|自治州|乡|镇)$")
_ZONE = re.compile(r"(?:开发区|新区|园区|示范区|管理区|景区|度假区|保税区|合作区|试验区|工业区)$")


def organ_and_year(text: str) -> tuple[str | None, int | None]:
    """The organ's name and the reported year, each None where the text (normalised) does not tell."""
    lines = [squeezed for line in text.splitlines() if (squeezed := re.sub(r"[\s§]+", "", line))]
    organ, year = _from_title(lines)
    return organ or _elsewhere(lines), year or _year_elsewhere(lines)


def _from_title(lines: list[str]) -> tuple[str | None, int | None]:
    """The first title among the head lines that names an organ; the year of the first that names one."""
    year: int | None = None
    for at in range(min(60, len(lines))):
        for more in range(3):
            joined = "".join(lines[at : at + more + 1])
            found = _title(joined)
            if found is None or (more and _title("".join(lines[at + 1 : at + more + 1]))):
                continue
            year = year or year_number(found["year"])
            organ = found.groupdict().get("organ")
            if name := (full_name(organ) if organ else None):
                return name, year
            if name := next((n for before in lines[max(0, at - 2) : at][::-1] if (n := named(before))), None):
                return name, year
    return None, year


_QUOTED = re.compile(r"通知|规定|要求|依据|根据|按照|遵照|编制")


def _title(line: str) -> re.Match[str] | None:
    """The title a line is; a clause of a sentence, or another document's title, is none."""
    if len(line) > 160:
        return None
    found = next((m for pattern in _TITLES if (m := pattern.search(line))), None)
    if found is None or found.end() < len(line) - 30 or "。" in line[: found.start()]:
        return None
    around = line[: found.start()] + line[found.end() : found.end() + 10]
    return None if _QUOTED.search(around) else found


def year_number(printed: str) -> int:
    """2018 for `2018` and `二〇一八`."""
    return int("".join(_CHINESE_DIGITS.get(c, c) for c in printed))


def named(line: str) -> str | None:
    """The organ of a line that is nothing but an organ's name."""
    line = line.strip("《》()*#")
    return full_name(line) if _NAME.match(line) else None


def full_name(organ: str) -> str | None:
    """`某县` → `某县人民政府`, `某市政府` → `某市人民政府`; None for what is no organ's name."""
    organ = re.sub(r"关于(?:报送|印发|公布|发布|编制)?$", "", _LEAD.sub("", organ)).strip("的()·")
    if organ.count("(") != organ.count(")"):
        organ = organ.replace("(", "").replace(")", "")
    if len(organ) < 2 or _NOT_AN_ORGAN.search(organ) or not _NAME.match(organ):
        return None
    if organ.endswith("政府") and not organ.endswith("人民政府"):
        organ = organ.removesuffix("政府") + "人民政府"
    if organ.endswith("街道"):
        return organ + "办事处"
    if _SEAT.search(organ) and not _ZONE.search(organ):
        return organ + "人民政府"
    return organ


_ADDRESS = re.compile(
    r"(?:联系|由|向|至)([\u4e00-\u9fff]{2,30}?(?:人民政府办公室|人民政府办公厅|人民政府|局|委员会|管委会|办公室|办事处))"
)
_SITE = re.compile(r"[“\"(]?([\u4e00-\u9fff]{2,20}?人民政府)(?:门户)?网")


def _elsewhere(lines: list[str]) -> str | None:
    """Signature, then whom to ask, then whose web site: for reports whose title names no organ."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 40), -1):
        dated = at + 1 < len(lines) and re.match(rf"{_YEAR}年[\d一二三四五六七八九十]+月", lines[at + 1])
        if dated and (name := named(lines[at])):
            return name
    head = "\n".join(lines[:40])
    for pattern in (_ADDRESS, _SITE):
        for found in pattern.finditer(head):
            if name := full_name(found[1]):
                return name
    return next((name for line in lines[:8] if (name := named(line))), None)


def _year_elsewhere(lines: list[str]) -> int | None:
    """The statistical period, else the year named most often."""
    whole = "\n".join(lines)
    if period := _PERIOD.search(whole):
        return year_number(period[1])
    counted = Counter(re.findall(rf"({_YEAR})年", whole))
    return year_number(counted.most_common(1)[0][0]) if counted else None
