"""The look: lamps in words, nothing inline, nothing too young for Chromium 86, vendored bytes as they came."""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path

from gongkai.design import components, frames, samples, words
from gongkai.design.lamp import lamp

SOURCE = Path(frames.__file__).parents[1]
DESIGN = SOURCE / "design"
VENDOR = DESIGN / "static" / "vendor"
TEMPLATES = sorted([*SOURCE.glob("*/templates/**/*.html"), *SOURCE.glob("*/jinja2/**/*.html")])
OWN_CSS = sorted(p for p in SOURCE.glob("*/static/**/*.css") if "vendor" not in p.parts)
OWN_JS = sorted(p for p in SOURCE.glob("*/static/**/*.js") if "vendor" not in p.parts)
CHROMIUM = Path("/usr/bin/chromium")

urlpatterns = [path("design/", include("gongkai.design.urls"))]  # this module is the tests' ROOT_URLCONF


@pytest.fixture
def client(settings: Any) -> Client:
    """The design on its own: no other app's middleware, context or urls."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    settings.STATIC_URL = "/static/"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "APP_DIRS": True,
            "OPTIONS": {"environment": "gongkai.design.environment.environment"},
        },
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
    ]
    return Client()


# ---- lamps ----

DUE = date(2026, 12, 4)  # a Friday


@pytest.mark.parametrize(
    ("days_left", "colour", "said"),
    [
        (20, "green", "剩 20 个工作日（12 月 4 日到期）"),
        (6, "green", "剩 6 个工作日（12 月 4 日到期）"),
        (5, "yellow", "剩 5 个工作日（12 月 4 日到期）"),
        (3, "yellow", "剩 3 个工作日（12 月 4 日到期）"),
        (2, "orange", "剩 2 个工作日（12 月 4 日到期）"),
        (1, "orange", "剩 1 个工作日（12 月 4 日到期）"),
        (0, "orange", "今日到期"),
        (-1, "red", "已超期 1 个工作日"),
        (-2, "red", "已超期 2 个工作日"),
        (None, "off", "期限未起算或已停止"),
    ],
)
def test_lamp_at_each_boundary(days_left: int | None, colour: str, said: str) -> None:
    shown = lamp(days_left, DUE)
    assert (shown.colour, shown.words) == (colour, said)
    html = components.lamp(days_left, DUE)
    assert f"lamp-{colour}" in html
    assert said in re.sub(r"<[^>]+>", "", html)


def test_lamp_on_the_weekend_after_the_last_day_is_overdue() -> None:
    """No working day has passed since Friday, yet Saturday is not "today": the contract's days_left is 0."""
    assert lamp(0, DUE, date(2026, 12, 4)).words == "今日到期"
    saturday = lamp(0, DUE, date(2026, 12, 5))
    assert (saturday.colour, saturday.words) == ("red", "已超期（12 月 4 日到期）")


def test_lamp_names_the_year_only_when_it_is_another() -> None:
    assert lamp(8, date(2027, 1, 4), date(2026, 12, 20)).words == "剩 8 个工作日（2027 年 1 月 4 日到期）"
    assert lamp(8, date(2026, 12, 4), date(2026, 11, 24)).words == "剩 8 个工作日（12 月 4 日到期）"


# ---- written forms ----


def test_instants_are_written_in_beijing_time() -> None:
    late_evening_utc = datetime(2026, 4, 5, 18, 30, tzinfo=UTC)
    assert words.minute(late_evening_utc) == "2026-04-06 02:30"
    assert words.day(late_evening_utc) == "2026-04-06"
    assert words.long_day(late_evening_utc) == "2026年4月6日"
    assert words.long_day(None) == "" and words.day(None) == ""


@pytest.mark.parametrize(
    ("octets", "written"), [(0, "0 B"), (1023, "1023 B"), (26_624, "26 KB"), (1_258_291, "1.2 MB")]
)
def test_file_sizes(octets: int, written: str) -> None:
    assert words.file_size(octets) == written


def test_file_kinds() -> None:
    assert [words.file_kind(n) for n in ("a.docx", "b.PDF", "c.dwg", "无后缀")] == ["Word", "PDF", "DWG", ""]


