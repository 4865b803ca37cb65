"""Reads .doc and .wps by way of antiword, a small program of Debian's."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator

from gongkai_core.reading.paper import Block, Cell, Draft, Paper, Paragraph, Span, Table, Unreadable
from gongkai_core.reading.spans import joined

PROGRAM = "antiword"
SECONDS = 20
_DANGERS = {
    "_VBA_PROJECT": "含有宏",
    "Ole10Native": "含有内嵌对象",
    "DDEAUTO": "含有动态数据交换（DDE）",
    "\x13DDE ": "含有动态数据交换（DDE）",
    "INCLUDETEXT": "引用了文件以外的内容",
}
_RUN = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef★☆〔〕“”0-9A-Za-z.\-@ ]{5,}")
_PICTURE = re.compile(r"\[pic\]")


def read(data: bytes) -> Paper:
    draft = Draft("doc")
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("encrypted", "文件设了打开口令，无法检查；请取消口令后再上传")
    for word, what in _DANGERS.items():
        if word.encode("utf-16-le") in data or word.encode() in data:
            draft.endanger(what)
    text = _text(data)
    draft.blocks = list(_blocks(text))
    draft.hide("\n".join(_elsewhere(data, text)), "批注、页眉等不在正文的文字")
    return Paper(draft.kind, tuple(draft.blocks), (), tuple(draft.hidden), tuple(draft.dangers))


def _elsewhere(data: bytes, text: str) -> Iterator[str]:
    """Chinese that stands in the file and not in its text: antiword shows neither comments nor headers."""
    shown = "".join(text.split())
    for run in _RUN.findall(data.decode("utf-16-le", errors="ignore")):
        # Bytes that are no text look like rare characters; what people write is in GB 2312.
        bare = "".join(run.split())
        if bare in shown or (sum("\u4e00" <= sign <= "\u9fff" for sign in run) < 2 and not bare.isascii()):
            continue
        try:
            run.encode("gb2312")
        except UnicodeEncodeError:
            continue
        yield run.strip()


def _text(data: bytes) -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        raise Unreadable(
            "missing_reader", "读 .doc 文件需要 antiword，服务器上没有：apt-get install antiword；或者另存为 .docx"
        )
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, its input on standard input
            [program, "-m", "UTF-8.txt", "-w", "0", "-"], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("damaged", "这份 .doc 文件读不出来；请另存为 .docx 再试") from None
    said = done.stderr.decode("utf-8", errors="replace").lower()
    if "encrypted" in said or "password" in said:
        raise Unreadable("encrypted", "文件设了打开口令，无法检查；请取消口令后再上传")
    text = done.stdout.decode("utf-8", errors="replace")
    if done.returncode and not text.strip():
        raise Unreadable("damaged", "这份 .doc 文件读不出来；请另存为 .docx 再试")
    return text


def _blocks(text: str) -> list[Block]:
    """Paragraphs, and the rows that antiword draws with upright strokes as tables."""
    found: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    for line in [*text.replace("\r", "").split("\n"), ""]:
        bare = _PICTURE.sub("", line).strip()
        if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
            rows.append(tuple(Cell(joined([Span(cell)])) for cell in bare[1:-1].split("|")))
            continue
        if rows:
            found.append(Table(tuple(_whole(rows))))
            rows = []
        if spans := joined([Span(bare)]):
            found.append(Paragraph(spans))
    return found


def _whole(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """A row whose first cell is empty goes on with the one above it: antiword breaks long cells."""
    whole: list[tuple[Cell, ...]] = []
    for row in rows:
        if whole and not row[0].text and len(row) == len(whole[-1]):
            whole[-1] = tuple(Cell(joined((*a.spans, *b.spans))) for a, b in zip(whole[-1], row, strict=True))
        else:
            whole.append(row)
    return whole
