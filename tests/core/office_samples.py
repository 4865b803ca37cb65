"""Files as offices have them, written here part by part: nothing but the standard library makes them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def png(width: int = 2, height: int = 2, *, text: str = "") -> bytes:
    """A picture; the declared size may be anything, the pixels are those of 2 by 2."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    words = chunk(b"tEXt", b"Comment\0" + text.encode()) if text else b""
    pixels = zlib.compress(b"".join(b"\0" + b"\x10\x20\x30" * 2 for _ in range(2)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + words + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def rels(rows: Iterable[tuple[str, str, str]]) -> str:
    """Relations (id, kind, target); a target with a colon lies outside."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for key, kind, target in rows
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def p(text: str, style: str = "") -> str:
    return f'<w:p><w:pPr>{style}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, *, links: Iterable[tuple[str, str, str]] = (), **parts: str | bytes) -> bytes:
    """A .docx of this body; further parts by their name with `__` for `/` and `_` for `.`."""
    named = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin").replace("_png", ".png"): content
        for name, content in parts.items()
    }
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "word/document.xml": f"<w:document {W} {R} {A}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": rels(links),
            **named,
        }
    )


NOTICE = (
    p("青禾县人民政府文件")
    + p("青政发〔2026〕7号　　　签发人：王某")
    + p("青禾县人民政府")
    + p("关于做好防汛工作的通知")
    + p("各乡镇人民政府：")
    + p("现将有关事项通知如下。")
)


def xlsx(sheets: Mapping[str, tuple[str, list[list[str]]]], **parts: str | bytes) -> bytes:
    """Sheets by name: their state (visible, hidden, veryHidden) and their rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    listed, files = "", {}
    for number, (name, (state, rows)) in enumerate(sheets.items(), start=1):
        listed += f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>'
        lines = "".join(
            f'<row r="{y}">'
            + "".join(
                f'<c r="{chr(64 + x)}{y}" t="inlineStr"><is><t>{cell}</t></is></c>' for x, cell in enumerate(row, 1)
            )
            + "</row>"
            for y, row in enumerate(rows, 1)
        )
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
        )
    links = rels((f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
    named = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): body for name, body in parts.items()
    }
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": rels([("r1", "officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f'<workbook xmlns="{main}" {R}><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": links,
            **files,
            **named,
        }
    )


