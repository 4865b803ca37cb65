"""Files of items: read into 发稿, kept while a text is written, approved, published and withdrawn with it."""

from __future__ import annotations

import base64
import re
from html import escape
from pathlib import Path
from typing import Any

import office_samples as samples
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.documents.intake import ATTACHMENTS, take
from gongkai.documents.models import Blob
from gongkai.publishing import actions, attachments
from gongkai.publishing.attachments import Brought
from gongkai.publishing.content import clean_body, sanitised, version_digest
from gongkai.publishing.models import Attachment, Item, WithdrawalKind
from gongkai.publishing.tasks import baked_file
from gongkai.publishing.vouched import ALL_GATES
from gongkai_core.reading import Heading, Paragraph, Picture, Span, html
from gongkai_core.reading.markup import to_html
from gongkai_core.refusals import Refused
from xss_corpus import CORPUS

from .conftest import Chain

pytestmark = pytest.mark.django_db
NEW = "/desk/publishing/new/"
DRAWING = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{}"/><a:blip r:embed="p1"/></wp:inline></w:drawing></w:r></w:p>'


def notice(alt: str = "防汛示意图", **more: Any) -> bytes:
    body = samples.NOTICE + DRAWING.format(alt) + samples.p("2026年4月2日")
    return samples.docx(body, links=[("p1", "image", "media/a.png")], word__media__a_png=samples.png(), **more)


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def sheet(word: str = "甲") -> bytes:
    return samples.xlsx({"名单": ("visible", [["姓名"], [word]])})


def fields(html: str) -> dict[str, Any]:
    """What a browser without script would send back of this page's form."""
    form = html[html.index('enctype="multipart/form-data"') :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="file"' not in tag and 'type="checkbox"' not in tag and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, content in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', content)
        found[name] = chosen[1] if chosen else ""
    for name, content in re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = content.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return found


def with_file(chain: Chain, data: bytes, name: str, *, picture: bool = False, alt: str = "") -> Brought:
    row = attachments.bring(take(data, name, ATTACHMENTS), by=chain.drafter, picture=picture, alt=alt)
    return Brought(row, row.name, alt)


def test_a_word_file_is_read_checked_and_sent_without_script(finance, enter, client):
    """发稿 from a file: chosen, read, the column picked, sent."""
    drafter = enter(finance.drafter)
    page = drafter.post(NEW, {"then": "read", "source": upload(notice(), "通知.docx"), "openness": "open"})
    text = page.content.decode()
    given = fields(text)
    assert given["title"] == ["青禾县人民政府关于做好防汛工作的通知"]
    assert (given["docno"], given["formed_on"]) == (["青政发〔2026〕7号"], ["2026-04-02"])
    assert "已读入“通知.docx”" in text and not Item.objects.exists()
    row = Attachment.objects.get()
    assert row.is_picture and row.version is None and row.alt == "防汛示意图"
    assert f'<img src="{row.get_absolute_url()}" alt="防汛示意图">' in given["body"]
    given |= {"column": finance.column().pk, "then": "submit", "backdated_reason": "整理旧文件"}
    answer = drafter.post(NEW, given)
    version = Item.objects.get().versions.get()
    assert answer.status_code == 302 and version.state == "in_review"
    assert version.attachments.get().key == row.key and f'src="{row.get_absolute_url()}"' in version.body
    assert "青政发〔2026〕7号" not in version.body and "<p>各乡镇人民政府：</p>" in version.body
    # Nobody outside sees it before it is public; the organ's people do, other organs' don't.
    assert client.get(row.get_absolute_url()).status_code == 404
    assert enter(finance.reviewer).get(row.get_absolute_url())["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (samples.docx(samples.p("机密★10年")), "a.docx", "带有密级标志"),
        (samples.docx("", word__vbaProject_bin=b"x"), "a.docx", "含有宏"),
        (samples.docx(""), "a.pdf", "可能改过后缀"),
        (b"PK\x03\x04", "a.docx", "文件损坏"),
        (samples.pdf([]), "a.pdf", "是扫描件"),
        (b"<svg></svg>", "a.svg", "这里不收矢量图"),
    ],
)
def test_a_file_that_cannot_be_read_loses_nothing_typed(finance, enter, data, name, words):
    page = enter(finance.drafter).post(
        NEW, {"then": "read", "source": upload(data, name), "title": "打了一半", "body": "正文一半"}
    )
    text = page.content.decode()
    assert words in text and "打了一半" in text and "正文一半" in text
    assert not Blob.objects.exists()


