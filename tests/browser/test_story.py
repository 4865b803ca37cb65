"""One year, walked at the screen by everybody who has a part in it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from citizen import picture
from gongkai_core.reading import read as read_paper

TITLE = "青禾县人民政府关于公布便民服务站名单的通知"
WISH = "2026年便民服务站建设资金安排表"
PICTURE = {"name": "证件.png", "mimeType": "image/png", "buffer": picture("证件.png", png=True).read()}

Visitor = Callable[..., Page]


class Story:
    """The people of one demonstration, each with a browser of their own, and what they pass on."""

    def __init__(self, visitor: Visitor, axe: Callable[[Page], None]) -> None:
        self.visitor, self.axe = visitor, axe
        self.pages: dict[str, Page] = {}
        self.addresses: list[str] = []

    def at(self, role: str) -> Page:
        """The page of whoever holds the role at the county government, logged in by its button."""
        if role not in self.pages:
            page = self.pages[role] = self.visitor()
            page.goto("/desk/login/")
            page.get_by_role("button", name=re.compile(f"^{role}.*县政府")).first.click()
            expect(page.get_by_role("heading", name="工作台", level=1)).to_be_visible()
        return self.pages[role]

    def look(self, page: Page) -> None:
        self.axe(page)

    def press(self, page: Page, name: str) -> None:
        page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, page: Page, name: str) -> None:
        page.get_by_role("link", name=name, exact=True).first.click()


@pytest.fixture
def story(visitor: Visitor, axe: Callable[[Page], None]) -> Story:
    return Story(visitor, axe)


def published_item(story: Story) -> str:
    """Clerk, reviewer, publisher: an item from draft to the portal. Returns its desk address."""
    page = story.at("拟稿人")
    page.goto("/desk/publishing/new/")
    page.get_by_label("标题").fill(TITLE)
    page.locator("select[name=column]").select_option(label="规章和规范性文件")
    page.get_by_label("发文字号").fill(f"青政发〔{date.today().year}〕88号")
    page.locator("input[name=formed_on]").fill(date.today().isoformat())
    page.locator(".rich").fill("各乡镇人民政府：\n现将便民服务站名单公布如下。")
    story.look(page)
    story.press(page, "送审")
    expect(page.locator("main")).to_contain_text("待审核")
    address = page.url
    page.goto(re.sub(r"(items/[^/]+/).*", r"\1review/", address))
    expect(page.locator("main")).to_contain_text("审核人办理")
    # The office reviews what the government itself publishes; the gates are the reviewer's.
    for role, gated in (("审核人", True), ("政务公开办", False)):
        page = story.at(role)
        page.goto(address)
        story.look(page)
        page.goto(f"{address}review/")
        expect(page.locator("input[name=passed]")).to_have_count(int(gated))
        if gated:
            page.locator("input[name=passed]").check()
        story.look(page)
        page.locator("button[name=verdict][value=approve]").click()
        expect(page.locator("main")).to_contain_text("已通过")
    page = story.at("签发人")
    page.goto(f"{address}sign/")
    page.locator("button[name=verdict][value=approve]").click()
    expect(page.locator("main")).to_contain_text("已公开")
    return address


def test_one_year_end_to_end(story: Story, visitor: Visitor, tmp_path: Path) -> None:
    item = published_item(story)
    citizen = visitor()
    citizen.goto("/")
    story.follow(citizen, TITLE)
    expect(citizen.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(citizen.locator("main")).to_contain_text(f"青政发〔{date.today().year}〕88号")
    story.look(citizen)

    number, code = applied(story, citizen)
    thought_better_of(story, citizen, number, code)
    case = answered(story, number, tmp_path)
    fetched(story, citizen, number, code, tmp_path)

    counted(story, number)
    report = reported(story)
    downloaded(report, visitor(), tmp_path)
    foreign(visitor(), [item, case])


def applied(story: Story, page: Page) -> tuple[str, str]:
    """The citizen's five steps. Returns number and query code."""
    page.goto("/apply/")
    story.look(page)
    page.goto("/apply/organ/")
    page.locator("input[name=organ]").first.check()
    forward(story, page)
    page.locator("input[type=checkbox]").first.check()
    forward(story, page)
    page.locator("input[name=kind][value=natural_person]").check()
    forward(story, page)
    page.locator("input[name=name]").fill("欧阳若水")
    page.locator("select[name=id_type]").select_option("resident")
    page.locator("input[name=id_number]").fill("11010119900307125X")
    for field in ("id_front", "id_back"):
        page.locator(f"input[name={field}]").set_input_files(PICTURE)
    forward(story, page)
    page.locator("input[name=phone]").fill("13812345678")
    forward(story, page)
    page.locator("input[name=by_agent][value=no]").check()
    forward(story, page)
    page.locator("textarea[name=info_desc]").fill(WISH)
    forward(story, page)
    expect(page.locator("main")).to_contain_text(TITLE)  # what is public already is shown first
    forward(story, page)
    page.locator("input[name=provide_form][value=electronic]").check()
    page.locator("input[name=provide_route][value=online]").check()
    forward(story, page)
    expect(page.locator("main")).to_contain_text(WISH)
    expect(page.locator("main")).to_contain_text("不用答题")
    expect(page.locator("input[name=answer]")).to_be_hidden()
    page.locator("input[name=promise]").check()
    forward(story, page)
    receipt = page.locator("main").inner_text()
    expect(page.locator("main")).to_contain_text("20个工作日")
    number = re.search(r"青政申〔\d{4}〕\d+号", receipt)
    code = re.search(r"\b[A-Z2-7]{6}(?:-[A-Z2-7]{6}){3}\b", receipt)
    assert number and code, receipt
    return number[0], code[0]


