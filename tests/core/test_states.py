"""The state tables: complete, guarded, and saying no with a reason."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from gongkai_core.refusals import Refusal, Refused
from gongkai_core.states import (
    CASE,
    FILING_SHEET,
    GAZETTE_ISSUE,
    ITEM_VERSION,
    SUPPLY_SHEET,
    Machine,
    MachineError,
    Row,
    item_state,
    to_mermaid,
)
from gongkai_core.states.cases import FINISHED, UNSIGNED
from gongkai_core.states.engine import Guard
from gongkai_core.states.picture import to_document

MACHINES = [ITEM_VERSION, GAZETTE_ISSUE, CASE, FILING_SHEET, SUPPLY_SHEET]
DOCUMENT = Path(__file__).parents[2] / "docs" / "states.md"


def tiny(rows: list[Row], **changes: object) -> Machine:
    settings: dict[str, object] = {
        "name": "t",
        "initial": "a",
        "terminal": frozenset({"b"}),
        "states": {"a": "甲", "b": "乙"},
        "event_labels": {"go": "走"},
        "roles": {"x": "某人"},
        "rows": tuple(rows),
        "guards": {"g": Guard("g", "不行。", "第一条")},
        "facts": {"f": "情形"},
    } | changes
    return Machine(**settings)  # type: ignore[arg-type]


GO = Row("a", "go", ("x",), "b", "第一条")


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_matrix_answers_every_state_and_event(machine: Machine) -> None:
    matrix = machine.matrix()
    assert set(matrix) == set(itertools.product(machine.states, machine.event_labels))
    for (state, event), answer in matrix.items():
        if isinstance(answer, Row):
            assert answer == machine.next(state, event)
            assert event in machine.events(state)
        else:
            assert event not in machine.events(state)
            with pytest.raises(Refused) as refused:
                machine.next(state, event)
            assert refused.value.refusal == answer
            assert machine.states[state] in answer.message and answer.article
            assert str(refused.value).endswith(f"（依据：{answer.article}）")


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_matrix_of_roles(machine: Machine) -> None:
    for (state, event), answer in machine.matrix().items():
        for role in machine.roles:
            refusal = machine.refusal(state, event, roles=[role])
            if isinstance(answer, Refusal):
                assert refusal == answer
            elif role in answer.who:
                assert refusal is None
            else:
                assert refusal is not None and refusal.code == "wrong_role"


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_each_failed_guard_refuses_with_its_own_article(machine: Machine) -> None:
    asked = set()
    for row in machine.rows:
        facts = [row.when] if row.when else []
        for name in row.guards:
            asked.add(name)
            refusal = machine.refusal(row.state, row.event, roles=row.who, facts=facts, failed=[name])
            assert refusal == machine.guards[name].refusal
            assert refusal.message.endswith("。") and refusal.article
        strangers = set(machine.guards) - set(row.guards)
        assert machine.refusal(row.state, row.event, facts=facts, failed=strangers) is None
    by_outcome = {f"G{n}" for n in range(2, 21)} - {"G6", "G7", "G14", "G15"}
    assert set(machine.guards) - asked <= (by_outcome if machine is CASE else set())


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_overdue_is_no_state(machine: Machine) -> None:
    assert not [word for word in machine.states.values() if "逾期" in word or "超期" in word]


def test_item_story_and_its_short_cuts() -> None:
    state = ITEM_VERSION.initial
    for event in (
        "submit",
        "return",
        "edit",
        "submit",
        "approve_review",
        "send_back",
        "approve_review",
        "sign_and_publish",
        "withdraw",
    ):
        state = ITEM_VERSION.next(state, event).next
    assert state == "withdrawn"
    for event in ("sign_and_publish", "approve_review"):
        with pytest.raises(Refused):
            ITEM_VERSION.next("draft", event)


def test_nothing_becomes_public_without_secrecy_review_by_another() -> None:
    into_public = [r for r in ITEM_VERSION.rows if r.next == "published" and r.state != "published"]
    assert into_public
    for row in into_public:
        assert {"not_author", "secrecy_reviewed", "digest_approved"} <= set(row.guards)
    for row in ITEM_VERSION.rows:
        if row.event in ("approve_review", "sign_and_publish", "review_afterwards"):
            assert "not_author" in row.guards and "drafter" not in row.who


@pytest.mark.parametrize(
    ("versions", "word"),
    [
        (["draft"], "draft"),
        (["published", "in_review"], "published"),
        (["superseded", "published"], "published"),
        (["superseded", "withdrawn"], "withdrawn"),
        (["withdrawn", "draft"], "withdrawn"),
        (["withdrawn", "published"], "published"),
        (["discarded"], "discarded"),
    ],
)
def test_item_word_is_derived_from_its_versions(versions: list[str], word: str) -> None:
    assert item_state(versions) == word


def test_item_word_needs_known_versions() -> None:
    with pytest.raises(ValueError, match="at least one"):
        item_state([])
    with pytest.raises(LookupError):
        item_state(["overdue"])


STORIES = {
    "granted": (
        "register assign start_examination start_processing propose_decision submit_draft approve+discloses "
        "pass_secrecy sign deliver confirm_delivery archive",
        "archived",
    ),
    "corrected": (
        "register start_examination ask_correction correction_received start_processing extend "
        "propose_decision submit_draft return_draft propose_decision submit_draft approve sign deliver",
        "closed",
    ),
    "not corrected": (
        "register start_examination ask_correction abandon propose_decision submit_draft approve sign deliver",
        "closed",
    ),
    "late correction stops nothing": (
        "register start_examination ask_correction+correction_stops_nothing correction_received",
        "examining",
    ),
    "excessive": (
        "register start_examination ask_reason reason_lapsed propose_decision submit_draft approve sign",
        "delivering",
    ),
    "unpaid": ("register start_examination notify_fee abandon propose_decision submit_draft", "legal_review"),
    "paid": ("register start_examination notify_fee fee_paid", "processing"),
    "withdrawn": ("register start_examination withdraw notify_end archive", "archived"),
    "three questions": (
        "register start_examination start_processing ask_agency ask_co_maker ask_third_party ask_third_party "
        "third_party_answered+third_party_open+co_maker_open co_maker_answered+third_party_open "
        "third_party_lapsed+co_maker_open+agency_open co_maker_lapsed+agency_open agency_answered",
        "processing",
    ),
    "asked again after review": (
        "register start_examination propose_decision submit_draft approve sign deliver archive reopen",
        "processing",
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_case_stories(name: str) -> None:
    story, end = STORIES[name]
    state = CASE.initial
    for step in story.split():
        event, *facts = step.split("+")
        state = CASE.next(state, event, facts).next
    assert state == end


def test_open_questions_decide_where_an_answer_leads() -> None:
    """Whatever stays open, the state after an answer names the first open question, or work."""
    order = ("third_party", "co_maker", "agency")
    for rank, asked in enumerate(order):
        for count in range(4):
            for left in itertools.combinations(order[rank:], count):
                row = CASE.next(f"waiting_{asked}", f"{asked}_answered", [f"{one}_open" for one in left])
                assert row.next == (f"waiting_{left[0]}" if left else "processing")


def test_withdrawal_from_every_unsigned_state_and_no_other() -> None:
    can = {row.state for row in CASE.rows if row.event == "withdraw"}
    assert can == set(UNSIGNED)
    assert set(CASE.states) - can == FINISHED | {"delivering", "abandoned"}


def test_a_secrecy_review_cannot_be_walked_around() -> None:
    assert CASE.next("legal_review", "approve", ["discloses"]).next == "secrecy_review"
    assert {row.event for row in CASE.rows if row.next == "signing" and row.state != "signing"} == {
        "approve",
        "pass_secrecy",
    }


def test_extension_asks_for_the_heads_consent() -> None:
    for row in CASE.rows:
        if row.event == "extend":
            assert {"head_agreed", "extension_in_time", "extension_once"} <= set(row.guards)
            assert row.article == "条例第三十三条第二款"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([GO, GO], id="the same row twice"),
        pytest.param([Row("a", "go", ("x",), "b", "一", when="f")], id="only a conditional row"),
        pytest.param([GO, Row("a", "go", ("x",), "a", "一", when="f")], id="conditional row last"),
        pytest.param([Row("a", "go", ("x",), "c", "一")], id="unknown state"),
        pytest.param([Row("a", "gone", ("x",), "b", "一")], id="unknown event"),
        pytest.param([Row("a", "go", ("y",), "b", "一")], id="unknown role"),
        pytest.param([Row("a", "go", ("x",), "b", "一", ("h",))], id="unknown guard"),
        pytest.param([Row("a", "go", ("x",), "b", "一", when="h"), GO], id="unknown fact"),
        pytest.param([Row("a", "go", (), "b", "一")], id="nobody acts"),
        pytest.param([Row("a", "go", ("x",), "b", "")], id="no article"),
        pytest.param([Row("a", "go", ("x",), "a", "一")], id="unreachable end"),
        pytest.param([], id="no rows"),
    ],
)
def test_a_contradictory_table_is_refused(rows: list[Row]) -> None:
    with pytest.raises(MachineError):
        tiny(rows)


def test_dead_ends_and_misfiled_guards_are_refused() -> None:
    three = {"a": "甲", "b": "乙", "c": "丙"}
    with pytest.raises(MachineError, match="without an end"):
        tiny([GO, Row("a", "go", ("x",), "c", "一", when="f"), GO][1:], states=three)
    with pytest.raises(MachineError, match="filed"):
        tiny([GO], guards={"h": Guard("g", "不行。", "一")})


def test_unknown_names_are_programming_errors() -> None:
    machine = tiny([GO])
    for call in (
        lambda: machine.next("z", "go"),
        lambda: machine.next("a", "stop"),
        lambda: machine.next("a", "go", ["rain"]),
        lambda: machine.events("z"),
    ):
        with pytest.raises(LookupError):
            call()


def test_mermaid_is_stable() -> None:
    assert to_mermaid(tiny([Row("a", "go", ("x",), "a", "一", when="f", label="等"), GO])) == (
        'stateDiagram-v2\n    state "甲" as a\n    state "乙" as b\n    [*] --> a\n    a --> b: 走\n    b --> [*]\n'
    )


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_mermaid_draws_every_move(machine: Machine) -> None:
    picture = to_mermaid(machine)
    for row in machine.rows:
        assert (f"    {row.state} --> {row.next}: " in picture) == (row.state != row.next)


def test_the_documents_page_is_fresh() -> None:
    assert DOCUMENT.read_text("utf-8") == to_document(ITEM_VERSION, GAZETTE_ISSUE, CASE, FILING_SHEET, SUPPLY_SHEET), (
        "run: python -m gongkai_core.states > docs/states.md"
    )


def test_refusal_without_article_is_the_bare_sentence() -> None:
    assert str(Refused(Refusal("x", "请填写标题。"))) == "请填写标题。"
