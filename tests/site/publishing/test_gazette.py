"""政府公报: composed from what is public, approved by another, printed once; nothing of it exists while switched off."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actions import appoint
from gongkai.agencies.ledger import Period, Scope
from gongkai.agencies.models import Role, Setting
from gongkai.documents.actions import record_instruction
from gongkai.documents.blobs import read, store
from gongkai.operations.invariants import printed
from gongkai.publishing import actions
from gongkai.publishing.blocks import blocks_of
from gongkai.publishing.content import version_digest
from gongkai.publishing.figures import figures
from gongkai.publishing.gazette_pdf import set_issue
from gongkai.publishing.models import Attachment, GazetteEntry, GazetteIssue, Publication
from gongkai.publishing.queues import tasks
from gongkai_core.refusals import Refused

from .conftest import Chain

pytestmark = pytest.mark.django_db
COVER = date(2026, 3, 31)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def government(county, django_capture_on_commit_callbacks):
    Setting.objects.create(key="publishing.gazette", value="办")
    return Chain(county, "县政府", django_capture_on_commit_callbacks)


def opened(government, today, **given):
    facts = {"year": 2026, "number": 1, "serial": 12, "cover_date": COVER} | given
    return actions.open_gazette_issue(government.agency, by=government.drafter, today=today, **facts)


def composed(government, today, *items):
    issue = opened(government, today)
    who = {"by": government.drafter, "today": today}
    actions.add_gazette_section(issue, "县政府文件", **who)
    for item in items:
        actions.add_to_gazette(issue, item, **who)
    actions.add_gazette_section(issue, "大事记", **who)
    actions.write_gazette_text(issue, "第一季度大事记", "三月一日，防汛工程开工。", **who)
    return issue


def issued(government, today, *items):
    issue = composed(government, today, *items)
    issue = actions.submit_gazette(issue, by=government.drafter, today=today)
    issue = actions.approve_gazette(issue, by=government.publisher, today=today, secrecy_passed=True)
    return actions.issue_gazette(issue, by=government.publisher, today=today)


def words_of(content):
    pdf = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in pdf]


def test_switched_off_nothing_of_it_exists(government, today, enter, client):
    issue = issued(government, today, government.published().item)
    Setting.objects.all().delete()
    editor = enter(government.drafter)
    assert editor.get(reverse("publishing:desk_gazettes")).status_code == 404
    assert editor.get(reverse("publishing:desk_gazette_issue", args=[issue.public_id])).status_code == 404
    for name, args in (("gazette", []), ("gazette_issue", [issue.public_id]), ("gazette_file", [issue.public_id])):
        assert client.get(reverse(f"publishing:{name}", args=args)).status_code == 404
    assert "政府公报" not in client.get(reverse("publishing:disclosure")).content.decode()
    assert "政府公报" not in editor.get(reverse("publishing:desk_items")).content.decode()
    assert tasks(government.publisher, on=today) == []


def test_only_the_government_itself_has_one(government, finance, county, today, enter):
    for organ in ("财政局", "河口镇"):
        refusal = actions.can_open_gazette_issue(
            county.organs[organ], by=county.person(organ, Role.DRAFTER), today=today
        )
        assert refusal is not None and refusal.article == "国办发〔2018〕22号" and "不办公报" in refusal.message
    clerk = enter(finance.drafter)
    told = clerk.get(reverse("publishing:desk_gazettes"), follow=True)
    assert "财政局不办公报" in told.content.decode()
    issue = opened(government, today)
    assert clerk.get(reverse("publishing:desk_gazette_issue", args=[issue.public_id])).status_code == 404
    with pytest.raises(Refused, match="拟稿人"):
        actions.open_gazette_issue(
            government.agency, year=2026, number=2, serial=13, cover_date=COVER, by=government.reviewer, today=today
        )


def test_numbers_stand_once(government, today):
    issue = opened(government, today)
    for given, words in (({"serial": 13}, "第1期已经有了"), ({"number": 2}, "总第12期已经有了")):
        with pytest.raises(Refused, match=words):
            opened(government, today, **given)
    actions.discard_gazette(issue, by=government.drafter, today=today)
    assert opened(government, today).numbering == "2026年第1期（总第12期）"


def test_composed_approved_printed_and_read_over_http(government, finance, today, enter, client):
    item = finance.published(docno=f"青财〔{today.year}〕7号", formed_on=today).item
    other = government.published(title="关于春耕的意见").item
    editor, leader = enter(government.drafter), enter(government.publisher)
    listed = reverse("publishing:desk_gazettes")
    taken = editor.post(listed, {"year": 2026, "number": 0, "serial": 12, "cover_date": "2026-03-31"})
    assert "没有提交成功" in taken.content.decode()
    editor.post(listed, {"year": 2026, "number": 1, "serial": 12, "cover_date": "2026-03-31"})
    issue = GazetteIssue.objects.get()

    def at(name, row=issue):
        return reverse(f"publishing:desk_gazette_{name}", args=[row.public_id])

    page = editor.get(at("issue"), {"q": "防汛"}).content.decode()
    assert item.title in page and other.title not in page
    refused = editor.post(at("submit"), follow=True).content.decode()
    assert "还没有一篇文章" in refused
    editor.post(at("add"), {"title": "县政府文件"})
    for row in (other, item):
        editor.post(at("add"), {"item": row.public_id})
    assert "已经收入本期" in editor.post(at("add"), {"item": item.public_id}, follow=True).content.decode()
    secret = editor.post(at("text"), {"title": "大事记", "body": "机密★一年\n三月一日开工"})
    assert "密级标志" in secret.content.decode() and "三月一日开工" in secret.content.decode()
    editor.post(at("text"), {"title": "大事记", "body": "三月一日，防汛工程开工。"})
    entry = GazetteEntry.objects.get(item=item)
    editor.post(at("move", entry), {"step": "up"})
    assert [row.title for row in issue.entries.all()] == ["县政府文件", item.title, other.title, "大事记"]
    own = GazetteEntry.objects.get(kind="text")
    editor.post(at("entry", own), {"title": "第一季度大事记", "body": "三月二日，开工。"})
    editor.post(at("submit"))
    assert "编排" in editor.post(at("add"), {"title": "晚了"}, follow=True).content.decode()

    assert [task.kind for task in tasks(government.publisher, on=today)] == ["批准"]
    assert "编排公报（收入文件）" in editor.get(at("issue")).content.decode()
    issue.refresh_from_db()
    text = leader.get(at("decide")).content.decode()
    assert "三月二日，开工" in text and "现将有关事项通知如下" in text
    verdict = {"seen": issue.digest, "verdict": "approve"}
    assert "还没有作保密审查" in leader.post(at("decide"), verdict).content.decode()
    leader.post(at("decide"), {**verdict, "secrecy_passed": "on"})
    assert client.get(reverse("publishing:gazette_issue", args=[issue.public_id])).status_code == 404
    assert [task.kind for task in tasks(government.publisher, on=today)] == ["出刊"]
    leader.post(at("publish"))
    issue.refresh_from_db()
    assert (issue.state, issue.approved_by) == ("issued", government.publisher)

    assert "政府公报" in client.get(reverse("publishing:disclosure")).content.decode()
    assert "2026年第1期（总第12期）" in client.get(reverse("publishing:gazette")).content.decode()
    shown = client.get(reverse("publishing:gazette_issue", args=[issue.public_id])).content.decode()
    for words in ("县政府文件", item.title, item.docno, other.title, "第一季度大事记", 'class="gazette-page">1<'):
        assert words in shown
    file = client.get(reverse("publishing:gazette_file", args=[issue.public_id]))
    assert file["Content-Type"] == "application/pdf" and "attachment" in file["Content-Disposition"]
    assert file.content == read(issue.printings.get().blob)


def test_the_printed_issue_has_cover_contents_and_page_numbers(government, finance, today):
    item = finance.published(docno=f"青财〔{today.year}〕7号", formed_on=today).item
    issue = composed(government, today, item)
    content, pages = set_issue(issue)
    cover, contents, first, second = words_of(content)
    assert "青禾县人民政府公报" in cover and "2026年第1期（总第12期）" in cover and "2026年3月31日" in cover
    assert "代替" in cover  # the faces that stand in are named
    assert item.title in contents and "第一季度大事记" in contents and contents.rstrip().endswith("2")
    for words in (
        "县政府文件",
        item.docno,
        "现将有关事项通知如下",
        f"成文日期：{today.year}年{today.month}月",
        "— 1 —",
    ):
        assert words in first
    assert "防汛工程开工" in second and "— 2 —" in second
    assert sorted(pages.values()) == [1, 2]
    assert set_issue(issue)[0] == content


def test_tables_lists_and_pictures_are_printed(government, today):
    """A text with all that a text may hold; the picture is in the file, and what it shows in words."""
    version = government.draft(title="统计公报", body="正文")
    png = base64.b64decode(PIXEL)
    facts = {"kind": "picture", "alt": "全县地图", "blob": store(png, name="a.png", content_type="image/png")}
    row = Attachment.objects.create(version=version, name="地图.png", brought_by=government.drafter, **facts)
    version.body = (
        "<h2>一、综合</h2><h4>细目</h4><ol><li>甲<ul><li>乙<sup>2</sup></li></ul></li></ol><table><tr><th>指标</th>"
        f'<th>值</th></tr><tr><td colspan="2">合计</td></tr></table><p><img src="{row.get_absolute_url()}" alt="全县地图"></p>'
    )
    version.digest = version_digest(version, government.agency)
    version.save(update_fields=["body", "digest"])
    content, _ = set_issue(composed(government, today, government.published(version).item))
    text = "".join(words_of(content))
    for words in ("一、综合", "细目", "1.", "甲", "乙", "指标", "合计"):
        assert words in text
    page = pypdfium2.PdfDocument(content)[2]
    assert [part.type for part in page.get_objects()].count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1
    assert "（图：" not in text


def test_approval_is_by_another_for_what_was_read_with_secrecy(government, county, today):
    issue = composed(government, today, government.published().item)
    issue = actions.submit_gazette(issue, by=government.drafter, today=today)
    editor_too = government.drafter
    appoint(editor_too, Role.PUBLISHER, government.agency, by=None, on=COVER)
    editor_too.__dict__.pop("_posts", None)
    with pytest.raises(Refused, match="不得批准自己编排"):
        actions.approve_gazette(issue, by=editor_too, today=today, secrecy_passed=True)
    with pytest.raises(Refused, match="有了改动"):
        actions.approve_gazette(issue, by=government.publisher, today=today, secrecy_passed=True, seen="0" * 64)
    issue = actions.approve_gazette(issue, by=government.publisher, today=today, secrecy_passed=True)
    GazetteEntry.objects.filter(kind="text").update(body="<p>换过的</p>")
    with pytest.raises(Refused, match="批准后有改动"):
        actions.issue_gazette(issue, by=government.publisher, today=today)
    for change in ({"approved_by": government.drafter}, {"digest": "1" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GazetteIssue.objects.filter(pk=issue.pk).update(**change)
    issue = actions.return_gazette(issue, by=government.publisher, today=today, remarks="大事记有误")
    assert (issue.state, issue.approved_digest) == ("composing", "")
    assert [(task.kind, task.note) for task in tasks(government.drafter, on=today)] == [("修改", "大事记有误")]


def test_whoever_put_a_hand_to_an_issue_does_not_approve_it(government, today):
    """The one who began it isn't the only editor: one line by the publisher, and another publisher is wanted."""
    appoint(government.publisher, Role.DRAFTER, government.agency, by=None, on=COVER)
    government.publisher.__dict__.pop("_posts", None)
    issue = composed(government, today, government.published().item)
    actions.add_gazette_section(issue, "人事任免", by=government.publisher, today=today)
    issue = actions.submit_gazette(issue, by=government.drafter, today=today)
    with pytest.raises(Refused, match="不得批准自己编排"):
        actions.approve_gazette(issue, by=government.publisher, today=today, secrecy_passed=True)