def forward(story: Story, page: Page) -> None:
    """Look at the step, then press its one primary button."""
    story.look(page)
    page.locator("main form[method=post] button.btn-primary").last.click()
    page.wait_for_load_state()


def answered(story: Story, number: str, tmp_path: Path) -> str:
    """Registrar, handler, legal and secrecy reviewer, signatory: a formal notice in time. Returns the case's address."""
    registrar = story.at("申请登记员")
    registrar.goto("/desk/")
    story.look(registrar)
    registrar.get_by_role("link", name=re.compile(re.escape(number))).first.click()
    case = registrar.url
    act(registrar, case, "register", {"subject": WISH})
    act(registrar, case, "assign", {})
    handler = story.at("承办人")
    act(handler, case, "start_examination", {})
    act(handler, case, "start_processing", {})
    handler.goto(f"{case}decision/?outcome=grant.provide")
    for name, value in {"provide_form": "电子数据", "pages": "2", "attachments": "资金安排表"}.items():
        handler.locator(f"[name=fact_{name}]").fill(value)
    story.look(handler)
    story.press(handler, "送审")
    legal = story.at("法制审核人")
    act(legal, case, "approve", {"approve": "1", "opinion": "同意"}, look=story.look)
    act(story.at("保密审查员"), case, "pass_secrecy", {"approve": "1", "opinion": "不涉密"})
    signatory = story.at("答复签发人")
    act(signatory, case, "sign", {}, look=story.look)
    stamped(handler, case)
    act(handler, case, "deliver", {"method": "online"})
    handler.goto(case)
    expect(handler.locator("main")).to_contain_text("办结")
    story.look(handler)
    return case


def stamped(handler: Page, case: str) -> None:
    """用印登记, and the paper as it comes back from the scanner."""
    act(handler, case, "record_sealing", {"sealed_by": "印章管理员"})
    handler.goto(case)
    handler.locator(".case-papers a").first.click()
    with handler.expect_download() as waiting:
        handler.get_by_role("link", name="下载 PDF").evaluate("link => { link.download = 'scan.pdf'; link.click() }")
    act(handler, case, "return_scan", {"scan": str(waiting.value.path())})


def act(page: Page, case: str, name: str, facts: dict[str, str], look: Callable[[Page], None] | None = None) -> None:
    """Open an act's page, fill what is named, and do it."""
    page.goto(f"{case}act/{name}/")
    for field, value in facts.items():
        control = page.locator(f"[name={field}]").first
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        elif control.get_attribute("type") == "file":
            control.set_input_files({"name": "扫描.pdf", "mimeType": "", "buffer": Path(value).read_bytes()})
        elif control.get_attribute("type") == "radio":
            page.locator(f"[name={field}][value='{value}']").check()
        elif control.get_attribute("type") == "checkbox":
            control.check()
        else:
            control.fill(value)
    if look:
        look(page)
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
    assert "/act/" not in page.url, page.locator("main").inner_text()


