"""Files made to harm (quality bar R28): each is refused with a sentence, or what could act is named; none costs much."""

from __future__ import annotations

import io
import resource
import struct
import time
import zipfile
import zlib

import office_samples as samples
import pytest

from gongkai_core.reading import Unreadable, archive, picture, read, xml
from gongkai_core.reading.archive import Archive


def entry(name: str, content: bytes = b"x", *, mode: int = 0, like: bytes | None = None) -> bytes:
    """A .docx with one more entry of any name and mode."""
    output = io.BytesIO(like or samples.docx(samples.NOTICE))
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as packed:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = mode << 16
        packed.writestr(info, content)
    return output.getvalue()


def lying(size: int, declared: int) -> bytes:
    """An archive whose document really is `size` large, whatever its headers declare."""
    data = samples.zipped({"word/document.xml": b"\0" * size})
    real = struct.pack("<I", size)
    assert data.count(real) == 2
    return data.replace(real, struct.pack("<I", declared))


def many(count: int) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        for number in range(count):
            packed.writestr(str(number), b"")
    return output.getvalue()


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new) and old in data
    return data.replace(old, new)


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
ENCRYPTED_PDF = samples.pdf([(10, 10, "甲乙")]).replace(
    b"/Info 9 0 R", b"/Info 9 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt "
    b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
)  # fmt: skip

