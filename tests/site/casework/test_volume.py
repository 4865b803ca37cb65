"""案卷: everything of a case in one file, with the proof of its trail; who may have it."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from gongkai.casework import actions, rules
from gongkai.casework.actions import remedies
from gongkai.casework.models import Case
from gongkai.documents import fonts
from gongkai.documents.blobs import store
from gongkai.trail.chain import record
from gongkai.trail.extract import extract, faults
from gongkai.trail.models import Entry
from gongkai_core.reading import read as read_paper

from .conftest import MONDAY, NAME, PHONE, WISH, Maker, World, answer, refused
from .test_desk import signed_in, today
from .test_materials import brought

__all__ = ["today"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
INTERNAL = "E16_1"


@pytest.fixture
def closed(world: World, processing: Maker) -> Case:
    who: dict[str, Any] = {"by": world.staff.handler, "today": MONDAY}
    papers = [
        (kind, store(f"{kind} {NAME}".encode(), name=f"{kind}.pdf", content_type="application/pdf", sealed=True))
        for kind in ("identity", "attachment")
    ]
    case = processing(files=papers)
    material = brought(case, world)
    actions.mark_words(material, words="司徒清扬", ground=INTERNAL, **who)
    material.refresh_from_db()
    actions.provide_material(actions.make_redacted(material, keep_pictures=False, **who), **who)
    case = answer(case, world, "partial", on=MONDAY, files=True)
    return Case.objects.get(pk=case.pk)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def taken(case: Case, world: World, kind: str = "archive") -> dict[str, bytes]:
    made = actions.open_volume(case, kind=kind, purpose="归档案卷", by=world.staff.registrar, today=MONDAY)
    return unpacked(made.data)


def test_a_volume_holds_every_paper_in_the_order_of_its_index(world: World, closed: Case) -> None:
    files = taken(closed, world)
    names = [name.split("/")[-1].split("-", 1)[-1] for name in files]
    for wanted in ("申请登记情况", "身份证明", "申请附件", "审批单", "办理记录", "部分公开告知书", "提供的信息", "遮蔽清单",
                   "遮蔽前的原件", "送达回证", "期限计算单", "留痕摘录", "SHA256SUMS"):  # fmt: skip
        assert any(wanted in name for name in names), wanted
    application = next(data for name, data in files.items() if "申请登记情况" in name).decode()
    assert NAME in application and PHONE in application and WISH in application
    identity = next(data for name, data in files.items() if "身份证明" in name)
    assert identity == f"identity {NAME}".encode()
    sums = files.pop("SHA256SUMS.txt").decode().splitlines()
    assert dict(reversed(line.split("  ", 1)) for line in sums) == {  # type: ignore[misc]
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    sheet = next(data for name, data in files.items() if "期限计算单" in name).decode()
    assert "2026-03-30" in sheet and "第三十三条" in sheet


@pytest.mark.skipif(not fonts.available(), reason="no Chinese font on this machine")
def test_the_index_and_the_approval_form_are_the_letters_of_the_house(world: World, closed: Case) -> None:
    files = taken(closed, world)
    index = "".join(read_paper(files["00-卷内目录.pdf"], "a.pdf").text.split())
    assert "卷内目录" in index and closed.number in index and "保管期限：30年" in index and "遮蔽清单" in index
    form = next(data for name, data in files.items() if "审批单" in name)
    words = "".join(read_paper(form, "a.pdf").text.split())
    assert NAME in words and "部分公开" in words and world.staff.handler.name in words
    assert rules.RETENTION.default == "30年"


def test_a_search_log_and_a_meetings_record_are_in_the_volume(world: World, processing: Maker) -> None:
    searched = answer(processing(), world, "unable.not_held.not_exist", on=MONDAY)
    assert any("检索情况说明" in name for name in taken(searched, world))
    met = answer(processing(), world, "refuse.security_stability", on=MONDAY)
    assert any("集体研究记录" in name for name in taken(met, world))


def test_the_trails_extract_proves_itself(world: World, closed: Case, processing: Maker) -> None:
    processing()  # other cases stand between and after
    files = taken(closed, world)
    document = json.loads(files["07-留痕/留痕摘录.json"])
    assert faults(document) == [] and next(row["verb"] for row in document["entries"]) == "casework.receive"
    changed = copy.deepcopy(document)
    changed["entries"][3]["facts"]["outcome"] = "grant.provide"
    assert faults(changed)
    for spoil in (
        lambda doc: doc["entries"].pop(2),
        lambda doc: doc["links"].pop(2),
        lambda doc: doc["links"][1].update(verb="casework.sign"),
        lambda doc: doc["entries"][0].update(actor_id=1),
    ):
        broken = copy.deepcopy(document)
        spoil(broken)
        assert faults(broken)


def test_an_extract_tells_nothing_of_other_objects(world: World, registered: Maker) -> None:
    case = registered()
    from django.db import transaction

    with transaction.atomic():
        record("test.other", None, by=None, today=MONDAY, told="别人的事")
    actions.assign(case, handler=world.staff.handler, by=world.staff.registrar, today=MONDAY)
    document = extract("casework.case", str(case.public_id))
    assert faults(document) == [] and len(document["links"]) == len(document["entries"]) + 1
    assert "别人的事" not in json.dumps(document, ensure_ascii=False)


def test_the_same_volume_twice_differs_by_its_trail_alone(world: World, closed: Case) -> None:
    one, other = taken(closed, world), taken(closed, world)
    assert {name for name in one if one[name] != other.get(name)} <= {
        "07-留痕/留痕摘录.json", "SHA256SUMS.txt", next(name for name in one if "办理记录" in name),
    }  # fmt: skip


def test_evidence_for_a_suit_has_its_list_and_no_original(world: World, closed: Case) -> None:
    remedies.enter_lawsuit(
        world.bureau, docket="（2026）行初9号", court="清溪县人民法院", filed_on=MONDAY, cases=[closed],
        by=world.staff.registrar, today=MONDAY,
    )  # fmt: skip
    files = taken(closed, world, "evidence")
    assert any(name.startswith("00-证据清单") for name in files)
    assert not any("原件" in name for name in files)
    assert not any("司徒清扬".encode() in data for data in files.values())
    if fonts.available():
        words = "".join(read_paper(files["00-证据清单.pdf"], "a.pdf").text.split())
        assert "行初9号" in words and "在法定期限内答复" in words


def test_it_is_given_for_a_purpose_to_those_who_may_and_kept_nowhere(
    world: World, closed: Case, today: Any, home: Path
) -> None:
    url = reverse("casework:volume", args=[closed.public_id])
    before = sorted(path for path in home.rglob("*") if path.is_file() and "sqlite" not in path.name)
    clerk = signed_in(world.staff.registrar)
    assert "留痕" in clerk.get(url).content.decode()
    assert clerk.post(url, {"kind": "archive", "purpose": ""}).status_code == 422
    assert clerk.post(url, {"kind": "archive", "purpose": "看"}).status_code == 422
    given = clerk.post(url, {"kind": "archive", "purpose": "移交档案室"})
    assert given["Content-Type"] == "application/zip" and "no-store" in given["Cache-Control"]
    entry = Entry.objects.get(verb="casework.open_volume")
    assert entry.facts["digest"] == hashlib.sha256(given.content).hexdigest() and entry.facts["purpose"] == "移交档案室"
    assert sorted(path for path in home.rglob("*") if path.is_file() and "sqlite" not in path.name) == before
    assert signed_in(world.foreign).get(url).status_code == 404
    assert signed_in(world.foreign).post(url, {"kind": "archive", "purpose": "移交档案室"}).status_code == 404
    for user in (world.staff.statistician, world.staff.secrecy):
        assert signed_in(user).post(url, {"kind": "archive", "purpose": "移交档案室"}).status_code == 422
    assert Entry.objects.filter(verb="casework.open_volume").count() == 1


def test_a_letter_that_is_not_registered_has_no_volume(world: World) -> None:
    from .conftest import application

    case = actions.receive(world.bureau, **application()).case
    with refused("not_registered"):
        actions.open_volume(case, kind="archive", purpose="归档案卷", by=world.staff.registrar, today=MONDAY)