def test_attachments_go_through_the_chain_and_are_public_with_their_item(finance, education, enter, client, today):
    drafter = enter(finance.drafter)
    typed = {
        "title": "关于公布名单的通知",
        "column": finance.column().pk,
        "openness": "open",
        "item_class": "ordinary",
        "topic": "22",
        "body": "见附件。",
    }
    page = drafter.post(
        NEW, typed | {"then": "attach", "attachments": [upload(sheet(), "名单.xlsx"), upload(b"MZ", "坏.exe")]}
    )
    text = page.content.decode()
    assert "“坏.exe”：这是程序" in text and 'value="名单.xlsx"' in text
    key = Attachment.objects.get().key
    drafter.post(NEW, typed | {"file": str(key), f"name-{key}": "附件1：名单", "then": "submit"})
    version = Item.objects.get().versions.select_related("item").get()
    row = version.attachments.get()
    assert (row.name, row.position) == ("附件1：名单.xlsx", 1)
    review = (
        enter(finance.reviewer).get(reverse("publishing:desk_review", args=[version.item.public_id])).content.decode()
    )
    assert "附件1：名单.xlsx" in review and row.get_absolute_url() in review
    assert enter(education.reviewer).get(row.get_absolute_url()).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 404

    with finance.capture(execute=True):
        version = actions.approve_review(version, by=finance.reviewer, today=today, vouched=ALL_GATES)
        actions.sign_and_publish(version, by=finance.publisher, today=today)
    public = client.get(version.item.get_absolute_url()).content.decode()
    assert "附件1：名单.xlsx" in public and "Excel" in public and row.get_absolute_url() in public
    answer = client.get(row.get_absolute_url())
    assert answer.content == sheet() and answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert client.get(row.get_absolute_url().replace(".xlsx", ".html")).status_code == 404
    place = Path(storages["baked"].path(baked_file(row.key, "xlsx")))
    assert place.read_bytes() == sheet()

    item = Item.objects.get()
    for kind in (WithdrawalKind.OPEN, WithdrawalKind.SILENT):
        with finance.capture(execute=True):
            item = actions.withdraw(item, by=finance.publisher, today=today, kind=kind, reason="名单有误")
        assert client.get(row.get_absolute_url()).status_code == 404 and not place.exists()
        if kind == WithdrawalKind.OPEN:
            with finance.capture(execute=True):
                again = actions.submit(
                    actions.revise(item, by=finance.drafter, today=today), by=finance.drafter, today=today
                )
                again = actions.approve_review(again, by=finance.reviewer, today=today, vouched=ALL_GATES)
                item = actions.sign_and_publish(again, by=finance.publisher, today=today).item
            assert client.get(row.get_absolute_url()).content == sheet() and place.exists()


