"""The state machine of an application (依申请公开办件).

Procedural state only: where the paper lies and whose turn it is. The clock is a ledger of its own
(`gongkai_core.clock`); most events here are entered together with a clock event, but a state never says
"overdue", and a day is never computed here.

Choices worth knowing:
- Several questions may be open at once. The state names the first of third party, co-maker, agency (as the
  clock does); after an answer the facts `third_party_open`, `co_maker_open`, `agency_open` say what is left.
- A correction asked too late, or under the 2007 条例, stops nothing: with the fact
  `correction_stops_nothing` the state stays, as the clock's does.
- 视为放弃 (`abandoned`) is not yet closed: the 不再处理告知书 with its remedy must still be drafted, signed
  and delivered, and its day is the closing day (domain-spec §11.4, 30).
- The secrecy review of a decision is a stop of its own where something is to be disclosed (`discloses`).
- An ordinary request for help (协办函) changes no state and stops no clock (domain-spec §11.5, 35).
- A case is given to a handler, who takes it or hands it back with a reason; to begin the examination is to take it.
- 条例 knows no transfer of an application: `pass_on` is for one that names another organ and came here by mistake.
- `enter_closed` takes over what an old ledger says of a case that was answered before this site: a record, no act of
  handling; its guards were those of then.
- Review and suit are registers of their own; an order to answer again comes back through `reopen`.
"""

from __future__ import annotations

from gongkai_core.states.case_guards import GUARDS
from gongkai_core.states.engine import Machine, Row

STATES = {
    "received": "来件待登记",
    "registered": "已登记",
    "examining": "审查",
    "waiting_correction": "待补正",
    "waiting_reason": "待说明理由",
    "waiting_fee": "待缴费",
    "processing": "办理",
    "waiting_third_party": "征求第三方意见",
    "waiting_co_maker": "征求共同制作机关意见",
    "waiting_agency": "征求其他机关意见",
    "drafting": "拟办",
    "legal_review": "法审",
    "secrecy_review": "保密审查",
    "signing": "待签发",
    "delivering": "待送达",
    "closed": "办结",
    "archived": "已归档",
    "withdrawn": "已撤回",
    "abandoned": "视为放弃",
}

EVENTS = {
    "split": "拆分",
    "pass_on": "转交",
    "register": "登记",
    "enter_closed": "按台账登记办结",
    "assign": "分办",
    "accept_assignment": "接收",
    "refuse_assignment": "退回分办",
    "start_examination": "开始审查",
    "ask_correction": "要求补正",
    "correction_received": "收到补正",
    "ask_reason": "要求说明理由",
    "reason_received": "收到理由",
    "reason_lapsed": "逾期未说明理由",
    "agree_delay": "确定延迟答复期限",
    "notify_fee": "通知缴费",
    "fee_paid": "完成缴费",
    "start_processing": "开始办理",
    "ask_assistance": "请求协办",
    "ask_third_party": "征求第三方意见",
    "third_party_answered": "收到第三方意见",
    "third_party_lapsed": "第三方逾期未答",
    "ask_co_maker": "征求共同制作机关意见",
    "co_maker_answered": "收到共同制作机关意见",
    "co_maker_lapsed": "共同制作机关逾期未答",
    "ask_agency": "征求其他机关意见",
    "agency_answered": "收到其他机关意见",
    "resume": "不再等候",
    "extend": "延长答复期限",
    "propose_decision": "提出拟办意见",
    "back_to_processing": "退回办理",
    "submit_draft": "送审",
    "approve": "法审通过",
    "pass_secrecy": "保密审查通过",
    "return_draft": "退回重拟",
    "sign": "签发",
    "deliver": "发出",
    "confirm_delivery": "登记送达凭证",
    "notify_end": "告知终止办理",
    "withdraw": "撤回申请",
    "abandon": "认定视为放弃",
    "archive": "归档",
    "reopen": "重新答复",
}

ROLES = {
    "applicant": "申请人",
    "case_registrar": "登记人",
    "handler": "承办人",
    "legal_reviewer": "法审人",
    "secrecy_reviewer": "保密审查人",
    "signatory": "签发人",
    "disclosure_office": "政府信息公开工作机构",
    "system": "系统",
}

FACTS = {
    "correction_stops_nothing": "补正告知超过七个工作日发出，或者适用旧条例",
    "third_party_open": "还有第三方未答",
    "co_maker_open": "还有共同制作机关未答",
    "agency_open": "还有其他机关未答",
    "discloses": "拟公开全部或者部分内容",
    "deemed_abandoned": "申请已视为放弃",
    "archived_then": "台账写明已经归档",
    "withdrawn_then": "台账写明申请人撤回",
}

