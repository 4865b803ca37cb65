"""The journey over HTTP, who may open what, and what the public sees."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from django.test import Client
from django.urls import reverse

from freezing import on_day
from gongkai.agencies.models import Role
from gongkai.annualreport import exports
from gongkai.annualreport.actions import sign
from gongkai.annualreport.models import Report, ReportState
from gongkai.annualreport.queues import tasks
from gongkai.annualreport.tasks import read_baked
from gongkai.documents import fonts
from gongkai.publishing.report_days import TOWN_DAY
from gongkai_core.returns import form_of

PUBLISHED = ["report.docx", "report.json", "report.xlsx", "chart-1.svg"]


def desk(name: str, report: Report, *more: Any) -> str:
    return reverse(f"annualreport:{name}", args=[report.public_id, *more])


def fill(report: Report, **changed: str) -> dict[str, str]:
    """The form as a clerk sends it: every text, every tick."""
    data = {"version": str(report.version)}
    for row in report.sections.all():
        key = row.number.replace(".", "_")
        data |= {f"text_{key}": changed.get(key, row.text or "已写。"), f"done_{key}": "on"}
    return data


def test_from_frozen_figures_to_a_downloaded_report(
    finance: Any, enter: Any, django_capture_on_commit_callbacks: Any
) -> None:
    finance.frozen(2025)
    author, signatory, publisher = enter(finance.author), enter(finance.signatory), enter(finance.publisher)
    answer = author.post(reverse("annualreport:desk_compile"), {"of": "2025/own"})
    report = Report.objects.get()
    assert answer.headers["Location"] == desk("desk_report", report)

    page = author.get(desk("desk_report", report)).content.decode()
    assert "系统草拟，待核改" in page
    answer = author.post(desk("desk_report", report), fill(report))
    assert answer.status_code == 302, answer.content.decode()
    report.refresh_from_db()
    assert report.sections.filter(edited=False).count() == 0

    signatory.post(desk("desk_sign", report))
    with django_capture_on_commit_callbacks(execute=True):
        publisher.post(desk("desk_publish", report))
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED

    citizen = Client()
    listing = citizen.get("/reports/").content.decode()
    assert f'href="{report.get_absolute_url()}"' in listing
    page = citizen.get(report.get_absolute_url())
    assert page.content == read_baked(report.public_id)
    for name in PUBLISHED + (["report.pdf"] if fonts.available() else []):
        address = reverse("annualreport:file", args=[report.public_id, name])
        assert address in page.content.decode()
        answer = citizen.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == exports.TYPES[name.rpartition(".")[2]]
    answer = citizen.get(reverse("annualreport:file", args=[report.public_id, "report.docx"]))
    assert report.title in unquote(answer.headers["Content-Disposition"])
    assert report.title in "".join(line.text for line in docx.Document(io.BytesIO(answer.content)).paragraphs).replace(
        "\n", ""
    )


def test_downloads_are_the_same_bytes_ever_after(finance: Any) -> None:
    report = finance.published()
    address = reverse("annualreport:file", args=[report.public_id, "report.docx"])
    first = Client().get(address).content
    report.sections.filter(number="1.4").update(text="偷改")
    assert Client().get(address).content == first


@pytest.mark.parametrize("state", ["written", "signed"])
def test_the_public_sees_nothing_before_publication(finance: Any, state: str) -> None:
    report = getattr(finance, state)()
    assert Client().get(report.get_absolute_url()).status_code == 404
    assert Client().get(f"{report.get_absolute_url()}report.docx").status_code == 404
    assert report.title not in Client().get("/reports/").content.decode()


GET = [("desk_report",), ("desk_preview",), ("desk_picture", 1), ("desk_export", "docx")]
POST = [("desk_sign",), ("desk_return",), ("desk_publish",)]


def test_another_organs_people_find_nothing(finance: Any, education: Any, county: Any, enter: Any) -> None:
    report = finance.signed()
    for role in (Role.STATISTICIAN, Role.SIGNATORY, Role.PUBLISHER, Role.DRAFTER):
        client = enter(county.person("教育局", role))
        for name, *more in GET:
            assert client.get(desk(name, report, *more)).status_code == 404
        for name, *more in POST:
            assert client.post(desk(name, report, *more)).status_code == 404
        assert report.title not in client.get(reverse("annualreport:desk_reports")).content.decode()
    report.refresh_from_db()
    assert report.state == ReportState.SIGNED


def test_strangers_are_sent_to_the_log_in(finance: Any) -> None:
    report = finance.signed()
    for name, *more in GET:
        assert Client().get(desk(name, report, *more)).status_code == 302
    for name, *more in POST:
        assert Client().post(desk(name, report, *more)).status_code == 302
    report.refresh_from_db()
    assert report.state == ReportState.SIGNED


def test_each_role_does_only_its_own(finance: Any, county: Any, enter: Any) -> None:
    report = finance.signed()
    for role in (Role.STATISTICIAN, Role.DRAFTER, Role.HANDLER, Role.REVIEWER):
        enter(county.person("财政局", role)).post(desk("desk_publish", report))
        report.refresh_from_db()
        assert report.state == ReportState.SIGNED, role
    assert enter(county.person("县政府", Role.DISCLOSURE_OFFICE)).get(desk("desk_report", report)).status_code == 200


def test_a_greyed_button_says_why(finance: Any, enter: Any) -> None:
    page = enter(finance.signatory).get(desk("desk_report", finance.compiled())).content.decode()
    assert "处没有写完或者核改" in page


def test_what_was_typed_stays_when_another_was_faster(finance: Any, enter: Any) -> None:
    report = finance.compiled()
    data = fill(report, **{"1_4": "我写的平台建设。"})
    client = enter(finance.author)
    client.post(desk("desk_report", report), fill(report))
    answer = client.post(desk("desk_report", report), data)
    page = answer.content.decode()
    assert "您打开后别人改过这份报告" in page
    assert "我写的平台建设。" in page
    assert report.sections.get(number="1.4").text == "已写。"


def test_only_what_was_changed_or_ticked_counts_as_edited(finance: Any, enter: Any) -> None:
    report = finance.compiled()
    data = {name: value for name, value in fill(report).items() if not name.startswith("done_")}
    data["text_1_4"] = "专栏正常运行。"
    for row in report.sections.exclude(number="1.4"):
        data[f"text_{row.number.replace('.', '_')}"] = row.text
    enter(finance.author).post(desk("desk_report", report), data)
    assert list(report.sections.filter(edited=True).values_list("number", flat=True)) == ["1.4"]


def test_a_figure_in_the_preview_opens_its_records(finance: Any, enter: Any) -> None:
    page = enter(finance.author).get(desk("desk_preview", finance.compiled())).content.decode()
    assert f'href="{reverse("statistics:cell", args=[2025, "t3.r1.total"])}"' in page


def test_drafts_are_exported_as_drafts(finance: Any, enter: Any) -> None:
    report = finance.compiled()
    client = enter(finance.author)
    answer = client.get(desk("desk_export", report, "docx"))
    assert "（草稿）" in unquote(answer.headers["Content-Disposition"])
    assert client.get(desk("desk_export", report, "exe")).status_code == 404


def test_without_fonts_the_desk_says_so_and_the_rest_works(
    finance: Any, enter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_families", lambda paths: frozenset())
    report = finance.compiled()
    client = enter(finance.author)
    page = client.get(desk("desk_export", report, "pdf"), follow=True).content.decode()
    assert "fonts-noto-cjk" in page
    for kind in ("docx", "xlsx", "json"):
        assert client.get(desk("desk_export", report, kind)).status_code == 200


def test_years_that_were_never_reported_are_not_compiled(finance: Any, enter: Any) -> None:
    client = enter(finance.author)
    for wrong in ("2013/own", "abc/own", "", "2025/region", "99999/own"):
        assert client.post(reverse("annualreport:desk_compile"), {"of": wrong}).status_code == 404


def test_the_page_holds_no_style_and_no_script_of_its_own(finance: Any) -> None:
    page = Client().get(finance.published().get_absolute_url()).content.decode()
    assert " style=" not in page
    body = page[page.index("<article") : page.index("</article>")]
    assert "<script" not in body
    assert body.count("<caption") == 3
    assert 'alt="办理结果：予以公开24件' in body


def test_a_town_counts_down_to_its_own_day(county: Any) -> None:
    TOWN_DAY.change("02-15", by=county.person("县政府", Role.DISCLOSURE_OFFICE))
    town = county.person("河口镇", Role.STATISTICIAN)
    [task] = tasks(town, on=date(2026, 1, 12))
    assert task.due == date(2026, 2, 15)
    office = county.person("县政府", Role.DISCLOSURE_OFFICE)
    found = [task.due for task in tasks(office, on=date(2026, 1, 12)) if "年度报告" in task.title]
    assert found == [date(2026, 3, 31)]


def test_the_list_counts_down(finance: Any, enter: Any) -> None:
    with on_day(date(2026, 1, 12)):
        page = enter(finance.author).get(reverse("annualreport:desk_reports")).content.decode()
    assert "14" in page.split("可以编制的报告")[1].split("</tr>")[1]


def heads(page: str) -> dict[str, list[str]]:
    """Table id → the scopes of its head cells, in order."""
    found = {}
    for table in page.split('<table class="official" id="')[1:]:
        body = table.split("</table>")[0]
        found[body.split('"')[0]] = re.findall(r'<th scope="(\w+)"', body)
        assert body.count("<th ") == len(found[body.split('"')[0]])
        assert body.count("<caption") == 1
    return found


def test_a_screen_reader_is_told_what_each_head_is_of(finance: Any) -> None:
    found = heads(Client().get(finance.published().get_absolute_url()).content.decode())
    assert set(found) == {"t2", "t3", "t4"}
    assert set(found["t3"]) == {"col", "colgroup", "row", "rowgroup"}
    assert set(found["t4"]) == {"col", "colgroup"}


def test_the_three_tables_stand_on_one_page_as_the_form_prints_them(finance: Any, enter: Any) -> None:
    report = finance.compiled()
    page = enter(finance.author).get(desk("desk_tables", report)).content.decode()
    assert [head for head in re.findall(r"<h2 id=[^>]+>([^<]+)", page) if "、" in head] == [
        table.title for table in form_of("2021").layout
    ]
    for table in form_of("2021").layout:
        drawn = page.split(f'id="{table.id}"')[1].split("</table>")[0]
        words = [html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<th[^>]*>(.*?)</th>", drawn, re.S)]
        assert words == [box.text for row in table.rows for box in row if box.cell is None]


def test_the_report_waits_for_the_right_people(finance: Any, education: Any) -> None:
    january = date(2026, 1, 12)

    def kinds(user: Any, on: date = january) -> list[str]:
        user.__dict__.pop("_posts", None)
        return [task.kind for task in tasks(user, on=on)]

    [task] = tasks(finance.author, on=january)
    assert (task.kind, task.note, task.due, task.days_left) == ("编制年报", "先在统计表中冻结数", date(2026, 1, 31), 14)
    assert kinds(finance.publisher) == []
    finance.frozen(2025)
    [task] = tasks(finance.author, on=january)
    assert (task.kind, task.note) == ("编制年报", "数已冻结")
    assert kinds(finance.author, date(2026, 6, 1)) == []
    Report.objects.all().delete()
    report = finance.written()
    assert kinds(finance.author) == []
    assert kinds(finance.signatory) == ["签发年报"]
    sign(report, by=finance.signatory, today=january)
    [task] = tasks(finance.publisher, on=january)
    assert (task.kind, task.due, task.days_left) == ("公布年报", date(2026, 1, 31), 14)
    assert kinds(education.publisher) == []
