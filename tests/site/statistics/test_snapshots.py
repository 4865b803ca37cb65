"""Frozen figures: nothing printed changes; after publication only a further version with a note."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from office_samples import png

from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Role
from gongkai.statistics.actions import correct, file, freeze, release
from gongkai.statistics.compilation import compile_year, frozen
from gongkai.statistics.models import Correction, Snapshot
from gongkai_core.refusals import Refused

from .filing import JANUARY, YEAR, Desk

pytestmark = pytest.mark.django_db
CELL = "t2.license.decided"


def own(county, organ="财政局"):
    return Scope(county.organs[organ], whole_region=False)


@pytest.fixture
def clerk(county):
    by = county.person("财政局", Role.STATISTICIAN)
    file(county.organs["财政局"], YEAR, {CELL: 12}, by=by, today=JANUARY)
    freeze(YEAR, own(county), by=by, today=JANUARY)
    return Desk(by)


def test_a_filed_figure_is_corrected_by_hand_once_the_year_is_frozen(county, clerk):
    file(county.organs["教育局"], YEAR, {CELL: 5}, by=county.person("教育局", Role.STATISTICIAN), today=JANUARY)
    with pytest.raises(Refused, match="重新填报"):
        correct(
            YEAR, own(county, "教育局"), CELL, 6, reason="漏一件", by=county.person("教育局", Role.STATISTICIAN),
            today=JANUARY,
        )  # fmt: skip
    correct(YEAR, own(county), CELL, 13, reason="漏一件", by=clerk.user, today=JANUARY)
    cell = compile_year(YEAR, own(county)).cells[CELL]
    assert (cell.value, cell.origin, cell.computed) == (13, "corrected", 12)
    page = clerk.get(f"/desk/statistics/{YEAR}/{CELL}/")
    assert "填报数 12" in page and "更正为 13：漏一件" in page
    assert "冻结数" in page and "与现在的数不同；已印出的不变" in page


def test_after_publication_a_further_version_wants_a_note_and_the_old_one_stays(county, clerk):
    first = frozen(own(county), YEAR)
    release(first, by=clerk.user, today=date(2027, 1, 20))
    release(first, by=clerk.user, today=date(2027, 1, 25))
    first.refresh_from_db()
    assert first.published_on == date(2027, 1, 20)
    correct(YEAR, own(county), CELL, 13, reason="漏一件", by=clerk.user, today=JANUARY)
    with pytest.raises(Refused, match="更正说明"):
        freeze(YEAR, own(county), by=clerk.user, today=JANUARY)
    address = f"/desk/statistics/{YEAR}/"
    assert "再冻结是更正，须写说明" in clerk.get(address)
    assert "请填写更正说明" in clerk.post(address, note="").content.decode()
    clerk.post(address)
    assert Snapshot.objects.count() == 1
    clerk.post(address, note="许可数漏计一件，由 12 改为 13")
    second = frozen(own(county), YEAR)
    assert (second.number, second.occasion, second.figures[CELL]) == (2, "correction", 13)
    page = clerk.get(first.get_absolute_url())
    assert "第 1 版" in page and "随年报公布" in page and second.get_absolute_url() in page
    assert "许可数漏计一件" in clerk.get(second.get_absolute_url())
    first.refresh_from_db()
    assert first.holds and first.figures[CELL] == 12


def test_a_snapshot_shows_its_own_figures_and_what_has_moved_since(county, clerk):
    row = frozen(own(county), YEAR)
    assert "台账与冻结时一致" in clerk.get(row.get_absolute_url())
    correct(YEAR, own(county), "t3.r1.ngo", 1, reason="补登", by=clerk.user, today=JANUARY)
    page = clerk.get(row.get_absolute_url())
    assert "冻结后台账的变动" in page
    assert 'data-label="冻结时">0<' in page and 'data-label="现在">1<' in page
    assert Desk(county.person("教育局", Role.STATISTICIAN)).answer("get", row.get_absolute_url()).status_code == 404


def test_a_regions_snapshot_exists_for_the_office_alone(county):
    office = Desk(county.person("县政府", Role.DISCLOSURE_OFFICE))
    row = freeze(YEAR, Scope(county.government, whole_region=True), by=office.user, today=JANUARY)
    assert office.answer("get", row.get_absolute_url()).status_code == 200
    clerk = Desk(county.person("县政府", Role.STATISTICIAN))
    assert clerk.answer("get", row.get_absolute_url()).status_code == 404


def test_the_database_keeps_no_correction_without_a_note(county, clerk):
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.update(occasion="correction")


def test_a_correction_keeps_its_paper_and_is_taken_back_on_the_page(county, clerk):
    address = f"/desk/statistics/{YEAR}/t3.r1.ngo/"
    page = clerk.post(address, correct="1", value="x", reason="补登", evidence="来信登记簿").content.decode()
    assert 'value="补登"' in page and "来信登记簿" in page and not Correction.objects.exists()
    clerk.post(
        address, correct="1", value="2", reason="补登", evidence="来信登记簿",
        paper=SimpleUploadedFile("登记簿.png", png()),
    )  # fmt: skip
    row = Correction.objects.get()
    paper = f"/desk/statistics/corrections/{row.public_id}/paper/"
    assert paper in clerk.get(address) and "来信登记簿" in clerk.get(address)
    assert clerk.answer("get", paper).content == png()
    assert Desk(county.person("教育局", Role.STATISTICIAN)).answer("get", paper).status_code == 404
    clerk.post(address, withdraw="1")
    assert not Correction.objects.exists()
    assert compile_year(YEAR, own(county)).cells["t3.r1.ngo"].value == 0