QUESTIONS = ("third_party", "co_maker", "agency")  # the order in which a state names them
WAITING = tuple(f"waiting_{who}" for who in QUESTIONS)
QUESTION_ARTICLES = {
    "third_party": "条例第三十二条、第三十三条第三款",
    "co_maker": "条例第三十四条、第三十三条第三款",
    "agency": "条例第十一条、第十七条第三款、第三十三条第三款",
}
IN_WORK = ("examining", "processing")
IN_DRAFT = ("drafting", "legal_review", "secrecy_review", "signing")
UNSIGNED = (
    "received", "registered", *IN_WORK, "waiting_correction", "waiting_reason", "waiting_fee", *WAITING,
    *IN_DRAFT,
)  # fmt: skip

# fmt: off
_INTAKE = (
    Row("received", "split", ("case_registrar",), "received", "信息处理费管理办法第四条", ("split_reason",)),
    Row("received", "pass_on", ("case_registrar", "disclosure_office"), "received", "条例第四条、第三十六条第（五）项",
        ("named_another",)),
    Row("received", "register", ("case_registrar", "system"), "registered", "条例第二十九条、第三十一条",
        ("registrable",)),
    *(
        Row("received", "enter_closed", ("case_registrar", "disclosure_office"), into, "条例第五十条",
            ("answered_then",), when=when)
        for into, when in (("archived", "archived_then"), ("withdrawn", "withdrawn_then"), ("closed", ""))
    ),
    Row("registered", "assign", ("case_registrar", "disclosure_office"), "registered", "条例第四条"),
    Row("registered", "start_examination", ("handler",), "examining", "条例第二十九条、第三十条"),
    *(
        Row(state, "assign", ("case_registrar", "disclosure_office"), state, "条例第四条", label="改派")
        for state in (*IN_WORK, *WAITING, "drafting")
    ),
    *(
        row
        for state in ("registered", *IN_WORK, *WAITING, "drafting")
        for row in (
            Row(state, "accept_assignment", ("handler",), state, "条例第四条", ("assignment_waits",)),
            Row(state, "refuse_assignment", ("handler",), state, "条例第四条", ("assignment_waits", "remarks")),
        )
    ),
    Row("examining", "start_processing", ("handler",), "processing", "条例第三十三条"),
)

_CORRECTION = (
    *(
        row
        for state in IN_WORK
        for row in (
            Row(state, "ask_correction", ("handler",), state, "条例第三十条", ("G1", "correction_once"),
                when="correction_stops_nothing"),
            Row(state, "ask_correction", ("handler",), "waiting_correction", "条例第三十条",
                ("G1", "correction_once", "return_by_given")),
            Row(state, "correction_received", ("applicant", "case_registrar", "handler"), state,
                "条例第三十条", ("correction_asked",)),
        )
    ),
    Row("waiting_correction", "correction_received", ("applicant", "case_registrar", "handler"), "examining",
        "条例第三十条", ("correction_in_time",)),
    Row("waiting_correction", "abandon", ("handler",), "abandoned", "条例第三十条", ("G14",)),
)

_REASON = (
    *(
        row
        for state in IN_WORK
        for row in (
            Row(state, "ask_reason", ("handler",), "waiting_reason", "条例第三十五条", ("G1",)),
            Row(state, "agree_delay", ("handler",), state, "条例第三十五条", ("reason_accepted",)),
        )
    ),
    Row("waiting_reason", "reason_received", ("applicant", "case_registrar", "handler"), "examining",
        "条例第三十五条"),
    Row("waiting_reason", "reason_lapsed", ("handler", "system"), "examining", "条例第三十五条",
        ("reason_term_over",)),
)

_FEE = (
    *(
        Row(state, "notify_fee", ("handler",), "waiting_fee", "条例第四十二条；信息处理费管理办法第六条",
            ("G1", "fee_in_force", "fee_once"))
        for state in IN_WORK
    ),
    Row("waiting_fee", "fee_paid", ("case_registrar", "handler"), "processing", "信息处理费管理办法第六条",
        ("fee_in_time",)),
    Row("waiting_fee", "abandon", ("handler",), "abandoned", "信息处理费管理办法第六条", ("G15",)),
)
# fmt: on


def _ask(state: str, question: str) -> Row:
    """Asking in `state`; a state that waits already goes on naming the first open question."""
    asked = f"waiting_{question}"
    first = asked if state == "processing" else min(state, asked, key=WAITING.index)
    guards = ("G1", "no_applicant_data", *(("agency_basis",) if question == "agency" else ()))
    return Row(state, f"ask_{question}", ("handler",), first, QUESTION_ARTICLES[question], guards)


def _answers(state: str, question: str, verb: str, who: tuple[str, ...], guards: tuple[str, ...]) -> list[Row]:
    """An answer to (or the end of) `question` while the case is in `state`.

    Answering the question that names the state leads to the next open one, or back to work.
    """
    event, article = f"{question}_{verb}", QUESTION_ARTICLES[question]
    if state != f"waiting_{question}":
        return [Row(state, event, who, state, article, guards)]
    left = QUESTIONS[QUESTIONS.index(question) :]
    open_rows = [Row(state, event, who, f"waiting_{other}", article, guards, when=f"{other}_open") for other in left]
    return [*open_rows, Row(state, event, who, "processing", article, guards)]


