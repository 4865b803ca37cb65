"""Readers of files: what stands on the page, in its order, and what does not stand there, with its place."""

from __future__ import annotations

import shutil
import sys
from datetime import date

import office_samples as samples
import pytest
from PIL import Image

from gongkai_core.reading import (
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
    Unreadable,
    body_of,
    doc,
    html,
    picture,
    read,
    recognising,
    safe_name,
)
from gongkai_core.reading.markup import to_html
from gongkai_core.reading.numerals import chinese, written

LINES = [
    (90.0, 740.0, "青政发〔2026〕7号"),
    (90.0, 700.0, "关于做好防汛工作的通知"),
    (90.0, 660.0, "各乡镇人民政府："),
    (122.0, 630.0, "现将有关事项通知如下，请认真贯彻执行并按时上报有关情况"),
    (90.0, 605.0, "办理结果。"),
    (300.0, 300.0, "2026年4月2日"),
]
GRID = [(100, 520, 300, 520), (100, 490, 300, 490), (100, 460, 300, 460)]
GRID += [(100, 460, 100, 520), (200, 490, 200, 520), (300, 460, 300, 520)]
CELLS = [(110.0, 500.0, "甲类"), (210.0, 500.0, "乙类"), (110.0, 470.0, "合计二件")]


def words(paper) -> dict[str, str]:
    return {passage.where: passage.text for passage in paper.passages}


def table_of(paper) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table))


def test_word_keeps_headings_numbers_lists_tables_and_pictures():
    numbering = (
        f"<w:numbering {samples.W}>"
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:isLgl/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
        '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles {samples.W}><w:style w:styleId="a3"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="x"><w:name w:val="正文一级"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )

    def number(key: int, level: int = 0) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'

    def cell(text: str, style: str = "") -> str:
        return f"<w:tc><w:tcPr>{style}</w:tcPr>{samples.p(text)}</w:tc>"

    table = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("项目", '<w:gridSpan w:val="2"/>')
        + cell("数")
        + "</w:tr>"
        "<w:tr>" + cell("甲", '<w:vMerge w:val="restart"/>') + cell("一") + cell("1") + "</w:tr>"
        "<w:tr>" + cell("", "<w:vMerge/>") + cell("二") + cell("2") + "</w:tr></w:tbl>"
    )
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="防汛示意图"/><a:blip r:embed="p1"/>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    body = (
        samples.NOTICE
        + samples.p("总体要求", '<w:pStyle w:val="x"/>' + number(1))
        + samples.p("细目", '<w:pStyle w:val="a3"/>')
        + samples.p("第一", number(1, 1))
        + samples.p("第二", number(1, 1))
        + samples.p("工作安排", number(1))
        + samples.p("点一", number(2))
        + samples.p("点二", number(2))
        + table
        + drawing
        + '<w:p><w:r><w:t>面积1000m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'
        + samples.p("2026年4月2日")
    )
    picture = samples.png()
    paper = read(
        samples.docx(
            body, links=[("p1", "image", "media/a.png")], word__numbering_xml=numbering, word__styles_xml=styles,
            word__media__a_png=picture,
        ),
        "通知.docx",
    )  # fmt: skip
    assert (paper.title, paper.docno, paper.formed_on) == (
        "青禾县人民政府关于做好防汛工作的通知", "青政发〔2026〕7号", date(2026, 4, 2),
    )  # fmt: skip
    texts = [(type(block), block.text) for block in body_of(paper)]
    assert texts[:7] == [
        (Paragraph, "各乡镇人民政府："),
        (Paragraph, "现将有关事项通知如下。"),
        (Heading, "一、总体要求"),
        (Heading, "细目"),
        (Paragraph, "1.1第一"),
        (Paragraph, "1.2第二"),
        (Paragraph, "二、工作安排"),
    ]
    assert texts[7] == (Listing, "点一\n点二")
    shape = [[(cell.text, cell.across, cell.down, cell.heads) for cell in row] for row in table_of(paper).rows]
    assert shape == [
        [("项目", 2, 1, True), ("数", 1, 1, True)],
        [("甲", 1, 2, False), ("一", 1, 1, False), ("1", 1, 1, False)],
        [("二", 1, 1, False), ("2", 1, 1, False)],
    ]
    assert Picture(picture, "防汛示意图", "word/media/a.png") in paper.blocks
    assert "<sup>2</sup>" in to_html(paper.blocks) and '<td rowspan="2">甲</td>' in to_html(paper.blocks)


