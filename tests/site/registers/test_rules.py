"""制度库: made with its text, amended, repealed; what is in force is told from the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from office_samples import png

from gongkai.documents.models import Blob
from gongkai.registers.actions import replace_row, strike_out
from gongkai.registers.models import RuleRevision, WorkRule
from gongkai_core.refusals import Refused

from .conftest import TODAY, browser, clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def scan(name: str = "制度.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(), "image/png")


def test_a_rule_is_kept_with_its_text_then_amended_and_repealed(county: Any) -> None:
    desk = browser(clerk(county))
    made = {"held_on": "2025-01-10", "title": "信息发布审查制度", "docno": "青财办〔2025〕1号", "file": scan()}
    assert desk.post("/desk/registers/workrule/", made).status_code == 302
    rule = WorkRule.objects.get()
    answer = desk.get(f"{rule.get_absolute_url()}file/")
    assert (answer.status_code, answer.content) == (200, png())
    assert answer["Content-Disposition"].startswith("attachment")
    page = desk.get(f"/desk/registers/rulerevision/?rule={rule.public_id}").content.decode()
    assert f'value="{rule.public_id}" selected' in page
    for kind, day in (("amended", "2026-02-01"), ("repealed", "2026-10-01")):
        facts = {"rule": rule.public_id, "kind": kind, "held_on": day, "file": scan() if kind == "amended" else ""}
        assert desk.post("/desk/registers/rulerevision/", facts).status_code == 302
    states = [rule.standing_on(date(*day)) for day in ((2025, 6, 1), (2026, 2, 1), (2026, 10, 1))]
    assert states == ["有效", "有效（已修订）", "已废止"]
    page = desk.get(rule.get_absolute_url()).content.decode()
    assert "已废止" in page
    amended = RuleRevision.objects.get(kind="amended")
    assert desk.get(f"{amended.get_absolute_url()}file/").content == png()
    assert desk.get(f"{RuleRevision.objects.get(kind='repealed').get_absolute_url()}file/").status_code == 404
    assert browser(clerk(county, "教育局")).get(f"{rule.get_absolute_url()}file/").status_code == 404


def test_a_file_that_the_door_turns_away_leaves_no_row_and_what_was_typed_stays(county: Any) -> None:
    desk = browser(clerk(county))
    bad = SimpleUploadedFile("制度.pdf", b"MZ\x00 no paper", "application/pdf")
    seen = desk.post("/desk/registers/workrule/", {"held_on": "2025-01-10", "title": "审查制度", "file": bad})
    assert seen.status_code == 422
    assert 'value="审查制度"' in seen.content.decode()
    assert (WorkRule.objects.count(), Blob.objects.count()) == (0, 0)


def test_a_row_that_is_refused_keeps_no_file(county: Any) -> None:
    desk = browser(clerk(county))
    seen = desk.post("/desk/registers/workrule/", {"held_on": "2027-01-10", "title": "审查制度", "file": scan()})
    assert seen.status_code == 422
    assert "不能晚于今天" in seen.content.decode()
    assert Blob.objects.count() == 0


def test_nothing_follows_a_repeal_and_a_struck_out_one_no_longer_repeals(county: Any, entered: Any) -> None:
    rule = entered(WorkRule, title="甲制度", held_on=date(2025, 1, 1))
    gone = entered(RuleRevision, title="x", rule=rule, kind="repealed", held_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="已经废止"):
        entered(RuleRevision, title="x", rule=rule, kind="amended", held_on=date(2026, 4, 1))
    strike_out(gone, by=clerk(county), today=TODAY, reason="并未废止")
    assert rule.standing_on(TODAY) == "有效"
    entered(RuleRevision, title="x", rule=rule, kind="amended", held_on=date(2026, 4, 1))
    with pytest.raises(Refused, match="以后还有修订"):
        entered(RuleRevision, title="x", rule=rule, kind="repealed", held_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="早于制定日期"):
        entered(RuleRevision, title="x", rule=rule, kind="amended", held_on=date(2024, 4, 1))
    with pytest.raises(Refused, match="不在教育局的制度库"):
        entered(RuleRevision, "教育局", title="x", rule=rule, kind="amended", held_on=date(2026, 4, 1))


def test_revisions_and_text_go_over_to_the_rule_entered_instead(county: Any, entered: Any) -> None:
    desk = browser(clerk(county))
    desk.post("/desk/registers/workrule/", {"held_on": "2025-01-10", "title": "审查制渡", "file": scan()})
    rule = WorkRule.objects.get()
    entered(RuleRevision, title="x", rule=rule, kind="amended", held_on=date(2026, 4, 1))
    with pytest.raises(Refused, match="先划去修订、废止"):
        strike_out(rule, by=clerk(county), today=TODAY, reason="错")
    facts = {"held_on": date(2025, 1, 10), "title": "审查制度", "file": None}
    new = replace_row(rule, by=clerk(county), today=TODAY, reason="错字", **facts)
    assert new.standing_on(TODAY) == "有效（已修订）"
    assert new.file == rule.file