def test_what_changed_meanwhile_is_taken_anew_or_out(government, today):
    item = government.published().item
    issue = composed(government, today, item)
    version = actions.revise(item, by=government.drafter, today=today)
    version = actions.edit(version, by=government.drafter, today=today, body="新的正文", title="关于防汛的新通知")
    government.published(version)
    with pytest.raises(Refused, match="有了新版"):
        actions.submit_gazette(issue, by=government.drafter, today=today)
    entry = issue.entries.select_related("item").get(kind="item")
    actions.refresh_gazette_entry(issue, entry, by=government.drafter, today=today)
    entry.refresh_from_db()
    assert (entry.title, entry.version) == ("关于防汛的新通知", version)
    assert actions.submit_gazette(issue, by=government.drafter, today=today).state == "waiting"


def test_issuing_counts_each_item_once_in_the_channel(government, finance, today):
    item, other = finance.published().item, government.published(title="另一条").item
    ticked = date(2026, 1, 5)
    actions.tick_channel(item.agency, [item], channel="gazette", on=ticked, by=finance.publisher, today=today)
    issued(government, today, item, other)
    rows = Publication.objects.filter(channel="gazette").order_by("pk")
    assert list(rows.values_list("item", "agency", "published_on")) == [
        (item.pk, item.agency_id, ticked),
        (other.pk, other.agency_id, today),
    ]
    cells = figures(Period(today, today), Scope(government.agency, False))
    assert cells["t14.1_2_1"].value == 1 and list(cells["t14.1_2_1"].records()) == [other]


