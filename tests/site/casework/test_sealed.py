"""No column of any row, no file and no trail entry holds what names the applicant in clear."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.models import Applicant
from gongkai.casework.views.public_holder import written_withdrawal
from gongkai.documents import word
from gongkai.documents.blobs import read, store

from .conftest import ADDRESS, EMAIL, ID_NUMBER, MONDAY, NAME, PHONE, WISH, Maker, World, answer, application, refused

pytestmark = pytest.mark.django_db
CANARIES = (NAME, ID_NUMBER, PHONE, ADDRESS, EMAIL, WISH, "某某隐名有限公司", "欧阳若水本人签收", "因患病无法前往")


@pytest.fixture
def walked(world: World, processing: Maker, home: Path) -> Path:
    """A case that went through everything that writes what people said; returns the folder of files."""
    paper = store(
        f"%PDF-1.7 {NAME} {ID_NUMBER}".encode(), name="申请书.pdf", content_type="application/pdf", sealed=True
    )
    case = processing(files=[("application", paper)])
    inquiry = actions.ask(
        case, "third_party", name="某某隐名有限公司", contact=PHONE, question="投标文件", method="post",
        by=world.staff.handler, today=MONDAY, delivered_on=MONDAY, files=True,
    )  # fmt: skip
    actions.answered(
        inquiry, on=MONDAY, opinion="agree", words="因患病无法前往", by=world.staff.handler, today=MONDAY, paper=paper
    )
    case.refresh_from_db()
    case = answer(case, world, "other.misc", on=MONDAY, files=True, reason=f"{NAME}的情况，{WISH}")
    delivery = case.notices.get(letter="L40").deliveries.get()
    actions.confirm_delivery(
        delivery, delivered_on=MONDAY, receiver="欧阳若水本人签收", by=world.staff.handler, today=MONDAY
    )
    actions.open_personal_data(case, purpose="核对联系方式", by=world.staff.handler, today=MONDAY)
    return home / "blobs"


def raw_rows() -> list[tuple[str, str]]:
    """Every row of every table as text, past the models."""
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.proxy or not model._meta.managed:
                continue
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows += [(model._meta.db_table, " ".join(map(str, row))) for row in cursor.fetchall()]
    return rows


def test_the_database_holds_no_clear_personal_data(walked: Path) -> None:
    rows = raw_rows()
    assert {"casework_applicant", "casework_case", "casework_notice", "trail_entry"} <= {table for table, _ in rows}
    for table, text in rows:
        for canary in CANARIES:
            assert canary not in text and canary.encode().hex() not in text, table


def test_files_that_name_people_are_sealed(walked: Path) -> None:
    files = [path for path in walked.rglob("*") if path.is_file()]
    assert len(files) >= 5  # application, letters as .docx and .pdf
    for path in files:
        content = path.read_bytes()
        assert content.startswith(b"aesgcm$"), path
        assert all(canary.encode() not in content for canary in CANARIES)


def test_what_is_sealed_opens_again(walked: Path) -> None:
    applicant = Applicant.objects.get()
    assert (applicant.name, applicant.id_number, applicant.phone) == (NAME, ID_NUMBER, PHONE)
    assert applicant.case.info_desc == WISH
    notice = applicant.case.notices.get(letter="L40")
    assert NAME in notice.rendered.text and read(notice.docx)[:2] == b"PK"
    assert applicant.case.inquiries.get().words == "因患病无法前往"


def test_equal_people_are_found_without_opening(world: World) -> None:
    first = actions.receive(world.bureau, **application()).case
    second = actions.receive(world.bureau, **application(applicant={"name": "别名"})).case
    third = actions.receive(world.bureau, **application(applicant={"id_number": "110101199003079999"})).case
    same = set(first.applicant.same_person())
    assert same == {first.applicant, second.applicant} and third.applicant not in same
    assert second.duplicate_of == first and third.duplicate_of is None


def test_letters_to_others_say_nothing_of_the_applicant(walked: Path) -> None:
    letter: Any = Applicant.objects.get().case.notices.get(letter="L04")
    for canary in (NAME, ID_NUMBER, PHONE, ADDRESS, EMAIL):
        assert canary not in letter.rendered.text


def test_the_text_of_a_model_names_nobody(walked: Path) -> None:
    applicant = Applicant.objects.get()
    for row in (applicant, applicant.case, *applicant.case.notices.all(), *applicant.case.inquiries.all()):
        assert NAME not in f"{row} {row!r}"


def test_a_date_does_not_open_the_code(world: World) -> None:
    """Only a keyed digest of the query code is kept: nothing stored contains it."""
    received = actions.receive(world.bureau, **application(today=date(2026, 3, 2)))
    code = received.query_code.replace("-", "")
    for table, text in raw_rows():
        assert code not in text and received.query_code not in text, table


def test_what_comes_in_by_other_ways_is_sealed_too(world: World, examining: Maker, home: Path) -> None:
    """Envelopes, a superior's list, corrections, withdrawals and judgements: nothing of the applicant in clear."""
    staff, applicant = world.staff, application()["applicant"]
    common = {"channel": "in_person", "submitted_on": MONDAY, "provide_form": "paper", "provide_route": "post"}
    receipt = actions.register_envelope(
        world.bureau, [actions.EnvelopeForm(1, applicant, WISH)], key="e", common=common, subject="中标通知书",
        by=staff.registrar, today=MONDAY, series_title="柳林路",
    )  # fmt: skip
    facts = {**common, "applicant": applicant, "info_desc": WISH, "superior_number": "SZ1"}
    actions.import_list(
        world.bureau, [actions.Listed(2, "superior:SZ1", "中标通知书", facts)], by=staff.registrar, today=MONDAY
    )
    case = examining()
    case = actions.ask_correction(
        case, items="年度", guidance="写明年度", return_by=date(2026, 3, 20), method="online", by=staff.handler,
        today=MONDAY, files=False,
    )  # fmt: skip
    case = actions.correction_received(
        case, on=MONDAY, info_desc="欧阳若水本人签收", words="因患病无法前往", by=None, today=MONDAY, key="c"
    )
    paper = store(
        word.render(written_withdrawal(case, timezone.now())), name="撤回书.docx", content_type="x", sealed=True
    )
    actions.withdraw(case, paper=paper, by=None, today=MONDAY, key="w")
    with refused("no_applicant_data"):
        actions.leave_series(receipt.received[0].case, reason=f"{NAME}另有争议", by=staff.registrar, today=MONDAY)
    for table, text in raw_rows():
        assert not [canary for canary in CANARIES if canary in text], table
    for file in (home / "blobs").rglob("*"):
        if file.is_file():
            assert not [canary for canary in CANARIES if canary.encode() in file.read_bytes()], file