def test_the_digest_binds_every_file(finance, today):
    version = finance.reviewed(
        files=[with_file(finance, sheet(), "名单.xlsx"), with_file(finance, sheet("乙"), "乙.xlsx")]
    )
    approved = version.digest
    assert version_digest(version, finance.agency) == approved
    first, second = version.attachments.all()
    for change in ({"name": "别的.xlsx"}, {"alt": "x"}, {"position": 9}, {"blob": second.blob}, {"kind": "picture"}):
        before = {name: getattr(first, name) for name in change}
        Attachment.objects.filter(pk=first.pk).update(**change)
        assert version_digest(version, finance.agency) != approved
        with pytest.raises(Refused) as caught:
            actions.sign_and_publish(version, by=finance.publisher, today=today)
        assert caught.value.refusal.code == "digest_approved"
        Attachment.objects.filter(pk=first.pk).update(**before)
    Attachment.objects.filter(pk=second.pk).delete()
    with pytest.raises(Refused):
        actions.sign_and_publish(version, by=finance.publisher, today=today)


def test_a_revision_keeps_addresses_and_what_leaves_it_is_no_longer_public(finance, client, today):
    keep, leave = with_file(finance, sheet(), "留.xlsx"), with_file(finance, sheet("乙"), "去.xlsx")
    published = finance.published(files=[keep, leave])
    old = {row.name: row.get_absolute_url() for row in published.attachments.all()}
    version = actions.revise(published.item, by=finance.drafter, today=today)
    assert version.digest == version_digest(version, finance.agency) == published.digest
    rows = [file for file in attachments.present(version) if file.name == "留.xlsx"]
    version = actions.edit(version, body="新的正文", by=finance.drafter, today=today, files=rows)
    assert client.get(old["去.xlsx"]).status_code == 200  # the old text is still the public one
    finance.published(version)
    assert client.get(old["留.xlsx"]).content == sheet() and client.get(old["去.xlsx"]).status_code == 404
    assert not Path(storages["baked"].path("")).joinpath(*baked_file(leave.row.key, "xlsx").split("/")).exists()


def test_a_name_with_line_breaks_splits_no_header_and_no_line_of_a_log(finance, client, caplog):
    """R27: what a name or a title holds stays one value wherever it goes."""
    evil = "甲\r\nSet-Cookie: stolen=1\x1b[31m"
    finance.published(title=f"关于{evil}的通知", files=[with_file(finance, sheet(), f"{evil}.xlsx")])
    row = Attachment.objects.get()
    answer = client.get(row.get_absolute_url())
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers and "stolen" not in answer.cookies
    for words in (row.name, answer.headers["Content-Disposition"], *(record.getMessage() for record in caplog.records)):
        assert not set("\r\n\x1b") & set(words), words
    assert not set("\r\n\x1b") & set(Item.objects.public().get().title)


def test_a_picture_without_words_is_not_sent_for_review(finance, today):
    picture = with_file(finance, samples.png(), "图.png", picture=True)
    body = f'<p>见图</p><img src="{picture.row.get_absolute_url()}">'
    version = finance.draft(body=body, files=[picture])
    with pytest.raises(Refused, match="没有替代文字"):
        actions.submit(version, by=finance.drafter, today=today)
    version = actions.edit(
        version, body=version.body, by=finance.drafter, today=today, files=[Brought(picture.row, "图", "堤坝")]
    )
    assert 'alt="堤坝"' in version.body
    assert actions.submit(version, by=finance.drafter, today=today).state == "in_review"


def test_nobody_uses_what_another_brought(finance, education):
    theirs = with_file(education, sheet(), "名单.xlsx").row
    found = attachments.findable(finance.drafter, [theirs.key], None)
    assert found == {}
    version = finance.draft(body=f'<p>x</p><img src="{theirs.get_absolute_url()}" alt="x">')
    assert "img" not in version.body


def test_a_pasted_picture_becomes_a_file(finance, enter):
    data = base64.b64encode(samples.png(text="Li Si")).decode()
    body = f'<p>甲</p><p><img src="data:image/png;base64,{data}"></p><img src="data:image/png;base64,AAAA">'
    page = enter(finance.drafter).post(NEW, {"title": "甲", "body": body, "then": "attach"}).content.decode()
    row = Attachment.objects.get()
    assert row.get_absolute_url() in fields(page)["body"] and "data:" not in fields(page)["body"]
    assert "认不出这是什么文件" in page