def asked(story: Story, page: Page, number: str, code: str) -> None:
    """The query page with the two things that open a case."""
    page.goto("/apply/status/")
    page.locator("input[name=number]").fill(number)
    page.locator("input[name=code]").fill(code)
    story.look(page)
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()


def thought_better_of(story: Story, page: Page, number: str, code: str) -> None:
    """The citizen opens the form by which an application is taken back, reads it, and leaves it."""
    asked(story, page, number, code)
    expect(page.locator("main")).to_contain_text("等待登记")
    story.press(page, "撤回申请")
    expect(page.get_by_label(re.compile("我确认撤回"))).to_be_visible()
    story.look(page)


def fetched(story: Story, page: Page, number: str, code: str, tmp_path: Path) -> None:
    """The citizen sees the answer on the status page and takes the stamped notice home."""
    asked(story, page, number, code)
    expect(page.locator("main")).to_contain_text("已答复")
    assert "欧阳若水" not in page.content()
    assert "13812345678" not in page.content()
    story.look(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("原件扫描")).first.click()
    file = tmp_path / "notice.pdf"
    waiting.value.save_as(file)
    words = "".join(read_paper(file.read_bytes(), "notice.pdf").text.split())
    assert "欧阳若水" in words
    assert "复议" in words


def counted(story: Story, number: str) -> None:
    """The statistician finds the application in this year's table, and the figure opens into it."""
    page = story.at("统计员")
    year = date.today().year
    page.goto(f"/desk/statistics/{year}/")
    story.look(page)
    page.locator("#t3\\.r3_1\\.natural_person a").click()
    expect(page.locator("main")).to_contain_text(number)
    story.look(page)


def reported(story: Story) -> str:
    """A year's report of the county: frozen and compiled by the office, gone through, signed by another, published."""
    page = story.at("政务公开办")
    page.goto("/desk/reports/")
    story.look(page)
    year = page.locator("td[data-label=年度]").first.inner_text()
    page.goto(f"/desk/statistics/{year}/?scope=region")
    page.get_by_role("button", name="冻结本年度的数").click()
    expect(page.locator("main")).to_contain_text("冻结")
    page.goto("/desk/reports/")
    offer = page.locator("tr", has=page.locator("td[data-label=年度]", has_text=year)).filter(has_text="全域")
    offer.get_by_role("button", name="编制").click()
    address = page.url
    for number in range(page.locator("main textarea").count()):
        box = page.locator("main textarea").nth(number)
        if not box.input_value().strip():
            box.fill(
                "各项工作按计划完成，开展了工作考核和社会评议，没有应当追究责任的情形。"
                "存在的问题：一是更新不够及时；二是解读形式单一。改进措施：按月提醒，增加图解。"
            )
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    story.look(page)
    story.press(page, "保存")
    page = story.at("答复签发人")
    page.goto(address)
    story.press(page, "签发")
    story.press(page, "公布")
    expect(page.locator("main")).to_contain_text("已公布")
    story.look(page)
    return address


def downloaded(report: str, page: Page, tmp_path: Path) -> None:
    """Anybody downloads the published report in its four formats; each file opens."""
    page.goto("/reports/")
    public = re.search(r"reports/([0-9a-f-]{36})/", report)
    assert public
    page.goto(f"/reports/{public[1]}/")
    contents = {}
    for name in ("Word", "PDF", "Excel", "JSON"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).first.click()
        file = tmp_path / f"report-{name}"
        waiting.value.save_as(file)
        contents[name] = file.read_bytes()
    assert contents["PDF"].startswith(b"%PDF-")
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(contents["Word"])).namelist()
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(contents["Excel"])).namelist()
    assert json.loads(contents["JSON"])["form"] == "2021"


def foreign(page: Page, addresses: list[str]) -> None:
    """A clerk of another organ finds nothing at any address of the story."""
    page.goto("/desk/login/")
    page.get_by_role("button", name=re.compile("^拟稿人(?!.*县政府)")).click()
    for address in addresses:
        for part in ("", "review/", "sign/", "act/sign/", "decision/", "sheet/"):
            answer = page.goto(address + part)
            assert answer is not None
            assert answer.status == 404, address + part
