"""From bytes to text: encodings, and the text of a saved web page with its table cells kept apart."""

from html.parser import HTMLParser
from pathlib import PurePath

from gongkai_core import encodings
from gongkai_core.errors import InputError

_TEXT = {".txt", ".text", ".md", ""}
_HTML = {".html", ".htm"}
_LATER = {".docx", ".doc", ".wps", ".pdf", ".ofd", ".xlsx", ".xls", ".rtf"}
_BINARY = ((b"%PDF", "PDF"), (b"PK\x03\x04", "Word 或压缩"), (b"\xd0\xcf\x11\xe0", "旧版 Word"))
LARGEST = 20 * 1024 * 1024


class ReportFileError(InputError):
    """A file that is no report text; `code` is not_found, unsupported, too_large, encoding or empty."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def text_of(data: bytes, name: str) -> str:
    """The text of a report given as the bytes of a file called `name` (.txt, .html, .htm).

    UTF-8 with or without BOM, GB18030 and UTF-16 with BOM are told apart by themselves. A web page yields its
    visible text, each table row one line with a tab before every cell. Anything else: ReportFileError.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _LATER:
        raise ReportFileError(
            "unsupported", f"{name}：暂不支持 {suffix} 文件，以后的版本支持；请先另存为 .txt 或 .html"
        )
    if len(data) > LARGEST:
        raise ReportFileError("too_large", f"{name}：文件超过 {LARGEST // 1024 // 1024} MB，不像是一份年度报告")
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise ReportFileError("unsupported", f"{name}：这是 {kind} 文件，不是文本；请先另存为 .txt 或 .html")
    if suffix not in _TEXT | _HTML:
        raise ReportFileError("unsupported", f"{name}：不认识的文件类型 {suffix}（可用 .txt、.html、.htm）")
    text = decode(data, name)
    if suffix in _HTML or text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        text = html_text(text)
    if not text.strip():
        raise ReportFileError("empty", f"{name}：文件里没有文字")
    return text


def decode(data: bytes, name: str) -> str:
    """The characters of `data`; ReportFileError when it is no text in a known encoding."""
    text = encodings.decode(data)
    if text is None:
        raise ReportFileError("encoding", f"{name}：编码无法识别，不是 UTF-8、GB18030 或带 BOM 的 UTF-16 文本")
    return text


def html_text(page: str) -> str:
    """The visible text of a web page; a table row is one line, every cell of it opened by a tab."""
    reader = _PageText()
    try:
        reader.feed(page)
        reader.close()
    except AssertionError:
        # The parser asserts on some malformed declarations; what it has read so far stands.
        reader.rawdata = ""
    return reader.text()


_SILENT = {"script", "style", "noscript", "template", "select"}
_BLOCKS = {
    *(
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "title",
        "hr",
    ),
    *("section", "article", "header", "footer", "main", "center", "form", "blockquote", "pre", "caption"),
}


class _Table:
    def __init__(self) -> None:
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.nested = False


class _PageText(HTMLParser):
    """Collects text; a table inside a cell makes that cell mere layout, so its lines stay lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._page: list[str] = []
        self._tables: list[_Table] = []
        self._silent = ""

    def text(self) -> str:
        while self._tables:
            self._end_table()
        return "".join(self._page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        if tag in _SILENT:
            self._silent = tag
        elif tag == "table":
            if self._tables:
                self._tables[-1].nested = True
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._end_row()
            self._tables[-1].row = []
        elif tag in ("td", "th") and self._tables:
            self._end_cell()
            table = self._tables[-1]
            table.row = table.row if table.row is not None else []
            table.cell, table.nested = [], False
        elif tag in _BLOCKS:
            self._out("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag in ("td", "th") and self._tables:
            self._end_cell()
        elif tag in _BLOCKS:
            self._out("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._out(data)

    def _out(self, piece: str) -> None:
        for table in reversed(self._tables):
            if table.cell is not None:
                table.cell.append(piece)
                return
        self._page.append(piece)

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is None:
            return
        content = "".join(table.cell)
        table.cell = None
        if table.row is not None:
            table.row.append("\n" + content + "\n" if table.nested else "\t" + " ".join(content.split()))

    def _end_row(self) -> None:
        self._end_cell()
        table = self._tables[-1]
        row, table.row = table.row, None
        if row:
            self._emit("\n" + "".join(row) + "\n")

    def _end_table(self) -> None:
        self._end_row()
        self._tables.pop()
        self._out("\n")

    def _emit(self, line: str) -> None:
        """A finished row goes to the cell that holds its table, or to the page."""
        for table in reversed(self._tables[:-1]):
            if table.cell is not None:
                table.cell.append(line)
                return
        self._page.append(line)