def test_what_is_never_saved_is_erased(finance, settings):
    row = with_file(finance, sheet(), "名单.xlsx").row
    assert attachments.forget_waiting() == 0
    Attachment.objects.filter(pk=row.pk).update(brought_at=row.brought_at - attachments.WAIT * 2)
    kept = finance.draft(files=[with_file(finance, sheet(), "留.xlsx")]).attachments.get()
    Attachment.objects.filter(pk=kept.pk).update(brought_at=row.brought_at - attachments.WAIT * 2)
    assert attachments.forget_waiting() == 1 and Attachment.objects.get().pk == kept.pk


# R26: what a text could do to a reader ---------------------------------------------------------------------------


def alive(markup: str) -> list[str]:
    """Of a text, the tags that could do something: anything but bare tags, harmless links and spans of cells."""
    tags = re.findall(r"<[^>]*>?", markup)
    plain = re.compile(
        r'<(?:img(?: alt="[^"<>]*")?|/?(?:p|h[2-4]|strong|em|u|sup|sub|ul|ol|li|table|caption|tbody|tr|th|td)|br|/a|a(?: href="(?:https?://|mailto:|/)[^"<>]*")?(?: rel="[a-z ]+")?|t[dh](?: (?:col|row)span="\d+")*)>'
    )
    return [tag for tag in tags if not plain.fullmatch(tag)]


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 600


def test_neither_layer_lets_anything_through_alone():
    """The writer of plain tags without the sanitiser, and the sanitiser without the writer."""
    for payload in CORPUS:
        assert alive(to_html(html.read_text(payload).blocks)) == [], payload
        assert alive(sanitised(payload)) == [], payload
        assert alive(clean_body(payload)) == [], payload
    blocks = [Heading(1, (Span(p, ("strong",), p),)) for p in CORPUS] + [Paragraph((Span(p, (), p),)) for p in CORPUS]
    assert alive(to_html([*blocks, *(Picture(source=p, alt=p) for p in CORPUS)])) == []


def test_a_file_full_of_it_reaches_no_page_alive(finance, enter, client):
    body = "".join(samples.p(escape(payload.replace("\0", "").replace("\x01", ""))) for payload in CORPUS[:200])
    drafter = enter(finance.drafter)
    given = fields(
        drafter.post(
            NEW, {"then": "read", "openness": "open", "source": upload(samples.docx(body), "a.docx")}
        ).content.decode()
    )
    page = "".join(f"<div>{payload}</div>" for payload in CORPUS)
    for text in (given["body"], page):
        version = finance.published(title="甲<script>window.__x=1</script>", body=text)
        public = client.get(version.item.get_absolute_url()).content.decode()
        begin = public.index("document-text")
        assert (
            alive(
                public[public.index(">", begin) + 1 : public.index("</article>", begin)]
                .split("<aside")[0]
                .split("</div>")[0]
            )
            == []
        )
        assert "<script>window" not in public and "甲&lt;script&gt;" in public


def test_a_file_never_leaves_the_text_it_was_saved_with_for_another(finance, today):
    """Two windows of one unsaved page: the second save found the file before the first one took it."""
    brought = with_file(finance, notice(), "附表.docx")
    stale = Brought(Attachment.objects.get(pk=brought.row.pk), brought.name)
    first = finance.submitted(finance.draft(files=[brought]))
    with pytest.raises(Refused, match="已随另一稿保存"):
        finance.draft(title="另一稿", files=[stale])
    assert [row.name for row in first.attachments.all()] == ["附表.docx"]
    Attachment.objects.filter(version=None).delete()
    gone = with_file(finance, notice(), "附件二.docx")
    Attachment.objects.filter(pk=gone.row.pk).delete()
    with pytest.raises(Refused, match="附件二"):
        finance.draft(title="又一稿", files=[gone])
