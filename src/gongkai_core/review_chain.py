"""Review chains (审核链) as data: which persons a text passes, in which order, before it is public and after.

A chain is configured per organ and class of item. Three things are not (domain-spec §11.2 item 8): the author never
approves, which is no part of a chain at all; the secrecy review stands before the signature; what is signed is the
digest that is published. `Chain.problem` refuses a chain that would break the second; nothing can break the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai_core.refusals import Refusal

ARTICLE = "条例第十七条；保密法第三十五条"
OWN_RULES = "审查制度：各单位自定"
MOST_STEPS = 10
LONGEST_NAME = 12

GATES = {
    "political": "政治",
    "direction": "导向",
    "law": "法律",
    "policy": "政策",
    "secrecy": "保密",
    "wording": "文字",
}
"""The six gates (六关; domain-spec §5.2)."""
SIX = frozenset(GATES)

KINDS = {
    "first_review": "初审",
    "review": "审核",
    "secrecy_review": "保密审查",
    "legal_review": "法律审核",
    "proof": "校对",
    "office_review": "政务公开办审核",
    "sign": "签发",
}

ROLES = {
    "reviewer": "审核人",
    "secrecy_reviewer": "保密审查员",
    "legal_reviewer": "法制审核人",
    "publisher": "签发人",
    "disclosure_office": "政务公开办",
}
"""Who may be asked for a step. Publishing is one right (签发人) and reviewing another; a post gives one or both."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step (环节): what is done, by which role, which of the six gates it passes.

    The steps marked `distinct` are done by different persons. A `deferred` step follows the publication.
    """

    kind: str
    role: str
    name: str = ""
    gates: tuple[str, ...] = ()
    distinct: bool = False
    deferred: bool = False

    @property
    def label(self) -> str:
        return self.name or KINDS[self.kind]

    @property
    def secrecy(self) -> bool:
        """Whether this step is, or holds, the secrecy review (保密审查)."""
        return "secrecy" in self.gates

    def to_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "role": self.role,
            "name": self.name,
            "gates": list(self.gates),
            "distinct": self.distinct,
            "deferred": self.deferred,
        }


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps in their order; `singly`: the six gates are ticked one by one, not in one line."""

    steps: tuple[Step, ...]
    singly: bool = False

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Chain:
        """Read what `to_data` wrote; an empty mapping is a chain without steps (nothing was submitted yet)."""
        steps = (Step(**{**step, "gates": tuple(step["gates"])}) for step in data.get("steps", ()))
        return cls(tuple(steps), bool(data.get("singly")))

    def to_data(self) -> dict[str, Any]:
        return {"steps": [step.to_data() for step in self.steps], "singly": self.singly}

    @property
    def sign_at(self) -> int:
        """The place of the signature, the last step before anything is public."""
        return next(place for place, step in enumerate(self.steps) if step.kind == "sign")

    @property
    def persons(self) -> int:
        """How many persons the text passes before it is public, at least, with its author (经手人数)."""
        before = self.steps[: self.sign_at + 1]
        distinct = sum(step.distinct for step in before)
        return 1 + max(distinct, 1)

    def with_office(self, *, afterwards: bool) -> Chain:
        """The same chain with the disclosure office's review: before the signature, or after the publication."""
        step = Step("office_review", "disclosure_office", distinct=True, deferred=afterwards)
        if any(given.kind == step.kind for given in self.steps):
            return self
        place = len(self.steps) if afterwards else self.sign_at
        return Chain((*self.steps[:place], step, *self.steps[place:]), self.singly)

    def problem(self, *, urgent: bool = False) -> Refusal | None:
        """Why this may not be a chain, or None; `urgent` is the short chain, the only one with deferred steps."""
        if not 2 <= len(self.steps) <= MOST_STEPS:
            return Refusal("length", f"审核链至少两个环节（保密审查、签发），最多 {MOST_STEPS} 个", ARTICLE)
        for number, step in enumerate(self.steps, start=1):
            if refusal := _step_problem(number, step):
                return refusal
        if [step.kind for step in self.steps].count("sign") != 1:
            return Refusal("one_signature", "审核链须有一个签发环节，也只能有一个", ARTICLE)
        return self._order_problem(urgent=urgent)

    def _order_problem(self, *, urgent: bool) -> Refusal | None:
        place = self.sign_at
        sign, before, after = self.steps[place], self.steps[:place], self.steps[place + 1 :]
        if sign.role != "publisher" or sign.secrecy:
            return Refusal("sign_role", "签发由签发人办理；保密审查须在签发之前另作", ARTICLE)
        if any(step.deferred for step in (*before, sign)) or not all(step.deferred for step in after):
            return Refusal("deferred_order", "签发之前的环节不能后补，签发之后的环节都是后补", ARTICLE)
        if after and not urgent:
            return Refusal("deferred_urgent", "只有紧急事项的短链可以公开后补校、补审", ARTICLE)
        if not any(step.secrecy for step in before):
            return Refusal("secrecy_first", "签发之前须有保密审查，不能取消，也不能后补", ARTICLE)
        missing = [word for gate, word in GATES.items() if not any(gate in step.gates for step in self.steps)]
        if missing:
            return Refusal("six_gates", f"六关中还没有安排环节的：{'、'.join(missing)}", OWN_RULES)
        return None


