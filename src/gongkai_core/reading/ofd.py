"""Reads .ofd (GB/T 33190): the text where it stands on the pages, tables by their rules, and the document's facts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gongkai_core.reading import layout, office, xml
from gongkai_core.reading.archive import Archive
from gongkai_core.reading.grid import Rule
from gongkai_core.reading.layout import Mark, Page
from gongkai_core.reading.paper import Draft, Paper, Unreadable

ROOT = "OFD.xml"
_FACTS = {"Title": "标题", "Author": "作者", "Subject": "主题", "Abstract": "摘要", "CreationDate": "创建时间"}
_MILLIMETRE = 72 / 25.4
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read(data: bytes) -> Paper:
    archive = Archive(data)
    if ROOT not in archive:
        raise Unreadable("damaged", "这不是 OFD 文件，或者文件已损坏")
    draft = Draft("ofd")
    known = [ROOT]
    pages: list[Page] = []
    for body in xml.parse(archive.read(ROOT)).findall("DocBody"):
        _facts(body, draft)
        root = body.findtext("DocRoot", "").strip().lstrip("/")
        if root not in archive:
            raise Unreadable("damaged", "OFD 文件缺少正文部分")
        known.append(root)
        document = xml.parse(archive.read(root))
        folder = posixpath.dirname(root)
        for place in [*document.findall("./Pages/Page"), *document.findall("./CommonData/TemplatePage")]:
            part = _located(archive, folder, place.get("BaseLoc", ""))
            if part:
                known.append(part)
                page = _page(xml.parse(archive.read(part)))
                if place.tag == "Page":
                    pages.append(page)
                else:
                    lines = layout.lines_of(page.marks)
                    draft.hide("\n".join(line.text for line in lines), "模板页")
        if document.find("Attachments") is not None:
            draft.endanger("夹带了别的文件")
    office.other_parts(archive, known, draft)
    return Paper(draft.kind, tuple(layout.blocks(pages)), tuple(draft.facts), tuple(draft.hidden), tuple(draft.dangers))


def _facts(body: Element, draft: Draft) -> None:
    info = body.find("DocInfo")
    for element in info if info is not None else ():
        if element.tag in _FACTS:
            draft.fact(_FACTS[element.tag], element.text or "")
        elif element.tag == "CustomDatas":
            for row in element:
                draft.fact(row.get("Name", "自定义"), row.text or "")


def _located(archive: Archive, folder: str, place: str) -> str:
    names = (posixpath.normpath(posixpath.join(folder, place)), place.lstrip("/"))
    return next((name for name in names if name in archive), "")


def _page(root: Element) -> Page:
    page = Page()
    for element in root.iter():
        if element.tag == "TextObject":
            page.marks += _text(element)
        elif element.tag == "PathObject":
            page.rules += _rules(element)
    return page


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")]


def _box(element: Element) -> tuple[float, float, float, float]:
    numbers = _numbers(element.get("Boundary"))
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else (0.0, 0.0, 0.0, 0.0)


def _text(element: Element) -> Iterator[Mark]:
    left, top, _, _ = _box(element)
    size = next(iter(_numbers(element.get("Size"))), 4.0)
    x = y = 0.0
    for code in element.findall("TextCode"):
        x = next(iter(_numbers(code.get("X"))), x)
        y = next(iter(_numbers(code.get("Y"))), y)
        text = code.text or ""
        wide = x + _advance(code, len(text), size)
        base = (top + y) * _MILLIMETRE
        points = size * _MILLIMETRE
        yield Mark(
            text, (left + x) * _MILLIMETRE, base - 0.8 * points, (left + wide) * _MILLIMETRE, base + 0.2 * points
        )


def _advance(code: Element, count: int, size: float) -> float:
    """How wide the run is: DeltaX gives the steps, `g n d` repeats one."""
    words = (code.get("DeltaX") or "").split()
    steps: list[float] = []
    while words:
        word = words.pop(0)
        if word == "g" and len(words) >= 2:
            repeat, step = _numbers(words.pop(0)), _numbers(words.pop(0))
            steps += (step or [size]) * min(int(repeat[0]) if repeat else 0, 10_000)
        else:
            steps += _numbers(word)
    return sum(steps[: max(count - 1, 0)]) + size if steps else size * count


def _rules(element: Element) -> Iterator[Rule]:
    left, top, wide, tall = _box(element)
    words = (element.findtext("AbbreviatedData") or "").split()
    at: tuple[float, float] | None = None
    place = 0
    while place + 2 < len(words):
        command = words[place]
        point = _numbers(" ".join(words[place + 1 : place + 3]))
        if command not in ("M", "L", "S") or len(point) != 2:
            break
        here = (point[0], point[1])
        if command == "L" and at and (abs(at[0] - here[0]) < 0.5 or abs(at[1] - here[1]) < 0.5):
            xs, ys = sorted((at[0], here[0])), sorted((at[1], here[1]))
            yield Rule(
                *(
                    (value + start) * _MILLIMETRE
                    for value, start in ((xs[0], left), (ys[0], top), (xs[1], left), (ys[1], top))
                )
            )
        at = here
        place += 3
    if place == 0 and (wide < 1 or tall < 1):
        yield Rule(left * _MILLIMETRE, top * _MILLIMETRE, (left + wide) * _MILLIMETRE, (top + tall) * _MILLIMETRE)