@pytest.mark.parametrize(
    ("page", "pages", "row"),
    [
        (1, 1, [1]),
        (7, 7, [7, 6, 5, None, 1]),
        (5, 7, [7, 6, 5, 4, 3, 2, 1]),
        (1, 7, [7, None, 3, 2, 1]),
        (50, 100, [100, None, 52, 51, 50, 49, 48, None, 1]),
    ],
)
def test_pages_are_numbered_from_the_oldest_and_shown_newest_first(
    page: int, pages: int, row: list[int | None]
) -> None:
    assert frames.page_numbers(page, pages) == row


# ---- nothing inline, nothing too young ----

INLINE = {
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"(?:href|src)\s*=\s*[\"']?\s*javascript:", re.I),
    "outside resource": re.compile(r"<(?:script|img|link|iframe)[^>]+(?:src|href)=[\"']?(?:https?:)?//", re.I),
    "data picture": re.compile(r"=[\"']?data:image", re.I),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_templates_have_nothing_inline(template: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.S)
    found = {name: pattern.findall(text) for name, pattern in INLINE.items() if pattern.search(text)}
    assert not found


# Younger than Chromium 86, with the version that brought it.
YOUNG_CSS = {
    ":has() 105": r":has\(",
    ":is() 88": r":is\(",
    ":where() 88": r":where\(",
    ":not() with a list 88": r":not\([^()]*,",
    "container queries 105": r"@container|container-type",
    "cascade layers 99": r"@layer",
    "nesting 112": r"&\s*[:.\[ ]|\{[^{}]*\{[^{}]*\{",
    "aspect-ratio 88": r"aspect-ratio\s*:",
    "inset 87": r"(?<![\w-])inset\s*:",
    "two-sided logical shorthands 87": r"(?:margin|padding|inset)-(?:inline|block)\s*:",
    "accent-color 93": r"accent-color",
    "color-mix 111": r"color-mix\(",
    "dynamic viewport units 108": r"\d[dsl]v[hw]\b",
    "overflow: clip 90": r"overflow[\w-]*:\s*clip",
    "text-wrap 114": r"text-wrap\s*:",
    "media ranges 104": r"@media[^{]*[<>]",
    "print-color-adjust without prefix 136": r"(?<![\w-])print-color-adjust",
    "page margin boxes 131": r"@(?:top|bottom)-(?:left|center|right)",
    "an import": r"@import",
    "a data: picture": r"url\([\"']?data:",
    "an outside address": r"url\([\"']?(?:https?:)?//",
}
YOUNG_JS = {
    "structuredClone 98": r"structuredClone",
    "at() 92": r"\.at\(",
    "Object.hasOwn 93": r"Object\.hasOwn",
    "toSorted 110": r"\.to(?:Sorted|Reversed|Spliced)\(",
    "findLast 97": r"\.findLast",
    "inert 102": r"\.inert\b",
    "evaluated text": r"\beval\(|new Function|(?:inner|outer)HTML\s*=",
    "an outside address": r"https?://",
}


def young(text: str, rules: dict[str, str]) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return [name for name, pattern in rules.items() if re.search(pattern, text)]


@pytest.mark.parametrize("sheet", OWN_CSS, ids=lambda p: p.name)
def test_stylesheets_hold_for_chromium_86(sheet: Path) -> None:
    assert young(sheet.read_text(encoding="utf-8"), YOUNG_CSS) == []


@pytest.mark.parametrize("script", OWN_JS, ids=lambda p: p.name)
def test_scripts_hold_for_chromium_86(script: Path) -> None:
    assert young(script.read_text(encoding="utf-8"), YOUNG_JS) == []


@pytest.mark.parametrize(
    "css",
    [
        "a:has(b) { }",
        "a:not(b, c) { }",
        ".a { & .b { color: red } }",
        ".a { inset: 0 }",
        "@media print { .a { .b { color: red } } }",
        ".a { height: 100dvh }",
    ],
)
def test_the_lint_sees_what_is_too_young(css: str) -> None:
    assert young(css, YOUNG_CSS)


# ---- vendored files ----