REFUSED = {
    "an empty file": ("a.docx", b"", "empty"),
    "a declared bomb": ("a.docx", samples.zipped({"word/document.xml": b"\0" * (51 * 2**20)}), "bomb"),
    "a name that climbs": ("a.docx", entry("../../evil.xml"), "bad_name"),
    "an absolute name": ("a.docx", entry("/etc/cron.d/x"), "bad_name"),
    "a drive": ("a.docx", entry("c:evil.xml"), "bad_name"),
    "a backslash": ("a.docx", patched(entry("xx/yy"), b"xx/yy", b"xx\\yy"), "bad_name"),
    "a NUL in a name": ("a.docx", patched(entry("ab.xml.exe"), b"ab.xml.exe", b"ab.xml\0exe"), "bad_name"),
    "a link": ("a.docx", entry("word/x.xml", b"/etc/passwd", mode=0o120777), "link"),
    "a program inside": ("a.docx", entry("word/evil.exe"), "polyglot"),
    "a Java archive too": ("a.docx", entry("META-INF/MANIFEST.MF"), "polyglot"),
    "a name twice": ("a.docx", patched(entry("word/dOcument.xmx"), b"word/dOcument.xmx", b"word/document.xmL"), "twice"),
    "something in front": ("a.docx", b"MZ" + samples.docx(""), "program"),
    "something behind": ("a.docx", samples.docx("") + b"<script>alert(1)</script>", "polyglot"),
    "a cut archive": ("a.docx", samples.docx(samples.NOTICE)[:-400], "damaged"),
    "entities": ("a.docx", samples.zipped({"word/document.xml": LAUGHS}), "entity"),
    "an outside entity": ("a.docx", samples.zipped({"word/document.xml": OUTSIDE}), "entity"),
    "entities in a part": ("a.docx", samples.docx("", word__extra_xml=LAUGHS), "entity"),
    "a deep tree": ("a.docx", samples.zipped({"word/document.xml": "<a>" * 5000 + "</a>" * 5000}), "too_deep"),
    "a deep .ofd": ("a.ofd", samples.zipped({"OFD.xml": OUTSIDE}), "entity"),
    "a sheet that claims all": (
        "a.xlsx",
        samples.xlsx(
            {"一": ("visible", [["a"]])}, xl__worksheets__sheet1_xml='<worksheet><sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
        ),
        "bomb",
    ),
    "a huge picture": ("a.png", samples.png(100_000, 100_000), "pixels"),
    "a large picture": ("a.png", samples.png(9_000, 9_000), "pixels"),
    "a broken picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "damaged"),
    "an .svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_read"),
    "an .svg called .txt": ("a.txt", b"<svg><script>alert(1)</script></svg>", "disagree"),
    "a page called .pdf": ("a.pdf", b"<html><script>alert(1)</script>", "disagree"),
    "a page called .txt": ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>", "disagree"),
    "a .docx called .pdf": ("a.pdf", samples.docx(""), "disagree"),
    "a hidden ending": ("通知\u202efdp.docx\u202c", b"%PDF-1.7\n%%EOF", "disagree"),
    "no ending": ("通知", samples.docx(""), "disagree"),
    "a program": ("a.docx", b"MZ\x90\0", "program"),
    "a script": ("a.txt", b"#!/bin/sh\nrm -rf /", "program"),
    "an archive in an archive": ("a.zip", samples.zipped({"b.zip": samples.zipped({"c.zip": b"PK"})}), "not_read"),
    "a locked PDF": ("a.pdf", ENCRYPTED_PDF, "encrypted"),
    "a locked .docx": ("a.docx", samples.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "encrypted"),
    "a PDF that is a page too": ("a.pdf", samples.pdf([]) + b"<script>alert(1)</script>" * 200, "polyglot"),
    "half a PDF": ("a.pdf", samples.pdf([])[:300], "polyglot"),
    "a PDF of nothing": ("a.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
    "noise": ("a.docx", bytes(range(256)) * 8, "unknown"),
    "EBML": ("a.png", b"\x1aE\xdf\xa3" + b"\x81" * 60, "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_a_sentence(what):
    name, data, code = REFUSED[what]
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert caught.value.code == code
    assert caught.value.message[-1] not in "。" and any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.message)


FIELD = "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
STREAM = zlib.compress(b"1 0 2 30 << /S /Java#53cript /JS (app.alert(1)) >>")
DANGEROUS = {
    "macros": ("a.docx", samples.docx("", word__vbaProject_bin=b"x"), "含有宏"),
    "macros by their type": (
        "a.docx", samples.zipped({
            "[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
            "word/document.xml": "<document/>",
        }), "含有宏",
    ),
    "an embedded object": ("a.docx", samples.docx("", word__embeddings__oleObject1_bin=b"x"), "含有内嵌对象"),
    "a remote template": (
        "a.docx",
        entry("word/_rels/settings.xml.rels", samples.rels([("t", "attachedTemplate", "http://x.example/t.dotm")]).encode()),
        "引用外部模板",
    ),
    "DDE": ("a.docx", samples.docx(FIELD.format("DDEAUTO c:\\\\cmd.exe")), "含有动态数据交换（DDE）"),
    "an outside text": ("a.docx", samples.docx(FIELD.format("INCLUDETEXT http://x.example/")), "引用了文件以外的内容"),
    "an outside picture": ("a.docx", samples.docx("", links=[("p", "image", "http://x.example/a.png")]), "引用了文件以外的内容"),
    "another document inside": ("a.docx", samples.docx("", links=[("p", "aFChunk", "x.html")]), "嵌有别的文档"),
    "DDE in a sheet": (
        "a.xlsx", samples.xlsx({"一": ("visible", [["a"]])}, xl__externalLinks__externalLink1_xml="<externalLink><ddeLink/></externalLink>"),
        "含有动态数据交换（DDE）",
    ),
    "macros in a sheet": ("a.xlsx", samples.xlsx({"一": ("visible", [["a"]])}, xl__vbaProject_bin=b"x"), "含有宏"),
    "a script in a PDF": ("a.pdf", samples.pdf([], catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "含有脚本"),
    "a packed script": (
        "a.pdf", samples.pdf([], extra=b"99 0 obj << /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode >> stream\n%s\nendstream endobj\n" % (len(STREAM), STREAM)),
        "含有脚本",
    ),
    "a launch": ("a.pdf", samples.pdf([], catalogue=b"/OpenAction << /S /L#61unch /F (cmd.exe) >>"), "会启动别的程序"),
    "a file in a PDF": ("a.pdf", samples.pdf([], catalogue=b"/Names << /EmbeddedFiles << /Names [] >> >>"), "夹带了别的文件"),
}  # fmt: skip


@pytest.mark.parametrize("what", DANGEROUS)
def test_what_would_act_is_named(what):
    name, data, danger = DANGEROUS[what]
    assert danger in read(data, name).dangers


def test_harmless_files_name_no_danger():
    for name, data in (
        ("a.docx", samples.docx(samples.NOTICE)),
        ("a.pdf", samples.pdf([(9, 9, "甲乙")])),
        ("a.ofd", samples.ofd([])),
    ):
        assert read(data, name).dangers == ()


def test_a_script_in_a_page_is_not_read():
    paper = read(
        b"<html><body onload=alert(1)><script>var secret=1</script><p>\xe7\x94\xb2</p></body></html>", "a.html"
    )
    assert [block.text for block in paper.blocks] == ["甲"]


def test_refusals_are_quick():
    """A declared bomb and a hundred thousand entries cost nothing; a header that lies is cut off at the limit."""

    def cost(data: bytes, code: str) -> float:
        begun = time.perf_counter()
        with pytest.raises(Unreadable) as caught:
            Archive(data).read("word/document.xml")
        assert caught.value.code == code
        return time.perf_counter() - begun

    packed = many(70_000)
    assert min(cost(packed, "too_many_entries") for _ in range(5)) < 0.005
    bomb = REFUSED["a declared bomb"][1]
    assert min(cost(bomb, "bomb") for _ in range(5)) < 0.005
    assert min(cost(lying(60 * 2**20, 1000), "damaged") for _ in range(3)) < 0.2


def test_memory_stays_bounded():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, data, _ in REFUSED.values():
        with pytest.raises(Unreadable):
            read(data, name)
    with pytest.raises(Unreadable):
        read(lying(60 * 2**20, 49 * 2**20), "a.docx")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 96 * 1024


def test_the_whole_is_counted_not_only_each_part(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_WHOLE", 3 * 2**20)
    data = samples.docx("", **{f"word__x{n}_xml": "<a>" + " " * 2**20 + "</a>" for n in range(4)})
    with pytest.raises(Unreadable) as caught:
        read(data, "a.docx")
    assert caught.value.code == "bomb"


def test_limits_are_the_stated_ones():
    assert (archive.LARGEST_ENTRY, archive.MOST_ENTRIES, xml.DEEPEST) == (50 * 2**20, 5_000, 200)
    assert picture.MOST_PIXELS == 60_000_000
