"""Letters: every one renders, says no to what it may not print, and ends with the right remedy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from gongkai_core import outcomes
from gongkai_core.letters import (
    LETTERS,
    ORGAN_KINDS,
    VARIABLE_LABELS,
    AnsweringBody,
    Letter,
    RenderedLetter,
    Value,
    chinese_date,
    court_for,
    document_number,
    is_document_number,
    leaks,
    letters_for,
    remedy_by_choice,
    remedy_clause,
    remedy_for_letter,
    render,
    review_bodies,
)
from gongkai_core.letters.catalogue import LettersError, read
from gongkai_core.letters.remedy import BODY_LABELS
from gongkai_core.refusals import Refusal, Refused

DATA = Path(__file__).parents[2] / "src" / "gongkai_core" / "data" / "letters.json"
RAW = json.loads(DATA.read_text("utf-8"))
RECEIVED = date(2026, 3, 2)
SIGNED = date(2026, 3, 20)
REMEDIES = ("remedy", "remedy_withheld", "remedy_disclosed")
PERIOD_DAYS = {
    "before_2015_05": date(2015, 4, 30),
    "before_2024": date(2023, 12, 31),
    "from_2024": date(2024, 1, 1),
}


def refusal_of(call: object, *args: object, **more: object) -> Refusal:
    with pytest.raises(Refused) as refused:
        call(*args, **more)  # type: ignore[operator]
    return refused.value.refusal


def answering(organ_kind: str = "department", answering_body: str = "organ", **more: object) -> AnsweringBody:
    return AnsweringBody(
        organ_kind,
        answering_body,
        review_names={kind: f"甲{label}" for kind, label in BODY_LABELS.items()},
        courts={"basic": "甲县人民法院", "intermediate": "乙市中级人民法院"},
        **more,  # type: ignore[arg-type]
    )


def outcome_of(letter: Letter) -> str | None:
    return next((code for code in letter.triggers if code in outcomes.OUTCOMES), None)


def remedy_of(letter: Letter) -> list[str]:
    choice = None
    outcome = outcome_of(letter)
    if outcome and outcomes.remedy_for(outcome, SIGNED) == "legal_review":
        choice = "review_only"
    return remedy_for_letter(letter, outcome, SIGNED, answering(), legal_review_choice=choice)


def values_of(letter: Letter, names: tuple[str, ...]) -> dict[str, Value | None]:
    """A marked value for each variable, so that a lost or misplaced one shows."""
    values: dict[str, Value | None] = {name: f"〈{name}〉" for name in names if name not in REMEDIES}
    if "signed_on" in values:
        values["signed_on"] = SIGNED
    if "docno" in values:
        values["docno"] = document_number("丰政公开", letter.docno_suffix, 2026, 7)
    return values


def rendered(letter: Letter, names: tuple[str, ...], **more: object) -> RenderedLetter:
    settings: dict[str, object] = {
        "received_on": RECEIVED,
        "outcome": outcome_of(letter),
        "remedy": remedy_of(letter),
        "delivered_by": "online",
    } | more
    return render(letter.code, values_of(letter, names), **settings)  # type: ignore[arg-type]


every_letter = pytest.mark.parametrize("letter", LETTERS.values(), ids=lambda letter: letter.code)


# --- the catalogue ---------------------------------------------------------------------------------------


def test_the_catalogue_is_the_data() -> None:
    assert list(LETTERS) == [row["code"] for row in RAW["letters"]]
    for row in RAW["letters"]:
        letter = LETTERS[row["code"]]
        assert (letter.template, letter.name) == (row["template"], row["name"])
        assert set(letter.printed) == {*row["required_vars"], *row["optional_vars"]}


def test_every_variable_has_a_chinese_word() -> None:
    used = {name for letter in LETTERS.values() for name in (*letter.printed, *letter.record)}
    assert used == set(VARIABLE_LABELS)
    assert all(label and not label.isascii() for label in VARIABLE_LABELS.values())


def test_every_outcome_finds_its_letter() -> None:
    for outcome in outcomes.OUTCOMES.values():
        assert letters_for(outcome.code)[0].code == outcome.letters[0]
    assert letters_for("no such step") == ()


@pytest.mark.parametrize(
    "change",
    [
        {"template": "{organ}{unknown}"},
        {"template": "没有变量"},
        {"template": "{organ}{contact}"},  # optional, yet outside a segment
        {"required_vars": ["organ", "organ"]},
        {"record_vars": ["organ"]},
        {"kind": "poem"},
        {"addressee": "everybody"},
        {"date_only_when": {"organ": ["online"]}},
    ],
)
def test_contradictory_letters_are_refused(change: Mapping[str, object]) -> None:
    row = dict(LETTERS_ROW)
    read(row)
    with pytest.raises(LettersError):
        read(row | dict(change))


LETTERS_ROW = next(row for row in RAW["letters"] if row["code"] == "L28") | {"template": "{organ}[[{contact}]]"}


# --- rendering -------------------------------------------------------------------------------------------


@every_letter
@pytest.mark.parametrize("full", [False, True], ids=["required only", "everything"])
def test_every_letter_renders(letter: Letter, full: bool) -> None:
    paper = rendered(letter, letter.printed if full else letter.required)
    text = paper.text
    for mark in ("{", "}", "[[", "]]", "None"):
        assert mark not in text
    for name in letter.required:
        if name not in (*REMEDIES, "signed_on", "docno"):
            assert f"〈{name}〉" in text, name
    for name in letter.optional:
        if name not in REMEDIES:
            assert (f"〈{name}〉" in text) == full, name
    assert all(sentence in text for sentence in remedy_of(letter))
    assert not any(f"〈{name}〉" in text for name in letter.record)
    assert "\n\n\n\n" not in text.rstrip("\n") or letter.kind == "internal"


@every_letter
def test_the_structure_says_the_same_as_the_text(letter: Letter) -> None:
    """Filling the template plainly, without any notion of structure, gives the same paper."""
    paper = rendered(letter, letter.printed)
    values = {name: str(value) for name, value in values_of(letter, letter.printed).items()}
    values["signed_on"] = chinese_date(SIGNED)
    places = [name for name in REMEDIES if name in letter.printed]
    values |= dict(zip(places, remedy_of(letter), strict=False))
    plain = letter.template.replace("[[", "").replace("]]", "")
    for name, value in values.items():
        plain = plain.replace(f"{{{name}}}", value)
    assert paper.text.rstrip("\n") == plain.rstrip("\n")
    assert paper.blank_after == len(plain) - len(plain.rstrip("\n")) - 1


def test_the_parts_of_a_notice() -> None:
    paper = rendered(LETTERS["L09b"], LETTERS["L09b"].printed)
    assert [block.kind for block in paper.blocks] == [
        "letterhead", "title", "number", "addressee", "paragraph", "paragraph", "paragraph", "remedy",
        "closing", "signature", "date",
    ]  # fmt: skip
    assert paper.number == "丰政公开告〔2026〕7号"
    assert paper.addressee == "〈addressee〉："
    assert paper.signature == "〈organ〉"
    assert paper.signed_on == "2026年3月20日"
    assert paper.paragraphs[0].startswith("本机关于〈received_on〉收到您（贵单位）")
    assert paper.remedy == tuple(remedy_of(LETTERS["L09b"]))
    assert paper.text.count("（印章）") == 1


def test_partial_disclosure_bears_two_remedies_since_2024_and_one_before() -> None:
    letter = LETTERS["L10"]
    since = rendered(letter, letter.printed)
    assert len(since.remedy) == 2
    assert "应当先" in since.remedy[0] and "其余部分" in since.remedy[1]
    before = rendered(letter, letter.printed, remedy=remedy_clause("partial", date(2023, 12, 31), answering()))
    assert len(before.remedy) == 1 and "应当先" not in before.text


def test_title_and_day_of_receipt_need_not_be_repeated() -> None:
    letter = LETTERS["L01"]
    values = values_of(letter, letter.required)
    del values["title"], values["received_on"]
    paper = render("L01", values, received_on=RECEIVED)
    assert paper.title == "政府信息公开申请登记回执"
    assert "本机关于2026年3月2日收到" in paper.text


def test_an_optional_variable_may_be_given_as_nothing() -> None:
    letter = LETTERS["L01"]
    values = values_of(letter, letter.required)
    assert render("L01", values | {"query_code": None}, received_on=RECEIVED) == render(
        "L01", values, received_on=RECEIVED
    )


def test_record_variables_are_kept_and_not_printed() -> None:
    letter = LETTERS["L03"]
    values = values_of(letter, letter.required) | {"approver": "某主任"}
    paper = render("L03", values, received_on=RECEIVED)
    assert paper.record == {"approver": "某主任"} and "某主任" not in paper.text


def test_values_are_never_read_as_template() -> None:
    letter = LETTERS["L01"]
    values = values_of(letter, letter.required) | {
        "request_text": "[[{organ}]]\n特此告知。\n{organ}（印章）\x00\r\n{signed_on}"
    }
    paper = render("L01", values, received_on=RECEIVED)
    assert "“[[{organ}]] 特此告知。 {organ}（印章） {signed_on}”" in paper.paragraphs[0]
    assert len(paper.texts("closing")) == len(paper.texts("signature")) == 1


@pytest.mark.parametrize("ended", ["没有形成决定", "没有形成决定。", "没有形成决定。。", "没有形成决定；"])
def test_a_reason_that_is_ended_ends_once(ended: str) -> None:
    letter = LETTERS["L11"]
    values = values_of(letter, letter.required) | {"reason": ended, "request_text": "某某规划。"}
    paper = render("L11", values, received_on=RECEIVED, outcome="refuse.process_info", remedy=remedy_of(letter))
    assert "理由：没有形成决定。根据" in paper.text
    assert "申请公开“某某规划。”。" in paper.text, "the applicant's own words stay as they are"


def test_a_list_keeps_its_lines() -> None:
    letter = LETTERS["L02"]
    values = values_of(letter, letter.required) | {"amend_items": "1.身份证明；\r\n\n2.名称或者文号。"}
    assert {"1.身份证明；", "2.名称或者文号。"} <= set(render("L02", values, received_on=RECEIVED).paragraphs)


def test_forms_leave_room_for_handwriting() -> None:
    paper = rendered(LETTERS["L30"], LETTERS["L30"].required)
    opinions = [block for block in paper.blocks if block.text.endswith(("意见：", "批示：", "必填）："))]
    assert [block.blank_before for block in opinions] == [1, 2, 2, 2, 2]
    assert paper.blank_after == 2 and {block.kind for block in paper.blocks} == {"title", "line"}


@every_letter
def test_each_missing_variable_is_named(letter: Letter) -> None:
    for name in letter.required:
        if name in ("title", "received_on"):
            continue  # known to the letter and to the case
        values = values_of(letter, letter.required) | ({} if name in REMEDIES else {name: " \n"})
        refusal = refusal_of(
            render, letter.code, values, received_on=RECEIVED, outcome=outcome_of(letter),
            remedy=[] if name in REMEDIES else remedy_of(letter),
        )  # fmt: skip
        assert refusal.code == "missing_variable" and VARIABLE_LABELS[name] in refusal.message


def test_undeclared_variables_and_typed_remedies_are_refused() -> None:
    values = values_of(LETTERS["L11"], LETTERS["L11"].required)
    settings = {"received_on": RECEIVED, "outcome": "refuse.third_party"}
    refusal = refusal_of(render, "L11", values | {"phone": "1"}, **settings)
    assert refusal.code == "undeclared_variable" and "phone" in refusal.message
    assert refusal_of(render, "L11", values | {"remedy": "不服可来电"}, **settings).code == "typed_remedy"
    assert refusal_of(render, "L11", values, remedy=["一", "二"], **settings).code == "typed_remedy"
    notice = values_of(LETTERS["L02"], LETTERS["L02"].required)
    assert refusal_of(render, "L02", notice, received_on=RECEIVED, remedy=["一"]).code == "typed_remedy"


def test_a_letter_belongs_to_its_outcome() -> None:
    values = values_of(LETTERS["L11"], LETTERS["L11"].required)
    for outcome in (None, "grant.provide", "no.such"):
        assert refusal_of(render, "L11", values, received_on=RECEIVED, outcome=outcome).code == "wrong_letter"
    with pytest.raises(LookupError):
        render("L99", {}, received_on=None)


@pytest.mark.parametrize("outcome", ["other.no_amend", "other.no_payment", "other.withdrawn"])
def test_the_end_of_a_case_states_its_remedy_unless_withdrawn(outcome: str) -> None:
    values = values_of(LETTERS["L25"], LETTERS["L25"].required)
    sentences = remedy_clause(outcome, SIGNED, answering())
    paper = render("L25", values, received_on=RECEIVED, outcome=outcome, remedy=sentences)
    assert bool(paper.remedy) == (outcome != "other.withdrawn")
    if paper.remedy:
        bare = refusal_of(render, "L25", values, received_on=RECEIVED, outcome=outcome)
        assert bare.code == "missing_variable"


def test_no_letters_for_applications_under_the_old_law() -> None:
    values = values_of(LETTERS["L01"], LETTERS["L01"].required)
    refusal = refusal_of(render, "L01", values, received_on=date(2019, 5, 14))
    assert refusal.code == "old_law" and "原件" in refusal.message
    assert render("L01", values, received_on=date(2019, 5, 15)).code == "L01"
    assert render("L28", {"organ": "甲县人民政府"}, received_on=None).title == "甲县人民政府政府信息公开申请表"


@pytest.mark.parametrize(("code", "name"), [("L04", "third_by"), ("L20", "pay_by")])
def test_days_that_run_from_receipt_are_printed_only_when_it_is_known(code: str, name: str) -> None:
    letter = LETTERS[code]
    for way, printed in [("in_person", True), ("online", True), ("post_registered", False), (None, False)]:
        values = values_of(letter, letter.required) | {name: date(2026, 4, 2)}
        if printed:
            paper = render(code, values, received_on=RECEIVED, delivered_by=way)
            assert "不晚于2026年4月2日（含当日）" in paper.text
        else:
            refusal = refusal_of(render, code, values, received_on=RECEIVED, delivered_by=way)
            assert refusal.code == "date_not_printable"
        term = render(code, values_of(letter, letter.required), received_on=RECEIVED, delivered_by=way).text
        assert "工作日内" in term and "不晚于" not in term


# --- remedies --------------------------------------------------------------------------------------------

BODIES = [(row["organ_kind"], row["answering_body"]) for row in RAW["remedy"]["bodies"]]
LEGAL_REVIEW = {
    "refuse.admin_query", "unable.needs_creation", "decline.petition", "decline.repeat",
    "decline.publication", "decline.reconfirm", "other.misc",
}  # fmt: skip
NOT_BEFORE_2019 = {"decline.excessive", "decline.reconfirm", "other.no_amend", "other.no_payment"}
REVIEW_FIRST = {code for code in outcomes.OUTCOMES if code.startswith("refuse.")} - LEGAL_REVIEW


@pytest.mark.parametrize("period", PERIOD_DAYS)
@pytest.mark.parametrize("outcome", outcomes.OUTCOMES)
@pytest.mark.parametrize("kind", BODIES, ids="-".join)
def test_remedy_of_every_outcome_period_and_body(outcome: str, period: str, kind: tuple[str, str]) -> None:
    signed_on = PERIOD_DAYS[period]
    body = answering(*kind, court_override="丙法院")
    if period == "before_2015_05" and outcome in NOT_BEFORE_2019:
        assert refusal_of(remedy_clause, outcome, signed_on, body).code == "outcome_not_in_force"
        return
    choice = None
    if period == "from_2024" and outcome in LEGAL_REVIEW:
        assert refusal_of(remedy_clause, outcome, signed_on, body).code == "no_legal_review"
        choice = "choice"
    sentences = remedy_clause(outcome, signed_on, body, legal_review_choice=choice)
    text = "".join(sentences)
    if outcome == "other.withdrawn":
        assert sentences == []
        return
    names = [f"甲{BODY_LABELS[name]}" for name in review_bodies(*kind, signed_on)]
    assert f"60日内向{'或者'.join(names)}申请行政复议" in text
    first = period == "from_2024" and (outcome in REVIEW_FIRST or outcome == "partial")
    assert ("应当先" in text) == ("第二十三条" in text) == first
    assert ("15日内依法向人民法院" in text) == first
    assert len(sentences) == (2 if first and outcome == "partial" else 1)
    suit = {"before_2015_05": "自知道之日起3个月内", "before_2024": "6个月内", "from_2024": "6个月内"}[period]
    assert (f"{suit}向丙法院提起行政诉讼" in text) == (not first or outcome == "partial")
    assert "{" not in text and "[[" not in text and all(part.endswith("。") for part in sentences)


@pytest.mark.parametrize(
    ("kind", "answering_body", "before", "since"),
    [
        ("county_government", "organ", ["superior_government"], ["superior_government"]),
        ("county_government", "designated_office", ["own_government"], ["own_government"]),
        ("town_government", "organ", ["superior_government"], ["superior_government"]),
        ("department", "organ", ["own_government", "superior_department"], ["own_government"]),
        ("justice_bureau", "organ", ["own_government", "superior_department"],
         ["own_government", "superior_justice"]),
        ("subdistrict", "organ", ["founding_government"], ["founding_government"]),
        ("dispatched_office", "organ", ["own_government", "founding_department"], ["own_government"]),
        ("authorised_org", "organ", ["managing_body"], ["own_government"]),
        ("vertical", "organ", ["superior_department"], ["superior_department"]),
    ],
)  # fmt: skip
def test_review_bodies(kind: str, answering_body: str, before: list[str], since: list[str]) -> None:
    for day in (PERIOD_DAYS["before_2015_05"], PERIOD_DAYS["before_2024"]):
        assert list(review_bodies(kind, answering_body, day)) == before
    assert list(review_bodies(kind, answering_body, PERIOD_DAYS["from_2024"])) == since


@pytest.mark.parametrize(
    ("kind", "answering_body", "signed_on", "province", "level", "defendant"),
    [
        ("county_government", "organ", date(2026, 1, 1), "江西省", "intermediate", "county_government"),
        ("county_government", "organ", date(2022, 1, 1), "江西省", "intermediate", "county_government"),
        ("county_government", "organ", date(2022, 1, 1), "江苏省", "basic", "county_government"),
        ("county_government", "organ", date(2021, 9, 30), "江苏", "intermediate", "county_government"),
        ("county_government", "organ", date(2021, 10, 1), "江苏", "basic", "county_government"),
        ("county_government", "organ", date(2023, 9, 27), "北京市", "basic", "county_government"),
        ("county_government", "organ", date(2023, 9, 28), "北京市", "intermediate", "county_government"),
        ("county_government", "designated_office", date(2021, 3, 31), "", "legal_review", "legal_review"),
        ("county_government", "designated_office", date(2021, 4, 1), "", "basic", "designated_office"),
        ("department", "organ", date(2022, 1, 1), "江苏省", "basic", "organ"),
        ("town_government", "organ", date(2010, 1, 1), "", "basic", "organ"),
    ],
)
def test_courts(kind: str, answering_body: str, signed_on: date, province: str, level: str, defendant: str) -> None:
    court = court_for(kind, answering_body, signed_on, province)
    assert (court.level, court.defendant) == (level, defendant)


def test_the_words_of_a_refusal_since_2024() -> None:
    assert remedy_clause(
        "refuse.internal_affairs", SIGNED, answering(), delivered_online=True, review_url="https://fy.example.cn"
    ) == [
        "如对本机关不予公开的决定不服，根据《中华人民共和国行政复议法》第二十三条的规定，应当先自收到本告知书之日起60日内"
        "向甲本级人民政府申请行政复议（互联网申请渠道：https://fy.example.cn）；对行政复议决定不服的，可以自收到行政复议"
        "决定书之日起15日内依法向人民法院提起行政诉讼。"
    ]


def test_online_delivery_needs_the_online_way_to_review_since_2024() -> None:
    grant = ("grant.provide", SIGNED, answering())
    refusal = refusal_of(remedy_clause, *grant, delivered_online=True, review_url=" ")
    assert (refusal.code, refusal.article) == ("no_review_url", "行政复议法第二十二条第二款")
    assert "互联网申请渠道" not in remedy_clause(*grant)[0]
    assert "互联网" not in remedy_clause("grant.provide", date(2023, 12, 31), answering(), delivered_online=True)[0]
    assert remedy_clause("other.withdrawn", SIGNED, answering(), delivered_online=True) == []


def test_legal_review_chooses_where_the_law_is_unsettled_and_only_there() -> None:
    petition = ("decline.petition", SIGNED, answering())
    assert remedy_clause(*petition, legal_review_choice="none") == []
    only = remedy_clause(*petition, legal_review_choice="review_only")[0]
    assert only == "如对本答复不服，可以自收到本告知书之日起60日内向甲本级人民政府申请行政复议。"
    assert "应当先" in remedy_clause(*petition, legal_review_choice="review_first")[0]
    assert refusal_of(remedy_clause, *petition, legal_review_choice="review_first_withheld_part").code == (
        "no_legal_review"
    )
    for outcome in ("grant.provide", "partial"):
        refusal = refusal_of(remedy_clause, outcome, SIGNED, answering(), legal_review_choice="none")
        assert refusal.code == "needless_legal_review"


def test_missing_names_and_rules_stop_the_signature() -> None:
    bare = AnsweringBody("justice_bureau")
    refusal = refusal_of(remedy_clause, "grant.provide", SIGNED, bare)
    assert refusal.code == "no_review_name" and "本级人民政府、上一级司法行政部门" in refusal.message
    named = AnsweringBody("department", review_names={"own_government": "甲县人民政府"})
    refusal = refusal_of(remedy_clause, "grant.provide", SIGNED, named)
    assert refusal.code == "no_court_name" and "基层人民法院" in refusal.message
    party = AnsweringBody("party_organ", court_override="甲县人民法院")
    assert refusal_of(remedy_clause, "grant.provide", SIGNED, party).code == "no_review_body"
    chosen = AnsweringBody("party_organ", court_override="甲县人民法院", chosen_review_bodies=("甲机关", "乙机关"))
    assert "向甲机关或者乙机关申请行政复议" in remedy_clause("grant.provide", SIGNED, chosen)[0]
    office = answering("county_government", "designated_office")
    assert refusal_of(remedy_clause, "grant.provide", date(2021, 3, 31), office).code == "no_court"


def test_the_remedy_of_a_letter() -> None:
    for code in ("L06", "L23"):
        assert remedy_for_letter(LETTERS[code], None, SIGNED, answering()) == remedy_by_choice(SIGNED, answering())
    assert remedy_for_letter(LETTERS["L02"], None, SIGNED, answering()) == []
    assert "county_government" in ORGAN_KINDS


# --- privacy ---------------------------------------------------------------------------------------------

APPLICANT = {
    "name": "张三丰",
    "id_number": "11010519491231002X",
    "address": "江西省赣州市信丰县嘉定镇阳明路12号",
    "phone": ["138-0013-8000", "0797-3301234"],
    "email": "Zhang.San@example.cn",
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("关于张三丰的材料", "name"),
        ("申请人 张 三 丰", "name"),
        ("证件 110105 19491231 002x", "id_number"),
        ("证件１１０１０５１９４９１２３１００２Ｘ", "id_number"),
        ("电话13800138000", "phone"),
        ("电话+86 138 0013 8000", "phone"),
        ("电话：3301234转2", "phone"),
        ("邮箱 zhang.san@EXAMPLE.cn", "email"),
        ("住嘉定镇阳明路12号", "address"),
        ("阳明路 12号的房屋", "address"),
        ("江西省赣州市信丰县嘉定镇阳明路12号", "address"),
    ],
)
def test_the_applicant_is_found(text: str, kind: str) -> None:
    for code in ("L04", "L05", "L06", "L07", "L08", "L22", "L31", "L39"):
        found = leaks(code, text, APPLICANT)
        assert [leak.kind for leak in found] == [kind]
        assert found[0].value not in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "", "关于嘉定镇道路的信息", "信丰县2026年第13号", "张 三", "电话13800138001", "zhang@example.cn",
        "3301233、4",
    ],
)  # fmt: skip
def test_what_only_looks_like_the_applicant(text: str) -> None:
    assert leaks("L04", text, APPLICANT) == []


def test_values_too_short_to_tell_and_letters_to_the_applicant() -> None:
    assert leaks("L04", "李某", {"name": "李", "phone": "110", "address": ""}) == []
    assert leaks("L11", "张三丰", APPLICANT) == []
    with pytest.raises(KeyError):
        leaks("L04", "x", {"nickname": "某某"})


def test_letters_to_others_are_checked_and_those_to_the_applicant_are_not() -> None:
    """The list of domain-spec §11.6, 40, and the internal note on the search."""
    checked = {code for code, letter in LETTERS.items() if letter.privacy_check}
    assert checked == {"L04", "L05", "L06", "L07", "L08", "L22", "L31", "L39"}


# --- numbers and days ------------------------------------------------------------------------------------


def test_document_numbers() -> None:
    assert document_number("丰政公开", "答", 2026, 12) == "丰政公开答〔2026〕12号"
    assert document_number("丰政公开", "", 2026, 1) == "丰政公开〔2026〕1号"
    for bad in [("", "答", 2026, 1), ("丰〔", "答", 2026, 1), ("丰", "答", 26, 1), ("丰", "答", 2026, 0)]:
        with pytest.raises(ValueError, match="文号不合规"):
            document_number(*bad)


@pytest.mark.parametrize(
    "text",
    ["丰政[2026]7号", "丰政［2026］7号", "丰政〔26〕7号", "丰政〔2026〕07号", "丰政〔2026〕第7号", "〔2026〕7号", ""],
)
def test_no_document_number(text: str) -> None:
    assert not is_document_number(text)


def test_days_are_written_without_padding() -> None:
    assert chinese_date(date(2026, 4, 2)) == "2026年4月2日"