@pytest.mark.parametrize("folder", sorted(p for p in VENDOR.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_vendored_files_are_the_recorded_bytes(folder: Path) -> None:
    assert re.fullmatch(r"[a-z-]+-\d+(\.\d+)+", folder.name)
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    there = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
    del there["SHA256SUMS"]
    assert there == sums
    assert "LICENSE" in there


def test_vendored_stylesheets_need_no_data_picture_and_no_map() -> None:
    for sheet in VENDOR.glob("*/*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "data:" not in text and "sourceMappingURL" not in text


def test_every_icon_named_is_in_the_sprite() -> None:
    there = set(re.findall(r'<symbol id="([^"]+)"', (DESIGN / "static" / components.SPRITE).read_text("utf-8")))
    named = set()
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        named |= set(re.findall(r'\{%-? icon "([^"]+)"', text)) | set(re.findall(r'\bicon\("([^"]+)"\)', text))
        named |= set(re.findall(r'symbol="([^"]+)"', text))
    assert named and named <= there


def test_static_files_that_templates_name_exist() -> None:
    for template in TEMPLATES:
        for name in re.findall(r'static\s*\(?\s*"([^"]+)"', template.read_text(encoding="utf-8")):
            assert finders.find(name), f"{template.name}: {name}"


def test_no_template_name_is_in_both_languages() -> None:
    """Django asks one engine after the other: a name in both would hide one of the two."""

    def names(kind: str) -> set[str]:
        return {str(p.relative_to(root)) for root in SOURCE.glob(f"*/{kind}") for p in root.rglob("*.html")}

    assert not names("templates") & names("jinja2")


# ---- components ----


class Sheet(forms.Form):
    title = forms.CharField(label="标题", help_text="照首页抄写")
    kind = forms.ChoiceField(label="类别", widget=forms.RadioSelect, choices=[("a", "甲"), ("b", "乙")])
    copies = forms.IntegerField(label="份数", min_value=1)
    agreed = forms.BooleanField(label="已审查")
    note = forms.CharField(label="备注", required=False, error_messages={"required": "另有说法"})


def test_field_ties_label_hint_and_error_to_its_control(client: Client) -> None:
    form = Sheet({"copies": "0"})
    html = components.field(form["title"])
    assert '<label class="field-label" for="id_title">' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html and 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html and "必填" in html
    assert "请填写标题" in html


def test_group_of_choices_is_a_fieldset(client: Client) -> None:
    html = components.field(Sheet({})["kind"])
    assert "<fieldset" in html and "<legend" in html and "请选择类别" in html


def test_error_summary_leads_to_every_field_and_says_what_was_kept(client: Client) -> None:
    html = components.error_summary(Sheet({"copies": "0"}))
    assert re.findall(r'href="(#[^"]+)">([^<]+)<', html) == [
        ("#id_title", "请填写标题"),
        ("#id_kind_0", "请选择类别"),
        ("#id_copies", "份数：确保该值大于或等于1。"),
        ("#id_agreed", "请勾选“已审查”"),
    ]
    assert "有 4 处需要更正" in html and "都保留着" in html
    page = "".join(components.field(bound) for bound in Sheet({"copies": "0"}))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in page


def test_error_summary_is_empty_when_nothing_is_wrong(client: Client) -> None:
    right = Sheet({"title": "甲", "kind": "a", "copies": "1", "agreed": "on"})
    assert components.error_summary(Sheet(), right, None) == ""


def test_error_summary_takes_formsets_and_escapes_what_was_typed(client: Client) -> None:
    formset = forms.formset_factory(Sheet, extra=1)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-kind": "<b>x</b>"}
    )
    html = components.error_summary(formset)
    assert 'href="#id_form-0-title"' in html
    assert "<b>x" not in html and "&lt;b&gt;x" in html


def test_refused_act_stays_reachable_and_says_why(client: Client) -> None:
    refusal = samples.SampleRefusal("拟稿人不能签发自己拟的稿。", "条例第十七条")
    html = components.act("签发", "/sign", refusal, post=True, csrf_token="t")
    assert 'aria-disabled="true"' in html and " disabled" not in html
    why = re.search(r'aria-describedby="([^"]+)"', html)
    assert why and f'id="{why[1]}"' in html
    assert refusal.message in html and refusal.article in html
    assert "<form" not in html and "/sign" not in html


def test_act_posts_with_its_token_and_field(client: Client) -> None:
    tag = Template('{% load design %}{% act "登记" "/r" None post=True name="verb" value="register" %}')
    html = tag.render(Context({"csrf_token": "TOKEN"}))
    assert 'method="post" action="/r"' in html
    assert 'name="csrfmiddlewaretoken" value="TOKEN"' in html
    assert 'name="verb" value="register"' in html


def test_cell_opens_its_records_and_writes_the_failing_sum_beside(client: Client) -> None:
    html = components.cell(21, url="/records", failing="19 + 1 = 20，表上是 21", label="总计")
    assert '<a href="/records">21</a>' in html
    assert "figure-failing" in html and "19 + 1 = 20" in html and 'data-label="总计"' in html
    assert "0</td>" in components.cell(0)
    assert "空" in components.cell(None) and "0" not in components.cell(None)


def test_values_are_escaped(client: Client) -> None:
    nasty = "<script>x</script>"
    for html in (
        components.facts([(nasty, nasty)]),
        components.timeline([{"at": nasty, "words": nasty, "by": nasty, "note": nasty, "article": nasty}]),
        components.empty_state(nasty, nasty),
        components.act(nasty, nasty),
        components.cell(nasty, url=nasty, failing=nasty),
        components.legal_date(DUE, nasty),
        components.day_line([{"day": DUE, "state": "due", "words": nasty}]),
    ):
        assert "<script" not in html


def test_keyset_pager_has_no_dead_links(client: Client) -> None:
    assert components.keyset_pager(None, None) == ""
    html = components.keyset_pager(None, "?after=9")
    assert "<span>上一页</span>" in html and '<a href="?after=9" rel="next">下一页</a>' in html


# ---- frames ----


def test_public_frame_has_the_seven_elements_and_the_site_tags(client: Client) -> None:
    html = render_to_string("design/sample_list.html", samples.list_page())
    for element in (
        "党政机关网站标识",
        "我为政府网站找错",
        "网站标识码",
        "主办单位",
        "联系方式",
        "ICP 备案",
        "公安备案",
        "站点地图",
    ):
        assert element in html, element
    assert re.findall(r'<meta name="([A-Z]\w+)"', html) == [
        "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
    ]  # fmt: skip


def test_document_page_has_the_content_tags_by_name_and_form(client: Client) -> None:
    html = render_to_string("design/document.html", samples.document_page())
    assert re.findall(r'<meta name="((?:Article|Pub|Content)\w+)" content="([^"]*)"', html) == [
        ("ArticleTitle", "云川县人民政府关于印发县城供水管网改造三年行动方案的通知"),
        ("PubDate", "2026-11-30 16:34"),
        ("ContentSource", "县政府办公室"),
    ]


def test_a_footer_element_not_known_is_not_shown(client: Client) -> None:
    html = render_to_string("design/public.html", {"site": frames.Site(name="甲县人民政府")})
    for element in ("党政机关网站标识", "我为政府网站找错", "ICP 备案", "公安备案", "站点地图", "演示"):
        assert element not in html


def test_demonstration_is_said_on_public_and_desk_pages(client: Client) -> None:
    public = render_to_string("design/public.html", {"site": frames.Site(name="甲县", demonstration=True)})
    assert "演示" in public
    desk = engines["django"].get_template("design/desk.html")
    assert "演示" in desk.render({"demonstration": True, "csrf_token": "t"})
    assert "演示" not in desk.render({"csrf_token": "t"})


def test_desk_title_is_the_heading_too(client: Client) -> None:
    page = Template('{% extends "design/desk.html" %}{% block title %}申请 & 登记{% endblock %}')
    html = page.render(Context({"organ": "县水利局"}))
    assert "<title>申请 & 登记 · 县水利局</title>" in html and "<h1>申请 & 登记</h1>" in html


def test_menu_marks_where_one_is(client: Client) -> None:
    menu = [
        frames.Link(
            "依申请公开", children=(frames.Link("申请", "/a", "cases", count=2), frames.Link("登记", "/b", "new"))
        )
    ]
    html = engines["django"].get_template("design/desk.html").render({"menu": menu, "section": "cases"})
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', html) == ["/a"]


PAGES = ["", *(f"page/{name}/" for name in samples.PAGES)]


@pytest.mark.parametrize("page", PAGES)
def test_gallery_pages_render_with_each_id_once(client: Client, page: str) -> None:
    response = client.get(f"/design/{page}")
    assert response.status_code == 200
    ids = re.findall(r'\sid="([^"]+)"', response.content.decode())
    assert len(ids) == len(set(ids))


def test_unknown_sample_is_404(client: Client) -> None:
    assert client.get("/design/page/none/").status_code == 404


# ---- in a real browser ----


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        if os.environ.get("GONGKAI_STRICT") == "1":
            pytest.fail("缺少 Chromium")
        pytest.skip("缺少 Chromium")
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*quiet, "--disable-sync", "--no-first-run"]
        )
        yield chromium
        chromium.close()


