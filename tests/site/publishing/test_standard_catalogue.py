"""基层政务公开标准目录: the official Excel comes in with a pre-check, in versions, and goes out as it came."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from freezing import on_day
from gongkai.agencies.models import Role
from gongkai.documents.models import Blob
from gongkai.documents.sheets import XLSX
from gongkai.publishing import actions
from gongkai.publishing.board import build_board
from gongkai.publishing.models import CatalogueEntry, Duty, Hanging, Obligation, StandardCatalogue
from gongkai.publishing.obligations import generate
from gongkai.publishing.standard import Printed, book, read_book
from gongkai_core.disclosure.standard import written
from gongkai_core.refusals import Refused

from .conftest import standard_row

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 20)


@pytest.fixture
def office(county):
    return county.person("县政府", Role.DISCLOSURE_OFFICE)


def table(*rows, field="义务教育"):
    return Printed(field, f"青禾县{field}领域基层政务公开标准目录", rows)


def upload(client, data, *, level="county", then="check", **more):
    file = SimpleUploadedFile("目录.xlsx", data, XLSX)
    return client.post(
        reverse("publishing:desk_catalogue_import"), {"file": file, "level": level, "then": then, **more}, follow=True
    )


def imported(client, *tables, level="county"):
    with on_day(DAY):
        upload(client, book(tables), level=level)
        return client.post(reverse("publishing:desk_catalogue_import"), {"then": "import"}, follow=True)


def entry(matter):
    return CatalogueEntry.objects.get(matter=matter, retired_on=None)


def test_the_official_file_is_checked_then_imported_and_each_row_is_an_obligation(office, education, enter):
    client = enter(office)
    rows = [
        standard_row("县教育局", matter="学校介绍"),
        standard_row("教育局", matter="招生", term_text="每季度结束后10个工作日内"),
        standard_row("县直有关单位", matter="经费"),
    ]
    with on_day(DAY):
        page = upload(client, book([table(*rows)]), expected=4).content.decode()
    assert "3 项可用" in page and "CAT-04" in page and "县直有关单位" in page
    assert not StandardCatalogue.objects.exists()
    page = imported(client, table(*rows)).content.decode()
    assert "已导入：义务教育。" in page
    catalogue = StandardCatalogue.objects.get()
    assert (catalogue.field_code, catalogue.level, catalogue.version, catalogue.size) == (
        "compulsory-education",
        "county",
        1,
        3,
    )
    assert [entry.as_row() for entry in catalogue.entries.order_by("position")] == [
        standard_row(row.organ, line=n, matter=row.matter, term_text=row.term_text) for n, row in enumerate(rows, 1)
    ]
    assert Duty.objects.filter(entry=entry("学校介绍")).get().agency == education.agency
    assert not Duty.objects.filter(entry=entry("经费")).exists()
    owed = Obligation.objects.filter(agency=education.agency, entry=entry("招生")).order_by("period")
    assert [row.period for row in owed] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    shown = client.get(reverse("publishing:desk_catalogue", args=[catalogue.public_id])).content.decode()
    assert "学校介绍" in shown and "待指定" in shown


def test_wrong_rows_are_told_in_a_table_and_nothing_of_their_field_is_imported(office, enter):
    heads = written([standard_row("教育局")])
    wrong = [*heads[2]]
    wrong[5], wrong[8] = "详见附件", ""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as file:
        for name, lines in (("社会救助", [*heads, wrong]), ("义务教育", heads)):
            page = file.add_worksheet(name)
            for at, line in enumerate(lines):
                page.write_row(at, 0, line)
    client = enter(office)
    with on_day(DAY):
        text = upload(client, data.getvalue()).content.decode()
        assert "看不出时限：“详见附件”" in text and "CAT-01" in text and "CAT-02" in text
        assert "导入没有错的 1 个领域" in text
        client.post(reverse("publishing:desk_catalogue_import"), {"then": "import"})
    assert list(StandardCatalogue.objects.values_list("field_code", flat=True)) == ["compulsory-education"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not a workbook", "这里不收文本"),
        (book([table(standard_row("教育局", content="机密★三年"))]), "密级标志"),
    ],
)
def test_what_cannot_be_taken_is_not_kept(office, enter, data, words):
    before = Blob.objects.count()
    assert words in upload(enter(office), data).content.decode()
    assert Blob.objects.count() == before


def test_only_the_office_imports(finance, enter):
    client = enter(finance.drafter)
    assert "由政务公开办导入" in upload(client, book([table(standard_row("财政局"))])).content.decode()
    assert not StandardCatalogue.objects.exists() and not Blob.objects.exists()


def test_a_new_version_keeps_what_hung_on_the_rows_that_stay(office, education, enter):
    client = enter(office)
    stays, goes = standard_row("教育局", matter="学校介绍"), standard_row("教育局", matter="旧事项")
    imported(client, table(stays, goes))
    first = StandardCatalogue.objects.get()
    old = entry("学校介绍")
    actions.adjust_entry(
        old, column=education.column("A21C_02"), frequency="half_yearly", after=None, by=office, today=DAY
    )
    item = education.published(title="学校名录", column=education.column("A21C_02"), today=DAY).item
    assert Obligation.objects.get(entry=old, period="2026H1").items == 1
    assert "没有变动" in imported(client, table(stays, goes)).content.decode()
    imported(client, table(standard_row("教育局", matter="新事项"), stays))
    first.refresh_from_db()
    second = StandardCatalogue.objects.get(version=2)
    assert (first.replaced_on, first.entries.count(), second.entries.count()) == (DAY, 2, 2)
    new = entry("学校介绍")
    assert (new.catalogue, new.column.code, new.frequency) == (second, "A21C_02", "half_yearly")
    assert Hanging.objects.get(item=item).entry == new
    assert Obligation.objects.get(entry=new, period="2026H1").items == 1
    assert not Obligation.objects.filter(entry__catalogue=first).exists()
    assert not Duty.objects.filter(entry__catalogue=first, until=None).exists()
    assert generate(DAY + timedelta(days=1)) > 0  # the statutory ones; the standard ones are all there
    source = client.get(reverse("publishing:desk_catalogue", args=[first.public_id]), {"format": "source"}).content
    assert [each.sheet.rows[1].matter for each in read_book(source)] == ["旧事项"]


def test_an_unknown_frequency_is_refused_in_words_and_changes_nothing(office, education, enter):
    imported(enter(office), table(standard_row("教育局", matter="学校介绍")))
    old = entry("学校介绍")
    with pytest.raises(Refused, match="没有“once”这种更新频次"):
        actions.adjust_entry(old, column=old.column, frequency="once", after=None, by=office, today=DAY)
    assert entry("学校介绍").frequency == old.frequency and Obligation.objects.filter(entry=old).exists()


def test_what_goes_out_comes_in_again_unchanged(office, enter):
    client = enter(office)
    rows = [standard_row("教育局", matter=f"事项{n}", group="新生" if n else "", town=bool(n)) for n in range(3)]
    imported(client, table(*rows), table(standard_row("教育局"), field="社会救助"))
    file = client.get(reverse("publishing:desk_catalogues"), {"format": "xlsx"}).content
    again = {each.sheet.field_code: [row.matter for row in each.sheet.rows] for each in read_book(file)}
    assert again == {"compulsory-education": ["事项0", "事项1", "事项2"], "social-assistance": ["政策法规文件"]}
    with on_day(DAY):
        upload(client, file)
        page = client.post(reverse("publishing:desk_catalogue_import"), {"then": "import"}, follow=True)
    assert (
        "没有变动：义务教育、社会救助" in page.content.decode()
        or "没有变动：社会救助、义务教育" in page.content.decode()
    )
    assert StandardCatalogue.objects.count() == 2


def test_town_catalogues_are_owed_by_every_town(office, county, enter):
    imported(
        enter(office), table(standard_row("乡镇人民政府", matter="救助公示", town=True), field="社会救助"), level="town"
    )
    assert [duty.agency for duty in Duty.objects.filter(entry=entry("救助公示"))] == [county.organs["河口镇"]]


def test_an_item_hangs_by_its_column_and_a_person_may_correct_it(office, education, finance, enter):
    imported(enter(office), table(standard_row("教育局", matter="学校介绍"), standard_row("财政局", matter="经费")))
    column = education.column("A20_11")
    item = education.published(title="学校名录", column=column, today=DAY).item
    assert Hanging.objects.get(item=item).entry == entry("学校介绍")
    imported(enter(office), table(standard_row("教育局", matter="招生")), level="town")
    two = education.published(title="招生办法", column=column, today=DAY).item
    assert not Hanging.objects.filter(item=two).exists()  # either row could be meant
    address = reverse("publishing:desk_hang", args=[two.public_id])
    assert enter(finance.drafter).get(address).status_code == 404
    with on_day(DAY):
        client = enter(education.drafter)
        assert "招生" in client.get(address).content.decode()
        assert "经费" not in client.get(address).content.decode()
        assert client.post(address, {"entries": [entry("招生").pk]}).status_code == 302
    hanging = Hanging.objects.get(item=two)
    assert (hanging.entry, hanging.by) == (entry("招生"), education.drafter)
    assert Obligation.objects.get(entry=entry("招生"), agency=education.agency).items == 1
    board = build_board(office, year=2026, today=DAY, standard=True)
    cell = board.cell("compulsory-education", education.agency)
    assert (cell.owed, cell.served, cell.state) == (2, 2, "ok")
    assert board.cell("compulsory-education", finance.agency).state == "empty"
    page = client.get(reverse("publishing:desk_item", args=[two.public_id])).content.decode()
    assert "目录事项" in page and "招生" in page