def test_errata_are_shown_with_the_issue_and_its_bytes_never_change(government, today, enter, client):
    issue = issued(government, today, government.published().item)
    before = read(issue.printings.get().blob)
    url = reverse("publishing:gazette_issue", args=[issue.public_id])
    enter(government.drafter).post(
        reverse("publishing:desk_gazette_errata", args=[issue.public_id]),
        {"place": "第1页第2行", "wrong": "四月一日", "right": "五月一日"},
    )
    row = issue.errata.get()
    assert "五月一日" not in client.get(url).content.decode()
    with pytest.raises(Refused, match="签发人"):
        actions.publish_erratum(row, by=government.drafter, today=today)
    assert [task.kind for task in tasks(government.publisher, on=today)] == ["公布勘误"]
    enter(government.publisher).post(reverse("publishing:desk_erratum", args=[row.public_id]))
    assert "第1页第2行" in client.get(url).content.decode() and "五月一日" in client.get(url).content.decode()
    assert client.get(reverse("publishing:gazette_file", args=[issue.public_id])).content == before
    assert printed().holds and printed().checked == 1
    stored = Path(default_storage.path(issue.printings.get().blob.location))
    stored.chmod(0o600)
    stored.write_bytes(before[:-1])
    assert printed().broken == ["2026年第1期（总第12期）：第 1 印的文件与摘要不符"]
    GazetteEntry.objects.filter(issue=issue, kind="text").update(title="改过的")
    assert "内容与批准的不符" in printed().broken[0]
    with pytest.raises(Refused):
        actions.add_gazette_section(issue, "又一栏", by=government.drafter, today=today)


