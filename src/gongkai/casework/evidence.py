"""What must be on file before an answer may leave the house: the guards G1–G21 held against the records.

`decisions.json` binds guards to outcomes. Some are told from rows (a third party was asked, a correction came back),
the others from what the handler enters with the draft: `fields_for` says what, `unmet` says what is still wanting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework.duplicates import answered_before
from gongkai.casework.models import Case, Decision, FileKind, Party
from gongkai.casework.notices import COMMON
from gongkai_core import letters, outcomes
from gongkai_core.letters import VARIABLE_LABELS, Value
from gongkai_core.refusals import Refusal


@dataclass(frozen=True)
class Field:
    """One thing the handler enters with a draft."""

    name: str
    label: str
    kind: str = "text"
    """text, long, date, check, number or choice."""
    required: bool = True
    guard: str = ""
    choices: tuple[tuple[str, str], ...] = ()


_LONG = frozenset(
    {"disclosed", "withheld", "access_path", "hint", "unclear", "finding", "result", "attachments", "units"}
)
_DATES = frozenset({"prev_on", "amended_on", "reason_asked_on"})

LAW_LEVELS = (("law", "法律"), ("regulation", "行政法规"), ("lower", "地方性法规或者规章"))
SECRET_LEVELS = (("top", "绝密"), ("secret", "机密"), ("confidential", "秘密"))

GUARD_FIELDS: dict[str, tuple[Field, ...]] = {
    "G4": (
        Field("searched_on", "检索时间", "date", guard="G4"),
        Field("searcher", "检索人", guard="G4"),
    ),
    "G8": (
        Field("secret_basis", "定密依据", guard="G8"),
        Field("secret_level", "密级", "choice", guard="G8", choices=SECRET_LEVELS),
        Field("secret_until", "保密期限届满日", "date", guard="G8"),
        Field("secret_organ", "定密机关", guard="G8"),
    ),
    "G9": (
        Field("meeting_on", "集体研究时间", "date", guard="G9"),
        Field("attendees", "参加人", guard="G9"),
        Field("conclusion", "集体研究结论", "long", guard="G9"),
    ),
    "G10": (
        Field("law_name", "法律、行政法规名称", guard="G10"),
        Field("law_article", "条款", guard="G10"),
        Field("law_level", "效力位阶", "choice", guard="G10", choices=LAW_LEVELS),
    ),
    "G14": (Field("no_good_reason", "没有正当理由的记录", "long", guard="G14"),),
    "G16": (Field("no_known_organ", "不能确定负责公开的机关", "check", required=False, guard="G16"),),
    "G18": (
        Field("disclosure_rule_checked", "已核对“法律、法规、规章规定应当公开的，从其规定”", "check", guard="G18"),
        Field("discretion", "裁量说明", "long", guard="G18"),
    ),
    "G19": (Field("access_checked", "已核实网址可以打开或者载体可以取得", "check", guard="G19"),),
    "G20": (Field("not_severable", "没有现成信息、不属于区分处理的说明", "long", guard="G20"),),
}

LETTER_FIELDS: dict[str, tuple[str, ...]] = {
    "G4": ("search_scope", "keywords", "units"),
    "G5": ("disclosed", "withheld"),
    "G17": ("special_law", "query_place"),
    "G19": ("access_path",),
    "G20": ("processing",),
}
"""Variables of the letter itself that a guard speaks of."""


def guards_of(decision: Decision) -> tuple[str, ...]:
    """The guards of the outcome, and of the refusals inside a partial disclosure (decisions.json, note of partial)."""
    codes = [decision.outcome]
    if decision.outcome == "partial":
        codes += [code for code in decision.grounds if code.startswith("refuse.")]
    return tuple(dict.fromkeys(guard for code in codes for guard in outcomes.outcome(code).guards))


def fields_for(outcome: str, grounds: list[str] | tuple[str, ...] = ()) -> list[Field]:
    """What the form of a decision asks: the letter's own variables, then what its guards want."""
    probe = Decision(outcome=outcome, grounds=list(grounds))
    letter = letters.LETTERS[letter_code(outcome)]
    fields = [
        Field(name, VARIABLE_LABELS[name], _kind(name), required=name in letter.required)
        for name in letter.printed
        if name not in COMMON and name != "reason"  # the decision's own column
    ]
    for guard in guards_of(probe):
        fields += GUARD_FIELDS.get(guard, ())
    return list({field.name: field for field in fields}.values())


