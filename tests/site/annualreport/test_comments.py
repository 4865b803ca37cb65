"""批注 on parts and 正文版本: who made, answered and closed; every saved text readable, the difference shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.annualreport.actions import (
    answer_comment,
    can_comment,
    close_comment,
    comment,
    edit_sections,
    sign,
)
from gongkai.annualreport.models import Comment
from gongkai.annualreport.revisions import changes
from gongkai_core.refusals import Refused

TODAY = date(2026, 1, 12)


def code_of(call: Callable[..., Any], *args: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **facts)
    return refused.value.refusal.code


def test_a_report_is_not_signed_while_a_remark_is_open(finance: Any) -> None:
    report = finance.written()
    remark = comment(report, "5", "第二个问题写得太空。", by=finance.signatory, today=TODAY)
    assert code_of(sign, report, by=finance.signatory, today=TODAY) == "open_comments"
    remark = answer_comment(remark, "已补充具体数。", by=finance.author, today=TODAY)
    assert (remark.answered_by, remark.is_open) == (finance.author, True)
    assert code_of(close_comment, remark, by=finance.author, today=TODAY) == "needs_role"
    remark = close_comment(remark, by=finance.signatory, today=TODAY)
    assert (remark.closed_by, remark.is_open) == (finance.signatory, False)
    assert code_of(answer_comment, remark, "再答", by=finance.author, today=TODAY) == "closed"
    sign(report, by=finance.signatory, today=TODAY)
    assert can_comment(report, by=finance.author, today=TODAY) is None
    report.refresh_from_db()
    assert can_comment(report, by=finance.author, today=TODAY).code == "not_draft"


def test_whoever_made_a_remark_closes_it(finance: Any, county: Any) -> None:
    report = finance.written()
    reviewer = county.person("财政局", Role.REVIEWER)
    remark = comment(report, "1.4", "查阅点的地址要写全。", by=reviewer, today=TODAY)
    assert close_comment(remark, by=reviewer, today=TODAY).closed_by == reviewer


@pytest.mark.parametrize(
    ("part", "words", "code"), [("9", "话", "no_part"), ("5", " \r\n", "empty"), ("5", "长" * 2001, "too_long")]
)
def test_what_is_no_remark_is_refused(finance: Any, part: str, words: str, code: str) -> None:
    report = finance.compiled()
    assert code_of(comment, report, part, words, by=finance.author, today=TODAY) == code
    assert not Comment.objects.exists()


def test_remarks_at_the_screen(finance: Any, enter: Any, county: Any) -> None:
    report = finance.written()
    signatory, author = enter(finance.signatory), enter(finance.author)
    desk = reverse("annualreport:desk_report", args=[report.public_id])
    add = reverse("annualreport:desk_comment", args=[report.public_id])
    page = signatory.post(add, {"part": "5", "words": ""}).content.decode()
    assert "请填写批注" in page
    signatory.post(add, {"part": "5", "words": "问题写得太空。"})
    remark = Comment.objects.get()
    page = author.get(desk).content.decode()
    assert "问题写得太空。" in page
    assert "1 条批注没有办结" in page
    answer = reverse("annualreport:desk_comment_answer", args=[report.public_id, remark.public_id])
    page = author.post(answer, {"words": "答" * 2001}).content.decode()
    assert "答" * 2001 in page
    author.post(answer, {"words": "已改。"})
    signatory.post(reverse("annualreport:desk_comment_close", args=[report.public_id, remark.public_id]))
    page = author.get(desk).content.decode()
    assert "答复：已改。" in page
    assert "已办结" in page
    stranger = enter(county.person("教育局", Role.STATISTICIAN))
    for address in (add, answer):
        assert stranger.post(address, {"part": "5", "words": "x"}).status_code == 404


@pytest.mark.parametrize("words", ["\x00甲", "\ud800乙"])
def test_strange_signs_break_nothing(finance: Any, enter: Any, words: str) -> None:
    report = finance.compiled()
    body = f"part=5&words={words}".encode("utf-8", "surrogatepass")
    address = reverse("annualreport:desk_comment", args=[report.public_id])
    answer = enter(finance.author).post(address, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 302)


def test_every_save_is_a_version_that_can_be_read(finance: Any, enter: Any) -> None:
    report = finance.compiled()
    report = edit_sections(report, {"1.4": "专栏正常运行。"}, version=1, by=finance.author, today=TODAY)
    report = edit_sections(report, {"1.4": "专栏全年正常运行。"}, version=2, by=finance.author, today=TODAY)
    assert [(row.number, row.act) for row in report.revisions.all()] == [(1, "编制"), (2, "核改"), (3, "核改")]
    client = enter(finance.author)
    assert "第 3 版" in client.get(reverse("annualreport:desk_revisions", args=[report.public_id])).content.decode()
    page = client.get(reverse("annualreport:desk_revision", args=[report.public_id, 3])).content.decode()
    assert "<ins><span" in page
    assert "全年" in page
    assert "1 个部分有改动" in page
    first = client.get(reverse("annualreport:desk_revision", args=[report.public_id, 3]) + "?against=1")
    assert "与第 1 版" in first.content.decode()
    for wrong in ("7", "x", "9" * 30):
        address = reverse("annualreport:desk_revision", args=[report.public_id, 3]) + f"?against={wrong}"
        assert client.get(address).status_code == 404


def test_the_difference_is_told_part_by_part(finance: Any) -> None:
    report = finance.compiled()
    report = edit_sections(report, {"1.4": "甲乙丙丁戊。"}, version=1, by=finance.author, today=TODAY)
    first, second = report.revisions.all()
    found = {part.number: part for part in changes(report.edition, first.texts, second.texts)}
    assert [number for number, part in found.items() if not part.same] == ["1.4"]
    assert found["1.4"].lines[0].text == "甲乙丙丁戊。"