def test_the_database_is_searched_by_title_number_and_year(government, finance, today, client):
    item = finance.published(docno=f"青财〔{today.year}〕7号", formed_on=today).item
    issued(government, today, item)
    url = reverse("publishing:gazette")
    for query in ({"q": "防汛"}, {"q": f"〔{today.year}〕7号"}, {"year": 2026}, {"q": "大事记", "year": 2026}):
        found = client.get(url, query).content.decode()
        assert "2026年第1期（总第12期）" in found and "没有找到" not in found
    assert item.get_absolute_url() in client.get(url, {"q": "防汛"}).content.decode()
    for query in ({"q": "防火"}, {"year": 2025}):
        assert "没有找到" in client.get(url, query).content.decode()


def test_a_withdrawn_item_says_so_or_vanishes_from_the_gazette_too(government, finance, today, enter, client):
    gone, silent = finance.published(title="公开撤回的通知").item, finance.published(title="静默撤回的通知").item
    issue = issued(government, today, gone, silent)
    page, file = (reverse(f"publishing:gazette_{name}", args=[issue.public_id]) for name in ("issue", "file"))
    with finance.capture(execute=True):
        actions.withdraw(gone, by=finance.publisher, today=today, kind="open", reason="失效")
    shown = client.get(page).content.decode()
    assert "公开撤回的通知" in shown and "（已撤回）" in shown and client.get(file).status_code == 200
    with pytest.raises(Refused, match="不用重印"):
        actions.reprint_gazette(issue, by=government.publisher, today=today)
    with finance.capture(execute=True):
        actions.withdraw(silent, by=finance.publisher, today=today, kind="silent", reason="隐私")
    assert client.get(file).status_code == 404
    for url in (page, f"{reverse('publishing:gazette')}?q=通知"):
        assert "静默撤回的通知" not in client.get(url).content.decode()
    first = issue.printings.get()
    enter(government.publisher).post(reverse("publishing:desk_gazette_reprint", args=[issue.public_id]))
    again = client.get(file).content
    assert again != read(first.blob) and "静默撤回的通知" not in "".join(words_of(again))
    assert "公开撤回的通知" in "".join(words_of(again))