def _step_problem(number: int, step: Step) -> Refusal | None:
    if step.kind not in KINDS or step.role not in ROLES or not set(step.gates) <= SIX:
        return Refusal("unknown_step", f"第 {number} 个环节的类别、办理角色或者六关不在所列之中", OWN_RULES)
    if len(step.name) > LONGEST_NAME:
        return Refusal("long_name", f"第 {number} 个环节的名称最多 {LONGEST_NAME} 字", OWN_RULES)
    if step.kind == "secrecy_review" and not step.secrecy:
        return Refusal("secrecy_gate", f"第 {number} 个环节是保密审查，须含六关中的“保密”", ARTICLE)
    return None


_ALL = tuple(GATES)
_BUT_SECRECY = tuple(gate for gate in GATES if gate != "secrecy")

TWO_PERSONS = Chain((Step("review", "reviewer", gates=_ALL), Step("sign", "publisher")))
"""普通: the author and one other; the reviewer may sign too where he holds both posts."""
THREE_PERSONS = Chain((Step("review", "reviewer", gates=_ALL, distinct=True), Step("sign", "publisher", distinct=True)))
SENSITIVE = Chain(THREE_PERSONS.steps, singly=True)
THREE_REVIEWS = Chain(
    (
        Step("first_review", "reviewer", "初审、一校", ("wording",), distinct=True),
        Step("review", "reviewer", "复审、二校", ("political", "direction", "law", "policy", "secrecy"), distinct=True),
        Step("sign", "publisher", "终审、三校", ("wording",), distinct=True),
    )
)
"""三审三校: three persons beside the author, nobody takes two of the reviews (domain-spec §5.2)."""
SHORT = Chain(
    (
        Step("secrecy_review", "reviewer", gates=("secrecy",), distinct=True),
        Step("sign", "publisher", distinct=True),
        Step("proof", "reviewer", "二校", ("wording",), deferred=True),
        Step("proof", "reviewer", "三校（补全六关）", tuple(g for g in _BUT_SECRECY if g != "wording"), deferred=True),
    )
)
"""紧急事项的短链: secrecy review and one leader's word before, the rest after (domain-spec §11.2 item 7)."""

DEFAULTS = {"ordinary": TWO_PERSONS, "important": THREE_PERSONS, "sensitive": SENSITIVE}
"""By class of item, as long as the office has set nothing else (domain-spec §11.2 items 9 and 12)."""

TEMPLATES = {
    "two": ("两人：审核（含保密审查）、签发", TWO_PERSONS),
    "three": ("三人：审核、签发须是两个人", THREE_PERSONS),
    "sensitive": ("三人，六关逐关勾选", SENSITIVE),
    "three_reviews": ("三审三校", THREE_REVIEWS),
    "short": ("紧急短链：保密审查、签发，其余后补", SHORT),
}
"""Ready-made chains to start from."""