def test_word_hides_nothing():
    body = (
        samples.p("正文") + "<w:p><w:r><w:t>留下</w:t></w:r><w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>添上</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见的话</w:t></w:r></w:p>"
        "<w:p><w:r><w:pict><w:txbxContent>" + samples.p("框中的话") + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    data = samples.docx(
        body,
        links=[
            ("c", "comments", "comments.xml"),
            ("h", "header", "header1.xml"),
            ("l", "hyperlink", "http://a.example/内网"),
        ],
        word__comments_xml=f"<w:comments {samples.W}><w:comment>{samples.p('批注的话')}</w:comment></w:comments>",
        word__header1_xml=f"<w:hdr {samples.W}>{samples.p('页眉的话')}</w:hdr>",
        word__glossary__document_xml=f"<w:glossary {samples.W}>{samples.p('部件的话')}</w:glossary>",
        docProps__core_xml="<core><creator>张三</creator><title>起草说明</title></core>",
    )
    paper = read(data, "a.docx")
    found = words(paper)
    assert found["正文"] == "正文\n留下添上\n框中的话"
    assert found["修订删除"] == "删去的话" and found["隐藏文字"] == "看不见的话"
    assert found["批注"] == "批注的话" and found["页眉"] == "页眉的话"
    assert found["文件部件 word/glossary/document.xml"] == "部件的话"
    assert found["文件属性"] == "张三\n起草说明" and found["链接地址"] == "http://a.example/内网"


def test_pdf_lines_become_paragraphs_and_rules_become_tables():
    paper = read(samples.pdf([*LINES, *CELLS, (280.0, 30.0, "- 1 -")], rules=GRID), "a.pdf")
    assert (paper.title, paper.docno, paper.formed_on) == (
        "关于做好防汛工作的通知",
        "青政发〔2026〕7号",
        date(2026, 4, 2),
    )
    assert [block.text for block in paper.blocks if isinstance(block, Paragraph)] == [
        "青政发〔2026〕7号", "关于做好防汛工作的通知", "各乡镇人民政府：",
        "现将有关事项通知如下，请认真贯彻执行并按时上报有关情况办理结果。", "2026年4月2日",
    ]  # fmt: skip
    assert [[(c.text, c.across) for c in row] for row in table_of(paper).rows] == [
        [("甲类", 1), ("乙类", 1)],
        [("合计二件", 2)],
    ]
    assert words(paper)["文件属性"] == "防汛通知"


def test_ofd_gives_text_tables_and_facts():
    rules = [(30, 100, 100, 100), (30, 110, 100, 110), (30, 120, 100, 120)]
    rules += [(30, 100, 30, 120), (60, 100, 60, 120), (100, 100, 100, 120)]
    lines = [(30, 30, "青政发〔2026〕7号"), (30, 45, "关于做好防汛工作的通知"), (30, 60, "各乡镇：")]
    lines += [(32, 102, "甲类"), (62, 102, "乙类"), (32, 112, "三"), (62, 112, "四"), (90, 200, "二〇二六年四月二日")]
    paper = read(samples.ofd(lines, rules=rules), "a.ofd")
    assert (paper.title, paper.docno, paper.formed_on) == (
        "关于做好防汛工作的通知",
        "青政发〔2026〕7号",
        date(2026, 4, 2),
    )
    assert table_of(paper).text == "甲类\t乙类\n三\t四"
    assert ("文号", "青政发〔2026〕7号") in paper.facts


def test_old_word_is_read_or_the_reader_says_what_is_missing(strict, monkeypatch):
    data = samples.doc("青政发〔2026〕7号\n关于做好防汛工作的通知\n各乡镇：\n请照办。\n2026年4月2日\n")
    comment = "联系李四办理此事".encode("utf-16-le")
    if shutil.which(doc.PROGRAM):
        paper = read(data, "a.wps")
        assert (paper.title, paper.docno, paper.formed_on) == (
            "关于做好防汛工作的通知", "青政发〔2026〕7号", date(2026, 4, 2),
        )  # fmt: skip
        assert [block.text for block in body_of(paper)] == ["各乡镇：", "请照办。", "2026年4月2日"]
        hidden = words(read(samples.doc("正文在此。\n", extra=comment), "a.doc"))
        assert "联系李四办理此事" in hidden["批注、页眉等不在正文的文字"]
    else:
        assert not strict, "antiword is not installed"
    monkeypatch.setattr(doc.shutil, "which", lambda _: None)
    with pytest.raises(Unreadable, match="antiword") as caught:
        read(data, "a.doc")
    assert caught.value.code == "missing_reader"


def test_an_absent_parser_is_one_sentence(monkeypatch):
    for name in ("gongkai_core.reading.pdf", "pypdfium2"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Unreadable, match=r"读PDF需要 pypdfium2，没有安装：pip install 'gongkai\[read\]'"):
        read(samples.pdf(LINES), "a.pdf")


def test_sheets_with_hidden_ones_and_comments():
    comments = "<comments><commentList><comment><text><t>身份证在此</t></text></comment></commentList></comments>"
    paper = read(
        samples.xlsx(
            {"名单": ("visible", [["姓名", "数"], ["甲", "1"]]), "底稿": ("veryHidden", [["底稿的话"]])},
            xl__comments1_xml=comments,
        ),
        "a.xlsx",
    )
    assert [block.text for block in paper.blocks] == ["名单", "姓名\t数\n甲\t1"]
    assert words(paper)["隐藏工作表“底稿”"] == "底稿的话"
    assert words(paper)["文件部件 xl/comments1.xml"] == "身份证在此"


def test_text_in_both_encodings_and_pictures_with_properties():
    assert read("一行\n\n二行".encode("gb18030"), "a.txt").text == "一行\n二行"
    assert read("\ufeff一行".encode(), "a.txt").text == "一行"
    assert words(read(samples.png(text="Zhang San 13800000000"), "a.png"))["图片属性"] == "Zhang San 13800000000"


WORD_CLIPBOARD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-style-name:x}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=ZH-CN>
<h1 style='mso-pagination:none'>关于做好防汛
工作的通知</h1><p class=MsoNormal style='text-indent:32pt'><span style='font-family:仿宋_GB2312'>现将有关
事项通知如下<b>请照办</b>。<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>一、</span><![endif]>第一项</p>
<table class=MsoTableGrid border=1><tr><td colspan=2 width=10><p class=MsoNormal>甲<o:p></o:p></p></td></tr>
<tr><td><p>乙</p><p>丙</p></td><td>丁</td></tr></table><ul><li>点一<ul><li>内</li></ul></li></ul>
<img src="file:///C:/a.png"><script>alert(1)</script></body></html>"""


def test_what_word_puts_on_the_clipboard():
    assert to_html(html.read_text(WORD_CLIPBOARD).blocks) == "\n".join(
        [
            "<h2>关于做好防汛工作的通知</h2>",
            "<p>现将有关事项通知如下<strong>请照办</strong>。</p>",
            "<p>一、第一项</p>",
            '<table><tbody>\n<tr><td colspan="2">甲</td></tr>\n<tr><td>乙<br>丙</td><td>丁</td></tr>\n</tbody></table>',
            "<ul><li>点一<ul><li>内</li></ul></li></ul>",
        ]
    )


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<div>一<div>二</div>三</div>", "<p>一</p>\n<p>二</p>\n<p>三</p>"),
        ("<p>一<p>二<li>三", "<p>一</p>\n<p>二</p>\n<p>三</p>"),
        ("一<br><br>二", "<p>一</p>\n<p>二</p>"),
        (
            "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>",
            "<table><tbody>\n<tr><td>甲</td><td>乙</td></tr>\n</tbody></table>",
        ),
        (
            "<table><tr><td>甲<td>乙<tr><td>丙</table>",
            "<table><tbody>\n<tr><td>甲</td><td>乙</td></tr>\n<tr><td>丙</td></tr>\n</tbody></table>",
        ),
        ("<table><tr><td>只有一格</td></tr></table>", "<p>只有一格</p>"),
        ('<a href="javascript:x()">甲</a><a href="/a">乙</a>', '<p>甲<a href="/a">乙</a></p>'),
        ("1 &lt; 2 &amp;amp; <b><i>x</i></b>", "<p>1 &lt; 2 &amp;amp; <strong><em>x</em></strong></p>"),
        ("甲\u202e乙\u200b", "<p>甲乙</p>"),
    ],
)
def test_pages_as_they_are_written(page, wanted):
    assert to_html(html.read_text(page).blocks) == wanted


@pytest.mark.parametrize(
    "page", [WORD_CLIPBOARD, "<ol><li>a<p>b</p><ul><li>c</ul></ol>", "<h5>x</h5>a<br>b", "<td>x", "<p>" * 400 + "深"]
)
def test_writing_and_reading_again_changes_nothing(page):
    once = to_html(html.read_text(page).blocks)
    assert to_html(html.read_text(once).blocks) == once


def test_title_number_and_day_are_told_by_their_place():
    def paper(*lines: str):
        return recognising.recognise(html.read_text("".join(f"<p>{line}</p>" for line in lines)).blocks)

    found = paper(
        "青财文【2026】第07号",
        "青禾县财政局 关于",
        "印发《办法》的通知",
        "（青财文〔2026〕7号）",
        "各单位：",
        "根据青政发〔2020〕1号文件。",
        "二〇二五年十二月三十一日",
        "附件：表",
    )
    assert (found.docno, found.title, found.formed_on) == (
        "青财文〔2026〕7号",
        "青禾县财政局 关于印发《办法》的通知",
        date(2025, 12, 31),
    )
    assert paper("今天开会。", "2026年2月30日").formed_on is None
    assert paper("关于甲的通知", "依据青政发〔2020〕1号文件办理。").docno == ""
    assert paper("各单位：", "请照办。").title == ""
    assert [chinese(n) for n in (1, 10, 12, 20, 105, 1010)] == ["一", "十", "十二", "二十", "一百零五", "一千零一十"]
    assert [
        written(3, form) for form in ("decimalEnclosedCircle", "upperRoman", "lowerLetter", "chineseLegalSimplified")
    ] == ["③", "III", "c", "叁"]


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("通知\u202egpj.exe.docx", "docx", "通知gpj.exe.docx"),
        ("../../etc/passwd.docx", "docx", "passwd.docx"),
        ("..\\a\0b.docx", "docx", "ab.docx"),
        ("CON.docx", "docx", "文件CON.docx"),
        ("", "pdf", "文件.pdf"),
        ('a"b<c>.pdf', "pdf", "a_b_c_.pdf"),
        ("长" * 200 + ".PDF", "pdf", "长" * 80 + ".pdf"),
        (".htaccess", "txt", "文件.txt"),
    ],
)
def test_names_are_made_safe(name, kind, wanted):
    assert safe_name(name, kind) == wanted


def test_a_picture_written_anew_holds_nothing_else():
    data = samples.png(text="secret words") + b"<script>alert(1)</script>"
    clean = picture.clean(data)
    assert b"secret words" not in clean and b"script" not in clean and clean.startswith(b"\x89PNG")


def test_exif_is_read(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "Li Si 110101199003077758"
    path = tmp_path / "a.jpg"
    Image.new("RGB", (4, 4)).save(path, exif=exif)
    assert "110101199003077758" in words(read(path.read_bytes(), "a.jpg"))["图片属性"]