def _question_rows() -> list[Row]:
    rows = [_ask(state, question) for state in ("processing", *WAITING) for question in QUESTIONS]
    for rank, state in enumerate(WAITING):
        for question in QUESTIONS[rank:]:
            rows += _answers(state, question, "answered", ("case_registrar", "handler"), ())
            if question != "agency":  # an agency's answer has no last day
                rows += _answers(state, question, "lapsed", ("handler", "system"), ("opinion_term_over",))
    rows.append(Row("waiting_agency", "resume", ("handler",), "processing", "条例第三十三条", ("resume_reason",)))
    rows += [
        Row(state, "ask_assistance", ("handler",), state, "条例第三十三条", ("G1", "no_applicant_data"))
        for state in (*IN_WORK, *WAITING)
    ]
    return rows


# fmt: off
_EXTENSION = tuple(
    Row(state, "extend", ("handler",), state, "条例第三十三条第二款",
        ("G1", "head_agreed", "extension_in_time", "extension_once"))
    for state in (*IN_WORK, "waiting_reason", *WAITING, *IN_DRAFT)
)

_DECISION = (
    *(
        Row(state, "propose_decision", ("handler",), "drafting", "条例第三十六条至第三十九条", ("G1",))
        for state in (*IN_WORK, "abandoned")
    ),
    Row("drafting", "propose_decision", ("handler",), "drafting", "条例第三十六条至第三十九条", ("G1",),
        label="修改拟办意见"),
    Row("drafting", "back_to_processing", ("handler",), "abandoned", "条例第三十条", when="deemed_abandoned"),
    Row("drafting", "back_to_processing", ("handler",), "processing", "条例第三十三条"),
    Row("drafting", "submit_draft", ("handler",), "legal_review", "条例第三十六条",
        ("outcome_guards", "G6", "no_applicant_data")),
    Row("legal_review", "approve", ("legal_reviewer",), "secrecy_review", "条例第十七条；保密法第三十五条",
        ("reviewer_not_handler", "remedy_chosen"), when="discloses"),
    Row("legal_review", "approve", ("legal_reviewer",), "signing", "条例第三十六条",
        ("reviewer_not_handler", "remedy_chosen")),
    Row("secrecy_review", "pass_secrecy", ("secrecy_reviewer",), "signing", "条例第十七条；保密法第三十五条",
        ("secrecy_not_handler",)),
    Row("signing", "sign", ("signatory",), "delivering", "条例第三十三条、第三十六条",
        ("G1", "outcome_guards", "G6", "remedy_chosen", "no_applicant_data", "signatory_not_handler",
         "signatory_not_registrar")),
    Row("legal_review", "return_draft", ("legal_reviewer",), "drafting", "条例第三十六条", ("remarks",)),
    Row("secrecy_review", "return_draft", ("secrecy_reviewer",), "drafting",
        "条例第十七条；保密法第三十五条", ("remarks",)),
    Row("signing", "return_draft", ("signatory",), "drafting", "条例第三十六条", ("remarks",)),
    # Signed but not yet sent: the number stays used, the letter is entered as void.
    Row("delivering", "return_draft", ("signatory",), "drafting", "条例第三十六条", ("remarks",),
        label="收回重拟"),
    Row("delivering", "deliver", ("case_registrar", "handler"), "closed", "条例第三十三条、第三十六条"),
)

_END = (
    *(
        Row(state, "withdraw", ("applicant", "case_registrar", "handler"), "withdrawn", "条例第二十七条",
            ("G21",))
        for state in UNSIGNED
    ),
    Row("withdrawn", "notify_end", ("handler",), "withdrawn", "条例第三十三条", ("G1",)),
    *(
        Row(state, "confirm_delivery", ("case_registrar", "handler"), state, "条例第三十三条")
        for state in ("closed", "withdrawn")
    ),
    *(
        Row(state, "archive", ("case_registrar", "handler"), "archived", "档案法第十三条", ("G7",))
        for state in ("closed", "withdrawn")
    ),
    *(
        Row(state, "reopen", ("disclosure_office", "handler"), "processing",
            "行政复议法第六十三条至第六十六条；行政诉讼法第七十条、第七十二条", ("ordered_to_redo",))
        for state in ("closed", "archived")
    ),
)
# fmt: on

CASE = Machine(
    name="依申请公开办件",
    initial="received",
    terminal=frozenset({"archived"}),
    states=STATES,
    event_labels=EVENTS,
    roles=ROLES,
    rows=(*_INTAKE, *_CORRECTION, *_REASON, *_FEE, *_question_rows(), *_EXTENSION, *_DECISION, *_END),
    guards=GUARDS,
    facts=FACTS,
)

FINISHED = frozenset({"closed", "archived", "withdrawn"})
"""States in which no answer is owed any more; all others are open cases with a deadline or a wait."""