def ofd(
    lines: Iterable[tuple[float, float, str]],
    *,
    rules: Iterable[tuple[float, float, float, float]] = (),
    extra: str = "",
) -> bytes:
    """An OFD of one page: lines of text at millimetres, and ruled lines."""
    texts = "".join(
        f'<ofd:TextObject ID="{n}" Boundary="{x} {y} 150 6" Size="5"><ofd:TextCode X="0" Y="5" '
        f'DeltaX="g {max(len(words) - 1, 1)} 5">{words}</ofd:TextCode></ofd:TextObject>'
        for n, (x, y, words) in enumerate(lines, 10)
    )
    drawn = "".join(
        f'<ofd:PathObject ID="{n}" Boundary="0 0 210 297"><ofd:AbbreviatedData>M {a} {b} L {c} {d}</ofd:AbbreviatedData></ofd:PathObject>'
        for n, (a, b, c, d) in enumerate(rules, 900)
    )
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:Title>防汛通知</ofd:Title><ofd:CustomDatas>"
            f'<ofd:CustomData Name="文号">青政发〔2026〕7号</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>'
            f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
            f"</ofd:Pages>{extra}</ofd:Document>",
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{texts}{drawn}"
            "</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def pdf(
    lines: Iterable[tuple[float, float, str]],
    *,
    rules: Iterable[tuple[float, float, float, float]] = (),
    boxes: Iterable[tuple[float, float, float, float]] = (),
    extra: bytes = b"",
    catalogue: bytes = b"",
) -> bytes:
    """A PDF of one A4 page, text at points from the lower left corner in a face that it only names.

    `rules` are lines (x, y to x, y), `boxes` black ones over the text (x, y, width, height).
    """
    lines = list(lines)
    signs = sorted({sign for _, _, words in lines for sign in words})
    codes = {sign: place for place, sign in enumerate(signs, 1)}
    shown = b"".join(
        b"BT /F 16 Tf %f %f Td <%s> Tj ET\n" % (x, y, "".join(f"{codes[s]:04x}" for s in words).encode())
        for x, y, words in lines
    )
    drawn = b"".join(b"%f %f m %f %f l S\n" % rule for rule in rules)
    drawn += b"".join(b"0 g %f %f %f %f re f\n" % box for box in boxes)
    mapped = "".join(f"<{code:04x}> <{sign.encode('utf-16-be').hex()}>\n" for sign, code in codes.items()).encode()
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
        % (len(codes), mapped)
    )
    content = shown + drawn
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /StemV 80 >>",
        b"<< /Title <feff%s> >>" % "防汛通知".encode("utf-16-be").hex().encode(),
    ]
    output = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    output += extra
    start = len(output)
    output += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    output += b"".join(b"%010d 00000 n \n" % place for place in places)
    return output + b"trailer << /Size %d /Root 1 0 R /Info 9 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def doc(text: str, *, extra: bytes = b"") -> bytes:
    """A Word 97 file: a compound file with the two streams that hold text and piece table."""
    signs = text.replace("\n", "\r").encode("utf-16-le")
    begin = 0x600
    fib = bytearray(begin)
    struct.pack_into("<HHHHHH", fib, 0, 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x1200)
    struct.pack_into("<II", fib, 0x18, begin, begin + len(signs))
    struct.pack_into("<HH", fib, 0x20, 14, 0)
    struct.pack_into("<H", fib, 0x3E, 22)
    struct.pack_into("<I", fib, 0x4C, len(signs) // 2)
    pieces = struct.pack("<II", 0, len(signs) // 2) + struct.pack("<HIH", 0, begin, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    normal = struct.pack("<HHHHH", 0, (0xFFF << 4) | 1, 2, 0, 0) + struct.pack("<H", 6) + "Normal\0".encode("utf-16-le")
    normal += struct.pack("<HHH", 2, 0, 0)
    styles = struct.pack("<HHHHHHHHHH", 18, 1, 10, 1, 91, 15, 0, 0, 0, 0) + struct.pack("<H", len(normal)) + normal
    struct.pack_into("<II", fib, 0xA2, len(table), len(styles))
    struct.pack_into("<H", fib, 0x98, 93)
    struct.pack_into("<II", fib, 0x1A2, 0, len(table))
    table += styles
    return compound({"WordDocument": bytes(fib) + signs + extra, "1Table": table})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB) whose streams are all large enough to have sectors of their own."""
    size, free, end, fat_mark = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    bodies = {name: body.ljust(max(4096, -(-len(body) // size) * size), b"\0") for name, body in streams.items()}
    fat: list[int] = []
    places = {}
    for name, body in bodies.items():
        places[name] = len(fat)
        count = len(body) // size
        fat += [*range(len(fat) + 1, len(fat) + count), end]
    directory = len(fat)
    fat.append(end)
    table = len(fat)
    fat.append(fat_mark)
    assert len(fat) <= size // 4

    def entry(name: str, kind: int, start: int, length: int, child: int = -1, right: int = -1) -> bytes:
        title = name.encode("utf-16-le") + b"\0\0"
        return (
            title.ljust(64, b"\0")
            + struct.pack("<HBB", len(title), kind, 1)
            + struct.pack("<iii", -1, right, child)
            + bytes(36)
            + struct.pack("<IQ", start & 0xFFFFFFFF, length)
        )

    names = list(bodies)
    rows = entry("Root Entry", 5, end, 0, child=1)
    for number, name in enumerate(names, 1):
        rows += entry(name, 2, places[name], len(bodies[name]), right=number + 1 if number < len(names) else -1)
    rows = rows.ljust(size, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", table) + struct.pack("<I", free) * 108
    fat += [free] * (size // 4 - len(fat))
    return head + b"".join(bodies.values()) + rows + struct.pack(f"<{len(fat)}I", *fat)