def letter_code(outcome: str) -> str:
    return outcomes.outcome(outcome).letters[0]


def _kind(name: str) -> str:
    if name in _DATES:
        return "date"
    if name in ("pages", "count"):
        return "number"
    return "long" if name in _LONG else "text"


def letter_variables(decision: Decision) -> dict[str, Value]:
    """What the draft gives its letter: entered text, with days as days."""
    letter = letters.LETTERS[letter_code(decision.outcome)]
    values: dict[str, Value] = {}
    for name, value in {**decision.facts, "reason": decision.reason}.items():
        if name in letter.printed and value not in ("", None):
            values[name] = date.fromisoformat(value) if name in _DATES else value
    return values


def suggested(case: Case, outcome: str) -> dict[str, Any]:
    """What the records already say of the letter's variables, for an empty form."""
    corrected = case.clock_events.in_force().filter(type="correction_received").first()
    asked = case.inquiries.filter(party=Party.APPLICANT).first()
    articles = [outcomes.article_text(ref) for ref in outcomes.outcome(outcome).articles]
    number = articles[0].removeprefix("条例第").split("条")[0] if articles else ""
    known: dict[str, Any] = {
        "provide_form": case.get_provide_form_display(),
        "exemption": outcomes.outcome(outcome).label,
        "article": number,
        "amended_on": corrected.on if corrected else "",
        "reason_asked_on": asked.sent_on if asked else "",
        "units": "、".join(case.assistances.exclude(answered_on=None).values_list("unit", flat=True)),
        **_ENDINGS.get(outcome, {}),
        **answered_before(case),
    }
    return {field.name: known[field.name] for field in fields_for(outcome) if known.get(field.name)}


_ENDINGS = {
    "other.no_amend": {
        "fact": "您（贵单位）无正当理由逾期未补正，视为放弃申请",
        "basis": "《中华人民共和国政府信息公开条例》第三十条的规定",
    },
    "other.no_payment": {
        "fact": "您（贵单位）逾期未缴纳信息处理费，视为放弃申请",
        "basis": "《政府信息公开信息处理费管理办法》第六条的规定",
    },
    "other.withdrawn": {"fact": "您（贵单位）已书面撤回申请", "basis": "您（贵单位）的撤回书"},
}


def unmet(case: Case, decision: Decision, *, today: date) -> Refusal | None:
    """The first thing still wanting before the draft may be reviewed and signed, or None.

    The secrecy review (G2) is a stop of its own after legal review and is asked for at signing.
    """
    if refused := outcome_in_force(case, decision.outcome):
        return refused
    if decision.rule.grounds_required and not decision.reason.strip():
        return Refusal("reason", "须写明理由。", "条例第三十六条")
    if decision.outcome == "partial" and not any(code.startswith("refuse.") for code in decision.grounds):
        return Refusal("G5", "部分公开须选定不予公开部分所属的情形。", "条例第三十七条")
    facts = decision.facts
    for guard in guards_of(decision):
        wanted = [(field.name, field.label) for field in GUARD_FIELDS.get(guard, ()) if field.required]
        wanted += [(name, VARIABLE_LABELS[name]) for name in LETTER_FIELDS.get(guard, ())]
        for name, label in wanted:
            if not facts.get(name):
                return _wanting(guard, f"还缺：{label}")
        if guard in _CHECKS and (why := _CHECKS[guard](case, facts, today)):
            return _wanting(guard, why)
    if decision.discloses and case.materials.filter(file=None).exists():
        return Refusal("G5", "拟提供的材料还没有全部遮蔽、核对完；不提供的请移出。", "条例第三十七条")
    if decision.rule.cells_by_ground and not decision.ground:
        return Refusal("ground", "须选定主要理由：商业秘密、个人隐私或者其他合法权益。", "条例第十五条")
    return None