def test_a_ragged_table_and_lists_become_a_whole_grid():
    body = (
        "<ul><li>甲</li></ul><ol><li>子</li><li>丑</li></ol><h3>题</h3>"
        "<hr><table><caption>表</caption><tr><th>a</th><th>b</th></tr>"
        '<tr><td rowspan="9">c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr><tr><td colspan="50">g<br>h</td></tr></table>'
    )
    *lists, heading, table = blocks_of(body)
    assert [block["mark"] for block in lists] == ["●", "1.", "2."] and heading["level"] == 2
    places = [
        (x, y)
        for cell in table["cells"]
        for x in range(cell["x"], cell["x"] + cell["colspan"])
        for y in range(cell["y"], cell["y"] + cell["rowspan"])
    ]
    assert len(places) == len(set(places)) == table["columns"] * 4 and table["columns"] == 3
    assert table["head"] == 0 and table["caption"] == "表"
    assert blocks_of("") == [] and blocks_of("<table></table><p> </p>") == []


def test_who_wrote_in_it_enters_no_leaders_word_for_it(government, county, today):
    """Another drafter's sending doesn't make one's own text somebody else's (条例第十七条)."""
    sender = county.person("县政府", Role.REVIEWER)
    appoint(sender, Role.DRAFTER, government.agency, by=None, on=date(2010, 1, 1))
    issue = actions.submit_gazette(composed(government, today), by=sender, today=today)
    office = {"by": county.person("县政府", Role.DISCLOSURE_OFFICE), "today": today}
    word = {"leader": government.publisher, "channel": "paper", "given_at": timezone.now(), "words": "同意。"}
    by_writer, by_other = (
        record_instruction(government.agency, by=by, today=today, **word) for by in (government.drafter, office["by"])
    )
    refusal = actions.can_approve_gazette(issue, instruction=by_writer, **office)
    assert refusal and refusal.code == "author_recorded"
    assert actions.can_approve_gazette(issue, instruction=by_other, **office) is None
