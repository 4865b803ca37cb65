"""Many at once: one act over all organs' reports, who is missing, late or wrong, the digest, the 通报 draft."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.agencies.models import Role, User
from gongkai.annualreport import circular, digest, standing
from gongkai.annualreport.actions import can_start_batch, carry_out, publish, start_batch
from gongkai.annualreport.models import BulkLine, BulkRun, Collection, LineState, Report
from gongkai.outbox.models import Message
from gongkai.outbox.queue import drain
from gongkai.statistics.models import Snapshot
from gongkai_core.refusals import Refused

from .conftest import House

FEBRUARY = date(2026, 2, 12)
OWING = ["财政局", "教育局", "司法局", "河口镇"]


@pytest.fixture
def office(county: Any) -> User:
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


def run(act: str, office: User, year: int = 2025, today: date = FEBRUARY) -> dict[str, tuple[str, str]]:
    """Start a batch, let the worker do it: organ → (state, words)."""
    batch = start_batch(act, year, by=office, today=today)
    while drain():
        pass
    return {line.agency.short_name: (line.state, line.words) for line in batch.lines.select_related("agency")}


def test_from_freezing_to_collecting_in_one_act_each(county: Any, office: User, finance: Any) -> None:
    assert {state for state, _ in run("freeze", office).values()} == {LineState.DONE}
    assert sorted(Snapshot.objects.values_list("agency__short_name", flat=True)) == sorted(["县政府", *OWING])
    assert run("freeze", office)["财政局"][0] == LineState.LEFT
    assert {state for state, _ in run("compile", office).values()} == {LineState.DONE}
    assert sorted(Report.objects.values_list("agency__short_name", flat=True)) == sorted(OWING)
    assert run("compile", office)["教育局"] == (LineState.LEFT, "已有年报，编写中")
    state, words = run("check", office)["财政局"]
    assert state == LineState.FOUND
    assert "没有写完或者核改：" in words
    assert "列出 2 个以上的主要问题" in words
    assert run("collect", office)["财政局"] == (
        LineState.REFUSED, "年报还没有签发，不能收（依据：条例第四十九条第一款）",
    )  # fmt: skip
    assert not Collection.objects.exists()


def test_without_frozen_figures_nothing_is_compiled_and_the_line_says_so(county: Any, office: User) -> None:
    found = run("compile", office)
    assert set(found) == set(OWING)
    for state, words in found.values():
        assert state == LineState.REFUSED
        assert "2025 年度的数还没有冻结" in words
    assert not Report.objects.exists()


def test_one_refusal_leaves_the_others_alone(county: Any, office: User, education: Any) -> None:
    education.frozen(2025)
    found = run("compile", office)
    assert found["教育局"][0] == LineState.DONE
    assert found["财政局"][0] == LineState.REFUSED
    assert Report.objects.get().agency == education.agency


def test_what_is_collected_is_the_report_and_again_when_it_changed(county: Any, office: User, finance: Any) -> None:
    report = finance.published()
    assert run("collect", office)["财政局"] == (LineState.DONE, "已收到")
    taken = Collection.objects.get()
    assert taken.blob == report.current.files.get(name="report.docx").blob
    assert "内容没有变化" in run("collect", office)["财政局"][1]
    report.sections.filter(number="1.4").update(text="另一份。")
    assert run("collect", office)["财政局"][1] == "内容有变化，已重新收取"
    assert Collection.objects.count() == 1


def test_a_line_is_carried_out_once(county: Any, office: User, finance: Any) -> None:
    finance.frozen(2025)
    run("compile", office)
    line = BulkLine.objects.get(agency=finance.agency)
    Report.objects.all().delete()
    assert carry_out(line).words == "已编成草稿，待单位核改"
    assert not Report.objects.exists()


def test_progress_can_be_left_and_come_back_to(county: Any, office: User, enter: Any) -> None:
    client = enter(office)
    answer = client.post(reverse("annualreport:batch_start", args=[2025]), {"act": "freeze"})
    batch = BulkRun.objects.get()
    assert answer.headers["Location"] == reverse("annualreport:batch", args=[batch.public_id])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "还有 5 个单位待办" in page
    assert 'max="5" value="0"' in page
    again = client.post(reverse("annualreport:batch_start", args=[2025]), {"act": "freeze"}, follow=True)
    assert "正在办，办完才能再来一次" in again.content.decode()
    assert "已办 0／5" in again.content.decode()
    assert Message.objects.filter(topic="annualreport.batch", done_at=None).count() == 5
    drain()
    page = client.get(reverse("annualreport:batch", args=[batch.public_id])).content.decode()
    assert "已办完：已办 5" in page
    assert (
        "财政局"
        not in client.get(reverse("annualreport:batch", args=[batch.public_id]) + "?state=refused")
        .content.decode()
        .split("<tbody>")[1]
    )


def test_only_the_office_acts_on_all(county: Any, office: User, finance: Any, enter: Any) -> None:
    assert can_start_batch("freeze", 2025, by=finance.signatory, today=FEBRUARY).code == "needs_role"
    assert can_start_batch("freeze", 2026, by=office, today=FEBRUARY).code == "year_open"
    client = enter(finance.signatory)
    for name in ("all", "digest", "digest_file", "circular", "archive"):
        assert client.get(reverse(f"annualreport:{name}", args=[2025])).status_code == 404
    assert client.post(reverse("annualreport:batch_start", args=[2025]), {"act": "freeze"}).status_code == 404
    client = enter(office)
    assert client.post(reverse("annualreport:batch_start", args=[2025]), {"act": "drop"}).status_code == 404
    for year in (2013, 2099, 99999):
        assert client.get(reverse("annualreport:all", args=[year])).status_code == 404


# Who is missing, late or wrong ---------------------------------------------------------------------------------------


def published_late(house: House) -> Report:
    return publish(house.signed(), by=house.publisher, today=date(2026, 2, 6))


def wrong(house: House) -> Report:
    """Signed and published, then its text no longer tells the fee: as an import or an older rule may leave it."""
    report = house.published()
    report.sections.filter(number="6").update(text="无。")
    return report


@pytest.fixture
def four(county: Any) -> dict[str, standing.Standing]:
    """财政局 on time, 教育局 late, 司法局 wrong, 河口镇 missing."""
    House(county, "财政局").published()
    published_late(House(county, "教育局"))
    wrong(House(county, "司法局"))
    return {one.agency.short_name: one for one in standing.standings(2025, today=FEBRUARY)}


def test_each_organ_stands_where_its_report_stands(four: Any) -> None:
    marks = {name: (one.missing, one.late, one.wrong) for name, one in four.items()}
    assert marks == {
        "财政局": (False, False, False),
        "教育局": (False, True, False),
        "司法局": (False, False, True),
        "河口镇": (True, False, False),
    }
    assert (four["教育局"].days_late, four["河口镇"].words) == (5, "未编制")
    assert "税务局" not in four
    assert [organ.short_name for organ in standing.left_out(2025)] == ["税务局"]


def test_nobody_is_missing_before_the_day(county: Any) -> None:
    assert not any(one.missing for one in standing.standings(2025, today=date(2026, 1, 31)))
    assert all(one.missing for one in standing.standings(2025, today=date(2026, 2, 2)))


def test_the_page_shows_them_and_filters(four: Any, office: User, enter: Any) -> None:
    client = enter(office)
    address = reverse("annualreport:all", args=[2025])
    page = client.get(address).content.decode()
    assert "逾期 5 个工作日" in page
    assert "未纳入汇总的单位：青禾县税务局" in page
    for only, name in (("missing", "河口镇"), ("late", "教育局"), ("wrong", "司法局")):
        body = client.get(f"{address}?only={only}").content.decode().split("<tbody>")[1].split("</tbody>")[0]
        assert name in body
        assert "财政局" not in body


def lines_of(data: bytes) -> list[str]:
    return [line.text for line in docx.Document(io.BytesIO(data)).paragraphs]


def test_the_circular_names_them_with_their_articles(four: Any, county: Any, office: User, enter: Any) -> None:
    answer = enter(office).get(reverse("annualreport:circular", args=[2025]))
    assert answer.status_code == 200
    found = standing.standings(2025, today=FEBRUARY)
    lines = lines_of(circular.render(found, year=2025, government=county.government, today=FEBRUARY))
    text = "\n".join(lines)
    assert "（草稿，待核）" in lines
    assert "应当编制公布年报的单位4个。已公布3个，其中按期公布2个、逾期公布1个；期限已过、仍未公布1个。" in text
    missing, late, faulty = (part for part in text.split("单位\n")[1:4])
    assert "青禾县河口镇人民政府：未编制，期限为2026年1月31日（条例第四十九条" in missing
    assert "青禾县教育局：2026年2月6日公布" in late
    assert "逾期5个工作日" in late
    assert "青禾县司法局：没有写收取信息处理费的情况" in faulty
    assert "国办函〔2020〕109号" in faulty
    assert "条例》第四十七条" in text
    assert "财政局" not in text


def test_where_all_is_well_nobody_is_named(county: Any, finance: Any) -> None:
    lines = lines_of(circular.render([], year=2025, government=county.government, today=FEBRUARY))
    assert lines.count("无。") == 3
    assert not any("第四十七条" in line for line in lines)


# The digest ----------------------------------------------------------------------------------------------------------


def region(county: Any, office: User, values: dict[str, Any]) -> Snapshot:
    house = House(county, "县政府")
    house.frozen(2025, values)
    own = Snapshot.objects.get(agency=county.government)
    own.whole_region = True
    own.save()
    return own


def test_the_digest_has_every_cell_of_every_organ(county: Any, office: User, full: Callable[..., Any]) -> None:
    House(county, "财政局").published()
    House(county, "教育局").frozen(2025, full(2025) | {"t2.coercion.decided": None})
    found = digest.digest(2025, today=FEBRUARY)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(digest.sheet(found))).get_sheet_by_index(0).to_python()
    heads = rows[1]
    table = {row[0]: dict(zip(heads, row, strict=True)) for row in rows[2:]}
    for cell in found.form.cells:
        expected = full(2025)[cell.id]
        assert table["青禾县财政局"][cell.label] == float(expected), cell.id
        if cell.id != "t2.coercion.decided":
            assert table["合计"][cell.label] == 2 * float(expected), cell.id
    assert table["青禾县教育局"]["行政强制·本年处理决定数量"] == ""
    assert table["合计"]["行政强制·本年处理决定数量"] == 0
    assert table["青禾县司法局"]["情况"] == "未编制"
    assert any("青禾县税务局" in str(row[0]) for row in rows)
    assert digest.sheet(found) == digest.sheet(digest.digest(2025, today=FEBRUARY))


def test_where_the_sum_is_not_the_countys_figure_the_cell_is_named(
    county: Any, office: User, full: Callable[..., Any], enter: Any
) -> None:
    for organ in OWING:
        House(county, organ).frozen(2025)
    summed = {cell: value * 5 for cell, value in full(2025).items()}
    region(county, office, summed | {"t2.license.decided": 4000})
    found = digest.digest(2025, today=FEBRUARY)
    assert (found.comparable, found.differing) == (False, [])  # the government's own level is not frozen yet
    House(county, "县政府").frozen(2025)
    found = digest.digest(2025, today=FEBRUARY)
    assert found.differing == [("行政许可·本年处理决定数量", 6015, 4000)]
    page = enter(office).get(reverse("annualreport:digest", args=[2025])).content.decode()
    assert "行政许可·本年处理决定数量：相加 6015，全域年报 4000" in page


def test_the_archive_holds_what_was_collected(county: Any, office: User, finance: Any, enter: Any) -> None:
    client = enter(office)
    address = reverse("annualreport:archive", args=[2025])
    assert client.get(address).status_code == 302
    report = finance.published()
    run("collect", office)
    with zipfile.ZipFile(io.BytesIO(client.get(address).content)) as packed:
        assert packed.namelist() == ["001财政局.docx", "目录.xlsx"]
        assert any(
            report.title[:4] in line.text
            for line in docx.Document(io.BytesIO(packed.read("001财政局.docx"))).paragraphs
        )


def test_a_double_start_is_refused(county: Any, office: User) -> None:
    start_batch("freeze", 2025, by=office, today=FEBRUARY)
    with pytest.raises(Refused, match="正在办"):
        start_batch("freeze", 2025, by=office, today=FEBRUARY)
    assert BulkRun.objects.count() == 1


def test_the_scope_of_a_batch_is_each_organs_own(county: Any, office: User) -> None:
    run("freeze", office)
    assert set(Snapshot.objects.values_list("whole_region", flat=True)) == {False}