def outcome_in_force(case: Case, outcome: str) -> Refusal | None:
    """An outcome that the law of the case does not know (decisions.json: no cell and no remedy then)."""
    if case.law == "492" and outcomes.remedy_for(outcome, date(2015, 4, 30)) is None:
        label = outcomes.outcome(outcome).label
        return Refusal("outcome_not_in_force", f"旧条例没有“{label}”这一结果。", "2007年条例")
    return None


def _wanting(guard_id: str, why: str) -> Refusal:
    guard = outcomes.guard(guard_id)
    return Refusal(guard_id, f"{guard.text}：{why}。", guard.article)


def _asked_third_party(case: Case, facts: dict[str, Any], today: date) -> str:
    asked = case.inquiries.filter(party=Party.THIRD_PARTY)
    if not asked.exists():
        return "没有征求第三方意见的记录"
    return "第三方还没有答复，期限也没有届满" if asked.filter(answered_on=None, opinion="").exists() else ""


def _secret_still(case: Case, facts: dict[str, Any], today: date) -> str:
    return "" if date.fromisoformat(str(facts["secret_until"])) >= today else "保密期限已经届满"


def _law_high_enough(case: Case, facts: dict[str, Any], today: date) -> str:
    return "地方性法规、规章不足以作为依据" if facts["law_level"] == "lower" else ""


def _answered_before(case: Case, facts: dict[str, Any], today: date) -> str:
    if not facts.get("prev_on"):
        return "还缺：前次答复日期"
    return "" if facts.get("prev_docno") or facts.get("prev_way") else "还缺：前次答复的文号或者方式"


def _corrected(case: Case, facts: dict[str, Any], today: date) -> str:
    kinds = set(case.clock_events.in_force().values_list("type", flat=True))
    if "correction_asked" not in kinds:
        return "没有发出过补正告知"
    return "" if "correction_received" in kinds else "补正件还没有收到"


def _reasons_heard(case: Case, facts: dict[str, Any], today: date) -> str:
    asked = case.inquiries.filter(party=Party.APPLICANT)
    if not asked.exists():
        return "没有要求说明理由（L19）"
    return "" if asked.filter(opinion__in=("unreasonable", "none")).exists() else "没有理由不合理的记录"


def _correction_lapsed(case: Case, facts: dict[str, Any], today: date) -> str:
    asked = case.clock_events.in_force().filter(type="correction_asked").exists()
    return "" if asked and case.abandoned_on else "补正限期还没有届满，或者没有发出补正告知"


def _payment_lapsed(case: Case, facts: dict[str, Any], today: date) -> str:
    asked = case.clock_events.in_force().filter(type="fee_notified").exists()
    return "" if asked and case.abandoned_on else "缴费期限还没有届满，或者收费通知没有送达"


def _organ_told(case: Case, facts: dict[str, Any], today: date) -> str:
    told = bool(facts.get("other_organ")), bool(facts.get("other_contact"))
    if facts.get("no_known_organ"):
        return "已填写负责机关的，不要勾选“不能确定”" if any(told) else ""
    return "" if all(told) else "还缺：负责公开的机关名称和联系方式（不能确定的，勾选说明）"


def _withdrawal_on_file(case: Case, facts: dict[str, Any], today: date) -> str:
    return "" if case.files.filter(kind=FileKind.WITHDRAWAL).exists() else "没有撤回书"


_CHECKS: dict[str, Callable[[Case, dict[str, Any], date], str]] = {
    "G3": _asked_third_party,
    "G8": _secret_still,
    "G10": _law_high_enough,
    "G11": _answered_before,
    "G12": _corrected,
    "G13": _reasons_heard,
    "G14": _correction_lapsed,
    "G15": _payment_lapsed,
    "G16": _organ_told,
    "G21": _withdrawal_on_file,
}