def open_page(browser: Any, client: Client, width: int, script: bool = True) -> Any:
    """A page whose requests the test client answers: no server, no port."""

    def answer(route: Any) -> None:
        address = "/" + route.request.url.split("/", 3)[3].split("?")[0]
        if address.startswith("/static/"):
            route.fulfill(path=finders.find(address.removeprefix("/static/")))
        else:
            route.fulfill(body=client.get(address).content.decode(), content_type="text/html; charset=utf-8")

    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    context.route("**/*", answer)
    return context.new_page()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_scrolls_sideways_and_axe_finds_nothing(browser: Any, client: Client, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(browser, client, width)
    for address in PAGES:
        page.goto(f"http://design.test/design/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["target"]) for v in violations] == [], address
    page.context.close()


@pytest.mark.browser
def test_care_edition_is_remembered_with_script_and_works_without(browser: Any, client: Client) -> None:
    def text_size(page: Any) -> str:
        return page.locator(".entries a").first.evaluate("a => getComputedStyle(a).fontSize")

    page = open_page(browser, client, 1366)
    page.goto("http://design.test/design/page/list/")
    assert text_size(page) == "16px"
    page.click(".care-enter")
    assert text_size(page) == "22px"
    page.goto("http://design.test/design/page/home/")
    assert text_size(page) == "22px"
    page.click(".care-exit")
    assert text_size(page) == "16px"
    page.reload()
    assert text_size(page) == "16px"
    page.context.close()

    bare = open_page(browser, client, 1366, script=False)
    bare.goto("http://design.test/design/page/list/")
    bare.click(".care-enter")
    assert bare.locator(".care-exit").is_visible()
    assert bare.locator(".care-exit").bounding_box()["height"] >= 48
    bare.click(".care-exit")
    assert not bare.locator(".care-exit").is_visible()
    assert bare.locator("[data-print]").count() == 0 or not bare.locator("[data-print]").is_visible()
    bare.context.close()


@pytest.mark.browser
def test_refusal_of_a_greyed_act_shows_on_focus(browser: Any, client: Client) -> None:
    page = open_page(browser, client, 1366)
    page.goto("http://design.test/design/")
    greyed = page.locator(".desk-heading .act-refused")
    why = greyed.locator(".act-why")
    assert why.bounding_box()["x"] < 0
    greyed.locator("button").focus()
    assert why.bounding_box()["x"] > 0
    page.context.close()


def test_acts_that_are_refused_for_one_reason_say_it_once(client: Client) -> None:
    why = samples.SampleRefusal("由登记人登记", "条例第五十一条")
    offers = [
        components.Offer("甲", "/a", why), components.Offer("乙", "/b", post=True, name="k", value="v"),
        components.Offer("丙", "/c", samples.SampleRefusal("由登记人登记", "条例第五十一条")),
        components.Offer("丁<", "/d", samples.SampleRefusal("还没有审结", "")),
    ]  # fmt: skip
    html = Template("{% load design %}{% acts offers %}").render(Context({"csrf_token": "T", "offers": offers}))
    assert html.count(why.message) == 1 and html.count('aria-disabled="true"') == 3
    same = set(re.findall(r'aria-describedby="([^"]+)"', html))
    assert len(same) == 2 and all(html.count(f'id="{one}"') == 1 for one in same)
    assert html.index("乙") < html.index("甲") and 'name="k" value="v"' in html and 'value="T"' in html
    assert "丁&lt;" in html and "/a" not in html
